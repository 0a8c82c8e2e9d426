"""A run in parts is made again and held against its inputs, a part at a time."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from test_parts import QUICK, corpus, run

from analysis.audit import DifferenceError, audit_run
from analysis.audit.stored import open_run


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Seven articles in parts of three."""
    folder = tmp_path_factory.mktemp("measured")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        corpus("in/a.jsonl", 7)
        run("in")
    return folder


@pytest.fixture(autouse=True)
def _here(measured, tmp_path, monkeypatch):
    shutil.copytree(measured, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")


def table(name, number, change):
    """Change a part of a table."""

    def tamper():
        path = Path(f"out/tables/{name}.parquet/part-0000{number}.parquet")
        change(pd.read_parquet(path)).to_parquet(path, index=False)

    return tamper


def text_of(name, old, new):
    """Change some words of a file."""

    def tamper():
        path = Path(name)
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    return tamper


def other_hash():
    """List another hash of a table than it has."""
    first, *others = Path("out/parts.jsonl").read_text().splitlines()
    line = json.loads(first)
    line["outputs"]["notes"][1] = "0" * 64
    Path("out/parts.jsonl").write_text("\n".join([json.dumps(line), *others, ""]))


def words(frame):
    return frame.assign(n_words=frame["n_words"] + (frame["article_id"] == "a4"))


def test_a_run_in_parts_holds():
    lines = list(audit_run(Path("out")))
    assert lines[0].startswith("inputs: 7 texts, files beside them: 0, ")
    assert "parts.jsonl: 3 parts, with the hashes of their tables" in lines


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(text_of("in/a.jsonl", "It was day III.", "It was day IV."), "in/a.jsonl, record 4: the text is not the one that the run read", id="a text of the second part"),
        pytest.param(lambda: corpus("in/b.jsonl", 5), "inputs: the texts of part-00002 are not those that the run read", id="articles more, from a part on"),
        pytest.param(text_of("out/run.json", '"articles": 3', '"articles": "x"'), "run.json, part: ", id="a size that is none"),
    ],
)  # fmt: skip
def test_inputs_that_are_others_are_named_without_a_second_run(tamper, named):
    tamper()
    with pytest.raises(DifferenceError) as caught:
        list(audit_run(Path("out")))
    assert str(caught.value).startswith(named)


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(table("readability", 1, words), "tables/readability.parquet/part-00001.parquet, row article_id=a4, column 'n_words'", id="a number of the second part"),
        pytest.param(lambda: Path("out/tables/term_counts.parquet/part-00002.parquet").unlink(), "term_counts.parquet/part-00002.parquet", id="a part that is gone"),
        pytest.param(lambda: shutil.copy("out/tables/notes.parquet/part-00000.parquet", "out/tables/notes.parquet/part-00003.parquet"), "tables/notes.parquet/part-00003.parquet: the run writes no such file", id="a part more"),
        pytest.param(text_of("out/parts.jsonl", '"n_articles": 3', '"n_articles": 2'), "parts.jsonl, line 1, n_articles: found 2, expected 3", id="how many articles a part has"),
        pytest.param(text_of("out/parts.jsonl", '"sha256": "', '"sha256": "0'), "parts.jsonl, line 1, sha256: found 65, expected 64", id="a hash that is none"),
        pytest.param(other_hash, "parts.jsonl, line 1, outputs.notes: found \"0000", id="a hash that is another's"),
        pytest.param(text_of("out/ledger.jsonl", '"record": 5', '"record": 9'), "ledger.jsonl, line 5, record: found 9, expected 5", id="a line of the ledger"),
        pytest.param(text_of("out/tables/readability.csv", "a5", "a6"), "tables/readability.csv: row article_id=a5", id="a row of the CSV"),
    ],
)  # fmt: skip
def test_what_is_changed_in_parts_is_named(tamper, named):
    tamper()
    with pytest.raises(DifferenceError) as caught:
        list(audit_run(Path("out")))
    assert named in str(caught.value)


def test_a_run_in_parts_says_how_large_they_are():
    assert open_run(Path("out")).size == (3, 20_000_000)
    assert json.loads(Path("out/run.json").read_text())["parameters"] == {"sources": "in", **QUICK}


def test_inputs_that_were_moved_are_known_by_their_names():
    Path("in").rename("moved")
    assert list(audit_run(Path("out"), ["moved"]))
