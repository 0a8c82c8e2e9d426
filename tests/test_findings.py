"""Every sentence, word for word: a traceable sentence can still cite the wrong cell."""

import pandas as pd
import pytest
from conftest import compared, make_articles

from analysis.attribution.counts import DIMENSIONS
from analysis.claims.attribution import attribution_findings
from analysis.claims.claim import Cell
from analysis.claims.opening import headline_findings, opening_findings, scope_findings
from analysis.claims.readability import FAMILIES, readability_findings
from analysis.claims.terms import term_findings
from analysis.findings import find_claims
from analysis.measures import measure
from analysis.pipeline import run_settings
from analysis.tables import (
    ATTRIBUTION_COUNTS,
    COVERAGE,
    DETECTABLE,
    KEYNESS,
    NOTES,
    READABILITY_BY_GROUP,
    SENTENCE_COUNTS,
    SENTENCES,
    SURFACE_FORMS,
    TABLES,
)

COUNTS = [2] * len(SENTENCE_COUNTS)
NAN, INF = float("nan"), float("inf")
SETTINGS = {"attribution": "rules", "min_count": 3, "seed": 1, "permutations": 99, "draws": 50}
TEXTS = {"g": "Taxes rise. Taxes fall.", "c": "Rivers rise."}


def tables(**given):
    """Two articles, Gazette and Courier, and empty tables but for those given."""
    empty = {table.name: table.frame() for table in TABLES}
    return empty | {"articles": make_articles(TEXTS, label=["Gazette", "Courier"])} | given


def texts(claims):
    return [claim.text for claim in claims]


def readability(difference, lower, upper, agreeing, *, groups=("g", "c"), p=0.01):
    """Flesch–Kincaid as given, for the first group; the first `agreeing` formulas with other inputs agree with it."""
    others = [metric for metric, family in FAMILIES.items() if family != "syllables"]
    rows = []
    for sign, group in ((1, groups[0]), (-1, groups[1])):
        for metric in [*FAMILIES, "flesch_reading_ease", "words_per_sentence"]:
            d, low, high = 0.0, -1.0, 1.0
            if metric == "flesch_kincaid_grade":
                d, low, high = difference, lower, upper
            elif metric in others[:agreeing]:
                d, low, high = (1.0, 0.5, 1.5) if difference > 0 else (-1.0, -1.5, -0.5)
            if sign < 0:
                d, low, high = -d, -high, -low
            rows.append((group, metric, 10.0, 9.0, 11.0, 8.0, d, low, high, p, 20))
    return READABILITY_BY_GROUP.frame(rows)


@pytest.mark.parametrize(
    ("difference", "lower", "upper", "agreeing", "p", "expected"),
    [
        pytest.param(2.6, 0.7, 4.5, 1, 0.01, "Gazette reads harder than Courier: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.7 to 4.5, p\u00a00.010); Coleman–Liau agrees.", id="interval clear of zero, two formulas agree"),
        pytest.param(-2.6, -4.5, -0.7, 1, 0.01, "Courier reads harder than Gazette: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.7 to 4.5, p\u00a00.010); Coleman–Liau agrees.", id="exchanging the sides exchanges the sentence"),
        pytest.param(2.6, 0.7, 4.5, 2, 0.01, "Gazette reads harder than Courier: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.7 to 4.5, p\u00a00.010); Coleman–Liau, ARI agree.", id="several formulas agree"),
        pytest.param(2.6, 0.7, 4.5, 0, 0.01, "Gazette minus Courier is 2.6 grades (95\u00a0% interval 0.7 to 4.5, p\u00a00.010); no formula with other inputs agrees.", id="one formula alone makes no comparative"),
        pytest.param(2.6, 0.7, 4.5, 2, 0.06, "No difference in reading grade was found between Gazette and Courier: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.7 to 4.5, p\u00a00.060).", id="an interval without its permutation test is no difference"),
        pytest.param(2.6, 0.04, 4.5, 1, 0.01, "Gazette reads harder than Courier: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.04 to 4.5, p\u00a00.010); Coleman–Liau agrees.", id="an end clear of zero is not written as zero"),
        pytest.param(1.1, -0.9, 3.1, 0, 0.3, "No difference in reading grade was found between Gazette and Courier: 1.1 grades by Flesch–Kincaid (95\u00a0% interval −0.9 to 3.1, p\u00a00.300).", id="interval over zero is no difference"),
    ],
)  # fmt: skip
def test_readability_sentence(difference, lower, upper, agreeing, p, expected):
    found = readability_findings(
        tables(readability_by_group=readability(difference, lower, upper, agreeing, p=p)), SETTINGS
    )
    assert texts(found)[-1] == expected


