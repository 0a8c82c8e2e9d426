"""The label ledger as the report shows it: an expression in each row, a group in each column."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.chosen import folded, listing
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.names import group_names
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.offices import with_other_names
from analysis.show.shown import Anchors, Shown, remark, show_table
from analysis.sides import foreign_groups
from analysis.tables import LABEL_VOICES

_NAME = "name"


def actors_named(tables: Tables) -> list[str]:
    """List the actors of the label ledger, those used most in all groups together first; names of no certain kind not.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    """
    ledger = tables["label_ledger"]
    return _named_most(ledger[ledger["kind"] != _NAME], len(ledger))


def show_labels(tables: Tables, k: int = 30, actor: str = "") -> Shown:
    """Show every expression for the actors named most: its uses by voice and its first place in each group.

    Actors stand by their uses in all groups together, expressions likewise; each use links to the first sentence.
    Where an actor is found in one group only, what a text says of another name follows, and how names are joined.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    k : int
        Actors shown, at most; the others are in the table label_ledger.
    actor : str
        Only the expressions for this actor, as `actors_named` lists it.
    """
    ledger = tables["label_ledger"]
    listed = ledger[ledger["kind"] != _NAME]
    columns, anchors = {"surface": "Expression", "actor": "For"}, Anchors(tables)
    if actor.strip():
        known = {folded(name): name for name in actors_named(tables)}
        if folded(actor) not in known:
            words = tables["coverage"].set_index("group")["n_words"]
            names = group_names(tables["articles"])
            places = [f"{name} ({how_many(int(words[group]), 'word')} searched)" for group, name in names.items()]
            there = listing(list(known.values()))
            return remark(f"No expression for “{actor}” is found in {listing(places)}; actors are: {there}.")
        name = known[folded(actor)]
        own, caption = listed[listed["actor"] == name], f"Labels: every expression for {name}"
        return with_other_names(_show(tables, own, columns, caption, k, anchors), tables, [name], anchors)
    caption = f"Labels: every expression for the {k} actors named most"
    shown = _show(tables, listed, columns, caption, k, anchors)
    return with_other_names(shown, tables, _named_most(listed, k), anchors)


def show_names(tables: Tables, k: int = 20) -> Shown:
    """Show the names that the alias table does not list and whose kind is not certain, those used most first."""
    ledger = tables["label_ledger"]
    columns = {"surface": "Name"}
    caption = f"Names that no table lists, of no certain kind: at most {k}"
    return _show(tables, ledger[ledger["kind"] == _NAME], columns, caption, k, Anchors(tables))


def _show(
    tables: Tables, ledger: pd.DataFrame, columns: dict[str, str], caption: str, k: int, anchors: Anchors
) -> Shown:
    totals = ledger.groupby(["actor", "expression"], sort=True)["n"].sum()
    places = {actor: place for place, actor in enumerate(_named_most(ledger, k))}
    keys = sorted(
        (key for key in totals.index if key[0] in places), key=lambda key: (places[key[0]], -totals[key], key[1])
    )
    uses = {(row.group, row.actor, row.expression): row for row in rows_of(ledger)}
    foreign = foreign_groups(tables["articles"], tables["notes"])
    searched = tables["coverage"].set_index("group")["n_words"]
    first = {(row.actor, row.expression): row for row in reversed(list(rows_of(_in_content_order(ledger))))}
    rows = pd.DataFrame(
        {
            "surface": [first[key].surface for key in keys],
            "actor": [f"{first[key].actor}, {first[key].kind}" for key in keys],
        },
        dtype="str",
    )
    links: dict[str, list[str | None]] = {}
    for group, name in group_names(tables["articles"]).items():
        found = [uses.get((group, *key)) for key in keys]
        rows[f"in {group}"] = pd.Series([_cell(row, group in foreign) for row in found], dtype="str")
        links[f"in {group}"] = [row and anchors.at(row.article_id, f"s{row.sentence}") for row in found]
        columns = columns | {f"in {group}": f"{name} ({how_many(int(searched[group]), 'word')} searched)"}
    return show_table(rows, columns, caption, links=links)


def _named_most(ledger: pd.DataFrame, k: int) -> list[str]:
    """The actors with most uses in all groups together, at most so many; of as many uses by name."""
    uses = ledger.groupby("actor")["n"].sum()
    return sorted(uses.index, key=lambda actor: (-uses[actor], actor))[:k]


def _in_content_order(ledger: pd.DataFrame) -> pd.DataFrame:
    """Put the uses of each expression so that its form does not depend on the order of the groups."""
    return ledger.sort_values(["n", "surface"], ascending=[False, True], kind="stable")


def _cell(row: Any, foreign: bool) -> str:
    """The uses of an expression in one group, by voice, and where it first stands."""
    if row is None:
        return "not looked for: not English" if foreign else "not found"
    counts = {voice: getattr(row, f"n_{voice}") for voice in LABEL_VOICES}
    voices = ", ".join(f"{voice} {format_value(n)}" for voice, n in counts.items() if n)
    return f"{format_value(row.n)}: {voices}; first at {format_value(row.position, '%')}\u00a0%"
