"""Which terms set groups apart: what is compared, what is tested, and what never changes the result."""

import warnings

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.keyness import keyness
from analysis.tables import ARTICLES, DETECTABLE, KEYNESS, SENTENCES, VOICES
from analysis.terms import count_terms
from analysis.units import count_uses

QUICK = {"permutations": 199, "draws": 100}


def compare(texts, groups=None, quotes=(), **settings):
    """Compare articles whose lines are sentences, and whose blank lines part paragraphs."""
    articles, sentences = [], []
    for name, text in texts.items():
        articles.append((name, (groups or {}).get(name, name), *[None] * 7, text))
        start, paragraph = 0, 1
        for number, line in enumerate(text.split("\n"), 1):
            paragraph += not line
            sentences.append((name, number, paragraph, start, start + len(line), "sentence", *[0] * 7))
            start += len(line) + 1
    articles, sentences = ARTICLES.frame(articles), SENTENCES.frame(sentences)
    terms = count_terms(articles, sentences, VOICES.frame(list(quotes)), max_order=2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found, detectable = keyness(articles, sentences, terms, **(QUICK | settings))
    return KEYNESS.check(found), DETECTABLE.check(detectable)


def row(found, group, term):
    return found[(found["group"] == group) & (found["term"] == term)].iloc[0]


def test_uses_are_those_in_the_sentences_of_the_articles_given():
    articles = make_articles({"a": "rain fell. rain", "b": "snow fell", "c": "hail fell"})
    cells = [("c", 1, 7), ("a", 2, 2), ("a", 1, 1), ("b", 1, 1)]
    sentences = SENTENCES.frame([(*cell, 0, 9, "sentence", *[0] * 7) for cell in cells])
    uses = [
        ("a", 2, "rain", 1), ("a", 1, "rain", 2), ("a", 1, "fell", 1), ("a", 3, "mist", 1), ("b", 1, "snow", 1),
        ("c", 1, "hail", 1),
    ]  # fmt: skip
    terms = pd.DataFrame(uses, columns=["article_id", "sentence", "term", "n"]).assign(order=1, voice="author")
    counted = count_uses(articles[articles["article_id"] != "c"], sentences, terms)
    assert counted.terms == ["fell", "rain", "snow"]
    named = counted.entries.assign(
        group=[counted.groups[place] for place in counted.entries["group"]],
        term=[counted.terms[place] for place in counted.entries["term"]],
    ).sort_values(["group", "sentence", "term"])
    assert named[["group", "sentence", "paragraph", "term", "n"]].to_numpy().tolist() == [
        ["a", 1, 1, "fell", 1], ["a", 1, 1, "rain", 2], ["a", 2, 2, "rain", 1], ["b", 1, 1, "snow", 1],
    ]  # fmt: skip


OIL = "\n".join(["oil price rose today"] * 8 + ["market price fell today"] * 4)
GAS = "\n".join(["gas price fell today"] * 8 + ["market price rose today"] * 4)


def test_what_sets_two_articles_apart():
    found, detectable = compare({"a": OIL, "b": GAS})
    oil = row(found, "a", "oil")
    assert oil[["n", "n_elsewhere", "n_sentences", "tested"]].tolist() == [8, 0, 8, True]
    assert oil[["rate", "rate_elsewhere"]].tolist() == [1000 * 8 / 48, 0]
    assert oil["log_ratio"] == pytest.approx(np.log2((8 + 0.5) / 0.5))
    assert oil["p_adjusted"] <= 0.05
    assert oil["lower"] == pytest.approx(np.log2(0.05**0.125 / (1 - 0.05**0.125)))
    assert oil["upper"] == np.inf
    price = row(found, "a", "price")
    assert price[["log_ratio", "g2", "p", "p_adjusted"]].tolist() == [0, 0, 1, 1]
    assert price["lower"] <= 0 <= price["upper"]
    assert detectable["unit"].tolist() == ["sentence"] * 2
    assert detectable[["n_words", "n_units"]].to_numpy().tolist() == [[48, 12]] * 2


def test_rows_are_by_group_then_z_then_term():
    found, _ = compare({"b": GAS, "a": OIL})
    assert found["group"].unique().tolist() == ["b", "a"]
    for _, own in found.groupby("group", sort=False):
        order = own.sort_values(["z", "term"], ascending=[False, True])
        assert order["term"].tolist() == own["term"].tolist()
    assert found["term"].head(2).tolist() == ["gas", "fell"]


@pytest.mark.parametrize(
    ("texts", "settings", "tested"),
    [
        pytest.param(["oil\noil\noil", "x"], {}, ["oil"], id="three uses in three sentences"),
        pytest.param(["oil oil\noil", "x"], {}, ["oil"], id="three uses in two sentences"),
        pytest.param(["oil oil oil", "x"], {}, [], id="three uses in one sentence"),
        pytest.param(["oil\noil", "x"], {}, [], id="two uses"),
        pytest.param(["oil\noil", "x"], {"min_count": 2}, ["oil"], id="two uses where two are enough"),
        pytest.param(["oil\noil", "oil"], {}, ["oil"], id="uses of all groups together"),
        pytest.param(["the\nthe", "the"], {}, [], id="stop words are not tested"),
        pytest.param(["the\nthe", "the"], {"stop_words": True}, ["the"], id="unless they are asked for"),
        pytest.param(["12\n12", "12"], {}, [], id="numbers are no terms"),
    ],
)
def test_which_terms_are_tested(texts, settings, tested):
    found, _ = compare(dict(zip("ab", texts, strict=True)), **settings)
    assert found.loc[found["tested"] & (found["group"] == "a"), "term"].tolist() == tested
    assert found.loc[~found["tested"], ["p", "p_adjusted", "q", "lower", "upper"]].isna().all(axis=None)


def test_stop_words_stay_among_the_words_rates_refer_to():
    found, _ = compare({"a": "the oil of the state", "b": "gas"})
    assert row(found, "a", "oil")["rate"] == 200
    assert set(found["term"]) == {"oil", "state", "gas"}


def test_only_the_voices_asked_for_are_counted():
    texts, quotes = {"a": "he said oil oil\nno gas", "b": "gas gas"}, [("a", 8, 15, "quoted")]
    everything, _ = compare(texts, quotes=quotes)
    author, detectable = compare(texts, quotes=quotes, voices=["author"])
    assert row(everything, "a", "oil")["n"] == 2
    assert "oil" not in set(author["term"])
    assert detectable["n_words"].tolist() == [4, 2]
    assert row(author, "a", "gas")["rate"] == 250


def test_a_term_in_one_paragraph_is_less_evenly_spread():
    found, _ = compare({"a": "oil gas\n\noil gas\n\noil coal", "b": "x"})
    assert row(found, "a", "oil")["dispersion"] == pytest.approx(0)
    assert row(found, "a", "gas")["dispersion"] == pytest.approx(0.5)
    assert row(found, "a", "coal")["dispersion"] == pytest.approx(1)
    assert np.isnan(row(found, "b", "oil")["dispersion"])
    found, _ = compare({"a": "oil gas\nsand coal\n\noil gas\nsand coal", "b": "x"})
    assert row(found, "a", "oil")["dispersion"] == pytest.approx(0)  # every paragraph, though not every sentence


def test_five_uses_in_one_sentence_are_one_piece_of_evidence():
    once, _ = compare({"a": "oil rose\noil rose", "b": "gas\ngas"}, min_count=2)
    often, _ = compare({"a": "oil oil oil oil oil rose\noil rose", "b": "gas\ngas"})
    assert row(once, "a", "oil")["lower"] == pytest.approx(np.log2(0.05**0.5 / (1 - 0.05**0.5) * 2 / 4))
    assert row(often, "a", "oil")["lower"] == pytest.approx(np.log2(0.05**0.5 / (1 - 0.05**0.5) * 2 / 8))


def test_two_groups_mirror_each_other():
    found, _ = compare({"a": OIL + "\nthe price of gas", "b": GAS})
    a, b = (found[found["group"] == group].set_index("term") for group in "ab")
    b = b.loc[a.index]
    for column in ("log_ratio", "g2", "z"):
        assert (a[column] == -b[column]).all()
    assert a["lower"].equals(-b["upper"])
    assert a["upper"].equals(-b["lower"])
    for column in ("p", "p_adjusted", "q", "tested"):
        assert a[column].equals(b[column])
    assert (a["n"] == b["n_elsewhere"]).all()


FIVE = [f"oil price {word}\noil market {word}" for word in ("one", "two", "three", "four", "five")]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": OIL, "b": GAS + "\noil"}, id="two articles"),
        pytest.param({"a": OIL, "b": GAS, "c": OIL + "\n" + GAS}, id="three articles"),
        pytest.param({"a": OIL, "b": OIL}, id="the same article twice"),
    ],
)
def test_order_of_the_sources_changes_only_the_order_of_the_rows(texts):
    there, limits = compare(texts)
    back, limits_back = compare(dict(reversed(texts.items())))
    key = ["group", "term"]
    pd.testing.assert_frame_equal(
        there.sort_values(key, ignore_index=True), back.sort_values(key, ignore_index=True), check_exact=True
    )
    pd.testing.assert_frame_equal(limits.iloc[::-1].reset_index(drop=True), limits_back, check_exact=True)