def test_readability_of_each_side_has_the_same_fields():
    found = readability_findings(tables(readability_by_group=readability(1.1, -0.9, 3.1, 0)), SETTINGS)
    assert texts(found)[0] == (
        "Flesch–Kincaid grade: 10.0 in Gazette (95\u00a0% interval 9.0 to 11.0), 10.0 in Courier (9.0 to 11.0)."
    )


def test_readability_without_evidence_has_no_interval():
    table = readability(1.1, NAN, NAN, 0, p=NAN).assign(lower=NAN, upper=NAN)
    found = readability_findings(tables(readability_by_group=table), SETTINGS)
    assert texts(found)[0] == "Flesch–Kincaid grade: 10.0 in Gazette, 10.0 in Courier."


@pytest.mark.parametrize(
    ("single", "grades", "difference"),
    [
        pytest.param("g", "10.0 in Gazette, 10.0 in Courier (95\u00a0% interval 9.0 to 11.0)", "Gazette is a single paragraph", id="the first"),
        pytest.param("c", "10.0 in Gazette (95\u00a0% interval 9.0 to 11.0), 10.0 in Courier", "Courier is a single paragraph", id="the second"),
        pytest.param("gc", "10.0 in Gazette, 10.0 in Courier", "Gazette, Courier are each a single paragraph", id="both"),
    ],
)  # fmt: skip
def test_a_difference_from_a_single_unit_is_no_finding(single, grades, difference):
    table = readability(4.0, NAN, NAN, 2)
    table[["difference_lower", "difference_upper"]] = NAN
    table.loc[table["group"].isin(list(single)), ["lower", "upper"]] = NAN
    given = term_tables(keyness(NAN), unit="paragraph") | {"readability_by_group": table}
    assert texts(readability_findings(given, SETTINGS)) == [
        f"Flesch–Kincaid grade: {grades}.",
        f"No difference in reading grade was tested: {difference}.",
    ]


def test_among_three_the_p_that_a_difference_needs_is_said():
    table = readability(-5.0, -9.0, -0.2, 2, p=0.041)
    third = table[table["group"] == "c"].assign(group="t")
    articles = make_articles(TEXTS | {"t": "Snow."})
    given = tables(readability_by_group=pd.concat([table, third], ignore_index=True), articles=articles)
    assert texts(readability_findings(given, SETTINGS))[1] == (
        "No difference in reading grade was found between g and the other texts: −5.0 grades by Flesch–Kincaid "
        "(95\u00a0% interval −9.0 to −0.2, p\u00a00.041, which needs to be at most 0.017)."
    )


def test_of_three_a_text_that_is_not_scored_is_not_compared():
    table = readability(2.6, 0.7, 4.5, 1, p=0.041)
    third = table[table["group"] == "c"].assign(group="t")
    third[third.columns[2:-1]] = NAN
    articles = make_articles(TEXTS | {"t": "Il pleut."})
    given = tables(readability_by_group=pd.concat([table, third], ignore_index=True), articles=articles)
    assert texts(readability_findings(given, SETTINGS)) == [
        "Readability of t is not scored: too few words, or not English.",
        "Flesch–Kincaid grade: 10.0 in g (95\u00a0% interval 9.0 to 11.0), 10.0 in c (9.0 to 11.0).",
        "g reads harder than c: 2.6 grades by Flesch–Kincaid (95\u00a0% interval 0.7 to 4.5, p\u00a00.041); "
        "Coleman–Liau agrees.",
    ]


