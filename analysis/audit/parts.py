"""What a run in parts says of them: their texts, and the list of what was written of each."""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.audit.difference import NOTHING, DifferenceError, differs, first_difference
from analysis.audit.stored import Stored, read_text
from analysis.inputs.columns import read_mapping
from analysis.inputs.files import find_files
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading
from analysis.inputs.stream import STREAMED
from analysis.parts.record import PARTS, name_of, place_of
from analysis.parts.spool import Size, Spool, hash_of_texts


def check_parts(stored: Stored, size: Size) -> int:
    """Read the sources again, a part at a time, and hold the texts of each against what the run recorded.

    Returns
    -------
    int
        How many texts there are.

    Raises
    ------
    DifferenceError
        A text is not the one that the run read.
    """
    recorded: dict[str, str] = stored.run["texts"]
    with TemporaryDirectory(prefix=".audit-") as temporary:
        reading = Reading(
            find_files(stored.sources),
            read_mapping(stored.parameters.get("columns")),
            STREAMED,
            Input.light,
            quiet=True,
        )
        spool = Spool(Path(temporary), size)
        for number in spool.fill(reading):
            name = name_of(number)
            texts = [item for item in spool.chunk(number, reading.articles) if not item.cause]
            if name not in recorded:
                raise DifferenceError(f"inputs: the run did not read the articles from {_called(texts[:1])} on")
            if hash_of_texts(texts) != recorded[name]:
                raise DifferenceError(_differing(stored, number, texts))
        if len(spool.bounds) < len(recorded):
            raise DifferenceError("inputs: the run read more articles than the sources hold now")
        return len(reading.articles)


def _differing(stored: Stored, number: int, texts: list[Input]) -> str:
    """Say which text of a part differs from that of the table, if the table still has those that the run read."""
    try:
        found = pd.read_parquet(place_of(stored.folder / "tables", "articles", number))["text"].tolist()
    except Exception:  # the table is compared later; it may be damaged in any way
        found = []
    for item, text in zip(texts, found, strict=False):
        if item.fields["text"] != text:
            return f"{_called([item])}: the text is not the one that the run read"
    return f"inputs: the texts of {name_of(number)} are not those that the run read"


def _called(items: list[Input]) -> str:
    """Where an article was read."""
    places = [f"{item.path}, record {item.record}" if item.record else item.path for item in items]
    return places[0] if places else "the end"


def compare_parts(stored: Stored, again: Path) -> str:
    """Compare the list of the parts: how many articles and rows each has, and that the hashes are those of its tables.

    What a part is made from is a hash of versions too, which have a note of their own.

    Returns
    -------
    str
        What was checked, with counts.
    """
    found, wanted = _lines(stored.read(PARTS)), _lines(read_text(again / PARTS, PARTS))
    for number, (one, other) in enumerate(zip_longest(found, wanted, fillvalue=NOTHING), start=1):
        where = f"{PARTS}, line {number}"
        if not isinstance(one, dict) or not isinstance(other, dict):
            raise differs(where, one, other)
        if difference := first_difference(_counts(one), _counts(other)):
            raise differs(f"{where}, {difference[0]}", *difference[1:])
        for name, (_, sha256) in one["outputs"].items():
            path = place_of(stored.folder / "tables", name, int(one["part"]))
            there = hashlib.sha256(path.read_bytes()).hexdigest()
            if sha256 != there:
                raise differs(f"{where}, outputs.{name}", sha256, there)
    return f"{PARTS}: {len(found)} parts, with the hashes of their tables"


def _counts(line: dict[str, Any]) -> dict[str, Any]:
    """What a line says that does not depend on versions."""
    rows = {name: output[0] for name, output in line["outputs"].items()}
    return {**line, "sha256": len(line["sha256"]), "outputs": rows}


def _lines(content: str) -> list[Any]:
    lines = []
    for number, written in enumerate(content.split("\n")[:-1], start=1):
        try:
            line = json.loads(written)
            if json.dumps(line, ensure_ascii=False) != written:
                raise ValueError("not as the program writes it")
            _counts(line)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise DifferenceError(f"{PARTS}, line {number}: no entry ({error})") from None
        lines.append(line)
    return lines
