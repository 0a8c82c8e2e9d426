"""What the evidence gate could have found in texts of this length."""

from __future__ import annotations

import math

import numpy as np

from analysis.association import TIE, log_likelihood

#: The share of texts in which a difference should pass to be called detectable.
POWER = 0.8
# Halvings of an interval: more than a float can tell apart.
_HALVINGS = 60


def uses_needed(words: int, words_elsewhere: int, critical: float) -> float:
    """Return the fewest uses, against none elsewhere, whose G2 exceeds the critical value.

    The critical value is that of the terms tested. A term whose uses crowd into a few units would raise it, and then
    so many uses of it do not pass: they are to stand each in a unit of its own.

    Returns
    -------
    float
        NaN if even a side that consists of the term alone would not pass.
    """
    uses = np.arange(1, words + 1)
    passing = uses[log_likelihood(uses, 0, words, words_elsewhere) > critical + TIE]
    return float(passing[0]) if passing.size else np.nan


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
