"""How long something takes, and how much memory it holds."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parent.parent.parent
#: Seconds between two looks at the memory of a command, at least; and how many times as long as a look, which takes
#: time from what is looked at.
_EVERY, _APART = 0.2, 50


class Spent(NamedTuple):
    """What a command has taken: wall and CPU seconds, and the most memory of all its processes together, in MB."""

    wall: float
    cpu: float
    memory: float


def seconds(run: Callable[[], Any], times: int = 3) -> float:
    """Median wall time of a call."""
    return _median(run, times, time.perf_counter)


def cpu(run: Callable[[], Any], times: int = 3) -> float:
    """Median CPU time of a call in this process; other processes of a shared machine hardly change it."""
    return _median(run, times, time.process_time)


def _median(run: Callable[[], Any], times: int, clock: Callable[[], float]) -> float:
    taken = []
    for _ in range(times):
        start = clock()
        run()
        taken.append(clock() - start)
    return statistics.median(taken)


def command(*arguments: str) -> Callable[[], Any]:
    """A call that runs this Python with some arguments, its modules compiled once as those of an installed package."""
    return lambda: subprocess.run(
        [sys.executable, *arguments], check=True, cwd=PROJECT, capture_output=True, env=settings()
    )


def settings() -> dict[str, str]:
    """The environment of a command of a user, who lets Python keep what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def watched(arguments: Sequence[str], *, cores: int | None = None) -> Spent:
    """Run this Python with some arguments, on so many cores, and watch the memory of it and of all it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=PROJECT, env=settings(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=None if cores is None else partial(_use, cores),
    )  # fmt: skip
    ended, most = threading.Event(), [0.0]

    def watch() -> None:
        pause = _EVERY
        while not ended.wait(pause):
            looked = time.perf_counter()
            most[0] = max(most[0], _held(process.pid))
            pause = max(_EVERY, _APART * (time.perf_counter() - looked))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[1]
    wall = time.perf_counter() - start
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}: {said.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most[0])


def median_of(runs: Sequence[Spent]) -> Spent:
    """The median of each thing that some runs have taken."""
    return Spent(*map(statistics.median, zip(*runs, strict=True)))


def _use(cores: int) -> None:
    """Keep this process, and what it starts, to so many of the cores that it may use."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def _held(parent: int) -> float:
    """Memory of a process and its descendants in MB; what several share is counted once (proportional set size)."""
    held = 0
    waiting = [parent]
    while waiting:
        number = waiting.pop()
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
            for task in Path(f"/proc/{number}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError):  # it has ended meanwhile
            continue
        held += int(rollup.split("\nPss:")[1].split()[0]) if "\nPss:" in rollup else 0
    return held / 1024
