"""Groups as the sides of a comparison: numbered by content, not English, or with nothing to tell them apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence import content_order

Array = NDArray[np.float64]


def place_articles(articles: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Number groups and articles in an order that their texts alone decide, as `content_order` gives it.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES with `group`.

    Returns
    -------
    groups : list of str
        In content order.
    places : DataFrame
        article_id, and the numbers `article` and `group`, counted from 0; in content order.
    """
    groups, order = content_order(articles["text"].tolist(), articles["group"].tolist())
    ranked = articles.iloc[order]
    places = pd.DataFrame({
        "article_id": ranked["article_id"].to_numpy(),
        "article": np.arange(len(ranked)),
        "group": [groups.index(group) for group in ranked["group"]],
    })  # fmt: skip
    return groups, places


def foreign_groups(articles: pd.DataFrame, notes: pd.DataFrame) -> set[str]:
    """Find the groups with an article that is not English: what only makes sense for English is withheld for them.

    Parameters
    ----------
    articles, notes : DataFrame
        ARTICLES with `group`, and NOTES.
    """
    foreign = notes.loc[notes["subject"] == "language", "article_id"]
    return set(articles.loc[articles["article_id"].isin(foreign), "group"])


def alike_sides(labels: NDArray[np.int64], counts: Array, n_sides: int) -> list[list[int]]:
    """Find sides whose units have the same counts in the same order: content does not say which of them is first.

    Parameters
    ----------
    labels : array, shape (units,)
        The side of each unit, 0 … n_sides − 1.
    counts : array, shape (units, k)
        All that is known of each unit.
    n_sides : int

    Returns
    -------
    list of list of int
        The sides, together with those like them.

    Examples
    --------
    >>> alike_sides(np.array([0, 0, 1, 2, 2]), np.array([[3], [1], [4], [3], [1]]), 3)
    [[0, 2], [1]]
    """
    alike: dict[bytes, list[int]] = {}
    for side in range(n_sides):
        alike.setdefault(np.ascontiguousarray(counts[labels == side], dtype=float).tobytes(), []).append(side)
    return list(alike.values())


def share_widest(lower: Array, upper: Array, alike: list[list[int]]) -> tuple[Array, Array]:
    """Give sides that nothing tells apart one interval, from the lowest of their ends to the highest.

    Each side has random draws of its own, so that the intervals of one text given twice would differ, and which of
    them is whose would be decided by name.

    Parameters
    ----------
    lower, upper : array, shape (n_sides, …)
    alike : list of list of int
        What `alike_sides` gives.

    Returns
    -------
    lower, upper : array
        The same shapes.
    """
    lower, upper = lower.copy(), upper.copy()
    for sides in alike:
        lower[sides], upper[sides] = lower[sides].min(0), upper[sides].max(0)
    return lower, upper


def share_largest(p: Array, alike: list[list[int]]) -> Array:
    """Give sides that nothing tells apart one p, the largest of theirs.

    Parameters
    ----------
    p : array, shape (n_sides, …)
    alike : list of list of int
        What `alike_sides` gives.

    Returns
    -------
    array
        The same shape.
    """
    p = p.copy()
    for sides in alike:
        p[sides] = p[sides].max(0)
    return p
