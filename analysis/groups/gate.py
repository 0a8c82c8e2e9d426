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
# Whole numbers up to here are exact in single precision.
_EXACT = 2**24
# Cells of the arrays that are held for some deals at once.
_CELLS = 4_000_000


class Sums(NamedTuple):
    """What is summed over the articles of a side; of all articles together, of one row.

    `uses` and `squares` (of the uses in each article) have a row for each side and a column for each term; `words` and
    `word_squares` a row for each side.
    """

    uses: Array
    squares: Array
    words: Array
    word_squares: Array


class Gate(NamedTuple):
    """What the gate says: `statistic`, `burst`, `p` and `p_adjusted` have a row for each side and a column for each
    term; `critical` is above what the largest statistic of the family is in one of twenty deals.
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
    chosen = _chooser(sides, n_sides)
    by_side = [np.asarray((chosen @ some).todense(), dtype=float) for some in (uses, uses.multiply(uses).tocsr())]
    return Sums(*by_side, *(np.bincount(sides, some, n_sides).astype(float) for some in (words, words**2)))


def _chooser(sides: NDArray[Any], n_sides: int) -> Any:
    """A sparse array that sums the rows of each side; a side below 0 is none."""
    own = np.flatnonzero(sides >= 0)
    ones = np.ones(own.size, dtype=np.float32)
    return sparse.csr_array((ones, (sides[own], own)), shape=(n_sides, sides.size))


def weigh(here: Sums, total: Sums) -> tuple[Array, Array]:
    """Return |G2| of each term on each side against all others, divided by its burst, and the burst.

    Uses of a term come together in articles, and more so for some terms than for others. The burst says how many times
    as much the difference of the rates varies as it would if each use came by itself: of each side, from the squares
    of the uses in its articles, as a side of long articles has larger bursts; one use is added with the burst of all
    articles, so that a side without a use has one too.

    References
    ----------
    J. N. K. Rao & A. J. Scott 1984, "On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data": a statistic divided by its design effect. E. Chung & J. P. Romano 2013, "Exact and
    asymptotically robust permutation tests": why it is estimated for each deal anew.
    """
    own, own_words = here.uses, here.words[:, None]
    rest, rest_words = total.uses - own, total.words - own_words
    pooled = _burst(total.squares, total.uses, total.words, total.word_squares, np.ones(total.uses.shape[1]))
    bursts = [
        _burst(squares, uses, words, word_squares, pooled)
        for squares, uses, words, word_squares in (
            (here.squares, own, own_words, here.word_squares[:, None]),
            (total.squares - here.squares, rest, rest_words, total.word_squares - here.word_squares[:, None]),
        )
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        burst = (bursts[0] * rest_words + bursts[1] * own_words) / total.words
        share = own_words / total.words
        inside = _times_log(own, total.uses * share) + _times_log(rest, total.uses * (1 - share))
        others, own_others, rest_others = total.words - total.uses, own_words - own, rest_words - rest
        outside = _times_log(own_others, others * share) + _times_log(rest_others, others * (1 - share))
        weighed = 2 * np.maximum(inside + outside, 0) / burst
    return np.nan_to_num(weighed), burst


def _burst(squares: Array, uses: Array, words: Any, word_squares: Any, prior: Array) -> Array:
    """The variance of uses over articles, by that of as many uses that come one by one; at least 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.nan_to_num(uses**2 * (word_squares / words**2))
    burst: Array = np.maximum(1, (np.maximum(squares - expected, 0) + prior) / (uses + 1))
    return burst


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
    own = sums_of(uses, words, sides, n_sides)
    total = Sums(*(part.sum(0, keepdims=True) for part in own))
    statistic, burst = weigh(own, total)
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
        weighed = weigh(dealt, total)[0].reshape(-1, chosen.size, uses.shape[1])
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
    counts = uses.astype(np.float32)
    if max(counts.multiply(counts).sum(0).max(), words.sum()) >= _EXACT:
        counts = uses.astype(np.float64)
    squares = counts.multiply(counts).tocsr()
    step = max(1, _CELLS // (chosen.size * uses.shape[1]))
    if pack == 1:
        for size in _steps(permutations, step):
            yield _sum_dealt(counts, squares, words, _deal(sizes, chosen, size, rng))
        return
    n_packs = -(-sizes.sum() // pack)
    in_packs = sizes / pack
    large = in_packs[chosen] >= _FEWEST_PACKS
    for size in _steps(permutations, -(-permutations // _REPACKED)):
        place = np.empty(sizes.sum(), dtype=np.int64)
        place[rng.permutation(place.size)] = np.arange(place.size) * n_packs // place.size
        packs = sums_of(counts, words, place, n_packs)
        packed = Sums(*(part.astype(counts.dtype) for part in packs))
        for some in _steps(size, step):
            dealt = _deal(_whole(in_packs, n_packs), chosen, some, rng)
            sums = Sums(*(_product(dealt, chosen.size, some, part) for part in packed))
            if not large.all():
                few = _deal(np.where(np.isin(np.arange(sizes.size), chosen[~large]), sizes, 0), chosen[~large], some, rng, sizes.sum())
                _replace(sums, _sum_dealt(counts, squares, words, few), large)
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


def _sum_dealt(counts: Any, squares: Any, words: Array, dealt: NDArray[np.int64]) -> Sums:
    """Sum the articles of each side of each deal."""
    deal, unit = np.nonzero(dealt >= 0)
    n_rows = int(dealt.max(initial=-1)) + 1
    ones = np.ones(unit.size, dtype=counts.dtype)
    choose = sparse.csr_array((ones, (dealt[deal, unit], unit)), shape=(n_rows, dealt.shape[1]))
    sums = [np.asarray((choose @ some).todense(), dtype=float) for some in (counts, squares)]
    return Sums(*sums, choose @ words, choose @ words**2)


def _product(dealt: NDArray[np.int64], n_chosen: int, times: int, part: Any) -> Array:
    """Sum the packs of each side of each deal."""
    deal, unit = np.nonzero(dealt >= 0)
    choose = np.zeros((n_chosen * times, dealt.shape[1]), dtype=part.dtype)
    choose[dealt[deal, unit], unit] = 1
    product: Array = (choose @ part).astype(float)
    return product


def _replace(sums: Sums, few: Sums, large: NDArray[np.bool_]) -> None:
    """Put what sides of few packs were dealt in articles in the place of what they were dealt in packs."""
    small = np.tile(~large, sums.words.size // large.size)
    for part, own in zip(sums, few, strict=True):
        part[small] = own
