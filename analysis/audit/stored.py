"""What a run has left in its folder, and where its inputs are now."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.audit.difference import DifferenceError, differs
from analysis.audit.moved import locate
from analysis.folder import LOCK, FolderBusyError
from analysis.inputs.files import InputError
from analysis.parts.spool import SIZE, Size
from analysis.report import NOTEBOOKS, declared_parameters

#: What run.json says of a run, and the type of each.
_SAID = {
    "parallax": str,
    "python": str,
    "packages": dict,
    "parameters": dict,
    "texts": dict,
    "files": dict,
    "data": dict,
}
#: What it says of a run in parts.
_SIZE = dict.fromkeys(Size._fields, int)
#: Settings that each name a file, if they are not empty.
_FILES = ("aliases", "corrections", "wording")


@dataclass(frozen=True)
class Stored:
    """A run's folder, what its run.json says, and the sources to read again."""

    folder: Path
    run: dict[str, Any]
    sources: str

    @property
    def parameters(self) -> dict[str, Any]:
        """The settings of the run, as it recorded them."""
        return dict(self.run["parameters"])

    @cached_property
    def places(self) -> dict[str, str]:
        """The settings that name inputs, with where these are now: the sources, and files beside them.

        Raises
        ------
        InputError
            A file that a setting names is not found.
        """
        sources, once = (
            [line.strip() for line in lines.split("\n") if line.strip()]
            for lines in (self.sources, self.parameters["sources"])
        )
        given = {name: str(self.parameters[name]) for name in _FILES if self.parameters.get(name)}
        hashes = self.run["files"]
        found = {name: locate(name, path, hashes.get(path), sources, once) for name, path in given.items()}
        return {"sources": self.sources, **found}

    @property
    def recorded_places(self) -> dict[str, Any]:
        """The same settings as the run recorded them."""
        return {name: self.parameters[name] for name in self.places}

    @property
    def settings(self) -> dict[str, Any]:
        """The settings to make the run again with: those recorded, the inputs where they are now."""
        return self.parameters | self.places

    @property
    def moved(self) -> bool:
        """Whether paths may read otherwise now: inputs are found elsewhere, or absolute and seen from elsewhere."""
        recorded = self.run["parameters"]["sources"]
        return self.places != self.recorded_places or any(line.strip().startswith("/") for line in recorded.split("\n"))

    @property
    def size(self) -> Size | None:
        """How large a part is at most; None if the run is in one."""
        if (size := self.run.get("part")) is None:
            return None
        if not isinstance(size, dict) or {name: type(value) for name, value in size.items()} != _SIZE:
            raise differs("run.json, part", size, SIZE._asdict())
        return Size(**size)

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        """The records of claims.json; none if the run makes no claims."""
        if not (self.folder / "claims.json").exists():
            return []
        records = self.read_json("claims.json")
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise DifferenceError("claims.json: a list of claims is expected")
        return records

    @cached_property
    def notebook(self) -> Path | None:
        """The notebook that made the run: the one that declares the parameters it recorded; None for `measure`."""
        return find_by_parameters(self.parameters)

    def read(self, name: str) -> str:
        """Return the text of a file that the run has left.

        Raises
        ------
        DifferenceError
            It is not there, or is no UTF-8.
        """
        return read_text(self.folder / name, name)

    def read_json(self, name: str) -> Any:
        """Return what a JSON file holds, if it is written as the program writes JSON: no key twice, nothing hidden."""
        text = self.read(name)
        try:
            value = json.loads(text)
            written = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        except (ValueError, RecursionError) as error:
            raise DifferenceError(f"{name}: no JSON ({error})") from None
        for number, (line, expected) in enumerate(zip(text.split("\n"), written.split("\n"), strict=False), start=1):
            if line != expected:
                raise DifferenceError(f"{name}, line {number}: {line.strip()!r} is not as the program writes JSON")
        if text != written:
            raise DifferenceError(f"{name}: the end is not as the program writes JSON")
        return value


def read_text(path: Path, name: str) -> str:
    """Return the text of a file, line ends as they are, or say that it is not there or no text."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise DifferenceError(f"{name}: the run wrote this file; it is not there") from None
    except UnicodeDecodeError as error:
        raise DifferenceError(f"{name}: no UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None


def open_run(folder: Path, sources: Sequence[str] = ()) -> Stored:
    """Take up the folder of a run.

    Parameters
    ----------
    folder : Path
        What `report` or `measure` wrote, or a notebook that was run in another way.
    sources : sequence of str
        Where the inputs are now; empty: where run.json says that they were.

    Raises
    ------
    InputError
        It is not the folder of a run.
    DifferenceError
        Its run.json is not what a run writes.
    """
    if not (folder / "run.json").is_file():
        found = "no run.json in it" if folder.is_dir() else "a file" if folder.exists() else "nothing there"
        raise InputError(
            f"audit takes the folder of a run, with its run.json and tables/; found {found}: {str(folder)!r}"
        )
    stored = Stored(folder, {}, "\n".join(sources))
    run = stored.read_json("run.json")
    for name, kind in _SAID.items():
        if not isinstance(run, dict) or not isinstance(run.get(name), kind):
            raise DifferenceError(f"run.json: no {name!r} as a run writes it")
    if not isinstance(run["parameters"].get("sources"), str):
        raise DifferenceError("run.json: the parameters name no sources")
    return Stored(folder, run, stored.sources or run["parameters"]["sources"])


def find_by_parameters(recorded: dict[str, Any]) -> Path | None:
    """Find the notebook that declares these parameters: of those that were all recorded, the one with most.

    Every run is recognised in this way, those of plain papermill too; `output` is a parameter that none records.
    """
    fitting = [
        (len(declared), path)
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        if (declared := declared_parameters(path).keys() - {"output"}) <= recorded.keys()
    ]
    return max(fitting)[1] if fitting else None


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Keep runs from writing to a folder while it is read; plain papermill has left no lock, and takes none.

    Raises
    ------
    FolderBusyError
        A run is writing to it.
    """
    try:
        lock = (folder / LOCK).open(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        yield
        return
    except OSError as error:
        raise InputError(f"cannot read {folder / LOCK}: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderBusyError(f"a run is writing to {folder}; audit it when the run has ended") from None
        yield
