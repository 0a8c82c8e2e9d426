"""The gate holds its size where nothing sets two texts apart, and finds as often as computed what is planted."""

import numpy as np
import pytest
from synthetic import (
    MILD,
    MIN_COUNT,
    PARAGRAPH,
    PLANTED,
    STRONG,
    family_wise_error,
    independent_pairs,
    make_text,
    plant,
    planted_power,
    random_halves,
    units_of_texts,
)

import analysis.units as counting
from analysis.power import POWER
from analysis.tables import ARTICLES, SENTENCES, VOICES
from analysis.terms import count_terms

pytestmark = pytest.mark.slow

#: What an error of nominally .05 may be: about two standard errors above it, over 300 pairs.
AT_MOST = 0.077


def texts(seed, n, n_words=2000):
    rng = np.random.default_rng(seed)
    return [make_text(rng, n_words) for _ in range(n)]


def written(word):
    """A word number as letters, so that no word is a stop word."""
    return "q" + "".join(chr(97 + word // 26**place % 26) for place in range(3))


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_synthetic_units_are_those_of_the_comparison(unit):
    pair = texts(1, 2, 300)
    lines = [[" ".join(map(written, sentence)) for sentence in text] for text in pair]
    articles = ARTICLES.frame(
        [(name, name, *[None] * 7, "\n".join(own)) for name, own in zip("ab", lines, strict=True)]
    )
    rows = []
    for name, own in zip("ab", lines, strict=True):
        start = 0
        for number, line in enumerate(own, 1):
            rows.append((name, number, 1 + (number - 1) // PARAGRAPH, start, start + len(line), "sentence", *[0] * 7))
            start += len(line) + 1
    sentences = SENTENCES.frame(rows)
    counted = counting.count_uses(articles, sentences, count_terms(articles, sentences, VOICES.frame(), max_order=1))
    tested = np.flatnonzero(counting.tested_terms(counted, MIN_COUNT, stop_words=False))
    units = counting.units_of(counted, unit, tested)
    synthetic, numbers = units_of_texts(pair if counted.groups == ["a", "b"] else pair[::-1], unit)
    order = [[counted.terms[column] for column in tested].index(written(number)) for number in numbers]
    np.testing.assert_array_equal(units.labels, synthetic.labels)
    np.testing.assert_array_equal(units.words, synthetic.words)
    np.testing.assert_array_equal(units.counts[:, order], synthetic.counts)


def test_words_come_in_clusters():
    sentences = [sentence for text in texts(2, 3) for sentence in text]
    repeated = np.mean([1 - np.unique(sentence).size / sentence.size for sentence in sentences])
    shuffled = np.random.default_rng(1).permutation(np.concatenate(sentences))
    apart = np.split(shuffled, np.cumsum([sentence.size for sentence in sentences])[:-1])
    assert repeated > 1.5 * np.mean([1 - np.unique(sentence).size / sentence.size for sentence in apart])


def test_a_paragraph_keeps_to_its_subject():
    text = make_text(np.random.default_rng(11), 2000, topic=0.9, topic_words=3)
    paragraphs = [np.concatenate(text[top : top + PARAGRAPH]) for top in range(0, len(text), PARAGRAPH)]
    common = [np.sort(np.unique(words, return_counts=True)[1])[-3:].sum() / words.size for words in paragraphs]
    assert np.mean(common) > 0.8


def test_two_texts_by_the_same_rules_pass_the_gate_as_rarely_as_it_says():
    pairs, rng, n_words = 300, np.random.default_rng(3), (600, 600)
    error = family_wise_error(rng, independent_pairs(rng, pairs, n_words=n_words), permutations=199)
    assert error <= AT_MOST, f"family-wise error {error:.3f} over {pairs} independent pairs, nominally .05"
    assert error > 0.01, f"family-wise error {error:.3f}: the gate is stricter than it says"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "topics"),
    [
        pytest.param("sentence", {}, id="words independent, by sentences"),
        pytest.param("paragraph", {}, id="words independent, by paragraphs"),
        pytest.param("paragraph", MILD, id="paragraphs of mild subjects, by paragraphs"),
        pytest.param("paragraph", STRONG, id="paragraphs of strong subjects, by paragraphs"),
    ],
)
def test_the_error_of_independent_pairs_is_nominal_where_the_units_are_exchangeable(unit, topics):
    pairs, rng = 1000, np.random.default_rng(12)
    error = family_wise_error(rng, independent_pairs(rng, pairs, unit, **topics), permutations=199)
    assert error <= AT_MOST, f"family-wise error {error:.3f} over {pairs} independent pairs, nominally .05"


@pytest.mark.slow
def test_strong_subjects_are_why_paragraphs_may_be_drawn():
    pairs, rng = 300, np.random.default_rng(13)
    error = family_wise_error(rng, independent_pairs(rng, pairs, "sentence", **STRONG), permutations=199)
    assert error > AT_MOST, f"by sentences the error is {error:.3f}: what is said of their limits is out of date"


def test_random_halves_which_are_exchangeable_hold_the_level():
    halves, rng = 300, np.random.default_rng(3)
    divided = random_halves(rng, [units_of_texts([text])[0] for text in texts(4, 5, 900)], halves)
    error = family_wise_error(rng, divided, permutations=199)
    assert error <= AT_MOST, f"family-wise error {error:.3f} over {halves} random halves, nominally .05"
    assert error > 0.01, f"family-wise error {error:.3f}: the gate is stricter than it says"


@pytest.mark.slow
def test_over_many_halves_the_error_is_close_to_nominal():
    halves, rng = 1000, np.random.default_rng(5)
    divided = random_halves(rng, [units_of_texts([text])[0] for text in texts(6, 20, 900)], halves)
    error = family_wise_error(rng, divided, permutations=199)
    # Three standard errors of a share of .05 among 1,000.
    tolerance = 3 * np.sqrt(0.05 * 0.95 / halves)
    assert abs(error - 0.05) <= tolerance, f"family-wise error {error:.3f} over {halves} random halves, nominally .05"


@pytest.mark.slow
def test_a_planted_term_of_the_detectable_rate_passes_as_often_as_computed():
    pairs = 200
    found, computed, towards = planted_power(np.random.default_rng(7), pairs, 1000, permutations=499)
    assert computed == pytest.approx(POWER, abs=1e-6)
    # Three standard errors of a share of .8 among 200 pairs, each planted once.
    tolerance = 3 * np.sqrt(POWER * (1 - POWER) / pairs)
    assert abs(found - computed) <= tolerance, f"passed {found:.3f}, computed {computed:.3f}, tolerance {tolerance:.3f}"
    assert towards == 1, f"only {towards:.3f} of the passes are in the direction planted"


def test_a_planted_term_replaces_words_and_adds_none():
    (text,) = texts(8, 1)
    changed = plant(np.random.default_rng(9), text, 100)
    assert [sentence.size for sentence in changed] == [sentence.size for sentence in text]
    share = np.mean(np.concatenate(changed) == PLANTED)
    assert share == pytest.approx(0.1, abs=0.03)
    assert not (np.concatenate(plant(np.random.default_rng(9), text, 0)) == PLANTED).any()


@pytest.mark.slow
@pytest.mark.parametrize("group", [pytest.param(0, id="first seed"), pytest.param(1, id="second seed")])
def test_halves_of_a_seed_seldom_pass_the_gate(seeds, group):
    name = seeds["articles"]["group"].iloc[group]
    article = seeds["articles"][seeds["articles"]["group"] == name]
    counted = counting.count_uses(article, seeds["sentences"], seeds["sentence_terms"])
    units = counting.units_of(
        counted, "sentence", np.flatnonzero(counting.tested_terms(counted, MIN_COUNT, stop_words=False))
    )
    rng = np.random.default_rng(10)
    error = family_wise_error(rng, random_halves(rng, [units], 150), permutations=499)
    assert error <= 0.12, f"family-wise error {error:.3f} over 150 random halves of {name}"
