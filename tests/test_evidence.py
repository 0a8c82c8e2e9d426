"""Intervals, tests and formulas, against values worked out elsewhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from analysis.association import (
    dp_norm,
    exact_log_ratio_bound,
    log_likelihood,
    log_odds_z,
    log_ratio,
)
from analysis.draws import permuted_labels, permuted_sums, resampled_weights, sums_by_side, uses_drawn
from analysis.evidence import (
    LEVEL,
    benjamini_hochberg,
    content_order,
    max_t,
    middle_of_draws,
    newcombe_interval,
    unit_of_evidence,
    wilson_interval,
)

# uses, uses elsewhere, words, words elsewhere, G2 of four cells, G2 of two cells (Rayson's), log ratio
REFERENCE = [
    pytest.param(52, 57, 50000, 75000, 2.654064, 2.651710, 0.448461, id="rare in long texts"),
    pytest.param(20, 5, 800, 800, 9.780097, 9.637238, 1.898120, id="four times as often in equal lengths"),
    pytest.param(10, 2, 1000, 600, 2.526704, 2.509921, 1.424498, id="unequal lengths"),
    pytest.param(5, 0, 800, 800, 6.947146, 6.931472, 3.459432, id="not used elsewhere"),
    pytest.param(0, 7, 1100, 700, -13.265439, -13.222463, -4.247928, id="used elsewhere only"),
    pytest.param(6, 3, 1000, 500, 0, 0, 0, id="equal rates"),
    pytest.param(100, 50, 10000, 20000, 69.691919, 69.314718, 1.985692, id="frequent"),
]
SIDES = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2000), st.integers(0, 2000)).map(
    lambda row: (row[0], row[1], row[0] + row[2] + 1, row[1] + row[3] + 1)
)


def two_cell(a, b, n_a, n_b):
    """Rayson's form, named in reports of others and not used here."""
    pooled = (a + b) / (n_a + n_b)
    return 2 * sum(n * math.log(n / (words * pooled)) for n, words in ((a, n_a), (b, n_b)) if n)


@pytest.mark.parametrize(("a", "b", "n_a", "n_b", "four", "two", "ratio"), REFERENCE)
def test_reference_values(a, b, n_a, n_b, four, two, ratio):
    assert log_likelihood(a, b, n_a, n_b) == pytest.approx(four, abs=1e-6)
    assert log_ratio(a, b, n_a, n_b) == pytest.approx(ratio, abs=1e-6)
    assert two_cell(a, b, n_a, n_b) == pytest.approx(abs(two), abs=1e-6)
    cells = [[a, b], [n_a - a, n_b - b]]
    assert chi2_contingency(cells, lambda_="log-likelihood", correction=False).statistic == pytest.approx(
        abs(four), abs=1e-6
    )


def test_equal_rates_give_exactly_zero():
    assert log_likelihood(6, 3, 1000, 500) == 0
    assert log_ratio(6, 3, 1000, 500) == 0


@settings(derandomize=True, max_examples=60, deadline=None)
@given(SIDES)
def test_exchanging_the_sides_changes_the_sign_only(sides):
    a, b, n_a, n_b = sides
    assert log_likelihood(a, b, n_a, n_b) == -log_likelihood(b, a, n_b, n_a)
    assert log_ratio(a, b, n_a, n_b) == -log_ratio(b, a, n_b, n_a)
    there, back = log_odds_z([a, n_a - a], [b, n_b - b], n_a, n_b), log_odds_z([b, n_b - b], [a, n_a - a], n_b, n_a)
    np.testing.assert_array_equal(there, -back)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(SIDES)
def test_one_more_use_never_moves_a_term_towards_the_other_side(sides):
    a, b, n_a, n_b = sides
    assert (a + 1) / (n_a + 1) - b / n_b >= a / n_a - b / n_b
    assert log_ratio(a + 1, b, n_a + 1, n_b) >= log_ratio(a, b, n_a, n_b)


