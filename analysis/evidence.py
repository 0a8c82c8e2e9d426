"""How much a difference between texts is worth: arrays in, arrays out.

What is drawn at random is the unit, a sentence or an article, never the word: words of one sentence come together.
Every draw starts from a seed and from units in the order of their text, not of their file or name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.association import ALPHA, TIE
from analysis.draws import Rng, permuted_labels, uses_drawn
from analysis.kept import Kept
from analysis.likelihood import g2_by_uses, g2_of_parts

Array = NDArray[np.float64]

#: Two-sided level of the intervals.
LEVEL = 1 - ALPHA
#: What a chi-square of one degree of freedom exceeds with probability `ALPHA`.
CHI_SQUARE = NormalDist().inv_cdf(1 - ALPHA / 2) ** 2
#: What may be drawn where every group is one article.
UNITS = ("sentence", "paragraph")
#: From this many articles in every group, the article is the unit.
ARTICLES_NEEDED = 5
# Cells of the array that says which units fall to a side, for as many deals as go into it.
_DEALT = 4_000_000
# What was tested last.
_TESTED = Kept(16)


def wilson_interval(n: ArrayLike, total: ArrayLike) -> tuple[Array, Array]:
    """Return the 95 % interval of a share, n of total: Wilson's, which stays inside 0 to 1.

    Parameters
    ----------
    n, total : array of counts

    Returns
    -------
    lower, upper : array
        NaN where total is 0.

    References
    ----------
    E. B. Wilson 1927, "Probable inference, the law of succession, and statistical inference".

    Examples
    --------
    >>> [round(float(end), 4) for end in wilson_interval(3, 9)]
    [0.1206, 0.6458]
    """
    n, total = np.asarray(n, dtype=float), np.asarray(total, dtype=float)
    z2 = NormalDist().inv_cdf((1 + LEVEL) / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (n + z2 / 2) / (total + z2)
        reach = np.sqrt(z2 * (n * (total - n) / total + z2 / 4)) / (total + z2)
    return np.where(n == 0, 0 * reach, middle - reach)[()], np.where(n == total, 1 + 0 * reach, middle + reach)[()]


def newcombe_interval(
    n: ArrayLike, total: ArrayLike, n_other: ArrayLike, total_other: ArrayLike
) -> tuple[Array, Array]:
    """Return the 95 % interval of a difference of shares, n of total less n_other of total_other.

    Parameters
    ----------
    n, total, n_other, total_other : array of counts

    Returns
    -------
    lower, upper : array
        NaN where a total is 0.

    References
    ----------
    R. G. Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.

    Examples
    --------
    >>> [round(float(end), 4) for end in newcombe_interval(8, 11, 0, 7)]
    [0.2675, 0.9025]
    """
    (low, high), (other_low, other_high) = wilson_interval(n, total), wilson_interval(n_other, total_other)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(n, dtype=float) / np.asarray(total, dtype=float)
        other = np.asarray(n_other, dtype=float) / np.asarray(total_other, dtype=float)
    lower = share - other - np.hypot(share - low, other_high - other)
    upper = share - other + np.hypot(high - share, other - other_low)
    return lower, upper


def middle_of_draws(values: Array) -> Array:
    """Return the ends of what holds 95 % of the draws, as `numpy.quantile` does, in a third of its time.

    Parameters
    ----------
    values : array, shape (draws, k)

    Returns
    -------
    array, shape (2, k)
        NaN where a draw is.

    Examples
    --------
    >>> middle_of_draws(np.arange(41.0)[::-1, None]).round(9).tolist()
    [[1.0], [39.0]]
    """
    ranked = np.sort(np.ascontiguousarray(values.T), axis=1)
    ends = []
    for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        place = share * (len(values) - 1)
        at = int(place)
        below, above = ranked[:, at], ranked[:, min(at + 1, len(values) - 1)]
        # From the nearer of the two, so that the end of a stretch of equal draws is their value.
        near, far = below + (above - below) * (place - at), above - (above - below) * (1 - place + at)
        ends.append(np.where(np.isnan(ranked[:, -1]), np.nan, near if place - at < 0.5 else far))
    return np.array(ends)


def benjamini_hochberg(p: ArrayLike) -> Array:
    """Return for each p-value the false discovery rate at which it would be kept.

    Equal to `scipy.stats.false_discovery_control`, whose import alone takes a second.

    References
    ----------
    Benjamini & Hochberg 1995, "Controlling the false discovery rate".

    Examples
    --------
    >>> benjamini_hochberg([0.03, 0.01, 0.5]).round(3).tolist()
    [0.045, 0.03, 0.5]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")[::-1]
    rank = np.arange(p.size, 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(p[order] * p.size / rank)
    return q


def content_order(texts: Sequence[str], groups: Sequence[str]) -> tuple[list[str], list[int]]:
    """Put groups and articles in an order that depends on their texts alone.

    Every random draw goes through units in this order, so that neither the order of the sources nor their names
    change a p-value or an interval.

    Parameters
    ----------
    texts, groups : sequence of str
        One of each for every article.

    Returns
    -------
    groups : list of str
        Each group once, by the SHA-256 of its articles' texts; groups of equal texts by name.
    positions : list of int
        The articles' positions, by group and then by the SHA-256 of their text.
    """
    digests = [sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
    of_group: dict[str, list[str]] = {}
    for digest, group in sorted(zip(digests, groups, strict=True)):
        of_group.setdefault(group, []).append(digest)
    ordered = sorted(of_group, key=lambda group: (sha256("".join(of_group[group]).encode()).hexdigest(), group))
    rank = {group: place for place, group in enumerate(ordered)}
    return ordered, sorted(range(len(digests)), key=lambda at: (rank[groups[at]], digests[at]))


def unit_of_evidence(groups: Sequence[str], asked: str = "sentence") -> str | None:
    """Say what is drawn at random to compare groups of articles.

    Parameters
    ----------
    groups : sequence of str
        The group of each article.
    asked : {"sentence", "paragraph"}
        What to draw where every group is one article. Sentences of one paragraph share its subject; paragraphs are
        fewer and closer to independent.

    Returns
    -------
    {"sentence", "paragraph", "article", None}
        The unit asked for where every group is one article; the article where every group has five or more; else
        nothing: sentences of a few articles are no independent sample of a group, and a few articles are too few.

    Raises
    ------
    ValueError
        Another unit is asked for.

    Examples
    --------
    >>> unit_of_evidence(["a", "b"]), unit_of_evidence(["a", "a", "b"]), unit_of_evidence(["a", "b"] * 5)
    ('sentence', None, 'article')
    """
    if asked not in UNITS:
        raise ValueError(f"unit may be {' or '.join(UNITS)}; found {asked!r}")
    sizes = Counter(groups).values()
    if all(size == 1 for size in sizes):
        return asked
    return "article" if all(size >= ARTICLES_NEEDED for size in sizes) else None


class MaxT(NamedTuple):
    """What the permutation gate says. `p` and `p_adjusted` have a row for each side, a column for each term."""

    p: Array
    p_adjusted: Array
    critical: float
    largest: Array


def max_t(
    counts: ArrayLike,
    words: ArrayLike,
    labels: ArrayLike,
    n_sides: int,
    *,
    permutations: int,
    rng: Rng,
) -> MaxT:
    """Test which terms set each side apart from the rest, by dealing the units out anew.

    What was tested lately with the same seed is kept: the checks of a comparison begin with the comparison itself.
    The family is all sides and all terms given. Each permutation keeps the number of units of each side and counts
    the words of each side again.

    Parameters
    ----------
    counts : array, shape (units, terms)
        Uses of each tested term in each unit.
    words : array, shape (units,)
        All words of each unit, stop words too.
    labels : array, shape (units,)
        The side of each unit, 0 … n_sides − 1.
    n_sides, permutations : int
    rng
        As in `draws.permuted_labels`.

    Returns
    -------
    MaxT
        p: (1 + permutations in which the term's own |G2| is as large) / (permutations + 1); p_adjusted: the same for
        the largest |G2| of the family; critical: a |G2| above this has p_adjusted ≤ .05; about the 95th percentile
        of the largest, NaN without terms; largest: the largest |G2| of the family in each permutation, ascending,
        empty without terms.

    References
    ----------
    Westfall & Young 1993, "Resampling-Based Multiple Testing", single-step max-T.
    """
    counts, words, labels = np.asarray(counts), np.asarray(words).astype(np.intp), np.asarray(labels)
    counts = counts if np.issubdtype(counts.dtype, np.integer) else counts.astype(np.intp)
    if isinstance(rng, np.random.Generator):
        return _max_t(counts, words, labels, n_sides, permutations, rng)
    held = sha256()
    for array in (counts, words, labels):
        held.update(f"{array.dtype} {array.shape} ".encode() + np.ascontiguousarray(array).tobytes())
    key = (held.digest(), n_sides, permutations, tuple(rng))
    tested: MaxT = _TESTED.get(key, lambda: _max_t(counts, words, labels, n_sides, permutations, rng))
    return tested


def _max_t(
    counts: NDArray[np.integer[Any]], words: NDArray[np.intp], labels: NDArray[Any], n_sides: int, permutations: int,
    rng: Rng,
) -> MaxT:  # fmt: skip
    """What `max_t` does; nothing of it is to be written to."""
    # Of two sides, the second is the mirror of the first.
    tested = range(n_sides if n_sides > 2 else 1)
    n_words = int(words.sum())
    measure = g2_of_parts(n_words)
    # Of the smallest type whose sums are exact: a product of whole numbers takes seven times as long.
    exact = words.astype(np.float32 if n_words < 2**24 else np.float64)
    uses = uses_drawn(counts)
    observed = np.zeros((n_sides, counts.shape[1]))
    for side in tested:
        own = (labels == side)[:, None]
        own_words = words @ own
        for total, _, parts in uses(own):
            for terms, n in parts:
                observed[side, terms] = measure(n, total, own_words)[:, 0]
    dealt = permuted_labels(labels, permutations, rng)
    largest = np.zeros(permutations)
    reached = np.zeros_like(observed)
    step = max(1, _DEALT // max(1, labels.size))
    for top in range(0, permutations, step):
        rows = slice(top, top + step)
        for side in tested:
            own = np.ascontiguousarray((dealt[rows] == side).T)
            own_words = (exact @ own.astype(exact.dtype)).astype(np.intp)
            for total, alike, parts in uses(own):
                g2_of = g2_by_uses(measure, total, own_words, alike.size)
                for terms, n in parts:
                    g2 = g2_of(n)
                    reached[side, terms] += np.count_nonzero(g2 >= observed[side, terms, None] - TIE, axis=1)
                    np.maximum(largest[rows], g2.max(0), out=largest[rows])
    if n_sides == 2:
        observed[1], reached[1] = observed[0], reached[0]
    ranked = np.sort(largest)
    as_large = permutations - np.searchsorted(ranked, observed - TIE)
    # So many permutations may reach a G2 that still passes; the next in rank is the critical value.
    allowed = int(ALPHA * (permutations + 1) + TIE) - 1
    critical = float(ranked[-1 - allowed]) if counts.shape[1] and 0 <= allowed < permutations else np.nan
    ranked = ranked if counts.shape[1] else np.empty(0)
    found = MaxT((1 + reached) / (permutations + 1), (1 + as_large) / (permutations + 1), critical, ranked)
    for array in (found.p, found.p_adjusted, found.largest):
        array.flags.writeable = False
    return found
