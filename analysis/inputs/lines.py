"""Lines of a text of any length, none longer than a record may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO


class LongLine(ValueError):  # noqa: N818 - it names the line's state, as the message does
    """A line that is longer than is read; what follows it can be read on."""


class Lines:
    """The lines of a text, with their ends; one that has more than `limit` characters raises `LongLine`, once."""

    def __init__(self, file: TextIO, limit: int) -> None:
        self._file = file
        self.limit = limit

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self.limit + 1)
        if not line:
            raise StopIteration
        if len(line) <= self.limit:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._file.readline(self.limit)
        raise LongLine(f"a line of more than {self.limit:,} characters; at most {self.limit:,} are read")
