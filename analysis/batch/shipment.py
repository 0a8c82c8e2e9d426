"""The files that a report is made from, taken along to another machine and laid out there as they lie here."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis.attribution.trained.files import DESCRIPTION
from analysis.inputs.files import find_files
from analysis.inputs.stream import LIMITS
from analysis.paths import ROOT, project_path

#: Of a source that is not there nothing is taken along, so that it is not there either.
_ABSENT = "no such file or folder"
_EMPTY = "a folder without articles"


class NoShipmentError(Exception):
    """Something is no plain file, cannot be read here, or is too much to be taken along."""


class Shipment(NamedTuple):
    """The current folder, and folders, links (to what), and files (with what is in them), all by absolute path."""

    here: str
    folders: tuple[str, ...]
    links: Mapping[str, str]
    files: Mapping[str, bytes]


def pack(sources: Sequence[str], parameters: Mapping[str, Any]) -> Shipment:
    """Read all files that a report is made from.

    Parameters
    ----------
    sources : sequence of str
        Files and folders.
    parameters : mapping
        Of its notebook; a value may name a file, or the folder of a model.

    Raises
    ------
    NoShipmentError
        A report of these can only be made here.
    """
    packing = _Packing()
    folders = [packing.place(path) for path in map(project_path, sources) if path.is_dir()]
    for found in find_files("\n".join(sources)):
        if not found.problem:
            packing.add(found.path)
        elif found.problem not in (_ABSENT, _EMPTY):
            raise NoShipmentError(f"{found.path}: {found.problem}")
    for path in [project_path(value) for value in parameters.values() if _names_path(value)]:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            packing.add(file)
    return Shipment(str(Path.cwd()), tuple(folders), packing.links, packing.files)


def lay_out(shipment: Shipment, root: str) -> None:
    """Lay out a shipment below a folder that stands for `/`, and have this process and those it starts run there.

    Every path that a run reads or writes is then the same as where the shipment was packed: relative ones start where
    they started there, and for absolute ones `project_path` sees to it.
    """
    for folder in (shipment.here, *shipment.folders):
        Path(f"{root}{folder}").mkdir(parents=True, exist_ok=True)
    for name, content in shipment.files.items():
        _below(root, name).write_bytes(content)
    for name, target in shipment.links.items():
        _below(root, name).symlink_to(f"{root}{target}")
    os.environ[ROOT] = root
    os.chdir(f"{root}{shipment.here}")


def _below(root: str, name: str) -> Path:
    path = Path(f"{root}{name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


class _Packing:
    """What is packed so far."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self._size = 0

    def place(self, path: Path) -> str:
        """Follow a path to where it leads, as the system does, and note each link on the way."""
        here = Path("/")
        for part in Path(Path.cwd(), path).parts[1:]:
            entry = here.parent if part == ".." else here / part
            here = entry.resolve()
            if here != entry:
                self.links[str(entry)] = str(here)
        return str(here)

    def add(self, path: Path) -> None:
        """Read a file, once, however often it is named."""
        place = self.place(path)
        if place in self.files:
            return
        try:
            told = Path(place).stat()
            if not stat.S_ISREG(told.st_mode):
                raise NoShipmentError(f"{path} is no regular file")
            self._size += told.st_size
            if self._size > LIMITS.file:
                raise NoShipmentError(f"more than {LIMITS.file:,} bytes")
            self.files[place] = Path(place).read_bytes()
        except OSError as problem:
            raise NoShipmentError(f"{path} cannot be read ({problem.strerror})") from None


def _names_path(value: Any) -> bool:
    """Whether the value of a parameter names a file, or the folder of a model."""
    try:
        path = project_path(value) if isinstance(value, str) and value else None
        return path is not None and (path.is_file() or (path / DESCRIPTION).is_file())
    except (OSError, ValueError):  # it is no path at all
        return False
