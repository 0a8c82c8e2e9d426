"""Claims: sentences that cannot contain a typed number.

A claim is a template and the cells it is filled from. A cell knows the table, row and column it came from, a
quotation knows its article and span, a name its group. Prose is rendered from them by look-up and never written
by hand, so every number and every quotation can be traced and recomputed.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import arrays_of


@dataclass(frozen=True)
class Cell:
    """A value and where it stands: table, row key, column."""

    value: Any
    table: str
    key: Mapping[str, Any]
    column: str


@dataclass(frozen=True)
class Quotation:
    """A stretch of an article, verbatim, with the span that proves it."""

    value: str
    article_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """The name of a group or article, as the reader sees it."""

    value: str
    group: str


@dataclass(frozen=True)
class Word:
    """A term of art out of the closed vocabulary: a metric, a source type, a cue class."""

    value: str


@dataclass(frozen=True)
class Actor:
    """The canonical name of a person, state, organisation, place or event, as the alias table gives it."""

    value: str


#: How a quotation looks in a sentence if it ends as one does.
_ENDED = (".”", "?”", "!”", "…”", ".’”", "?’”", "!’”", "…’”")
Part = Cell | Quotation | Name | Word | Actor
Span = tuple[str, int, int]


def look_up(table_name: str, frame: pd.DataFrame, key: Mapping[str, Any]) -> dict[str, Cell]:
    """Take one row out of a table, every column as a cell.

    Raises
    ------
    LookupError
        The key does not name exactly one row.
    """
    arrays = dict(zip(frame.columns.tolist(), arrays_of(frame, frame.columns), strict=True))
    places = np.flatnonzero(np.logical_and.reduce([_equal(arrays[name], value) for name, value in key.items()]))
    if len(places) != 1:
        raise LookupError(f"{table_name} should have one row for {dict(key)}; it has {len(places)}")
    return {
        str(column): Cell(_python(values[places[0]]), table_name, dict(key), str(column))
        for column, values in arrays.items()
        if column not in key
    }


def _equal(values: Any, value: Any) -> NDArray[np.bool_]:
    """Which cells of an array are a value; a missing one is none."""
    cells = np.asarray(values, dtype=object) if isinstance(values.dtype, pd.StringDtype) else np.asarray(values)
    return np.asarray(cells == value, dtype=bool)


def _python(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _render(part: Part, spec: str) -> str:
    """Write a part: `{n:use|uses}` gives the word for the number, `{p:p}` a p-value, else the usual formats."""
    if isinstance(part, Quotation):
        return f"“{part.value}”"
    return format_value(part.value, spec) if isinstance(part, Cell) else part.value


def format_value(value: Any, spec: str = "") -> str:
    """Write one value the way the report writes it.

    Parameters
    ----------
    value : int, float or str
    spec : str
        A format specification; `one|many` picks a word by the number; `p` is for p-values; `%` for shares.

    Raises
    ------
    ValueError
        The value is not finite: a sentence never states NaN or infinity.

    Examples
    --------
    >>> format_value(1, "use|uses"), format_value(-2.64, ".1f"), format_value(0.0002, "p"), format_value(0.25, "%")
    ('use', '−2.6', '0.0002', '25')
    >>> format_value(0.049, ".1f"), format_value(0.0, ".1f"), format_value(0.00001, "p")
    ('0.05', '0.0', '< 0.0001')
    """
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        raise ValueError(f"a sentence states finite numbers; found {value}")
    if "|" in spec:
        return spec.split("|")[int(value != 1)]
    if spec == "p":
        text = f"{value:.3f}" if value >= 0.001 else f"{value:.4f}"
        if not _has_digit(text):  # nor is a p ever nothing
            text = "< 0.0001"
    elif spec == "%":
        text = f"{100 * value:.0f}"
    else:
        text = format(value, spec or (",d" if isinstance(value, int) else ".1f"))
        if not value:
            text = text.removeprefix("-")
        elif spec.endswith("f") and not _has_digit(text):  # a figure clear of zero is not written as zero
            text = format(float(f"{value:.1g}"), "f").rstrip("0")
    return text.replace("-", "−")


def _has_digit(text: str) -> bool:
    return any(digit in text for digit in "123456789")


@dataclass(frozen=True)
class Claim:
    """One sentence of the summary, and everything needed to check it.

    Parameters
    ----------
    id : str
        Section and running number; the anchor in the report.
    section : str
        The heading it stands under.
    statistic : str
        What is stated, in one term of art.
    template : str
        The sentence with fields in braces; a digit outside braces is refused.
    parts : mapping
        What fills the fields.
    value, lower, upper : Cell, optional
        The main number and its interval, where it has one.
    spans : tuple of (article_id, start, end)
        The stretches of text behind the sentence.

    Raises
    ------
    ValueError
        The template has a digit outside braces, or a field without a part.
    """

    id: str
    section: str
    statistic: str
    template: str
    parts: Mapping[str, Part]
    value: Cell | None = None
    lower: Cell | None = None
    upper: Cell | None = None
    spans: tuple[Span, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for literal, name, _, _ in string.Formatter().parse(self.template):
            typed = [character for character in literal if character.isdigit()]
            if typed:
                raise ValueError(f"a template may not contain a typed number; found {typed[0]!r} in {self.template!r}")
            if name is not None and name not in self.parts:
                raise ValueError(f"template {self.template!r} has no part {name!r}; it has {sorted(self.parts)}")

    @property
    def pieces(self) -> list[tuple[str, Part | None]]:
        """The sentence in pieces: what is rendered from a part comes with it, the template's own words with None.

        A quotation that ends in a full stop, question or exclamation mark is not followed by another full stop.
        """
        found: list[tuple[str, Part | None]] = []
        for literal, name, spec, _ in string.Formatter().parse(self.template):
            if found and isinstance(found[-1][1], Quotation) and found[-1][0].endswith(_ENDED):
                literal = literal.removeprefix(".")
            if literal:
                found.append((literal, None))
            if name is not None:
                found.append((_render(self.parts[name], spec or ""), self.parts[name]))
        return found

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(piece for piece, _ in self.pieces)

    @property
    def own_words(self) -> str:
        """What the program says in its own voice: the sentence without numbers, names and quotations."""
        voiced = []
        for literal, name, spec, _ in string.Formatter().parse(self.template):
            voiced.append(literal)
            if name is not None:
                part = self.parts[name]
                if isinstance(part, Word):
                    voiced.append(part.value)
                elif isinstance(part, Cell) and spec and "|" in spec:
                    voiced.append(format_value(part.value, spec))
                elif isinstance(part, Cell) and isinstance(part.value, str):
                    voiced.append(part.value)
                else:
                    voiced.append(" ")
        return "".join(voiced)

    def as_record(self, hashes: Mapping[str, str]) -> dict[str, Any]:
        """Describe the claim as JSON can hold it.

        Parameters
        ----------
        hashes : mapping of article_id to the SHA-256 of its text
        """
        return {
            "id": self.id,
            "section": self.section,
            "statistic": self.statistic,
            "text": self.text,
            "template": self.template,
            "inputs": {name: _describe(part) for name, part in self.parts.items()},
            "parameters": dict(self.parameters),
            "value": None if self.value is None else _plain(self.value.value),
            "interval": None
            if self.lower is None or self.upper is None
            else [_plain(self.lower.value), _plain(self.upper.value)],
            "spans": [{"article_id": article_id, "start": start, "end": end} for article_id, start, end in self.spans],
            "articles": dict(hashes),
        }


def _plain(value: Any) -> Any:
    """JSON has no infinity: an open end of an interval is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _describe(part: Part) -> dict[str, Any]:
    if isinstance(part, Cell):
        return {"value": _plain(part.value), "table": part.table, "key": dict(part.key), "column": part.column}
    if isinstance(part, Quotation):
        return {"quotation": part.value, "article_id": part.article_id, "start": part.start, "end": part.end}
    if isinstance(part, Name):
        return {"name": part.value, "group": part.group}
    if isinstance(part, Actor):
        return {"actor": part.value}
    return {"word": part.value}


