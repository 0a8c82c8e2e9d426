"""Which articles tell of one event: alike in what they are about, and near in time.

Articles with a day are gathered first, and alone: what has no day may belong to one of their events by its terms, but
never brings two of them together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from analysis.events.vectors import Units

#: Articles of one event have at least this mean cosine, and were published at most so many days apart. Chosen on 840
#: articles of seven outlets on one election campaign, where of 30 events so found 26 are one on reading, 2 are
#: doubtful and 2 are not; among 400 of them without their days, 8 in 100 articles are taken together with one of
#: another week, among 100 of them 3.
ALIKE, DAYS = 0.18, 3
#: Articles that are compared with all before them at once.
_BLOCK = 500
#: As many articles are gathered at once, each pair of them looked at; more are parted at a higher likeness first.
_MOST, _STEP = 1500, 0.05
#: Likenesses are compared to as many decimals, so that the order of a sum decides nothing.
DECIMALS = 9


def gather(units: Units, alike: float = ALIKE, days: int = DAYS) -> list[int]:
    """Find which articles tell of one event.

    Clusters are joined, the most alike first, as long as the mean cosine between the articles of the one and of the
    other is at least `alike`. This is done with the dated articles first, of which two that are more than `days` days
    apart count as wholly unlike: so in an event, at most `days` days lie between one of them and the next. What came of
    it is then joined with the articles without a day in the same way, but no longer with each other.

    Parameters
    ----------
    units : Units
    alike : float
    days : int

    Returns
    -------
    list of int
        For each unit, the first unit of its event; its own if it stands alone.

    References
    ----------
    Average linkage: Sokal & Michener 1958; a mean of at least t between two clusters needs a pair of at least t, so
    that only pairs of at least t are looked for, and each connected part of them is gathered by itself.
    """
    one, other, cosine = _pairs(units, alike, days)
    events = np.arange(len(units.days))
    for part in _parts(len(events), one, other, cosine, alike):
        for cluster in _average_linkage(units, part, alike, days):
            events[cluster] = cluster[0]
    return [int(event) for event in events]


def _pairs(units: Units, alike: float, days: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """All pairs that are alike enough and near enough in time: places of both, and their cosine."""
    vectors, dated = units.vectors, units.days[~np.isnan(units.days)]
    found = []
    for start in range(0, vectors.shape[0], _BLOCK):
        end = min(start + _BLOCK, vectors.shape[0])
        first = 0 if end > len(dated) else int(np.searchsorted(dated, dated[start] - days))
        near = coo_array(vectors[start:end] @ vectors[first:end].T)
        one, other = near.coords[0] + start, near.coords[1] + first
        keep = (near.data >= alike) & (other < one) & ~_far(units.days[one], units.days[other], days)
        found.append((other[keep], one[keep], near.data[keep]))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    one, other, cosine = (np.concatenate(column) for column in zip(*found, strict=True))
    return one, other, cosine


def _far(one: NDArray[np.float64], other: NDArray[np.float64], days: int) -> NDArray[np.bool_]:
    """Whether days are too far apart; a missing one is not."""
    return np.abs(one - other) > days


def _parts(
    n: int, one: NDArray[np.int64], other: NDArray[np.int64], cosine: NDArray[np.float64], alike: float
) -> Iterator[NDArray[np.int64]]:
    """The connected parts of two units or more; one that is too large is parted at a higher likeness."""
    _, labels = connected_components(csr_array((cosine, (one, other)), shape=(n, n)), directed=False)
    order = np.argsort(labels, kind="stable")
    sizes = np.bincount(labels, minlength=1)
    large = np.flatnonzero(sizes > _MOST)
    for part in np.split(order, np.cumsum(sizes)[:-1]):
        if 1 < len(part) <= _MOST:
            yield part
    if len(large):
        higher = alike + _STEP
        inside = np.isin(labels[one], large) & (cosine >= higher)
        yield from (part for part in _parts(n, one[inside], other[inside], cosine[inside], higher) if len(part) > 1)


def _average_linkage(units: Units, part: NDArray[np.int64], alike: float, days: int) -> Iterator[NDArray[np.int64]]:
    """The clusters of two units or more."""
    own = units.vectors[part]
    dates = units.days[part]
    likeness = np.asarray((own @ own.T).todense())
    likeness[_far(dates[:, None], dates[None, :], days)] = 0.0
    distance = np.clip(1 - likeness, 10.0**-DECIMALS, 1).round(DECIMALS)
    dated = np.flatnonzero(~np.isnan(dates))
    if 0 < len(dated) < len(part):
        joined = _joined(distance[np.ix_(dated, dated)], alike)
        # Those joined are nearer than anything else; the others so far that no mean over the part is small enough.
        apart = joined[:, None] != joined[None, :]
        distance[np.ix_(dated, dated)] = np.where(apart, float(len(part)) ** 2, 0.0)
    labels = _joined(distance, alike)
    for label in range(1, labels.max() + 1):
        cluster = part[labels == label]
        if len(cluster) > 1:
            yield cluster


def _joined(distance: NDArray[np.float64], alike: float) -> NDArray[np.int64]:
    """The number of each one's cluster, from 1: joined as long as their mean distance is small enough."""
    if len(distance) == 1:
        return np.ones(1, dtype=np.int64)
    distance = distance.copy()
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    return np.asarray(fcluster(tree, 1 - alike, "distance"), dtype=np.int64)