def test_log_odds_z_uses_the_full_variance():
    z = log_odds_z([10, 2, 88], [2, 10, 188], 100, 200)
    assert z == pytest.approx([3.029660, -1.168600, -1.707750], abs=1e-6)


@pytest.mark.parametrize(
    ("measure", "sides"),
    [
        pytest.param(log_ratio, (0, 3, 0, 100), id="no words on one side have no log ratio"),
        pytest.param(log_odds_z, (0, 3, 0, 100), id="no words on one side have no z"),
        pytest.param(log_odds_z, (5, 0, 5, 0), id="one word alone has no z"),
    ],
)
def test_undefined_is_missing(measure, sides):
    assert np.isnan(measure(*sides))


@pytest.mark.parametrize(
    ("sizes", "hits", "expected"),
    [
        pytest.param([9, 10, 10, 10, 11], [1, 2, 3, 4, 5], 0.219512, id="Gries's example, DP 0.18"),
        pytest.param([10] * 5, [5, 0, 0, 0, 0], 1.0, id="all in one of equal parts"),
        pytest.param([10, 20, 30], [1, 2, 3], 0.0, id="as the parts are long"),
        pytest.param([10, 20], [0, 0], np.nan, id="not used"),
        pytest.param([10], [4], np.nan, id="one part cannot be spread over"),
    ],
)
def test_dispersion(sizes, hits, expected):
    parts = np.flatnonzero(hits)
    spread = dp_norm(sizes, parts, np.zeros(parts.size, dtype=int), np.asarray(hits)[parts], 1)
    assert spread == pytest.approx([expected], abs=1e-6, nan_ok=True)


def test_dispersion_keeps_terms_apart():
    assert dp_norm([10, 10], [0, 0, 1], [0, 1, 1], [3, 2, 2], 3) == pytest.approx([1, 0, np.nan], nan_ok=True)


def test_benjamini_hochberg():
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.10, 0.105714, 0.216, 0.216, 0.216]
    assert benjamini_hochberg(p) == pytest.approx(expected, abs=1e-6)
    assert benjamini_hochberg([]).size == 0


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_is_scipys(p):
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))


@pytest.mark.parametrize(
    ("n", "total", "lower", "upper"),
    [
        pytest.param(0, 5, 0, 0.4345, id="none of five"),
        pytest.param(3, 9, 0.1206, 0.6458, id="three of nine"),
        pytest.param(9, 9, 0.7009, 1, id="all of nine"),
        pytest.param(0, 0, np.nan, np.nan, id="none of none is unknown"),
    ],
)
def test_wilson(n, total, lower, upper):
    assert wilson_interval(n, total) == pytest.approx((lower, upper), abs=5e-5, nan_ok=True)


@pytest.mark.parametrize(
    ("sides", "lower", "upper"),
    [
        pytest.param((8, 11, 0, 7), 0.2675, 0.9025, id="eight of eleven against none of seven"),
        pytest.param((0, 7, 8, 11), -0.9025, -0.2675, id="exchanged"),
        pytest.param((56, 70, 48, 80), 0.0524, 0.3339, id="Newcombe's example a"),
        pytest.param((1, 2, 0, 0), np.nan, np.nan, id="against none of none is unknown"),
    ],
)
def test_newcombe(sides, lower, upper):
    assert newcombe_interval(*sides) == pytest.approx((lower, upper), abs=5e-5, nan_ok=True)