def test_names_change_nothing_but_names():
    there, _ = compare({"a": OIL, "b": GAS + "\noil"})
    renamed, _ = compare({"z": OIL, "y": GAS + "\noil"})
    there["group"] = there["group"].map({"a": "z", "b": "y"}).astype(renamed["group"].dtype)
    pd.testing.assert_frame_equal(there, renamed, check_exact=True)


def test_order_and_names_of_articles_within_groups_change_nothing():
    oil, gas = FIVE, [text.replace("oil", "gas") for text in FIVE]
    texts = dict(enumerate(oil + gas))
    groups = {number: "x" if number < 5 else "y" for number in texts}
    there, _ = compare({str(n): text for n, text in texts.items()}, {str(n): group for n, group in groups.items()})
    order = [3, 1, 0, 2, 4, 9, 8, 5, 6, 7]
    back, _ = compare({f"n{n}": texts[n] for n in order}, {f"n{n}": groups[n] for n in order})
    pd.testing.assert_frame_equal(there, back, check_exact=True)


def test_the_same_text_on_both_sides_has_no_difference():
    found, _ = compare({"a": OIL, "b": OIL})
    assert (found[["log_ratio", "g2", "z"]] == 0).all(axis=None)
    tested = found[found["tested"]]
    assert (tested[["p", "p_adjusted", "q"]] == 1).all(axis=None)
    assert (tested["lower"] == -tested["upper"]).all()
    a, b = (found[found["group"] == group].drop(columns="group").reset_index(drop=True) for group in "ab")
    pd.testing.assert_frame_equal(a, b, check_exact=True)


