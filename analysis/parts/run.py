"""Measure what the sources hold, however much it is, and put it into its folder."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pandas as pd
from tqdm import tqdm

from analysis.attribution import DEFAULT
from analysis.attribution.engines import folder_of
from analysis.cluster.connect import connected
from analysis.corpus import by_article, ledger_frame
from analysis.folder import locked, publish, stage_in
from analysis.inputs.columns import read_mapping
from analysis.inputs.files import Found, find_files
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading, articles_frame
from analysis.inputs.stream import STREAMED
from analysis.measures import measure_in_parts, measured_tables, read_measures
from analysis.parts.elsewhere import workers_elsewhere
from analysis.parts.finish import Corpus, Say, lay_out
from analysis.parts.part import Measured, Part, measure_part
from analysis.parts.pieces import Work, measure_all
from analysis.parts.plan import Plan
from analysis.parts.record import PARTS, Record
from analysis.parts.spool import SIZE, Size, Spool
from analysis.settings import check_settings
from analysis.store import data_hashes, file_hashes, save_run, versions
from analysis.tables import ARTICLES
from analysis.workers.pool import work_through

if TYPE_CHECKING:
    from distributed import Client

#: In the folder of a run: what is done of it, until it is complete.
WORK = ".parts"
#: Parts that a process measures before another takes its place, with what it has not given back to the system.
_EACH = 100
#: Objects made before a fork that measures looks for garbage: there is little, and at 700 the search takes a
#: twenty-fifth of all its time.
_BETWEEN_SEARCHES = 10_000


@dataclass(frozen=True)
class Settings:
    """What is measured and how: `chosen` are settings of `measure`, `columns` what the columns of the inputs are.

    With a `scheduler`, parts are measured by the workers of its cluster.
    """

    sources: Sequence[str]
    columns: str
    chosen: dict[str, str]
    jobs: int = 1
    force: bool = False
    quiet: bool = False
    size: Size = SIZE
    scheduler: str | None = None

    @property
    def recorded(self) -> dict[str, str]:
        """The settings as run.json has them."""
        columns = {"columns": self.columns} if self.columns else {}
        return {"sources": "\n".join(self.sources), **columns, **self.chosen}


def measure_sources(settings: Settings, output: Path, say: Say) -> int:
    """Measure the articles of the sources, and write the tables of all.

    What fits in one part is measured in this process and written as one file a table. What does not is measured part by
    part in several processes, and every table is a folder of parts; what was done when such a run was stopped is kept,
    and the next one with the same settings goes on from there.

    Parameters
    ----------
    settings : Settings
    output : Path
    say : callable
        Called with LEDGER, or one piece of it after the other.

    Returns
    -------
    int
        How many articles were measured; if there are none, nothing is written.

    Raises
    ------
    InputError
        A source is not there, a setting is not accepted, or the cluster cannot be used or has gone away.
    FolderBusyError
        Another run writes to the folder.
    OSError
        The folder cannot be written any more; the parts that are done are kept.
    """
    check_settings({**settings.chosen, "columns": settings.columns})
    read_measures(settings.chosen.get("measures", "all"))
    named = find_files(settings.sources)  # before the lock: it would be an input of its own folder
    with ExitStack() as cluster:
        client = cluster.enter_context(connected(settings.scheduler))
        with locked(output) as lock:
            return _Run(settings, named, output, lock, say, client, cluster.close).run()


class _Run:
    def __init__(
        self, settings: Settings, named: Sequence[Found], output: Path, lock: TextIO, say: Say, client: Client | None,
        leave: Callable[[], object],
    ) -> None:  # fmt: skip
        self._settings = settings
        self._output = output
        self._lock = lock
        self._say = say
        self._client = client
        self._leave = leave
        self._work = output / WORK
        shutil.rmtree(self._work / "spool", ignore_errors=True)
        self._spool = Spool(self._work / "spool", settings.size)
        mapping = read_mapping(settings.columns)
        self._reading = Reading(named, mapping, STREAMED, Input.light, quiet=True)

    def run(self) -> int:
        try:
            complete = self._spool.fill(self._reading)
            first = next(complete, None)
            if first is None:
                return self._as_one()
            return self._in_parts(chain([first], complete))
        finally:
            for left in ("spool", "stage"):
                shutil.rmtree(self._work / left, ignore_errors=True)
            if self._work.exists() and not (self._work / PARTS).exists():
                shutil.rmtree(self._work)

    def _as_one(self) -> int:
        troubles = self._reading.settle()
        inputs = self._spool.chunk(0, self._reading.articles)
        articles = articles_frame([item for item in inputs if not item.cause], self._reading.columns)
        ledger = ledger_frame([*inputs, *troubles])
        self._say(ledger)
        if len(articles):
            with stage_in(self._output, self._lock) as stage:
                tables = measure_in_parts(by_article(articles), quiet=self._settings.quiet, **self._settings.chosen)
                save_run(stage, tables, ledger, self._settings.recorded)
            _remove(self._work)
        return len(articles)

    def _in_parts(self, complete: Iterator[int]) -> int:
        chosen = self._settings.chosen | {"measures": measures_of_parts(self._settings.chosen.get("measures", "all"))}
        names = measured_tables(chosen["measures"])
        record = Record(self._work, self._output, made_from(chosen), fresh=self._settings.force)
        plan = Plan(self._reading, self._spool, record, names)
        with tqdm(unit="article", disable=self._settings.quiet or sys.stderr is None or None) as bar:

            def settled(n_articles: int) -> None:
                bar.total = n_articles
                bar.refresh()

            parts = plan.parts(complete, settled, bar.update)
            client = self._client
            work = workers_elsewhere(client, chosen) if client else workers(chosen, self._settings.jobs)
            for part, measured, failed in measure_all(parts, work, partial(measure_part, settings=chosen)):
                if plan.is_last(part):
                    record.keep(part.number, len(part.places), measured, failed)
                    bar.update(len(part.places))
        self._leave()  # what follows forks, and the line to a cluster has threads
        stage = self._work / "stage"
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        corpus = Corpus(self._reading, self._spool, record, names, plan.troubles)
        n_articles = lay_out(corpus, stage, self._settings.recorded, self._output, self._say, self._settings.jobs)
        (self._output / PARTS).unlink(missing_ok=True)  # of what it lists some is replaced from here on
        publish(stage, self._output, self._lock)
        _remove(self._work)
        return n_articles


def workers(settings: dict[str, str], jobs: int) -> Work:
    """Return what has parts measured by several forks of this process, which has loaded what they need."""
    tqdm.monitor_interval = 0  # a second thread would not survive the forks
    warm(settings)
    rounds = 0

    def work(parts: Iterable[Part]) -> Iterator[tuple[Part, Measured | None]]:
        nonlocal rounds
        rounds += 1
        # What comes in a second round has failed in the first, it may be for want of memory: it gets all there is.
        at_once = jobs if rounds == 1 else 1
        yield from work_through(parts, partial(_measure_in_fork, settings=settings), at_once, each=_EACH)

    return work


def _measure_in_fork(part: Part, settings: dict[str, str]) -> Measured:
    gc.set_threshold(_BETWEEN_SEARCHES)  # of this process, which does nothing else
    return measure_part(part, settings)


def measures_of_parts(measures: str) -> str:
    """Return the measures of a corpus in parts: without terms by sentence, the largest table, unless they are named."""
    named = read_measures(measures)
    asked = {name.strip() for name in measures.split(",")}
    return ",".join(name for name in named if name != "sentence_terms" or name in asked)


def warm(settings: dict[str, Any]) -> None:
    """Load once what every part needs, by measuring a short text, so that forks have it from the start."""
    text = "The mayor said on Monday that the bridge will close. Nobody asked “why now?” It opened in 1931."
    given = pd.DataFrame({"article_id": ["a"], "group": ["a"], "path": ["a"], "text": [text]})
    articles = ARTICLES.frame({str(name): cells for name, cells in given.reindex(columns=ARTICLES.names).items()})
    measure_part(Part(0, 0, range(1), lambda: articles), settings)
    gc.freeze()  # the forks share this memory as long as nobody touches it


def made_from(settings: dict[str, str]) -> str:
    """Hash all but the articles that decides what is measured: settings, versions, data and models."""
    folder = folder_of(settings.get("attribution", DEFAULT))
    model = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    said = {
        "settings": settings,
        "files": file_hashes(settings),
        "versions": versions(),
        "data": data_hashes(),
        "model": [hashlib.sha256(path.read_bytes()).hexdigest() for path in model],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _remove(work: Path) -> None:
    """Remove what was kept of a run that is complete, first the list of it."""
    (work / PARTS).unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
