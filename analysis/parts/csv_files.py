"""Write tables in parts as CSV, each as one file, a part at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from analysis.parts.pieces import DIED
from analysis.parts.record import place_of
from analysis.table_files import csv_of_parquet
from analysis.workers.pool import work_through


def write_csvs(
    tables: Path, names: Sequence[str], numbers: Sequence[int], jobs: int, meanwhile: Callable[[], None]
) -> None:
    """Write tables as CSV beside their parts.

    Parameters
    ----------
    tables : Path
        The folder in which they are.
    names : sequence of str
    numbers : sequence of int
        The parts of each.
    jobs : int
        How many forks do it; with 0, this process.
    meanwhile : callable
        What this process does once, while forks write.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    work = partial(_write, tables, numbers)
    waiting = _and_then(names, meanwhile)
    done = work_through(waiting, work, jobs, each=len(names)) if jobs else ((name, work(name)) for name in waiting)
    for name, number in done:
        if number is None:
            raise OSError(errno.EIO, DIED.replace("measured it", "wrote it"), f"{name}.csv")
        if number:
            raise OSError(number, os.strerror(number), f"{name}.csv")


def _and_then(names: Sequence[str], meanwhile: Callable[[], None]) -> Iterator[str]:
    yield from names
    meanwhile()


def write_pieces(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write a file piece by piece and force it to disk; it has its name from the start, in a folder that is staged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode() if isinstance(piece, str) else piece)
        file.flush()
        os.fsync(file.fileno())


def _write(tables: Path, numbers: Sequence[int], name: str) -> int:
    """Write one table; returns the number of the system's error, 0 if there is none."""
    parts = ((number, place_of(tables, name, number)) for number in numbers)
    try:
        write_pieces(tables / f"{name}.csv", (csv_of_parquet(path, header=not number) for number, path in parts))
    except OSError as error:
        return error.errno or errno.EIO
    return 0
