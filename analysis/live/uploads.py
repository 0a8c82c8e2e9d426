"""Files that a reader hands over in the browser: kept below outputs/, where a written call finds them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from analysis.folder import write_files
from analysis.inputs.files import InputError, printable
from analysis.paths import project_path

#: Where uploaded files go, each set in a folder of its own.
FOLDER = "outputs/uploads"


def keep_uploads(files: Iterable[Mapping[str, Any]]) -> str:
    """Keep uploaded files, and return the folder that holds them.

    The same files come into the same folder, others beside it.

    Parameters
    ----------
    files : iterable of mappings
        Each with a `name` and its `content` as bytes.

    Raises
    ------
    InputError
        There is no file, one has no name, or two have the same.
    """
    held = [(_plain(str(file["name"])), bytes(file["content"])) for file in files]
    names = [name for name, _ in held]
    if not held:
        raise InputError("no file was given")
    for name in names:
        if not name.strip(". ") or names.count(name) > 1:
            raise InputError(f"each file needs a name of its own; found {name!r}")
    digest = sha256()
    for name, content in sorted(held):
        digest.update(f"{name}\n{len(content)}\n".encode("utf-8", "surrogatepass") + content)
    folder = f"{FOLDER}/{digest.hexdigest()[:12]}"
    target = project_path(folder)
    target.mkdir(parents=True, exist_ok=True)
    write_files([(target / name, content) for name, content in held])
    return folder


def _plain(name: str) -> str:
    """The last part of a name, whichever system gave it; nothing of it leads out of the folder."""
    return printable(PureWindowsPath(PurePosixPath(name).name).name.replace("\0", ""))
