"""Which parts are done: their tables on disk, and a line for each, from which the next run goes on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis.folder import write_file
from analysis.parts.part import Measured

#: Lists the parts of a run, in its folder and, until it is complete, where it is made.
PARTS = "parts.jsonl"
#: An article that could not be measured: which of the part's it is, and why.
Failed = tuple[int, str]


class Entry(NamedTuple):
    """A part that is done: of which articles, what it is made from, and rows and hash of each of its tables."""

    part: int
    n_articles: int
    sha256: str
    outputs: dict[str, tuple[int, str]]
    failed: tuple[Failed, ...] = ()


def name_of(number: int) -> str:
    """Return what a part is called."""
    return f"part-{number:05}"


def place_of(tables: Path, name: str, number: int) -> Path:
    """Return where a part of a table is."""
    return tables / f"{name}.parquet" / f"{name_of(number)}.parquet"


class Record:
    """Keeps what was measured, and knows what an earlier run has kept.

    Parameters
    ----------
    work : Path
        Where parts are kept until the run is complete.
    output : Path
        The folder of the run, which may hold an earlier one.
    made_from : str
        The hash of all but the articles that decides what comes out.
    fresh : bool
        Whether nothing that was kept counts.
    """

    def __init__(self, work: Path, output: Path, made_from: str, *, fresh: bool = False) -> None:
        self._work = work
        self._made_from = made_from
        self.tables = work / "measured"
        self._kept: dict[int, tuple[Entry, Path]] = {}
        self.entries: dict[int, Entry] = {}
        if fresh:
            (work / PARTS).unlink(missing_ok=True)
            return
        for folder, tables in ((output, output / "tables"), (work, self.tables)):
            self._kept |= {entry.part: (entry, tables) for entry in _read(folder / PARTS) if not entry.failed}

    def knows(self, number: int) -> bool:
        """Whether an earlier run has kept anything of a part."""
        return number in self._kept

    def recall(self, number: int, digest: str, names: Sequence[str]) -> bool:
        """Take over what an earlier run has kept of a part, if it is of the same articles and whole."""
        entry, tables = self._kept.get(number, (None, self.tables))
        if entry is None or entry.sha256 != self._key(digest) or set(entry.outputs) != set(names):
            return False
        for name, (_, sha256) in entry.outputs.items():
            path = place_of(tables, name, number)
            if not path.is_file() or _hash(path) != sha256:
                return False
        for name in entry.outputs if tables != self.tables else ():
            link(place_of(tables, name, number), place_of(self.tables, name, number))
        if tables != self.tables:
            self._add(entry)
        self.entries[number] = entry
        return True

    def keep(self, number: int, n_articles: int, measured: Measured, failed: Sequence[Failed]) -> None:
        """Write the tables of a part, then the line that says so."""
        outputs = {}
        for name, data in measured.tables.items():
            write_file(place_of(self.tables, name, number), data)
            outputs[name] = (measured.rows[name], hashlib.sha256(data).hexdigest())
        entry = Entry(number, n_articles, self._key(measured.digest), outputs, tuple(failed))
        self._add(entry)
        self.entries[number] = entry

    def write(self, path: Path, outputs: dict[int, dict[str, tuple[int, str]]]) -> None:
        """Write the lines of all parts anew, in order, with what became of their tables."""
        entries = [self.entries[number]._replace(outputs=outputs[number]) for number in sorted(self.entries)]
        write_file(path, "".join(_line(entry) for entry in entries))

    def _add(self, entry: Entry) -> None:
        """Add a line to the list and force it to disk."""
        path = self._work / PARTS
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            size = file.seek(0, os.SEEK_END)
            torn = size and (file.seek(size - 1), file.read(1))[1] != b"\n"
            file.write(("\n" * bool(torn) + _line(entry)).encode())
            file.flush()
            os.fsync(file.fileno())

    def _key(self, digest: str) -> str:
        return hashlib.sha256(f"{self._made_from} {digest}".encode()).hexdigest()


def link(source: Path, target: Path) -> None:
    """Give a file, which nobody changes, a second name; where the file system knows no such thing, copy it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        write_file(target, source.read_bytes())


def _line(entry: Entry) -> str:
    return json.dumps(entry._asdict(), ensure_ascii=False) + "\n"


def _read(path: Path) -> list[Entry]:
    """Read the lines of a list; one that is no entry, such as one that was torn, is passed over."""
    entries: list[Entry] = []
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    for line in lines:
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return entries


def _entry(said: dict[str, Any]) -> Entry:
    outputs = {str(name): (int(rows), str(sha256)) for name, (rows, sha256) in said["outputs"].items()}
    failed = tuple((int(place), str(cause)) for place, cause in said["failed"])
    return Entry(int(said["part"]), int(said["n_articles"]), str(said["sha256"]), outputs, failed)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
