"""The reasonable analyses, as a file fixes them beforehand."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from analysis.inputs.files import InputError

#: What each choice may be.
CHOICES = {
    "words": ("form", "lemma"),
    "stop_words": ("out", "in"),
    "unit": ("sentence", "paragraph"),
    "clean": ("on", "off"),
    "voices": ("all", "author"),
}


class Analysis(NamedTuple):
    """A name, and one value of each choice."""

    name: str
    words: str
    stop_words: str
    unit: str
    clean: str
    voices: str


def read_analyses(path: Path | None = None) -> list[Analysis]:
    """Read the analyses in which every finding is checked.

    Parameters
    ----------
    path : Path, optional
        A CSV file with the columns of `Analysis`; lines that begin with # are remarks. By default data/analyses.csv.

    Returns
    -------
    list of Analysis
        In the order of the file.

    Raises
    ------
    InputError
        A column is missing or unknown, a value is none of those accepted, two lines have the same name or the same
        choices, or there is no analysis; the message names the line.
    """
    name = "analyses.csv" if path is None else str(path)
    source = resources.files("analysis").joinpath("data/analyses.csv") if path is None else path
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    rows = [
        (number, next(csv.reader([line])))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]
    header = [column.strip() for column in rows[0][1]] if rows else []
    if sorted(header) != sorted(Analysis._fields):
        raise InputError(f"{name} should have the columns {', '.join(Analysis._fields)}; it has {header}")
    found: list[Analysis] = []
    places: dict[tuple[str, ...], int] = {}
    for number, row in rows[1:]:
        if len(row) != len(header):
            raise InputError(f"{name}, line {number}: a line has {len(header)} values; found {len(row)}")
        analysis = Analysis(**{column: value.strip() for column, value in zip(header, row, strict=True)})
        for choice, accepted in CHOICES.items():
            if (value := getattr(analysis, choice)) not in accepted:
                raise InputError(f"{name}, line {number}: {choice} may be {' or '.join(accepted)}; found {value!r}")
        for what, held in (("name", analysis[:1]), ("choices", analysis[1:])):
            if (first := places.setdefault(held, number)) != number:
                raise InputError(f"{name}, line {number}: the {what} {', '.join(held)} stand in line {first} already")
        found.append(analysis)
    if not found:
        raise InputError(f"{name} should have one line for each analysis; it has none")
    return found
