"""G2 looked up is G2 computed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.association import log_likelihood
from analysis.likelihood import g2_of_parts


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2000), st.integers(0, 2000))
def test_looked_up_is_computed(a, b, others, others_elsewhere):
    here, elsewhere = a + others + 1, b + others_elsewhere + 1
    measure, _ = g2_of_parts(here + elsewhere)
    found = measure(np.array([[a]]), np.array([a + b]), np.array([[here]]))
    assert found[0, 0] == pytest.approx(abs(log_likelihood(a, b, here, elsewhere)), abs=1e-10)


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        pytest.param(500_000, np.float32, id="looked up"),
        pytest.param(500_001, np.float64, id="computed in longer texts"),
    ],
)
def test_texts_of_any_length(words, exact):
    measure, kind = g2_of_parts(words)
    assert kind is exact
    n, total, own = np.array([[300, 0]]), np.array([400, 9]), np.array([[200_000]])
    expected = np.abs(log_likelihood(n, total - n, own, words - own))
    np.testing.assert_allclose(measure(n, total, own), expected, rtol=0, atol=1e-9)


def test_no_words_have_no_g2():
    measure, _ = g2_of_parts(0)
    assert measure(np.zeros((1, 2)), np.zeros(2), np.zeros((1, 1))).tolist() == [[0, 0]]
