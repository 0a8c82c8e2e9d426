"""A fork of this process that does one thing and ends with whoever has it, and with it whatever it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NamedTuple, NoReturn

#: Ends of lines to what waits for the end of this process: nobody else may hold one.
_LEASHES: set[int] = set()


def _let_go() -> None:
    for leash in _LEASHES:
        os.close(leash)
    _LEASHES.clear()


os.register_at_fork(after_in_child=_let_go)


class Process(NamedTuple):
    """A fork, this process's end of the line to it, and what kills all that the fork has started if this one ends."""

    number: int
    connection: Connection
    watcher: Watcher

    def end(self) -> None:
        """Kill it with all that it has started, whatever it does."""
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.number, signal.SIGKILL)
        _LEASHES.discard(self.watcher.leash)
        os.close(self.watcher.leash)
        for number in (self.number, self.watcher.number):
            with contextlib.suppress(ChildProcessError):
                os.waitpid(number, 0)


class Watcher(NamedTuple):
    """A process that kills a group as soon as nobody holds its leash any more."""

    number: int
    leash: int


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
    number = os.fork()
    if not number:
        own.close()
        _run(serve, other)
    other.close()
    _join_group(number, number)
    try:
        watcher = _watch(number)
    except OSError:
        own.close()
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        raise
    return Process(number, own, watcher)


def _join_group(process: int, group: int) -> None:
    """Put a process in a group, as all that it starts will be; both sides do it, since either may be first."""
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.setpgid(process, group)


def _watch(group: int) -> Watcher:
    """Start what waits for the end of this process, however it comes, and kills all that the fork has started.

    It is a shell, since a fork would be a copy of all that this process holds.
    """
    waits, leash = os.pipe()
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        number = os.posix_spawn(
            "/bin/sh",
            ["sh", "-c", f"read -r _; kill -s KILL -- -{group}"],
            {},
            file_actions=[(os.POSIX_SPAWN_DUP2, *ends) for ends in ((waits, 0), (nowhere, 1), (nowhere, 2))],
            setpgroup=group,
        )
    except OSError:
        os.close(leash)
        raise
    finally:
        os.close(waits)
        os.close(nowhere)
    _LEASHES.add(leash)
    return Watcher(number, leash)


def _run(serve: Callable[[Connection], object], connection: Connection) -> NoReturn:
    try:
        _join_group(0, 0)
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


def _listen_to_nobody() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
