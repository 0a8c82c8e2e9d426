"""The claim about corrections by hand: how many were applied, and how many do not fit."""

from __future__ import annotations

from analysis.claims.cells import Tables, spans_of
from analysis.claims.claim import Cell, Section


def state_corrections(section: Section, tables: Tables) -> None:
    """State how many corrections were applied, and how many do not fit their text; nothing of what is none.

    Parameters
    ----------
    section : Section
        Where the claim is added.
    tables : mapping of str to DataFrame
        What `measure` gives; without `corrections` none was given.
    """
    given = tables.get("corrections")
    if given is None or given.empty:
        return
    counts = {
        name: Cell(int((given["status"] == status).sum()), "corrections", {"status": status}, "number of rows")
        for name, status in (("n", "applied"), ("m", "does not fit"))
    }
    applied, misfits = (bool(count.value) for count in counts.values())
    if applied:
        template = "{n} {n:correction|corrections} by hand {n:was|were} applied"
        template += "; {m} {m:does|do} not fit {m:its|their} text" if misfits else ""
    else:
        template = "{m} {m:correction|corrections} by hand {m:does|do} not fit {m:its|their} text"
    section.say(
        "corrections",
        f"{template}.",
        counts,
        main="n" if applied else "m",
        spans=spans_of(given[given["status"] == "applied"]),
    )
