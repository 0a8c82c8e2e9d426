"""Claims about labels: what each text calls the actors that all of them name."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pandas as pd
import regex

from analysis.claims.cells import Tables, listed, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Actor, Cell, Name, Part, Quotation, Section
from analysis.schema import arrays_of, rows_of
from analysis.sides import foreign_groups

#: Actors that are stated, and expressions for each of them and each text, at most.
ACTORS_STATED, EXPRESSIONS = 2, 4
#: What is the same in a row of LABEL_LEDGER and in the labels that it counts.
_SAME = ("actor", "expression", "surface")
#: With more groups than this one actor is stated, so that the summary stays short.
_FEW = 3


def state_labels(section: Section, tables: Tables) -> None:
    """State every expression for the actors chosen by `stated_actors`, group by group.

    Groups with an article that is not English are left out, which is said.
    """
    foreign = foreign_groups(tables["articles"], tables["notes"])
    groups = [(group, name) for group, name in sides(tables) if group not in foreign]
    for group, name in sides(tables):
        if group in foreign:
            section.say(
                "labels", "Labels in {name} are not compared: not all its text is English.", {"name": name},
                spans=whole_text(tables, group),
            )  # fmt: skip
    if len(groups) < 2:
        return
    ledger = tables["label_ledger"]
    actors = stated_actors(ledger, [group for group, _ in groups])
    if not actors:
        others = " other" if foreign else ""
        every = f"both{others}" if len(groups) == 2 else "all of the" + others
        section.say("labels", f"No actor or event is named in {every} texts.", spans=whole_text(tables))
        return
    for actor in actors:
        _state_actor(section, tables, actor, groups)


def stated_actors(ledger: pd.DataFrame, groups: list[str]) -> list[str]:
    """Choose actors that each group names: those with most different expressions, then most uses, then by name."""
    own = ledger[ledger["group"].isin(groups)]
    by_actor = own.groupby("actor", sort=True).agg(
        groups=("group", "nunique"), expressions=("expression", "nunique"), n=("n", "sum")
    )
    shared = by_actor[by_actor["groups"] == len(groups)].reset_index()
    shared = shared.sort_values(["expressions", "n", "actor"], ascending=[False, False, True])
    return [str(actor) for actor in shared["actor"].head(ACTORS_STATED if len(groups) <= _FEW else 1)]


def _state_actor(section: Section, tables: Tables, actor: str, groups: list[tuple[str, Name]]) -> None:
    """One actor: the expressions of each group with their counts, those used most first."""
    texts: list[str] = []
    parts: dict[str, Part] = {"actor": Actor(actor)}
    labels = tables["labels"][tables["labels"]["actor"] == actor]
    for place, (group, name) in enumerate(groups):
        ledger = tables["label_ledger"]
        used = ledger[(ledger["group"] == group) & (ledger["actor"] == actor)]
        own = used.head(EXPRESSIONS)
        items: list[tuple[str, dict[str, Part]]] = [
            (
                "{label_@} ({n_@})",
                {
                    "label": quote_label(tables, row),
                    "n": row_cells(tables, "label_ledger", group=group, actor=actor, expression=row.expression)["n"],
                },
            )
            for row in rows_of(own)
        ]
        text, fields = listed(items)
        if len(used) > len(own):
            text += " and {n_more} {n_more:other|others}"
            key = {"group": group, "actor": actor}
            fields["n_more"] = Cell(len(used) - len(own), "label_ledger", key, "expressions not named")
        texts.append(_numbered(text, place) + f" in {{name_{place}}}")
        parts |= {f"name_{place}": name} | {f"{field}_{place}": part for field, part in fields.items()}
    ids = tables["articles"].loc[tables["articles"]["group"].isin([group for group, _ in groups]), "article_id"]
    section.say(
        "labels",
        "{actor}: " + "; ".join(texts) + ".",
        parts,
        spans=spans_of(labels[labels["article_id"].isin(ids)]),
    )


def _numbered(template: str, place: int) -> str:
    """Give every field of a template the number of its side."""
    return regex.sub(r"\{(\w+)", rf"{{\1_{place}", template)


def quote_label(tables: Tables, row: Any) -> Quotation:
    """Quote an expression the way its group writes it most often, where it first does: a row of LABEL_LEDGER."""
    articles, labels = tables["articles"], tables["labels"]
    texts = {one.article_id: one.text for one in rows_of(articles) if one.group == row.group}
    alike = [
        np.asarray(strings, dtype=object) == getattr(row, column)
        for column, strings in zip(_SAME, arrays_of(labels, _SAME), strict=True)
    ]
    same = rows_of(labels.take(np.flatnonzero(np.logical_and.reduce(alike))))

    def place(label: Any) -> tuple[bool, float, str, int]:
        return isnan(label.position), label.position, texts[label.article_id], label.start

    first = min((label for label in same if label.article_id in texts), key=place)
    return Quotation(first.surface, first.article_id, first.start, first.end)
