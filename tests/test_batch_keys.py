"""When a report of a batch is made again: what is in its key, and what the ledger remembers of it."""

import json
import os

import pytest

from analysis.batch import keys, ledger
from analysis.batch.jobs import Job
from analysis.batch.keys import key_of
from analysis.batch.work import Outcome
from analysis.folder import LOCK, staged, write_file
from analysis.inputs.files import InputError
from analysis.paths import PROJECT

GIVEN = {"seed": 1, "voices": "all"}


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A notebook, a folder of two articles with their sidecar, and a list of stop words."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "n.ipynb": "{}", "in/a.txt": "One.", "in/b.txt": "Two.", "in/articles.csv": "file,outlet\na.txt,X\n",
        "in/README.md": "About.", "in/.hidden": "x", "words.txt": "the\n", "other.txt": "Three.",
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def key(made, sources="in", **changed):
    return key_of(made / "n.ipynb", sources, GIVEN | {"stop_words": "words.txt"} | changed)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda made: (made / "in/a.txt").write_text("one."), id="a byte of an article"),
        pytest.param(lambda made: (made / "in/articles.csv").write_text("file,outlet\na.txt,Y\n"), id="the sidecar"),
        pytest.param(lambda made: (made / "in/articles.csv").unlink(), id="no sidecar any more"),
        pytest.param(lambda made: (made / "in/c.txt").write_text(""), id="one more file"),
        pytest.param(lambda made: (made / "in/b.txt").unlink(), id="one file less"),
        pytest.param(lambda made: (made / "in/b.txt").rename(made / "in/c.txt"), id="another name"),
        pytest.param(lambda made: (made / "other.txt").replace(made / "in/b.txt"), id="another file of that name"),
        pytest.param(lambda made: os.mkfifo(made / "in/pipe"), id="a FIFO, which nobody opens"),
        pytest.param(lambda made: (made / "in/link").symlink_to("/etc/passwd"), id="a link out of the folder"),
        pytest.param(lambda made: (made / "words.txt").write_text("a\n"), id="a file that a parameter names"),
        pytest.param(lambda made: (made / "words.txt").unlink(), id="no such file any more"),
        pytest.param(lambda made: (made / "n.ipynb").write_text("{} "), id="the notebook"),
    ],
)
def test_a_change_makes_it_stale(change, made):
    before = key(made)
    change(made)
    assert key(made) != before


@pytest.mark.parametrize(
    ("name", "give"),
    [
        pytest.param("versions", lambda: {"parallax": "0"}, id="another version"),
        pytest.param("data_hashes", lambda: {"words.csv": "0"}, id="other data or models of the package"),
    ],
)
def test_another_package_makes_it_stale(name, give, made, monkeypatch):
    before = key(made)
    monkeypatch.setattr(keys, name, give)
    keys.package.cache_clear()
    try:
        assert key(made) != before
    finally:
        keys.package.cache_clear()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"seed": 2}, id="another value"),
        pytest.param({"seed": "1"}, id="another type"),
        pytest.param({"unit": "sentence"}, id="one more"),
        pytest.param({"sources": "in/a.txt\nin/b.txt"}, id="the same files, named one by one"),
    ],
)
def test_other_parameters_make_it_stale(changed, made):
    assert key(made, **changed) != key(made)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda made: os.utime(made / "in/a.txt", (0, 0)), id="another time"),
        pytest.param(lambda made: (made / "in/a.txt").chmod(0o600), id="other rights"),
        pytest.param(lambda made: (made / "in/.hidden").write_text("y"), id="a hidden file"),
        pytest.param(lambda made: (made / "in/README.md").write_text("y"), id="a README"),
        pytest.param(lambda made: (made / "other.txt").write_text("y"), id="a file of no report"),
    ],
)
def test_what_says_nothing_makes_nothing_stale(change, made):
    before = key(made)
    change(made)
    assert key(made) == before


def test_the_order_of_a_folder_and_of_parameters_is_all_one(made, monkeypatch):
    before = key(made)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: iter(sorted(scandir(path), key=lambda entry: entry.name)[::-1]))
    assert key_of(made / "n.ipynb", "in", dict(reversed([*GIVEN.items(), ("stop_words", "words.txt")]))) == before


def test_the_articles_of_one_report_in_another_order_are_another_report(made):
    assert key(made, "in/a.txt\nin/b.txt") != key(made, "in/b.txt\nin/a.txt")


def test_sources_that_are_not_there_have_no_key(made):
    with pytest.raises(InputError, match="no file or folder 'none'"):
        key(made, "none")


# ------------------------------------------------------------------ the ledger


