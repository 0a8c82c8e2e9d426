"""Articles and tables built from a handful of words."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from two_articles import NORTH, SOUTH

from analysis.paths import PROJECT
from analysis.tables import ARTICLES

# Tests that are run in the background of a shell ignore an interrupt, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def put(name, content):
    """Write a file, and the folders that it stands in."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def make_articles(texts, **columns):
    """ARTICLES from a mapping of article_id to text; `columns` gives further columns as lists."""
    ids = list(texts)
    frame = pd.DataFrame({name: pd.Series([None] * len(ids), dtype="str") for name in ARTICLES.names})
    frame = frame.assign(article_id=ids, group=ids, path=[f"{name}.txt" for name in ids], text=list(texts.values()))
    return frame.assign(**columns).astype({column.name: column.dtype for column in ARTICLES.columns})


def tables_of(texts, *, attribution="accurate", **columns):
    """The tables of some texts, as `make_articles` takes them: measured and compared, nothing checked."""
    from analysis.measures import measure
    from analysis.pipeline import compare

    measures = measure(make_articles(texts, **columns), attribution=attribution)
    return measures | compare(measures)


def plain(frame):
    """A table with its strings kept in the one way, for tests that compare tables made and tables read."""
    kept = pd.StringDtype("pyarrow", na_value=float("nan"))
    return frame.astype(dict.fromkeys(frame.select_dtypes("str"), kept)).set_axis(
        pd.Index(list(frame), dtype=kept), axis=1
    )


def run(*arguments, **settings):
    """Run the command as a user does, in a process of its own."""
    settings = {"cwd": PROJECT, "capture_output": True, "text": True, "timeout": 120} | settings
    return subprocess.run([sys.executable, "-m", "analysis", *map(str, arguments)], check=False, **settings)


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The folder of one report of the seeds."""
    folder = tmp_path_factory.mktemp("out") / "seeds"
    done = run("report", "seeds", "--output", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("report.html")
    return folder


@pytest.fixture
def folder(tmp_path):
    """A folder of two articles with their outlets."""
    put(tmp_path / "two" / "north.txt", NORTH)
    put(tmp_path / "two" / "south.txt", SOUTH)
    put(tmp_path / "two" / "articles.csv", "article_id,outlet\nnorth,Gazette\nsouth,Courier\n")
    return tmp_path / "two"


@pytest.fixture
def opened(folder):
    """An exploration of two articles."""
    from analysis import explore

    return explore(str(folder), attribution="rules")


@pytest.fixture(scope="module")
def browser():
    """A browser, where one is installed."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("continuous integration should have installed chromium")
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield started
        started.close()


def pytest_terminal_summary(terminalreporter):
    """Say how long what a user waits for took to be seen; nothing is asserted of it."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "seen":
                terminalreporter.write_line(value)


@pytest.fixture(scope="module")
def lab_server(request, tmp_path_factory):
    """JupyterLab on a copy of the project, where there is a browser to open it in."""
    from lab_server import running_lab

    request.getfixturevalue("browser")
    with running_lab(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture
def lab(browser, lab_server):
    """A page of JupyterLab; at the end it must have logged no error and asked nothing of any other machine."""
    from lab import Lab

    page = Lab(browser, lab_server)
    yield page
    page.close()
    assert page.console == []
    assert page.abroad == []


def _declared():
    """The parameters of the comparison and their defaults, as its notebook declares them."""
    notebook = json.loads((PROJECT / "notebooks" / "comparison.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", ()))
    given = [line for line in ast.parse("".join(cell["source"])).body if isinstance(line, ast.AnnAssign)]
    return {line.target.id: ast.literal_eval(line.value) for line in given}


#: The settings of a run with every parameter at its default.
DEFAULTS = _declared()


def compared(articles, *, quick=False, **settings):
    """Measure, compare and check some articles: all tables of a run, and its settings.

    `quick` checks with few permutations.
    """
    from analysis.measures import measure
    from analysis.pipeline import check, compare, run_settings

    chosen = run_settings(**DEFAULTS | settings) | ({"permutations": 99, "draws": 50} if quick else {})
    measures = measure(articles, clean=chosen["clean"], attribution=chosen["attribution"])
    asked = ("group_by", "voices", "stop_words", "min_count", "unit", "seed")
    tables = measures | compare(measures, **{name: chosen[name] for name in asked})
    return tables | check(articles, tables, chosen), chosen


@pytest.fixture(scope="session")
def seeds():
    """The two seed articles, measured, compared and checked once."""
    from analysis.corpus import read_corpus

    articles, _ = read_corpus(str(PROJECT / "seeds"))
    return compared(articles)[0]
