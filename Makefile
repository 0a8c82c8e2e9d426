# `make report` and `make test` do everything on a fresh machine. PYTHON may name another interpreter (3.11 or later).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES ?= seeds
OUTPUT ?= outputs/seeds
BENCH ?=

.PHONY: setup report test test-fast lab lint bench example constraints clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or later is needed; {sys.executable} is {sys.version.split()[0]}")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

report: setup          ## the comparative report of seeds/ (or SOURCES=…), into outputs/seeds (or OUTPUT=…)
	$(BIN)/python -m analysis report $(SOURCES) --output $(OUTPUT)

test: setup            ## every test
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not growth"

test-fast: setup       ## without whole notebooks and the browser
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow and not growth"

lab: setup             ## JupyterLab with the articles to explore
	$(BIN)/jupyter lab $(OPTIONS) --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

lint: setup            ## what continuous integration checks before the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check analysis tests
	$(BIN)/mypy

bench: setup $(VENV)/peers/.ready   ## speed and memory, as ratios measured in one run (or BENCH="measures scale"), and growth
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)
	$(BIN)/python -m pytest -m growth

$(VENV)/peers/.ready: tests/bench/requirements.txt
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r $<
	@touch $@

example: setup         ## make outputs/example anew (it is committed, and tested to be what this makes)
	$(BIN)/python -m analysis report seeds --output outputs/example

constraints: setup     ## write down every installed version
	$(BIN)/python -m pip freeze --exclude-editable --disable-pip-version-check > constraints.txt

clean:                 ## remove what the commands above made, the example aside
	rm -rf $(VENV) outputs/seeds .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info
