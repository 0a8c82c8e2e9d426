"""What random halves of one text differ by: the table, its figures by group, and the sentence on them."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.association import log_likelihood
from analysis.evidence import CHI_SQUARE
from analysis.keyness import keyness
from analysis.placebo import placebo
from analysis.tables import ARTICLES, PLACEBO, PLACEBO_BY_GROUP, SENTENCES, VOICES
from analysis.terms import count_terms


def tables_of(texts, groups=None, quotes=()):
    """ARTICLES, SENTENCES and SENTENCE_TERMS of texts whose lines are sentences and whose blank lines part paragraphs."""
    articles = make_articles(texts)
    if groups:
        articles["group"] = [groups[name] for name in texts]
    rows = []
    for name, text in texts.items():
        start, paragraph = 0, 1
        for number, line in enumerate(text.split("\n"), 1):
            paragraph += not line
            rows.append((name, number, paragraph, start, start + len(line), "sentence", *[0] * 7))
            start += len(line) + 1
    sentences = SENTENCES.frame(rows)
    return (
        ARTICLES.check(articles),
        sentences,
        count_terms(articles, sentences, VOICES.frame(list(quotes)), max_order=1),
    )


def divide(texts, groups=None, quotes=(), **options):
    drawn, by_group = placebo(*tables_of(texts, groups, quotes), **({"halves": 60} | options))
    return PLACEBO.check(drawn), PLACEBO_BY_GROUP.check(by_group)


def of(table, group):
    return table[table["group"] == group].reset_index(drop=True)


OIL = "\n".join(["oil rose"] * 2 + ["gas fell"] * 2)
COAL = "\n".join(["coal rose today"] * 6 + ["gas fell in town"] * 5)
#: Ten lines: a term of the first five against a term of the others exceeds the chi-square value.
LONG = "\n".join(["oil price rose"] * 5 + ["gas market fell"] * 5)
#: Terms that stand in different lines, so that they differ in their G2 between any two halves.
MIXED = "\n".join(
    " ".join(word for word, every in (("ash", 2), ("bark", 3), ("clay", 4), ("dust", 5), ("elm", 7)) if line % every == 0)
    + " wood" * (1 + line % 3)
    for line in range(30)
)  # fmt: skip


def test_every_division_of_four_sentences_by_hand():
    # Oil and rose stand in two sentences, gas and fell in the others: one division in three parts them, the others
    # put each term once on each side.
    drawn, by_group = divide({"a": OIL, "b": COAL}, min_count=2, halves=300)
    own = of(drawn, "a")
    parted = float(log_likelihood(2, 0, 4, 4))
    np.testing.assert_allclose(np.unique(own["g2"].round(9)), [0, round(parted, 9)])
    assert (own["g2"] > 0).mean() == pytest.approx(1 / 3, abs=0.08)
    assert own["half"].tolist() == list(range(1, 301))
    assert (own["n_large"] == 0).all()
    assert parted < CHI_SQUARE
    figures = of(by_group, "a").iloc[0]
    assert figures[["unit", "n_units", "n_tested", "n_halves", "g2", "n_large"]].tolist() == [
        "sentence",
        4,
        4,
        300,
        0,
        0,
    ]
    assert figures["upper"] == pytest.approx(parted)


def test_the_chi_square_value():
    assert pytest.approx(3.841459, abs=1e-6) == CHI_SQUARE


def test_how_many_terms_are_large_is_counted_in_each_division():
    own = of(divide({"a": LONG, "b": OIL}, halves=400)[0], "a")
    # All six terms go the same way: five of them in a half of 15 words, or four against one.
    for here, there in ((5, 0), (4, 1), (3, 2)):
        g2 = float(log_likelihood(here, there, 15, 15))
        drawn = own[np.isclose(own["g2"], g2)]
        assert len(drawn)
        assert (drawn["n_large"] == (6 if g2 > CHI_SQUARE else 0)).all()
    assert set(own["n_large"]) == {0, 6}


def test_figures_by_group_are_those_of_its_divisions():
    drawn, by_group = divide({"a": MIXED, "b": LONG})
    for group in "ab":
        own, figures = of(drawn, group), of(by_group, group).iloc[0]
        assert figures["g2"] == pytest.approx(own["g2"].median())
        assert figures["upper"] == pytest.approx(own["g2"].quantile(0.95))
        assert figures["n_large"] == own["n_large"].median()
        assert figures["n_halves"] == len(own) == 60


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": LONG, "b": COAL}, id="two texts"),
        pytest.param({"a": LONG, "b": COAL, "c": OIL}, id="three texts"),
        pytest.param({"a": LONG, "b": LONG}, id="the same text twice"),
    ],
)
def test_the_largest_between_is_that_of_the_tested_terms(texts):
    tables = tables_of(texts)
    _, by_group = placebo(*tables, halves=5)
    found, _ = keyness(*tables, permutations=19, draws=9)
    largest = found[found["tested"]].assign(g2=lambda rows: rows["g2"].abs()).groupby("group")["g2"].max()
    assert by_group["g2_between"].tolist() == pytest.approx(largest[list(texts)].tolist())


def test_only_terms_of_the_group_alone_are_tested():
    # Gas is used often enough in both together, and in neither by itself.
    texts = {"a": "gas rose\nfog came\nrain fell\ngas fell", "b": "gas rose\nwind came\nsnow fell\ngas fell"}
    drawn, by_group = divide(texts)
    assert by_group["n_tested"].tolist() == [0, 0]
    assert by_group["g2_between"].tolist() == [0, 0]
    assert drawn.empty


@pytest.mark.parametrize(
    ("texts", "groups", "units", "halves"),
    [
        pytest.param({"a": LONG, "b": "oil oil\noil gas\ngas oil"}, None, [10, 3], [60, 0], id="three sentences"),
        pytest.param({"a": LONG, "b": ""}, None, [10, 0], [60, 0], id="an empty text"),
        pytest.param({"a": "", "b": ""}, None, [0, 0], [0, 0], id="two empty texts"),
        pytest.param({"a": LONG, "b": "one\ntwo\nthree\nfour\nfive"}, None, [10, 5], [60, 0], id="no term used often"),
        pytest.param({"a": LONG, "b": COAL, "c": OIL}, dict(zip("abc", "xxy", strict=True)), [0, 0], [0, 0], id="groups of two and one are withheld"),
        pytest.param(dict.fromkeys("abcdefghij", LONG), dict(zip("abcdefghij", "xxxxxyyyyy", strict=True)), [5, 5], [60, 60], id="groups of five divide their articles"),
    ],
)  # fmt: skip
def test_which_groups_are_divided(texts, groups, units, halves):
    drawn, by_group = divide(texts, groups)
    assert by_group["n_units"].tolist() == units
    assert by_group["n_halves"].tolist() == halves
    assert by_group[["g2", "upper", "n_large"]].notna().all(axis=1).tolist() == [n > 0 for n in halves]
    assert drawn["group"].value_counts().sum() == sum(halves)
    assert (by_group["unit"].isna() == (sum(units) == 0 and "x" in by_group["group"].tolist())).all()


def test_whole_articles_of_a_large_group_go_to_one_half():
    names = [f"{group}{number}" for group in "xy" for number in range(5)]
    texts = {name: ("oil oil\noil oil" if name in ("x0", "x1") else "fog fog\nrain rain") for name in names}
    drawn, by_group = divide(texts, {name: name[0] for name in names}, halves=200)
    assert by_group["unit"].tolist() == ["article"] * 2
    # Two articles of four words each hold all of oil: apart or together, in halves of two and three articles.
    together = {round(float(log_likelihood(8, 0, *words)), 6) for words in ((8, 12), (12, 8))}
    assert together <= set(of(drawn, "x")["g2"].round(6))


def test_paragraphs_can_be_dealt_out():
    text = "\n\n".join(["oil rose\noil fell"] * 3 + ["gas rose\ngas fell"] * 3)
    _, by_sentence = divide({"a": text, "b": text})
    _, by_paragraph = divide({"a": text, "b": text}, unit="paragraph")
    assert by_sentence[["unit", "n_units"]].to_numpy().tolist() == [["sentence", 12]] * 2
    assert by_paragraph[["unit", "n_units"]].to_numpy().tolist() == [["paragraph", 6]] * 2
    assert (by_paragraph["upper"] > by_sentence["upper"]).all()  # two sentences that go together differ by more


def test_settings_decide_what_is_tested():
    text = "\n".join(["the oil rose"] * 5)
    assert divide({"a": text, "b": text})[1]["n_tested"].tolist() == [2, 2]
    assert divide({"a": text, "b": text}, stop_words=True)[1]["n_tested"].tolist() == [3, 3]
    assert divide({"a": text, "b": text}, min_count=6)[1]["n_tested"].tolist() == [0, 0]


def test_a_term_of_one_sentence_is_not_tested():
    text = "oil oil oil oil\nrain\nfog\nwind"
    assert divide({"a": text, "b": text})[1]["n_tested"].tolist() == [0, 0]


def test_only_the_voices_asked_for_are_counted():
    quotes = [("a", start, start + 14, "quoted") for start in range(0, 75, 15)]
    tables = tables_of({"a": LONG, "b": COAL}, quotes=quotes)
    _, by_group = placebo(*tables, halves=9, voices=["author"])
    assert by_group["n_units"].tolist() == [5, 11]
    with pytest.raises(ValueError, match=r"found \['quote'\]"):
        placebo(*tables, voices=["quote"])


def test_a_group_depends_on_its_own_text_and_the_seed_alone():
    there, _ = divide({"a": LONG, "b": COAL})
    back, _ = divide({"b": COAL, "a": LONG})
    other, _ = divide({"a": LONG, "b": OIL, "c": COAL})
    renamed, _ = divide({"z": LONG, "y": COAL})
    for table, name in ((back, "a"), (other, "a"), (renamed.replace("z", "a"), "a")):
        pd.testing.assert_frame_equal(of(there, "a"), of(table, name), check_exact=True)
    assert back["group"].drop_duplicates().tolist() == ["b", "a"]
    again, _ = divide({"a": LONG, "b": COAL}, seed=2)
    assert not of(again, "a")["g2"].equals(of(there, "a")["g2"])


def test_order_of_articles_within_a_group_changes_nothing():
    texts = {f"{group}{number}": f"oil rose {number}\n{group} fell" * 2 for group in "xy" for number in range(5)}
    groups = {name: name[0] for name in texts}
    there, _ = divide(texts, groups)
    back, _ = divide(dict(reversed(texts.items())), groups)
    pd.testing.assert_frame_equal(of(there, "x"), of(back, "x"), check_exact=True)


def test_the_same_text_twice_has_the_same_halves():
    drawn, by_group = divide({"a": LONG, "b": LONG})
    pd.testing.assert_frame_equal(of(drawn, "a").drop(columns="group"), of(drawn, "b").drop(columns="group"))
    assert by_group["g2_between"].tolist() == [0, 0]


@settings(derandomize=True, max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["oil rose", "gas fell", "the oil", "coal", ""]), max_size=14))
def test_figures_are_finite_or_missing(lines):
    drawn, by_group = divide({"a": "\n".join(lines), "b": OIL}, halves=9)
    assert (np.isfinite(drawn["g2"]) & (drawn["g2"] >= 0)).all()
    both = drawn.merge(by_group, on="group", suffixes=("", "_usual"))
    assert (both["n_large"] <= both["n_tested"]).all()
    assert (by_group["g2"].dropna() <= by_group["upper"].dropna()).all()


def test_many_terms_are_summed_in_blocks(monkeypatch):
    whole = divide({"a": MIXED, "b": COAL}, halves=200)
    assert set(whole[0]["n_large"]) >= {0, 1, 2}
    monkeypatch.setattr("analysis.placebo._BLOCK", 2)
    for one, other in zip(whole, divide({"a": MIXED, "b": COAL}, halves=200), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
