"""The page that lists a batch: failures first, every name inert, links that lead somewhere."""

import re
from dataclasses import replace
from urllib.parse import unquote

import lxml.html
import pytest
from conftest import put
from pairs import compared, pair

from analysis.batch.headlines import headline_figures
from analysis.batch.index import write_index
from analysis.batch.jobs import find_jobs
from analysis.batch.work import Outcome
from analysis.store import save_table, write_json
from analysis.tables.batch import BATCH, BATCH_CORPUS

#: What is missing where attributions were not looked for.
SOUGHT = ("n_statements", "n_statements_sure", "attributed", "attributed_lower", "attributed_upper")
NASTY = "<img src=x onerror=alert(1)>\"'&{{7*7}}"


def figures(*reports, **changed):
    """Headline figures of reports, two groups each."""
    row = {
        "n_articles": 1, "n_words": 1234, "n_sentences": 60, "n_removed": 0, "n_tested": 100, "n_passed": 2,
        "n_terms": 2, "terms": "bridge, mayor", "grade": 9.25, "grade_lower": 8.0, "grade_upper": 10.04,
        "n_statements": 1500, "n_statements_sure": 12, "attributed": 0.255, "attributed_lower": 0.1,
        "attributed_upper": 0.4,
    } | changed  # fmt: skip
    rows = [
        [
            (row | {"report": job.name, "folder": job.folder, "group": group, "name": group.upper()}).get(name)
            for name in BATCH.names
        ]
        for job in reports
        for group in ("one", "two")
    ]
    return BATCH.frame(rows)


def listed(tmp_path, *names):
    """The reports of a manifest whose entries have these names."""
    lines = "".join('"{}",in\n'.format(name.replace('"', '""')) for name in names)
    (tmp_path / "m.csv").write_text(f"name,sources\n{lines}", encoding="utf-8")
    return find_jobs(str(tmp_path / "m.csv"), tmp_path / "out")


def page(jobs, outcomes, table=None, title="events"):
    html = write_index(title, list(zip(jobs, outcomes, strict=True)), figures() if table is None else table)
    return html, lxml.html.fromstring(html)


MADE, BAD = Outcome("analysed"), Outcome("rejected", "why")


def test_failures_come_first_then_all_by_name(tmp_path):
    jobs = listed(tmp_path, "b", "Z", "A", "c", "d")
    _, tree = page(jobs, [MADE, BAD, MADE, BAD, Outcome("warned", "odd")])
    assert tree.xpath("//h2/text()") == ["Not made", "Reports"]
    assert tree.xpath("//tbody/tr[@id]/th/text()") == ["c", "Z"]
    assert tree.xpath("//h3//text()") == ["A", "b", "d"]
    assert tree.xpath("//nav//a/text()") == ["Not made", "A", "b", "d"]
    assert "3 reports made, 2 not made." in tree.xpath("string(//main)")
    assert "Warned: odd" in tree.xpath("string(//section[3])")
    assert tree.xpath("//td[@class='plain']/text()") == [
        f"{tmp_path / 'm.csv'}, entry 4",
        f"{tmp_path / 'm.csv'}, entry 2",
    ]


def test_an_earlier_report_of_one_that_failed_is_named_and_not_linked(tmp_path):
    jobs = listed(tmp_path, "a", "b", "c")
    html = write_index("events", list(zip(jobs, [BAD, BAD, MADE], strict=True)), figures(), {"b"})
    tree = lxml.html.fromstring(html)
    assert tree.xpath("//td[@class='long']/text()")[:2] == [
        "why", "why (In b/ there is still the report of an earlier run, made of what was there then.)",
    ]  # fmt: skip
    assert tree.xpath("//a[contains(@href, '/report.html')]/@href") == ["c/report.html"]


