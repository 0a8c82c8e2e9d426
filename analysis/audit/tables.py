"""Whether every stored table is the one that the inputs give: Parquet and CSV, cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.audit.difference import TOLERANCE, DifferenceError, differs
from analysis.inputs.files import InputError
from analysis.inputs.formats import fields_as_long_as
from analysis.tables import TABLES

_KEYS = {table.name: list(table.key) for table in TABLES}
#: The one column that holds paths; they change when the inputs are moved.
_PATH = "path"


def compare_tables(stored: Path, expected: Path, renamed: Mapping[str, str] | None = None) -> str:
    """Compare two folders of tables: the same files, and in each the same rows, columns and cells.

    Numbers may differ by rounding (1e-9, relative or absolute), nothing else may.

    Parameters
    ----------
    stored, expected : Path
        The `tables/` of the run, and of the run made again.
    renamed : mapping of str to str, optional
        The path that the run recorded, for each path of an input that was moved since.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        At the first table that differs, in alphabetical order; it names table, row and column.
    """
    names, wanted = ({path.name for path in folder.glob("*")} for folder in (stored, expected))
    for name in sorted(wanted - names):
        raise DifferenceError(f"tables/{name}: the run wrote this file; it is not there")
    for name in sorted(names - wanted):
        raise DifferenceError(f"tables/{name}: the run writes no such file")
    tables = sorted(path.stem for path in expected.glob("*.parquet"))
    rows = 0
    for name in tables:
        for file in _files(stored, expected, f"{name}.parquet"):
            table = pd.read_parquet(expected / file)
            if _PATH in table:
                table[_PATH] = table[_PATH].map(lambda path: (renamed or {}).get(path, path)).astype(table[_PATH].dtype)
            rows += len(table)
            keys = [key for key in _KEYS.get(name, []) if key in table] or None
            _compare(f"tables/{file}", _read_parquet(stored, file), table, keys)
        if (expected / f"{name}.csv").exists():
            written = (expected / f"{name}.csv").read_bytes()
            found = (stored / f"{name}.csv").read_bytes()
            if found != written or renamed:
                frames = _read_csv(found, name), _read_csv(written, name)
                if renamed and _PATH in frames[1]:
                    frames[1][_PATH] = frames[1][_PATH].map(lambda path: renamed.get(path, path))
                numeric = [str(column) for column in table if pd.api.types.is_float_dtype(table[column])]
                _compare(f"tables/{name}.csv", *frames, keys, numeric)
    return f"tables: {len(tables)} tables, {rows:,} rows, as Parquet and CSV, are what the inputs give anew"


def _files(stored: Path, expected: Path, name: str) -> list[str]:
    """The files of a table: itself, or each of its parts, which are the same on both sides."""
    kinds = ["in parts" if (folder / name).is_dir() else "one file" for folder in (stored, expected)]
    if kinds[0] != kinds[1]:
        raise differs(f"tables/{name}", *kinds)
    if not (expected / name).is_dir():
        return [name]
    found, wanted = ({path.name for path in (folder / name).iterdir()} for folder in (stored, expected))
    for part in sorted(wanted - found):
        raise DifferenceError(f"tables/{name}/{part}: the run wrote this file; it is not there")
    for part in sorted(found - wanted):
        raise DifferenceError(f"tables/{name}/{part}: the run writes no such file")
    return [f"{name}/{part}" for part in sorted(wanted)]


def _read_parquet(folder: Path, file: str) -> pd.DataFrame:
    try:
        return pd.read_parquet(folder / file)
    except OSError as error:
        raise InputError(f"cannot read {folder / file}: {error.strerror or error}") from None
    except Exception as error:  # pyarrow raises many kinds for a damaged file
        raise DifferenceError(f"tables/{file}: no Parquet ({' '.join(str(error).split())})") from None


def _read_csv(content: bytes, name: str) -> pd.DataFrame:
    """Read a CSV as it stands: every cell a string, nothing taken for missing."""
    try:
        source = content.decode("utf-8")
        with fields_as_long_as(source):
            head, *rows = csv.reader(io.StringIO(source, newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise DifferenceError(f"tables/{name}.csv: no CSV in UTF-8 ({error})") from None
    for number, row in enumerate(rows, start=1):
        if len(row) != len(head):
            raise differs(f"tables/{name}.csv, row {number}: cells", len(row), len(head))
    return pd.DataFrame(rows, columns=head, dtype="str")


def _compare(
    where: str, found: pd.DataFrame, expected: pd.DataFrame, keys: list[str] | None, numeric: Sequence[str] = ()
) -> None:
    """Compare two frames, row by row; `numeric` are columns of text that hold numbers."""
    if list(found.columns) != list(expected.columns):
        raise differs(f"{where}: columns", list(found.columns), list(expected.columns))
    for column in expected.columns:
        if str(found[column].dtype) != str(expected[column].dtype):
            raise differs(f"{where}, column {column!r}: type", str(found[column].dtype), str(expected[column].dtype))
    _compare_rows(where, _named(found, keys), _named(expected, keys))
    unequal = np.column_stack([
        _unequal(found[column], expected[column], column in numeric) for column in expected.columns
    ])  # fmt: skip
    for row, column in np.argwhere(unequal)[:1]:
        name = _named(expected, keys)[row]
        raise differs(
            f"{where}, {name}, column {expected.columns[column]!r}",
            _plain(found.iat[row, column]),
            _plain(expected.iat[row, column]),
        )


def _compare_rows(where: str, found: list[str], expected: list[str]) -> None:
    """The rows are the same, in the same order, by their keys."""
    if found == expected:
        return
    there, wanted = set(found), set(expected)
    for place in range(max(len(found), len(expected))):
        one = found[place] if place < len(found) else None
        other = expected[place] if place < len(expected) else None
        if one == other:
            continue
        if other is not None and other not in there:
            raise DifferenceError(f"{where}: {other} follows from the inputs; it is not there")
        if one is not None and (one not in wanted or other is None):
            raise DifferenceError(f"{where}: {one} does not follow from the inputs")
        raise differs(f"{where}: row {place + 1}", one, other)


def _named(table: pd.DataFrame, keys: list[str] | None) -> list[str]:
    """Name each row by its key, or by its number where the table has none."""
    if not keys:
        return [f"row {number}" for number in range(1, len(table) + 1)]
    columns = [[f"{key}={value}" for value in table[key]] for key in keys]
    return [f"row {', '.join(cells)}" for cells in zip(*columns, strict=True)]


def _unequal(found: pd.Series, expected: pd.Series, numeric: bool) -> np.ndarray:
    """Where two columns differ; missing equals missing, and `numeric` text is compared as the numbers it holds."""
    if pd.api.types.is_float_dtype(expected):
        return np.asarray(~np.isclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True))
    equal = (found == expected).fillna(False).astype(bool) | (found.isna() & expected.isna())
    if numeric:  # a cell that holds no number equals no other
        one, other = (pd.to_numeric(column, errors="coerce").to_numpy(dtype=float) for column in (found, expected))
        equal |= np.isclose(one, other, rtol=TOLERANCE, atol=TOLERANCE)
    return np.asarray(~equal)


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return None if pd.isna(value) else value
