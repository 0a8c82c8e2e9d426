"""Audit a run: make it again from its inputs, and name the first thing that differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.audit.again import run_again
from analysis.audit.difference import DifferenceError
from analysis.audit.inputs import check_inputs
from analysis.audit.listing import NO_PAGE, PAGES, compare_listing
from analysis.audit.notebook import compare_notebook
from analysis.audit.pages import compare_page, compare_text
from analysis.audit.parts import compare_parts
from analysis.audit.pictures import compare_figures
from analysis.audit.record import compare_record
from analysis.audit.sentences import check_claims, compare_claims
from analysis.audit.stored import Stored, open_run, reading
from analysis.audit.tables import compare_tables
from analysis.audit.versions import version_notes
from analysis.parts.record import PARTS

__all__ = [
    "NO_PAGE", "DifferenceError", "audit_run", "check_inputs", "check_stored", "compare_runs", "open_run",
    "run_again",
]  # fmt: skip


def audit_run(folder: Path, sources: Sequence[str] = (), *, progress: bool = False) -> Iterator[str]:
    """Check a run against its inputs.

    The sources are read again, the notebook is run again into a folder of its own, and everything is compared; no
    stored table or claim is used to make another.

    Parameters
    ----------
    folder : Path
        What `report` or `measure` wrote.
    sources : sequence of str
        Where the inputs are now; empty: where run.json says. Inputs that are named anew, or by absolute paths that
        read otherwise from here, are compared by file name; else their paths are compared whole.
    progress : bool
        Whether a bar shows how far the notebook has come.

    Yields
    ------
    str
        A line for each check that holds, with what was counted; `NO_PAGE` if there is no page to be checked.

    Raises
    ------
    DifferenceError
        At the first thing that differs.
    InputError
        It is no run, or its inputs are not found.
    FolderBusyError
        A run is writing to the folder.
    """
    with reading(folder), TemporaryDirectory(prefix=".audit-") as temporary:
        stored = open_run(folder, sources)
        yield from check_stored(stored)
        again = Path(temporary)
        run_again(stored, again, progress=progress)
        yield from compare_runs(stored, again)


def check_stored(stored: Stored) -> Iterator[str]:
    """Check what needs no second run: the inputs against their hashes, the claims against the inputs."""
    yield from version_notes(stored)
    texts, line = check_inputs(stored)
    yield line
    yield check_claims(stored, texts)


def compare_runs(stored: Stored, again: Path) -> Iterator[str]:
    """Compare all that a run has stored with what its inputs give anew in the folder `again`."""
    yield compare_listing(stored, again)
    renamed, line = compare_record(stored, again)
    yield line
    written = json.loads((again / "claims.json").read_text(encoding="utf-8")) if _has(again, "claims.json") else []
    for record in written if stored.moved else []:
        record["parameters"] |= stored.recorded_places
    yield compare_claims(stored, written)
    yield compare_tables(stored.folder / "tables", again / "tables", renamed)
    if _has(again, PARTS):
        yield compare_parts(stored, again)
    for name in ("summary.md", "tables/codebook.md"):
        if _has(again, name):
            compare_text(stored, again, name)
            yield f"{name}: word for word"
    if _has(again, "figures"):
        yield compare_figures(stored, again)
    if not _has(again, "report.html"):
        return
    if not any(_has(stored.folder, name) for name in PAGES):
        yield NO_PAGE
        return
    yield compare_page(stored, again, renamed)
    yield compare_notebook(stored, again, renamed)


def _has(folder: Path, name: str) -> bool:
    return (folder / name).exists()
