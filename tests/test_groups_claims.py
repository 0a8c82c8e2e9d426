"""What is said of groups: exact sentences, in a closed vocabulary, and nothing past what the gate lets through."""

import json
import re
from importlib import resources

import pandas as pd
import pytest
from corpora import made_articles, made_text, write_measured

from analysis.charts_groups import (
    chart_group_months,
    chart_group_readability,
    chart_group_sources,
    chart_group_terms,
)
from analysis.claims.claim import Quotation
from analysis.claims.corpus.reading import reading_findings
from analysis.claims.corpus.terms import term_findings
from analysis.claims.corpus.voices import voice_findings
from analysis.claims.readability import FAMILIES
from analysis.findings import write_claims, write_summary
from analysis.findings_groups import find_group_claims
from analysis.groups.compare import compare_groups
from analysis.groups.terms import shown_terms
from analysis.parts.corpora import corpus_settings
from analysis.show.copies import show_copies, show_events
from analysis.show.groups import (
    show_group_claims,
    show_group_excerpts,
    show_group_limits,
    show_group_readability,
    show_group_sources,
    show_group_terms,
    show_groups,
    show_inputs_summed,
)
from analysis.tables import (
    COPIES_BY_GROUP,
    COPY_CLUSTERS,
    EVENT_COVERAGE,
    EVENTS,
    EVENTS_BY_GROUP,
    GROUP_EXCERPTS,
    GROUP_KEYNESS,
    GROUP_LIMITS,
    GROUP_READABILITY,
    GROUP_SOURCES,
    GROUPS,
    LEDGER,
    SHARED_COPIES,
    SMALLER_GROUPS,
)

NAN, INF = float("nan"), float("inf")
HOSTILE = '<script>alert("x")</script> & *bold* [link](javascript:x)'


def settings(**changed):
    given = {
        "sources": "corpus", "output": "out", "group_by": "outlet", "columns": "", "voices": "all", "clean": "on",
        "attribution": "rules", "stop_words": "out", "min_count": 5, "seed": 1,
    }  # fmt: skip
    return corpus_settings(**given | changed)


def group(name, **changed):
    row = {
        "group": name, "n_groups": 1, "n_articles": 20, "n_counted": 20, "n_words": 1000, "n_dated": 20,
        "first_day": "2026-01-02", "last_day": "2026-03-04", "n_without_outlet": 0, "n_without_author": 0,
        "n_without_published": 0, "n_without_url": 0, "n_scored": 20, "n_foreign": 0, "n_statements": 0, "terms": None,
        "evidence": True, "texts_sha256": name,
    }  # fmt: skip
    return row | changed


def limits(name, **changed):
    row = {
        "group": name, "n_words": 1000, "n_words_elsewhere": 2000, "n_tested": 50, "n_untested": 0, "n_passed": 0,
        "critical": 12.0, "n_needed": 7.0, "pack": 1, "permutations": 999,
    }  # fmt: skip
    return row | changed


def term(name, word, **changed):
    row = {
        "group": name, "order": 1, "term": word, "n": 20, "n_elsewhere": 5, "n_articles": 10, "n_articles_elsewhere": 4,
        "rate": 20.0, "rate_elsewhere": 2.5, "log_ratio": 3.0, "lower": 1.5, "upper": 4.5, "g2": 30.0, "burst": 2.0,
        "p": 0.001, "p_adjusted": 0.002, "q": 0.001, "dispersion": 0.2,
    }  # fmt: skip
    return row | changed


def metric(name, which, difference=0.0, *, passes=False, **changed):
    lower, upper = (difference - 0.1, difference + 0.1) if passes else (-1.0, 1.0)
    row = {
        "group": name, "metric": which, "n_articles": 20, "mean": 10.0, "sd": 1.0, "p05": 8.0, "q1": 9.0, "median": 10.0,
        "q3": 11.0, "p95": 12.0, "n_articles_elsewhere": 40, "mean_elsewhere": 10.0 - difference,
        "difference": difference, "lower": lower, "upper": upper, "p": 0.001 if passes else 0.5,
        "p_adjusted": 0.004 if passes else 1.0,
    }  # fmt: skip
    return row | changed


