"""Where in its article something stands: the share of the searched words before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from analysis.text import split_words


class Positions:
    """The words of one article that were searched, in order.

    Parameters
    ----------
    text : str
        The article's text.
    sentences : iterable of rows
        Its rows of SENTENCES, in order; one whose words are kept out of the text counts as many as it had.
    """

    def __init__(self, text: str, sentences: Iterable[Any]) -> None:
        self._starts: list[int] = []
        for row in sentences:
            words = split_words(text, row.start, row.end)
            self._starts += [word.start for word in words] if words else [row.start] * row.n_words

    def of(self, start: int) -> float:
        """Return the share of the searched words that stand before a place, from 0 to 1; NaN without words.

        Examples
        --------
        >>> from types import SimpleNamespace as Row
        >>> rows = [Row(start=0, end=11, n_words=2), Row(start=12, end=24, n_words=2)]
        >>> Positions("Taxes rise. Rivers fall.", rows).of(12), Positions("█████ ████. Rivers fall.", rows).of(12)
        (0.5, 0.5)
        """
        return bisect_left(self._starts, start) / len(self._starts) if self._starts else float("nan")
