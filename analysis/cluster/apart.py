"""Work in a fork of a process beside this one: for a process that has threads, and must not be forked itself.

A worker of a cluster is such a process. The one beside it has no threads, imports everything once, forks for each
job, and ends as soon as nobody holds the line to it any more, and with it the fork, whatever that is doing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import cloudpickle

from analysis.paths import PROJECT
from analysis.workers.process import fork

Job = TypeVar("Job")
Result = TypeVar("Result")

_TRIES = 2
#: Processes beside this one that nobody has work for; their number is that of the threads that have asked at once.
_idle: list[_Apart] = []


def do_apart(
    warm: Callable[[], object], work: Callable[[Job, str], Result], job: Job, folder: str | None = None
) -> Result | None:
    """Do a job in a fork of a process beside this one.

    Parameters
    ----------
    warm : callable
        What that process does once, before it forks.
    work : callable
        Takes the job, and a folder for the time of the job; free to do to its process what it likes.
    job : object
    folder : str, optional
        Where the folders of jobs are made; by default where temporary files are.

    Returns
    -------
    object or None
        What `work` gives; None if its process has died, or the one beside this one twice.
    """
    for _ in range(_TRIES):
        apart = None
        with suppress(IndexError):
            apart = _idle.pop()
        apart = apart or _Apart(warm)
        try:
            result: Result | None = apart.do(work, job, folder)
        except (EOFError, OSError):
            apart.end()
            continue
        except BaseException:
            apart.end()
            raise
        _idle.append(apart)
        return result
    return None


def end_idle() -> None:
    """Let the processes beside this one end."""
    while _idle:
        _idle.pop().end()


class _Apart:
    """A process beside this one, and the line to it."""

    def __init__(self, warm: Callable[[], object]) -> None:
        self._line, other = Pipe()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(other.fileno())], pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=PROJECT, start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])},
            )  # fmt: skip
        _send(self._line, warm)

    def do(self, work: Callable[[Any, str], Any], job: Any, folder: str | None) -> Any:
        """Have a job done; raises EOFError or OSError if the process has died."""
        _send(self._line, (work, job, folder))
        result = self._line.recv_bytes()
        return cloudpickle.loads(result) if result else None

    def end(self) -> None:
        """Let the process end, which it does when the line is closed."""
        self._line.close()
        self._process.wait()


def _send(line: Connection, what: Any) -> None:
    line.send_bytes(cloudpickle.dumps(what))


def _serve(line: Connection) -> None:
    """Do the jobs that come, until none can come any more."""
    with suppress(EOFError, ConnectionError):
        cloudpickle.loads(line.recv_bytes())()
        while True:
            work, job, place = cloudpickle.loads(line.recv_bytes())
            with TemporaryDirectory(prefix="parallax-", dir=place, ignore_cleanup_errors=True) as folder:
                result = _forked(partial(work, job, folder), line)
            line.send_bytes(result)


def _forked(work: Callable[[], Any], line: Connection) -> bytes:
    """What a job gives, pickled; nothing if the fork that did it has died. Raises EOFError if nobody waits for it."""
    process = fork(lambda other: _send(other, work()))
    try:
        if line in wait([line, process.connection]):
            raise EOFError
        return process.connection.recv_bytes()
    except (EOFError, ConnectionError):
        if line.poll():  # nothing is sent meanwhile: the line has been closed
            raise EOFError from None
        return b""
    finally:
        process.end()


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