def entry(folder, status="analysed", key="k", outputs=("report.html", "tables")):
    job = Job(folder, None, folder, folder)
    return ledger.entry_of(job, Outcome(status, "why" * (status != "analysed"), outputs=tuple(outputs)), key)


@pytest.fixture
def output(tmp_path):
    """The folder of a batch with two reports, as their runs have left them."""
    for name in ("a", "b"):
        with staged(tmp_path / name) as stage:
            for file in ("report.html", "tables/coverage.csv", "ledger.jsonl"):
                write_file(stage / file, "x")
    return tmp_path


def test_an_entry_says_what_became_of_a_report(output):
    assert entry("a") == {
        "path": "a", "record": None, "name": "a", "folder": "a", "status": "analysed", "reason": None, "sha256": "k",
        "outputs": ["a/report.html", "a/tables"],
    }  # fmt: skip
    assert entry("a", "rejected", "", ())["sha256"] is None
    ledger.write(output, [entry("a"), entry("b", "warned", "l")])
    assert ledger.read_keys(output) == {"a": "k", "b": "l"}


def test_no_ledger_no_keys(tmp_path):
    assert ledger.read_keys(tmp_path) == {}


def test_what_is_entered_later_counts(output):
    ledger.write(output, [entry("a"), entry("b")])
    ledger.append(output, entry("a", key="new"))
    ledger.append(output, entry("b", "rejected", "new", ()))
    assert ledger.read_keys(output) == {"a": "new"}


@pytest.mark.parametrize("length", [1, 20, 100, -1])
def test_a_torn_last_line_is_passed_over_and_written_after(length, output):
    ledger.write(output, [entry("a")])
    torn = json.dumps(entry("b"), ensure_ascii=False) + "\n"
    with (output / ledger.LEDGER).open("a") as file:
        file.write(torn[: length - 1 if length < 0 else length])
    assert ledger.read_keys(output) == {"a": "k"}
    ledger.append(output, entry("b", key="new"))
    assert ledger.read_keys(output) == {"a": "k", "b": "new"}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="nothing"),
        pytest.param("null", id="no mapping"),
        pytest.param("[1]", id="a list"),
        pytest.param("{}", id="no fields"),
        pytest.param('{"folder": ["a"], "outputs": [], "status": "analysed", "sha256": "k"}', id="a list for a folder"),
        pytest.param('{"folder": "a", "outputs": 3, "status": "analysed", "sha256": "k"}', id="a number for a list"),
        pytest.param('{"folder": "b", "outputs": ["\\u0000"], "status": "warned", "sha256": "k"}', id="no file's name"),
        pytest.param("[" * 100_000, id="deeper than the stack"),
        pytest.param("\x00" * 50, id="zero bytes, as a torn block leaves them"),
        pytest.param("\udcff", id="odd bytes"),
    ],
)
def test_a_line_that_is_no_entry_takes_no_other_with_it(line, output):
    lines = [line, json.dumps(entry("a", key="new"))]
    (output / ledger.LEDGER).write_bytes("\n".join([*lines, line, ""]).encode("utf-8", "surrogateescape"))
    assert ledger.read_keys(output).get("b") is None
    assert ledger.read_keys(output).get("a") in ("new", None)
    (output / ledger.LEDGER).write_bytes("\n".join([*lines, ""]).encode("utf-8", "surrogateescape"))
    assert ledger.read_keys(output) == {"a": "new"}


@pytest.mark.parametrize("gone", ["report.html", "ledger.jsonl", "tables/coverage.csv", LOCK])
def test_a_report_of_which_something_is_missing_is_not_made(gone, output):
    ledger.write(output, [entry("a"), entry("b")])
    (output / "a" / gone).unlink()
    assert ledger.read_keys(output) == {"b": "k"}


def test_one_that_was_rejected_is_not_made(output):
    ledger.write(output, [entry("a", "rejected"), entry("b", key="")])
    assert ledger.read_keys(output) == {}


def test_the_ledger_holds_any_name(output):
    ledger.write(output, [entry("a") | {"name": "東\n“京” \u2028"}])
    [line] = (output / ledger.LEDGER).read_text(encoding="utf-8").split("\n")[:-1]
    assert json.loads(line)["name"] == "東\n“京” \u2028"


@pytest.mark.usefixtures("made")
def test_each_notebook_of_this_project_has_a_key_of_its_own():
    found = {key_of(PROJECT / "notebooks" / f"{name}.ipynb", "in", GIVEN) for name in ("comparison", "article")}
    assert len(found) == 2
    assert all(len(one) == 64 for one in found)
