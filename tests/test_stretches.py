"""Which stretches touch another."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stretches import Stretches

PLACES = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1]))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(PLACES, max_size=12), PLACES)
def test_those_that_touch_are_those_that_a_look_at_all_finds(rows, asked):
    start, end = asked
    expected = [row for row in sorted(rows, key=lambda row: row[0]) if row[0] < end and row[1] > start]
    assert Stretches(rows, lambda row: row).touching(start, end) == expected


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(4, 6, [(0, 20), (5, 8)], id="a long one that began before"),
        pytest.param(8, 9, [(0, 20)], id="not what ends where it starts"),
        pytest.param(3, 5, [(0, 20)], id="not what starts where it ends"),
        pytest.param(20, 25, [], id="past all"),
    ],
)
def test_edges(start, end, found):
    assert Stretches([(5, 8), (0, 20)], lambda row: row).touching(start, end) == found


def test_rows_come_by_their_start():
    starts = [row[0] for row in Stretches([(5, 8), (0, 20), (3, 4)], lambda row: row)]
    assert all(one <= other for one, other in pairwise(starts))
