"""The notebooks where no package of widgets is installed: nbconvert and papermill run them, and their page has it all."""

import ast
import os
import subprocess
import sys

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup
from conftest import put

from analysis.live.views import VIEWS
from analysis.paths import PROJECT

pytestmark = pytest.mark.slow

#: Python runs this first: to an import, these packages are not there.
HIDDEN = """
import sys
sys.modules.update(dict.fromkeys(("ipywidgets", "itables", "anywidget")))
"""
#: In a page of nbconvert, what a cell shows, and what it shows of warnings and tracebacks.
SHOWN = ".jp-OutputArea-output .parallax, .jp-OutputArea-output img, .jp-OutputArea-output[data-mime-type='text/plain']"
WRONG = "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']"


@pytest.fixture
def command(tmp_path):
    """Runs a module of Python in an empty folder, where the widgets are hidden from it and from its kernels."""
    path = os.pathsep.join([str(put(tmp_path / "path" / "sitecustomize.py", HIDDEN).parent), str(PROJECT)])

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", *map(str, arguments)], check=False, cwd=tmp_path, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": path}, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    return run


@pytest.fixture
def prepared(tmp_path, folder):
    """Writes a notebook with parameters for two short articles, as papermill would run it."""

    def write(name, **parameters):
        made = tmp_path / f"{name}.ipynb"
        given = {"sources": str(folder), "attribution": "rules"} | parameters
        papermill.execute_notebook(
            PROJECT / "notebooks" / f"{name}.ipynb", made, given, prepare_only=True, progress_bar=False
        )
        return made

    return write


def read(notebook):
    """The page that was made of a notebook, in which no cell shows an error."""
    page = BeautifulSoup(notebook.with_suffix(".html").read_text(encoding="utf-8"), "html.parser")
    assert [one.get_text() for one in page.select(WRONG)] == []
    return page


def silent(page, notebook):
    """The code of the cells that end in something to be shown, and of which the page shows nothing."""
    code = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    cells = page.select(".jp-CodeCell")
    assert len(cells) == len(code)
    shows = [isinstance(ast.parse(source).body[-1], ast.Expr) for source in code]
    assert any(shows)
    return [
        source
        for source, cell, asked in zip(code, cells, shows, strict=True)
        if asked and not any(one.name == "img" or one.get_text(strip=True) for one in cell.select(SHOWN))
    ]


def test_exploring_shows_every_view_and_says_which_package_its_controls_want(command, prepared, opened):
    notebook = prepared("explore")
    command("nbconvert", "--execute", "--to", "html", notebook)
    page = read(notebook)
    assert silent(page, notebook) == []
    assert (
        page.get_text().count("There are no controls here, since ipywidgets, itables and anywidget are not installed.")
        == len(VIEWS) + 2
    )
    html = str(page)
    left_out = [name for name in VIEWS if str(BeautifulSoup(VIEWS[name].plain(opened).html, "html.parser")) not in html]
    assert left_out == []


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        pytest.param(
            "article", {"lesson": "open"}, ["Bridge opens early", "The council said the ferry was old."], id="article"
        ),
        pytest.param("comparison", {}, ["Ferry ends", "Tom Reed", "What was compared"], id="comparison"),
    ],
)
def test_a_report_asks_for_no_widgets(command, prepared, tmp_path, name, parameters, words):
    notebook = prepared(name, output=str(tmp_path / "out"), **parameters)
    command("nbconvert", "--execute", "--to", "html", notebook)
    page = read(notebook)
    assert silent(page, notebook) == []
    text = page.get_text()
    assert [one for one in words if one not in text] == []
    assert "not installed" not in text
    assert (tmp_path / "out" / "tables" / "articles.parquet").is_file()


def test_a_blind_reading_asks_its_questions_and_takes_answers_as_a_setting(command, prepared, tmp_path):
    given = {"output": str(tmp_path / "out"), "judgement": str(tmp_path / "judgement.csv")}
    notebook = prepared("blind", **given)
    command("papermill", notebook, notebook)
    command("nbconvert", "--to", "html", notebook)
    page = read(notebook)
    assert silent(page, notebook) == []
    text = page.get_text()
    assert "The bridge is safe" in text
    assert "Gazette" not in text
