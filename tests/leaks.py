"""What can be read in the tables and files of a run, and whether that gives uncited sentences away."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables
from analysis.withheld import Run, orders, runs_of, texts_of

_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")


def find_leaks(texts: Mapping[str, str], runs: frozenset[Run]) -> list[tuple[str, str]]:
    """Find what gives uncited sentences away.

    Parameters
    ----------
    texts : mapping of str to str
        What is written, by a name for each piece.
    runs : frozenset of tuple of str
        What `uncited_runs` gives.

    Returns
    -------
    list of (name, words)
        Each run that stands in a piece, sorted; empty if nothing is given away.
    """
    length = len(next(iter(runs), ()))
    found = [(name, " ".join(run)) for name, text in texts.items() if length for run in runs_of(text, length) & runs]
    return sorted(found)


def readable(tables: Tables) -> dict[str, str]:
    """Give every text that is in tables as one could read it: each cell, and each column downwards.

    Returns
    -------
    dict of str to str
        By table and column; a table with `start` is also read in the order of the text, one of terms by their length.
    """
    return {
        f"{name}.{column}{order}": "\n".join(map(str, rows[column].dropna()))
        for name, table in tables.items()
        for order, rows in orders(table).items()
        for column in texts_of(rows)
    }


def written_texts(folder: Path) -> dict[str, str]:
    """Read every file of a folder as a person could: tables by cell and column, pages without and with their tags."""
    pieces: dict[str, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            found = readable({name: pd.read_parquet(path)})
        elif path.suffix == ".csv":
            found = readable({name: pd.read_csv(path)})
        elif path.suffix in (".json", ".ipynb"):
            strings = _strings(json.loads(path.read_text(encoding="utf-8")))
            found = {f"{name} {n}{end}": text for n, one in enumerate(strings) for end, text in _page(one).items()}
        elif path.suffix in (".html", ".svg", ".md", ".jsonl", ".txt"):
            found = {f"{name}{end}": text for end, text in _page(path.read_text(encoding="utf-8")).items()}
        else:
            found = {}
        pieces |= found
    return pieces


def _page(source: str) -> dict[str, str]:
    """A page as text (tags as blanks, and tags as nothing), and what its attributes say."""
    bare = _DATA.sub("", source)
    attributes = " | ".join(html.unescape(first or second) for first, second in _ATTRIBUTE.findall(bare))
    return {
        "": html.unescape(_TAG.sub(" ", bare)),
        " without tags": html.unescape(_TAG.sub("", bare)),
        " attributes": attributes,
    }


def _strings(value: Any) -> Iterator[str]:
    """Each string of a JSON value; lists of strings, such as the lines of a cell, as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield "".join(value)
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