class Section:
    """A heading of the summary and the claims under it, numbered as they are made."""

    def __init__(self, heading: str, slug: str, parameters: Mapping[str, Any]) -> None:
        self.heading = heading
        self.slug = slug
        self.parameters = parameters
        self.claims: list[Claim] = []

    def say(
        self,
        statistic: str,
        template: str,
        parts: Mapping[str, Part] | None = None,
        *,
        main: str | None = None,
        interval: tuple[str, str] | None = None,
        spans: Iterable[Span] = (),
    ) -> None:
        """Add a claim; `main` and `interval` name the parts that are its main number and the interval's ends."""
        parts = parts or {}
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        used = {name: parts[name] for name in fields if name in parts}
        cells = {name: part for name, part in parts.items() if isinstance(part, Cell)}
        lower, upper = (cells.get(end) for end in interval) if interval else (None, None)
        quoted = [(part.article_id, part.start, part.end) for part in used.values() if isinstance(part, Quotation)]
        self.claims.append(
            Claim(
                id=f"{self.slug}-{len(self.claims) + 1}",
                section=self.heading,
                statistic=statistic,
                template=template,
                parts=used,
                value=cells.get(main) if main else None,
                lower=lower,
                upper=upper,
                spans=tuple(dict.fromkeys([*quoted, *spans])),
                parameters=self.parameters,
            )
        )
