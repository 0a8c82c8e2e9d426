"""Units dealt out and drawn anew, and what is summed over them: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
#: Where random numbers come from: a generator, or the seed of a new one.
Rng = np.random.Generator | Sequence[int]
_Drawn = TypeVar("_Drawn", bound=NDArray[Any])

#: Cells that any one array of draws may have: of so many, a few arrays stay in the processor's cache together.
CELLS = 100_000
# Labels of which each fits in a byte.
_LABELS_OF_A_BYTE = 128
# Up to so many uses of a term are summed one by one; of many units, one use for so many, as long as a byte holds
# the sum.
_FEW, _UNITS_A_USE, _BYTE = 100, 6, 255
# An array of so many cells is small.
_SMALL = 500_000


def _kept(draw: Callable[[ArrayLike, int, np.random.Generator], _Drawn]) -> Callable[[ArrayLike, int, Rng], _Drawn]:
    """Keep what was last drawn from a seed: tests without one paragraph after another mostly ask for the same.

    Of large arrays only the last two are kept.
    """

    def from_seed(labels: tuple[int, ...], times: int, seed: tuple[int, ...]) -> _Drawn:
        drawn = draw(labels, times, np.random.default_rng(seed))
        drawn.flags.writeable = False
        return drawn

    small, large = lru_cache(maxsize=16)(from_seed), lru_cache(maxsize=2)(from_seed)

    @wraps(draw)
    def from_either(labels: ArrayLike, times: int, rng: Rng) -> _Drawn:
        if isinstance(rng, np.random.Generator):
            return draw(labels, times, rng)
        labels = tuple(np.asarray(labels).tolist())
        return (small if len(labels) * times <= _SMALL else large)(labels, times, tuple(rng))

    return from_either


@_kept
def permuted_labels(labels: ArrayLike, permutations: int, rng: np.random.Generator) -> NDArray[np.signedinteger[Any]]:
    """Deal the labels out anew: each row has every label as often as `labels` has.

    Parameters
    ----------
    labels : array, shape (units,)
    permutations : int
    rng : numpy.random.Generator, or sequence of int
        Or the seed of a new one; then the array is not to be written to.

    Returns
    -------
    array, shape (permutations, units)
    """
    labels = np.asarray(labels, dtype=np.int16)
    dealt = np.empty((permutations, labels.size), np.int8 if labels.max(initial=0) < _LABELS_OF_A_BYTE else np.int16)
    for rows in _steps(permutations, labels.size):  # two bytes are dealt out faster than one, and kept as one
        dealt[rows] = rng.permuted(np.broadcast_to(labels, dealt[rows].shape), axis=1)
    return dealt


@_kept
def resampled_weights(labels: ArrayLike, draws: int, rng: np.random.Generator) -> NDArray[np.unsignedinteger[Any]]:
    """Draw each side's units anew from its own, with replacement: how often each unit is drawn.

    Parameters are those of `permuted_labels`.

    Returns
    -------
    array, shape (draws, units)
        In each row, the weights of a side sum to its number of units.
    """
    labels = np.asarray(labels)
    weights = np.zeros((draws, labels.size), np.min_scalar_type(labels.size))
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        for rows in _steps(draws, own.size):
            weights[rows, own] = rng.multinomial(own.size, np.full(own.size, 1 / own.size), size=len(weights[rows]))
    return weights


def sums_by_side(weights: ArrayLike, labels: ArrayLike, counts: ArrayLike, n_sides: int) -> Array:
    """Sum weighted counts over the units of each side.

    Parameters
    ----------
    weights : array, shape (draws, units)
    labels : array, shape (units,)
        The side of each unit, 0 … n_sides − 1.
    counts : array, shape (units, k)
        Whole numbers.
    n_sides : int

    Returns
    -------
    array, shape (n_sides, draws, k)
    """
    weights, labels, counts = np.asarray(weights), np.asarray(labels), np.asarray(counts, dtype=float)
    sums = np.empty((n_sides, len(weights), counts.shape[1]))
    for side in range(n_sides):
        own = np.flatnonzero(labels == side)
        for rows in _steps(len(weights), own.size):
            sums[side, rows] = weights[rows, own].astype(float) @ counts[own]
    return sums


def permuted_sums(dealt: ArrayLike, counts: ArrayLike, n_sides: int) -> Array:
    """Sum counts, whole numbers, over the units of each side, for each row of `permuted_labels`.

    Returns
    -------
    array, shape (n_sides, permutations, k)
    """
    dealt, counts = np.asarray(dealt), np.asarray(counts, dtype=float)
    sums = np.empty((n_sides, len(dealt), counts.shape[1]))
    for rows in _steps(*dealt.shape):
        for side in range(n_sides - 1):
            sums[side, rows] = (dealt[rows] == side).astype(float) @ counts
    # The last side has what the others leave.
    sums[-1] = counts.sum(0) - sums[:-1].sum(0)
    return sums


class Alike(NamedTuple):
    """Terms that have the same number of uses in all, and what gives their uses in the units drawn, some at a time."""

    total: int
    terms: NDArray[np.intp]
    parts: Iterator[tuple[NDArray[np.intp], NDArray[Any]]]


def uses_drawn(counts: NDArray[np.integer[Any]]) -> Callable[[NDArray[np.bool_]], Iterator[Alike]]:
    """Return what gives the uses of terms in the units drawn; what is the same for all draws is done once, here.

    Parameters
    ----------
    counts : array, shape (units, terms)

    Returns
    -------
    callable
        From an array of shape (units, draws), whether the unit is drawn, it gives the terms of each number of uses,
        and for some of these at a time their numbers and an array of their uses, with a column for each draw.

    Examples
    --------
    >>> uses = uses_drawn(np.array([[1, 0, 1], [1, 2, 0]]))
    >>> for total, terms, parts in uses(np.array([[True, True, False], [True, False, True]])):
    ...     print(total, terms.tolist(), [(some.tolist(), n.tolist()) for some, n in parts])
    1 [2] [([2], [[1, 1, 0]])]
    2 [0, 1] [([0, 1], [[2, 1, 1], [2, 0, 2]])]
    """
    by_term, totals = counts.T, counts.sum(0, dtype=np.intp)
    few = max(_FEW, min(_BYTE, len(counts) // _UNITS_A_USE))
    # The smallest type whose sums are exact.
    exact: type[np.floating[Any]] = np.float32 if totals.max(initial=0) < 2**24 else np.float64
    alike = [(int(total), np.flatnonzero(totals == total)) for total in np.unique(totals)]
    # Adding up the units of so few uses is less work than a product with all units.
    held = [
        _units_of_uses(by_term[terms], total) if total <= few else by_term[terms].astype(exact)
        for total, terms in alike
    ]

    def uses(own: NDArray[np.bool_]) -> Iterator[Alike]:
        drawn = cache(lambda: own.astype(exact))
        for (total, terms), known in zip(alike, held, strict=True):
            yield Alike(total, terms, parts(terms, total, known, own, drawn))

    def parts(
        terms: NDArray[np.intp], total: int, known: NDArray[Any], own: NDArray[np.bool_], drawn: Callable[[], Array]
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[Any]]]:
        for some in _steps(terms.size, own.shape[1] * (total if total <= few else 1)):
            if total <= few:
                n = own.view(np.uint8).take(known[some], axis=0).sum(1, dtype=np.uint8)
            else:
                n = (known[some] @ drawn()).astype(np.intp)
            yield terms[some], n

    return uses


def _units_of_uses(by_term: NDArray[np.integer[Any]], total: int) -> NDArray[np.intp]:
    """The unit of each use of terms that have the same number of them: a row for each term, a column for each use."""
    used = np.flatnonzero(by_term != 0)  # of a single row of true and false: six times as fast as `nonzero`
    return np.repeat(used % max(1, by_term.shape[1]), by_term.ravel()[used]).reshape(len(by_term), total)


def _steps(rows: int, width: int) -> Iterator[slice]:
    """Cut rows of so many cells into stretches of as many as `CELLS` allows, at least one."""
    step = max(1, CELLS // max(1, width))
    return (slice(top, min(top + step, rows)) for top in range(0, rows, step))
