"""A fork of this process that does one thing and ends with whoever has it, and with it whatever it has started."""

from __future__ import annotations

import contextlib
import ctypes
import os
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
    watcher: int

    def end(self) -> None:
        """Kill it with all that it has started, whatever it does."""
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGKILL)
        for number in (self.number, self.watcher):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(number, 0)


def fork(serve: Callable[[Connection], object]) -> Process:
    """Fork this process, which should have no other threads.

    Parameters
    ----------
    serve : callable
        What the fork does with its end of the line. It ends when this returns or raises, or with this process; nobody
        listens to its standard streams.
    """
    for place in (0, 1, 2):  # the line must not take the place of a stream that the caller has closed
        try:
            os.fstat(place)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    own, other = Pipe()
    parent = os.getpid()
    number = os.fork()
    if not number:
        own.close()
        _run(serve, other, parent)
    _join_group(number, number)
    watcher = os.fork()
    if not watcher:
        own.close()
        other.close()
        _watch(number, parent)
    other.close()
    _join_group(watcher, number)
    return Process(number, own, watcher)


def _join_group(process: int, group: int) -> None:
    """Put a process in a group, as all that it starts will be; both sides do it, since either may be first."""
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(process, group)


def _run(serve: Callable[[Connection], object], connection: Connection, parent: int) -> NoReturn:
    try:
        _join_group(0, 0)
        _ask_for(signal.SIGKILL, parent)
        # A process that the fork starts and leaves must not hold the line: nobody would learn that the fork has ended.
        os.register_at_fork(after_in_child=connection.close)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _listen_to_nobody()
        if "numpy" in sys.modules:  # `random` sees to itself
            sys.modules["numpy"].random.seed()
        serve(connection)
    finally:
        os._exit(0)


def _watch(group: int, parent: int) -> NoReturn:
    """Wait for the end of the parent, however it comes, and kill all that the fork has started."""
    try:
        _join_group(0, group)
        _listen_to_nobody()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
        _ask_for(signal.SIGUSR1, parent)
        signal.sigwait({signal.SIGUSR1})
        os.killpg(group, signal.SIGKILL)
    finally:
        os._exit(0)


def _listen_to_nobody() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def _ask_for(number: signal.Signals, parent: int) -> None:
    """Have this process sent a signal when the one that forked it ends, however it does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_END_OF_PARENT, number)
    if os.getppid() != parent:  # it has ended before it could be asked for
        os.kill(os.getpid(), number)
