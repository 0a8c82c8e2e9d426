"""Make a run again from its inputs, into a folder of its own."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.audit.difference import DifferenceError
from analysis.audit.stored import Stored
from analysis.corpus import read_corpus
from analysis.inputs.files import InputError
from analysis.measures import measure, measure_in_parts
from analysis.report import declared_parameters, run_notebook, save_report
from analysis.store import save_run


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
            articles, ledger = read_corpus(stored.sources, columns=settings.get("columns"))
            chosen = {name: value for name, value in settings.items() if name not in ("sources", "columns")}
            save_run(folder, _measure(articles, chosen), ledger, settings)
        else:
            declared = declared_parameters(stored.notebook)
            given = {name: value for name, value in settings.items() if name in declared}
            notebook = run_notebook(stored.notebook, given | {"output": str(folder)}, progress=progress)
            save_report(notebook, folder, str(stored.folder))
    except InputError as error:
        raise DifferenceError(f"run.json: the run cannot be made again with its parameters: {error}") from None


def _measure(articles: pd.DataFrame, settings: dict[str, Any]) -> dict[str, pd.DataFrame]:
    known = inspect.signature(measure).parameters
    if unknown := [name for name in settings if name not in known]:
        raise InputError(f"no notebook declares them, and measure has no {unknown[0]!r}")
    return measure_in_parts(articles, **settings)
