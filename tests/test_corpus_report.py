"""The report on a corpus, from its sources to its page."""

import json

import pandas as pd
import pytest
from conftest import put, run
from corpora import made_articles, made_text

from analysis.inputs.files import InputError, TooFewError
from analysis.parts.corpora import is_measured, open_corpus

RULES = ("--notebook", "corpus", "-p", "attribution", "rules")


def written(folder, n=12, sentences=30):
    """Sources: a file of records, three outlets that tell of nothing, rain and a flood."""
    groups = {
        "Courier": [made_text(100 + i, sentences=sentences) for i in range(n)],
        "Herald": [made_text(200 + i, own=['"It rained," Mary Smith said.'], sentences=sentences) for i in range(n)],
        "Gazette": [
            made_text(i, own=["The minister said the flood was large."], sentences=sentences) for i in range(n)
        ],
    }
    articles = made_articles(groups, published=[f"2026-0{1 + i % 3}-11" for i in range(3 * n)])
    records = articles[["article_id", "outlet", "published", "text"]].to_json(orient="records", lines=True)
    put(folder / "articles.jsonl", records)
    return folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return written(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def finished(sources, tmp_path_factory):
    output = tmp_path_factory.mktemp("corpus") / "report"
    done = run("report", sources, "--output", output, *RULES, timeout=400)
    assert done.returncode == 0, done.stderr
    return output


@pytest.mark.slow
def test_a_report_holds_page_summary_claims_charts_and_tables(finished):
    for name in ("report.html", "report.ipynb", "summary.md", "claims.json", "run.json", "ledger.jsonl"):
        assert (finished / name).is_file(), name
    keyness = pd.read_parquet(finished / "tables" / "group_keyness.parquet")
    assert set(keyness["group"]) == {"Courier", "Herald", "Gazette"}
    assert "flood" in (finished / "summary.md").read_text(encoding="utf-8")
    assert len((finished / "ledger.jsonl").read_text(encoding="utf-8").splitlines()) == 36
    assert "group_keyness" in (finished / "tables" / "codebook.md").read_text(encoding="utf-8")
    assert {path.stem for path in (finished / "figures").glob("*.svg")} == {
        "events", "group_terms", "group_readability", "group_sources", "group_months",
    }  # fmt: skip


@pytest.mark.slow
def test_the_page_loads_nothing_and_is_small(finished):
    page = (finished / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "No description has been provided" not in page
    assert len(page) < 1_000_000


@pytest.mark.slow
def test_the_texts_stay_out_of_the_report_but_for_what_is_quoted(finished, sources):
    lines = (sources / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    page = (finished / "report.html").read_text(encoding="utf-8")
    assert not any(json.loads(line)["text"][:200] in page for line in lines)


@pytest.mark.slow
def test_what_is_measured_already_gives_the_same_report(finished, sources, tmp_path):
    assert run("measure", sources, "--output", tmp_path / "measured", "--attribution", "rules").returncode == 0
    done = run("report", tmp_path / "measured", "--output", tmp_path / "out", *RULES[:2], timeout=400)
    assert done.returncode == 0, done.stderr
    for name in (
        "summary.md",
        "tables/group_keyness.csv",
        "tables/groups.csv",
        "figures/group_terms.svg",
    ):
        assert (tmp_path / "out" / name).read_bytes() == (finished / name).read_bytes(), name
    assert json.loads((tmp_path / "out" / "run.json").read_text())["parameters"]["attribution"] == "rules"


@pytest.mark.slow
def test_a_batch_compares_corpora(sources, tmp_path):
    events = tmp_path / "events"
    for name in ("one", "two"):
        put(events / name / "articles.jsonl", (sources / "articles.jsonl").read_bytes())
    done = run("batch", events, "--output", tmp_path / "out", *RULES, "-p", "group_by", "month", timeout=500)
    assert done.returncode == 0, done.stderr
    one, two = (tmp_path / "out" / name / "summary.md" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert "2026-02" in one.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        pytest.param(None, (), 2, "no file or folder", id="no sources"),
        pytest.param(b"", (), 6, "nothing could be analysed", id="an empty file"),
        pytest.param(b'{"text": "One."}\n{"text": "Two."}\n', ("-p", "group_by", "region"), 2, "no column 'region' to group by", id="no such column"),
        pytest.param(b'{"text": "One."}\n{"text": "Two."}\n', (), 2, "all 2 articles have the same outlet", id="one group"),
        pytest.param(b'{"text": "One."}\n{"text": "Two."}\n', ("-p", "jobs", "0"), 2, "jobs is 1 or more; found 0", id="no process"),
        pytest.param(b'{"text": "One."}\n{"text": "Two."}\n', ("-p", "voices", "mine"), 2, "voices accepts", id="no such voice"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said_in_one_line(tmp_path, content, arguments, code, message):
    if content is not None:
        put(tmp_path / "in" / "articles.jsonl", content)
    done = run("report", tmp_path / "in", "--output", tmp_path / "out", *RULES, *arguments)
    assert done.returncode == code, done.stderr
    assert message in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_sources_are_measured_into_the_output(tmp_path):
    corpus, ledger = open_corpus(str(written(tmp_path / "in", n=1, sentences=2)), tmp_path / "out", attribution="rules")
    assert len(ledger) == 3
    assert corpus.query("SELECT count(*) AS n FROM articles")["n"].tolist() == [3]
    assert is_measured(str(tmp_path / "out" / "measured"))
    assert not is_measured(str(tmp_path / "in"))
    again, ledger = open_corpus(str(tmp_path / "out" / "measured"), tmp_path / "other")
    assert again.folder == corpus.folder
    assert not (tmp_path / "other").exists()


def test_sources_without_an_article_are_refused(tmp_path):
    put(tmp_path / "in" / "a.jsonl", b"")
    with pytest.raises(TooFewError, match="nothing could be analysed"):
        open_corpus(str(tmp_path / "in"), tmp_path / "out", attribution="rules")


def test_a_scheduler_that_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(InputError, match="tcp://here:1"):
        open_corpus(str(written(tmp_path / "in", n=1, sentences=2)), tmp_path / "out", scheduler="tcp://here:1")


@pytest.mark.slow
def test_an_audit_finds_that_everything_holds(finished):
    done = run("audit", finished, timeout=400)
    assert done.returncode == 0, done.stderr
    assert "everything holds" in done.stdout
