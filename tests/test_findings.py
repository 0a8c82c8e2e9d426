"""Every sentence, word for word: a traceable sentence can still cite the wrong cell."""

import ast
import re
from importlib import resources

import pandas as pd
import pytest
from conftest import make_articles

from analysis.attribution.counts import DIMENSIONS
from analysis.claims.attribution import attribution_findings
from analysis.claims.claim import Cell
from analysis.claims.opening import headline_findings, opening_findings
from analysis.claims.readability import FAMILIES, readability_findings
from analysis.claims.terms import term_findings
from analysis.findings import find_claims
from analysis.pipeline import run_settings
from analysis.tables import (
    ATTRIBUTION_COUNTS,
    COVERAGE,
    DETECTABLE,
    KEYNESS,
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
        pytest.param(2.6, 0.7, 4.5, 0, 0.01, "The Flesch–Kincaid grade of Gazette minus that of Courier is 2.6 (95\u00a0% interval 0.7 to 4.5, p\u00a00.010); no formula with other inputs passes its test.", id="one formula alone makes no comparative"),
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
    assert texts(found)[:2] == [
        f"{name} scores, with 95 % intervals: Flesch–Kincaid grade 10.0 (9.0 to 11.0), words per sentence 10.0 "
        "(9.0 to 11.0)."
        for name in ("Gazette", "Courier")
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
            [("g", 1900, 1234, *family, 12, unit, 6.0, 5.0), ("c", 1234, 1900, *family, 10, unit, 6.0, 7.0)]
        ),
        surface_forms=SURFACE_FORMS.frame(
            [("g", "taxes", "Taxes", 2, "g", 0, 5), ("c", "taxes", "taxes", 1, "c", 0, 5)]
        ),
        coverage=COVERAGE.frame([(group, 1, n, 9, *[0] * 12, "") for group, n in (("g", 1900), ("c", 1234))]),
        sentences=SENTENCES.frame([("g", 1, 1, 0, 11, "sentence", *COUNTS), ("g", 2, 1, 12, 23, "sentence", *COUNTS)]),
    )


def test_a_term_past_the_gate_has_a_higher_rate():
    found = term_findings(term_tables(keyness(0.012)), SETTINGS)
    assert texts(found) == [
        "Of 1 tested term, 1 passes the evidence gate (adjusted p at most 0.05).",
        "“Taxes” has a higher rate in Gazette: 2 uses in 2 sentences (200.0 per thousand words), against 1 in Courier "
        "(50.0 per thousand words); log ratio 1.5 (95\u00a0% interval 0.5 to 2.5), adjusted\u00a0p\u00a00.012.",
        "No term has a higher rate in Courier past the gate.",
        "Content words used most in Gazette: “Taxes” (2).",
        "Content words used most in Courier: “taxes” (1).",
    ]
    assert found[1].spans == (("g", 0, 5), ("g", 12, 17))


def test_a_term_that_one_side_lacks_is_not_found_there_and_has_a_bound():
    found = term_findings(term_tables(keyness(0.012, 0.4, INF, n_elsewhere=0)), SETTINGS)
    assert texts(found)[1] == (
        "“Taxes” has a higher rate in Gazette: 2 uses in 2 sentences (200.0 per thousand words), not found in Courier "
        "(1,234 words searched); log ratio 1.5 (95\u00a0% bound: at least 0.4), adjusted\u00a0p\u00a00.012."
    )
    assert texts(found)[-1] == "Content words used most in Courier: none found."


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
    found = texts(term_findings(term_tables(keyness(0.0501), n_passed=0), SETTINGS | {"voices": "author, quoted"}))
    assert found[0] == "Terms are counted in these voices only: author, quoted."