def test_what_is_not_scored_is_said():
    table = readability(1.1, -0.9, 3.1, 0)
    blank = table.assign(**{name: NAN for name in table.columns if table[name].dtype == "float64"})
    assert texts(readability_findings(tables(readability_by_group=blank), SETTINGS)) == [
        "Readability of Gazette is not scored: too few words, or not English.",
        "Readability of Courier is not scored: too few words, or not English.",
    ]


def keyness(p_adjusted, lower=0.5, upper=2.5, n_elsewhere=1):
    """`taxes`, 2 uses in Gazette, n_elsewhere in Courier."""
    return KEYNESS.frame([
        ("g", "taxes", 2, n_elsewhere, 200.0, 50.0, 1.5, lower, upper, 9.0, 2.0, True, 0.01, p_adjusted, 0.01, 0.2, 2),
        ("c", "taxes", n_elsewhere, 2, 50.0, 200.0, -1.5, -upper, -lower, -9.0, -2.0, True, 0.01, p_adjusted, 0.01, 0.2, 1),
    ])  # fmt: skip


def term_tables(table, unit="sentence", n_passed=1, n_tested=1):
    family = (n_tested, n_passed)
    return tables(
        keyness=table,
        detectable=DETECTABLE.frame(
            [("g", 1900, 1234, *family, 12, unit, 6.0, 5.0, 9.9), ("c", 1234, 1900, *family, 10, unit, 6.0, 7.0, 9.9)]
        ),
        surface_forms=SURFACE_FORMS.frame(
            [("g", "taxes", "Taxes", 2, "g", 0, 5), ("c", "taxes", "taxes", 1, "c", 0, 5)]
        ),
        coverage=COVERAGE.frame([(group, 1, n, 9, *[0] * 13, "") for group, n in (("g", 1900), ("c", 1234))]),
        sentences=SENTENCES.frame([("g", 1, 1, 0, 11, "sentence", *COUNTS), ("g", 2, 1, 12, 23, "sentence", *COUNTS)]),
    )


def test_a_term_past_the_gate_has_a_higher_rate():
    found = term_findings(term_tables(keyness(0.012)), SETTINGS)
    assert texts(found) == [
        "Of 1 tested term, 1 passes the evidence gate (adjusted p at most 0.05): 1 higher in Gazette, 0 in Courier.",
        "“Taxes” has a higher rate in Gazette: 2 uses (200.0 per thousand words), against 1 in Courier "
        "(50.0 per thousand words); log ratio 1.5 (95\u00a0% interval 0.5 to 2.5), adjusted\u00a0p\u00a00.012.",
    ]
    assert found[1].spans == (("g", 0, 5), ("g", 12, 17))


def test_a_term_that_one_side_lacks_is_not_found_there_and_has_a_bound():
    found = term_findings(term_tables(keyness(0.012, 0.4, INF, n_elsewhere=0)), SETTINGS)
    assert texts(found)[1] == (
        "“Taxes” has a higher rate in Gazette: 2 uses (200.0 per thousand words), not found in Courier "
        "(1,234 words searched); log ratio 1.5 (95\u00a0% bound: at least 0.4), adjusted\u00a0p\u00a00.012."
    )


@pytest.mark.parametrize(
    ("n_units", "expected"),
    [
        pytest.param([1, 9], "a single sentence in Gazette", id="the side itself"),
        pytest.param([9, 1], "a single sentence in Courier", id="the other side"),
    ],
)
def test_a_term_past_the_gate_without_an_interval_says_why(n_units, expected):
    given = term_tables(keyness(0.012, NAN, NAN))
    given["detectable"] = given["detectable"].assign(n_units=n_units)
    found = term_findings(given, SETTINGS)
    assert f"; log ratio 1.5 (no interval: {expected}), adjusted\u00a0p\u00a00.012." in found[1].text


def test_where_nothing_passes_the_summary_says_so_without_a_comparative():
    found = texts(term_findings(term_tables(keyness(0.0501), n_passed=0, n_tested=7), SETTINGS))
    assert found[0] == (
        "None of 7 tested terms passes the evidence gate (adjusted p at most 0.05): no term is called different."
    )
    assert not any("higher" in text for text in found)


def test_where_no_term_could_be_tested_the_summary_says_so():
    found = texts(term_findings(term_tables(keyness(NAN), n_passed=0, n_tested=0), SETTINGS))
    assert found[0] == "No term is used often enough to be tested (at least 3 uses in all)."


