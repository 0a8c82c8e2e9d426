"""A real cluster for tests: a scheduler and workers, each a process of its own that ends with the test."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from analysis.paths import PROJECT

#: This tree's code, and one more try where a worker has died.
SETTINGS = {"PYTHONPATH": f"{PROJECT}:{PROJECT / 'tests'}", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
#: After so long a scheduler that has nothing to do, and a worker that has none, ends by itself, if a test could not.
_LEFT = "300 s"


class Cluster:
    """A scheduler and its workers: where they are, and what their processes are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        """The scheduler's address."""
        for _ in range(3000):
            with contextlib.suppress(OSError, ValueError):
                return str(json.loads(self.file.read_text())["address"])
            time.sleep(0.01)
        pytest.fail(f"no scheduler came: {self.said()}")

    def scheduler(self, *options: str, within: Sequence[str] = (), host: str = "127.0.0.1") -> None:
        """Start the scheduler."""
        self.start(
            "scheduler",
            "--host",
            host,
            "--port",
            "0",
            "--scheduler-file",
            str(self.file),
            "--idle-timeout",
            _LEFT,
            *options,
            within=within,
        )

    def worker(
        self,
        *options: str,
        n: int = 1,
        memory: str = "1GB",
        within: Sequence[str] = (),
        host: str = "127.0.0.1",
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start workers, each a process with one thread and its own limit of memory."""
        own = ("--nworkers", str(n), "--nthreads", "1", "--memory-limit", memory, "--host", host)
        place = ("--local-directory", str(self.folder), "--death-timeout", _LEFT)
        return self.start("worker", self.address, *own, *place, *options, within=within, settings=settings)

    def start(
        self,
        what: str,
        *options: str,
        within: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a process of the cluster."""
        log = (self.folder / f"{what}-{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [*within, sys.executable, "-m", "dask", what, "--no-dashboard", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env={**os.environ, **SETTINGS, **(settings or {})}, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def said(self) -> str:
        """What the processes have said."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def end(self) -> None:
        """End all, and see that they have."""
        for process in reversed(self.processes):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


@contextlib.contextmanager
def cluster(folder: Path, n: int = 2, memory: str = "1GB") -> Iterator[Cluster]:
    """A scheduler and workers on the loopback, for the time of a `with`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder)
    try:
        made.scheduler()
        if n:
            made.worker(n=n, memory=memory)
        yield made
    finally:
        made.end()