def test_two_of_three_texts_alike_have_the_same_figures():
    texts = [OIL + "\ngas", GAS + "\noil", OIL + "\ngas"]
    found, _ = compare(dict(zip("abc", texts, strict=True)))
    a, c = (found[found["group"] == group].drop(columns="group").reset_index(drop=True) for group in "ac")
    pd.testing.assert_frame_equal(a, c, check_exact=True)
    renamed, _ = compare(dict(zip("zby", texts, strict=True)))
    pd.testing.assert_frame_equal(found.drop(columns="group"), renamed.drop(columns="group"), check_exact=True)


def test_an_article_appended_to_itself_keeps_its_rates():
    once, _ = compare({"a": OIL, "b": GAS + "\noil"})
    twice, _ = compare({"a": OIL + "\n" + OIL, "b": GAS + "\noil"})
    once, twice = (found.set_index(["group", "term"]).sort_index() for found in (once, twice))
    columns = ["rate", "rate_elsewhere"]
    pd.testing.assert_frame_equal(once[columns], twice[columns])


@settings(derandomize=True, max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["oil", "gas", "the", "coal"]), min_size=1, max_size=12))
def test_one_more_use_never_moves_a_term_towards_the_other_side(words):
    other = "oil gas coal the tar"
    before, _ = compare({"a": " ".join(words), "b": other}, permutations=9, draws=9)
    after, _ = compare({"a": " ".join([*words, "oil"]), "b": other}, permutations=9, draws=9)
    before, after = row(before, "a", "oil"), row(after, "a", "oil")
    assert after["rate"] - after["rate_elsewhere"] >= before["rate"] - before["rate_elsewhere"]
    assert after["log_ratio"] >= before["log_ratio"]


