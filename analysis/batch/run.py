"""Run a batch: make what is not made yet, several reports at a time, and list them all."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pandas as pd
from tqdm import tqdm

from analysis.batch import ledger
from analysis.batch.elsewhere import Order, make_elsewhere, make_here
from analysis.batch.headlines import headline_figures
from analysis.batch.index import write_index
from analysis.batch.jobs import Job
from analysis.batch.keys import key_of
from analysis.batch.warm import warm
from analysis.batch.work import DamagedError, Outcome, outcome_of
from analysis.folder import locked, write_file
from analysis.inputs.files import InputError, one_line
from analysis.paths import project_path
from analysis.report import CELL_SECONDS, check_parameters
from analysis.store import save_table, write_codebook
from analysis.tables.batch import BATCH, BATCH_CORPUS
from analysis.workers.pool import work_through

if TYPE_CHECKING:
    from distributed import Client

LOG = "batch.log"


@dataclass(frozen=True)
class Settings:
    """How a batch is run: its notebook, the parameters of all its reports, and the rest of the command's options.

    With a `client`, they are made by the workers of its cluster.
    """

    notebook: Path
    output: str
    parameters: Mapping[str, str]
    jobs: int = 1
    engine: str = "forked"
    seconds: float = CELL_SECONDS
    force: bool = False
    quiet: bool = False
    client: Client | None = None


def run_batch(jobs: Sequence[Job], settings: Settings, title: str) -> list[tuple[Job, Outcome]]:
    """Make every report that is not made yet, and list them all.

    A report is made again if anything it is made from has changed, or if it failed. A report that fails stops none of
    the others.

    Parameters
    ----------
    jobs : sequence of Job
        Of `find_jobs`.
    settings : Settings
    title : str
        What the batch is made of, for its page.

    Returns
    -------
    list of (Job, Outcome)
        In the order of `jobs`.

    Raises
    ------
    InputError
        The cluster has gone away.
    FolderBusyError
        Another run writes to the folder.
    OSError
        The folder cannot be written any more; what is done is kept.
    """
    output = project_path(settings.output).absolute()
    with locked(output), (output / LOG).open("a", encoding="utf-8") as log:
        keys, outcomes, figures = _sort_out(jobs, settings, output)
        waiting = [job for job in jobs if job.folder not in outcomes]
        _log(log, f"{len(jobs)} reports, {len(outcomes)} made already or refused, {len(waiting)} to make")
        settled = [(job, outcomes[job.folder]) for job in jobs if job.folder in outcomes]
        ledger.write(output, _entries(settled, keys))  # what is made again is not made until it is done
        try:
            _make(waiting, settings, output, keys, outcomes, figures, log)
        finally:
            done = [(job, outcomes[job.folder]) for job in jobs if job.folder in outcomes]
            _list(done, output, keys, title, figures)
            _log(log, f"{len(done)} of {len(jobs)} reports listed")
    return done


def _sort_out(
    jobs: Sequence[Job], settings: Settings, output: Path
) -> tuple[dict[str, str], dict[str, Outcome], dict[str, pd.DataFrame]]:
    """The key of each report, the outcome of those that are made already or cannot be made, the figures of the made.

    A report whose files are there, but cannot be read any more, is not made.
    """
    made = {} if settings.force else ledger.read_keys(output)
    keys: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    figures: dict[str, pd.DataFrame] = {}
    for job in jobs:
        if job.problem:
            outcomes[job.folder] = Outcome("rejected", job.problem)
            continue
        try:
            given = check_parameters(settings.notebook, {**settings.parameters, **job.parameters})
            keys[job.folder] = key_of(settings.notebook, "\n".join(job.sources), given)
        except InputError as error:
            outcomes[job.folder] = Outcome("rejected", str(error))
            continue
        except OSError as error:  # nothing is written here
            outcomes[job.folder] = Outcome("rejected", f"cannot be read ({error.strerror})")
            continue
        if made.get(job.folder) == keys[job.folder]:
            with suppress(DamagedError):
                figures[job.folder] = headline_figures(output / job.folder, job.name)
                outcomes[job.folder] = outcome_of(output / job.folder)
    return keys, outcomes, figures


def _make(
    waiting: Sequence[Job],
    settings: Settings,
    output: Path,
    keys: Mapping[str, str],
    outcomes: dict[str, Outcome],
    figures: dict[str, pd.DataFrame],
    log: TextIO,
) -> None:
    """Make reports, several at a time, and enter each in outcomes, figures, ledger and log when it is done."""

    def order(job: Job) -> Order:
        given = check_parameters(settings.notebook, {**settings.parameters, **job.parameters})
        asked = f"{settings.output}/{job.folder}"
        return Order(job, settings.notebook, given, asked, settings.engine, settings.seconds)

    if waiting and not settings.client:
        tqdm.monitor_interval = 0  # a second thread would not survive the forks
        warm()
    if settings.client:
        results = make_elsewhere(map(order, waiting), settings.client, warm)
    else:
        results = work_through(waiting, lambda job: make_here(order(job)), settings.jobs)
    hidden = True if settings.quiet or sys.stderr is None else None  # shown on a terminal only
    with tqdm(total=len(waiting), unit="report", disable=hidden) as bar:
        for job, result in results:
            outcome = result or Outcome("rejected", "failed: the process that made it died")
            if outcome.status != "rejected":
                try:
                    figures[job.folder] = headline_figures(output / job.folder, job.name)
                except DamagedError as error:
                    outcome = Outcome("rejected", f"failed: {error}")
            outcomes[job.folder] = outcome
            ledger.append(output, ledger.entry_of(job, outcome, keys[job.folder]))
            _log(log, f"{outcome.status}: {job.name}{': ' * bool(outcome.reason)}{outcome.reason}")
            bar.update()
            if outcome.unwritable:
                raise OSError(outcome.reason.removeprefix("cannot be written: "))


def _list(
    done: Sequence[tuple[Job, Outcome]],
    output: Path,
    keys: Mapping[str, str],
    title: str,
    tables_of: Mapping[str, pd.DataFrame],
) -> None:
    """Write the figures of all reports, then the ledger, then the page that lists them."""
    tables = [tables_of[job.folder] for job, outcome in done if outcome.status != "rejected"]
    tables = [table for table in tables if len(table)] or [BATCH.frame()]
    figures = pd.concat(tables, ignore_index=True)
    save_table(output, BATCH.name, figures)
    table = BATCH_CORPUS if list(figures.columns) == BATCH_CORPUS.names else BATCH
    write_file(output / "codebook.md", write_codebook([table.name]))
    ledger.write(output, _entries(done, keys))
    kept = {
        job.folder
        for job, outcome in done
        if outcome.status == "rejected" and job.folder and (output / job.folder / "report.html").is_file()
    }
    write_file(output / "index.html", write_index(title, done, figures, kept))


def _entries(done: Sequence[tuple[Job, Outcome]], keys: Mapping[str, str]) -> list[dict[str, Any]]:
    return [ledger.entry_of(job, outcome, keys.get(job.folder, "")) for job, outcome in done]


def _log(log: TextIO, line: str) -> None:
    log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {one_line(line)}\n")
    log.flush()
