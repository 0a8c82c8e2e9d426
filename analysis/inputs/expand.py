"""The bytes of a file, unpacked if it is packed: a piece at a time, within a budget, as often as they are asked for."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from analysis.inputs.files import PIECE, opened, pieces_of
from analysis.inputs.trouble import Unreadable
from analysis.nouns import how_many

#: What a packed file is read in; of a damaged one, this much before the damage is read again byte by byte.
_PACKED_PIECE = 1 << 14
_CODECS = {"gzip": "gzip", "Zstandard": "zstd"}
#: Packed text is a tenth to a third of its size; far beyond this, a file was made to fill the machine.
MAX_RATIO = 200
#: Up to here the ratio does not matter.
_SMALL = 10_000_000


def budget_for(packed: int, limit: int) -> int:
    """Return how many bytes may come out of this many packed ones."""
    return min(limit, max(_SMALL, MAX_RATIO * packed))


def too_much(packed: int, budget: int) -> str:
    """Say that more came out of a packed input than may."""
    return f"unpacks to more than {budget:,} bytes from {packed:,}; at most {budget:,} are read"


@dataclass(frozen=True)
class Content:
    """The bytes of one file. `limit` is of the bytes in the file and, if it is packed, of those unpacked too."""

    path: Path
    limit: int
    packed: str = ""

    def pieces(self) -> Iterator[bytes]:
        """Read the content from its start.

        Yields
        ------
        bytes
            In pieces of at most a quarter of a megabyte; all that is good comes before an error is raised.

        Raises
        ------
        Unreadable
            The file cannot be read, is too large, unpacks to too much, or is damaged; the message says at which byte.
        """
        with opened(self.path, self.limit) as file:
            if not self.packed:
                yield from pieces_of(file, self.limit)
                return
            packed_size = file.seek(0, io.SEEK_END)
            budget = budget_for(packed_size, self.limit)
            given = 0
            for piece in _unpacked(file, self.packed, packed_size):
                given += len(piece)
                if given > budget:
                    raise Unreadable(too_much(packed_size, budget))
                yield piece

    def head(self, size: int) -> bytes:
        """Return the first bytes; fewer if there are fewer, or if those after them are damaged."""
        head = b""
        try:
            for piece in self.pieces():
                head += piece
                if len(head) >= size:
                    break
        except Unreadable:
            if not head:
                raise
        return head[:size]

    def whole(self) -> bytes:
        """Return all bytes."""
        return b"".join(self.pieces())

    def text(self, encoding: str, errors: str, *, skip: int = 0, newline: str = "\n") -> io.TextIOWrapper:
        """Open the content as text; what follows damage is not given, and reading raises `Unreadable` there."""
        raw = _Raw(_without(self.pieces(), skip))
        return io.TextIOWrapper(io.BufferedReader(raw, PIECE), encoding, errors, newline)

    def decoded(self, encoding: str, errors: str, *, skip: int = 0) -> Iterator[str]:
        """Decode the content piece by piece; all that is good comes before an error is raised."""
        return codecs.iterdecode(_without(self.pieces(), skip), encoding, errors)


class _Raw(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        target = memoryview(buffer)  # type: ignore[arg-type]
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


class _Packed(io.RawIOBase):
    """A packed file that is handed on in short pieces, so that its place tells how far the unpacking has come."""

    def __init__(self, file: BinaryIO, slow_from: int | None = None) -> None:
        self._file = file
        self._slow_from = slow_from
        self.place = file.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        slow = self._slow_from is not None and self.place >= self._slow_from
        piece = self._file.read(1 if slow else min(len(target), _PACKED_PIECE))
        target[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)


def _without(pieces: Iterable[bytes], skip: int) -> Iterator[bytes]:
    for piece in pieces:
        if rest := piece[skip:]:
            yield rest
        skip = max(0, skip - len(piece))


def _unpacked(file: BinaryIO, packed: str, size: int) -> Iterator[bytes]:
    """Unpack a file; if it is damaged, once more, byte by byte where the damage is, so that nothing good is lost."""
    given = 0
    source = _Packed(file)
    try:
        for piece in _steps(source, packed, PIECE):
            given += len(piece)
            yield piece
        return
    except OSError:
        slow_from = max(0, source.place - _PACKED_PIECE)
    source = _Packed(file, slow_from)
    passed = 0
    try:
        for piece in _steps(source, packed, 1 << 10, given):
            if rest := piece[max(0, given - passed) :]:
                yield rest
            passed += len(piece)
    except OSError as problem:
        if source.place >= size and "runcated" in str(problem):
            before = how_many(passed, "byte")  # of Zstandard, whole blocks only, of up to 128 kB: it may be none
            raise Unreadable(
                f"cut off at byte {size:,}, inside what is packed with {packed}; {before} could be unpacked before that"
            ) from problem
        raise Unreadable(f"damaged at byte {source.place:,} of {size:,} packed with {packed}") from problem


def _steps(source: _Packed, packed: str, step: int, fast_until: int = 0) -> Iterator[bytes]:
    """Unpack in steps; beyond `fast_until` unpacked bytes singly, so that an error takes no good byte with it."""
    import pyarrow

    stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(source, mode="r"), _CODECS[packed])
    given = 0
    while True:
        piece = bytes(stream.read(step if step == PIECE or given + step <= fast_until else 1))
        if not piece:
            return
        given += len(piece)
        yield piece
