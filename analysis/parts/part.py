"""Measure one part of a corpus: articles in, tables out, nothing else known and nothing left behind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures import measure_in_parts, stack
from analysis.parts.spool import Spooled
from analysis.table_files import parquet_of


class Part:
    """Some articles of a corpus, to be measured by whichever process they are sent to.

    Parameters
    ----------
    number : int
        Which part it is, or is a piece of.
    turn : int
        How often the part was given out before.
    places : range
        Which of the part's articles these are.
    load : callable
        Gives them, as ARTICLES with any further columns; one of `Spool.sent` is called where they are measured.
    """

    def __init__(self, number: int, turn: int, places: range, load: Callable[[], pd.DataFrame]) -> None:
        self.number = number
        self.turn = turn
        self.places = places
        self._load = load

    @property
    def articles(self) -> pd.DataFrame:
        """The articles themselves."""
        return self._load()

    def halves(self) -> tuple[Part, Part]:
        """Return two pieces, in order."""
        middle = len(self.places) // 2
        return self.piece(self.places[:middle]), self.piece(self.places[middle:])

    def piece(self, places: range) -> Part:
        """Return some of its articles."""
        first = self.places.start
        start, stop = places.start - first, places.stop - first
        return Part(self.number, self.turn, places, lambda: self.articles.iloc[start:stop].reset_index(drop=True))

    def __reduce__(self) -> tuple[Any, ...]:
        load = self._load if isinstance(self._load, Spooled) else partial(_same, self.articles)
        return Part, (self.number, self.turn, self.places, load)


def _same(articles: pd.DataFrame) -> pd.DataFrame:
    return articles


class Measured(NamedTuple):
    """The tables of a part as Parquet, how many rows each has, and the hash of the articles; or what went wrong."""

    digest: str
    tables: Mapping[str, bytes]
    rows: Mapping[str, int]
    problem: str = ""


def measure_part(part: Part, settings: Mapping[str, Any]) -> Measured:
    """Measure the articles of a part.

    Part and settings can be sent to any process, of this machine or another: nothing else is looked at.

    Parameters
    ----------
    part : Part
    settings : mapping
        Those of `measure`.

    Returns
    -------
    Measured
        With a `problem` if measuring has raised, which one of the articles then makes it do.
    """
    articles = part.articles
    digest = digest_of(articles)
    try:
        return _written(digest, measure_in_parts(articles, quiet=True, **settings))
    except Exception as error:  # the piece is halved until the article is found, and this is said of it
        return Measured(digest, {}, {}, f"{type(error).__name__}: {error}")


def join(part: Part, pieces: Sequence[Measured]) -> Measured:
    """Put the pieces of a part together, in their order: the same as if it had been measured in one."""
    if len(pieces) == 1:
        return pieces[0]
    tables = stack([{name: read_table(data) for name, data in piece.tables.items()} for piece in pieces])
    return _written(digest_of(part.articles), tables)


def _written(digest: str, tables: Mapping[str, pd.DataFrame]) -> Measured:
    """Write the tables of a part as Parquet."""
    written = {name: parquet_of(table) for name, table in tables.items()}
    return Measured(digest, written, {name: len(table) for name, table in tables.items()})


def read_table(data: bytes) -> pd.DataFrame:
    """Return a table from Parquet."""
    return pd.read_parquet(BytesIO(data), use_threads=False)


def digest_of(articles: pd.DataFrame) -> str:
    """Hash articles: all that is known of them, in their order; a column in which nothing is stated counts for nothing.

    Examples
    --------
    >>> frame = pd.DataFrame({"article_id": ["a"], "text": ["One."]})
    >>> digest_of(frame) == digest_of(frame.assign(topic=None)), digest_of(frame) == digest_of(frame.assign(topic="x"))
    (True, False)
    """
    digest = hashlib.sha256()
    for name in sorted(articles.columns):
        cells = np.asarray(articles[name].array, dtype=object).tolist()
        stated = [cell.encode("utf-8", "surrogatepass") if isinstance(cell, str) else None for cell in cells]
        if any(cell is not None for cell in stated):
            known = [name.encode("utf-8", "surrogatepass"), *stated]
            # With the length of each, no other cells have the same bytes; what is missing is shorter than nothing.
            lengths = [-1 if cell is None else len(cell) for cell in known]
            digest.update(np.array([len(known), *lengths], "<i8").tobytes())
            digest.update(b"".join(filter(None, known)))
    return digest.hexdigest()
