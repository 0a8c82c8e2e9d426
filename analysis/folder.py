"""An output folder that is never half-written: one run at a time, staged beside, then moved in file by file."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

#: Locked while a run writes; holds the names of the files that the last run left, one a line.
LOCK = "run.lock"
STAGE = ".stage"
#: How often a lock is tried, and the seconds in between.
_TRIES, _PAUSE = 20, 0.1
#: Files that the disk is asked to take at a time.
_AT_ONCE = 8
#: Moved in this order, everything unnamed in between; the ledger says that the rest is in place.
_FIRST, _LAST = ("report.html", "report.ipynb"), ("parts.jsonl", "run.json", "ledger.jsonl")


class FolderBusyError(OSError):
    """Another run is writing to the same folder."""


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file under a temporary name in its folder, force it to disk, then give it its name."""
    temporary = _write_beside(path, content)
    _force_to_disk(temporary)
    temporary.replace(path)


def write_files(files: Iterable[tuple[Path, bytes | str]]) -> None:
    """Write files as `write_file` does, in their order, but have the disk take them all together.

    That takes a tenth of the time of one after the other, each of which waits for the disk's journal. No file has its
    name before all are on disk.

    Parameters
    ----------
    files : iterable of (Path, bytes or str)
        Where each is to be, and what is in it.
    """
    written = [(_write_beside(path, content), path) for path, content in files]
    try:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for _ in threads.map(_force_to_disk, [temporary for temporary, _ in written]):
                pass
    except RuntimeError:  # where memory is short no thread can be started; one after the other takes none
        for temporary, _ in written:
            _force_to_disk(temporary)
    for temporary, path in written:
        temporary.replace(path)


def _write_beside(path: Path, content: bytes | str) -> Path:
    """Write a file under a temporary name in its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return temporary


def _force_to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal; raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def locked(output: Path) -> Iterator[TextIO]:
    """Hold the lock of an output folder, which is made if it is missing, and give the file that is locked.

    The lock belongs to the process: it ends with it, however that ends, and leaves no stale lock. A folder that was
    made here and holds nothing at the end is removed.

    Raises
    ------
    FolderBusyError
        Another run holds the lock.
    OSError
        The folder cannot be made or written.
    """
    existed = output.exists()
    output.mkdir(parents=True, exist_ok=True)
    with (output / LOCK).open("a+", encoding="utf-8") as lock:
        _lock(lock, output)
        try:
            yield lock
        finally:
            if not existed and not any(path.name != LOCK for path in output.iterdir()):
                (output / LOCK).unlink()
                output.rmdir()


def _lock(lock: TextIO, output: Path) -> None:
    """Lock a file; wait a moment for the forks of a run that was killed: they hold its lock until they end, too."""
    for left in range(_TRIES - 1, -1, -1):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not left:
                raise FolderBusyError(
                    f"another run is writing to {output}; wait for it or choose another --output"
                ) from None
            time.sleep(_PAUSE)


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Lock an output folder and give an empty folder inside it to write to; move its content in at the end.

    If the body raises, nothing of it reaches `output`. Raises what `locked` does.
    """
    with locked(output) as lock, stage_in(output, lock) as stage:
        yield stage


@contextmanager
def stage_in(output: Path, lock: TextIO) -> Iterator[Path]:
    """Give an empty folder inside a locked folder to write to; move its content in at the end.

    Parameters
    ----------
    output : Path
    lock : TextIO
        What `locked` gives.
    """
    stage = output / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    try:
        yield stage
        publish(stage, output, lock)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def publish(stage: Path, output: Path, lock: TextIO) -> None:
    """Move the new files in, remove those that only the last run made, and list the new ones.

    A table in parts is a folder of its name, and is moved in as one: it never holds parts of two runs.
    """
    made = sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
    lock.seek(0)
    left = set(lock.read().splitlines()) - set(made)
    _list(lock, [*made, *sorted(left)])  # whatever happens on the way, the next run knows what may be there

    def turn(name: str) -> int:
        return 0 if name in _FIRST else 2 + _LAST.index(name) if name in _LAST else 1

    for name in sorted(dict.fromkeys(map(_whole, made)), key=turn):
        (output / name).parent.mkdir(exist_ok=True)
        if (output / name).is_dir():
            replaced = stage / f".{Path(name).name}.replaced"
            (output / name).replace(replaced)
            shutil.rmtree(replaced)
        elif (stage / name).is_dir():
            (output / name).unlink(missing_ok=True)
        (stage / name).replace(output / name)
    for name in left:
        with suppress(NotADirectoryError, IsADirectoryError):  # a table in parts, which is one file now, or was one
            (output / name).unlink(missing_ok=True)
        folder = output / _whole(name)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    _list(lock, made)


def _list(lock: TextIO, names: Sequence[str]) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write("".join(f"{name}\n" for name in names))
    lock.flush()


def _whole(name: str) -> str:
    """Return what a file is moved in with: itself, or the table that it is a part of."""
    parent = Path(name).parent
    return parent.as_posix() if parent.suffix == ".parquet" else name
