"""The claim about corrections by hand: how many were applied, and how many no longer fit."""

from __future__ import annotations

from analysis.claims.cells import Tables, spans_of
from analysis.claims.claim import Cell, Section


def state_corrections(section: Section, tables: Tables) -> None:
    """State how many corrections were applied, and how many no longer fit the text; nothing if none was given.

    Parameters
    ----------
    section : Section
        Where the claim is added; its parameters name the file.
    tables : mapping of str to DataFrame
        What `measure` gives; without `corrections` none was given.
    """
    given = tables.get("corrections")
    if given is None or (given.empty and not section.parameters.get("corrections")):
        return
    counts = {
        name: Cell(int((given["status"] == status).sum()), "corrections", {"status": status}, "number of rows")
        for name, status in (("n", "applied"), ("m", "does not fit"))
    }
    template = "{n} {n:correction|corrections} by hand {n:was|were} applied"
    if counts["m"].value:
        template += "; {m} no longer {m:fits|fit} the text"
    section.say("corrections", f"{template}.", counts, main="n", spans=spans_of(given[given["status"] == "applied"]))
