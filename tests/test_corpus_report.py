"""The report on a corpus, from its sources to its page."""

import json
from hashlib import sha256

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import put, run
from corpora import made_articles, made_text, write_measured

from analysis.audit import DifferenceError, check_inputs, open_run
from analysis.batch.headlines import headline_figures
from analysis.groups.compare import compare_groups
from analysis.inputs.files import InputError, TooFewError
from analysis.parts.corpora import corpus_settings, is_measured, open_corpus
from analysis.store import describe_run, save_table, write_json
from analysis.tables import BATCH_CORPUS

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
    audited = run("audit", tmp_path / "out", timeout=400)
    assert audited.returncode == 0, audited.stderr
    assert "everything holds" in audited.stdout
    assert "of the tables measured before" in audited.stdout


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
    figures = pd.read_parquet(tmp_path / "out" / "batch.parquet")
    assert list(figures.columns) == BATCH_CORPUS.names
    assert sorted(zip(figures["report"], figures["group"], strict=True)) == [
        (report, month) for report in ("one", "two") for month in ("2026-01", "2026-02", "2026-03")
    ]
    assert figures["n_articles"].tolist() == [12] * 6
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("12 (12)") == 6
    assert "batch_corpus" in (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8")


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


@pytest.mark.parametrize("changed", [pytest.param(False, id="as it was"), pytest.param(True, id="another text")])
def test_an_audit_reads_the_texts_of_a_measured_folder(tmp_path, changed):
    articles = made_articles({"Courier": [made_text(1)], "Herald": [made_text(2)]})
    write_measured(tmp_path / "in", articles)
    digests = {row.article_id: sha256(row.text.encode()).hexdigest() for row in articles.itertuples()}
    settings = corpus_settings(sources=str(tmp_path / "in"), group_by="outlet")
    put(tmp_path / "out" / "run.json", write_json(describe_run(digests, settings)))
    if not changed:
        texts, line = check_inputs(open_run(tmp_path / "out"))
        assert texts == dict(zip(articles["article_id"], articles["text"], strict=True))
        assert line.startswith("inputs: 2 texts of the tables measured before")
        return
    save_table(tmp_path / "in" / "tables", "articles", articles.assign(text=articles["text"] + " More."))
    with pytest.raises(DifferenceError, match="the text of article 'Courier-0' is not the one that the run read"):
        check_inputs(open_run(tmp_path / "out"))


@pytest.mark.parametrize(
    ("engine", "sought"),
    [pytest.param("rules", True, id="looked for"), pytest.param("none", False, id="statements were not looked for")],
)
def test_headline_figures_of_a_corpus_are_those_of_its_tables(tmp_path, engine, sought):
    own = ["The minister said the flood was large."]
    groups = {
        "Courier": [made_text(i, sentences=30) for i in range(8)],
        "Herald": [made_text(20 + i, own=own, sentences=30) for i in range(8)],
    }
    tables = compare_groups(write_measured(tmp_path / "in", made_articles(groups)))
    foreign = tables["groups"]["group"] == "Courier"
    tables["groups"] = tables["groups"].assign(n_foreign=tables["groups"]["n_counted"].where(foreign, 0))
    for name in ("groups", "group_limits", "group_keyness", "group_readability"):
        save_table(tmp_path / "out" / "tables", name, tables[name])
    put(tmp_path / "out" / "run.json", write_json({"parameters": {"attribution": engine}}))
    figures = headline_figures(tmp_path / "out", "floods").set_index("group")
    BATCH_CORPUS.check(figures.reset_index()[BATCH_CORPUS.names])
    assert figures["n_articles"].to_dict() == {"Courier": 8, "Herald": 8}
    assert figures["name"].to_dict() == {"Courier": "Courier", "Herald": "Herald"}
    assert set(figures["n_groups"]) == {2}
    found = tables["groups"].set_index("group")["n_statements"]
    assert found["Herald"] > 0
    assert figures["n_statements"].dropna().to_dict() == ({"Herald": found["Herald"]} if sought else {})
    assert "flood" in figures["terms"]["Herald"].split(", ")
    assert pd.isna(figures["terms"]["Courier"])
    grades = tables["group_readability"].query("metric == 'flesch_kincaid_grade'").set_index("group")
    pd.testing.assert_series_equal(figures["grade_difference"], grades["difference"][figures.index], check_names=False)
    assert (figures["grade_difference_lower"] < figures["grade_difference"]).all()


@pytest.fixture(params=[pytest.param(360, id="phone"), pytest.param(1280, id="desk")])
def page(request, browser, finished):
    """The report on a corpus, opened."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, offline=True, bypass_csp=True)
    opened = context.new_page()
    opened.goto((finished / "report.html").as_uri())
    yield opened
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.slow
def test_nothing_sticks_out_and_tables_scroll_inside_themselves(page):
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    edges = page.eval_on_selector_all(".table", "all => all.map(one => one.getBoundingClientRect().right)")
    assert len(edges) > 5
    assert max(edges) <= width


@pytest.mark.slow
def test_each_chart_has_alt_text_of_its_own(page):
    texts = page.eval_on_selector_all("img", "images => images.map(image => image.alt)")
    assert len(set(texts)) == len(texts) == 5
    assert all(len(text) > 60 for text in texts)


@pytest.mark.slow
def test_each_finding_is_one_click_from_its_sentences(page):
    claims = page.locator("li[id^='claim-terms-']")
    named = [claim for claim in claims.all() if "rate in" in claim.inner_text()]
    assert len(named) > 3
    for claim in named:
        folded = claim.locator("summary")
        if folded.count():
            folded.first.click()
        claim.locator("a").first.click()
        assert page.locator(":target").is_visible()
        page.go_back()