def framed(table, rows):
    return table.frame([[row[name] for name in table.names] for row in rows])


def made(terms=(), names=("Gazette", "Courier", "Herald"), metrics=None, **groups):
    """Tables of groups in which nothing differs but what is given."""
    used = list(dict.fromkeys(row["term"] for row in terms))
    rows = [
        term(name, word, n=5, log_ratio=0.0, lower=-1.0, upper=1.0, g2=0.0, p_adjusted=1.0)
        for name in names
        for word in used
    ]
    rows = [
        next((one for one in terms if (one["group"], one["term"]) == (row["group"], row["term"])), row) for row in rows
    ]
    metrics = [metric(name, which) for name in names for which in FAMILIES] if metrics is None else metrics
    shown = [
        (word, name, f"{name}-1", 1, 0, 40, 4, 4 + len(word), "author", word.upper(), f"The {word.upper()} came.")
        for name in names for word in used
    ]  # fmt: skip
    sources = [
        (name, "", kind, 0, 0, NAN, NAN, NAN, 0, True)
        for name in names
        for kind in ("named person", "anonymous", "none")
    ]
    return {
        "groups": framed(GROUPS, [group(name, **groups.get(name, {})) for name in names]),
        "group_keyness": framed(GROUP_KEYNESS, rows),
        "group_limits": framed(GROUP_LIMITS, [limits(name) for name in names]),
        "group_readability": framed(GROUP_READABILITY, metrics),
        "group_sources": GROUP_SOURCES.frame(sources),
        "group_excerpts": GROUP_EXCERPTS.frame(shown),
        "copies_by_group": COPIES_BY_GROUP.frame((name, 9, 9, 0, 0, 0) for name in names),
        "events_by_group": EVENTS_BY_GROUP.frame((name, 9, 9, 0, 0, 0, 0) for name in names),
        **{
            table.name: table.frame()
            for table in (SMALLER_GROUPS, COPY_CLUSTERS, SHARED_COPIES, EVENTS, EVENT_COVERAGE)
        },
    }


def said(tables, find=find_group_claims, **changed):
    return [claim.text for claim in find(tables, settings(**changed))]


# Terms


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, "“FLOOD” has a higher rate in Gazette: 20 uses in 10 articles (20.0 per thousand words), against 5 uses in 4 articles of the other groups (2.5 per thousand words); log ratio 3.0 (95\u00a0% interval 1.5 to 4.5), adjusted\u00a0p\u00a00.002.", id="a higher rate"),
        pytest.param({"log_ratio": -3.0, "lower": -4.5, "upper": -1.5, "g2": -30.0}, "“FLOOD” has a lower rate in Gazette: 20 uses in 10 articles (20.0 per thousand words), against 5 uses in 4 articles of the other groups (2.5 per thousand words); log ratio −3.0 (95\u00a0% interval −4.5 to −1.5), adjusted\u00a0p\u00a00.002.", id="a lower rate"),
        pytest.param({"n_elsewhere": 0, "upper": INF}, "“FLOOD” has a higher rate in Gazette: 20 uses in 10 articles (20.0 per thousand words), not found in the other groups (2,000 words searched); log ratio 3.0 (95\u00a0% bound: at least 1.5), adjusted\u00a0p\u00a00.002.", id="none elsewhere is not found, and has a bound"),
        pytest.param({"n": 0, "log_ratio": -3.0, "lower": -INF, "upper": -1.5}, "“FLOOD” has a lower rate in Gazette: not found in it (1,000 words searched), against 5 uses in 4 articles of the other groups (2.5 per thousand words); log ratio −3.0 (95\u00a0% bound: at most −1.5), adjusted\u00a0p\u00a00.002.", id="none here is not found, and has a bound"),
        pytest.param({"p_adjusted": 0.051}, None, id="a p above .05 makes no sentence"),
        pytest.param({"lower": -0.1}, None, id="nor does an interval over zero, whatever the p"),
        pytest.param({"p_adjusted": NAN, "lower": NAN, "upper": NAN}, None, id="nor does what has no evidence"),
    ],
)  # fmt: skip
def test_term_sentence(changed, expected):
    found = said(made([term("Gazette", "flood", **changed)]), term_findings)
    assert found[1:] == ([expected] if expected else [])


