"""Which reports a batch makes: one for each subfolder of a folder, or for each entry of a manifest."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.folder import LOCK
from analysis.inputs.files import InputError

#: A name that can be a folder's as it is.
_PLAIN = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9 _.-]{0,58}[A-Za-z0-9_-]|[A-Za-z0-9]")
#: Names in the folder of a batch that are no report's.
RESERVED = ("index.html", "batch.parquet", "batch.csv", "batch.log", "ledger.jsonl", "codebook.md", LOCK)
_SLUG, _DIGITS = 60, 10
#: A manifest is written by hand: more than this is no manifest.
_MANIFEST_BYTES = 10_000_000
_SEVERAL = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Job:
    """One report: where it comes from, its name, its folder's name, its sources and parameters, or what is wrong."""

    path: str
    record: int | None
    name: str
    folder: str = ""
    sources: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def find_jobs(source: str, output: Path) -> list[Job]:
    """List the reports of a batch, those that cannot be made among them, with the reason.

    Parameters
    ----------
    source : str
        A folder, each of whose subfolders becomes a report, or a manifest: a file .csv, .yaml or .yml with name,
        sources (several joined by `;` or line breaks; relative to the manifest) and parameters.
    output : Path
        Where the batch writes: no input of its own.

    Raises
    ------
    InputError
        There is no such folder or manifest, or nothing is in it.
    """
    path = Path(source)
    if path.is_dir():
        jobs = list(_of_folder(path, output))
    elif path.suffix.lower() in (".csv", ".yaml", ".yml") and path.is_file():
        jobs = list(_of_manifest(path))
    else:
        what = (
            "no such file or folder" if not os.path.lexists(path) else "neither a folder nor a .csv or .yaml manifest"
        )
        raise InputError(f"batch takes a folder of folders or a manifest; {source!r} is {what}")
    if not jobs:
        raise InputError(f"{source!r} holds no report to make: {'subfolders' if path.is_dir() else 'entries'} expected")
    return _with_folders(jobs)


def _of_folder(folder: Path, output: Path) -> Iterator[Job]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.resolve() == output.resolve() or (path / LOCK).exists():
            continue
        if path.is_symlink() and path.is_dir():
            yield Job(str(path), None, path.name, problem="a link to a folder; these are not followed")
        elif path.is_dir():
            yield Job(str(path), None, path.name, sources=(str(path),))
        elif not path.name.lower().startswith("readme"):
            yield Job(str(path), None, path.name, problem="a file; each subfolder is a report")


def _of_manifest(path: Path) -> Iterator[Job]:
    if (size := path.stat().st_size) > _MANIFEST_BYTES:
        raise InputError(f"{path}: {size:,} bytes; a manifest has at most {_MANIFEST_BYTES:,}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from None
    rows = _csv_rows(text) if path.suffix.lower() == ".csv" else _yaml_rows(text, path)
    for number, row in enumerate(rows, start=1):
        yield _of_row(path, number, row)


def _csv_rows(text: str) -> Iterator[Any]:
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        for row in reader:
            extra = row.pop(None, None)
            if extra or None in row.values():
                yield f"line {reader.line_num} has not as many cells as the first line"
                continue
            given = {name.strip(): cell.strip() for name, cell in row.items()}
            parameters = {name: cell for name, cell in given.items() if name not in ("name", "sources") and cell}
            yield {"name": given.get("name"), "sources": given.get("sources"), "parameters": parameters}
    except csv.Error as error:
        yield f"line {reader.line_num}: broken quotation marks ({error})"


def _yaml_rows(text: str, path: Path) -> Iterable[Any]:
    import yaml

    try:
        rows = yaml.load(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{path}: not YAML ({' '.join(str(error).split())})") from None
    if not isinstance(rows, list):
        raise InputError(f"{path}: a list of reports was expected, each with name, sources and parameters")
    return rows


def _of_row(path: Path, number: int, row: Any) -> Job:
    """Read one entry of a manifest."""

    def bad(problem: str, name: str = "") -> Job:
        return Job(str(path), number, name or f"entry {number}", problem=problem)

    if isinstance(row, str) or not isinstance(row, dict):
        return bad(row if isinstance(row, str) else "an entry has name, sources and parameters")
    name = row.get("name")
    if not isinstance(name, (str, int)) or isinstance(name, bool) or not str(name).strip():
        return bad("no name")
    name = str(name).strip()
    if unknown := sorted(str(key) for key in set(row) - {"name", "sources", "parameters"}):
        return bad(f"no field {unknown[0]!r}; an entry has name, sources and parameters", name)
    sources = _sources(row.get("sources"))
    if not sources:
        return bad("no sources: a text or a list of texts was expected", name)
    parameters = row.get("parameters") or {}
    if not isinstance(parameters, dict) or not all(
        isinstance(key, str) and isinstance(value, (str, int, float, bool)) for key, value in parameters.items()
    ):
        return bad("its parameters are no names with a word or number each", name)
    given = {key: str(value) for key, value in parameters.items()}
    return Job(str(path), number, name, "", tuple(str(path.parent / source) for source in sources), given)


def _sources(given: Any) -> list[str]:
    if isinstance(given, str):
        return [part.strip() for part in _SEVERAL.split(given) if part.strip()]
    if isinstance(given, Sequence) and all(isinstance(part, str) and part.strip() for part in given):
        return [part.strip() for part in given]
    return []


def _with_folders(jobs: list[Job]) -> list[Job]:
    """Give each report a folder: its name where that is plain and no other's, else a slug with a part of a hash."""
    often = Counter(job.name.casefold() for job in jobs)
    named = []
    for job in jobs:
        plain = _PLAIN.fullmatch(job.name) and often[job.name.casefold()] == 1 and job.name not in RESERVED
        folder = job.name if plain else _hashed(job)
        named.append(Job(job.path, job.record, job.name, folder, job.sources, job.parameters, job.problem))
    return named


def _hashed(job: Job) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", job.name.lower()))[:_SLUG].strip("-") or "report"
    place = f"{job.path}\0{job.record}\0{job.name}"
    return f"{slug}-{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:_DIGITS]}"
