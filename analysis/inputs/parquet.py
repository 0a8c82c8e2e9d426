"""The records of a Parquet file: row group by row group, whatever its metadata promise."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from analysis.inputs.columns import Columns
from analysis.inputs.expand import budget_for, too_much
from analysis.inputs.files import opened
from analysis.inputs.formats import Record
from analysis.inputs.json_records import as_text
from analysis.inputs.pages import unpacked_size
from analysis.inputs.trouble import Unreadable

#: Rows that are unpacked together; their strings once for each value, not for each row.
_ROWS = 256
#: Of rows that take more bytes together, the cells are read one by one, and none is held but those of the row at hand.
_TOGETHER = 1 << 24
_BUFFER = 1 << 20


def parquet_records(path: Path, limit: int, columns: Columns) -> Iterator[Record]:
    """Read the records of a Parquet file one by one; columns of binary data are not read.

    Parameters
    ----------
    path : Path
    limit : int
        The most bytes of the file, and of what is unpacked from it.
    columns : Columns

    Raises
    ------
    Unreadable
        It is damaged, has no column of strings for the text, or unpacks to too much; the message names the row group.
        What could be read comes before.
    """
    import pyarrow
    from pyarrow import parquet

    with opened(path, limit) as handle:
        size = handle.seek(0, io.SEEK_END)
        budget = budget_for(size, limit)
        handle.seek(0)
        try:
            schema = parquet.read_schema(handle)
            strings = [name for name, kind in zip(schema.names, schema.types, strict=True) if _is_string(kind)]
            file = parquet.ParquetFile(
                handle, read_dictionary=strings, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True
            )
        except (pyarrow.ArrowException, OSError, ValueError) as problem:
            raise Unreadable(f"damaged Parquet ({_said(problem)})") from problem
        choice = columns.choose(schema.names, "its schema names")
        place = choice.targets.index(columns.needs)
        if not _is_string(kind := schema.types[place]):
            raise Unreadable(f"its column {schema.names[place]!r}, taken for {columns.needs}, is {kind}, not string")
        wanted = {
            name: target
            for name, target, kind in zip(schema.names, choice.targets, schema.types, strict=True)
            if target and "binary" not in str(kind)
        }
        before = given = pages = 0
        damage = ""
        for group in range(file.num_row_groups):
            number = before
            if not file.metadata.row_group(group).num_rows:
                continue
            try:
                pages += unpacked_size(handle, file.metadata.row_group(group), wanted)
                if pages > budget:
                    raise Unreadable(too_much(size, budget))
                batches = file.iter_batches(_ROWS, row_groups=[group], columns=[*wanted], use_threads=False)
                for batch in batches:
                    read = batch.columns if batch.nbytes > _TOGETHER else map(_cells, batch.columns)
                    cells = dict(zip(batch.schema.names, read, strict=True))
                    for row in range(batch.num_rows):
                        number += 1
                        record = _record(cells, row, number, wanted, choice.note)
                        given += len(record.raw)
                        if given > budget:
                            raise Unreadable(too_much(size, budget))
                        yield record
            except Unreadable:
                raise
            except (pyarrow.ArrowException, OSError, ValueError) as problem:
                damage = damage or f"damaged Parquet in row group {group + 1} ({_said(problem)})"
            before += file.metadata.row_group(group).num_rows
        if damage:
            raise Unreadable(damage)


def _cells(column: Any) -> Any:
    """The cells of a column as Python has them, or the column itself if one cannot be read."""
    import pyarrow

    try:
        if not pyarrow.types.is_dictionary(column.type):
            return column.to_pylist()
        places = column.indices.to_pylist()
        met = [place for place in dict.fromkeys(places) if place is not None]
        values = column.dictionary.take(pyarrow.array(met, pyarrow.int64())).to_pylist()
        return [*map(dict(zip(met, values, strict=True)).get, places)]
    except (ValueError, OverflowError):  # not UTF-8, or a date beyond the calendar
        return column


def _record(columns: Mapping[str, Any], row: int, number: int, wanted: dict[str, str], note: str) -> Record:
    values: dict[str, Any] = {}
    problem = ""
    for name, cells in columns.items():
        try:
            values[name] = cells[row] if isinstance(cells, list) else cells[row].as_py()
        except UnicodeDecodeError as damage:
            problem = problem or f"its {name!r} is not UTF-8 at byte {damage.start}"
        except (ValueError, OverflowError) as oddity:  # a date beyond the calendar, say
            problem = problem or f"its {name!r} cannot be read ({_said(oddity)})"
    fields = {wanted[name]: _cell(value) for name, value in values.items() if not _is_missing(value)}
    return Record(number, 0, _as_one(values), fields, problem, note=note)


def _as_one(values: Mapping[str, Any]) -> str:
    """A row as one string, since Parquet writes none: with the length of each cell, no other row gives the same."""
    read = []
    for name, value in values.items():
        plain = isinstance(value, str)
        cell = value if plain else json.dumps(value, ensure_ascii=False, default=str)
        read.append(f"{len(name)} {name}{'=' if plain else ':'}{len(cell)} {cell}\n")
    return "".join(read)


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | time) else as_text(value)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _is_string(kind: Any) -> bool:
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _said(problem: Exception) -> str:
    """The first line of what a library has against an input."""
    return " ".join(str(problem).split("\n")[0].split())[:200]
