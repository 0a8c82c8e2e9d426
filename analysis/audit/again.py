"""Make a run again from its inputs, into a folder of its own."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.audit.difference import DifferenceError
from analysis.audit.stored import Stored
from analysis.folder import LOCK
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.parts.run import Settings, measure_sources
from analysis.parts.spool import ENDLESS
from analysis.report import declared_parameters, run_notebook, save_report


def run_again(
    stored: Stored, folder: Path, *, progress: bool = False, changed: Mapping[str, str] | None = None
) -> None:
    """Make everything of a run anew: the notebook in a kernel of its own, or the tables of `measure`.

    Nothing of what the run has stored reaches it but the settings.

    Parameters
    ----------
    stored : Stored
    folder : Path
        An empty folder, which receives what a run writes.
    progress : bool
        Whether a bar shows how far the notebook has come.
    changed : mapping, optional
        Settings to be other than those recorded.

    Raises
    ------
    DifferenceError
        The recorded settings are refused.
    """
    settings = stored.settings | dict(changed or {})
    try:
        if stored.notebook is None:
            chosen = {name: value for name, value in settings.items() if name not in ("sources", "columns")}
            _measure(stored, folder, settings.get("columns", ""), chosen, progress=progress)
        else:
            declared = declared_parameters(stored.notebook)
            given = {name: value for name, value in settings.items() if name in declared}
            notebook = run_notebook(stored.notebook, given | {"output": str(folder)}, progress=progress)
            save_report(notebook, folder, str(stored.folder))
    except InputError as error:
        raise DifferenceError(f"run.json: the run cannot be made again with its parameters: {error}") from None


def _measure(stored: Stored, folder: Path, columns: str, chosen: dict[str, Any], *, progress: bool) -> None:
    known = inspect.signature(measure).parameters
    if unknown := [name for name in chosen if name not in known]:
        raise InputError(f"no notebook declares them, and measure has no {unknown[0]!r}")
    settings = Settings(
        stored.sources.split("\n"),
        columns,
        chosen,
        os.cpu_count() or 1,
        quiet=not progress,
        size=stored.size or ENDLESS,
    )
    measure_sources(settings, folder.absolute(), lambda _: None)
    (folder / LOCK).unlink()  # it was this run's alone
