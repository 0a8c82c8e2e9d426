"""Work through jobs in forks of this process, several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from analysis.forked.process import Process, fork

Job = TypeVar("Job")
Result = TypeVar("Result")


def work_through(
    jobs: Iterable[Job], work: Callable[[Job], Result], at_once: int
) -> Iterator[tuple[Job, Result | None]]:
    """Do each job in a fork of its own and yield it with its result as soon as it is done.

    Parameters
    ----------
    jobs : iterable
    work : callable
        What is done in the fork; its result is sent back.
    at_once : int
        How many forks there are at a time.

    Yields
    ------
    (job, result)
        In the order in which they are done; None where the fork has died.
    """
    waiting = deque(jobs)
    running: dict[Connection, tuple[Job, Process]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                job = waiting.popleft()
                process = fork(lambda line, job=job: line.send(work(job)))  # type: ignore[misc]
                running[process.connection] = (job, process)
            for line in wait(list(running)):
                job, process = running[line]  # type: ignore[index]
                try:
                    result = process.connection.recv()
                except (EOFError, ConnectionError):
                    result = None
                process.end()
                del running[process.connection]
                yield job, result
    finally:
        for _, process in running.values():
            process.end()
