"""Read a file of corrections, and refuse one that cannot be understood or contradicts itself."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.corrections.grammar import NONE, check_value, parse_change
from analysis.corrections.status import with_verdicts
from analysis.inputs.decode import Unreadable, decode
from analysis.inputs.files import InputError, printable, read_bytes
from analysis.inputs.formats import Record, listed, read_csv
from analysis.paths import project_path
from analysis.schema import rows_of
from analysis.tables import CORRECTIONS

WHAT = ("region", "attribution", "label", "voice")
COLUMNS = ("article_id", "what", "start", "end", "value", "who", "why")
#: A larger file is a mistake.
MAX_BYTES = 100_000_000
_NUMBER = re.compile(r"\d{1,12}")


def no_corrections() -> pd.DataFrame:
    """Return CORRECTIONS without a row."""
    return CORRECTIONS.frame()


def read_corrections(path: str, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the corrections of a file; an empty path is none.

    Parameters
    ----------
    path : str
        A CSV file with the columns article_id, what, start, end, value, who, why, and, if wanted, text.
    articles : DataFrame, optional
        ARTICLES; a correction of none of them is named at once.

    Returns
    -------
    DataFrame
        CORRECTIONS in the order of the file; their status is missing until they are applied.

    Raises
    ------
    InputError
        The file cannot be read, a column is missing or unknown, a cell is not accepted, or two corrections
        contradict each other; the message names file and line, and says what is accepted.
    """
    if not path:
        return no_corrections()
    name = printable(path)
    try:
        source = decode(read_bytes(project_path(path), MAX_BYTES)).text
        records = read_csv(source, needs=COLUMNS[0])
    except Unreadable as problem:
        raise InputError(f"{name}: {problem}; corrections are CSV with the columns {', '.join(COLUMNS)}") from None
    _check_columns(name, source)
    rows, lines = [], {}
    for number, record in enumerate(records, start=1):
        rows.append((number, *_read_row(name, record)))
        lines[number] = record.line
    corrections = CORRECTIONS.frame(rows)
    for first, second, why in _contradictions(corrections):
        raise InputError(
            f"{name}, lines {lines[first.correction]} and {lines[second.correction]}: {why} ({first.what} "
            f"{first.start}–{first.end} of {first.article_id!r} is {first.value!r}, {second.start}–{second.end} "
            f"{second.value!r})"
        )
    return corrections if articles is None else name_unplaced(corrections, articles)


def name_unplaced(corrections: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Name the corrections that are of none of these articles.

    Returns
    -------
    DataFrame
        CORRECTIONS; the others as they were.
    """
    known = set(articles["article_id"])
    reason = f"No article has this article_id; there are {listed(articles['article_id'])}."
    lost = [row.correction for row in rows_of(corrections) if row.article_id not in known]
    return with_verdicts(corrections, dict.fromkeys(lost, reason))


def _check_columns(name: str, source: str) -> None:
    """Raise `InputError` unless the first line names the columns, whether or not a line follows."""
    first = next(line for line in source.splitlines() if line.strip())
    rows = (next(csv.reader([first], delimiter=mark)) for mark in ",;\t")
    found = max(([cell.strip().lower() for cell in row] for row in rows), key=len)
    named = [COLUMNS[0] if column == "id" else column for column in found if column]
    missing = [column for column in COLUMNS if column not in named]
    unknown = [column for column in named if column not in (*COLUMNS, "text")]
    if missing or unknown:
        fault = f"has no column {missing[0]!r}" if missing else f"has the column {unknown[0]!r}"
        raise InputError(f"{name} {fault}; accepted are {', '.join(COLUMNS)}, all needed, and text")


def _read_row(name: str, record: Record) -> tuple[Any, ...]:
    """One line of the file, checked."""
    where = f"{name}, line {record.line}"
    if record.problem:
        raise InputError(f"{where}: {record.problem}")
    cells = {column.lower(): cell.strip() for column, cell in record.fields.items()}
    for column in COLUMNS:
        if not cells[column]:
            raise InputError(f"{where}: {column} is empty; only text may be")
    if cells["what"] not in WHAT:
        raise InputError(f"{where}: what is {', '.join(WHAT[:-1])} or {WHAT[-1]}; found {cells['what']!r}")
    for column in ("start", "end"):
        if not _NUMBER.fullmatch(cells[column]):
            raise InputError(f"{where}: {column} is a whole number of characters from 0; found {cells[column]!r}")
    start, end = int(cells["start"]), int(cells["end"])
    if start >= end:
        raise InputError(f"{where}: end is greater than start; found start {start} and end {end}")
    try:
        check_value(cells["what"], cells["value"])
    except ValueError as problem:
        raise InputError(f"{where}: {problem}") from None
    text = record.fields.get("text", "")
    return (
        cells["article_id"], cells["what"], start, end, cells["value"], text if text.strip() else None,
        cells["who"], cells["why"], None, None,
    )  # fmt: skip


def _contradictions(corrections: pd.DataFrame) -> Iterator[tuple[Any, Any, str]]:
    """Pairs of corrections that cannot both hold, or say the same twice, with what is wrong with them."""
    rows = sorted(rows_of(corrections), key=lambda row: (row.article_id, row.what, row.start, row.end, row.correction))
    for (_, what), group in groupby(rows, key=lambda row: (row.article_id, row.what)):
        own = list(group)
        titles = [row for row in own if what == "region" and row.value == "title"]
        if len(titles) > 1:
            yield titles[0], titles[1], "an article has one title"
        for first, second in _touching(own):
            if (first.start, first.end, first.value) == (second.start, second.end, second.value):
                yield first, second, "a correction stands twice"
            elif _contradict(what, first, second):
                yield first, second, "two corrections contradict each other"


def _touching(rows: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows, sorted by start, whose stretches share a character."""
    open_rows: list[Any] = []
    for row in rows:
        open_rows = [other for other in open_rows if other.end > row.start]
        yield from ((other, row) for other in open_rows)
        open_rows.append(row)


def _contradict(what: str, first: Any, second: Any) -> bool:
    """Whether two corrections of stretches that touch contradict each other."""
    same = (first.start, first.end) == (second.start, second.end)
    if what in ("region", "voice"):
        return bool(first.value != second.value)
    if what == "label":
        return same or NONE not in (first.value, second.value)
    if not same:
        return False
    one, other = parse_change(first.value), parse_change(second.value)
    if one.remove or other.remove or (one.adds and other.adds):
        return True
    if one.adds or other.adds:
        return False
    ours, theirs = {**one.words, **one.spans}, {**other.words, **other.spans}
    return any(ours[key] != theirs[key] for key in ours if key in theirs)
