"""The sentence that a figure beside an answer leads to: the first of those that it counts."""

from __future__ import annotations

import pandas as pd

from analysis.attribution.counts import asserted_statements
from analysis.claims.cells import Tables
from analysis.schema import rows_of
from analysis.show.shown import Anchors


def first_passages(figures: pd.DataFrame, tables: Tables) -> list[str | None]:
    """Find where each figure leads: to the first sentence that it counts, in the texts as `show_articles` shows them.

    Parameters
    ----------
    figures : DataFrame
        BESIDE, or some rows of it.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Returns
    -------
    list of str or None
        An anchor for each row: for voices the first statement, for wording the first use, for event the first aligned
        sentence of the text that is named first; none where nothing is counted, and for what a whole text gives.
    """
    anchors = Anchors(tables)
    statements = _first(asserted_statements(tables["attributions"]), "sentence")
    uses = {
        (article, f"“{expression}”"): sentence
        for (article, expression), sentence in _first(tables["loaded_wording"], "sentence", "expression").items()
    }
    aligned = _first(tables["aligned"], "sentence", "other_id")
    turned = tables["aligned"].rename(columns={"article_id": "other_id", "other_id": "article_id"})
    aligned |= _first(turned, "other_sentence", "other_id")
    found = []
    for row in rows_of(figures):
        where = {
            "voices": statements.get((row.article_id,)),
            "wording": uses.get((row.article_id, row.figure)),
            "event": aligned.get((row.article_id, row.other_id)),
        }.get(row.question)
        found.append(None if where is None else anchors.at(row.article_id, f"s{where}"))
    return found


def _first(rows: pd.DataFrame, sentence: str, *by: str) -> dict[tuple[str, ...], int]:
    """The number of the first sentence for each article, and for what else is named."""
    found: dict[tuple[str, ...], int] = {}
    for *key, number in zip(*(rows[name] for name in ("article_id", *by, sentence)), strict=True):
        found[tuple(key)] = min(int(number), found.get(tuple(key), int(number)))
    return found
