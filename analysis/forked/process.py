"""A fork of this process that does one thing and ends with whoever has it, and with it whatever it has started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn

#: On Linux, the number of the request for a signal when the process that forked this one has ended.
_SIGNAL_AT_END_OF_PARENT = 1


class Process(NamedTuple):
    """A fork, and this process's end of the line to it."""

    number: int
    connection: Connection

    def end(self) -> None:
        """Kill it with all that it has started, whatever it does."""
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.number, 0)


def fork(serve: Callable[[Connection], object]) -> Process:
    """Fork this process, which should have no other threads.

    Parameters
    ----------
    serve : callable
        What the fork does with its end of the line. It ends when this returns or raises, or with this process; nobody
        listens to its standard streams.
    """
    for stream in (sys.stdout, sys.stderr):  # what waits in a buffer would be written twice
        if stream:
            stream.flush()
    own, other = Pipe()
    parent = os.getpid()
    number = os.fork()
    if not number:
        own.close()
        _run(serve, other, parent)
    other.close()
    _lead_a_group(number)
    return Process(number, own)


def _lead_a_group(process: int) -> None:
    """Put a process in a group of its own, with all that it starts; both sides do it, since either may be first."""
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(process, process)


def _run(serve: Callable[[Connection], object], connection: Connection, parent: int) -> NoReturn:
    try:
        _lead_a_group(os.getpid())
        _end_with(parent)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        serve(connection)
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    """Have this process killed when the one that forked it ends, however it does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_END_OF_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended before it could be asked for
        os._exit(1)