def test_restricted_voices_are_named():
    found = texts(term_findings(term_tables(keyness(0.0501), n_passed=0), SETTINGS | {"voices": "author,quoted"}))
    assert found[0] == "Terms are counted in these voices only: author, quoted."


def test_among_three_a_term_may_have_a_lower_rate():
    given = term_tables(keyness(0.012))
    third = KEYNESS.frame(
        [("t", "taxes", 0, 3, 0.0, 90.0, -3.0, -INF, -1.0, -9.0, -3.0, True, 0.01, 0.012, 0.01, NAN, 0)]
    )
    given["keyness"] = pd.concat([given["keyness"].assign(p_adjusted=0.9), third], ignore_index=True)
    given["articles"] = make_articles(TEXTS | {"t": "Snow."}, label=["Gazette", "Courier", "Times"])
    rows = [
        *given["detectable"].itertuples(index=False, name=None),
        ("t", 600, 3134, 1, 1, 9, "sentence", 6.0, 5.0, 9.9),
    ]
    given["detectable"] = DETECTABLE.frame(rows)
    found = texts(term_findings(given, SETTINGS))
    assert found == [
        "Of 1 tested term, 1 passes the evidence gate (adjusted p at most 0.05).",
        "“Taxes” has a lower rate in Times: not found in it (600 words searched), against 3 in the other texts (90.0 per "
        "thousand words); log ratio −3.0 (95\u00a0% bound: at most −1.0), adjusted\u00a0p\u00a00.012.",
        "No term has a higher or lower rate past the gate in Gazette, Courier.",
    ]


def test_withheld_evidence_is_said():
    found = texts(term_findings(term_tables(keyness(NAN), unit=None), SETTINGS))
    assert found[0] == (
        "Evidence on terms is withheld, since some groups hold too few articles for it: figures are descriptive. "
        "It needs one article in each group, or 5 in each."
    )
    assert not any("gate" in text or "higher" in text for text in found)
    table = readability(1.1, NAN, NAN, 0, p=NAN)
    assert texts(readability_findings(tables(readability_by_group=table), SETTINGS))[-1] == (
        "Evidence on readability is withheld, like that on terms."
    )


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        pytest.param(1, "g reads harder than the other texts: 9.0 grades by Flesch–Kincaid (95\u00a0% interval 7.0 to 11.0, p\u00a00.001); Coleman–Liau agrees.", id="harder than several"),
        pytest.param(-1, "g reads easier than the other texts: −9.0 grades by Flesch–Kincaid (95\u00a0% interval −11.0 to −7.0, p\u00a00.001); Coleman–Liau agrees.", id="easier than several"),
    ],
)  # fmt: skip
def test_among_three_agreement_has_the_direction_of_the_difference(sign, expected):
    table = readability(9.0 * sign, *sorted((7.0 * sign, 11.0 * sign)), 1, p=0.001)
    third = table[table["group"] == "c"].assign(group="t")
    articles = make_articles(TEXTS | {"t": "Snow."})
    given = tables(readability_by_group=pd.concat([table, third], ignore_index=True), articles=articles)
    assert expected in texts(readability_findings(given, SETTINGS))


def counts(n_of):
    """ATTRIBUTION_COUNTS with these counts of (group, category), all else zero."""
    rows = []
    for group, total, sentences in (("g", 3, 10), ("c", 0, 5)):
        rows.append(
            (group, "sentences", "attributed", total, total, sentences, total / sentences, 0.1, 0.6, 0.3, 0.0, 0.5)
        )
        for dimension, categories in DIMENSIONS.items():
            for category in categories:
                n = n_of.get((group, category), 0)
                rows.append((group, dimension, category, n, n, total, NAN, NAN, NAN, NAN, NAN, NAN))
    return ATTRIBUTION_COUNTS.frame(rows)


