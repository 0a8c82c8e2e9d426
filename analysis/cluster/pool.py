"""Work through jobs on the workers of a Dask cluster, with the interface of the pool of forks on this machine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from analysis.cluster.sameness import described, difference, fingerprint
from analysis.inputs.files import InputError

if TYPE_CHECKING:
    from distributed import Client, Future

Job = TypeVar("Job")
Result = TypeVar("Result")

#: Jobs that are on their way for each thread of the workers: the one at work, and the next.
_AHEAD = 2
#: Seconds between two looks at whether the cluster is still there, and for which it may be without a worker.
_LOOK, PATIENCE = 2.0, 60.0


class _Answer(NamedTuple):
    """What a worker sends back: the result, none if the work has failed; or its program, if that is another."""

    result: Any = None
    program: Mapping[str, str] | None = None


def work_through_cluster(
    jobs: Iterable[Job],
    work: Callable[[Job], Result],
    client: Client,
    *,
    at_once: int | None = None,
    patience: float = PATIENCE,
) -> Iterator[tuple[Job, Result | None]]:
    """Do each job on a worker and yield it with its result as soon as it is done.

    Jobs are taken, and results held, no more than a few for each worker at a time. What a worker that dies was at is
    done again by another. A job at which worker after worker dies is put aside until the others are done, and then
    done by itself, so that none is given up for what another has done.

    Parameters
    ----------
    jobs : iterable
        Walked as there is room; each is pickled.
    work : callable
        What a worker does with a job; pickled too.
    client : Client
        Of `connect`.
    at_once : int, optional
        How many jobs the cluster has at a time; by default two for each thread of its workers.
    patience : float
        Seconds for which the cluster may be without any worker.

    Yields
    ------
    (job, result)
        In the order in which they are done; None where the work has raised, or no worker survives it.

    Raises
    ------
    InputError
        The scheduler has gone away, no worker is left, or a worker that came later runs another program.
    """
    line = _Line(client, work, patience)
    waiting = iter(jobs)
    suspects: deque[Job] = deque()
    left = True
    try:
        while True:
            while left and len(line.running) < (at_once or _AHEAD * line.threads):
                try:
                    line.send(next(waiting), alone=at_once == 1)
                except StopIteration:
                    left = False
            if not left and not line.running and suspects:
                line.send(suspects.popleft(), alone=True)
            if not line.running:
                return
            job, answer, alone = line.take()
            if answer is None and not alone:
                suspects.append(job)
            else:
                yield job, answer.result if answer else None
    finally:
        line.cancel()


class _Sent(NamedTuple):
    job: Any
    future: Future[Any]
    alone: bool


class _Line:
    """The jobs that are with the cluster, and the line on which they are told to be done."""

    def __init__(self, client: Client, work: Callable[[Any], Any], patience: float) -> None:
        self.running: dict[str, _Sent] = {}
        self._client, self._work, self._patience = client, work, patience
        self._done: SimpleQueue[str] = SimpleQueue()
        self._seen = time.monotonic()
        self._name = uuid4().hex
        self._address = client.scheduler.address if client.scheduler else ""
        self._number = 0
        self.threads = 1
        self._look()

    def send(self, job: Any, *, alone: bool = False) -> None:
        """Send a job to the cluster."""
        self._number += 1
        key = f"parallax-{self._name}-{self._number}"
        try:
            future = self._client.submit(_do, fingerprint(), self._work, job, key=key, pure=False)
        except Exception:
            if self._client.status != "running":
                raise self._lost() from None
            raise
        self.running[key] = _Sent(job, future, alone)
        self._await(future)

    def take(self) -> tuple[Any, _Answer | None, bool]:
        """Wait for the next job to be done: the job, its answer or None if workers died of it, whether it was alone."""
        while True:
            try:
                key = self._done.get(timeout=_LOOK)
            except Empty:
                self._look()
                continue
            sent = self.running[key]
            try:
                answer = _answer(sent.future)
            except TimeoutError:  # the worker that had the answer has died: it is made again
                self._look()
                self._await(sent.future)
                continue
            except (OSError, CancelledError):  # what is sent over the line, not what the work has raised
                raise self._lost() from None
            del self.running[key]
            if answer and answer.program:
                differs = difference(described(), answer.program)
                raise InputError(f"on a worker that came later {differs}; install the same on all machines")
            return sent.job, answer, sent.alone

    def cancel(self) -> None:
        """Have nothing done any more that is not done yet."""
        futures = [sent.future for sent in self.running.values()]
        self.running.clear()
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)

    def _await(self, future: Future[Any]) -> None:
        future.add_done_callback(lambda future: self._done.put(future.key))

    def _look(self) -> None:
        """See whether the cluster is there, and how many threads it has."""
        threads = self._client.scheduler_info(n_workers=0)["total_threads"]
        if self._client.status != "running":
            raise self._lost()
        now = time.monotonic()
        if threads:
            self._seen, self.threads = now, threads
        elif now - self._seen > self._patience:
            raise InputError(f"the scheduler at {self._address!r} has had no worker for {self._patience:g} s")

    def _lost(self) -> InputError:
        return InputError(f"the scheduler at {self._address!r} has gone away")


def _answer(future: Future[Any]) -> _Answer | None:
    """What came back; None if too many workers have died of it."""
    from distributed import KilledWorker

    try:
        answer: _Answer = future.result(timeout=_LOOK)
    except KilledWorker:
        return None
    return answer


def _do(program: str, work: Callable[[Any], Any], job: Any) -> _Answer:
    """Do a job, on a worker, which may have come after all were checked."""
    if program != fingerprint():
        return _Answer(program=described())
    try:
        return _Answer(work(job))
    except Exception:
        return _Answer()
