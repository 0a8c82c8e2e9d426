"""Units dealt out and drawn anew, and what is summed over them: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
#: Where random numbers come from: a generator, or the seed of a new one.
Rng = np.random.Generator | Sequence[int]
_Drawn = TypeVar("_Drawn", bound=NDArray[Any])

#: Cells that any one array of draws may have: of so many, a few arrays stay in the processor's cache together.
CELLS = 100_000


def _kept(draw: Callable[[ArrayLike, int, np.random.Generator], _Drawn]) -> Callable[[ArrayLike, int, Rng], _Drawn]:
    """Keep what was last drawn from a seed: tests without one paragraph after another mostly ask for the same."""

    @lru_cache(maxsize=2)
    def from_seed(labels: tuple[int, ...], times: int, seed: tuple[int, ...]) -> _Drawn:
        drawn = draw(labels, times, np.random.default_rng(seed))
        drawn.flags.writeable = False
        return drawn

    @wraps(draw)
    def from_either(labels: ArrayLike, times: int, rng: Rng) -> _Drawn:
        if isinstance(rng, np.random.Generator):
            return draw(labels, times, rng)
        return from_seed(tuple(np.asarray(labels).tolist()), times, tuple(rng))

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
    """Sum counts over the units of each side, for each row of `permuted_labels`.

    Returns
    -------
    array, shape (n_sides, permutations, k)
    """
    dealt, counts = np.asarray(dealt), np.asarray(counts, dtype=float)
    sums = np.empty((n_sides, len(dealt), counts.shape[1]))
    step = max(1, CELLS // max(1, len(counts)))
    for top in range(0, len(dealt), step):
        rows = slice(top, top + step)
        for side in range(n_sides):
            sums[side, rows] = (dealt[rows] == side).astype(float) @ counts
    return sums
