"""What a report is made from, as one hash: as long as it is the same, the report need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.folder import digest_of
from analysis.inputs.files import find_files, relative
from analysis.store import data_hashes, file_hashes, versions


def key_of(notebook: Path, sources: str, parameters: Mapping[str, Any]) -> str:
    """Hash all that decides what a report says.

    These are the notebook, the files of its sources by path and content, its parameters and the files that they name,
    the versions of this package and of those whose work shows, and the data and models of this package.

    Parameters
    ----------
    notebook : Path
    sources : str
        Files and folders, one in each line.
    parameters : mapping
        Those that are given; what is not is as the notebook has it.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    found = [
        [relative(file.path), file.problem, file.sidecar, file.repeated, _hash(file.path)]
        for file in find_files(sources)
    ]
    made_from = {
        "notebook": _hash(notebook),
        "sources": sources,
        "found": found,
        "parameters": {name: parameters[name] for name in sorted(parameters)},
        "files": file_hashes(parameters),
        "package": package(),
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


@cache
def package() -> dict[str, Any]:
    """What this package is, in code, data and models: read once, since no run changes it."""
    return {"versions": versions(), "data": data_hashes()}


def _hash(path: Path) -> str:
    """The hash of a file; of what is no file, or cannot be read, nothing."""
    if not path.is_file():
        return ""
    try:
        return digest_of(path)
    except OSError as problem:
        return f"cannot be read ({problem.strerror})"
