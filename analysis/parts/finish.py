"""Lay out what was measured in parts as the folder of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow.parquet import read_schema

from analysis.corpus import ledger_frame
from analysis.folder import write_file
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading
from analysis.parts.csv_files import write_csvs, write_pieces
from analysis.parts.part import read_table
from analysis.parts.record import PARTS, Record, link, name_of, place_of
from analysis.parts.spool import Spool, hash_of_texts
from analysis.store import CSV_ROWS, describe_run, write_codebook, write_json, write_ledger
from analysis.table_files import parquet_of

#: What is told of the ledger while it is written.
Say = Callable[[pd.DataFrame], None]


@dataclass(frozen=True)
class Corpus:
    """What was read and measured, the tables there are of it, and what else belongs into the ledger."""

    reading: Reading
    spool: Spool
    record: Record
    names: Sequence[str]
    troubles: Sequence[Input]

    @property
    def numbers(self) -> range:
        """The numbers of the parts."""
        return range(len(self.spool.bounds))


def lay_out(corpus: Corpus, stage: Path, parameters: Mapping[str, Any], output: Path, say: Say, jobs: int) -> int:
    """Write everything of a run in parts: tables, codebook, the list of the parts, settings and ledger.

    Parameters
    ----------
    corpus : Corpus
    stage : Path
        An empty folder.
    parameters : mapping
        The run's settings.
    output : Path
        The folder in which the run will lie.
    say : callable
        Called with each piece of LEDGER.
    jobs : int
        Forks that write CSV; 0 if this process may have none.

    Returns
    -------
    int
        How many articles there are.
    """
    tables = stage / "tables"
    outputs = {number: dict(corpus.record.entries[number].outputs) for number in corpus.numbers}
    for name in corpus.names:
        for number in corpus.numbers:
            source, target = place_of(corpus.record.tables, name, number), place_of(tables, name, number)
            written = _with_columns(source, corpus.reading.columns) if name == "articles" else None
            if written is None:
                link(source, target)
            else:
                write_file(target, written)
                outputs[number][name] = (outputs[number][name][0], hashlib.sha256(written).hexdigest())
    rows = {name: sum(outputs[number][name][0] for number in corpus.numbers) for name in corpus.names}
    texts: dict[str, str] = {}

    def write_inputs() -> None:
        write_pieces(stage / "ledger.jsonl", (write_ledger(frame, ["tables"]) for frame in _ledger(corpus, texts, say)))

    write_csvs(tables, [name for name in corpus.names if rows[name] <= CSV_ROWS], corpus.numbers, jobs, write_inputs)
    write_file(tables / "codebook.md", write_codebook(corpus.names))
    corpus.record.write(stage / PARTS, outputs)
    described = describe_run(texts, parameters, output) | {"part": corpus.spool.size._asdict()}
    write_file(stage / "run.json", write_json(described))
    return rows["articles"]


def _with_columns(path: Path, columns: Sequence[str]) -> bytes | None:
    """Return a part of the articles with all columns of the corpus; None if it has them."""
    if read_schema(path).names == list(columns):
        return None
    table = read_table(path.read_bytes())
    absent = pd.Series([None] * len(table), dtype="str")
    return parquet_of(pd.DataFrame({name: table.get(name, absent) for name in columns}))


def _ledger(corpus: Corpus, texts: dict[str, str], say: Say) -> Iterator[pd.DataFrame]:
    """LEDGER, a part at a time; `texts` gets the hash of the texts of each part."""
    first = 1
    for number in corpus.numbers:
        inputs = corpus.spool.chunk(number, corpus.reading.articles)
        articles = [item for item in inputs if not item.cause]
        texts[name_of(number)] = hash_of_texts(articles)
        for place, cause in corpus.record.entries[number].failed:
            articles[place].cause = cause
        frame = ledger_frame(inputs, first)
        first += len(frame)
        say(frame)
        yield frame
    frame = ledger_frame(corpus.troubles, first)
    say(frame)
    yield frame
