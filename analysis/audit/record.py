"""Whether what a run recorded of itself holds: versions, settings, and the ledger of its inputs."""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.audit.difference import NOTHING, DifferenceError, Nothing, differs, first_difference
from analysis.audit.stored import Stored, read_text
from analysis.store import versions

#: What `report` adds to what a notebook writes; plain papermill leaves neither.
PAGES = ("report.html", "report.ipynb")
#: Of run.json, what cannot be made again: when it was, how long it took, and the versions, which have a note.
_OF_ITS_TIME = ("started", "seconds", "parallax", "python", "packages")


def version_notes(stored: Stored) -> list[str]:
    """Say which versions differ from those that made the run; such a difference is none of the run's.

    Returns
    -------
    list of str
        One line, or none if all are the same.
    """
    here = versions()
    then = {name: stored.run[name] for name in here}
    flat = [{"parallax": said["parallax"], "python": said["python"], **dict(said["packages"])} for said in (then, here)]
    other = [
        f"{name} {flat[0].get(name, 'none')} (here {flat[1].get(name, 'none')})"
        for name in dict.fromkeys([*flat[1], *flat[0]])
        if flat[0].get(name) != flat[1].get(name)
    ]
    return [f"note: the run was made with {', '.join(other)}"] if other else []


def compare_record(stored: Stored, again: Path) -> tuple[dict[str, str], str]:
    """Compare the ledger, entry by entry, and the settings.

    Returns
    -------
    (dict of str to str, str)
        For inputs that were moved: each path as it is now, to the path that the run recorded; and what was checked.
    """
    entries = _entries(stored.read("ledger.jsonl")), _entries(read_text(again / "ledger.jsonl", "ledger.jsonl"))
    renamed: dict[str, str] = {}
    if stored.moved:
        pairs = [(new["path"], old["path"]) for old, new in zip(*entries, strict=False)]
        same_file = [(new, old) for new, old in pairs if PurePosixPath(old).name == PurePosixPath(new).name]
        same_file.append((stored.sources, str(stored.parameters["sources"])))
        renamed = {new: old for new, old in same_file if new != old}
    for number, (found, expected) in enumerate(zip_longest(*entries, fillvalue=NOTHING), start=1):
        where = f"ledger.jsonl, line {number}"
        if isinstance(expected, Nothing):
            raise DifferenceError(f"{where}: the sources do not hold this input now")
        if isinstance(found, Nothing):
            raise DifferenceError(f"{where}: the run did not read this input: {expected['path']!r}")
        _compare_entry(stored, found, expected | {"path": renamed.get(expected["path"], expected["path"])}, where)
    wanted = json.loads((again / "run.json").read_text(encoding="utf-8"))
    if stored.moved:
        wanted["parameters"]["sources"] = stored.parameters["sources"]
        wanted["files"] = stored.run["files"]  # held against the files themselves, by name
    said, expects = (
        {name: one for name, one in run.items() if name not in _OF_ITS_TIME} for run in (stored.run, wanted)
    )
    if difference := first_difference(said, expects):
        path, one, other = difference
        raise differs(f"run.json, {path}", one, other)
    return renamed, f"ledger.jsonl: {len(entries[0])} inputs; run.json: {len(stored.parameters)} settings"


def _compare_entry(stored: Stored, found: dict[str, Any], expected: dict[str, Any], where: str) -> None:
    """Compare one line of the ledger; the outputs that it names are there, whatever else is."""
    outputs = found.get("outputs")
    if not isinstance(outputs, list) or not set(expected["outputs"]) - {*PAGES} <= set(outputs):
        raise differs(f"{where}, outputs", outputs, expected["outputs"])
    for name in outputs:
        if not (stored.folder / str(name)).exists():
            raise DifferenceError(f"{name}: the run wrote this file; it is not there")
    if difference := first_difference(found | {"outputs": []}, expected | {"outputs": []}):
        path, one, other = difference
        raise differs(f"{where}, {path}", one, other)


def _entries(content: str) -> list[dict[str, Any]]:
    lines = content.split("\n")[:-1]
    entries = []
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            if not isinstance(entry["path"], str) or json.dumps(entry, ensure_ascii=False) != line:
                raise ValueError("not as the program writes it")
        except (ValueError, TypeError, KeyError) as error:
            raise DifferenceError(f"ledger.jsonl, line {number}: no entry ({error})") from None
        entries.append(entry)
    return entries
