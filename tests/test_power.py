"""What the gate could have found: fewest uses, power, and the smallest detectable rate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analysis.power import POWER, detectable_rate, power, uses_needed


@pytest.mark.parametrize(
    ("words", "elsewhere", "critical", "expected"),
    [
        pytest.param(800, 800, 6.9, 5, id="five uses give 6.947"),
        pytest.param(800, 800, 7.0, 6, id="five uses no longer do"),
        pytest.param(3, 800, 1000, np.nan, id="too short to pass at all"),
        pytest.param(0, 800, 5, np.nan, id="no words"),
        pytest.param(800, 800, np.nan, np.nan, id="no critical value"),
    ],
)
def test_uses_needed(words, elsewhere, critical, expected):
    assert uses_needed(words, elsewhere, critical) == pytest.approx(expected, nan_ok=True)


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
