"""G2 looked up instead of computed: what thousands of permutations of the same whole counts need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.association import log_likelihood

Array = NDArray[np.float64]
#: |G2| from uses of a term in one part of the words, uses in all of them, and words of the part.
Measure = Callable[[NDArray[Any], Any, NDArray[Any]], Array]
#: |G2| of one term in each draw, from its uses in the part that was drawn.
ByUses = Callable[[NDArray[Any]], Array]

# Up to so many words the rounding of a sum of looked-up values stays far below `association.TIE`.
_LARGEST = 500_000


def g2_of_parts(words: int) -> Measure:
    """Return what gives |G2| of terms in a part of so many words.

    Equal to the absolute value of `association.log_likelihood`, rounding aside, and six times as fast: all it needs
    is k · ln k of whole numbers k. Texts of more than half a million words are left to that function.

    Examples
    --------
    >>> measure = g2_of_parts(1600)
    >>> n, total, n_words = np.array([20]), np.array([25]), np.array([800])
    >>> round(float(measure(n, total, n_words)[0]), 6)
    9.780097
    """
    if words > _LARGEST:
        return lambda n, total, own: np.abs(log_likelihood(n, total - n, own, words - own))
    k = np.arange(words + 1, dtype=float)
    # Dividing by all words changes no sum and keeps the values small.
    table: Array = k * np.log(np.where(k > 0, k / max(1, words), 1))

    def look_up(n: NDArray[Any], total: Any, own: NDArray[Any]) -> Array:
        n, total, own = (np.asarray(value).astype(np.intp) for value in (n, total, own))
        rest = total - n
        g2: Array = table.take(n) + table.take(rest)
        g2 = g2 + table.take(own - n)
        g2 += table.take(words - own - rest)
        g2 -= table[own] + table[words - own]
        g2 -= table[total] + table[words - total] - table[words]
        g2 *= 2
        return np.maximum(g2, 0, out=g2)

    return look_up


def g2_by_uses(measure: Measure, total: int, own: NDArray[np.intp], n_terms: int) -> ByUses:
    """Return what gives |G2| of a term with so many uses in all, in each of many draws.

    The same few numbers of uses and of words come up again and again: where there are fewer pairs of them than draws
    of all terms, each is measured once, whether or not it is drawn.

    Parameters
    ----------
    measure
        What `g2_of_parts` gives.
    total : int
        Uses in all words together.
    own : array, shape (draws,)
        Words of the part, in each draw.
    n_terms : int
        How many terms have that total.

    Examples
    --------
    >>> by_uses = g2_by_uses(g2_of_parts(1600), 25, np.array([800, 801, 800]), 1000)
    >>> by_uses(np.array([20, 12, 5])).round(3).tolist()
    [9.78, 0.043, 9.78]
    """
    lowest, highest = int(own.min()), int(own.max())
    if (total + 1) * (highest - lowest + 1) > n_terms * own.size:
        return lambda n: measure(n, total, own)
    uses, words = np.arange(total + 1), np.arange(lowest, highest + 1)[:, None]
    # Cells of more uses than words hold nothing of meaning, and are never looked up.
    table = measure(uses, total, words).ravel()
    row = (own - lowest) * (total + 1)
    return lambda n: table.take(row + n)
