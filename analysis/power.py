"""What the evidence gate could have found in texts of this length."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.association import ALPHA, TIE, log_likelihood

Array = NDArray[np.float64]

#: The share of texts in which a difference should pass to be called detectable.
POWER = 0.8
# Halvings of an interval: more than a float can tell apart.
_HALVINGS = 60


def uses_needed(side: int, words: ArrayLike, units: ArrayLike, largest: ArrayLike) -> float:
    """Return the fewest uses on one side, against none elsewhere, that pass the gate.

    The uses stand each in a unit of its own, or, where there are fewer units, evenly in all of them: a term whose uses
    crowd into a few units is dealt to one side more easily. How easily, limits what can pass: of two sides with two
    units each, one in three deals parts the units of a term as they are, and no number of uses passes. A term with
    fewer uses than units is as likely to be dealt to one side as tested terms are, and the largest G2 stand for it; the
    deals of one that fills all units of its side come on top of those.

    Parameters
    ----------
    side : int
        Which of the sides uses the term.
    words, units : array, shape (n_sides,)
        Words and units of each side.
    largest : array
        The largest G2 of the tested terms in each permutation, ascending, as `evidence.MaxT` has it.

    Returns
    -------
    float
        NaN if even a side that consists of the term alone would not pass, or if no term is tested.
    """
    words, units, largest = np.asarray(words), np.asarray(units), np.asarray(largest)
    if not (largest.size and words[side]):
        return np.nan
    uses = np.arange(1, int(words[side]) + 1)
    g2 = log_likelihood(uses, 0, words[side], words.sum() - words[side])
    as_large = largest.size - np.searchsorted(largest, g2 - TIE)
    dealt = largest.size * _chance(side, uses, g2, words, units)
    reached = np.where(uses >= units[side], as_large + dealt, np.maximum(as_large, dealt))
    passing = uses[(g2 > TIE) & (1 + reached <= ALPHA * (largest.size + 1) + TIE)]
    return float(passing[0]) if passing.size else np.nan


def _chance(side: int, uses: NDArray[np.int64], g2: Array, words: Array, units: Array) -> Array:
    """How probable it is that all units of a term are dealt to one side, or to the others, where that reaches its G2.

    For more than two sides the events overlap, and their sum is an upper bound.
    """
    last = np.minimum(uses, int(units[side])) - 1
    dealt = np.arange(units[side])
    chance = np.zeros(uses.size)
    for other in range(words.size) if words.size > 2 else [side]:
        for n_units, n_words in (
            (units[other], words[other]),
            (units.sum() - units[other], words.sum() - words[other]),
        ):
            reached = log_likelihood(uses, 0, n_words, words.sum() - n_words) >= g2 - TIE
            chance += reached * np.cumprod(np.maximum(n_units - dealt, 0) / (units.sum() - dealt))[last]
    return chance


def power(rate: float, words: int, needed: float) -> float:
    """Return how probable it is that a term of this true rate is used as often as the gate needs.

    Uses are binomial, each in a unit of its own: the length is fixed and each word is the term or is not, as in the
    four cells of G2, so that there are never more uses than words. Uses that come in bursts vary more than that, and
    power is then lower: a planted term all of whose uses came in pairs passed in .68 of texts where this gives .80.

    Parameters
    ----------
    rate : float
        True uses per 1,000 words on one side; there are none on the other.
    words : int
        Words of that side.
    needed : float
        Fewest uses that pass, see `uses_needed`.

    Returns
    -------
    float
        0 to 1; NaN where `needed` is.

    Examples
    --------
    >>> round(power(8.0, 1000, 7), 3), power(8.0, 1000, 0), power(8.0, 5, 7)
    (0.688, 1.0, 0.0)
    """
    if math.isnan(needed):
        return np.nan
    share = rate / 1000
    if needed > words or share <= 0:
        return float(needed <= 0)
    if share >= 1 or needed <= 0:
        return 1.0
    fewer = np.arange(1, needed)
    steps = np.log((words - fewer + 1) / fewer) + math.log(share) - math.log1p(-share)
    logs = words * math.log1p(-share) + np.concatenate([[0.0], np.cumsum(steps)])
    return float(min(1.0, max(0.0, 1 - np.exp(logs).sum())))


def detectable_rate(words: int, needed: float, power_wanted: float = POWER) -> float:
    """Return the smallest true rate, against none elsewhere, that passes the gate in this share of texts.

    Parameters
    ----------
    words : int
        Words of the side that uses the term.
    needed : float
        Fewest uses that pass, see `uses_needed`.
    power_wanted : float
        Between 0 and 1.

    Returns
    -------
    float
        Per 1,000 words; more than needed / words, because uses vary by chance. NaN where `needed` is, or if there
        are fewer words than that.

    Examples
    --------
    >>> round(detectable_rate(1000, 7), 2), round(detectable_rate(2000, 7), 2)
    (9.06, 4.53)
    """
    if math.isnan(needed) or needed > words:
        return np.nan
    low, high = 0.0, 1000.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if power(middle, words, needed) >= power_wanted else (middle, high)
    return high
