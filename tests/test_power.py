"""What the gate could have found: fewest uses, power, and the smallest detectable rate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analysis.evidence import max_t
from analysis.power import POWER, detectable_rate, power, uses_needed

FEW, MANY = (2, 2), (1000, 1000)


@pytest.mark.parametrize(
    ("words", "units", "critical", "expected"),
    [
        pytest.param((800, 800), MANY, 8.3, 6, id="six uses give 8.340"),
        pytest.param((800, 800), MANY, 8.4, 7, id="six uses no longer do"),
        pytest.param(
            (800, 800), MANY, 6.9, 6, id="five uses give 6.947, but one in sixteen deals puts all on one side"
        ),
        pytest.param((3, 800), MANY, 1000, np.nan, id="too short to pass at all"),
        pytest.param((0, 800), MANY, 5, np.nan, id="no words"),
        pytest.param((800, 0), MANY, 5, np.nan, id="no words elsewhere"),
        pytest.param((800, 800), FEW, 0, np.nan, id="one in three deals parts two units from two others"),
        pytest.param((800, 800), (1, 8), 0, np.nan, id="one in nine gives a unit to its side"),
        pytest.param((800, 800), (3, 3), 0, np.nan, id="one in ten parts three units from three others"),
        pytest.param((800, 800), (4, 4), 0, 4, id="one in thirty-five parts four units from four others"),
        pytest.param((800, 800, 800), (2, 2, 2), 0, np.nan, id="one in five gives two units to one of three sides"),
    ],
)
def test_uses_needed(words, units, critical, expected):
    assert uses_needed(0, words, units, [critical] * 4999) == pytest.approx(expected, nan_ok=True)


def test_the_deals_of_a_term_that_fills_all_units_come_on_top_of_those_of_tested_terms():
    largest = [0] * (4999 - 200) + [1e6] * 200  # .04, and one in thirty-five
    assert uses_needed(0, (800, 800), (4, 4), [0] * 4999) == 4
    assert np.isnan(uses_needed(0, (800, 800), (4, 4), largest))
    assert uses_needed(0, (800, 800), (9, 9), largest[:-200] + [8.3] * 200) == 5  # .04, or 715 of 24310


def test_without_tested_terms_nothing_is_needed():
    assert np.isnan(uses_needed(0, (800, 800), MANY, []))


@pytest.mark.parametrize(
    ("sizes", "n"),
    [
        pytest.param((2, 2), 4, id="no number passes"),
        pytest.param((4, 4), 4, id="as many as units"),
        pytest.param((3, 9), 6, id="short against long"),
        pytest.param((9, 3), 6, id="long against short"),
        pytest.param((4, 4, 4), 4, id="three sides"),
    ],
)
def test_what_is_said_to_pass_passes(sizes, n):
    labels = np.repeat(np.arange(len(sizes)), sizes)
    words = np.full(labels.size, 20)
    counts = np.arange(labels.size)[:, None] % 3 == np.arange(3)  # terms that tell nothing apart
    rng = np.random.default_rng(3)
    before = max_t(counts, words, labels, len(sizes), permutations=4999, rng=rng)
    totals = np.bincount(labels, words)
    needed = uses_needed(0, totals, sizes, before.largest)
    assert np.isnan(needed) == (sizes == (2, 2))
    planted = np.zeros(labels.size, dtype=int)
    uses = int(n if np.isnan(needed) else needed)
    planted[: sizes[0]] = [uses // sizes[0] + (at < uses % sizes[0]) for at in range(sizes[0])]
    after = max_t(np.column_stack([counts, planted]), words, labels, len(sizes), permutations=4999, rng=rng)
    assert (after.p_adjusted[0, -1] <= 0.05) == (sizes != (2, 2))


@pytest.mark.parametrize(
    ("rate", "words", "needed", "expected"),
    [
        pytest.param(500, 2, 1, 0.75, id="one or two heads in two throws"),
        pytest.param(500, 2, 2, 0.25, id="two heads in two throws"),
        pytest.param(500, 3, 2, 0.5, id="two or three heads in three throws"),
        pytest.param(0, 100, 1, 0, id="a term that is never used"),
        pytest.param(0, 100, 0, 1, id="where nothing is needed"),
        pytest.param(1000, 5, 5, 1, id="every word is the term"),
        pytest.param(1000, 5, 6, 0, id="more than there are words"),
        pytest.param(8, 0, 1, 0, id="no words"),
        pytest.param(8, 1000, np.nan, np.nan, id="nothing would pass"),
    ],
)
def test_power(rate, words, needed, expected):
    assert power(rate, words, needed) == pytest.approx(expected, nan_ok=True)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.floats(0.001, 999), st.integers(1, 50_000), st.integers(1, 200))
def test_power_is_the_upper_tail_of_the_binomial(rate, words, needed):
    assert power(rate, words, needed) == pytest.approx(float(binom.sf(needed - 1, words, rate / 1000)), abs=1e-7)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.integers(1, 20_000), st.integers(1, 60))
def test_the_detectable_rate_is_the_smallest_with_the_power_wanted(words, needed):
    rate = detectable_rate(words, needed)
    if needed > words:
        assert np.isnan(rate)
        return
    assert power(rate, words, needed) == pytest.approx(POWER, abs=1e-6)
    assert power(0.99 * rate, words, needed) < POWER
    assert detectable_rate(words, needed, 0.5) < rate < detectable_rate(words, needed, 0.9)


@pytest.mark.parametrize(
    ("words", "needed"),
    [pytest.param(1000, np.nan, id="nothing would pass"), pytest.param(5, 6, id="shorter than the uses needed")],
)
def test_no_detectable_rate(words, needed):
    assert np.isnan(detectable_rate(words, needed))


def test_a_rate_of_exactly_the_uses_needed_passes_about_half_the_time():
    assert 0.4 < power(8, 1000, 8) < 0.6
    assert detectable_rate(1000, 8) > 8
