"""Hyphenation finds as many syllables as Pyphen does, without asking it."""

import random

import pyphen
import pytest

from analysis.hyphens import Hyphens

PYPHEN = pyphen.Pyphen(lang="en_US")
LETTERS = "etaoinshrdlcumwfgypbvkjxqz"


@pytest.fixture(scope="module")
def hyphens():
    return Hyphens(PYPHEN.hd.patterns, PYPHEN.left, PYPHEN.right)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("", id="nothing"),
        pytest.param("so", id="too short to be parted"),
        pytest.param("ably", id="parted in its middle alone"),
        pytest.param("hyphenation", id="parted more than once"),
        pytest.param("strengths", id="never parted"),
        pytest.param("associate", id="an exception among the patterns"),
        pytest.param("naïveté", id="letters that no pattern has"),
        pytest.param("pseudopseudohypoparathyroidism" * 20, id="long"),
    ],
)
def test_a_word_is_parted_in_as_many_places_as_by_pyphen(hyphens, word):
    assert hyphens.count(word) == len(PYPHEN.positions(word))


def test_made_up_words_are_parted_as_by_pyphen(hyphens):
    rng = random.Random(1)
    words = ["".join(rng.choices(LETTERS, range(26, 0, -1), k=rng.randrange(1, 16))) for _ in range(2_000)]
    counted = [hyphens.count(word) for word in words]
    assert counted == [len(PYPHEN.positions(word)) for word in words]
    assert len(set(counted)) > 3


def test_the_margins_are_those_asked_for():
    wide = pyphen.Pyphen(lang="en_US", left=4, right=3)
    words = ("hyphenation", "parting", "syllable", "into")
    counted = [Hyphens(wide.hd.patterns, 4, 3).count(word) for word in words]
    assert counted == [len(wide.positions(word)) for word in words]
    assert counted != [len(PYPHEN.positions(word)) for word in words]


def test_more_values_than_a_byte_has_bits_are_refused():
    with pytest.raises(ValueError, match=r"eight|8 different values"):
        Hyphens({"abcdefghij": (1, tuple(range(1, 10)))})


def test_a_pattern_counts_inside_the_beginning_of_a_longer_one():
    patterns = {"ab": (1, (1,)), "xabcd": (1, (2,))}
    assert [Hyphens(patterns).count(word) for word in ("xxabxx", "xxabcx", "xxbaxx")] == [1, 1, 0]
