"""Work through jobs in forks of this process, several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from analysis.workers.process import Process, fork

Job = TypeVar("Job")
Result = TypeVar("Result")


def work_through(
    jobs: Iterable[Job], work: Callable[[Job], Result], at_once: int, *, each: int = 1
) -> Iterator[tuple[Job, Result | None]]:
    """Do jobs in forks of this process and yield each with its result as soon as it is done.

    Parameters
    ----------
    jobs : iterable
        Sent to the forks, and taken from an iterator whenever nothing else is to be done, so that what makes them runs
        beside the work.
    work : callable
        What is done in the fork; its result is sent back.
    at_once : int
        How many forks there are at a time.
    each : int
        How many jobs a fork does before another takes its place; with 1, no job finds anything that one before it left.

    Yields
    ------
    (job, result)
        In the order in which they are done; None where the fork has died.
    """
    coming, waiting = iter(jobs), deque[Job]()
    idle: list[tuple[Process, int]] = []
    running: dict[Connection, tuple[Job, Process, int]] = {}
    finished: list[tuple[Job, Result | None]] = []
    more = True

    def take() -> bool:
        """Take one more job, if there is one."""
        for job in coming:
            waiting.append(job)
            return True
        return False

    try:
        while True:
            while len(running) < at_once and (waiting or (more := more and take())):
                process, left = idle.pop() if idle else (fork(lambda line: _serve(line, work)), each)
                job = waiting.popleft()
                running[process.connection] = (job, process, left - 1)
                _send(process, job)
            yield from finished  # once there is work in their place, which goes on whatever is done with them
            finished = []
            if not running:
                return
            done = wait(list(running), 0 if more else None)
            if not done:
                more = take()
            for line in done:
                job, process, left = running.pop(line)  # type: ignore[call-overload]
                result, alive = _receive(process)
                if alive and left:
                    idle.append((process, left))
                else:
                    process.end()
                finished.append((job, result))
    finally:
        for process in [*(process for _, process, _ in running.values()), *(process for process, _ in idle)]:
            process.end()


def _serve(line: Connection, work: Callable[[Job], Result]) -> None:
    """Do the jobs that come, until none can come any more."""
    while True:
        try:
            job = line.recv()
        except EOFError:
            return
        line.send(work(job))


def _send(process: Process, job: object) -> None:
    """Send a job; a fork that has died meanwhile is found out when its result is waited for."""
    try:
        process.connection.send(job)
    except ConnectionError:
        return


def _receive(process: Process) -> tuple[Result | None, bool]:
    """The result of a fork, and whether the fork is alive."""
    try:
        return process.connection.recv(), True
    except (EOFError, ConnectionError):
        return None, False
