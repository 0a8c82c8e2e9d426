"""Which reports a batch makes: one for each subfolder of a folder, or for each entry of a manifest."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.batch.manifest import SUFFIXES, read_entries
from analysis.folder import LOCK
from analysis.inputs.files import InputError, is_left_by_a_run, path_problem, printable

#: A name that can be a folder's as it is.
_PLAIN = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9 _.-]{0,58}[A-Za-z0-9_-]|[A-Za-z0-9]")
#: Names in the folder of a batch that are no report's.
RESERVED = ("index.html", "batch.parquet", "batch.csv", "batch.log", "ledger.jsonl", "codebook.md", LOCK)
_SLUG, _DIGITS = 60, 10
#: So ends a name that was made of another, which no name may take from it.
_MADE = re.compile(rf".*-[0-9a-f]{{{_DIGITS}}}")
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
        if os.path.realpath(path) == os.path.realpath(output):
            raise InputError(f"the reports of {source!r} would be written among their sources; choose another --output")
        jobs = list(_of_folder(path, output))
    elif path.suffix.lower() in SUFFIXES and path.is_file():
        jobs = list(_of_manifest(path))
    else:
        what = (
            "no such file or folder" if not os.path.lexists(path) else "neither a folder nor a .csv or .yaml manifest"
        )
        raise InputError(f"batch takes a folder of folders or a manifest; {source!r} is {what}")
    if not jobs:
        raise InputError(f"{source!r} holds no report to make: {'subfolders' if path.is_dir() else 'entries'} expected")
    return [_checked(job, output) for job in _with_folders(jobs)]


def _of_folder(folder: Path, output: Path) -> Iterator[Job]:
    own = os.path.realpath(output)
    try:
        entries = sorted(folder.iterdir())
    except OSError as problem:
        raise InputError(f"{str(folder)!r} cannot be read ({problem.strerror})") from None
    for path in entries:
        if path.name.startswith(".") or os.path.realpath(path) == own or is_left_by_a_run(path):
            continue
        where, name = printable(str(path)), printable(path.name)
        if path.is_symlink() and path.is_dir():
            yield Job(where, None, name, problem="a link to a folder; these are not followed")
        elif path.is_dir():
            yield Job(where, None, name, sources=(str(path),))
        elif not path.name.lower().startswith("readme"):
            yield Job(where, None, name, problem="a file; each subfolder is a report")


def _of_manifest(path: Path) -> Iterator[Job]:
    for number, row in enumerate(read_entries(path), start=1):
        yield _of_row(path, number, row)


def _of_row(path: Path, number: int, row: Any) -> Job:
    """Read one entry of a manifest."""

    def bad(problem: str, name: str = "") -> Job:
        return Job(str(path), number, name or f"entry {number}", problem=printable(problem))

    if not isinstance(row, dict):
        is_line = isinstance(row, str) and path.suffix.lower() == ".csv"
        return bad(row if is_line else "an entry has name, sources and parameters")
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        return bad("no name")
    name = printable(name.strip())
    if unknown := sorted(str(key) for key in set(row) - {"name", "sources", "parameters"}):
        return bad(f"no field {unknown[0]!r}; an entry has name, sources and parameters", name)
    sources = _sources(row.get("sources"))
    if not sources:
        return bad("no sources: a text or a list of texts was expected", name)
    parameters = row.get("parameters") or {}
    if not isinstance(parameters, dict) or not all(
        isinstance(key, str) and isinstance(value, str) for key, value in parameters.items()
    ):
        return bad("its parameters are no names with a word or number each", name)
    return Job(str(path), number, name, "", tuple(str(path.parent / source) for source in sources), parameters)


def _sources(given: Any) -> list[str]:
    if isinstance(given, str):
        return [part.strip() for part in _SEVERAL.split(given) if part.strip()]
    if isinstance(given, Sequence) and all(isinstance(part, str) and part.strip() for part in given):
        return [part.strip() for part in given]
    return []


def _checked(job: Job, output: Path) -> Job:
    """Refuse a report whose sources a notebook cannot be told, or that would be written among them."""
    problem = job.problem
    for source in job.sources:
        if odd := path_problem(source):
            problem = odd
        elif Path(os.path.realpath(source)).is_relative_to(os.path.realpath(output / job.folder)):
            problem = f"its report would be written over its source {source!r}; choose another --output"
    if not problem and (output / job.folder).is_symlink():
        problem = f"{str(output / job.folder)!r} is a link; a report is written to no other place"
    return replace(job, problem=problem)


def _with_folders(jobs: list[Job]) -> list[Job]:
    """Give each report a folder: its name where that is plain and no other's, else a slug with a part of a hash."""
    often = Counter(job.name.casefold() for job in jobs)
    named = []
    for job in jobs:
        taken = often[job.name.casefold()] > 1 or job.name.casefold() in RESERVED or _MADE.fullmatch(job.name)
        named.append(replace(job, folder=job.name if _PLAIN.fullmatch(job.name) and not taken else _hashed(job)))
    return named


def _hashed(job: Job) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", job.name.lower()))[:_SLUG].strip("-") or "report"
    place = f"{job.path}\0{job.record}\0{job.name}"
    return f"{slug}-{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:_DIGITS]}"
