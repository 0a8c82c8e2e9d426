"""Claims about events: how many were found, which groups have articles on them, and where none was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.claims.cells import Tables, listed, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Part, Quotation, Section, look_up
from analysis.claims.corpus.cells import named_groups
from analysis.claims.corpus.copies import look_up_row, total
from analysis.events.gather import ALIKE, DAYS
from analysis.events.vectors import TERMS
from analysis.schema import rows_of

#: As many events are told of one by one: those in the most groups.
_TOLD = 3


def event_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State how many events were found, how many of them each group has articles on, and which are in most groups.

    Parameters and returns are those of `opening_findings`.
    """
    section = Section("Events", "events", parameters)
    events = tables["events"]
    n_articles, n_dated = (total(tables, "events_by_group", name) for name in ("n_articles", "n_dated"))
    rule: dict[str, Part] = {
        "alike": parameter("least mean cosine of an event", ALIKE),
        "days": parameter("days apart, at most", DAYS),
        "terms": parameter("terms that stand for an article, at most", TERMS),
        "n_articles": n_articles,
        "n_dated": n_dated,
    }
    dated = "No date is stated: articles were taken together by their terms alone."
    if n_dated.value:
        dated = (
            "Dates are stated for {n_dated} of {n_articles} articles: in an event, at most {days} days are between one "
            "of these and the next"
        )
        dated += "; others were taken by their terms alone." if n_dated.value < n_articles.value else "."
    section.say("dates of events", dated, rule)
    if events.empty:
        section.say(
            "events",
            "No event found with two articles: of {n_articles}, no two agree in their weightiest terms (at most "
            "{terms} of each, cosine at least {alike:.2f}).",
            rule,
            main="n_articles",
        )
        return section.claims
    alone = Cell(int((events["n_groups"] == 1).sum()), "events", {"n_groups": 1}, "number of rows")
    every = (events["n_groups"] > 1) & (events["n_groups"] == events["n_groups_searched"])
    section.say(
        "events",
        "{n_events} {n_events:event|events} found with two articles or more ({n_on} of {n_articles} articles) that "
        "agree in their weightiest terms (at most {terms} of each, mean cosine at least {alike:.2f}): {alone} in one "
        "group alone, {every} in two or more, which are all groups with articles of those days.",
        {
            **rule,
            "n_events": Cell(len(events), "events", {}, "number of rows"),
            "n_on": total(tables, "events_by_group", "n_on_events"),
            "alone": alone,
            "every": Cell(int(every.sum()), "events", {}, "number of rows with n_groups = n_groups_searched > 1"),
        },
        main="n_events",
    )
    for group, name in named_groups(tables).items():
        section.say(
            "events in a group",
            "{name}: {n_on_events} of {n_articles} {n_articles:article|articles}, on {n_events} of {n_searched} "
            "{n_searched:event|events} searched for; {n_alone} found in no other group.",
            {"name": name, **row_cells(tables, "events_by_group", group=group)},
            main="n_events",
        )
    for row in rows_of(events.head(_TOLD)):
        _state_event(section, tables, row)
    return section.claims


def _state_event(section: Section, tables: Tables, row: Any) -> None:
    """How one event begins to be told, and for each group what was found or searched."""
    coverage = tables["event_coverage"]
    searched = set(coverage.loc[coverage["event"] == row.event, "group"])
    names = named_groups(tables)
    items: list[tuple[str, dict[str, Part]]] = []
    for group, name in names.items():
        if group not in searched:
            continue
        cells = look_up("event_coverage", coverage, {"event": int(row.event), "group": group})
        found = "{n_articles_@} of {n_searched_@} {n_searched_@:article|articles} in {name_@}"
        absent = (
            "not found in {name_@} ({n_searched_@} {n_searched_@:article|articles}, {n_words_searched_@} "
            "{n_words_searched_@:word|words} searched)"
        )
        items.append((found if cells["n_articles"].value else absent, {"name": name, **cells}))
    text, parts = listed(items)
    lacking, lacking_parts = listed(
        ("{lacking_@}", {"lacking": names[group]}) for group in names if group not in searched
    )
    text += f"; no article of those days in {lacking}" if lacking else ""
    days = ""
    if isinstance(row.first_day, str):
        days = " dated {first_day}" + (" to {last_day}" if row.last_day != row.first_day else "")
    section.say(
        "coverage of an event",
        f"An event{days}, of which one article states at the beginning {{opening}}: {text}.",
        {
            **look_up_row(tables, "events", "event", int(row.event)),
            "opening": Quotation(row.opening, row.article_id, int(row.start), int(row.end)),
            **parts,
            **lacking_parts,
        },
        main="n_groups",
    )