def test_attribution_sentences_give_both_sides_the_same_fields():
    given = counts({("g", "indirect"): 3, ("g", "named person"): 2, ("g", "anonymous"): 1, ("g", "neutral"): 3})
    found = attribution_findings(
        tables(
            attribution_counts=given,
            coverage=COVERAGE.frame([("g", 1, 9, 9, *[0] * 10, 3, 2, 0, ""), ("c", 1, 9, 9, *[0] * 13, "")]),
        ),
        SETTINGS,
    )
    assert texts(found) == [
        "Sentences with statements: 3 of 10 in Gazette (30\u00a0%, 95 % interval 10 to 60), 0 of 5 in Courier (0\u00a0%, 10 to 60).",
        "Gazette has 3 statements, 2 not doubtful: 0 direct; 2 by named persons, 1 anonymous, 0 by pronouns or nobody; 0 endorsing cues, 0 distancing.",
        "No statement by others was found in Courier.",
        "Given most words, pronouns aside: none found in Gazette, none found in Courier.",
    ]  # fmt: skip


def test_attributions_that_were_not_looked_for_are_not_called_none():
    found = attribution_findings(tables(), SETTINGS | {"attribution": "none"})
    assert texts(found) == ["Attributions were not looked for: attributed text counts as that of the author."]


def test_opening_lines():
    given = COVERAGE.frame([
        ("g", 1, 919, 31, 12, 5, 4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, "outlet, date"),
        ("c", 1, 1, 1, 0, 0, 0, 0, 0, 0, 5, 4, 2, 1, 0, 0, 0, ""),
    ])  # fmt: skip
    detectable = DETECTABLE.frame(
        [("g", 9, 8, 1, 1, 12, "sentence", 6.0, 5.0, 9.9), ("c", 8, 9, 1, 1, 10, "sentence", 6.0, 7.0, 9.9)]
    )
    found = texts(opening_findings(tables(coverage=given, detectable=detectable), SETTINGS))
    assert found == [
        "Searched: 919 words (31 sentences) in Gazette, 1 word (1 sentence) in Courier; boilerplate set aside: 12 in Gazette, 0 in Courier.",
        "Not stated: outlet, date for Gazette; nothing for Courier.",
        "Quotations without a source: 0 of 0 in Gazette, 1 of 2 in Courier.",
        "A term absent elsewhere passes the evidence gate from 5 uses in Gazette, 7 in Courier, "
        "each in its own sentence.",
        "Attribution engine: rules. Seed 1, 99 permutations, 50 bootstrap draws.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "foreign", "expected"),
    [
        pytest.param("none", [], [], id="no source was looked for"),
        pytest.param("rules", ["g"], ["Quotations without a source: 1 of 2 in Courier."], id="one not English"),
        pytest.param("rules", ["g", "c"], [], id="none English"),
    ],
)
def test_quotations_are_counted_where_sources_were_looked_for(engine, foreign, expected):
    given = COVERAGE.frame(
        [("g", 1, 9, 9, *[0] * 6, 4, 4, 2, 2, 0, 0, 0, ""), ("c", 1, 9, 9, *[0] * 6, 4, 4, 2, 1, 0, 0, 0, "")]
    )
    notes = NOTES.frame([(name, "language", "not English") for name in foreign])
    more = {"coverage": given, "notes": notes, "readability": measure(make_articles(TEXTS))["readability"]}
    found = opening_findings(term_tables(keyness(NAN)) | more, SETTINGS | {"attribution": engine})
    assert [claim.text for claim in found if claim.statistic == "quotations"] == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        pytest.param("sentence", " Tests and intervals take sentences for independent.", id="sentences"),
        pytest.param(
            "article", " Tests take articles for independent, intervals of shares take sentences.", id="articles"
        ),
        pytest.param(None, " Intervals of shares take sentences for independent.", id="evidence withheld"),
    ],
)
def test_what_is_taken_for_independent(unit, expected):
    given = term_tables(keyness(NAN))
    given["detectable"] = given["detectable"].assign(unit=unit)
    assert texts(scope_findings(given, SETTINGS)) == [
        "This evidence concerns these texts, not their outlets; these measures, not truth or intent."
        f"{expected} Some attributions are missed, some spurious."
    ]


