"""How strongly a term is tied to one side of a comparison: the formulas, arrays in, arrays out.

A side is `n` uses among `words`, and the same with `_other` for what it is compared with. Exchanging the sides
changes the sign of every measure here and nothing else.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

ALPHA = 0.05
# Statistics that should be equal differ by rounding.
TIE = 1e-9


def log_ratio(n: ArrayLike, n_other: ArrayLike, words: ArrayLike, words_other: ArrayLike) -> Array:
    """Return by how many doublings the rate of a term is higher than on the other side.

    One use is shared out between the sides by their length, so that a term without a use on one side has a finite
    ratio; equal rates give exactly 0. Hardie's log ratio instead puts half a use for none, and is not symmetric.

    Parameters
    ----------
    n, n_other, words, words_other : array of counts
        Shapes that broadcast together.

    Returns
    -------
    array
        log2(((n + words / N) / words) / ((n_other + words_other / N) / words_other)), N all words; NaN where a side
        has no words.

    References
    ----------
    A. Hardie 2014, "Log Ratio: an informal introduction"; here symmetric, with κ = 0.5.

    Examples
    --------
    >>> log_ratio([20, 5, 6], [5, 0, 3], [800, 800, 1000], [800, 800, 500]).round(6).tolist()
    [1.89812, 3.459432, 0.0]
    """
    a, b, n_a, n_b = (np.asarray(value, dtype=float) for value in (n, n_other, words, words_other))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Array = np.log2(a / n_a + 1 / (n_a + n_b)) - np.log2(b / n_b + 1 / (n_a + n_b))
    return ratio


def log_odds_z(n: ArrayLike, n_other: ArrayLike, words: float, words_other: float) -> Array:
    """Return the log-odds ratio of each term in standard errors: for ordering terms, not for testing them.

    Parameters
    ----------
    n, n_other : array of counts
        One of each for every term.
    words, words_other : float
        All words of each side.

    Returns
    -------
    array
        With the pooled counts, scaled to a tenth of the shorter side, as the prior and all four terms of the
        variance; NaN where a side has no words, or no other word than the term.

    References
    ----------
    Monroe, Colaresi & Quinn 2008, "Fightin' Words".

    Examples
    --------
    >>> log_odds_z([10, 2, 88], [2, 10, 188], 100, 200).round(6).tolist()
    [3.02966, -1.1686, -1.70775]
    """
    a, b = np.asarray(n, dtype=float), np.asarray(n_other, dtype=float)
    prior = 0.1 * min(words, words_other)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = prior * (a + b) / np.float64(words + words_other)
        rest_a, rest_b = words + prior - a - alpha, words_other + prior - b - alpha
        delta = np.log((a + alpha) / rest_a) - np.log((b + alpha) / rest_b)
        z = delta / np.sqrt((1 / (a + alpha) + 1 / rest_a) + (1 / (b + alpha) + 1 / rest_b))
    return np.where(np.isfinite(z), z, np.nan)


def log_likelihood(n: ArrayLike, n_other: ArrayLike, words: ArrayLike, words_other: ArrayLike) -> Array:
    """Return G2 of a term, n of words against n_other of words_other: the four-cell form, signed.

    Rayson's two-cell form leaves out the words that are not the term and gives slightly smaller numbers.

    Parameters
    ----------
    n, n_other, words, words_other : array of counts
        Shapes that broadcast together.

    Returns
    -------
    array
        Positive where the first rate is higher; exactly 0 at equal rates; exchanging the sides changes the sign only.

    References
    ----------
    Dunning 1993, "Accurate methods for the statistics of surprise and coincidence".

    Examples
    --------
    >>> round(float(log_likelihood(20, 5, 800, 800)), 6)
    9.780097
    """
    a, b, n_a, n_b = (np.asarray(value, dtype=float) for value in (n, n_other, words, words_other))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (a + b) / (n_a + n_b)
        rest = ((n_a - a) + (n_b - b)) / (n_a + n_b)
        inside = _surprise(a, n_a * share) + _surprise(b, n_b * share)
        outside = _surprise(n_a - a, n_a * rest) + _surprise(n_b - b, n_b * rest)
    signed: Array = np.sign(a * n_b - b * n_a) * 2 * np.maximum(inside + outside, 0)
    return signed


def _surprise(observed: Array, expected: Array) -> Array:
    """Observed times ln(observed / expected), which is 0 where nothing is observed."""
    return observed * np.log(np.where(observed > 0, observed / expected, 1))


def exact_log_ratio_bound(units: ArrayLike, words: ArrayLike, words_elsewhere: ArrayLike) -> Array:
    """Return the lower 95 % bound of a log ratio where the other side has no use at all.

    There resampling has nothing to vary. Given that `units` sentences (or articles) hold the term and all of them
    fell to one side, the share of that side is at least .05 ** (1 / units); its odds, for equal lengths, are the
    ratio of rates. Units are counted, not uses: five uses in one sentence are one piece of evidence.

    Parameters
    ----------
    units : array
        Units with the term, on the side that has it.
    words, words_elsewhere : array
        Words of that side and of the other.

    Returns
    -------
    array
        Binary logarithm of the smallest ratio of rates; exact and one-sided.

    References
    ----------
    Przyborowski & Wilenski 1940, "Homogeneity of results in testing samples from Poisson series", with the bound of
    Clopper & Pearson 1934 for the share.

    Examples
    --------
    >>> round(float(exact_log_ratio_bound(5, 800, 800)), 3)
    0.285
    """
    share = ALPHA ** (1 / np.asarray(units, dtype=float))
    odds = share / (1 - share)
    bound: Array = np.log2(odds) + np.log2(words_elsewhere) - np.log2(words)
    return bound


def dp_norm(sizes: ArrayLike, parts: ArrayLike, terms: ArrayLike, n: ArrayLike, n_terms: int) -> Array:
    """Say how evenly terms are spread over the parts of a text: 0 as the parts are long, 1 all in the shortest.

    Parameters
    ----------
    sizes : array, shape (parts,)
        Words of each part, none of them 0.
    parts, terms, n : array, shape (entries,)
        `n` uses of term number `terms` in part number `parts`; each pair once.
    n_terms : int

    Returns
    -------
    array, shape (n_terms,)
        NaN for a term without use, and for all terms of a text of one part.

    References
    ----------
    Gries 2008, "Dispersions and adjusted frequencies in corpora"; normalised by Lijffijt & Gries 2012.

    Examples
    --------
    >>> dp_norm([9, 10, 10, 10, 11], [0, 1, 2, 3, 4], [0] * 5, [1, 2, 3, 4, 5], 1).round(6).tolist()
    [0.219512]
    """
    sizes, parts, terms, n = np.asarray(sizes, dtype=float), np.asarray(parts), np.asarray(terms), np.asarray(n)
    totals = np.bincount(terms, n, n_terms)
    if sizes.size < 2:
        return np.full(n_terms, np.nan)
    expected = sizes / sizes.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        found = n / totals[terms]
    # Parts without the term deviate by their whole expected share: 1 less the shares of the parts that have it.
    deviations = 1 + np.bincount(terms, np.abs(found - expected[parts]) - expected[parts], n_terms)
    spread = np.maximum(deviations, 0) / 2 / (1 - expected.min())
    return np.where(totals > 0, spread, np.nan)
