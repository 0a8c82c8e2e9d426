"""Where a corpus comes from: a folder that `measure` has written, or sources that are measured first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.attribution import DEFAULT
from analysis.groups.compare import PERMUTATIONS
from analysis.inputs.files import InputError, TooFewError
from analysis.measured import Measured
from analysis.measures import read_measures
from analysis.parts.run import Settings, measure_sources
from analysis.paths import project_path
from analysis.settings import check_settings
from analysis.syllables import syllable_source
from analysis.tables import LEDGER

#: What the sources are measured into, inside the folder of a run.
MEASURED = "measured"
#: Settings that belong to measuring: those of a folder that has been measured are what they were then.
_MEASURING = ("clean", "attribution")
#: Measures that groups cannot be compared without.
_NEEDED = ("terms", "readability")


def is_measured(sources: str) -> bool:
    """Say whether sources are a folder that `measure` has written."""
    named = [line.strip() for line in sources.split("\n") if line.strip()]
    return len(named) == 1 and (project_path(named[0]) / "tables" / "articles.parquet").exists()


def open_corpus(
    sources: str,
    output: str | Path,
    *,
    columns: str = "",
    clean: str = "on",
    attribution: str = DEFAULT,
    jobs: int = 1,
    scheduler: str = "",
) -> tuple[Measured, pd.DataFrame]:
    """Open what `measure` has written, or measure the sources into `output`/measured first.

    Parameters
    ----------
    sources : str
        A folder that `measure` has written, or files and folders, one a line.
    output : str or Path
        The folder of the run.
    columns, clean, attribution : str
        As in `read_corpus` and `measure`; not looked at where the sources are measured already. With the attribution
        "none", nothing is measured but terms and readability.
    jobs : int
        Processes that measure.
    scheduler : str
        The address of a Dask scheduler whose workers measure; empty: this machine alone.

    Returns
    -------
    (Measured, DataFrame)
        The tables, and LEDGER: what became of each input.

    Raises
    ------
    InputError
        There is no such source, no article in them, or what is measured already lacks terms or readability.
    """
    if jobs < 1:
        raise InputError(f"jobs is 1 or more; found {jobs}")
    if is_measured(sources):
        folder = project_path(sources.strip())
        made = read_measures(_parameters_of(folder).get("measures", "all"))
        if missing := [name for name in _NEEDED if name not in made]:
            raise InputError(
                f"groups are compared by {', '.join(_NEEDED)}; {sources.strip()} was measured without "
                f"{' and '.join(missing)}, which `measure --measures` adds"
            )
        return Measured(folder), _ledger_of(folder)
    folder = project_path(output) / MEASURED
    chosen = {"clean": clean, "attribution": attribution}
    if attribution == "none":
        chosen["measures"] = ",".join(_NEEDED)
    named = [line.strip() for line in sources.split("\n") if line.strip()]
    settings = Settings(named, columns, chosen, jobs, quiet=True, scheduler=scheduler or None)
    if not measure_sources(settings, folder.absolute(), _nothing):
        raise TooFewError("nothing could be analysed: no input is an article")
    return Measured(folder), _ledger_of(folder)


def _nothing(_: pd.DataFrame) -> None:
    """What became of the inputs is said where the ledger is shown."""


def corpus_settings(**settings: Any) -> dict[str, Any]:
    """Check the settings of a comparison of groups, and complete them with what is no parameter.

    Raises
    ------
    InputError
        A setting is not accepted: said before anything is measured.
    """
    check_settings(settings)
    return {**settings, "syllables": syllable_source(), "permutations": PERMUTATIONS}


def made_with(corpus: Measured, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with which a corpus was measured: those of its own run go before those that are given."""
    known = _parameters_of(corpus.folder)
    if "attribution" not in read_measures(known.get("measures", "all")):
        known["attribution"] = "none"
    return {name: known.get(name, settings[name]) for name in _MEASURING}


def _parameters_of(folder: Path) -> dict[str, Any]:
    """The settings that a run has recorded."""
    path = folder / "run.json"
    if not path.is_file():
        return {}
    parameters: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("parameters", {})
    return parameters


def _ledger_of(folder: Path) -> pd.DataFrame:
    """The ledger that `measure` has left; empty if it is missing."""
    path = folder / "ledger.jsonl"
    if not path.is_file():
        return LEDGER.frame()
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return LEDGER.frame({
        name: pd.Series([entry.get(name) for entry in entries], dtype="float64" if name == "record" else "object")
        for name in LEDGER.names
    })  # fmt: skip
