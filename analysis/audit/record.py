"""Whether what a run recorded of itself holds: settings, and the ledger of its inputs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import repeat, zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.audit.difference import NOTHING, DifferenceError, Nothing, differs, first_difference
from analysis.audit.listing import PAGES
from analysis.audit.stored import Stored, read_text

#: Of run.json, what cannot be made again: when it was, how long it took, and the versions, which have a note.
_OF_ITS_TIME = ("started", "seconds", "parallax", "python", "packages")


def compare_record(stored: Stored, again: Path) -> tuple[dict[str, str], str]:
    """Compare the ledger, entry by entry, and the settings.

    Returns
    -------
    (dict of str to str, str)
        For inputs that were moved: each path as it is now, to the path that the run recorded; and what was checked.
    """
    ledgers = stored.read("ledger.jsonl"), read_text(again / "ledger.jsonl", "ledger.jsonl")
    renamed: dict[str, str] = {}
    if stored.moved:
        pairs = dict.fromkeys((new["path"], old["path"]) for old, new in zip(*map(_entries, ledgers), strict=False))
        same_file = [(new, old) for new, old in pairs if PurePosixPath(old).name == PurePosixPath(new).name]
        same_file += [(path, str(stored.parameters[name])) for name, path in stored.places.items()]
        renamed = {new: old for new, old in same_file if new != old}
    number = 0
    for number, (found, expected) in enumerate(zip_longest(*map(_entries, ledgers), fillvalue=NOTHING), start=1):
        where = f"ledger.jsonl, line {number}"
        if isinstance(expected, Nothing):
            raise DifferenceError(f"{where}: the sources do not hold this input now")
        if isinstance(found, Nothing):
            raise DifferenceError(f"{where}: the run did not read this input: {expected['path']!r}")
        _compare_entry(stored, found, expected | {"path": renamed.get(expected["path"], expected["path"])}, where)
    wanted = json.loads((again / "run.json").read_text(encoding="utf-8"))
    if stored.moved:
        wanted["parameters"] |= stored.recorded_places
        wanted["files"] = stored.run["files"]  # held against the files themselves, by name
    said, expects = (
        {name: one for name, one in run.items() if name not in _OF_ITS_TIME} for run in (stored.run, wanted)
    )
    if difference := first_difference(said, expects):
        path, one, other = difference
        raise differs(f"run.json, {path}", one, other)
    return renamed, f"ledger.jsonl: {number} inputs; run.json: {len(stored.parameters)} settings"


def _compare_entry(stored: Stored, found: dict[str, Any], expected: dict[str, Any], where: str) -> None:
    """Compare one line of the ledger; it names every output that is there, and each that it names is there."""
    outputs = found.get("outputs")
    for name in outputs if isinstance(outputs, list) else []:
        if not (stored.folder / str(name)).exists():
            raise DifferenceError(f"{name}: the run wrote this file; it is not there")
    wanted = [name for name in expected["outputs"] if name not in PAGES or (stored.folder / name).exists()]
    if outputs != wanted:
        raise differs(f"{where}, outputs", outputs, wanted)
    if difference := first_difference(found | {"outputs": []}, expected | {"outputs": []}):
        path, one, other = difference
        raise differs(f"{where}, {path}", one, other)


def _entries(content: str) -> Iterator[dict[str, Any]]:
    """Read a ledger line by line, since it may have many."""
    lines = io.StringIO(content.rpartition("\n")[0] + "\n" if "\n" in content else "", newline="\n")
    for number, line in enumerate(map(str.rstrip, lines, repeat("\n")), start=1):
        try:
            entry = json.loads(line)
            if not isinstance(entry["path"], str) or json.dumps(entry, ensure_ascii=False) != line:
                raise ValueError("not as the program writes it")
        except (ValueError, TypeError, KeyError) as error:
            raise DifferenceError(f"ledger.jsonl, line {number}: no entry ({error})") from None
        yield entry