def test_among_three_a_term_may_have_a_lower_rate():
    given = term_tables(keyness(0.012))
    third = KEYNESS.frame(
        [("t", "taxes", 0, 3, 0.0, 90.0, -3.0, -INF, -1.0, -9.0, -3.0, True, 0.01, 0.012, 0.01, NAN, 0)]
    )
    given["keyness"] = pd.concat([given["keyness"].assign(p_adjusted=0.9), third], ignore_index=True)
    given["articles"] = make_articles(TEXTS | {"t": "Snow."}, label=["Gazette", "Courier", "Times"])
    rows = [*given["detectable"].itertuples(index=False, name=None), ("t", 600, 3134, 1, 1, 9, "sentence", 6.0, 5.0)]
    given["detectable"] = DETECTABLE.frame(rows)
    found = texts(term_findings(given, SETTINGS))
    assert found[:4] == [
        "Of 1 tested term, 1 passes the evidence gate (adjusted p at most 0.05).",
        "No term has a higher or lower rate in Gazette past the gate.",
        "No term has a higher or lower rate in Courier past the gate.",
        "“Taxes” has a lower rate in Times: not found in it (600 words searched), against 3 in the other texts (90.0 per "
        "thousand words); log ratio −3.0 (95\u00a0% bound: at most −1.0), adjusted\u00a0p\u00a00.012.",
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
        rows.append((group, "sentences", "attributed", total, sentences, total / sentences, 0.1, 0.6, 0.3, 0.0, 0.5))
        for dimension, categories in DIMENSIONS.items():
            for category in categories:
                n = n_of.get((group, category), 0)
                rows.append((group, dimension, category, n, total, NAN, NAN, NAN, NAN, NAN, NAN))
    return ATTRIBUTION_COUNTS.frame(rows)


def test_attribution_sentences_give_both_sides_the_same_fields():
    given = counts({("g", "indirect"): 3, ("g", "named person"): 2, ("g", "anonymous"): 1, ("g", "neutral"): 3})
    found = attribution_findings(
        tables(
            attribution_counts=given,
            coverage=COVERAGE.frame([("g", 1, 9, 9, *[0] * 10, 3, 0, ""), ("c", 1, 9, 9, *[0] * 12, "")]),
        ),
        SETTINGS,
    )
    assert texts(found) == [
        "Gazette carries 3 statements (indirect 3), in 3 of 10 sentences (30 %, 95 % interval 10 to 60).",
        "Courier carries 0 statements (indirect 0), in 0 of 5 sentences (0 %, 95 % interval 10 to 60).",
        "By source, Gazette: named person 2, anonymous 1.",
        "By source, Courier: named person 0, anonymous 0.",
        "By cue, Gazette: neutral 3.",
        "By cue, Courier: neutral 0.",
        "Given most words in Gazette: none found.",
        "Given most words in Courier: none found.",
    ]  # fmt: skip


def test_attributions_that_were_not_looked_for_are_not_called_none():
    found = attribution_findings(tables(), SETTINGS | {"attribution": "none"})
    assert texts(found) == ["Attributions were not looked for: attributed text counts as that of the author."]


def test_opening_lines():
    given = COVERAGE.frame([
        ("g", 1, 919, 31, 12, 5, 4, 3, 0, 0, 0, 0, 0, 0, 0, 0, "outlet, date"),
        ("c", 1, 1, 1, 0, 0, 0, 0, 0, 0, 5, 4, 2, 1, 0, 0, ""),
    ])  # fmt: skip
    detectable = DETECTABLE.frame(
        [("g", 9, 8, 1, 1, 12, "sentence", 6.0, 5.0), ("c", 8, 9, 1, 1, 10, "sentence", 6.0, 7.0)]
    )
    found = texts(opening_findings(tables(coverage=given, detectable=detectable), SETTINGS))
    assert found == [
        "Gazette: 919 words with headings, 31 sentences; 12 words set aside as boilerplate (page furniture 5, teasers 4, share lines 3, captions 0, source lists 0).",
        "Courier: 1 word with headings, 1 sentence; 0 words set aside as boilerplate (page furniture 0, teasers 0, share lines 0, captions 0, source lists 0).",
        "Gazette: 0 quotation marks, 0 paired; 0 quotations, 0 unsourced; not stated: outlet, date.",
        "Courier: 5 quotation marks, 4 paired; 2 quotations, 1 unsourced; all metadata are stated.",
        "A term not used elsewhere passes the evidence gate from 5 uses in Gazette, 7 uses in Courier.",
        "Whether they report the same event is not checked; what one lacks is given as not found.",
        "Attribution engine: rules. Seed 1, 99 permutations, 50 bootstrap draws.",
    ]  # fmt: skip


def test_headlines_are_quoted_with_one_verb_and_a_missing_one_is_said():
    given = SENTENCES.frame([("g", 1, 1, 0, 11, "title", *COUNTS)])
    found = headline_findings(tables(sentences=given), SETTINGS)
    assert texts(found) == [
        "Gazette states as its headline: “Taxes rise.”.",
        "No headline was found in the text of Courier.",
    ]


VOCABULARY = resources.files("analysis").joinpath("data/vocabulary.txt")
NEVER = (
    "omits",
    "ignores",
    "fails",
    "biased",
    "propaganda",
    "misleading",
    "slanted",
    "balanced",
    "objective",
    "admits",
    "claims",
)


def vocabulary():
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


@pytest.mark.parametrize("word", NEVER)
def test_the_vocabulary_has_no_verdict(word):
    assert word not in vocabulary()


def test_the_program_speaks_in_its_closed_vocabulary(stated):
    words = vocabulary()
    for claim in stated[1]:
        own = re.findall(r"[^\W\d_][^\W\d_–'-]*", claim.own_words)
        assert {word.lower() for word in own} <= words, claim.text


def spoken_strings(tree):
    """The strings of a module that a reader could see: not docstrings, nor the names of statistics."""
    silent = {
        node.body[0].value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "say",
            "parameter",
        ):
            silent |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            yield from {node.value} - silent


@pytest.mark.parametrize("module", ["terms", "readability", "attribution", "opening"])
def test_whatever_an_article_makes_it_say_stays_in_the_vocabulary(module):
    text = resources.files("analysis").joinpath("claims", f"{module}.py").read_text(encoding="utf-8")
    strings = list(spoken_strings(ast.parse(text)))
    assert len(strings) > 8
    for string in strings:
        without_fields = re.sub(r"\{[^{}|]*\}", " ", string)
        own = re.findall(r"[^\W\d_][^\W\d_–'-]*", re.sub(r"\{[^{}]*:([^{}]*)\}", r" \1 ", without_fields))
        assert {word.lower() for word in own} <= vocabulary(), string


#: Cells that sentences cite and that decide nothing else: which claims there are stays the same when one changes.
CITED = [
    ("coverage", "n_chrome"), ("coverage", "n_marks"), ("coverage", "n_statements"), ("detectable", "n_needed"),
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
