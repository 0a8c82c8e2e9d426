"""Claims about the event check: whether two texts report one event, and on what evidence."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, listed, parameter, row_cells, whole_text
from analysis.claims.claim import Cell, Name, Part, Section
from analysis.claims.pairs import (
    actor_part,
    both_sides,
    count_rows,
    enumerated,
    quote,
    spans_of_pairs,
    state_withheld,
)
from analysis.names import article_names
from analysis.overlap import withheld
from analysis.overlap.event import COUNTED
from analysis.overlap.runs import SHINGLE
from analysis.schema import rows_of

#: As many persons are named, and as many pairs of versions.
_NAMED = 3
_FINDS = {
    "same": "The event check finds that the texts report the same event",
    "related": "The event check finds the texts related, not clearly on the same event",
    "unclear": "The event check finds too little in common to say that the texts report the same event",
}
_KINDS = {
    "person": "{n:person|persons}", "state": "{n:state|states}", "place": "{n:place|places}",
    "organisation": "{n:organisation|organisations}", "name": "{n:other name|other names}",
}  # fmt: skip


def event_findings(section: Section, tables: Tables) -> None:
    """Whether the texts report one event, with the evidence; of more than two, in how many of their pairs.

    Parameters
    ----------
    section : Section
        Where the claims are added.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    """
    checks = tables["event_check"]
    if withheld(tables["articles"]):
        state_withheld(
            section,
            tables,
            "event check",
            groups="The event check compares single articles; it is not made for groups.",
            many="The event check compares at most {most} articles two by two; here it is not made.",
        )
    elif len(checks) == 1:
        _state_check(section, tables, next(rows_of(checks)))
    elif len(checks):
        _state_pairs(section, tables, checks)


def _state_pairs(section: Section, tables: Tables, checks: pd.DataFrame) -> None:
    """How many pairs of texts have which verdict, and how many are unclear for want of English."""
    counts = {verdict: count_rows("event_check", checks, verdict=verdict) for verdict in _FINDS}
    foreign = int((~checks["one_language"]).sum())
    section.say(
        "event check",
        "Of {n_pairs} pairs of texts, the event check finds {same} on the same event, {related} related and "
        "{unclear} unclear"
        + (", {foreign} of them with a text that is not English" if foreign else "")
        + ". What is in one alone may be of another event.",
        {
            "n_pairs": count_rows("event_check", checks),
            "foreign": Cell(foreign, "event_check", {"one_language": False}, "number of rows"),
            **counts,
        },
        spans=whole_text(tables),
    )
    names = article_names(tables["articles"])
    for check in rows_of(checks[checks["versions"]].head(_NAMED)):
        _state_versions(section, tables, {"article_id": check.article_id, "other_id": check.other_id}, names)


def _state_check(section: Section, tables: Tables, check: Any) -> None:
    """The verdict on two texts with its evidence, or why there is none, and whether they are versions of one text."""
    ids = {"article_id": check.article_id, "other_id": check.other_id}
    names = article_names(tables["articles"])
    if check.one_language:
        _state_evidence(section, tables, check, names)
    else:
        section.say(
            "event check",
            "The event check is unclear: names and days are looked for in English only, and not both texts are "
            "English; what is in one alone may be of another event.",
            spans=whole_text(tables),
        )
    if check.versions:
        _state_versions(section, tables, ids, names)


def _state_evidence(section: Section, tables: Tables, check: Any, names: dict[str, Name]) -> None:
    """The verdict on two English texts, the actors both name, and how each dates what it reports."""
    ids = {"article_id": check.article_id, "other_id": check.other_id}
    cells = row_cells(tables, "event_check", **ids)
    parts: dict[str, Part] = dict(cells)
    evidence = tables["event_evidence"]
    shared = evidence[evidence["kind"].isin(_KINDS)]
    named = []
    for kind, words in _KINDS.items():
        column = COUNTED[kind]
        if cells[column].value:
            named.append(f"{{{column}}} " + words.replace("{n:", f"{{{column}:"))
            if kind == "person":
                people = [actor_part(tables, row) for row in rows_of(shared[shared["kind"] == kind].head(_NAMED))]
                text, fields = listed(("{person_@}", {"person": person}) for person in people)
                named[-1] = f"{named[-1]} ({text} and others)" if cells[column].value > _NAMED else text
                parts |= fields
    clauses = ["both name " + enumerated(named) if named else "no actor is found in both"]
    day = next(rows_of(evidence[evidence["kind"] == "day"]), None)
    dated = []
    for place, (article_id, start, end) in enumerate(both_sides(day, check)):
        parts[f"name_{place}"] = names[article_id]
        if math.isnan(start):
            dated.append(f"{{name_{place}}} gives no date")
        else:
            parts[f"day_{place}"] = quote(tables, article_id, start, end)
            dated.append(f"{{name_{place}}} dates its event {{day_{place}}}")
    clauses.append("neither text gives a date" if day is None else ", ".join(dated))
    if check.verdict == "same":
        clauses.append(
            "{n_aligned} {n_aligned:pair|pairs} of sentences say much the same, and {n_numbers} "
            "{n_numbers:figure is|figures are} in both"
        )
        clauses.append("what is in one alone is given as not found")
    else:
        clauses.append("what is in one alone may be of another event")
    cited = pd.concat([evidence[evidence["kind"] == "day"], shared])
    section.say(
        "event check",
        f"{_FINDS[check.verdict]}: {'; '.join(clauses)}.",
        parts,
        spans=spans_of_pairs(cited) or whole_text(tables),
    )


def _state_versions(section: Section, tables: Tables, ids: dict[str, str], names: dict[str, Name]) -> None:
    """What share of the runs of words of each text stands in the other."""
    parts: dict[str, Part] = {"size": parameter("words of a run", SHINGLE)}
    for place, (one, other) in enumerate((tuple(ids.values()), tuple(ids.values())[::-1])):
        cells = row_cells(tables, "overlap", article_id=one, other_id=other, part="prose")
        parts |= {f"share_{place}": cells["containment"], f"name_{place}": names[one]}
    section.say(
        "two versions of one text",
        "{name_0} and {name_1} are versions of one text: of the runs of {size} words in its prose, {name_0} shares "
        "{share_0:%}\u00a0%, {name_1} {share_1:%}\u00a0%."
        + ("" if len(tables["articles"]) == 2 else " Evidence on terms counts both."),
        parts,
        spans=spans_of_pairs(tables["shared_runs"]) or whole_text(tables),
    )