def test_other_languages_are_said():
    assert said(made(Herald={"n_foreign": 3}), term_findings)[0] == (
        "Not all articles are English: terms may differ by language alone. Not English: 3 of 20 in Herald."
    )


def test_of_two_groups_the_other_is_named():
    two = ("Gazette", "Courier")
    found = said(made([term("Gazette", "flood")], two), term_findings)
    assert "against 5 uses in 4 articles of Courier (2.5 per thousand words)" in found[1]


def test_a_term_is_stated_for_the_group_that_differs_most():
    rows = [
        term("Gazette", "flood", g2=30.0),
        term("Courier", "flood", g2=-50.0, log_ratio=-3.0, lower=-4.0, upper=-2.0),
    ]
    found = said(made(rows), term_findings)
    assert [text for text in found if "rate in" in text and "Courier" in text] == found[1:]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param([], "None of 50 tested terms passes the evidence gate (adjusted\u00a0p at most 0.05): no term is called different.", id="nothing passes"),
        pytest.param([term("Gazette", "flood")], "Of 50 tested terms, 1 passes the evidence gate (adjusted\u00a0p at most 0.05), each in one group or more: 1 in Gazette, 0 in Courier, 0 in Herald.", id="every group is counted"),
        pytest.param([term("Gazette", word) for word in "abcd"], "Of 50 tested terms, 4 pass the evidence gate (adjusted\u00a0p at most 0.05), each in one group or more: 4 in Gazette, 0 in Courier, 0 in Herald; stated are the first 3 of each group, of those that differ most in it.", id="more pass than are stated"),
    ],
)  # fmt: skip
def test_gate_sentence(terms, expected):
    found = said(made(terms), term_findings)
    assert found[0] == expected
    assert len(found) == 1 + min(3, len(terms))


def test_a_term_that_passes_in_two_groups_is_counted_in_both_and_stated_in_one():
    rows = [term("Gazette", "flood", g2=30.0), term("Courier", "flood", g2=50.0), term("Courier", "rain")]
    found = said(made(rows), term_findings)
    assert ", 2 pass the evidence gate" in found[0]
    assert found[0].endswith(": 1 in Gazette, 2 in Courier, 0 in Herald.")
    assert [text.split(" has")[0] for text in found[1:]] == ["“FLOOD”", "“RAIN”"]


def test_of_two_groups_a_term_is_counted_where_its_rate_is_higher():
    mirrored = {"log_ratio": -3.0, "lower": -4.0, "upper": -2.0}
    rows = [term("Gazette", "flood"), term("Courier", "flood", **mirrored)]
    assert said(made(rows, ("Gazette", "Courier")), term_findings)[0] == (
        "Of 50 tested terms, 1 passes the evidence gate (adjusted\u00a0p at most 0.05), with a higher rate: 1 in Gazette, "
        "0 in Courier."
    )


def test_chart_and_table_show_the_terms_that_the_summary_states():
    lower = {"log_ratio": -3.0, "lower": -4.0, "upper": -2.0}
    words = [f"word{i:02}" for i in range(12)]
    rows = [term("Gazette", word, g2=40.0 + i) for i, word in enumerate(words)]  # all of them differ more elsewhere
    rows += [term("Courier", word, g2=-90.0, **lower) for word in words]
    rows += [term("Gazette", "ferry", g2=-9.0, **lower)]
    tables = made(rows)
    assert "“FERRY” has a lower rate in Gazette" in " ".join(said(tables, term_findings))
    for k, shown in ((8, chart_group_terms(tables).rows), (10, shown_terms(tables["group_keyness"], 10))):
        own = shown[shown["group"] == "Gazette"]
        assert len(own) == k
        assert "ferry" in set(own["term"])
    assert "ferry" in show_group_terms(tables).text


