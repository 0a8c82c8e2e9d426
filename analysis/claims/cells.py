"""How claims take what they say out of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.claims.claim import Cell, Name, Part, Span, Word, look_up
from analysis.names import group_names
from analysis.schema import arrays_of, cells_of, rows_of

Tables = Mapping[str, pd.DataFrame]

#: How many terms are named for each side, at most.
NAMED = 5
#: The columns that say where a stretch of text is.
_SPAN = ("article_id", "start", "end")


def parameter(name: str, value: Any) -> Cell:
    """A setting of the run, as a cell."""
    return Cell(value, "parameters", {"name": name}, "value")


def sides(tables: Tables) -> list[tuple[str, Name]]:
    """The groups and their names, in the order of the sources."""
    return [(group, Name(name, group)) for group, name in group_names(tables["articles"]).items()]


def elsewhere(group: str, tables: Tables, among: Collection[str] | None = None) -> Part:
    """What a group is compared with: the other one by name, or all others; `among` names those that are compared."""
    others = [name for other, name in sides(tables) if other != group and (among is None or other in among)]
    return others[0] if len(others) == 1 else Word("the other texts")


def row_cells(tables: Tables, table: str, **key: str) -> dict[str, Cell]:
    """All cells of one row of one table."""
    return look_up(table, tables[table], key)


def cell(tables: Tables, table: str, column: str, **key: str) -> Cell:
    """One cell of one table."""
    return row_cells(tables, table, **key)[column]


def listed(items: Iterable[tuple[str, dict[str, Part]]]) -> tuple[str, dict[str, Part]]:
    """Join templates with commas; `@` in each becomes its place, so that fields stay apart."""
    templates: list[str] = []
    parts: dict[str, Part] = {}
    for place, (template, fields) in enumerate(items):
        templates.append(template.replace("@", str(place)))
        parts |= {f"{name}_{place}": part for name, part in fields.items()}
    return ", ".join(templates), parts


def spans_of(rows: pd.DataFrame) -> list[Span]:
    """The stretches that rows of any table with article_id, start and end stand for."""
    return [(str(row.article_id), int(row.start), int(row.end)) for row in rows_of(rows, _SPAN)]


def whole_text(tables: Tables, group: str | None = None) -> list[Span]:
    """Each article of a group, or of all, from its first sentence to its last."""
    articles = tables["articles"]
    ids = articles["article_id"] if group is None else articles.loc[articles["group"] == group, "article_id"]
    extent: dict[str, tuple[int, int]] = {}
    for article_id, start, end in zip(*map(cells_of, arrays_of(tables["sentences"], _SPAN)), strict=True):
        first, last = extent.get(article_id, (start, end))
        extent[article_id] = min(start, first), max(end, last)
    return [(article_id, *extent[article_id]) for article_id in ids if article_id in extent]