@pytest.mark.parametrize(
    ("sizes", "unit", "n_units"),
    [
        pytest.param([1, 1], "sentence", [2, 2], id="one article each"),
        pytest.param([1, 1, 1], "sentence", [2, 2, 2], id="three groups of one article"),
        pytest.param([2, 1], None, [0, 0], id="two articles withhold the evidence"),
        pytest.param([4, 5], None, [0, 0], id="so do four"),
        pytest.param([5, 6], "article", [5, 6], id="from five on articles are the unit"),
    ],
)
def test_unit_of_evidence(sizes, unit, n_units):
    texts, groups = {}, {}
    for group, size in zip("xyz", sizes, strict=False):
        for number in range(size):
            texts[f"{group}{number}"] = f"oil {group}\noil price {number}"
            groups[f"{group}{number}"] = group
    found, detectable = compare(texts, groups)
    assert detectable["unit"].fillna("none").unique().tolist() == [unit or "none"]
    assert detectable["n_units"].tolist() == n_units
    assert found["rate"].notna().all()
    tested = found.loc[found["tested"], ["p", "p_adjusted", "q", "lower", "upper"]]
    assert len(tested)
    assert tested.notna().all(axis=None) == (unit is not None)
    assert detectable["critical_g2"].notna().all() == (unit is not None)


def in_paragraphs(text, sentences):
    """Part the lines of a text into paragraphs of so many sentences."""
    lines = text.split("\n")
    return "\n\n".join("\n".join(lines[at : at + sentences]) for at in range(0, len(lines), sentences))


@pytest.mark.parametrize(
    ("sizes", "unit", "n_units"),
    [
        pytest.param([1, 1], "paragraph", [3, 4], id="one article each"),
        pytest.param([1, 1, 1], "paragraph", [3, 4, 3], id="three groups of one article"),
        pytest.param([2, 1], None, [0, 0], id="two articles withhold the evidence all the same"),
        pytest.param([5, 5], "article", [5, 5], id="from five on articles stay the unit"),
    ],
)
def test_paragraphs_as_the_unit_of_evidence(sizes, unit, n_units):
    texts, groups = {}, {}
    for group, size in zip("xyz", sizes, strict=False):
        for number in range(size):
            paragraphs = 4 if group == "y" else 3
            texts[f"{group}{number}"] = in_paragraphs(
                "\n".join([f"oil {group}", f"oil price {number}"] * paragraphs), 2
            )
            groups[f"{group}{number}"] = group
    _, detectable = compare(texts, groups, unit="paragraph")
    assert detectable["unit"].fillna("none").unique().tolist() == [unit or "none"]
    assert detectable["n_units"].tolist() == n_units