def test_terms_of_texts_in_two_languages_are_told_apart_by_it():
    caution = "Not all texts are English: terms may differ by language alone."
    one, both = (NOTES.frame([(name, "language", "not English") for name in names]) for names in ("g", "gc"))
    assert caution in texts(term_findings(term_tables(keyness(NAN)) | {"notes": one}, SETTINGS))
    assert caution not in texts(term_findings(term_tables(keyness(NAN)) | {"notes": both}, SETTINGS))
    assert caution not in texts(term_findings(term_tables(keyness(NAN)), SETTINGS))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("", "Outlet, author, date and address are stated for all.", id="all stated"),
        pytest.param("date", "Not stated for any text: date.", id="the same for all"),
    ],
)
def test_missing_metadata_are_said_once_where_all_lack_the_same(fields, expected):
    given = COVERAGE.frame([(group, 1, 9, 9, *[0] * 13, fields) for group in ("g", "c")])
    assert expected in texts(opening_findings(term_tables(keyness(NAN)) | {"coverage": given}, SETTINGS))


@pytest.mark.parametrize(
    ("needed", "expected"),
    [
        pytest.param((NAN, NAN), ["The texts are too short for the evidence gate: no term could pass for Gazette, Courier, however often used."], id="neither could pass"),
        pytest.param((5.0, NAN), ["A term absent elsewhere passes the evidence gate from 5 uses in Gazette, each in its own sentence.", "The texts are too short for the evidence gate: no term could pass for Courier, however often used."], id="one could"),
    ],
)  # fmt: skip
def test_texts_too_short_for_the_gate_are_named(needed, expected):
    given = term_tables(keyness(NAN))
    given["detectable"] = given["detectable"].assign(n_needed=needed)
    assert set(expected) <= set(texts(opening_findings(given, SETTINGS)))
    assert sum("evidence gate" in text for text in texts(opening_findings(given, SETTINGS))) == len(expected)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"unit": "paragraph"}, "A term absent elsewhere passes the evidence gate from 5 uses in Gazette, 7 in Courier, each in its own paragraph.", id="paragraphs"),
        pytest.param({"unit": "article"}, "A term absent elsewhere passes the evidence gate from 5 uses in Gazette, 7 in Courier, each in its own article.", id="articles"),
        pytest.param({"n_units": [12, 6]}, "A term absent elsewhere passes the evidence gate from 5 uses in Gazette, 7 in Courier, evenly spread over the sentences.", id="more uses than units"),
        pytest.param({"n_needed": NAN, "n_words": [1900, 0], "n_words_elsewhere": [0, 1900]}, "No words of Courier were counted: no term could pass the evidence gate for Gazette, Courier.", id="one side empty"),
        pytest.param({"n_needed": NAN, "n_words": 0, "n_words_elsewhere": 0}, "No words of Gazette, Courier were counted: no term could pass the evidence gate for Gazette, Courier.", id="both sides empty"),
        pytest.param({"n_needed": NAN, "n_tested": 0}, "No term is used often enough to be tested: none could pass the gate for Gazette, Courier.", id="no term tested"),
    ],
)  # fmt: skip
def test_what_could_pass_the_gate_or_why_nothing_could(changed, expected):
    given = term_tables(keyness(NAN))
    given["detectable"] = given["detectable"].assign(**changed)
    found = opening_findings(given, SETTINGS)
    assert [claim.text for claim in found if claim.statistic == "smallest detectable difference"] == [expected]


def test_headlines_are_quoted_with_one_verb_and_a_missing_one_is_said():
    given = SENTENCES.frame([("g", 1, 1, 0, 11, "title", *COUNTS)])
    found = headline_findings(tables(sentences=given), SETTINGS)
    assert texts(found) == [
        "Gazette states: “Taxes rise.”",
        "No headline was found in the text of Courier.",
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param("gabc", [f"No headline was found in the text of {name}." for name in "abc"], id="each of three"),
        pytest.param("gabcd", ["No headline was found in 4 of 5 articles."], id="four are summed up"),
    ],
)
def test_of_many_texts_without_a_headline_the_number_is_said(names, expected):
    titles = SENTENCES.frame([("g", 1, 1, 0, 11, "title", *COUNTS)])
    bodies = SENTENCES.frame([(name, 1, 1, 0, 11, "sentence", *COUNTS) for name in names])
    articles = make_articles(dict.fromkeys(names, "Taxes rise. "))
    given = {"articles": articles, "sentences": pd.concat([titles, bodies], ignore_index=True)}
    assert texts(headline_findings(given, SETTINGS)) == ["g states: “Taxes rise.”", *expected]


