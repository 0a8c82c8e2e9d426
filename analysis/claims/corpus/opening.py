"""What was compared: the groups, what is not stated, what is tested, and what could be found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.attribution.engines import engine_name
from analysis.claims.cells import Tables, listed, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Name, Part, Section, Word
from analysis.claims.corpus.cells import named_groups
from analysis.evidence import ARTICLES_NEEDED
from analysis.groups.place import FIELDS
from analysis.groups.terms import MIN_ARTICLES
from analysis.names import FIELD_NAMES

#: So many smaller groups that are compared as one are named; of more, the table names them.
_NAMED = 12


def opening_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State the size of each group, its days, what is not stated, and from how many uses a term would pass.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    parameters : mapping
        The run's settings.
    """
    section = Section("What was compared", "opening", parameters)
    rows = {name: row_cells(tables, "groups", group=group) for group, name in named_groups(tables).items()}
    for name, cells in rows.items():
        _state_group(section, tables, name, cells)
    _state_withheld(section, rows)
    _state_tested(section, tables)
    _state_needed(section, tables)
    section.say(
        "engines and seed",
        "Attribution engine: {engine}. Seed {seed}, {permutations} permutations of {what}.",
        {
            "engine": Word(engine_name(str(parameters["attribution"]))),
            "what": Word("articles" if tables["group_limits"]["pack"].iloc[0] == 1 else "random packs of articles"),
            **{name: parameter(name, parameters[name]) for name in ("seed", "permutations")},
        },
    )
    return section.claims


def _state_group(section: Section, tables: Tables, name: Name, cells: dict[str, Cell]) -> None:
    """How many articles and words, from which days, and what is not stated for how many."""
    days = "no date stated"
    if cells["n_dated"].value:
        days = "dated {first_day} to {last_day}"
        days += "" if cells["n_dated"].value == cells["n_articles"].value else " where stated ({n_dated})"
    n_aside = cells["n_articles"].value - cells["n_counted"].value
    aside = Cell(n_aside, "groups", {"group": name.group}, "n_articles − n_counted")
    copies = " ({n_counted} counted, {n_aside} {n_aside:copy|copies} set aside)" if n_aside else ""
    together = tables["smaller_groups"]
    values = together.loc[together["group"] == name.group, "value"]
    smaller, smaller_parts = listed(("{smaller_@}", {"smaller": Name(value, name.group)}) for value in values)
    lacking: list[tuple[str, dict[str, Part]]] = [
        (f"{{field_@}} for {{n_without_{field}_@}}", {"field": Word(FIELD_NAMES[field]), **cells})
        for field in FIELDS
        if cells[f"n_without_{field}"].value
    ]
    text, parts = listed(lacking)
    which = f", which are {smaller}" if 0 < len(values) <= _NAMED else ""
    section.say(
        "coverage",
        f"{{name}}{which}: {{n_articles}} {{n_articles:article|articles}}{copies}; {{n_words}} "
        f"{{n_words:word|words}}; {days}" + (f"; not stated: {text}." if lacking else "."),
        {"name": name, "n_aside": aside, **cells, **parts, **smaller_parts},
        main="n_articles",
    )


def _state_withheld(section: Section, rows: Mapping[Name, dict[str, Cell]]) -> None:
    """For which groups there is no evidence, since too few articles are counted."""
    few = [name for name, cells in rows.items() if not cells["evidence"].value]
    if few:
        text, parts = listed(("{name_@}", {"name": name}) for name in few)
        section.say(
            "evidence withheld",
            f"Evidence is withheld for {text}: figures are descriptive. "
            "It needs {needed} articles in a group and in the others together.",
            {"needed": parameter("articles needed in each group", ARTICLES_NEEDED), **parts},
        )


def _state_tested(section: Section, tables: Tables) -> None:
    """Which terms are tested."""
    cells = row_cells(tables, "group_limits", group=str(tables["group_limits"]["group"].iloc[0]))
    more = "" if not cells["n_untested"].value else " {n_untested} more, in too few articles, are not tested."
    section.say(
        "tested terms",
        "Tested: {n_tested} {n_tested:term|terms}, each with at least {uses} uses in at least {articles} articles."
        + more,
        {
            "uses": parameter("min_count", section.parameters["min_count"]),
            "articles": parameter("articles with a tested term", MIN_ARTICLES),
            **cells,
        },
        main="n_tested",
    )


def _state_needed(section: Section, tables: Tables) -> None:
    """From how many uses a term passes that the others lack."""
    rows = {name: row_cells(tables, "group_limits", group=group) for group, name in named_groups(tables).items()}
    passing = {name: cells for name, cells in rows.items() if pd.notna(cells["n_needed"].value)}
    text, parts = listed(
        (
            "{n_@:.0f} in {name_@}" if place else "{n_@:.0f} {n_@:use|uses} in {name_@}",
            {"n": cells["n_needed"], "name": name},
        )
        for place, (name, cells) in enumerate(passing.items())
    )
    if passing:
        section.say(
            "smallest detectable difference",
            f"A term absent elsewhere passes the evidence gate from {text}, each in its own article.",
            parts,
        )
    too_short = [name for name, cells in rows.items() if name not in passing and pd.notna(cells["critical"].value)]
    tested = [name for name in too_short if row_cells(tables, "groups", group=name.group)["evidence"].value]
    if tested:
        text, parts = listed(("{name_@}", {"name": name}) for name in tested)
        section.say(
            "smallest detectable difference",
            f"Too few articles for the evidence gate: no term used once in each article could pass for {text}.",
            parts,
        )


def scope_findings(_tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What the evidence is about."""
    section = Section("Limits", "scope", parameters)
    found = "" if parameters["attribution"] == "none" else " Some attributions are missed, some spurious."
    parts: dict[str, Part] = {"articles": Word("articles")}
    section.say(
        "scope",
        "This evidence concerns these articles, not their outlets; these measures, not truth or intent. "
        f"Tests and intervals take {{articles}} for independent.{found}",
        parts,
    )
    return section.claims
