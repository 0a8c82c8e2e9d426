"""Which files the sources of a run stand for; nothing is followed out of a folder, and only regular files are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from analysis.folder import LOCK
from analysis.inputs.trouble import Unreadable
from analysis.paths import project_path

SIDECAR = "articles.csv"
#: Bytes that are read at a time.
PIECE = 1 << 18
_KINDS = ((stat.S_ISDIR, "folder"), (stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"))


class InputError(ValueError):
    """The sources or settings of a run name something that is not there."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: the sentence, since a user's slip needs no way through the code."""
        return [f"{type(self).__name__}: {self}"]


class TooFewError(InputError):
    """What could be read is too little for what was asked."""


def accept(setting: str, value: str, accepted: Sequence[str]) -> str:
    """Return a setting that is one of a few words.

    Raises
    ------
    InputError
        It is none of them; the message lists them.
    """
    if value not in accepted:
        raise InputError(f"{setting} accepts {', '.join(accepted)}; found {value!r}")
    return value


class Found(NamedTuple):
    """A file to be read; with a `problem`, one that is not, and why; `repeated` if it stands elsewhere in the list."""

    path: Path
    problem: str = ""
    sidecar: bool = False
    repeated: bool = False


def find_files(sources: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> list[Found]:
    """List the files of the sources: those in the order given, the files of a folder sorted by path.

    Of a folder and its subfolders every file counts but hidden ones, README files and what a run has left; a file
    `articles.csv` is its sidecar. A file that is named itself is always read.

    Parameters
    ----------
    sources : str, path, or sequence of these
        Files and folders; a string may name several, one in each line.

    Returns
    -------
    list of Found
        A missing source and a folder without files stand in it as problems. Of a file that is named twice, by itself
        or with its folder, all but the first are marked; of a sidecar all but the last, since the nearer counts.

    Raises
    ------
    InputError
        None of the sources exists.
    """
    if isinstance(sources, str):
        named = [line.strip() for line in sources.split("\n") if line.strip()]
    else:
        given = [sources] if isinstance(sources, os.PathLike) else sources
        named = [os.fspath(source) for source in given if os.fspath(source)]
    paths = [project_path(name) for name in named]
    if not any(os.path.lexists(path) for path in paths):
        names = ", ".join(map(repr, named)) or "''"
        raise InputError(f"no file or folder {names}; sources are files and folders on this machine, one in each line")
    return _mark_repeated([found for path in paths for found in ([*_walk(path)] if path.is_dir() else [_named(path)])])


@contextmanager
def opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a regular file of at most `limit` bytes.

    Raises
    ------
    Unreadable
        It is no regular file, cannot be read, or is larger.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "device")
            raise Unreadable(f"a {kind}; only regular files are read")
        with path.open("rb") as file:
            refuse_larger(os.fstat(file.fileno()).st_size, limit)
            yield file
    except OSError as problem:
        raise Unreadable(f"cannot be read ({problem.strerror or problem})") from problem


