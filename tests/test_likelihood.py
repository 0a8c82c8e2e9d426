"""G2 looked up is G2 computed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.association import log_likelihood
from analysis.likelihood import g2_by_uses, g2_of_parts


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2000), st.integers(0, 2000))
def test_looked_up_is_computed(a, b, others, others_elsewhere):
    here, elsewhere = a + others + 1, b + others_elsewhere + 1
    measure = g2_of_parts(here + elsewhere)
    found = measure(np.array([[a]]), np.array([a + b]), np.array([[here]]))
    assert found[0, 0] == pytest.approx(abs(log_likelihood(a, b, here, elsewhere)), abs=1e-10)


@pytest.mark.parametrize(
    "words", [pytest.param(500_000, id="looked up"), pytest.param(500_001, id="computed in longer texts")]
)
def test_texts_of_any_length(words):
    n, total, own = np.array([[300, 0]]), np.array([400, 9]), np.array([[200_000]])
    expected = np.abs(log_likelihood(n, total - n, own, words - own))
    np.testing.assert_allclose(g2_of_parts(words)(n, total, own), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "words", [pytest.param(30, id="looked up"), pytest.param(500_001, id="computed in longer texts")]
)
@pytest.mark.parametrize("n_terms", [pytest.param(1, id="each draw by itself"), pytest.param(99, id="each pair once")])
@pytest.mark.parametrize(("total", "own"), [
    pytest.param(3, [9, 5, 9, 6], id="a few uses"),
    pytest.param(3, [1, 29, 0, 30], id="fewer words than uses, and all of them"),
    pytest.param(0, [9, 5], id="no use"),
])  # fmt: skip
def test_by_uses_is_each_draw_measured(words, n_terms, total, own):
    measure, own = g2_of_parts(words), np.array(own)
    by_uses = g2_by_uses(measure, total, own, n_terms)
    for n in (np.maximum(0, total - (30 - own)), np.minimum(total, own)):  # the fewest and the most that can be drawn
        np.testing.assert_array_equal(by_uses(n), measure(n, total, own))


def test_no_words_have_no_g2():
    measure = g2_of_parts(0)
    assert measure(np.zeros((1, 2)), np.zeros(2), np.zeros((1, 1))).tolist() == [[0, 0]]
