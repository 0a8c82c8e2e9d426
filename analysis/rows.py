"""The rows of one article in a table, for whoever needs those of a few articles only."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from analysis.schema import arrays_of, cells_of, row_type


class RowsByArticle:
    """The rows of each article in a table, made when they are asked for: `each_article` makes those of all.

    Parameters
    ----------
    table : DataFrame
        Has a column article_id.
    columns : collection of str
        The columns that are wanted.

    Examples
    --------
    >>> rows = RowsByArticle(pd.DataFrame({"article_id": ["a", "b", "a"], "start": [0, 5, 9]}), ["start"])
    >>> [row.start for row in rows["a"]], rows["c"]
    ([0, 9], [])
    """

    def __init__(self, table: pd.DataFrame, columns: Collection[str]) -> None:
        names = [name for name in table.columns.tolist() if name in columns]
        self._row, self._arrays = row_type(tuple(names)), arrays_of(table, names)
        self._places = table.groupby("article_id", sort=False).indices

    def __getitem__(self, article_id: str) -> list[Any]:
        places: Any = self._places.get(article_id, ())
        if not len(places):
            return []
        return list(map(self._row._make, zip(*(cells_of(array[places]) for array in self._arrays), strict=True)))
