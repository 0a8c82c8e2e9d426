"""G2 looked up instead of computed: what thousands of permutations of the same whole counts need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.association import log_likelihood

Array = NDArray[np.float64]
#: Uses of each term in one part of the words (draws × terms), in all of them (terms), words of the part (draws × 1).
Measure = Callable[[NDArray[Any], NDArray[Any], NDArray[Any]], Array]

# Up to so many words the rounding of a sum of looked-up values stays far below `association.TIE`.
_LARGEST = 500_000


def g2_of_parts(words: int) -> tuple[Measure, type[np.floating[Any]]]:
    """Return what gives |G2| of terms in a part of so many words, and the smallest type that sums fit without loss.

    Equal to the absolute value of `association.log_likelihood`, rounding aside, and six times as fast: all it needs
    is k · ln k of whole numbers k. Texts of more than half a million words are left to that function.

    Examples
    --------
    >>> measure, exact = g2_of_parts(1600)
    >>> n, total, n_words = np.array([[20]]), np.array([25]), np.array([[800]])
    >>> round(float(measure(n, total, n_words)[0, 0]), 6)
    9.780097
    """
    if words > _LARGEST:
        return lambda n, total, own: np.abs(log_likelihood(n, total - n, own, words - own)), np.float64
    k = np.arange(words + 1, dtype=float)
    # Dividing by all words changes no sum and keeps the values small.
    table: Array = k * np.log(np.where(k > 0, k / max(1, words), 1))

    def look_up(n: NDArray[Any], total: NDArray[Any], own: NDArray[Any]) -> Array:
        n, total, own = (np.asarray(value).astype(np.intp) for value in (n, total, own))
        rest = total - n
        # In place: there are millions of cells, and each new array costs as much as a look-up.
        g2: Array = table.take(n)
        g2 += table.take(rest)
        g2 += table.take(np.subtract(own, n, out=n))
        g2 += table.take(np.subtract(words - own, rest, out=rest))
        g2 -= table[own] + table[words - own]
        g2 -= table[total] + table[words - total] - table[words]
        g2 *= 2
        return np.maximum(g2, 0, out=g2)

    return look_up, np.float32