def test_of_two_groups_what_is_lower_in_one_is_shown_as_higher_in_the_other():
    mirrored = {"log_ratio": -3.0, "lower": -4.0, "upper": -2.0}
    rows = [term("Gazette", "flood"), term("Courier", "flood", **mirrored)]
    shown = chart_group_terms(made(rows, ("Gazette", "Courier"))).rows
    assert shown[["group", "term"]].to_numpy().tolist() == [["Gazette", "flood"]]


# Reading


def compared(*passing, name="Gazette", difference=2.0):
    rows = [metric(other, which) for other in ("Gazette", "Courier", "Herald") for which in FAMILIES]
    return [
        metric(name, row["metric"], difference, passes=True)
        if row["group"] == name and row["metric"] in passing
        else row
        for row in rows
    ]


NONE = "No difference in the Flesch–Kincaid grade was found; mean minus that of the other groups, with 95\u00a0% interval: "


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        pytest.param(compared("flesch_kincaid_grade", "coleman_liau_index"), "Gazette reads harder than the other groups: 2.0 grades by Flesch–Kincaid (95\u00a0% interval 1.9 to 2.1, adjusted\u00a0p\u00a00.004); Coleman–Liau agrees.", id="two kinds of formula agree"),
        pytest.param(compared("flesch_kincaid_grade", "coleman_liau_index", "lix", difference=-2.0), "Gazette reads easier than the other groups: −2.0 grades by Flesch–Kincaid (95\u00a0% interval −2.1 to −1.9, adjusted\u00a0p\u00a00.004); Coleman–Liau, LIX agree.", id="the other direction"),
        pytest.param(compared("flesch_kincaid_grade", "gunning_fog"), "Gazette minus the other groups is 2.0 grades (95\u00a0% interval 1.9 to 2.1, adjusted\u00a0p\u00a00.004); no formula with other inputs agrees.", id="formulas of one kind make no comparative"),
        pytest.param(compared("coleman_liau_index", "lix"), NONE + "0.0 in Gazette (−1.0 to 1.0), 0.0 in Courier (−1.0 to 1.0), 0.0 in Herald (−1.0 to 1.0).", id="without the grade there is no difference"),
    ],
)  # fmt: skip
def test_reading_sentence(metrics, expected):
    assert expected in said(made(metrics=metrics), reading_findings)


def test_that_one_measure_does_not_differ_is_not_said_of_all():
    found = said(made(metrics=compared("coleman_liau_index", "lix")), reading_findings)
    assert [text for text in found if text.startswith("Other")] == [
        "Other measures differ in Gazette (adjusted\u00a0p at most 0.05); mean minus that of the other groups, with "
        "95\u00a0% interval: Coleman–Liau 2.0 (1.9 to 2.1), LIX 2.0 (1.9 to 2.1)."
    ]
    assert not [text for text in said(made(metrics=compared()), reading_findings) if text.startswith("Other")]


def test_a_formula_that_says_the_opposite_is_named():
    rows = [metric("Gazette", "lix", -4.0, passes=True) if (row["group"], row["metric"]) == ("Gazette", "lix") else row
            for row in compared("flesch_kincaid_grade")]  # fmt: skip
    found = said(made(metrics=rows), reading_findings)
    assert found[1].endswith("no formula with other inputs agrees.")
    assert [text.split("interval: ")[1] for text in found if text.startswith("Other")] == ["LIX −4.0 (−4.1 to −3.9)."]


def test_where_one_group_differs_the_others_are_not_said_to_show_that_none_does():
    found = said(made(metrics=compared("flesch_kincaid_grade", "lix")), reading_findings)
    assert found[1].startswith("Gazette reads harder")
    assert found[2:] == [
        "Elsewhere no difference in the Flesch–Kincaid grade was found; mean minus that of the other groups, with "
        "95\u00a0% interval: 0.0 in Courier (−1.0 to 1.0), 0.0 in Herald (−1.0 to 1.0)."
    ]


def test_the_spread_of_each_group_is_stated():
    assert said(made(), reading_findings)[0] == (
        "Flesch–Kincaid grade, median (quartiles) over articles: 10.0 in Gazette (9.0 to 11.0; 20 articles), "
        "10.0 in Courier (9.0 to 11.0; 20 articles), 10.0 in Herald (9.0 to 11.0; 20 articles)."
    )


