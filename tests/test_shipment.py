"""The files of a report, laid out on another machine: everything is found where it was, and reads the same."""

import os
from pathlib import Path

import pytest
from conftest import put

from analysis.batch.shipment import NoShipmentError, lay_out, pack
from analysis.corpus import read_corpus
from analysis.inputs.stream import Limits
from analysis.paths import ROOT, project_path


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder in which all lies, made the current one; and what a run does to its process is undone."""
    monkeypatch.setenv(ROOT, "")
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "home"


def moved(sources, parameters=None):
    """Read sources here, then where they are laid out, with nothing left here."""
    shipment = pack(sources, parameters or {})
    before = read_corpus("\n".join(sources))
    home = Path.cwd()
    home.rename(home.parent / "gone")
    root = home.parent / "elsewhere"
    lay_out(shipment, str(root))
    assert Path.cwd() == Path(f"{root}{home}")
    return before, read_corpus("\n".join(sources))


@pytest.mark.parametrize(
    "absolute", [pytest.param(False, id="relative paths"), pytest.param(True, id="absolute paths")]
)
def test_inputs_read_the_same(absolute, here):
    put("in/a.txt", "One.")
    put("in/deep/b.txt", "Two.")
    put("in/bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(50))
    put("in/articles.csv", "article_id,outlet\na,Gazette\n")
    put("other/c.jsonl", '{"text": "Three."}\n{"text": 3}\n')
    put("in/.hidden/d.txt", "No.")
    sources = ["in", "other/c.jsonl", "missing.txt", "in/a.txt"]
    if absolute:
        sources = [str(here / source) for source in sources]
    (articles, ledger), (articles_there, ledger_there) = moved(sources)
    assert articles["article_id"].tolist() == ["a", "b", "c:1"]
    assert articles.equals(articles_there)
    assert ledger.equals(ledger_there)


def test_links_lead_where_they_led(here):
    put("../store/in/a.txt", "One.")
    put("../store/in/deep/b.txt", "Two.")
    (here.parent / "store/in/same.txt").symlink_to("a.txt")
    Path("link").symlink_to("../store")
    (articles, ledger), (articles_there, ledger_there) = moved(
        ["link/in", "../store/in/a.txt", "link/in/deep/../a.txt"]
    )
    assert articles["path"].tolist() == ["link/in/a.txt", "link/in/deep/b.txt", "link/in/same.txt"]
    assert articles.equals(articles_there)
    assert ledger.equals(ledger_there)


@pytest.mark.usefixtures("here")
def test_a_folder_without_articles_is_one_there():
    put("in/a.txt", "One.")
    Path("empty").mkdir()
    (_, ledger), (_, ledger_there) = moved(["empty", "in"])
    assert "a folder without articles" in ledger["reason"].tolist()
    assert ledger.equals(ledger_there)


def test_files_that_parameters_name_come_along(here):
    put("in/a.txt", "One.")
    put("own/model.json", "{}")
    put("own/tagger.crfsuite", b"x")
    put("names.csv", "actor\n")
    given = {
        "aliases": str(here / "names.csv"),
        "attribution": "own",
        "terms": "oil",
        "group_by": "in",
        "seed": 1,
        "text": "",
    }
    moved(["in"], given)
    assert project_path(given["aliases"]).read_text() == "actor\n"
    assert project_path("own/tagger.crfsuite").read_bytes() == b"x"


def test_what_was_not_taken_along_is_not_there_even_if_it_is_on_that_machine(here):
    put("in/a.txt", "One.")
    put("../outside.txt", "Two.")
    moved(["in"])
    assert not project_path(here.parent / "outside.txt").exists()
    inside = Path(os.environ[ROOT], "x")
    assert project_path(inside) == inside


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda: os.mkfifo("in/pipe.txt"), id="a FIFO"),
        pytest.param(lambda: Path("in/none.txt").symlink_to("nothing"), id="a link to nothing"),
        pytest.param(lambda: Path("in/out").symlink_to("/usr"), id="a link that leads out"),
        pytest.param(lambda: put("in/large.txt", "x" * 2000), id="too much"),
    ],
)
def test_what_cannot_be_taken_along_is_said(spoil, monkeypatch):
    monkeypatch.setattr("analysis.batch.shipment.LIMITS", Limits(file=1000))
    put("in/a.txt", "One.")
    pack(["in"], {})
    spoil()
    with pytest.raises(NoShipmentError):
        pack(["in"], {})
