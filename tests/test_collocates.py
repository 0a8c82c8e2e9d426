"""Words beside a term: counted once each, inside the sentence, against the rest of the same group."""

import math

import pandas as pd
import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from analysis.clean import clean
from analysis.collocates import collocates
from analysis.inputs.files import InputError
from analysis.passages import find_sentences
from analysis.tables import COLLOCATES, TERM_COUNTS, VOICES
from analysis.terms import count_article_terms


def tables(groups=None, **texts):
    articles = make_articles(texts)
    if groups:
        articles = articles.assign(group=groups)
    return articles, find_sentences(articles, clean(articles))


def beside(term="oil", groups=None, voices=None, spoken=None, *, window=5, min_count=1, **texts):
    found = collocates(*tables(groups, **texts), term, voices, window=window, min_count=min_count, spoken=spoken)
    return dict(zip(zip(found["group"], found["collocate"], strict=True), found["n_together"], strict=True))


RED = "Red oil fell. Red oil rose. Red hill stood. Blue hill stood."


def test_reference_values_by_hand():
    # 10 words without the term, 4 of them beside it; red: 2 of its 3 uses. E = 1.2, 1.8, 2.8, 4.2;
    # 2 (2 ln(2/1.2) + 1 ln(1/1.8) + 2 ln(2/2.8) + 5 ln(5/4.2)) = 2 (1.021651 − 0.587787 − 0.672944 + 0.871767)
    found = COLLOCATES.check(collocates(*tables(a=RED), "oil", window=1))
    assert found.drop(columns="g2").to_numpy().tolist() == [["a", "red", 2, 3, 1.2]]
    assert found["g2"].tolist() == pytest.approx([1.265374], abs=1e-6)
    assert found["g2"][0] == pytest.approx(
        chi2_contingency([[2, 1], [2, 5]], lambda_="log-likelihood", correction=False)[0]
    )


def test_counts_at_hand_give_the_same_as_counting_and_boilerplate_is_looked_at_in_neither():
    articles, sentences = tables(a=RED, b="Red oil “fell far,” they said. Rain fell.")
    voices = VOICES.frame([("a", 0, 9, "quoted"), ("b", 8, 18, "quoted")])
    aside = pd.DataFrame([("b", 1, "oil", "boilerplate", 5, 5)], columns=TERM_COUNTS.names)
    counts = pd.concat([count_article_terms(articles, sentences, voices), aside], ignore_index=True)
    for spoken in (None, ("author",), ("author", "boilerplate"), ("quoted",)):
        anew = collocates(articles, sentences, "oil", voices, min_count=1, spoken=spoken)
        assert len(anew)
        assert collocates(articles, sentences, "oil", voices, min_count=1, spoken=spoken, counts=counts).equals(anew)


def test_counts_of_articles_that_are_not_asked_for_are_passed_over():
    articles, sentences = tables(a=RED, b="Rain fell.", c="Red red red.")
    counts = count_article_terms(articles, sentences, VOICES.frame(), max_order=1)
    two = articles.head(2)
    anew = collocates(two, sentences, "oil", min_count=1)
    assert collocates(two, sentences, "oil", min_count=1, counts=counts).equals(anew)


def test_below_what_is_expected_the_sign_is_negative():
    found = collocates(*tables(a="Oil hill x. Oil rain y. Hill hill hill z."), "oil", window=2, min_count=1)
    g2 = found.set_index("collocate")["g2"]
    assert g2["hill"] < 0 < g2["rain"]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        pytest.param({"a": "Red oil fell."}, {"red": 1, "fell": 1}, id="on either side"),
        pytest.param({"a": "Tall red hills hid oil wells.", "window": 2}, {"hills": 1, "hid": 1, "wells": 1}, id="as many words away as asked for"),
        pytest.param({"a": "Hills rose. Oil fell."}, {"fell": 1}, id="not in another sentence"),
        pytest.param({"a": "Oil hills oil."}, {"hills": 1}, id="beside two uses it counts once"),
        pytest.param({"a": "Oil oil oil."}, {}, id="the term is not beside itself"),
        pytest.param({"a": "Crude oil wells fell.", "term": "oil wells", "window": 1}, {"crude": 1, "fell": 1}, id="a term of several words"),
        pytest.param({"a": "The oil and the wells."}, {"wells": 1}, id="stop words are left out"),
        pytest.param({"a": "Iran’s oil, Iran's oil."}, {"iran": 2}, id="possessives count as the word"),
        pytest.param({"a": "Hills rose."}, {}, id="a term that is not there"),
        pytest.param({"a": ""}, {}, id="an empty text"),
        pytest.param({"a": "Red oil. Red oil. Blue oil.", "min_count": 2}, {"red": 2}, id="used too seldom beside it"),
    ],
)  # fmt: skip
def test_beside(settings, found):
    assert {word: n for (_, word), n in beside(**settings).items()} == found


def test_stop_words_can_be_kept():
    found = collocates(*tables(a="The oil."), "oil", min_count=1, keep_stop_words=True)
    assert found["collocate"].tolist() == ["the"]
    assert math.isfinite(found["expected"][0])


def test_only_the_voices_asked_for_are_counted():
    voices = VOICES.frame([("a", 0, 8, "quoted")])
    text = "Red oil. Blue oil."
    assert beside(voices=voices, spoken=["author"], a=text) == {("a", "blue"): 1}
    assert beside(voices=voices, a=text) == {("a", "red"): 1, ("a", "blue"): 1}


def test_groups_are_summed_and_in_the_order_of_the_articles():
    found = collocates(*tables(["y", "x", "y"], a="Red oil.", b="Blue oil.", c="Red oil."), "oil", min_count=1)
    assert found[["group", "collocate", "n_together"]].to_numpy().tolist() == [["y", "red", 2], ["x", "blue", 1]]


def test_ties_are_ordered_by_word():
    found = collocates(*tables(a="Red blue oil. Hills stood there, hills fell."), "oil", min_count=1)
    assert found["collocate"].tolist() == ["blue", "red"]


def test_a_term_needs_a_word():
    with pytest.raises(InputError, match="begin with a letter; '24' has none"):
        collocates(*tables(a="Oil."), "24")


@given(st.lists(st.sampled_from(["oil", "red", "blue", "hill", "."]), min_size=1, max_size=30), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_counts_are_possible(words, window):
    text = " ".join(words).replace(" .", ".")
    found = collocates(*tables(a=text), "oil", window=window, min_count=1, keep_stop_words=True)
    assert (found["n_together"] <= found["n"]).all()
    assert (found["n"] <= words.count("red") + words.count("blue") + words.count("hill")).all()
    assert "oil" not in set(found["collocate"])
    doubled = collocates(*tables(a=text, b=text), "oil", window=window, min_count=1, keep_stop_words=True)
    assert doubled.query("group == 'a'")["g2"].tolist() == found["g2"].tolist(), "another group changes nothing"


@pytest.mark.growth
def test_time_is_linear():
    assert_linear(lambda given: collocates(*given, "oil"), lambda n: tables(a="oil red " * n), 16_000)
