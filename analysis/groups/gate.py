"""How much a difference between groups of articles is worth: the evidence gate over articles, of any number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.association import ALPHA, TIE
from analysis.groups.weigh import Sums, chooser, squared, summed, sums_of, weigh, whole_of

Array = NDArray[np.float64]

#: Up to so many articles each is dealt by itself.
DEALT_SINGLY = 4000
#: Of more, so many packs are dealt, and packs are made anew so many times.
PACKS, _REPACKED = 1000, 5
#: A group of fewer packs than this is dealt by articles.
_FEWEST_PACKS = 40
# Whole numbers below this are exact in single precision.
_EXACT = 2**24
# Cells of the arrays that are held for some deals at once.
_CELLS = 1_000_000


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


def gate(
    uses: Any, words: Array, sides: NDArray[np.int64], tested: NDArray[np.bool_], *, permutations: int, seed: int
) -> Gate:
    """Test which terms set each side apart from the rest, by dealing the articles out anew.

    The family is all terms and the sides that are tested. Each deal keeps the number of articles of each side.

    Of more than `DEALT_SINGLY` articles, random packs of articles are dealt instead, made anew several times: packs
    hold articles of all sides, so that what a side gets varies as if articles were dealt. A side of few packs is
    dealt articles all the same.

    What is dealt has the burst that its lengths give it; what was found has that of its own uses, if that is larger.
    So the gate errs on the side of no difference, where a few articles of a side hold most uses of a term.

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
    squares = summed(uses, sides, n_sides, squared)
    statistic, burst = weigh(sums_of(uses, words, sides, n_sides), whole, squares)
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
    rng = np.random.default_rng((seed, 0))
    for dealt in _deals(uses, words, sizes, chosen, pack, permutations, float(whole.uses.max()), rng):
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
    uses: Any,
    words: Array,
    sizes: NDArray[np.int64],
    chosen: NDArray[np.int64],
    pack: int,
    permutations: int,
    most: float,
    rng: Any,
) -> Iterator[Sums]:
    """Deal the articles out: sums of the chosen sides in each deal, some deals at a time, deal after deal."""
    exact = np.float32 if most < _EXACT else np.float64
    counts = uses.astype(exact, copy=False)
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
        lengths = (np.bincount(place, some, n_packs).astype(float) for some in (words, words**2))
        packed = Sums((chooser(place, n_packs, exact) @ counts).toarray(), *lengths)
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
    return Sums((choose @ counts).toarray().astype(float), choose @ words, choose @ words**2)


def _sum_packed(packed: Sums, dealt: NDArray[np.int64], n_rows: int) -> Sums:
    """Sum the packs of each side of each deal."""
    deal, unit = np.nonzero(dealt >= 0)
    choose = np.zeros((n_rows, dealt.shape[1]), dtype=packed.uses.dtype)
    choose[dealt[deal, unit], unit] = 1
    return Sums((choose @ packed.uses).astype(float), choose @ packed.words, choose @ packed.word_squares)