@pytest.mark.parametrize(
    ("group_by", "first"),
    [
        pytest.param("", "headline", id="of single articles the headlines come first"),
        pytest.param("outlet", "coverage", id="of groups, what was compared"),
    ],
)
def test_what_comes_first(group_by, first):
    articles = make_articles({name: f"Taxes rise\n\nThe {name} council met." for name in "gcht"}, outlet=list("xxyy"))
    tables, settings = compared(articles, quick=True, group_by=group_by)
    assert find_claims(tables, settings)[0].statistic == first


#: Cells that sentences cite and that decide nothing else: which claims there are stays the same when one changes.
CITED = [
    ("coverage", "n_removed"), ("coverage", "n_words"), ("coverage", "n_statements"), ("coverage", "n_statements_sure"), ("detectable", "n_needed"),
    ("detectable", "n_tested"), ("keyness", "rate"), ("keyness", "log_ratio"), ("attribution_counts", "share"),
    ("attribution_counts", "lower"), ("attribution_counts", "n"), ("sources", "n_words"),
    ("readability_by_group", "value"), ("readability_by_group", "upper"), ("readability_by_group", "difference_upper"),
]  # fmt: skip


@pytest.fixture(scope="module")
def stated(seeds):
    """The settings of a run on the seeds, and its claims."""
    settings = run_settings(attribution="rules", seed=1, min_count=3)
    return settings, find_claims(seeds, settings)


@pytest.mark.parametrize(("table", "column"), CITED, ids=lambda value: value)
def test_a_changed_cell_changes_exactly_the_sentences_that_cite_it(seeds, stated, table, column):
    settings, before = stated
    cited = {
        tuple(sorted(part.key.items()))
        for claim in before
        for part in claim.parts.values()
        if isinstance(part, Cell) and (part.table, part.column) == (table, column) and part.value not in (0, INF)
    }
    assert cited
    key = dict(sorted(cited)[0])
    frame = seeds[table].copy()
    frame.loc[(frame[list(key)] == pd.Series(key)).all(axis=1), column] += 1
    after = find_claims(seeds | {table: frame}, settings)
    changed = {one.id for one, other in zip(before, after, strict=True) if one.text != other.text}
    citing = {
        claim.id
        for claim in before
        for part in claim.parts.values()
        if isinstance(part, Cell) and (part.table, part.column, dict(part.key)) == (table, column, key)
    }
    assert changed == citing


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        pytest.param({}, [], id="none short"),
        pytest.param({"readability": "c"}, ["Readability rests on few words: 2 in Courier."], id="one"),
        pytest.param({"readability": "gc", "smog_index": "gc"}, ["Readability rests on few words: 4 in Gazette, 2 in Courier; SMOG was normed on 30 sentences and rests on 2 in Gazette, 1 in Courier."], id="one sentence for all"),
        pytest.param({"readability": "g", "smog_index": "c"}, ["Readability rests on few words: 4 in Gazette; SMOG was normed on 30 sentences and rests on 1 in Courier."], id="each of the text that it is about"),
        pytest.param({"languages": "g", "smog_index": "g"}, ["Part of Gazette is not English, and is measured as if it were.", "SMOG was normed on 30 sentences and rests on 2 in Gazette."], id="beside another language"),
    ],
)  # fmt: skip
def test_short_texts_are_said_in_one_sentence(noted, expected):
    notes = NOTES.frame([(name, subject, "why") for subject, names in noted.items() for name in names])
    read = measure(make_articles(TEXTS))
    given = term_tables(keyness(NAN)) | {"notes": notes, "sentences": read["sentences"]}
    given["readability"] = read["readability"].assign(lix=1.0)
    found = [claim for claim in opening_findings(given, SETTINGS) if claim.statistic == "note"]
    assert texts(found) == expected
    if noted.get("readability") == "g":
        assert [span[0] for span in found[0].spans] == ["g", "c"]
