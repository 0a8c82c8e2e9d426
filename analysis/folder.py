"""An output folder that is never half-written: one run at a time, staged beside, then moved in file by file."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "run.lock"
STAGE = ".stage"
#: What a run may leave; older files of these folders that the new run did not make are removed.
_FOLDERS = ("tables", "figures")
#: Moved in this order, everything unnamed in between; the ledger says that the rest is in place.
_FIRST, _LAST = ("report.html", "report.ipynb"), ("run.json", "ledger.jsonl")


class FolderBusyError(OSError):
    """Another run is writing to the same folder."""


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file under a temporary name in its folder, force it to disk, then give it its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Lock an output folder and give an empty folder inside it to write to; move its content in at the end.

    If the body raises, nothing of it reaches `output`. The lock belongs to the process: it ends with it, however
    that ends, and leaves no stale lock.

    Raises
    ------
    FolderBusyError
        Another run holds the lock.
    OSError
        The folder cannot be made or written.
    """
    existed = output.exists()
    output.mkdir(parents=True, exist_ok=True)
    stage = output / STAGE
    with (output / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderBusyError(
                f"another run is writing to {output}; wait for it or choose another --output"
            ) from None
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            yield stage
            _publish(stage, output)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            if not existed and not any(path.name != LOCK for path in output.iterdir()):
                (output / LOCK).unlink()
                output.rmdir()


def _publish(stage: Path, output: Path) -> None:
    made = sorted(path.relative_to(stage) for path in stage.rglob("*") if path.is_file())

    def turn(path: Path) -> int:
        return 0 if path.name in _FIRST else 2 + _LAST.index(path.name) if path.name in _LAST else 1

    for path in sorted(made, key=turn):
        (output / path).parent.mkdir(exist_ok=True)
        (stage / path).replace(output / path)
    for folder in _FOLDERS:
        for old in (output / folder).glob("*"):
            if old.relative_to(output) not in made:
                old.unlink()
    for name in ("report.html", "report.ipynb", "summary.md", "claims.json"):
        if Path(name) not in made:
            (output / name).unlink(missing_ok=True)
