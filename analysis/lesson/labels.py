"""What each actor is called: every expression marked in its sentence, and counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.cells import Tables
from analysis.labels import label_ledger
from analysis.lesson.marking import Mark, marked_passages, place_namer
from analysis.lesson.words import PASSAGES
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table

#: Actors that are shown, at most: those named most.
ACTORS = 5
#: Sentences that are listed for an expression, at most.
_PLACES = 5


def actors_in(labels: pd.DataFrame) -> list[str]:
    """List the actors of LABELS, those named most first, of several the first in the alphabet."""
    uses = labels["actor"].value_counts()
    return sorted(uses.index, key=lambda actor: (-int(uses[actor]), actor))


def show_label_steps(tables: Tables, k: int = ACTORS, n_passages: int = PASSAGES) -> Shown:
    """Show each expression for an actor in its sentence, in which sentences it is counted, and what the function gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Actors shown, at most: those named most.
    n_passages : int
        Passages shown, at most, from the first.
    """
    named = actors_in(tables["labels"])
    if not named:
        return remark("No expression for an actor was found: nobody is named, or the text is not English.")
    labels = tables["labels"][tables["labels"]["actor"].isin(named[:k])]
    marks = [Mark(row.article_id, row.start, row.end, row.actor) for row in rows_of(labels)]
    ledger = label_ledger(tables["articles"], labels)
    given = ledger.groupby(["actor", "expression"])["n"].sum()
    rows, place_of = [], place_namer(tables)
    for actor in named[:k]:
        for expression, uses in labels[labels["actor"] == actor].groupby("expression", sort=False):
            places = list(map(place_of, rows_of(uses)))
            more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
            where = ", ".join(places[:_PLACES]) + more
            written = uses["surface"].iloc[0]
            rows.append((written, actor, uses["kind"].iloc[0], where, len(uses), given[actor, expression]))
    table = pd.DataFrame(rows, columns=["expression", "actor", "kind", "where", "n", "given"])
    columns = {
        "expression": "Expression", "actor": "For", "kind": "Kind", "where": "In sentences", "n": "Uses, by hand",
        "given": "By the function",
    }  # fmt: skip
    caption = f"What each actor is called: {len(named[:k])} of {len(named)} actors, those named most"
    return joined([marked_passages(tables, marks, n_passages), show_table(table, columns, caption)])


def expressions_for(labels: pd.DataFrame, actor: str) -> list[tuple[Any, int]]:
    """List the expressions for one actor as they are first written, with their uses, most used first."""
    uses = labels[labels["actor"] == actor].groupby("expression")["surface"]
    ordered = sorted(uses, key=lambda pair: (-len(pair[1]), pair[0]))
    return [(written.iloc[0], len(written)) for _, written in ordered]
