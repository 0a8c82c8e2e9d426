"""Where in its article something stands: the share of the searched words before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from analysis.pieces import count_words
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
        self._text = text
        self._rows = list(sentences)
        # How many words stand before each sentence, and before the end.
        self._before = [0]
        for row in self._rows:
            self._before.append(self._before[-1] + (count_words(text, row.start, row.end) or row.n_words))
        self._starts = [row.start for row in self._rows]
        # Where the words of a sentence stand, once one of them is asked for.
        self._inside: dict[int, list[int]] = {}

    def of(self, start: int) -> float:
        """Return the share of the searched words that stand before a place, from 0 to 1; NaN without words.

        Examples
        --------
        >>> from types import SimpleNamespace as Row
        >>> rows = [Row(start=0, end=11, n_words=2), Row(start=12, end=24, n_words=2)]
        >>> Positions("Taxes rise. Rivers fall.", rows).of(12), Positions("█████ ████. Rivers fall.", rows).of(12)
        (0.5, 0.5)
        """
        n_words = self._before[-1]
        if not n_words:
            return float("nan")
        at = bisect_left(self._starts, start)  # the sentences that begin before it
        if not at:
            return 0.0
        last = self._rows[at - 1]
        if at not in self._inside:
            words = split_words(self._text, last.start, last.end)
            self._inside[at] = [word.start for word in words] or [last.start] * last.n_words
        return (self._before[at - 1] + bisect_left(self._inside[at], start)) / n_words
