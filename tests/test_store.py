"""What a run writes: safe in a spreadsheet, raw in Parquet, valid as JSON."""

import json

import pandas as pd
import pytest
from conftest import make_articles

from analysis.claims.claim import Name, Quotation, Section
from analysis.corpus import read_corpus
from analysis.findings import escape_markdown, find_claims, write_claims, write_summary
from analysis.measures import measure
from analysis.pipeline import compare, run_settings
from analysis.store import save_run, save_table, write_codebook, write_ledger
from analysis.tables import ARTICLES, TABLES


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_begins_like_a_formula_is_defused_in_csv_and_raw_in_parquet(tmp_path, begin):
    table = pd.DataFrame({"text": [f"{begin}1+1", "a=b", None], "n": [-1, 2, 3]}).astype({"text": "str"})
    save_table(tmp_path, "t", table)
    back = pd.read_csv(tmp_path / "t.csv", keep_default_na=False)
    assert back["text"].iloc[0] == f"'{begin}1+1"
    assert back["text"].tolist()[1:] == ["a=b", ""]
    assert back["n"].tolist() == [-1, 2, 3]
    assert pd.read_parquet(tmp_path / "t.parquet")["text"].tolist()[:2] == [f"{begin}1+1", "a=b"]


def test_the_codebook_names_every_column_of_every_table():
    book = write_codebook([table.name for table in TABLES])
    for table in TABLES:
        assert f"## {table.name}\n" in book
        for column in table.columns:
            assert f"| {column.name} | {column.dtype} | {column.meaning.replace('|', chr(92) + '|')} |" in book


def test_the_ledger_has_one_line_for_each_input_and_rejects_have_no_outputs(tmp_path):
    (tmp_path / "a.txt").write_text("It rains on the town today.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    _, ledger = read_corpus(str(tmp_path))
    entries = [json.loads(line) for line in write_ledger(ledger, ["tables"]).splitlines()]
    assert [(entry["status"], entry["outputs"]) for entry in entries] == [("analysed", ["tables"]), ("rejected", [])]
    assert "PNG" in entries[1]["reason"]


def test_saved_claims_and_summary_say_the_same(tmp_path):
    text = "The council of the town said that the bridge would be built over the river this year. "
    articles = make_articles({"a": text * 9, "b": "Snow fell on the hills. " * 30})
    measures = measure(articles)
    tables = measures | compare(measures)
    settings = run_settings(attribution="rules", seed=1)
    claims = find_claims(tables, settings)
    ledger = pd.DataFrame({"path": ["a.txt"], "record": [float("nan")], "status": ["analysed"], "article_id": ["a"]})
    save_run(tmp_path, tables, ledger, settings, claims)
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == write_summary(claims)
    assert (tmp_path / "claims.json").read_text(encoding="utf-8") == write_claims(claims, tables)
    assert {path.stem for path in (tmp_path / "tables").glob("*.parquet")} == set(tables)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["parameters"]["permutations"] == 4999


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("plain — “text”", "plain — “text”", id="left as it is"),
        pytest.param("a\u202eb\u2069c\ufeff\x07", r"a\[U+202E\]b\[U+2069\]c\[U+FEFF\]\[U+0007\]", id="controls by their code"),
        pytest.param("\U000e0041", r"\[U+E0041\]", id="a tag character"),
        pytest.param("co\u00adop \u200d \u200c", "co\u00adop \u200d \u200c", id="what belongs to a word stays"),
        pytest.param("one \r\n two\u2028three\x85four", "one  two three four", id="any line break is a blank"),
        pytest.param("שלום 7", "\u2068שלום 7\u2069", id="what runs leftwards stands in an isolate"),
        pytest.param("\u2067א", "\u2068\\[U+2067\\]א\u2069", id="whose end nothing inside can be"),
    ],
)  # fmt: skip
def test_no_name_or_quotation_turns_the_line(value, expected):
    section = Section("Names", "names", {})
    section.say("words", "{name} states {quoted}.", {"name": Name(value, "a"), "quoted": Quotation(value, "a", 0, 1)})
    *_, sentence = write_summary(section.claims).splitlines()
    inside = expected.removeprefix("\u2068").removesuffix("\u2069")
    quoted = f"\u2068“{inside}”\u2069" if inside != expected else f"“{expected}”"
    assert sentence == f"1. **{expected}** states {quoted}."
    assert (
        json.loads(write_claims(section.claims, {"articles": ARTICLES.frame()}))[0]["inputs"]["quoted"]["quotation"]
        == value
    )


@pytest.mark.parametrize("text", ["*a*", "[a](b)", "<b>", "`c`", "# h", "a_b_c", "1 | 2", "&amp;", "![x](y)", "$x$"])
def test_markdown_of_a_text_is_escaped(text):
    escaped = escape_markdown(text)
    assert escaped.replace("\\", "") == text
    assert escaped != text
