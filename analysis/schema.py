"""What a table is: rows of declared columns, measured one article at a time.

A `Table` is used four ways: to build a frame, to check one, to give an empty frame its types,
and to print the codebook that every run writes beside its tables.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.compute
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

#: How strings are kept, by their number: pandas takes, compares and walks Python's own several times as fast as those
#: of Arrow, which are made and written in a third of the time.
_PYTHON, _ARROW = pd.StringDtype("python", na_value=np.nan), pd.StringDtype("pyarrow", na_value=np.nan)
_MANY = 20_000


@dataclass(frozen=True)
class Column:
    """One column: its name, pandas dtype, meaning, unit and, where it is computed, its formula or source."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class Table:
    """What a row of one table is, and the columns it has. Rows are unique in `key`."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    @cached_property
    def _index(self) -> pd.Index:
        """The column names as a frame has them, made once: that takes as long as a few short columns."""
        names: pd.Index = pd.Index(as_strings(self.names))
        return names

    def frame(self, rows: Iterable[Sequence[Any]] | Mapping[str, Any] = ()) -> pd.DataFrame:
        """Build a frame of this table; without rows it is empty and still has its types.

        Parameters
        ----------
        rows : iterable of tuples, or mapping of column name to values
            Tuples stand in the order of the columns.

        Returns
        -------
        DataFrame
            This table, rows in the order given, index 0 … n − 1.

        Examples
        --------
        >>> table = Table("t", "word", ("n",), (Column("n", "int64", "uses"), Column("word", "str", "as written")))
        >>> table.frame([(3, "oil")]).loc[0, "word"], str(table.frame()["n"].dtype)
        ('oil', 'int64')
        """
        if isinstance(rows, Mapping):
            cells: Iterable[Any] = [rows[name] for name in self.names]
        else:
            # A tuple that is too long or too short is refused here.
            cells = list(zip(*rows, strict=True)) or [()] * len(self.columns)
        # Each column at once in its type: a frame that finds types out and is then converted takes ten times as long.
        typed = [_typed(values, column.dtype) for column, values in zip(self.columns, cells, strict=True)]
        return _assembled(self._index, typed)

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` unchanged if it is of this table.

        Raises
        ------
        ValueError
            A column is missing, has another dtype, or two rows share a key; the message names it.
        """
        missing = [name for name in self.names if name not in frame.columns]
        if missing:
            raise ValueError(f"table {self.name} needs the columns {missing}; the frame has {list(frame.columns)}")
        for column in self.columns:
            found = str(frame[column.name].dtype)
            if found != column.dtype:
                raise ValueError(f"{self.name}.{column.name} should be {column.dtype}; it is {found}")
        doubled = frame.duplicated(list(self.key))
        if doubled.any():
            first = frame.loc[doubled, list(self.key)].iloc[0].to_dict()
            raise ValueError(
                f"table {self.name} has one row for each {', '.join(self.key)}; this one stands twice: {first}"
            )
        return frame

    def codebook(self) -> str:
        """Describe the table in Markdown: what a row is, then each column with unit and source."""
        lines = [f"## {self.name}", "", f"One row for each {self.row}. Key: {', '.join(self.key)}.", ""]
        lines += ["| column | type | meaning | unit | formula or source |", "|---|---|---|---|---|"]
        for column in self.columns:
            cells = (column.name, column.dtype, column.meaning, column.unit, column.source)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        return "\n".join(lines) + "\n"


def rows_of(frame: pd.DataFrame, columns: Collection[str] | None = None) -> Iterator[Any]:
    """Walk the rows of a table one at a time; the columns are fields, and the index is left out.

    Parameters
    ----------
    frame : DataFrame
    columns : collection of str, optional
        Only those of its columns that are among these.

    Yields
    ------
    named tuple
        One for each row, in their order; an empty table has none.

    Examples
    --------
    >>> [row.start + row.end for row in rows_of(pd.DataFrame({"start": [0, 2], "end": [1, 3]}))]
    [1, 5]
    """
    names = [name for name in frame.columns.tolist() if columns is None or name in columns]
    row = row_type(tuple(names))
    yield from map(row._make, zip(*map(cells_of, arrays_of(frame, names)), strict=True))


def arrays_of(frame: pd.DataFrame, names: Iterable[str]) -> list[Any]:
    """Return the array of each of some columns, not to be written to; a series of each takes ten times as long.

    Examples
    --------
    >>> [array.tolist() for array in arrays_of(pd.DataFrame({"start": [0, 2], "end": [1, 3]}), ["end"])]
    [[1, 3]]
    """
    walked: Any = frame
    return [walked._get_column_array(frame.columns.get_loc(name)) for name in names]


def _typed(values: Any, dtype: str) -> Any:
    """An array of one type, of values in their order; the index of a series is not looked at."""
    if isinstance(values, pd.Series | pd.Index):
        values = values.array
    elif not isinstance(values, ExtensionArray):
        return as_strings(values) if dtype == "str" else np.array(values, dtype)
    if dtype == "str":  # a copy, since a frame of numbers copies them, but keeps an array of strings
        return values.astype(_ARROW if len(values) > _MANY else _PYTHON, copy=True)
    return np.asarray(values.astype(dtype, copy=False))


