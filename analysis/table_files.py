"""A table as the content of a file: Parquet for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: A spreadsheet would run a cell that begins with one of these; full-width forms count too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The types of columns that are handed to Arrow as they are.
_PLAIN = ("int64", "float64", "bool")
#: That of strings has two names in pandas, by how it keeps them, and one in Arrow.
_STRINGS = "str"


def parquet_of(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet, without its index: the bytes of `DataFrame.to_parquet` in an eighth of its time.

    Strings are those of Arrow that may be large, however the table keeps them.
    """
    names, types = tuple(table.columns), tuple(str(values.dtype) for _, values in table.items())
    if not all(isinstance(name, str) for name in names) or not set(types) <= {*_PLAIN, _STRINGS}:
        return bytes(table.to_parquet(index=False))
    cells = [
        _strings(values) if kind == _STRINGS else pa.array(values.to_numpy(), from_pandas=True)
        for (_, values), kind in zip(table.items(), types, strict=True)
    ]
    stream = pa.BufferOutputStream()
    written = pa.Table.from_arrays(cells, schema=_schema(names, types))
    with pq.ParquetWriter(stream, written.schema, compression="snappy") as writer:
        writer.write_table(written)
    return bytes(stream.getvalue())


def _strings(values: pd.Series) -> pa.Array | pa.ChunkedArray:
    """The strings of a column as Arrow's; those that are kept so are not copied."""
    kept_so = isinstance(values.dtype, pd.StringDtype) and values.dtype.storage == "pyarrow"
    cells = values.array if kept_so else np.asarray(values.array, dtype=object)
    return pa.array(cells, pa.large_string(), from_pandas=True)


@lru_cache(maxsize=256)
def _schema(names: tuple[str, ...], types: tuple[str, ...]) -> pa.Schema:
    """What Arrow makes of columns of these names and types, with what it notes for pandas."""
    strings = pd.StringDtype("pyarrow", na_value=np.nan)
    empty = pd.DataFrame({
        name: pd.array([], dtype=strings) if kind == _STRINGS else np.array([], kind)
        for name, kind in zip(names, types, strict=True)
    })  # fmt: skip
    return pa.Schema.from_pandas(empty, preserve_index=False)


def csv_of(table: pd.DataFrame, *, header: bool = True) -> str:
    r"""Return a table as the CSV of RFC 4180, without its index; what is missing is empty.

    Text that a spreadsheet would take for a formula gets a leading apostrophe. Lines end in CR LF, so that a line break
    of either kind inside a text is quoted.

    Examples
    --------
    >>> csv_of(pd.DataFrame({"n": [1.0, float("nan")], "text": ["=a", "b"]}))
    "n,text\r\n1.0,'=a\r\n,b\r\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    if header:
        writer.writerow([_defused(column) for column in table.columns])
    writer.writerows(zip(*(_cells(values) for _, values in table.items()), strict=True))
    return buffer.getvalue()


def _cells(values: pd.Series) -> Iterable[Any]:
    """The cells of a column as they are written; what is missing is no text."""
    if values.dtype == "str":
        return [_defused(cell) if isinstance(cell, str) else "" for cell in np.asarray(values.array, dtype=object)]
    return ["" if missing else cell for cell, missing in zip(values.tolist(), values.isna().tolist(), strict=True)]


def _defused(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
