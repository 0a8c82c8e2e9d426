"""How much a difference between groups of articles is worth: the evidence gate over articles, of any number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.association import ALPHA, TIE

Array = NDArray[np.float64]

#: Up to so many articles each is dealt by itself.
DEALT_SINGLY = 4000
#: Of more, so many packs are dealt, and packs are made anew so many times.
PACKS, _REPACKED = 1000, 8
#: A group of fewer packs than this is dealt by articles.
_FEWEST_PACKS = 40
# Whole numbers below this are exact in single precision.
_EXACT = 2**24
# Cells of the arrays that are held for some deals at once.
_CELLS = 4_000_000


class Sums(NamedTuple):
    """What is summed over the articles of each side.

    `uses` has a row for each side and a column for each term; `words` and `word_squares`, the sum of the squared
    lengths of its articles, have an entry for each side.
    """

    uses: Array
    words: Array
    word_squares: Array


class Whole(NamedTuple):
    """What is known of all articles together, however they are dealt: the same sums, and the burst of each term."""

    uses: Array
    words: float
    word_squares: float
    burst: Array


class Gate(NamedTuple):
    """What the gate says, with a row for each side and a column for each term.

    `critical` is what the largest statistic of the family exceeds in one of twenty deals; `pack` how many articles
    were dealt together.
    """

    statistic: Array
    burst: Array
    p: Array
    p_adjusted: Array
    critical: float
    pack: int


def sums_of(uses: Any, words: Array, sides: NDArray[np.int64], n_sides: int) -> Sums:
    """Sum uses and words over the articles of each side.

    Parameters
    ----------
    uses : sparse array, shape (articles, terms)
    words : array, shape (articles,)
    sides : array, shape (articles,)
    n_sides : int
    """
    summed = np.asarray((_chooser(sides, n_sides) @ uses).todense(), dtype=float)
    return Sums(summed, *(np.bincount(sides, some, n_sides).astype(float) for some in (words, words**2)))


def _chooser(sides: NDArray[Any], n_sides: int) -> Any:
    """A sparse array that sums the rows of each side."""
    ones = np.ones(sides.size, dtype=np.float64)
    return sparse.csr_array((ones, (sides, np.arange(sides.size))), shape=(n_sides, sides.size))


def whole_of(uses: Any, words: Array) -> Whole:
    """Sum over all articles, and say how much the uses of each term come in bursts.

    The burst is the variance of the uses over articles, given their words, by that of as many uses that come one by
    one; at least 1.

    Examples
    --------
    >>> uses = sparse.csr_array([[1, 4], [1, 0], [1, 0], [1, 0]])
    >>> whole_of(uses, np.full(4, 100.0)).burst.tolist()
    [1.0, 3.0]
    """
    total = np.asarray(uses.sum(0), dtype=float)
    squares = np.asarray(uses.multiply(uses).sum(0), dtype=float)
    beside = np.asarray(words @ uses, dtype=float)
    n_words, word_squares = float(words.sum()), float((words**2).sum())
    rate = total / max(1.0, n_words)
    residual = squares - 2 * rate * beside + rate**2 * word_squares
    return Whole(total, n_words, word_squares, np.maximum(1, residual / np.maximum(total, 1)))


def weigh(here: Sums, whole: Whole) -> tuple[Array, Array]:
    """Return |G2| of each term on each side against all others, divided by its burst there, and that burst.

    Uses of a term come together in articles, more so for some terms than for others, and the more so the longer the
    articles are: where a term's rate goes from article to article as it does in all of them, the variance of its uses
    in an article of w words is r·w·(1 + c·w). The burst of all articles gives c, the lengths of a side's articles its
    own burst. That is steadier than to estimate it from the few articles of a side that have the term.

    Returns
    -------
    weighed, burst : array, shape (sides, terms)

    References
    ----------
    J. N. K. Rao & A. J. Scott 1984, "On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data": a statistic is divided by its design effect.
    """
    own, own_words, own_squares = here.uses, here.words[:, None], here.word_squares[:, None]
    rest, rest_words, rest_squares = whole.uses - own, whole.words - own_words, whole.word_squares - own_squares
    with np.errstate(divide="ignore", invalid="ignore"):
        length = whole.word_squares / whole.words
        # The variance of the difference of rates, by its variance if uses came one by one.
        longer = (own_squares / own_words * rest_words + rest_squares / rest_words * own_words) / whole.words / length
        burst = 1 + (whole.burst - 1) * np.nan_to_num(longer, nan=1.0)
        share = own_words / whole.words
        inside = _times_log(own, whole.uses * share) + _times_log(rest, whole.uses * (1 - share))
        others, own_others, rest_others = whole.words - whole.uses, own_words - own, rest_words - rest
        outside = _times_log(own_others, others * share) + _times_log(rest_others, others * (1 - share))
        weighed = 2 * np.maximum(inside + outside, 0) / burst
    return np.nan_to_num(weighed), burst


def _times_log(observed: Array, expected: Array) -> Array:
    """Observed times ln(observed / expected), which is 0 where nothing is observed."""
    return observed * np.log(np.where(observed > 0, observed / expected, 1))


def gate(
    uses: Any, words: Array, sides: NDArray[np.int64], tested: NDArray[np.bool_], *, permutations: int, seed: int
) -> Gate:
    """Test which terms set each side apart from the rest, by dealing the articles out anew.

    The family is all terms and the sides that are tested. Each deal keeps the number of articles of each side.

    Of more than `DEALT_SINGLY` articles, random packs of articles are dealt instead, made anew several times: packs
    hold articles of all sides, so that what a side gets varies as if articles were dealt. A side of few packs is
    dealt articles all the same.

    Parameters
    ----------
    uses : sparse array, shape (articles, terms)
        Uses of each tested term in each article, the articles in content order.
    words : array, shape (articles,)
        All words of each article, stop words too.
    sides : array, shape (articles,)
    tested : array, shape (sides,)
        For which sides there is evidence.
    permutations, seed : int

    References
    ----------
    Westfall & Young 1993, "Resampling-Based Multiple Testing", single-step max-T; J. Lijffijt et al. 2016,
    "Significance testing of word frequencies in corpora", on texts as units; T. Mildenberger 2023, "Assessing keyness
    using permutation tests".
    """
    n_sides = tested.size
    whole = whole_of(uses, words)
    statistic, burst = weigh(sums_of(uses, words, sides, n_sides), whole)
    nothing = np.full(statistic.shape, np.nan)
    if not tested.any() or not uses.shape[1]:
        return Gate(statistic, burst, nothing, nothing, np.nan, 1)
    sizes = np.bincount(sides, minlength=n_sides)
    largest = np.zeros(permutations)
    reached = np.zeros(statistic.shape)
    done = 0
    # Of two sides, the second is the mirror of the first.
    chosen = np.flatnonzero(tested)[: 1 if n_sides == 2 else None]
    pack = 1 if sides.size <= DEALT_SINGLY else -(-sides.size // PACKS)
    for dealt in _deals(uses, words, sizes, chosen, pack, permutations, np.random.default_rng((seed, 0))):
        weighed = weigh(dealt, whole)[0].reshape(-1, chosen.size, uses.shape[1])
        reached[chosen] += (weighed >= statistic[chosen] - TIE).sum(0)
        largest[done : done + len(weighed)] = weighed.max((1, 2))
        done += len(weighed)
    if n_sides == 2:
        reached[:] = reached[chosen[0]]
    ranked = np.sort(largest)
    as_large = permutations - np.searchsorted(ranked, statistic - TIE)
    p, p_adjusted = (np.where(tested[:, None], (1 + some) / (permutations + 1), np.nan) for some in (reached, as_large))
    allowed = int(ALPHA * (permutations + 1) + TIE) - 1
    critical = float(ranked[-1 - allowed]) if 0 <= allowed < permutations else np.nan
    return Gate(statistic, burst, p, p_adjusted, critical, pack)


def _deals(
    uses: Any, words: Array, sizes: NDArray[np.int64], chosen: NDArray[np.int64], pack: int, permutations: int, rng: Any
) -> Iterator[Sums]:
    """Deal the articles out: sums of the chosen sides in each deal, some deals at a time, deal after deal."""
    exact = np.float32 if max(uses.sum(0).max(), words.sum()) < _EXACT else np.float64
    counts = uses.astype(exact)
    step = max(1, _CELLS // (chosen.size * uses.shape[1]))
    if pack == 1:
        for size in _steps(permutations, step):
            yield _sum_dealt(counts, words, _deal(sizes, chosen, size, rng))
        return
    n_articles = int(sizes.sum())
    n_packs = -(-n_articles // pack)
    in_packs = _whole(sizes / pack, n_packs)
    large = in_packs[chosen] >= _FEWEST_PACKS
    small_sizes = np.where(np.isin(np.arange(sizes.size), chosen[~large]), sizes, 0)
    for size in _steps(permutations, -(-permutations // _REPACKED)):
        place = np.empty(n_articles, dtype=np.int64)
        place[rng.permutation(n_articles)] = np.arange(n_articles) * n_packs // n_articles
        packs = sums_of(counts, words, place, n_packs)
        packed = packs._replace(uses=packs.uses.astype(exact))
        for some in _steps(size, step):
            sums = _sum_packed(packed, _deal(in_packs, chosen, some, rng), chosen.size * some)
            if not large.all():
                few = _deal(small_sizes, chosen, some, rng, n_articles)
                small = np.tile(~large, some)
                for part, own in zip(sums, _sum_dealt(counts, words, few, chosen.size * some), strict=True):
                    part[small] = own[small]
            yield sums


def _steps(total: int, step: int) -> Iterator[int]:
    """Divide a total into steps, the last as large as what is left."""
    for done in range(0, total, step):
        yield min(step, total - done)


def _whole(parts: Array, total: int) -> NDArray[np.int64]:
    """Round parts to whole numbers that sum to a total: the largest remainders up."""
    whole = np.floor(parts).astype(np.int64)
    up = np.argsort(whole - parts, kind="stable")[: max(0, total - whole.sum())]
    whole[up] += 1
    return whole


def _deal(
    sizes: NDArray[np.int64], chosen: NDArray[np.int64], times: int, rng: Any, n_units: int | None = None
) -> NDArray[np.int64]:
    """For each deal, which of the chosen sides each unit falls to: its place among them in all deals; −1 for none."""
    n_units = int(sizes.sum()) if n_units is None else n_units
    place = np.full(sizes.size, -1)
    place[chosen] = np.arange(chosen.size)
    labels = np.full(n_units, -1)
    labels[: sizes.sum()] = np.repeat(place, sizes)
    dealt = rng.permuted(np.broadcast_to(labels, (times, n_units)), axis=1)
    return np.where(dealt >= 0, dealt + chosen.size * np.arange(times)[:, None], -1)


def _sum_dealt(counts: Any, words: Array, dealt: NDArray[np.int64], n_rows: int | None = None) -> Sums:
    """Sum the articles of each side of each deal."""
    deal, unit = np.nonzero(dealt >= 0)
    n_rows = int(dealt.max()) + 1 if n_rows is None else n_rows
    ones = np.ones(unit.size, dtype=counts.dtype)
    choose = sparse.csr_array((ones, (dealt[deal, unit], unit)), shape=(n_rows, dealt.shape[1]))
    return Sums(np.asarray((choose @ counts).todense(), dtype=float), choose @ words, choose @ words**2)


def _sum_packed(packed: Sums, dealt: NDArray[np.int64], n_rows: int) -> Sums:
    """Sum the packs of each side of each deal."""
    deal, unit = np.nonzero(dealt >= 0)
    choose = np.zeros((n_rows, dealt.shape[1]), dtype=packed.uses.dtype)
    choose[dealt[deal, unit], unit] = 1
    return Sums((choose @ packed.uses).astype(float), choose @ packed.words, choose @ packed.word_squares)