def test_exact_bound_is_where_five_percent_remain():
    # Of 4 sentences, all on a side with a quarter of the words: at the bound, chance would do that once in twenty.
    bound = float(exact_log_ratio_bound(4, 500, 1500))
    share = 2**bound * 500 / (2**bound * 500 + 1500)
    assert share**4 == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("groups", "unit"),
    [
        pytest.param("ab", "sentence", id="one article each"),
        pytest.param("abc", "sentence", id="one article each in three groups"),
        pytest.param("aab", None, id="two articles against one"),
        pytest.param("aaaabbbb", None, id="four articles each"),
        pytest.param("aaaaabbbbb", "article", id="five articles each"),
        pytest.param("aaaaaaaab", None, id="many articles against one"),
    ],
)
def test_unit_of_evidence(groups, unit):
    assert unit_of_evidence(list(groups)) == unit


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.sampled_from("abc")), min_size=1, max_size=8, unique=True), st.data())
def test_order_depends_on_texts_alone(articles, data):
    texts, groups = [text for text, _ in articles], [group for _, group in articles]
    names, positions = content_order(texts, groups)
    shuffled = data.draw(st.permutations(range(len(articles))))
    again_names, again = content_order([texts[i] for i in shuffled], [groups[i] for i in shuffled])
    assert again_names == names
    assert [shuffled[i] for i in again] == positions
    if len({tuple(sorted(text for text, group in articles if group == name)) for name in names}) == len(names):
        renamed, _ = content_order(texts, [{"a": "z", "b": "y", "c": "x"}[group] for group in groups])
        assert renamed == [{"a": "z", "b": "y", "c": "x"}[name] for name in names]


def test_order_of_texts_with_a_lone_surrogate():
    assert sorted(content_order(["\ud800", "b"], ["x", "y"])[0]) == ["x", "y"]


def test_permuted_labels_keep_the_number_of_units_of_each_side():
    dealt = permuted_labels([0, 0, 0, 1, 2], 200, np.random.default_rng(1))
    assert dealt.shape == (200, 5)
    np.testing.assert_array_equal(np.sort(dealt, axis=1), [[0, 0, 0, 1, 2]] * 200)
    assert len({tuple(row) for row in dealt.tolist()}) == 20  # every one of 5! / 3! deals


@pytest.mark.parametrize("draw", [permuted_labels, resampled_weights])
def test_a_seed_draws_what_its_generator_draws(draw):
    labels = [0, 0, 0, 1, 1]
    for seed in ([3, 1], [3, 2], [3, 1]):
        drawn = draw(labels, 50, seed)
        np.testing.assert_array_equal(drawn, draw(labels, 50, np.random.default_rng(seed)))
    assert draw(labels, 50, [3, 1]) is drawn
    assert not np.array_equal(draw([0, 0, 1, 1, 1], 50, [3, 1]), drawn)
    assert not np.array_equal(draw(labels, 50, [3, 2]), drawn)
    with pytest.raises(ValueError, match="read-only"):
        drawn[0] = 0


def test_large_draws_are_not_kept_for_long(monkeypatch):
    monkeypatch.setattr("analysis.draws._SMALL", 99)
    first = permuted_labels([0, 0, 1], 50, [9, 1])
    assert permuted_labels([0, 0, 1], 50, [9, 1]) is first
    for seed in (2, 3):
        permuted_labels([0, 0, 1], 50, [9, seed])
    assert permuted_labels([0, 0, 1], 50, [9, 1]) is not first


@pytest.mark.parametrize(
    ("few", "units_a_use"),
    [
        pytest.param(9, 6, id="one by one"),
        pytest.param(0, 1, id="one by one, since there are many units"),
        pytest.param(0, 6, id="by a product"),
    ],
)
def test_uses_drawn(monkeypatch, few, units_a_use):
    monkeypatch.setattr("analysis.draws._FEW", few)
    monkeypatch.setattr("analysis.draws._UNITS_A_USE", units_a_use)
    counts, own = np.array([[3, 0, 1], [0, 3, 0], [0, 0, 2]]), np.array([[1, 0], [1, 1], [0, 1]], dtype=bool)
    found = {
        term: n
        for total, _, parts in uses_drawn(counts)(own)
        for terms, uses in parts
        for term, n in zip(terms.tolist(), uses.tolist(), strict=True)
        if total == 3
    }
    assert found == {0: [3, 0], 1: [3, 3], 2: [1, 2]}


