"""Units dealt out and drawn anew, and what is summed over them: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
#: Where random numbers come from: a generator, or the seed of a new one.
Rng = np.random.Generator | Sequence[int]
_Drawn = TypeVar("_Drawn", bound=NDArray[Any])

#: Cells that any one array of draws may have: of so many, a few arrays stay in the processor's cache together.
CELLS = 100_000
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
def permuted_labels(labels: ArrayLike, permutations: int, rng: np.random.Generator) -> NDArray[np.int16]:
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
    return rng.permuted(np.broadcast_to(labels, (permutations, labels.size)), axis=1)


@_kept
def resampled_weights(labels: ArrayLike, draws: int, rng: np.random.Generator) -> Array:
    """Draw each side's units anew from its own, with replacement: how often each unit is drawn.

    Parameters are those of `permuted_labels`.

    Returns
    -------
    array, shape (draws, units)
        In each row, the weights of a side sum to its number of units.
    """
    labels = np.asarray(labels)
    weights = np.zeros((draws, labels.size))
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        weights[:, own] = rng.multinomial(own.size, np.full(own.size, 1 / own.size), size=draws)
    return weights


def sums_by_side(weights: ArrayLike, labels: ArrayLike, counts: ArrayLike, n_sides: int) -> Array:
    """Sum weighted counts over the units of each side.

    Parameters
    ----------
    weights : array, shape (draws, units)
    labels : array, shape (units,)
        The side of each unit, 0 … n_sides − 1.
    counts : array, shape (units, k)
    n_sides : int

    Returns
    -------
    array, shape (n_sides, draws, k)
    """
    weights, labels, counts = np.asarray(weights), np.asarray(labels), np.asarray(counts, dtype=float)
    return np.stack([weights[:, labels == side] @ counts[labels == side] for side in range(n_sides)])


def permuted_sums(dealt: ArrayLike, counts: ArrayLike, n_sides: int) -> Array:
    """Sum counts, whole numbers, over the units of each side, for each row of `permuted_labels`.

    Returns
    -------
    array, shape (n_sides, permutations, k)
    """
    dealt, counts = np.asarray(dealt), np.asarray(counts, dtype=float)
    sums = np.empty((n_sides, len(dealt), counts.shape[1]))
    step = max(1, CELLS // max(1, len(counts)))
    for top in range(0, len(dealt), step):
        rows = slice(top, top + step)
        for side in range(n_sides - 1):
            sums[side, rows] = (dealt[rows] == side).astype(float) @ counts
    # The last side has what the others leave.
    sums[-1] = counts.sum(0) - sums[:-1].sum(0)
    return sums


def uses_drawn(
    counts: NDArray[np.intp], own: NDArray[np.bool_]
) -> Callable[[NDArray[np.intp], int], Iterable[NDArray[Any]]]:
    """Return what gives the uses of terms in the units drawn, for terms that have the same number of uses in all.

    Parameters
    ----------
    counts : array, shape (units, terms)
    own : array, shape (units, draws)
        Whether the unit is drawn.

    Returns
    -------
    callable
        From the numbers of some terms and their total, an array with one entry for each draw, for each of the terms.

    Examples
    --------
    >>> uses = uses_drawn(np.array([[1, 0], [1, 2]]), np.array([[True, True, False], [True, False, True]]))
    >>> [n.tolist() for n in uses(np.array([0, 1]), 2)]
    [[2, 1, 1], [2, 0, 2]]
    """
    units = np.arange(len(own))
    few = max(_FEW, min(_BYTE, len(own) // _UNITS_A_USE))
    # The smallest type whose sums are exact.
    exact: type[np.floating[Any]] = np.float32 if counts.sum(0).max(initial=0) < 2**24 else np.float64
    drawn: Callable[[], NDArray[Any]] = cache(lambda: own.astype(exact))

    def uses(terms: NDArray[np.intp], total: int) -> Iterable[NDArray[Any]]:
        if total <= few:
            # Adding up the units of so few uses is less work than a product with all units.
            small = np.min_scalar_type(total)
            return (own[np.repeat(units, counts[:, term])].sum(0, dtype=small) for term in terms)
        product: NDArray[Any] = counts.T[terms].astype(exact) @ drawn()
        return iter(product.astype(np.intp))

    return uses
