"""Which texts are copies of one another, out of any number, without a look at every pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.copies.shingles import SIGNATURE, Shingles

#: Two texts are copies from this Jaccard similarity of their shingles …
JACCARD = 0.5
#: … or if so much of the shorter stands in the other, which is at most so many times as long, and it has so many
#: shingles. Without these bounds a round-up of the day would join all the briefs that it is made of.
CONTAINMENT, LENGTHS, SHORTEST = 0.8, 3, 30
#: One text or several, by their places.
Places = int | list[int] | NDArray[np.int64]
#: Numbers of a signature in a band: texts that agree in all numbers of any band are candidates.
_BAND = 2
#: Candidates whose signatures have too few numbers in common to be copies are not looked at: so few come, among copies,
#: with a hundredth of the probability with which the bands miss them.
_MISSED = 0.01
#: Of texts that agree in a band and are no copies, as many are compared with each further one; and of one text, as many
#: comparisons in all come to nothing before it is looked at no further. Both bound what a corpus of forms, all made of
#: the same phrases, can cost.
_HEADS, _IN_VAIN = 16, 200
#: As many pairs of signatures are compared at once.
_AT_ONCE = 4096


class Sets:
    """Sets that are joined, each known by its smallest member."""

    def __init__(self, n: int) -> None:
        self._above = list(range(n))

    def of(self, item: int) -> int:
        """The set of an item."""
        above = self._above
        while above[item] != item:
            above[item] = item = above[above[item]]
        return item

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


def share(one: Shingles, other: Shingles) -> tuple[int, float, float]:
    """How many shingles two texts share, their Jaccard similarity, and how much of the shorter is in the other."""
    n = len(np.intersect1d(one, other, assume_unique=True))
    shorter, both = min(len(one), len(other)), len(one) + len(other) - n
    return n, n / both if both else float("nan"), n / shorter if shorter else float("nan")


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Tell whether two texts are copies, one of the other or both of a third, by all of their shingles."""
    _, jaccard, containment = share(one, other)
    shorter, longer = sorted((len(one), len(other)))
    return jaccard >= JACCARD or (containment >= CONTAINMENT and shorter >= SHORTEST and longer <= LENGTHS * shorter)


def join_copies(
    signatures: NDArray[np.uint32], sizes: NDArray[np.int64], shingles_of: Callable[[int], Shingles]
) -> list[int]:
    """Find which texts belong together: by chains of copies, each proved by all of its shingles.

    Candidates are found by locality-sensitive hashing: texts whose signatures agree in one of 64 bands of two numbers.
    Two texts of Jaccard similarity s become candidates with the probability 1 − (1 − s²)^64: .98 at .25, which is a
    text beside one three times as long that holds four fifths of it, and above .999 from .33. Those with too few equal
    numbers for two copies of their sizes are left out. In each band a text is compared with those before it that were
    no copies of each other, so that any number of copies costs no more than one look each.

    Parameters
    ----------
    signatures : array of uint32, shape (texts, 128)
        In an order that the texts alone decide, no two with the same shingles.
    sizes : array of int, shape (texts,)
        How many shingles each text has.
    shingles_of : callable
        The shingles of a text by its place.

    Returns
    -------
    list of int
        For each text, the place of the first text of its set; its own if it has no copy.

    References
    ----------
    Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", ch. 3, for bands. They are sorted here, one at a time:
    the index of datasketch keeps all of them, in some hundred times the memory of the signatures.
    """
    n = len(signatures)
    sets, in_vain = Sets(n), [0] * n
    for candidates in _candidates(signatures, sizes):
        heads: list[int] = []
        for text in candidates:
            met = False
            for head, near in zip(heads, _are_near(signatures, sizes, heads, text), strict=True):
                if sets.of(text) == sets.of(head):
                    met = True
                elif near and in_vain[text] < _IN_VAIN:
                    if are_copies(shingles_of(text), shingles_of(head)):
                        sets.join(text, head)
                        met = True
                    else:
                        in_vain[text] += 1
            if not met and len(heads) < _HEADS:
                heads.append(text)
    return [sets.of(text) for text in range(n)]


@cache
def _least_equal() -> NDArray[np.int64]:
    """Return how many numbers of two copies' signatures are equal at least, by Jaccard similarity in % up to `JACCARD`.

    References
    ----------
    Broder 1997: each number is equal with a probability that is the Jaccard similarity.
    """
    from scipy.special import bdtr

    similarity = np.arange(100 * JACCARD + 1)[:, None] / 100
    missed = _MISSED * (1 - similarity**_BAND) ** (SIGNATURE // _BAND)
    least: NDArray[np.int64] = np.count_nonzero(bdtr(np.arange(SIGNATURE), SIGNATURE, similarity) < missed, axis=1)
    return least


def _candidates(signatures: NDArray[np.uint32], sizes: NDArray[np.int64]) -> Iterator[list[int]]:
    """The places of the texts that agree in a band, where these are two or more, in rising order.

    Two that are too unlike are left out, many pairs at once: most of what agrees by chance comes in twos.
    """
    for first in range(0, SIGNATURE, _BAND):
        band = np.ascontiguousarray(signatures[:, first : first + _BAND]).view(np.uint64).ravel()
        order = np.argsort(band, kind="stable")
        starts = np.concatenate(([0], np.flatnonzero(np.diff(band[order])) + 1))
        lengths = np.diff(starts, append=len(order))
        twos = starts[lengths == 2]
        for few in np.array_split(twos, len(twos) // _AT_ONCE + 1):
            near = _are_near(signatures, sizes, order[few], order[few + 1])
            for start in few[near].tolist():
                yield order[start : start + 2].tolist()
        more = starts[lengths > 2]
        for start, length in zip(more.tolist(), lengths[lengths > 2].tolist(), strict=True):
            yield order[start : start + length].tolist()


def _are_near(
    signatures: NDArray[np.uint32], sizes: NDArray[np.int64], some: Places, others: Places
) -> NDArray[np.bool_]:
    """Whether as many numbers are equal in each two signatures as two copies of their sizes have at least."""
    shorter, longer = np.minimum(sizes[some], sizes[others]), np.maximum(sizes[some], sizes[others])
    held = CONTAINMENT * shorter
    similarity = np.minimum(JACCARD, held / (shorter + longer - held))  # of the least alike that are copies
    least = _least_equal()[(100 * similarity).astype(int)]
    near: NDArray[np.bool_] = np.count_nonzero(signatures[some] == signatures[others], axis=-1) >= least
    return near
