"""The ledger of a batch: a line for each report, written when it is done, from which the next run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.batch.jobs import Job
from analysis.batch.work import Outcome
from analysis.folder import LOCK, write_file

LEDGER = "ledger.jsonl"


def entry_of(job: Job, outcome: Outcome, key: str) -> dict[str, Any]:
    """Describe what became of a report; `sha256` is the hash of all that it is made from."""
    return {
        "path": job.path,
        "record": job.record,
        "name": job.name,
        "folder": job.folder,
        "status": outcome.status,
        "reason": outcome.reason or None,
        "sha256": key or None,
        "outputs": [f"{job.folder}/{name}" for name in outcome.outputs],
    }


def read_keys(output: Path) -> dict[str, str]:
    """Read what each report that was made is made from, by its folder.

    A line that is no entry, such as one that was torn when the machine stopped, is passed over: its report is made
    again. A report that was rejected, or whose outputs are not all there, has no key.
    """
    path = output / LEDGER
    keys: dict[str, str] = {}
    if not path.exists():
        return keys
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            entry = json.loads(line)
            folder, outputs = entry["folder"], entry["outputs"]
            keys.pop(folder, None)
            made = entry["status"] != "rejected" and outputs and all((output / name).exists() for name in outputs)
            if made and _is_whole(output / folder) and isinstance(entry["sha256"], str):
                keys[folder] = entry["sha256"]
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return keys


def _is_whole(report: Path) -> bool:
    """Whether all files that the run of a report has left are there still; it has listed them in its lock."""
    try:
        names = (report / LOCK).read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return bool(names) and all((report / name).is_file() for name in names)


def append(output: Path, entry: dict[str, Any]) -> None:
    """Add a line to the ledger and force it to disk."""
    path = output / LEDGER
    torn = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" * bool(torn) + json.dumps(entry, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def write(output: Path, entries: Sequence[dict[str, Any]]) -> None:
    """Write the ledger anew, one line for each report, in the order of the batch."""
    write_file(output / LEDGER, "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries))
