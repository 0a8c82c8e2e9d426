"""What a corpus costs: time and memory by number of articles and processes, on a cluster, and what a core-hour buys."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.articles import write
from bench.clocks import Spent, settings, watched
from bench.measures import SAME

SIZES = (1_000, 20_000, 100_000)
REPORTED = (5_000, 20_000)
#: Runs on the cluster, and beside it, of which the median counts.
REPEATED = 3
#: Articles that all measures are made of, attribution too, more than one part each time; and what is extrapolated to.
FEW, MANY, MILLIONS = 1_000, 2_000, 10_000_000


def _measure(path: Path, output: Path, *options: str, cores: int | None = None) -> Spent:
    asked = ["-m", "analysis", "measure", str(path), "--output", str(output), "--force", "--quiet", *options]
    return watched(asked, cores=cores)


def scale() -> Iterator[str]:
    """Terms and readability of three sizes by one and two processes, and by two workers of Dask."""
    taken: dict[tuple[int, int], Spent] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for n in SIZES:
            path = write(folder / f"{n}.parquet", n)
            for jobs in (1, 2):
                spent = taken[n, jobs] = _measure(path, folder / f"{n}-{jobs}", *SAME, "--jobs", str(jobs))
                yield (
                    f"  {n:>7,} articles, {jobs} process{'es' * (jobs > 1):<2}  {n / spent.wall:6,.0f} articles/s   "
                    f"{spent.cpu / n * 1000:.2f} ms of CPU each   {spent.memory:5,.0f} MB at most, all processes together"
                )
        _, middle, most = SIZES
        alone = _measure(path, folder / f"{most}-1", *SAME, "--jobs", "1", cores=1)
        yield (
            f"  two processes / one on a core of its own at {most:,}: {alone.wall / taken[most, 2].wall:.2f} × as fast "
            f"(goal 1.8); / one, with what reads and writes for it on the other core: "
            f"{taken[most, 1].wall / taken[most, 2].wall:.2f}"
        )
        each = {n: taken[n, 1].cpu / n for n in SIZES}
        yield f"  CPU of an article at {most:,} / at {middle:,}: {each[most] / each[middle]:.2f} (goal at most 1.05)"
        memory = {n: taken[n, 2].memory for n in SIZES}
        yield (
            f"  memory at {most:,}: {memory[most]:,.0f} MB (goal at most 1,200), "
            f"{memory[most] / memory[middle]:.2f} × that at {middle:,} (goal at most 1.30)"
        )
        with cluster(2) as address:
            runs = []
            for _ in range(REPEATED):  # in turn, since the machine may be busier at one time than at another
                own = _measure(folder / f"{middle}.parquet", folder / "own", *SAME, "--jobs", "2").wall
                runs.append(
                    (own, _measure(folder / f"{middle}.parquet", folder / "dask", *SAME, "--scheduler", address).wall)
                )
            first, ratio = runs[0][0] / runs[0][1], statistics.median(own / dask for own, dask in runs)
            yield (
                f"  Dask, two workers, {middle:,}: {middle / statistics.median(dask for _, dask in runs):,.0f} articles/s, "
                f"{ratio:.2f} × own processes, the median of {REPEATED} (goal 0.85); while its workers still load: {first:.2f}"
            )


def costs() -> Iterator[str]:
    """What a core-hour buys, with and without attribution, and what ten million articles would take."""
    chosen = {
        "terms and readability": SAME,
        "everything but attribution": ("--attribution", "none"),
        "everything": (),
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        few, many = write(folder / "few.parquet", FEW), write(folder / "many.parquet", MANY)
        for name, options in chosen.items():
            small = _measure(few, folder / f"{name}-few", *options, "--jobs", "1").cpu
            large = _measure(many, folder / f"{name}-many", *options, "--jobs", "1").cpu
            each = (large - small) / (MANY - FEW)  # without the start
            hours = MILLIONS * each / 3600
            yield (
                f"  {name:<28}{3600 / each:12,.0f} articles per core-hour ({1 / each:,.0f}/s); "
                f"ten million: {hours:,.0f} core-hours"
            )


def corpus_report() -> Iterator[str]:
    """Time and memory of the report on corpora that are measured already, and the size of its page."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for n in REPORTED:
            _measure(write(folder / f"{n}.parquet", n), folder / f"{n}", *SAME)
            asked = ["report", str(folder / f"{n}"), "--notebook", "corpus", "--output", str(folder / f"report-{n}")]
            spent = watched(["-m", "analysis", *asked])
            page = (folder / f"report-{n}" / "report.html").stat().st_size / 1e6
            yield (
                f"  {n:>7,} articles   {spent.wall:5,.0f} s   {spent.cpu / n * 1000:.2f} ms of CPU each   "
                f"{spent.memory:5,.0f} MB at most, all processes together (goal 1,500)   page {page:.1f} MB (goal 3)"
            )


@contextmanager
def cluster(n: int) -> Iterator[str]:
    """A scheduler of Dask and so many workers of one thread, each a process of its own, on this machine."""
    from distributed import Client

    started = []
    with tempfile.TemporaryDirectory() as temporary:
        known = Path(temporary, "scheduler.json")
        options = ["--scheduler-file", str(known), "--no-dashboard", "--host", "127.0.0.1"]
        kept = {"cwd": temporary, "env": settings(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        dask = [sys.executable, "-m", "distributed.cli"]
        try:
            started.append(
                subprocess.Popen([*dask[:2], "distributed.cli.dask_scheduler", *options, "--port", "0"], **kept)
            )
            while not known.exists() or not known.read_text():
                time.sleep(0.1)
            started += [
                subprocess.Popen(
                    [*dask[:2], "distributed.cli.dask_worker", *options, "--nthreads", "1", "--memory-limit", "2GB"],
                    **kept,
                )
                for _ in range(n)
            ]
            address = json.loads(known.read_text())["address"]
            with Client(
                address, set_as_default=False
            ) as client:  # that workers take their time to start is no matter here
                client.wait_for_workers(n)
            yield address
        finally:
            for process in reversed(started):
                process.terminate()
            for process in started:
                process.wait()