def test_resampled_units_stay_on_their_side():
    weights = resampled_weights([0, 1, 0, 1, 1], 200, np.random.default_rng(1))
    np.testing.assert_array_equal(weights[:, [0, 2]].sum(1), 2)
    np.testing.assert_array_equal(weights[:, [1, 3, 4]].sum(1), 3)
    assert weights.max() == 3


def test_sums_by_side():
    counts = [[1, 10], [2, 20], [4, 40]]
    assert sums_by_side([[1, 1, 1], [0, 2, 0]], [0, 1, 0], counts, 3).tolist() == [
        [[5, 50], [0, 0]], [[2, 20], [4, 40]], [[0, 0], [0, 0]],
    ]  # fmt: skip
    assert permuted_sums([[0, 1, 0], [1, 1, 0]], counts, 2).tolist() == [[[5, 50], [4, 40]], [[2, 20], [3, 30]]]
    assert permuted_sums([[0, 2, 1]], counts, 3).tolist() == [[[1, 10]], [[4, 40]], [[2, 20]]]


def test_large_inputs_are_summed_in_steps(monkeypatch):
    counts = np.arange(12).reshape(6, 2)
    dealt = permuted_labels([0, 0, 0, 1, 1, 1], 50, np.random.default_rng(1))
    whole = permuted_sums(dealt, counts, 2)
    at_once = gate(counts, [9] * 6, [0, 0, 0, 1, 1, 1], 50)
    monkeypatch.setattr("analysis.draws.CELLS", 8)
    monkeypatch.setattr("analysis.evidence._DEALT", 20)
    monkeypatch.setattr("analysis.draws._FEW", 30)
    np.testing.assert_array_equal(permuted_sums(dealt, counts, 2), whole)
    assert counts.sum(0).tolist() == [30, 36]  # more uses than are summed one by one
    in_steps = gate(counts, [9] * 6, [0, 0, 0, 1, 1, 1], 50)
    for step, once in zip(in_steps, at_once, strict=True):
        np.testing.assert_array_equal(step, once)


def gate(counts, words, labels, permutations=4999, n_sides=None, seed=1):
    rng = np.random.default_rng(seed)
    sides = n_sides or max(labels) + 1
    return max_t(np.asarray(counts), words, labels, sides, permutations=permutations, rng=rng)


def test_gate_against_all_deals_by_hand():
    # One term in three of six equally long sentences, all on one side: of 20 deals, 2 are as extreme.
    found = gate([[1], [1], [1], [0], [0], [0]], [10] * 6, [0, 0, 0, 1, 1, 1])
    assert found.p == pytest.approx(np.full((2, 1), 0.1), abs=0.015)
    np.testing.assert_array_equal(found.p_adjusted, found.p)


def test_gate_weighs_a_term_against_the_largest_of_the_family():
    strong = [1] * 8 + [0] * 8
    weak = [1, 1, 1, 0] * 2 + [0, 0, 1, 0] * 2
    found = gate(np.column_stack([strong, weak]), [10] * 16, [0] * 8 + [1] * 8)
    alone = gate(np.column_stack([weak]), [10] * 16, [0] * 8 + [1] * 8)
    assert found.p[0, 0] < 0.01
    assert found.p_adjusted[0, 0] < 0.01
    assert found.p[0, 1] == pytest.approx(alone.p[0, 0])
    assert found.p_adjusted[0, 1] > found.p[0, 1]