def test_uses_in_one_paragraph_are_one_piece_of_evidence_where_paragraphs_are_drawn():
    lump = in_paragraphs("\n".join(["market price fell today"] * 8 + ["oil price rose today"] * 8), 8)
    texts = {"a": lump, "b": in_paragraphs("\n".join(["market price fell today"] * 16), 4)}
    sentences, _ = compare(texts)
    paragraphs, _ = compare(texts, unit="paragraph")
    assert row(sentences, "a", "oil")["p_adjusted"] <= 0.05
    assert row(paragraphs, "a", "oil")["p_adjusted"] > 0.05
    eight, one = (row(found, "a", "oil")["lower"] for found in (sentences, paragraphs))
    assert eight == pytest.approx(np.log2(0.05**0.125 / (1 - 0.05**0.125)))
    assert one == pytest.approx(np.log2(0.05 / (1 - 0.05)))
    unpermuted = ["n", "rate", "log_ratio", "g2", "z", "tested", "dispersion", "n_sentences"]
    pd.testing.assert_frame_equal(sentences[unpermuted], paragraphs[unpermuted])


def test_paragraphs_of_one_sentence_are_sentences():
    texts = {"a": in_paragraphs(OIL, 1), "b": in_paragraphs(GAS, 1)}
    pd.testing.assert_frame_equal(compare(texts)[0], compare(texts, unit="paragraph")[0], check_exact=True)


def test_fewest_uses_that_would_pass():
    _, detectable = compare({"a": OIL + "\n" + OIL, "b": GAS}, min_count=3)
    longer, shorter = detectable["n_needed"]
    assert longer > shorter >= 3  # a term of the longer side has more room to be absent elsewhere by chance
    _, strict = compare({"a": OIL, "b": GAS}, min_count=11)
    assert strict["n_needed"].tolist() == [11, 11]


def test_a_term_is_tested_from_two_sentences_on(monkeypatch):
    monkeypatch.setattr("analysis.keyness.uses_needed", lambda *_: 1.0)
    assert compare({"a": OIL, "b": GAS}, min_count=1)[1]["n_needed"].tolist() == [2, 2]


def test_the_seed_decides_the_draws():
    texts = {"a": OIL + "\noil and gas", "b": GAS + "\noil"}
    pd.testing.assert_frame_equal(compare(texts, seed=4)[0], compare(texts, seed=4)[0], check_exact=True)
    assert not compare(texts, seed=4)[0]["lower"].equals(compare(texts, seed=5)[0]["lower"])


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": "oil oil oil oil", "b": "gas gas gas"}, id="one sentence, one word"),
        pytest.param({"a": OIL, "b": ""}, id="an empty article"),
        pytest.param({"a": "", "b": ""}, id="two empty articles"),
        pytest.param({"a": OIL, "b": "price"}, id="a single word"),
        pytest.param({"a": "the of", "b": "and the"}, id="stop words only"),
        pytest.param({"a": "price", "b": OIL, "c": ""}, id="three articles, one empty"),
    ],
)
def test_little_text_is_no_error(texts):
    found, detectable = compare(texts)
    assert detectable["group"].tolist() == list(texts)
    assert not (found["p_adjusted"] <= 0.05).any()


def test_a_side_of_one_sentence_has_no_two_sided_interval():
    found, _ = compare({"a": OIL, "b": "price and oil"})
    assert np.isnan(row(found, "a", "price")["lower"])
    assert row(found, "a", "rose")["upper"] == np.inf


@pytest.mark.parametrize(
    ("groups", "settings", "message"),
    [
        pytest.param({"a": "x", "b": "x"}, {}, r"all 2 articles are in the same: \['x'\]", id="one group"),
        pytest.param(
            {},
            {"voices": ["quote"]},
            r"author, headline, attributed, quoted, boilerplate; found \['quote'\]",
            id="voice",
        ),
        pytest.param({}, {"unit": "word"}, "unit may be sentence or paragraph; found 'word'", id="unit"),
    ],
)
def test_what_cannot_be_compared(groups, settings, message):
    with pytest.raises(ValueError, match=message):
        compare({"a": OIL, "b": GAS}, groups, **settings)
