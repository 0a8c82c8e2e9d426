"""Which stretches of one text touch another: found without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from operator import attrgetter
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


class Stretches(Generic[Row]):
    """Stretches of one text, which may overlap.

    Parameters
    ----------
    rows : iterable
    place : callable
        Where a row starts and ends; by default its `start` and `end`.

    Examples
    --------
    >>> stretches = Stretches([(0, 9), (2, 4), (9, 12)], lambda row: row)
    >>> stretches.touching(4, 9), stretches.touching(3, 10), stretches.extent
    ([(0, 9)], [(0, 9), (2, 4), (9, 12)], (0, 12))
    """

    def __init__(
        self, rows: Iterable[Row], place: Callable[[Row], tuple[int, int]] = attrgetter("start", "end")
    ) -> None:
        placed: list[tuple[int, int, Row]] = [(*place(row), row) for row in rows]
        self._rows = sorted(placed, key=_start)
        self._starts = [start for start, _, _ in self._rows]
        # How far the text is reached by any stretch up to each.
        self._reached = list(accumulate((end for _, end, _ in self._rows), max))

    def __iter__(self) -> Any:
        return (row for _, _, row in self._rows)

    @property
    def extent(self) -> tuple[int, int] | None:
        """Where the first begins, and where the text is reached by the last; None without stretches."""
        return (self._starts[0], self._reached[-1]) if self._rows else None

    def touching(self, start: int, end: int) -> list[Row]:
        """Those that have a character between `start` and `end`, by their start."""
        first, last = bisect_right(self._reached, start), bisect_left(self._starts, end)
        return [row for _, reach, row in self._rows[first:last] if reach > start]


def _start(placed: tuple[int, int, Any]) -> int:
    return placed[0]
