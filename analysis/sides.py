"""Groups as the sides of a comparison: numbered by content, not English, or with nothing to tell them apart."""

from __future__ import annotations

from typing import Any

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


def alike_sides(labels: NDArray[np.int64], n_sides: int, *known: NDArray[Any]) -> list[list[int]]:
    """Find sides whose units have the same counts in the same order: content does not say which of them is first.

    Parameters
    ----------
    labels : array, shape (units,)
        The side of each unit, 0 … n_sides − 1.
    n_sides : int
    *known : array, shape (units, …)
        All that is known of each unit; what tells most sides apart comes first, and the rest need not be looked at.

    Returns
    -------
    list of list of int
        The sides, together with those like them.

    Examples
    --------
    >>> alike_sides(np.array([0, 0, 1, 2, 2]), 3, np.array([3, 1, 4, 3, 1]))
    [[0, 2], [1]]
    """
    alike = [list(range(n_sides))]
    for values in known:
        apart: dict[tuple[int, bytes], list[int]] = {}
        for sides in alike:
            for side in sides:
                own = values[labels == side].tobytes() if len(sides) > 1 else b""
                apart.setdefault((sides[0], own), []).append(side)
        alike = list(apart.values())
    return alike


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
