"""What counts as a statement, whose it is, and what the summary says of it."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from test_attribution import read

from analysis.attribution.counts import (
    DIMENSIONS,
    SURE,
    asserted_statements,
    attribution_counts,
    is_doubtful,
    without_doubtful,
)
from analysis.attribution.given import sources_by_group
from analysis.claims.attribution import attribution_findings
from analysis.coverage import coverage
from analysis.measures import measure
from analysis.tables import SOURCES

SETTINGS = {"attribution": "rules", "min_count": 3, "seed": 1, "permutations": 99, "draws": 50}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        pytest.param("The minister did not say whether it is over.", "negated", id="did not say"),
        pytest.param("The minister cannot say whether it is over.", "negated", id="cannot say"),
        pytest.param("The minister won't say whether it is over.", "negated", id="won't say"),
        pytest.param("The minister never said that it is over.", "negated", id="never said"),
        pytest.param("The minister refused to say whether it is over.", "negated", id="refused to say"),
        pytest.param("The minister declined to comment on it.", "negated", id="declined to comment"),
        pytest.param("No official said that it is over.", "negated", id="no official"),
        pytest.param("Neither side said that it is over.", "negated", id="neither side"),
        pytest.param("Not all officials said that it is over.", "negated", id="not all"),
        pytest.param("Officials did not confirm or deny that it is over.", "negated", id="did not confirm or deny"),
        pytest.param("If he says that it is over, we go.", "hypothetical", id="if he says"),
        pytest.param("If on Monday the minister says that it is over, we go.", "hypothetical", id="if on Monday"),
        pytest.param("Had he said that it is over, we went.", "hypothetical", id="had he said"),
        pytest.param("Has the minister said that it is over?", "hypothetical", id="a question"),
        pytest.param("He would say that it is over.", "hypothetical", id="would say"),
        pytest.param("The minister will say that it is over.", "hypothetical", id="will say"),
        pytest.param("The minister denied that it is over.", "asserted", id="denied"),
        pytest.param("The minister refused to leave.", "asserted", id="refused to leave"),
        pytest.param("The minister would later say that it is over.", "asserted", id="would later say"),
        pytest.param("The minister not only said that it is over.", "asserted", id="not only said"),
        pytest.param("If so, the minister said that it is over.", "asserted", id="a condition that ends"),
        pytest.param("If asked, the minister said that it is over.", "asserted", id="a condition of something else"),
        pytest.param("The minister said it was not over.", "asserted", id="what is said is negated"),
        pytest.param("The minister said he would go if it is over.", "asserted", id="what is said depends"),
        pytest.param("It is not over, the minister said.", "asserted", id="what is said first is negated"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert [one.modality for one in read(text)] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The minister has yet to comment on it.", id="has yet to comment"),
        pytest.param("The minister has yet to say that it is over.", id="has yet to say"),
        pytest.param("There were no reports that it is over.", id="no reports"),
    ],
)
def test_says_nothing(text: str) -> None:
    assert not read(text)


NOT_MADE = " The minister did not say whether it rains. If she says that it rains, we go. She would say that it rains."
MADE = "Ann Lee said that it is over."


def test_what_was_not_said_counts_nowhere() -> None:
    def counted(text: str) -> tuple[pd.DataFrame, pd.DataFrame, int]:
        measured = measure(make_articles({"a": text}))
        parts = [measured[name] for name in ("articles", "sentences", "attributions", "spans")]
        counts = attribution_counts(*parts)
        sources = sources_by_group(parts[0], parts[2], parts[3])
        return counts[counts["n"] > 0][["category", "n"]], sources, coverage(measured)["n_statements"].item()

    (counts, sources, total), (also, same, still) = counted(MADE), counted(MADE + NOT_MADE)
    assert (total, still) == (1, 1)
    assert counts.to_numpy().tolist() == also.to_numpy().tolist()
    pd.testing.assert_frame_equal(sources.drop(columns="position"), same.drop(columns="position"))


def test_what_was_not_said_stays_in_the_table_of_attributions() -> None:
    found = measure(make_articles({"a": MADE + NOT_MADE}))["attributions"]
    assert found["modality"].tolist() == ["asserted", "negated", "hypothetical", "hypothetical"]
    assert len(asserted_statements(found)) == 1


def sources(texts: dict[str, str], groups: list[str] | None = None) -> list[list[object]]:
    """Name, statements and words of each source."""
    measured = measure(make_articles(texts, **({"group": groups} if groups else {})))
    names = ("articles", "attributions", "spans", "sentences", "labels")
    found = SOURCES.check(sources_by_group(*(measured[name] for name in names)))
    return found[["source", "n", "n_words"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["Mayor Ann Lee said that it is over. Lee said that it rained."], [["Ann Lee", 2, 7]], id="a surname of one person"),
        pytest.param(["Mayor Ann Lee said it is over. Judge Bo Lee said it is wet. Lee said it is dry."], [["Ann Lee", 1, 3], ["Bo Lee", 1, 3], ["Lee", 1, 3]], id="a surname of two persons"),
        pytest.param(["Mayor Ann Lee said it is over.", "Lee said it is wet."], [["Ann Lee", 1, 3], ["Lee", 1, 3]], id="a surname in another article"),
        pytest.param(["Mayor Ann Lee said it is over. Ann Lee's lawyer said it is wet."], [["Ann Lee", 1, 3], ["Ann Lee's lawyer", 1, 3]], id="somebody else's lawyer"),
        pytest.param(["Mayor Ann Lee said it is over. Ann Lee's Labradoodle said it is wet."], [["Ann Lee", 1, 3], ["Ann Lee's Labradoodle", 1, 3]], id="nor somebody of theirs"),
        pytest.param(["The mayor, Ann Lee, said it is over. Ann Lee said it is wet."], [["Ann Lee", 2, 6]], id="a name after an office"),
        pytest.param(["Critics said it is over. Both critics said it is wet. But critics said it is dry."], [["Critics", 2, 6], ["Both critics", 1, 3]], id="no name: as it is written"),
    ],
)  # fmt: skip
def test_a_person_is_one_source_where_that_is_certain(texts: list[str], expected: list[list[object]]) -> None:
    names = [f"a{place}" for place in range(len(texts))]
    assert sources(dict(zip(names, texts, strict=True)), ["g"] * len(texts)) == expected


@pytest.mark.parametrize(
    ("confidence", "doubtful"),
    [
        pytest.param(0.0, True, id="none at all"),
        pytest.param(SURE - 0.001, True, id="more likely wrong than right"),
        pytest.param(SURE, False, id="as likely right as wrong"),
        pytest.param(1.0, False, id="sure"),
        pytest.param(float("nan"), False, id="by hand"),
    ],
)
def test_which_attributions_are_doubtful(confidence: float, doubtful: bool) -> None:
    found = pd.DataFrame({"confidence": [confidence]})
    assert is_doubtful(found).tolist() == [doubtful]
    assert len(without_doubtful(found)) == (not doubtful)


FOUR = "Ann Lee said it is over. “It is wet,” Bo Ray claimed. Ann Lee confirmed it is dry. He did not say it is cold. "
FOUR += "Officials said it is late."
MEASURED = measure(make_articles({"a": FOUR, "b": "Ann Lee said it is over; Bo Ray said it is wet. It rained."}))


def with_confidences(confidences: list[float]) -> dict[str, pd.DataFrame]:
    """The measures of two articles with seven attributions, six of them statements that were made, with these."""
    return MEASURED | {"attributions": MEASURED["attributions"].assign(confidence=confidences)}


def compared(measured: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """These measures with what is counted of them."""
    names = ("articles", "sentences", "attributions", "spans")
    return measured | {
        "attribution_counts": attribution_counts(*(measured[name] for name in names)),
        "sources": sources_by_group(*(measured[name] for name in (*names[:1], *names[2:], "sentences", "labels"))),
        "coverage": coverage(measured),
    }


def test_statements_without_a_cue_or_a_source_have_categories_of_their_own() -> None:
    attributions = MEASURED["attributions"]
    missing = pd.Series([None] * len(attributions), dtype="str")
    bare = MEASURED | {"attributions": attributions.assign(cue_class=missing, source_type=missing, confidence=1.0)}
    counts = compared(bare)["attribution_counts"]
    for dimension, category in (("cue_class", "no cue"), ("source_type", "none")):
        own = counts[(counts["group"] == "a") & (counts["dimension"] == dimension) & (counts["n"] > 0)]
        assert own[["category", "n", "n_sure"]].to_numpy().tolist() == [[category, 4, 4]]


def test_counts_are_given_with_and_without_the_doubtful() -> None:
    tables = compared(with_confidences([0.9, 0.3, 0.3, 0.1, float("nan"), 0.2, 0.9]))
    assert tables["coverage"][["n_statements", "n_statements_sure"]].to_numpy().tolist() == [[4, 2], [2, 1]]
    counts = tables["attribution_counts"].set_index(["group", "dimension", "category"])[["n", "n_sure", "n_total"]]
    assert counts.loc[("a", "kind", "direct")].tolist() == [1, 0, 4]
    assert counts.loc[("a", "kind", "indirect")].tolist() == [3, 2, 4]
    assert counts.loc[("a", "cue_class", "endorsing")].tolist() == [1, 0, 4]
    assert counts.loc[("a", "source_type", "named person")].tolist() == [3, 1, 4]
    assert counts.loc[("a", "sentences", "attributed")].tolist() == [4, 2, 5]
    assert counts.loc[("b", "sentences", "attributed")].tolist() == [1, 1, 2]  # one of its two statements is enough
    given = tables["sources"].set_index(["group", "source"])[["n", "n_sure"]]
    assert given.loc[("a", "Ann Lee")].tolist() == [2, 1]
    assert given.loc[("a", "Bo Ray")].tolist() == [1, 0]
    assert given.loc[("a", "Officials")].tolist() == [1, 1]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=7, max_size=7))
def test_the_tables_agree_on_what_is_doubtful_and_nothing_else_changes(confidences: list[float]) -> None:
    tables, certain = compared(with_confidences(confidences)), compared(with_confidences([1.0] * 7))
    made = asserted_statements(tables["attributions"])
    sure = [int((~(made.loc[made["article_id"] == name, "confidence"] < SURE)).sum()) for name in "ab"]
    assert tables["coverage"]["n_statements_sure"].tolist() == sure
    assert tables["sources"].groupby("group")["n_sure"].sum().tolist() == sure
    counts = tables["attribution_counts"]
    for dimension in DIMENSIONS:
        own = counts[counts["dimension"] == dimension]
        assert own.groupby("group")["n_sure"].sum().tolist() == sure
    for name, column in (("coverage", "n_statements_sure"), ("sources", "n_sure"), ("attribution_counts", "n_sure")):
        everything = "n_statements" if name == "coverage" else "n"
        assert (tables[name][column] <= tables[name][everything]).all()
        assert (certain[name][column] == certain[name][everything]).all()
        pd.testing.assert_frame_equal(tables[name].drop(columns=column), certain[name].drop(columns=column))


def stated(**texts: str) -> list[str]:
    """The sentences of the section, for articles that are each their own group."""
    tables = compared(measure(make_articles(texts), attribution="rules"))
    return [claim.text for claim in attribution_findings(tables, SETTINGS)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("Ann Lee said it is over.", "It rained.", "“Ann Lee” (3) in a, none found in b.", id="one"),
        pytest.param("Ann Lee said it is over. Bo Ray said it is wet.", "It rained.", "“Ann Lee” and “Bo Ray” (3 each) in a, none found in b.", id="two tie"),
        pytest.param("Cy Fox said it is on. Bo Ray said it is wet. Ann Lee said it is over.", "He said it is over.", "“Ann Lee” and 2 others (3 each) in a, none found in b.", id="three tie, and a pronoun"),
        pytest.param("He said that it is over and done. Ann Lee said it is over.", "Bo Ray said it is wet.", "“Ann Lee” (3) in a, “Bo Ray” (3) in b.", id="a pronoun has more"),
        pytest.param("Mayor Ann Lee said it is over. Bo Ray said it is all wet now. Lee said it is wet.", "It rained.", "“Mayor Ann Lee” (6) in a, none found in b.", id="two names of one person"),
    ],
)  # fmt: skip
def test_sources_given_most_words(first: str, second: str, expected: str) -> None:
    assert stated(a=first, b=second)[-1] == f"Given most words, pronouns aside: {expected}"


def test_the_categories_of_either_side() -> None:
    first = "Ann Lee said it is over. An aide, who asked not to be named, said it is wet. Reports surfaced that it rained. He confirmed that it rained. The minister did not say that it rained."
    second = "“It is over,” Bo Ray claimed."
    assert stated(a=first, b=second)[1:3] == [
        "a has 4 statements, 3 not doubtful: 0 direct; 1 by named persons, 1 anonymous, 2 by pronouns or nobody; 1 endorsing cue, 0 distancing.",
        "b has 1 statement, 1 not doubtful: 1 direct; 1 by named persons, 0 anonymous, 0 by pronouns or nobody; 0 endorsing cues, 1 distancing.",
    ]  # fmt: skip
