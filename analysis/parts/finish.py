"""Lay out what was measured in parts as the folder of a run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus import ledger_frame
from analysis.folder import write_file
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading
from analysis.parts.part import read_table, write_table
from analysis.parts.record import PARTS, Record, link, place_of
from analysis.parts.spool import Spool
from analysis.store import CSV_ROWS, describe_run, write_codebook, write_csv, write_json, write_ledger

#: What is told of the ledger while it is written.
Say = Callable[[pd.DataFrame], None]


def lay_out(
    stage: Path, names: Sequence[str], parameters: Mapping[str, Any], *, output: Path, reading: Reading, spool: Spool,
    record: Record, troubles: Sequence[Input], say: Say,
) -> int:  # fmt: skip
    """Write everything of a run in parts: tables, codebook, settings, the list of the parts, and the ledger last.

    Parameters
    ----------
    stage : Path
        An empty folder.
    names : sequence of str
        The tables.
    parameters : mapping
        The run's settings.
    output : Path
        The folder in which the run will lie.
    reading, spool, record
        What was read and measured.
    troubles : sequence of Input
        What else belongs into the ledger.
    say : callable
        Called with each piece of LEDGER.

    Returns
    -------
    int
        How many articles there are.
    """
    numbers = range(len(spool.bounds))
    outputs = {number: dict(record.entries[number].outputs) for number in numbers}
    for name in names:
        for number in numbers:
            source, target = place_of(record.tables, name, number), place_of(stage / "tables", name, number)
            written = _with_columns(source, reading.columns) if name == "articles" else None
            if written is None:
                link(source, target)
            else:
                write_file(target, written)
                outputs[number][name] = (outputs[number][name][0], hashlib.sha256(written).hexdigest())
        if sum(outputs[number][name][0] for number in numbers) <= CSV_ROWS:
            _write_csv(stage / "tables", name, numbers)
    write_file(stage / "tables" / "codebook.md", write_codebook(names))
    texts: dict[str, str] = {}
    ledger = _ledger(reading, spool, record, troubles, texts, say)
    _write_lines(stage / "ledger.jsonl", (write_ledger(frame, ["tables"]) for frame in ledger))
    record.write(stage / PARTS, outputs)
    write_file(stage / "run.json", write_json(describe_run(texts, parameters, output)))
    return sum(outputs[number]["articles"][0] for number in numbers)


def _with_columns(path: Path, columns: Sequence[str]) -> bytes | None:
    """Return a part of the articles with all columns of the corpus; None if it has them."""
    table = read_table(path.read_bytes())
    if list(table.columns) == list(columns):
        return None
    absent = pd.Series([None] * len(table), dtype="str")
    return write_table(pd.DataFrame({name: table.get(name, absent) for name in columns}))


def _write_csv(tables: Path, name: str, numbers: Sequence[int]) -> None:
    frames = ((number, read_table(place_of(tables, name, number).read_bytes())) for number in numbers)
    _write_lines(tables / f"{name}.csv", (write_csv(frame, header=not number) for number, frame in frames))


def _ledger(
    reading: Reading, spool: Spool, record: Record, troubles: Sequence[Input], texts: dict[str, str], say: Say
) -> Iterator[pd.DataFrame]:
    """LEDGER, a part at a time; `texts` gets the hash of the texts of each part."""
    first = 1
    for number in range(len(spool.bounds)):
        inputs = spool.chunk(number, reading.articles)
        articles = [item for item in inputs if not item.cause]
        digest = hashlib.sha256()
        failed = dict(record.entries[number].failed)
        for place, item in enumerate(articles):
            if place in failed:
                item.cause = failed[place]
            else:
                digest.update(hashlib.sha256(item.fields["text"].encode("utf-8", "surrogatepass")).digest())
        texts[f"part-{number:05}"] = digest.hexdigest()
        frame = ledger_frame(inputs, first)
        first += len(frame)
        say(frame)
        yield frame
    frame = ledger_frame(troubles, first)
    say(frame)
    yield frame


def _write_lines(path: Path, pieces: Iterator[str]) -> None:
    """Write a file piece by piece; the stage that it is in is moved only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode())
        file.flush()
        os.fsync(file.fileno())
