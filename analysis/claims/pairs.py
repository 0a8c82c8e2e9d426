"""How claims about two texts side by side take what they say out of tables with a pair of articles in each row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, parameter, whole_text
from analysis.claims.claim import Actor, Cell, Part, Quotation, Section, Span
from analysis.overlap import MOST_ARTICLES, withheld
from analysis.schema import rows_of


def state_withheld(section: Section, tables: Tables, statistic: str, *, groups: str, many: str) -> None:
    """Say why texts are not compared two by two: they stand in groups, or are too many; nothing if it is neither.

    Parameters
    ----------
    section : Section
        Where the claim is added.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    statistic : str
    groups, many : str
        The sentence for either reason; `{most}` is how many articles are compared at most.
    """
    reasons = {"groups": groups, "many": many}
    if reason := reasons.get(withheld(tables["articles"]) or ""):
        most = parameter("most articles compared two by two", MOST_ARTICLES)
        section.say(statistic, reason, {"most": most}, spans=whole_text(tables))


def actor_part(tables: Tables, row: Any) -> Part:
    """A listed actor by its canonical name, one found in the text as a quotation of its first use."""
    labels = tables["labels"]
    actor = row.actor if hasattr(row, "actor") else row.item
    if (labels.loc[labels["actor"] == actor, "by"] == "listed").any():
        return Actor(actor)
    return quote(tables, row.article_id, row.start, row.end)


def quote(tables: Tables, article_id: str, start: float, end: float) -> Quotation:
    """A stretch of an article."""
    texts = tables["articles"].set_index("article_id")["text"]
    return Quotation(texts[article_id][int(start) : int(end)], article_id, int(start), int(end))


def count_rows(table: str, rows: pd.DataFrame, **values: str) -> Cell:
    """How many rows of a table hold these values, as a cell."""
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return Cell(len(rows), table, values, "number of rows")


def enumerated(items: Sequence[str]) -> str:
    """Join with commas, and "and" before the last."""
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))


def both_sides(row: Any | None, check: Any) -> list[tuple[str, float, float]]:
    """Where a piece of evidence stands in either article; nowhere if there is none."""
    if row is None:
        return []
    return [(check.article_id, row.start, row.end), (check.other_id, row.other_start, row.other_end)]


def spans_of_pair(row: Any) -> list[Span]:
    """The stretches of a row on both sides, where it has them."""
    return [
        (article_id, int(start), int(end)) for article_id, start, end in both_sides(row, row) if not math.isnan(start)
    ]


def spans_of_pairs(rows: pd.DataFrame) -> list[Span]:
    """The stretches of all rows, on both sides."""
    return [span for row in rows_of(rows) for span in spans_of_pair(row)]