def _assembled(names: pd.Index, columns: list[Any]) -> pd.DataFrame:
    """A frame of arrays that have their types; of few rows, what pandas makes of a mapping takes five times as long."""
    lengths = sorted({len(column) for column in columns})
    if len(lengths) > 1:
        raise ValueError(f"the columns of a table are of one length; these have {lengths} rows")
    make: Any = pd.DataFrame
    frame: pd.DataFrame = make._from_arrays(columns, names, pd.RangeIndex(lengths[0]), verify_integrity=False)
    return frame


def as_strings(values: Iterable[Any]) -> Any:
    """An array of strings of the type "str", of many by way of Arrow."""
    if isinstance(values, pyarrow.LargeStringArray):
        return pd.array(values, dtype=_ARROW)
    cells = list(values)
    if len(cells) <= _MANY:
        return pd.array(cells, dtype=_PYTHON)
    return pd.array(pyarrow.array(cells, pyarrow.large_string(), from_pandas=True), dtype=_ARROW)


def taken(strings: Any, places: NDArray[np.int64]) -> Any:
    """Take strings out of an array of few, in the way in which a table of as many rows as are taken keeps them.

    Examples
    --------
    >>> taken(as_strings(["a", "b"]), np.array([1, 1, 0])).tolist()
    ['b', 'b', 'a']
    """
    return (strings.astype(_ARROW) if len(places) > _MANY else strings).take(places)


def cells_of(values: Any) -> list[Any]:
    """The cells of an array; pandas walks one of strings ten times as slowly as an array of objects."""
    return list((np.asarray(values, dtype=object) if isinstance(values.dtype, pd.StringDtype) else values).tolist())


@lru_cache(maxsize=256)
def row_type(columns: tuple[str, ...]) -> Any:
    """Return the named tuple of some columns; `DataFrame.itertuples` makes a class of it anew each time."""
    return namedtuple("Row", columns, rename=True)


def each_article(
    articles: pd.DataFrame, *tables: pd.DataFrame, columns: Collection[str] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Walk the articles one at a time, each with its own rows of the other tables.

    Parameters
    ----------
    articles : DataFrame
    *tables : DataFrame
        Each has a column article_id.
    columns : collection of str, optional
        Only those of their columns that are among these.

    Yields
    ------
    (article, rows, rows, …)
        `article` is a named tuple of ARTICLES; each `rows` is the list of that article's rows of one
        of `tables`, as named tuples, in their order; an article without rows has an empty list.
    """
    by_article = []
    for table in tables:
        rows: dict[str, list[Any]] = defaultdict(list)
        for row in rows_of(table, columns):
            rows[row.article_id].append(row)
        by_article.append(rows)
    for article in rows_of(articles, columns):
        yield (article, *(rows.get(article.article_id, []) for rows in by_article))


def owners_of(articles: pd.DataFrame, rows: pd.DataFrame) -> NDArray[np.int64]:
    """Return the place of each row's article among `articles`, from 0; −1 where it is none of them.

    Examples
    --------
    >>> articles, rows = (pd.DataFrame({"article_id": names}) for names in (["a", "b"], ["b", "c", "a"]))
    >>> owners_of(articles, rows).tolist()
    [1, -1, 0]
    """
    (known,), (asked,) = (arrays_of(frame, ["article_id"]) for frame in (articles, rows))
    names = cells_of(known)
    if getattr(asked.dtype, "storage", "") == "pyarrow":
        found = pyarrow.compute.index_in(pyarrow.array(asked), pyarrow.array(names, pyarrow.large_string()))
        return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    places = {name: place for place, name in enumerate(names)}
    return np.fromiter((places.get(name, -1) for name in cells_of(asked)), np.int64, len(rows))


def per_article(
    table: Table, *, reads: Collection[str] | None = None
) -> Callable[[Callable[..., Iterable[tuple[Any, ...]]]], Callable[..., pd.DataFrame]]:
    """Turn a measure of one article into a measure of a table of articles.

    The decorated function takes one article (a named tuple of ARTICLES), then its rows of any further tables,
    then settings by keyword, and yields rows of `table` without the leading article_id. What comes back takes
    the whole tables instead. Because nothing else can reach it, measuring a batch equals measuring each article
    and stacking the results.

    Parameters
    ----------
    table : Table
        What the measure gives.
    reads : collection of str, optional
        The columns that it looks at, of any table; all of them, if not said, which takes longer.

    Examples
    --------
    >>> columns = (Column("article_id", "str", "the article"), Column("n", "int64", "letters"))
    >>> @per_article(Table("lengths", "article", ("article_id",), columns))
    ... def count_letters(article):
    ...     yield (len(article.text),)
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "text": ["one", "three"]})
    >>> count_letters(articles)["n"].tolist()
    [3, 5]
    """
    columns = None if reads is None else {"article_id", *reads}

    def decorate(measure: Callable[..., Iterable[tuple[Any, ...]]]) -> Callable[..., pd.DataFrame]:
        @wraps(measure)
        def of_tables(articles: pd.DataFrame, *tables: pd.DataFrame, **settings: Any) -> pd.DataFrame:
            return table.frame(
                (article.article_id, *row)
                for article, *rows in each_article(articles, *tables, columns=columns)
                for row in measure(article, *rows, **settings)
            )

        return of_tables

    return decorate