def test_articles_without_a_score_are_counted_with_the_reason():
    tables = made(Gazette={"n_scored": 18}, Herald={"n_counted": 12, "n_scored": 11})
    assert said(tables, reading_findings)[1] == (
        "Without a score, which needs 100 words and English text: 2 articles in Gazette, 1 in Herald."
    )
    assert not [text for text in said(made(), reading_findings) if "score" in text]


def test_a_group_that_is_not_scored_is_named():
    rows = [
        row
        if row["group"] != "Herald"
        else row
        | dict.fromkeys(("mean", "median", "q1", "q3", "difference", "lower", "upper", "p", "p_adjusted"), NAN)
        | {"n_articles": 0}
        for row in compared()
    ]
    found = said(made(metrics=rows), reading_findings)
    assert "Readability is not scored in Herald: too few words, or not English." in found
    assert not any("Herald (" in text for text in found)


# Voices and the opening


def test_voices_sentence():
    tables = made()
    rows = [
        ("Gazette", "", "named person", 30, 40, 0.75, 0.6, 0.85, 12, False),
        ("Gazette", "", "anonymous", 4, 40, 0.1, 0.02, 0.3, 12, False),
        ("Gazette", "", "none", 6, 40, 0.15, 0.05, 0.4, 12, False),
    ]
    others = tables["group_sources"][tables["group_sources"]["group"] != "Gazette"]
    tables["group_sources"] = pd.concat([GROUP_SOURCES.frame(rows), others])
    assert said(tables, voice_findings) == [
        "Gazette has 40 statements in 12 articles: 30 by named persons (75\u00a0%, 95 % interval 60 to 85); 4 anonymous (10\u00a0%, 2 to 30); 6 by pronouns or nobody (15\u00a0%, 5 to 40).",
        "No statement by others was found in Courier.",
        "No statement by others was found in Herald.",
    ]
    fewer = tables["group_sources"].assign(n_statements=tables["group_sources"]["n_statements"].replace(30, 12))
    assert said(tables | {"group_sources": fewer}, voice_findings)[0].endswith(
        "(15\u00a0%, 5 to 40); 18 by sources of other types (45\u00a0%)."
    )
    assert said(tables, voice_findings, attribution="none") == [
        "Attributions were not looked for: attributed text counts as that of the author."
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, "Gazette: 20 articles; 1,000 words; dated 2026-01-02 to 2026-03-04.", id="all is stated"),
        pytest.param({"n_counted": 18}, "Gazette: 20 articles (18 counted, 2 copies set aside); 1,000 words; dated 2026-01-02 to 2026-03-04.", id="copies"),
        pytest.param({"n_dated": 19, "n_without_published": 1}, "Gazette: 20 articles; 1,000 words; dated 2026-01-02 to 2026-03-04 where stated (19); not stated: date for 1.", id="an article without a date"),
        pytest.param({"n_dated": 0, "first_day": None, "last_day": None, "n_without_published": 20, "n_without_url": 3}, "Gazette: 20 articles; 1,000 words; no date stated; not stated: date for 20, address for 3.", id="no date"),
        pytest.param({"n_counted": 19}, "Gazette: 20 articles (19 counted, 1 copy set aside); 1,000 words; dated 2026-01-02 to 2026-03-04.", id="one copy"),
    ],
)  # fmt: skip
def test_group_sentence(changed, expected):
    assert said(made(Gazette=changed))[0] == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        pytest.param(3, "Gazette, which are paper 0, paper 1, paper 2: 20 articles;", id="a few are named"),
        pytest.param(13, "Gazette: 20 articles;", id="of many the name has the number and the table the names"),
    ],
)
def test_smaller_groups_together_are_named(n, expected):
    tables = made() | {"smaller_groups": SMALLER_GROUPS.frame(("Gazette", f"paper {i}", 2) for i in range(n))}
    assert said(tables)[0].startswith(expected)
    assert f"paper {n - 1}" in show_groups(tables).text
    assert "paper" not in said(tables)[1]