def state_of(path: Path) -> tuple[int, ...]:
    """Return what tells the content of a file from another: another file of its name, its size, its last change.

    Raises
    ------
    Unreadable
        It cannot be asked.
    """
    try:
        state = path.stat()
    except OSError as problem:
        raise Unreadable(f"cannot be read ({problem.strerror or problem})") from problem
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def changed(path: Path, before: tuple[int, ...]) -> bool:
    """Whether a file is not what it was: what was read of it may be half of one text and half of another."""
    try:
        return state_of(path) != before
    except Unreadable:
        return True


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what is in a regular file.

    Raises
    ------
    Unreadable
        It is no regular file, cannot be read, or is larger than `limit` bytes.
    """
    with opened(path, limit) as file:
        return b"".join(pieces_of(file, limit))  # asked for all that may be there at once, it would take as much room


def pieces_of(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """Read a file in pieces of a quarter of a megabyte; raise `Unreadable` if it has grown beyond `limit` bytes."""
    read = 0
    while piece := file.read(PIECE):
        read += len(piece)
        refuse_larger(read, limit)
        yield piece


def refuse_larger(size: int, limit: int) -> None:
    """Raise `Unreadable`, with both sizes, if an input has more bytes than are read."""
    if size > limit:
        raise Unreadable(f"{size:,} bytes; at most {limit:,} are read")


def is_left_by_a_run(folder: Path) -> bool:
    """Whether a folder is what a run has left, which is no input: plain papermill leaves no lock."""

    def there(name: str) -> bool:
        return os.path.exists(folder / name)  # noqa: PTH110  # Path.exists raises where a folder may not be entered

    return there(LOCK) or all(map(there, ("run.json", "ledger.jsonl")))


def relative(path: Path) -> str:
    """Return a path relative to where relative ones start, with `/`, as valid Unicode: as it is named in sources."""
    return printable(Path(os.path.relpath(path, project_path("."))).as_posix())


def printable(name: str) -> str:
    """Return a name as valid Unicode: lone surrogates, such as the odd bytes of a file name, as their code."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def path_problem(path: str) -> str:
    """Why a notebook could not be told a path; nothing if it could."""
    if path == path.strip() and path.isprintable():
        return ""
    return f"a path holds no line break or odd byte, and no blank at its ends; found {path!r}"


def one_line(message: str) -> str:
    """Return a message in which no character ends a line, moves the cursor or hides a part: these as their code.

    A blank at which no line is broken is as good as printable.

    Examples
    --------
    >>> one_line("a\\nb")
    'a\\\\nb'
    """
    return "".join(c if c.isprintable() or c == "\u00a0" else ascii(c)[1:-1] for c in message)


def _mark_repeated(found: Sequence[Found]) -> list[Found]:
    """Mark what is the same entry of the same folder, however the folder is written; a link is not its target."""
    folders = {folder: os.path.realpath(folder) for folder in {file.path.parent for file in found}}
    entries = [(folders[file.path.parent], file.path.name, file.sidecar) for file in found]
    last = {entry: place for place, entry in enumerate(entries)}
    first = {entry: place for place, entry in reversed([*enumerate(entries)])}
    counts = [last[entry] if file.sidecar else first[entry] for file, entry in zip(found, entries, strict=True)]
    return [file._replace(repeated=place != counts[place]) for place, file in enumerate(found)]


def _named(path: Path) -> Found:
    if path.exists():
        return Found(path)
    return Found(path, "a link to nothing" if path.is_symlink() else "no such file or folder")


def _walk(folder: Path) -> Iterator[Found]:
    found: list[Found] = []
    waiting = [folder]
    while waiting:  # not recursive: a path may be a thousand folders deep
        here = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError as problem:
            found.append(Found(here, f"cannot be read ({problem.strerror})"))
            continue
        for entry in entries:
            path = here / entry.name
            if entry.name.startswith((".", "README")) or entry.name.lower().split(".")[0] == "readme":
                continue
            if entry.is_symlink():
                found.append(Found(path, _follow(path, folder), entry.name == SIDECAR))
            elif entry.is_dir():
                if not is_left_by_a_run(path):
                    waiting.append(path)
            else:
                found.append(Found(path, sidecar=entry.name == SIDECAR))
    if all(item.sidecar for item in found):
        found.append(Found(folder, "a folder without articles"))
    yield from sorted(found, key=lambda item: item.path.parts)


def _follow(link: Path, folder: Path) -> str:
    """Why a link is not followed; nothing if it leads to a file of the same folder."""
    try:
        if not link.exists():
            return "a link to nothing"
        if link.is_dir():
            return "a link to a folder; these are not followed"
        return "" if link.resolve().is_relative_to(folder.resolve()) else "a link that leads out of the folder"
    except OSError as problem:  # it leads to where one may not look
        return f"a link that cannot be followed ({problem.strerror})"
