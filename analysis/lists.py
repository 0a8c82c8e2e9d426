"""Read the lists that a user may change or replace: CSV files with one row in each line, and comments."""

from __future__ import annotations

import csv

from analysis.inputs.files import InputError, printable, read_bytes
from analysis.paths import project_path

#: A larger list is a mistake.
MAX_BYTES = 5_000_000


def read_list(path: str, what: str) -> str:
    """Read the text of a list.

    Parameters
    ----------
    path : str
        A regular file in UTF-8, with or without a byte order mark.
    what : str
        What the file is, for the message.

    Raises
    ------
    InputError
        It is no regular file, cannot be read, is too large, or is not UTF-8.
    """
    shown = printable(path)
    try:
        return read_bytes(project_path(path), MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"{what} {shown!r} is not UTF-8 (byte {problem.start}); save it as UTF-8") from problem
    except ValueError as problem:
        raise InputError(f"{what} {shown!r}: {problem}; a CSV file is accepted") from problem


def list_rows(source: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the lines of a list that are neither blank nor comments, as cells, each with its number.

    Parameters
    ----------
    source : str
    name : str
        The name of the file, for the message.

    Raises
    ------
    InputError
        A line is not CSV by itself.

    Examples
    --------
    >>> list_rows("# one row a line\\na,b\\n\\n1,'2 3'\\n", "list.csv")
    [(2, ['a', 'b']), (4, ['1', "'2 3'"])]
    """
    found = []
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip(" ,\t") and not line.startswith("#"):
            try:
                found.append((number, next(csv.reader([line], strict=True))))
            except csv.Error as problem:
                raise InputError(f"{name}, line {number}: not CSV ({problem}); one row a line is accepted") from problem
    return found