def test_without_failures_nothing_is_said_of_them(tmp_path):
    html, tree = page(listed(tmp_path, "a"), [MADE])
    assert tree.xpath("//h2/text()") == ["Reports"]
    assert "failed" not in html
    assert "1 report made, 0 not made." in html


def test_without_reports_it_says_so(tmp_path):
    _, tree = page(listed(tmp_path, "a"), [BAD])
    assert tree.xpath("//p[@class='none']/text()") == ["No report was made."]


def test_names_reasons_and_titles_are_inert(tmp_path):
    jobs = listed(tmp_path, NASTY, f"{NASTY} 2")
    table = figures(jobs[0], terms=NASTY, event=NASTY)
    html, tree = page(jobs, [Outcome("warned", NASTY), Outcome("rejected", NASTY)], table, NASTY)
    assert not tree.xpath("//img | //script | //@onerror | //iframe | //link | //object")
    assert tree.xpath("//h3//text()") == [NASTY]
    assert tree.xpath("//title/text()") == [f"Reports: {NASTY}"]
    assert tree.xpath("//section//td[@class='long']/text()") == [NASTY] * 2
    assert tree.xpath("//td[@class='long']/text()")[0] == NASTY
    assert tree.xpath("//section//div/@aria-label") == [f"Headline figures of {NASTY}"]
    for job in jobs:  # whose hash may have any digits
        html = html.replace(job.folder, "")
    assert "49" not in html


def test_the_figures_are_linked_in_both_forms(tmp_path):
    _, tree = page(listed(tmp_path, "a"), [MADE])
    assert tree.xpath("//main/p[1]/a/@href") == ["batch.csv", "batch.parquet", "codebook.md"]


@pytest.mark.parametrize(("n_statements", "shown"), [pytest.param(None, "not looked for", id="not"), (0, "0")])
def test_the_page_of_corpora(n_statements, shown, tmp_path):
    jobs = listed(tmp_path, "a")
    row = {
        "report": "a", "folder": "a", "group": "x", "name": "X", "n_groups": 2, "n_articles": 44, "n_counted": 40,
        "n_words": 7607, "n_tested": 9, "n_passed": 0, "n_terms": 0, "n_scored": 40, "grade": 6.2,
        "grade_difference": -0.1, "grade_difference_lower": -0.42, "grade_difference_upper": 0.2,
        "n_statements": n_statements,
    }  # fmt: skip
    _, tree = page(jobs, [MADE], BATCH_CORPUS.frame([[row.get(name) for name in BATCH_CORPUS.names]]))
    assert tree.xpath("//section//tbody/tr/*/text()") == [
        "X", "44 (40)", "7,607", "6.2", "−0.1 (−0.4 to 0.2)", shown, "none found",
    ]  # fmt: skip


def test_it_asks_for_nothing(tmp_path):
    html, tree = page(listed(tmp_path, "a"), [MADE])
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert not tree.xpath("//@src")
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("a b", "a-b", "a_b", "a.b"), id="what a blank could become"),
        pytest.param(("a", "a", "A"), id="the same name"),
        pytest.param(("reports", "failed", "report-a", "a"), id="names of sections"),
        pytest.param(("Überfall", "东京 2024", "<b>", "a/b", "a?b#c", "100 %", "x" * 300), id="any characters"),
    ],
)
def test_anchors_are_of_their_own_and_links_lead_to_the_reports(names, tmp_path):
    jobs = listed(tmp_path, *names)
    _, tree = page(jobs, [MADE] * len(jobs))
    ids = tree.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert not [one for one in ids if re.search(r"\s", one)]
    within = [unquote(link.removeprefix("#")) for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert sorted(within) == sorted(one for one in ids if one != "failed")
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)
    links = tree.xpath("//h3/a/@href")
    assert not [link for link in links if re.search(r"[\s<>?#{}]", link)]
    assert sorted(unquote(link) for link in links) == sorted(f"{job.folder}/report.html" for job in jobs)


