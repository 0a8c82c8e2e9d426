"""The corrections by hand, each with what became of it."""

from __future__ import annotations

from analysis.claims.cells import Tables
from analysis.names import article_names
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, show_table


def show_corrections(tables: Tables) -> Shown:
    """Show every correction by hand in the order of the file: where, what, who, why, and whether it still fits.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives. A stretch links to the first sentence, or to the removed stretch, that it touches.
    """
    names = article_names(tables["articles"])
    anchors = Anchors(tables)
    places: list[str] = []
    targets: list[str | None] = []
    for row in rows_of(tables["corrections"]):
        known = row.article_id in names
        found = anchors.of((row.article_id, row.start, row.end)) if known else []
        name = names[row.article_id].value if known else row.article_id
        places.append(found[0][1] if found else f"{name} {row.start}–{row.end}")
        targets.append(found[0][0] if found else None)
    rows = tables["corrections"].assign(place=places)
    columns = {
        "place": "Stretch", "what": "Corrected", "value": "To", "status": "Status", "who": "By", "why": "Why",
        "reason": "Why it does not fit",
    }  # fmt: skip
    return show_table(rows, columns, "Corrections by hand", links={"place": targets})