def test_withheld_evidence_is_said():
    assert (
        "Evidence is withheld for Herald: figures are descriptive. It needs 5 articles in a group and in the others together."
        in said(made(Herald={"evidence": False}))
    )


def test_what_could_be_seen_is_said():
    found = said(made())
    assert "Tested: 50 terms, each with at least 5 uses in at least 5 articles." in found
    assert (
        "A term absent elsewhere passes the evidence gate from 7 uses in Gazette, 7 in Courier, 7 in Herald, each in its own article."
        in found
    )


# Whole comparisons, hostile names and texts


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    own = f"The minister said <b>the flood</b> {HOSTILE} was large."
    groups = {
        HOSTILE: [made_text(i, own=[own], sentences=30) for i in range(8)],
        "'; DROP TABLE articles; --": [
            made_text(100 + i, own=['"It rained," Mary Smith said.'], sentences=30) for i in range(8)
        ],
        "\u202ereversed": [made_text(200 + i, sentences=30) for i in range(3)],
    }
    articles = made_articles(groups, published=["2026-01-02"] * 8 + ["2026-02-03"] * 8 + [None] * 3, title=HOSTILE)
    corpus = write_measured(tmp_path_factory.mktemp("hostile"), articles)
    return compare_groups(corpus, permutations=199)


def test_nothing_of_a_text_or_a_name_becomes_markup(hostile):
    claims = find_group_claims(hostile, settings())
    shown = [
        show_group_claims(claims, hostile), show_group_excerpts(hostile, claims), show_groups(hostile),
        show_group_limits(hostile), show_group_terms(hostile), show_group_readability(hostile),
        show_group_sources(hostile),
        *(draw(hostile) for draw in (chart_group_terms, chart_group_readability, chart_group_sources, chart_group_months)),
    ]  # fmt: skip
    html = "".join(one._repr_html_() for one in shown)
    assert "<script" not in html
    assert "&lt;script" in html
    assert not re.search(r'(href|src)="(?!#|data:image/svg)', html)
    summary = write_summary(claims)
    assert not re.search(r"(?<!\\)[<\]]\(?(script|javascript)", summary)
    assert "\u202e" not in summary


def test_links_lead_to_what_is_there(hostile):
    claims = find_group_claims(hostile, settings())
    shown = (show_copies(claims, hostile), show_events(claims, hostile), show_group_excerpts(hostile, claims))
    html = show_group_claims(claims, hostile).html + "".join(each.html for each in shown)
    places = re.findall(r'id="([^"]+)"', html)
    assert len(places) == len(set(places))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links
    assert links <= set(places)