def test_figures_are_those_of_the_table(tmp_path):
    jobs = listed(tmp_path, "a", "b")
    _, tree = page(jobs, [MADE, MADE], figures(jobs[0], event="the same event"))
    first, second = tree.xpath("//section")
    assert first.xpath("count(.//tbody/tr)") == 2
    assert first.xpath(".//tbody/tr[1]/*/text()") == [
        "ONE", "1", "1,234", "9.2 (8.0 to 10.0)", "1,500 (12)", "26\u00a0% (10 to 40)",
        "bridge, mayor",
    ]  # fmt: skip
    assert first.xpath(".//thead//th/text()") == [
        "Group", "Articles", "Words", "Grade", "Statements (not doubtful)", "Sentences with a statement",
        "Terms that pass the gate",
    ]  # fmt: skip
    assert "The event check says of its two articles: the same event." in first.xpath("string()")
    assert not second.xpath(".//table")


@pytest.mark.parametrize(
    ("changed", "place", "shown"),
    [
        pytest.param({"grade": None}, 4, "not applicable", id="no grade"),
        pytest.param({"grade_lower": None, "grade_upper": None}, 4, "9.2", id="no interval"),
        pytest.param({"attributed": None}, 6, "not applicable", id="no share"),
        pytest.param({"terms": None}, 7, "none found", id="no terms"),
        pytest.param(dict.fromkeys(SOUGHT), 5, "not looked for", id="no statement looked for"),
        pytest.param(dict.fromkeys(SOUGHT), 6, "not looked for", id="nor sentences with one"),
        pytest.param({"n_statements": 0, "n_statements_sure": 0}, 5, "0 (0)", id="statements looked for, none found"),
        pytest.param(
            {"grade": -1.96, "grade_lower": -0.2, "grade_upper": 0.04}, 4, "−2.0 (−0.2 to 0.04)", id="a minus"
        ),
        pytest.param(
            {"grade": -0.0, "grade_lower": -0.01, "grade_upper": 0.0}, 4, "0.0 (−0.01 to 0.0)", id="no minus at zero"
        ),
    ],
)
def test_what_is_missing_is_said_and_never_nan(changed, place, shown, tmp_path):
    jobs = listed(tmp_path, "a")
    _, tree = page(jobs, [MADE], figures(*jobs, **changed))
    assert tree.xpath(f"//section//tbody/tr[1]/*[{place}]/text()") == [shown]
    assert "nan" not in tree.xpath("string(//section)")


def test_the_same_reports_in_another_order_are_the_same_page(tmp_path):
    jobs = listed(tmp_path, "b", "B", "a")
    pairs = [(job, MADE) for job in jobs]
    assert write_index("x", pairs, figures(*jobs)) == write_index("x", pairs[::-1], figures(*jobs))


FRENCH = "Le maire dit que le pont est dans un bon état, et que la ville ne sera pas seule avec les travaux. "


@pytest.mark.parametrize(
    ("engine", "missing"),
    [pytest.param("rules", ["b"], id="a text that is not English"), pytest.param("none", ["a", "b"], id="by setting")],
)
def test_statements_that_nobody_looked_for_are_missing_and_not_none(engine, missing, tmp_path):
    case = pair("The mayor said on Monday that the bridge is safe. " * 20, FRENCH * 20, ("a", "b"), label=("A B", None))
    tables = compared(replace(case, settings=(("attribution", engine),)))
    for name, table in tables.items():
        save_table(tmp_path / "tables", name, table)
    put(tmp_path / "run.json", write_json({"parameters": {"attribution": engine}}))
    found = headline_figures(tmp_path, "x").set_index("group")
    assert found["name"].to_dict() == {"a": "A B", "b": "b"}
    for column in SOUGHT:
        assert found.index[found[column].isna()].tolist() == missing
    if engine == "rules":
        assert (found["n_statements"]["a"], found["attributed"]["a"]) == (20, 1)
