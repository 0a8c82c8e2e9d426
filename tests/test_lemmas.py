"""Which word forms count as one."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.lemmas import by_lemma, lemma
from analysis.tables import SENTENCE_TERMS
from analysis.text import stop_words


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        pytest.param("terrorists", "terrorist", id="plural"),
        pytest.param("skies", "ski", id="an odd choice of the dictionary, as documented"),
        pytest.param("said", "say", id="irregular verb"),
        pytest.param("denying", "deny", id="participle"),
        pytest.param("men", "man", id="irregular plural"),
        pytest.param("larger", "large", id="comparative"),
        pytest.param("meeting", "meet", id="a noun that is also a participle counts as the verb"),
        pytest.param("oil", "oil", id="a lemma is its own"),
        pytest.param("iranian", "iranian", id="nationality"),
        pytest.param("azeris", "azeris", id="plurals of peoples stay"),
        pytest.param("azerbaijani", "azerbaijani", id="long names stay"),
        pytest.param("gaza", "gaza", id="places stay, case folded"),
        pytest.param("aliyev", "aliyev", id="persons stay"),
        pytest.param("hamas", "hamas", id="a name in s loses nothing"),
        pytest.param("guterres", "guterres", id="nor one in es"),
        pytest.param("bin-laden", "bin-laden", id="hyphenated names stay"),
        pytest.param("iranian-backed", "iranian-backed", id="hyphenated words stay"),
        pytest.param("x-rays", "x-ray", id="unless the dictionary holds them"),
        pytest.param("u.s.", "u.s.", id="abbreviations stay"),
        pytest.param("us", "us", id="the country is no pronoun"),
        pytest.param("brightu.ai", "brightu.ai", id="web names stay"),
        pytest.param("were", "be", id="stop words have lemmas too"),
        pytest.param("shouldn't", "shouldn't", id="unless they were no stop word any more"),
        pytest.param("naïve", "naïve", id="accents stay"),
    ],
)
def test_lemma(term, expected):
    assert lemma(term) == expected


def test_stop_words_stay_stop_words():
    assert {lemma(term) for term in stop_words()} <= stop_words()
    assert not {lemma(term) for term in ("us", "terrorists", "according")} & stop_words()


def rows(*given):
    return SENTENCE_TERMS.frame(given)


def test_forms_of_one_word_are_counted_together():
    terms = rows(
        ("a", 1, 1, "state", "author", 2),
        ("a", 1, 1, "oil", "author", 1),
        ("a", 1, 1, "states", "author", 1),
        ("a", 1, 1, "states", "quoted", 4),
        ("a", 1, 2, "state oil", "author", 1),
        ("a", 2, 1, "states", "author", 1),
        ("b", 1, 1, "state", "author", 1),
    )
    expected = rows(
        ("a", 1, 1, "state", "author", 3),
        ("a", 1, 1, "oil", "author", 1),
        ("a", 1, 1, "state", "quoted", 4),
        ("a", 2, 1, "state", "author", 1),
        ("b", 1, 1, "state", "author", 1),
    )
    pd.testing.assert_frame_equal(SENTENCE_TERMS.check(by_lemma(terms)), expected)


def test_no_terms_have_no_lemmas():
    pd.testing.assert_frame_equal(by_lemma(rows()), rows())


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["state", "states", "wars", "war", "the", "gaza"]), max_size=12))
def test_words_are_neither_lost_nor_made(words):
    given = [("a", 1 + n // 4, 1, word, "author", 1) for n, word in enumerate(words)]
    table = rows(*given).groupby(list(SENTENCE_TERMS.key), as_index=False)["n"].sum()
    found = by_lemma(SENTENCE_TERMS.frame({name: table[name] for name in SENTENCE_TERMS.names}))
    before, after = (frame.groupby("sentence")["n"].sum().to_dict() for frame in (table, found))
    assert before == after
