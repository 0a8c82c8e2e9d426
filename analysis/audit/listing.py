"""Whether a run's folder holds what a run writes, and nothing else."""

from __future__ import annotations

from pathlib import Path

from analysis.audit.difference import DifferenceError
from analysis.audit.stored import Stored, read_text
from analysis.folder import LOCK
from analysis.inputs.files import find_files
from analysis.paths import project_path

#: What `report` adds to what a notebook writes; plain papermill leaves neither.
PAGES = ("report.html", "report.ipynb")
#: Said of a run whose page is neither there nor named anywhere, as plain papermill leaves it.
NO_PAGE = "report.html, report.ipynb: no page; neither is there, and neither ledger.jsonl nor run.lock names one"


def compare_listing(stored: Stored, again: Path) -> str:
    """Compare which files lie at the top of the folder, and which the lock says that the run left.

    Inputs may lie there too, and hidden files, which an operating system leaves.

    Parameters
    ----------
    stored : Stored
    again : Path
        The folder of the run made again.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        A file is there that the run would not write, or not there though the lock names it.
    """
    written = {path.name for path in again.iterdir()}
    found = sorted(path.name for path in stored.folder.iterdir() if not path.name.startswith("."))
    for name in found:
        if name not in written | {LOCK} | _inputs(stored):
            raise DifferenceError(f"{name}: the run writes no such file")
    if LOCK in found:
        _check_lock(stored, {path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file()})
    return f"files: {len(written & {*found})} at the top of the folder, none that the run would not write"


def _inputs(stored: Stored) -> set[str]:
    """The names at the top of the folder under which inputs lie."""
    places = [path for name, path in stored.places.items() if name != "sources"]
    read = [found.path for found in find_files(stored.sources)] + [project_path(path) for path in places]
    folder = stored.folder.absolute()
    inside = [path.absolute().relative_to(folder) for path in read if path.absolute().is_relative_to(folder)]
    return {path.parts[0] for path in inside if path.parts}


def _check_lock(stored: Stored, written: set[str]) -> None:
    """Every file that the lock names is one that the run writes, and is there: the next run removes what it names."""
    for name in read_text(stored.folder / LOCK, LOCK).splitlines():
        if name not in written:
            raise DifferenceError(f"{LOCK}: the run writes no file {name!r}")
        if not (stored.folder / name).is_file():
            raise DifferenceError(f"{name}: the run wrote this file; it is not there")
