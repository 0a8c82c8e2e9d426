"""Counting terms, and finding them again where they stand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tables import ARTICLES, CONCORDANCE, SENTENCE_TERMS, SENTENCES, SURFACE_FORMS, TERM_COUNTS, VOICES
from analysis.terms import all_forms, commonest_forms, concordance, count_article_terms, count_terms, total_terms
from analysis.text import split_words


def tables(**texts):
    """Make articles of one group each, every line a sentence."""
    articles = [(name, name, None, None, None, None, None, None, None, text) for name, text in texts.items()]
    sentences = []
    for name, text in texts.items():
        start = 0
        for number, line in enumerate(text.split("\n"), 1):
            n_words = len(split_words(line))
            sentences.append((name, number, number, start, start + len(line), "sentence", n_words, *[0] * 6))
            start += len(line) + 1
    return ARTICLES.frame(articles), SENTENCES.frame(sentences)


def counted(text, order=None, voices=(), max_order=3):
    articles, sentences = tables(a=text)
    found = count_terms(articles, sentences, VOICES.frame([("a", *row) for row in voices]), max_order=max_order)
    SENTENCE_TERMS.check(found)
    found = found[found["order"] == order] if order else found
    return list(zip(found["term"], found["n"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Iran’s oil, Iran's gas", [("iran", 2), ("oil", 1), ("gas", 1)], id="possessives are one term"),
        pytest.param("the cat and the dog", [("the", 2), ("cat", 1), ("and", 1), ("dog", 1)], id="stop words stay"),
        pytest.param("On Dec. 8, 2025", [("on", 1), ("dec", 1)], id="numbers are no terms"),
        pytest.param("The U.S. and us", [("the", 1), ("u.s.", 1), ("and", 1), ("us", 1)], id="U.S. is not us"),
        pytest.param("– 12 …", [], id="nothing without letters"),
    ],
)
def test_words(text, expected):
    assert counted(text, 1) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("nuclear talks resume", ["nuclear talks", "talks resume"], id="neighbours"),
        pytest.param("nuclear\u00a0 \ttalks", ["nuclear talks"], id="any white space"),
        pytest.param("Iran’s nuclear talks", ["iran nuclear", "nuclear talks"], id="possessive inside"),
        pytest.param("allies’ support", ["allies support"], id="closing apostrophe"),
        pytest.param("Mr. Aliyev left", ["mr aliyev", "aliyev left"], id="the dot of an abbreviation"),
        pytest.param("12 days of 30 days", ["days of"], id="a number breaks a term"),
        pytest.param("Iran, Israel", [], id="a comma breaks a term"),
        pytest.param("oil—gas", [], id="a dash breaks a term"),
        pytest.param("the “red line” policy", ["red line"], id="quotation marks break a term"),
        pytest.param("talks ... resume", [], id="an ellipsis breaks a term"),
        pytest.param("oil\x1cgas \x1f war", [], id="a separator that is no white space to Unicode breaks a term"),
        pytest.param("nuclear\ntalks", [], id="no term runs into the next sentence"),
    ],
)
def test_two_words(text, expected):
    assert [term for term, _ in counted(text, 2)] == expected


def test_three_words_and_the_longest_asked_for():
    assert [term for term, _ in counted("one two three four", 3)] == ["one two three", "two three four"]
    assert counted("one two, three four", 3) == []
    assert [term for term, _ in counted("one two three", max_order=1)] == ["one", "two", "three"]


def test_a_term_has_the_voice_of_its_first_word():
    articles, sentences = tables(a="he said we win we")
    found = count_terms(articles, sentences, VOICES.frame([("a", 8, 14, "quoted")]), max_order=2)
    assert list(zip(found["term"], found["voice"], strict=True)) == [
        ("he", "author"), ("he said", "author"), ("said", "author"), ("said we", "author"),
        ("we", "quoted"), ("we win", "quoted"), ("win", "quoted"), ("win we", "quoted"), ("we", "author"),
    ]  # fmt: skip


def test_of_voices_that_overlap_the_later_start_wins():
    articles, sentences = tables(a="one two three")
    found = count_terms(
        articles, sentences, VOICES.frame([("a", 4, 7, "quoted"), ("a", 0, 13, "attributed")]), max_order=1
    )
    assert found["voice"].tolist() == ["attributed", "quoted", "attributed"]


def test_totals_sum_uses_and_sentences():
    articles, sentences = tables(a="oil oil\noil gas", b="gas")
    totals = total_terms(count_terms(articles, sentences, VOICES.frame(), max_order=1))
    TERM_COUNTS.check(totals)
    columns = ["article_id", "term", "n", "n_sentences"]
    assert totals[columns].to_numpy().tolist() == [["a", "oil", 3, 2], ["a", "gas", 1, 1], ["b", "gas", 1, 1]]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("oil oil\noil gas", [], id="one voice"),
        pytest.param("he said we win we said", [(8, 14)], id="a voice that changes at white space"),
        pytest.param("he said(we win)we said", [(8, 14)], id="a voice that changes inside what is written together"),
        pytest.param("the U.S. said U.S.", [(6, 8)], id="a voice that changes inside a word"),
        pytest.param("\n12 – 3\noil", [(0, 3)], id="sentences without a word"),
    ],
)
def test_totals_of_articles_are_the_sums_of_their_sentences(text, quoted):
    articles, sentences = tables(a=text, b="", c=text.upper(), d=text)
    voices = VOICES.frame([(name, *stretch, "quoted") for name in "acd" for stretch in quoted])
    for max_order in (1, 2, 3, 4):
        totals = count_article_terms(articles, sentences, voices, max_order=max_order)
        TERM_COUNTS.check(totals)
        summed = total_terms(count_terms(articles, sentences, voices, max_order=max_order))
        pd.testing.assert_frame_equal(totals, summed)


def test_a_term_in_two_sentences_of_one_article_is_counted_once_in_each():
    articles, sentences = tables(a="oil oil\noil gas", b="oil\noil")
    totals = count_article_terms(articles, sentences, VOICES.frame(), max_order=2)
    columns = ["article_id", "order", "term", "n", "n_sentences"]
    assert totals[columns].to_numpy().tolist() == [
        ["a", 1, "oil", 3, 2], ["a", 2, "oil oil", 1, 1], ["a", 2, "oil gas", 1, 1], ["a", 1, "gas", 1, 1],
        ["b", 1, "oil", 2, 2],
    ]  # fmt: skip


def test_articles_in_several_parts_are_counted_like_one_by_one(monkeypatch):
    articles, sentences = tables(a="oil gas", b="gas oil\noil gas", c="oil")
    whole = count_article_terms(articles, sentences, VOICES.frame())
    monkeypatch.setattr("analysis.numbered.PART", 2)
    pd.testing.assert_frame_equal(count_article_terms(articles, sentences, VOICES.frame()), whole)


def test_terms_that_need_wide_numbers_are_counted_like_others(monkeypatch):
    articles, sentences = tables(a="oil gas oil\noil gas", b="gas oil gas")
    narrow = count_article_terms(articles, sentences, VOICES.frame())
    monkeypatch.setattr("analysis.grams._NARROW", 0)
    pd.testing.assert_frame_equal(count_article_terms(articles, sentences, VOICES.frame()), narrow)


def test_nothing_to_count():
    articles, _ = tables(a="")
    found = count_terms(articles, SENTENCES.frame(), VOICES.frame())
    SENTENCE_TERMS.check(found)
    TERM_COUNTS.check(total_terms(found))
    assert found.empty
    assert total_terms(found).empty
    pd.testing.assert_frame_equal(count_article_terms(articles, SENTENCES.frame(), VOICES.frame()), TERM_COUNTS.frame())


PIECES = ["Iran", "Iran’s", "oil,", "12", "U.S.", "“red", "line”", "–", "the", "The", "Mr.", "\n"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(TEXT, TEXT)
def test_together_is_each_stacked(one, two):
    both, apart = tables(a=one, b=two), (tables(a=one), tables(b=two))
    whole = count_terms(*both, VOICES.frame())
    parts = [count_terms(*each, VOICES.frame()) for each in apart]
    pd.testing.assert_frame_equal(whole, pd.concat(parts, ignore_index=True))


@settings(derandomize=True, max_examples=25, deadline=None)
@given(TEXT)
def test_single_words_sum_to_the_words_of_each_sentence(text):
    articles, sentences = tables(a=text)
    found = count_terms(articles, sentences, VOICES.frame([("a", 3, 9, "quoted")]))
    sums = found[found["order"] == 1].groupby("sentence")["n"].sum().reindex(sentences["sentence"], fill_value=0)
    assert sums.tolist() == sentences["n_words"].tolist()


@settings(derandomize=True, max_examples=25, deadline=None)
@given(TEXT)
def test_every_counted_term_is_found_again_where_it_stands(text):
    articles, sentences = tables(a=text)
    voices = VOICES.frame([("a", 3, 9, "quoted")])
    totals = total_terms(count_terms(articles, sentences, voices))
    for (term, voice), n in totals.groupby(["term", "voice"])["n"].sum().items():
        uses = concordance(articles, sentences, term, voices)
        CONCORDANCE.check(uses)
        assert (uses["voice"] == voice).sum() == n
        assert all(text[use.start : use.end] == use.surface for use in uses.itertuples())


def test_concordance_shows_every_use():
    articles, sentences = tables(a="Iran’s oil.\nOil of IRAN, not Iranian", b="iran")
    uses = concordance(articles, sentences, "Iran")
    assert uses.drop(columns="voice").to_numpy().tolist() == [
        ["a", 1, 0, 4, "Iran"], ["a", 2, 19, 23, "IRAN"], ["b", 1, 0, 4, "iran"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("red line", ["red line"], id="two words"),
        pytest.param("Iran's red line", ["Iran’s red line"], id="another spelling of the same term"),
        pytest.param("line policy", [], id="a quotation mark stands between"),
        pytest.param("red", ["red"], id="inside a longer term"),
        pytest.param("re", [], id="not inside a word"),
        pytest.param("blue", [], id="not there"),
    ],
)
def test_concordance_of(term, found):
    assert concordance(*tables(a="“Iran’s red line” policy"), term)["surface"].tolist() == found


def test_concordance_needs_a_word():
    with pytest.raises(ValueError, match="begin with a letter; '2024' has none"):
        concordance(*tables(a="in 2024"), "2024")


def test_a_term_is_quoted_as_it_is_written_most_often():
    articles, sentences = tables(a="oil Oil OIL Oil", b="Azeri’s azeri")
    forms = commonest_forms(articles, all_forms(articles, sentences))
    SURFACE_FORMS.check(forms)
    assert forms.to_numpy().tolist() == [
        ["a", "oil", "Oil", 2, "a", 4, 7],
        ["b", "azeri", "Azeri", 1, "b", 0, 5],  # of equally common forms, the first to occur; without 's
    ]


def test_quoted_forms_are_of_the_group_and_of_any_length_asked_for():
    articles, sentences = tables(a="Red line", b="red line", c="red line")
    articles["group"] = ["x", "y", "y"]
    forms = commonest_forms(articles, all_forms(articles, sentences, max_order=2)).set_index(["group", "term"])
    assert forms.loc[("x", "red line"), "surface"] == "Red line"
    assert forms.loc[("y", "red line"), ["surface", "n", "article_id"]].tolist() == ["red line", 2, "b"]
