"""What is written to the standard streams of a process, by whom it may be: Python, C code, processes it has started."""

from __future__ import annotations

import os
import sys
import tempfile


class Stream:
    """A standard stream, from now on a file that nobody else knows."""

    def __init__(self, number: int) -> None:
        _forget(number)
        if hasattr(os, "memfd_create"):
            self._file = os.memfd_create("stream")
        else:
            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())
        os.dup2(self._file, number)
        self._taken = 0

    def take(self) -> str:
        """Return what has come since it was last asked."""
        end = os.fstat(self._file).st_size
        come = os.pread(self._file, end - self._taken, self._taken)
        self._taken += len(come)
        return come.decode("utf-8", "backslashreplace")


def _forget(number: int) -> None:
    """Let nothing come that this process had still to write when it was forked: whoever forked it writes that."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, number)
    os.close(nowhere)
    stream = {1: sys.__stdout__, 2: sys.__stderr__}[number]
    if stream is not None and not stream.closed:
        stream.flush()
