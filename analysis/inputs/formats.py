"""A record of any format, and the records of tables whose cells are separated by a mark (csv)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from analysis.inputs.columns import Columns
from analysis.inputs.lines import Lines, LongLine
from analysis.inputs.trouble import listed

__all__ = ["Record", "csv_records", "fields_as_long_as", "listed", "read_csv"]

_MARKS = ",;\t"
_SAID = "its first line names"


class Record(NamedTuple):
    """A record: its number and line, counted from 1, its fields as written, or the problem that it has.

    Where records have no lines, the line is 0. `note` says which column was taken for which.
    """

    number: int
    line: int
    raw: str
    fields: dict[str, str]
    problem: str = ""
    warning: str = ""
    note: str = ""

    @property
    def place(self) -> str:
        """Return where it stands, for a message."""
        return f"line {self.line}" if self.line else f"record {self.number}"


@contextmanager
def fields_as_long_as(source: str) -> Iterator[None]:
    """Let the csv module read a source whose fields may be as long as an article."""
    previous = csv.field_size_limit(len(source) + 1)
    try:
        yield
    finally:
        csv.field_size_limit(previous)


def read_csv(source: str, needs: str = "text") -> list[Record]:
    r"""Read the records of a CSV file whose separator is a comma, semicolon or tab; cells exactly as written.

    Parameters
    ----------
    source : str
        With a header line.
    needs : str
        The column that must be there.

    Returns
    -------
    list of Record
        In order; a record that cannot be read has a problem, and reading goes on with the next line.

    Raises
    ------
    Unreadable
        There is no such column, or a column stands twice.

    Examples
    --------
    >>> read_csv("id;text\n007;NA\n")[0].fields
    {'article_id': '007', 'text': 'NA'}
    """
    columns = Columns(needs=needs, recognise=False)
    return list(csv_records(lambda: Lines(io.StringIO(source, newline=""), len(source) + 1), columns))


def csv_records(open_lines: Callable[[], Lines], columns: Columns) -> Iterator[Record]:
    """Read the records of a table one by one.

    Parameters
    ----------
    open_lines : callable
        Gives the lines from the first on, line ends as they are; called again for each separator that is tried.
    columns : Columns
        What the columns are to be taken for.

    Raises
    ------
    Unreadable
        The header does not name what is needed, or names something twice.
    """
    headers = {mark: next(_rows(open_lines(), mark), (1, [], ""))[1] for mark in _MARKS}
    mark = next((mark for mark, header in headers.items() if columns.may_be(header)), ",")
    names = headers[mark]
    choice = columns.choose(names, _SAID)
    rows = _rows(open_lines(), mark)
    next(rows)
    for number, (line, cells, problem) in enumerate(rows, 1):
        if not problem and len(cells) != len(names):
            problem = f"{len(cells)} cells where the first line has {len(names)}"
        fields = {name: cell for name, cell in zip(choice.targets, cells, strict=False) if name}
        yield Record(number, line, json.dumps(cells), fields, problem, note=choice.note)


def _rows(lines: Lines, mark: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and problem of each row that is not empty."""
    rows = csv.reader(lines, delimiter=mark, strict=True)
    skipped = 0  # lines that the csv module did not see
    while True:
        line = rows.line_num + skipped + 1
        try:
            previous = csv.field_size_limit(lines.limit)  # for this row alone: the setting is everybody's
            try:
                cells = next(rows)
            finally:
                csv.field_size_limit(previous)
        except StopIteration:
            return
        except LongLine as problem:
            skipped += 1
            yield line, [], str(problem)
        except csv.Error as problem:
            fault = f"a cell of more than {lines.limit:,} characters" if "limit" in str(problem) else str(problem)
            yield line, [], f"broken quotation marks ({fault})"
        else:
            if cells:
                yield line, cells, ""
