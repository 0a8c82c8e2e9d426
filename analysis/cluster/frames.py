"""The measures of a Dask DataFrame of articles: the same tables, as Dask DataFrames, a partition at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.inputs.trouble import listed
from analysis.measures import measure, measured_tables
from analysis.schema import Table
from analysis.tables import ARTICLES, TABLES

if TYPE_CHECKING:
    import dask.dataframe as dd

_DECLARED = {table.name: table for table in TABLES}


def measure_partitions(articles: dd.DataFrame, **settings: Any) -> dict[str, dd.DataFrame]:
    """Measure the articles of a Dask DataFrame, wherever its partitions are computed.

    Nothing is measured before a table is computed, and all tables that are computed or written together
    (`dask.compute`, `dask.persist`) are measured in one go. Each partition is in memory as a whole with its tables:
    some hundred articles are a good size, as `read_parquet` makes them of row groups with `split_row_groups`.

    Parameters
    ----------
    articles : dask DataFrame
        At least article_id and text; other columns of ARTICLES that are not there are not stated. The article_id must
        be unique in all partitions together, which nothing here can see.
    **settings
        Those of `measure`, but for `corrections`.

    Returns
    -------
    dict of str to dask DataFrame
        The tables of `measure`, with the types of the schema; the rows of each partition in the order of its articles.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> import dask.dataframe as dd
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["The bridge is old.", "It will close in May."]})
    >>> tables = measure_partitions(dd.from_pandas(articles, npartitions=2), attribution="none")
    >>> tables["readability"].compute()["n_words"].tolist()
    [4, 5]
    """
    import dask.dataframe as dd
    from dask.delayed import delayed

    if missing := [name for name in ("article_id", "text") if name not in articles.columns]:
        raise ValueError(
            f"articles have the columns article_id and text; {listed(missing)} missing in {listed(articles.columns)}"
        )
    parts = [delayed(_measure)(part, settings) for part in articles.to_delayed()]
    names = measured_tables(settings.get("measures", "all"))
    return {
        name: dd.from_delayed(
            [delayed(dict.get)(part, name) for part in parts], meta=_meta(name, articles.columns), verify_meta=False
        )
        for name in names
    }


def _measure(articles: pd.DataFrame, settings: dict[str, Any]) -> dict[str, pd.DataFrame]:
    return measure(_whole(articles), **settings)


def _whole(articles: pd.DataFrame) -> pd.DataFrame:
    """ARTICLES, with its types, from a partition; further columns, as text, after the declared ones."""
    names = [*ARTICLES.names, *(name for name in articles.columns if name not in ARTICLES.names)]
    given = articles.reset_index(drop=True)
    absent = pd.Series([None] * len(given), dtype="str")
    whole = pd.DataFrame({name: given.get(name, absent).astype("str") for name in names})
    return whole.assign(group=whole["group"].fillna(whole["article_id"]))


def _meta(name: str, columns: pd.Index) -> pd.DataFrame:
    """An empty frame of a table, as `measure` gives it."""
    table: Table = _DECLARED[name]
    if table is ARTICLES:
        return _whole(pd.DataFrame({column: pd.Series(dtype="str") for column in columns}))
    return table.frame()