def test_the_sentences_keep_to_the_closed_vocabulary(hostile):
    listed = resources.files("analysis").joinpath("data/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    known = {word for line in listed if not line.startswith("#") for word in line.split()}
    everything = [
        made(metrics=compared("flesch_kincaid_grade", "lix"), Gazette={"n_groups": 2, "n_counted": 3, "n_dated": 1}),
        hostile,
    ]
    everything.append(
        made(
            [term("Gazette", "flood", n_elsewhere=0, upper=INF)],
            metrics=compared("flesch_kincaid_grade"),
            Herald={"evidence": False},
        )
    )
    for tables in everything:
        for claim in find_group_claims(tables, settings()):
            assert {word.lower() for word in re.findall(r"[^\W\d_][^\W\d_–'-]*", claim.own_words)} <= known, claim.text


def test_a_quotation_is_what_stands_at_its_place(hostile):
    texts = hostile["articles"].set_index("article_id")["text"]
    quoted = [
        part
        for claim in find_group_claims(hostile, settings())
        for part in claim.parts.values()
        if isinstance(part, Quotation)
    ]
    assert quoted
    for part in quoted:
        assert texts[part.article_id][part.start : part.end] == part.value


def test_every_claim_names_the_articles_that_it_quotes_and_no_others(hostile):
    claims = find_group_claims(hostile, settings())
    records = json.loads(write_claims(claims, hostile))
    for record in records:
        assert set(record["articles"]) == {span["article_id"] for span in record["spans"]}
    assert any(record["articles"] for record in records)


def test_nothing_in_context_is_said():
    assert "nothing to show" in show_group_excerpts(made()).text


def test_a_term_that_a_group_lacks_is_not_found_in_it(hostile):
    assert re.search(r"reversed: not found \(3 articles searched\)", show_group_excerpts(hostile).text)


def test_inputs_are_summed_and_those_with_trouble_listed():
    rows = [
        (i, f"{i}.txt", NAN, "rejected" if i % 2 else "analysed", "empty" if i % 2 else None, None, None, None)
        for i in range(1, 401)
    ]
    text = show_inputs_summed(LEDGER.frame(rows)).text
    assert "analysed    200" in text
    assert "the first 50 of 200" in text
    assert "101.txt" not in text
    assert "99.txt" in text


def arrows_of(panel, word):
    """The arrows in the row of a term: their direction, and where they stand."""
    row = next(label.get_position()[1] for label in panel.texts if label.get_text() == word)
    arrows = [line for line in panel.lines if line.get_marker() in ("<", ">")]
    return [
        (line.get_marker(), x)
        for line in arrows
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if y == row
    ]


def test_the_axis_of_terms_is_as_long_as_what_passes_needs_it():
    far = {"p_adjusted": 0.5, "lower": 2.0, "upper": 14.0}
    rows = [term("Gazette", "flood"), term("Herald", "ferry", log_ratio=9.0, **far),
            term("Herald", "harbour", log_ratio=-9.0, lower=NAN, upper=NAN, p_adjusted=NAN)]  # fmt: skip
    gazette, _, herald = chart_group_terms(made(rows)).figure.axes
    assert gazette.get_xlim() == herald.get_xlim() == pytest.approx((-1.1 * 4.5, 1.1 * 4.5))
    assert arrows_of(gazette, "flood") == []
    assert arrows_of(herald, "ferry") == [(">", pytest.approx(1.1 * 4.5))]
    assert arrows_of(herald, "harbour") == [("<", pytest.approx(-1.1 * 4.5))]


def test_where_nothing_passes_the_axis_holds_all_log_ratios():
    far = {"p_adjusted": 0.5, "lower": 2.0, "upper": 14.0}
    rows = [term("Gazette", "flood", p_adjusted=0.9), term("Herald", "ferry", log_ratio=9.0, **far)]
    gazette, _, herald = chart_group_terms(made(rows)).figure.axes
    assert gazette.get_xlim() == herald.get_xlim() == pytest.approx((-1.1 * 0.5, 1.1 * 9.0))
    assert arrows_of(gazette, "flood") == []
    assert arrows_of(herald, "ferry") == [(">", pytest.approx(1.1 * 9.0))]


def test_an_end_that_is_open_is_an_arrow_in_the_chart_of_terms():
    rows = [term("Gazette", "flood", n_elsewhere=0, log_ratio=5.0, lower=2.5, upper=INF)]
    gazette, *_ = chart_group_terms(made(rows)).figure.axes
    assert gazette.get_xlim()[1] == pytest.approx(1.1 * 5.0)
    assert arrows_of(gazette, "flood") == [(">", pytest.approx(1.1 * 5.0))]


@pytest.mark.parametrize("draw", [chart_group_terms, chart_group_readability, chart_group_sources, chart_group_months])
def test_a_chart_of_nothing_says_so(draw):
    nan = dict.fromkeys(("mean", "sd", "p05", "q1", "median", "q3", "p95"), NAN) | {"n_articles": 0}
    rows = [row | nan for row in compared()]
    chart = draw(made(metrics=rows))
    assert chart.png.startswith(b"\x89PNG")
    assert re.search(r"in Gazette no .*; in Courier no ", chart.alt)


def test_the_legend_of_the_longest_names_stands_inside_the_chart(monkeypatch):
    monkeypatch.setattr("analysis.charts_groups.SOURCE_TYPES", ("institution or government",) * 3)
    figure = chart_group_months(made(metrics=compared())).figure
    figure.canvas.draw()
    legend = figure.legends[0].get_window_extent()
    assert legend.x0 >= 0
    assert legend.x1 <= figure.bbox.x1