def test_what_was_tested_lately_is_kept_and_anything_else_is_tested_anew():
    one = {"counts": [[1, 2], [0, 1], [1, 0], [0, 0]], "words": [9, 8, 9, 7], "labels": [0, 0, 1, 1], "n_sides": 2}
    one |= {"permutations": 99, "rng": (7, 0)}
    found = max_t(**one)
    assert max_t(**one) is found
    with pytest.raises(ValueError, match="read-only"):
        found.p[0, 0] = 0
    others = [
        {"counts": [[1, 2], [0, 1], [1, 0], [1, 0]]}, {"words": [9, 8, 9, 9]}, {"labels": [0, 1, 0, 1]},
        {"permutations": 98}, {"rng": (8, 0)}, {"counts": [[1], [0], [1], [0]]}, {"n_sides": 3},
    ]  # fmt: skip
    for other in others:
        made = one | other
        again, anew = max_t(**made), max_t(**{**made, "rng": np.random.default_rng(made["rng"])})
        assert again is not found
        for kept, fresh in zip(again, anew, strict=True):
            np.testing.assert_array_equal(kept, fresh)


def test_every_g2_above_the_critical_one_passes_and_no_other():
    counts, labels, words = np.random.default_rng(3).poisson(0.4, (40, 60)), [0] * 20 + [1] * 20, np.full(40, 30)
    counts[:, 0] = [2] * 20 + [0] * 20
    found = gate(counts, words, labels, 999)
    observed = np.abs(log_likelihood(counts[:20].sum(0), counts[20:].sum(0), 600, 600))
    np.testing.assert_array_equal(found.p_adjusted[0] <= 0.05, observed > found.critical)
    assert (found.p_adjusted[0] <= 0.05).tolist() == [True] + [False] * 59


def test_the_critical_value_of_few_permutations():
    # Of 19, none may be as large: 1 / 20 is just .05.
    for seed in range(30):
        counts = np.random.default_rng(seed).poisson(0.8, (8, 3))
        found = gate(counts, [9] * 8, [0] * 4 + [1] * 4, 19, seed=seed)
        observed = np.abs(log_likelihood(counts[:4].sum(0), counts[4:].sum(0), 36, 36))
        np.testing.assert_array_equal(found.p_adjusted[0] <= 0.05, observed > found.critical + 1e-9)
    assert np.isnan(gate(counts, [9] * 8, [0] * 4 + [1] * 4, 18).critical)


def test_gate_holds_its_size():
    rng = np.random.default_rng(5)
    passes = sum(
        gate(rng.poisson(0.2, (40, 30)), np.full(40, 25), [0] * 20 + [1] * 20, 199, seed=run).p_adjusted.min() <= 0.05
        for run in range(100)
    )
    assert 0 <= passes <= 12  # nominally 5 of 100


def test_three_sides_are_each_against_the_rest():
    counts = [[1]] * 6 + [[0]] * 12
    found = gate(counts, [10] * 18, [0] * 6 + [1] * 6 + [2] * 6)
    assert found.p[0, 0] < 0.01
    assert found.p[1, 0] == pytest.approx(found.p[2, 0], abs=0.03)
    assert found.p[1, 0] > 0.05


@pytest.mark.parametrize(
    ("counts", "labels"),
    [
        pytest.param(np.zeros((4, 0)), [0, 0, 1, 1], id="no tested term"),
        pytest.param(np.zeros((0, 0)), [], id="no unit"),
        pytest.param(np.ones((2, 1)), [0, 0], id="a side without units"),
    ],
)
def test_gate_without_anything_to_test(counts, labels):
    found = gate(counts, np.full(len(labels), 10), labels, 99, n_sides=2)
    assert found.p.shape == (2, counts.shape[1])
    assert (found.p == 1).all()
    assert np.isnan(found.critical) == (counts.shape[1] == 0)


@pytest.mark.parametrize("draws", [1, 2, 41, 1999, 2000])
def test_the_middle_of_draws_is_that_of_numpy(draws):
    values = np.log2(np.random.default_rng(1).poisson(3, (draws, 40)) + 1.0)
    values[0, 3] = np.nan
    by_numpy = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    np.testing.assert_array_equal(middle_of_draws(values), by_numpy)
