"""What the views of two texts side by side have in common."""

from __future__ import annotations

import pandas as pd

from analysis.claims.cells import Tables
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.overlap import MOST_ARTICLES, withheld
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, remark


def why_withheld(tables: Tables) -> Shown | None:
    """Why there is nothing to show, if texts are not compared two by two: one remark for all such views."""
    reason = withheld(tables["articles"])
    if reason is None:
        return None
    if reason == "groups":
        return remark("Withheld: texts are compared two by two only where each stands for itself; groups are not.")
    there = how_many(len(tables["articles"]), "text")
    return remark(f"Withheld: texts are compared two by two, from two of them up to {MOST_ARTICLES}; here: {there}.")


def with_names(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Add `name` and `other_name`, how the two articles are called."""
    names = article_names(tables["articles"])
    return rows.reset_index(drop=True).assign(
        name=[names[article_id].value for article_id in rows["article_id"]],
        other_name=[names[article_id].value for article_id in rows["other_id"]],
    )


def with_stretches(tables: Tables, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[str | None]]]:
    """Add `first` and `second`, what stands at the spans of either side, and the anchors they lead to."""
    anchors = Anchors(tables)
    texts = tables["articles"].set_index("article_id")["text"]
    stretches: dict[str, list[str | None]] = {"first": [], "second": []}
    links: dict[str, list[str | None]] = {"first": [], "second": []}
    for row in rows_of(rows):
        for column, article_id, start, end in (
            ("first", row.article_id, row.start, row.end),
            ("second", row.other_id, row.other_start, row.other_end),
        ):
            missing = pd.isna(start)
            stretches[column].append(None if missing else " ".join(texts[article_id][int(start) : int(end)].split()))
            links[column].append(None if missing else anchors.first(article_id, start, end))
    return rows.assign(
        first=pd.Series(stretches["first"], rows.index, "str"), second=pd.Series(stretches["second"], rows.index, "str")
    ), links
