"""Claims about how hard groups read: harder or easier only where two kinds of formula agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import Tables, listed, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Name, Part, Section, Word
from analysis.claims.corpus.cells import named_groups, others
from analysis.claims.readability import FAMILIES, difference_template
from analysis.evidence import LEVEL
from analysis.groups.terms import past_the_gate
from analysis.names import METRIC_NAMES
from analysis.readability import STATED, WORDS_NEEDED


def reading_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State the median grade of each group, and which means differ from those of the others.

    Parameters and returns are those of `term_findings`.
    """
    section = Section("Reading level", "reading", parameters)
    groups = named_groups(tables)
    cells = {group: row_cells(tables, "group_readability", group=group, metric=STATED) for group in groups}
    scored = [group for group in groups if cells[group]["n_articles"].value]
    if scored:
        text, parts = listed(
            (
                "{median_@:.1f} in {name_@} ({q1_@:.1f} to {q3_@:.1f}; {n_articles_@} {n_articles_@:article|articles})",
                {"name": groups[group], **cells[group]},
            )
            for group in scored
        )
        section.say(
            "readability",
            f"{{metric}}, median (quartiles) over articles: {text}.",
            {"metric": Word(METRIC_NAMES[STATED]), **parts},
        )
    if unscored := [group for group in groups if group not in scored]:
        text, parts = listed(("{name_@}", {"name": groups[group]}) for group in unscored)
        section.say("readability", f"Readability is not scored in {text}: too few words, or not English.", parts)
    _state_unscored(section, tables, {group: groups[group] for group in scored})
    tested = [group for group in scored if pd.notna(cells[group]["p"].value)]
    compared = tested
    if len(groups) == 2 and len(tested) == 2:  # the second row mirrors the first
        compared = [max(tested, key=lambda group: cells[group]["difference"].value)]
    nothing: list[tuple[str, dict[str, Part]]] = []
    for group in compared:
        if not _state_difference(section, tables, group, groups[group]):
            template = "{difference_@:.1f} in {name_@} ({lower_@:.1f} to {upper_@:.1f})"
            nothing.append((template, {"name": groups[group], **cells[group]}))
    if nothing:
        text, parts = listed(nothing)
        section.say(
            "readability difference",
            ("No" if len(nothing) == len(compared) else "Elsewhere no") + " difference in the {metric} was found; mean "
            f"minus that of {{rest}}, with {{level:%}}\u00a0% interval: {text}.",
            {
                "metric": Word(METRIC_NAMES[STATED]),
                "level": parameter("level", LEVEL),
                "rest": others(compared[0], tables),
                **parts,
            },
        )
    for group in compared:
        if not agreeing_formulas(tables, group):
            _state_other_measures(section, tables, groups[group])
    return section.claims


def _state_unscored(section: Section, tables: Tables, scored: Mapping[str, Name]) -> None:
    """How many of the articles counted have no score, in the groups that have any."""
    counts = {name: row_cells(tables, "groups", group=group) for group, name in scored.items()}
    lacking: list[tuple[str, dict[str, Part]]] = []
    for name, cells in counts.items():
        if n := cells["n_counted"].value - cells["n_scored"].value:
            cell = Cell(n, "groups", {"group": name.group}, "n_counted − n_scored")
            template = "{n_@} in {name_@}" if lacking else "{n_@} {n_@:article|articles} in {name_@}"
            lacking.append((template, {"n": cell, "name": name}))
    if lacking:
        text, parts = listed(lacking)
        section.say(
            "readability",
            f"Without a score, which needs {{needed}} words and English text: {text}.",
            {"needed": parameter("words needed for a score", WORDS_NEEDED), **parts},
        )


def agreeing_formulas(tables: Tables, group: str) -> list[str]:
    """Name the formulas by which a group differs in the direction of its Flesch–Kincaid grade, past the gate.

    Empty unless that grade and a formula that judges words by something else pass.
    """
    table = tables["group_readability"]
    rows = table[table["group"] == group].set_index("metric").loc[list(FAMILIES)]
    direction = np.sign(rows["difference"])
    passing = past_the_gate(rows[direction == direction[STATED]]).index.tolist()
    return passing if STATED in passing and len({FAMILIES[metric] for metric in passing}) > 1 else []


def _state_difference(section: Section, tables: Tables, group: str, name: Name) -> bool:
    """State a difference past the gate; whether there is one."""
    table = tables["group_readability"]
    if past_the_gate(table[(table["group"] == group) & (table["metric"] == STATED)]).empty:
        return False
    cells = row_cells(tables, "group_readability", group=group, metric=STATED)
    agreeing = agreeing_formulas(tables, group)
    evidence = "({level:%}\u00a0% interval {lower:.1f} to {upper:.1f}, adjusted\u00a0p\u00a0{p_adjusted:p})"
    template, parts = difference_template(cells, agreeing, evidence)
    section.say(
        "readability difference",
        template,
        {"name": name, "rest": others(group, tables), "level": parameter("level", LEVEL), **cells, **parts},
        main="difference",
        interval=("lower", "upper"),
    )
    return True


def _state_other_measures(section: Section, tables: Tables, name: Name) -> None:
    """Name the measures past the gate of a group whose grade is not, or stands alone: one measure is not all."""
    table = tables["group_readability"]
    rows = table[(table["group"] == name.group) & table["metric"].isin(METRIC_NAMES)]
    passing = set(past_the_gate(rows)["metric"]) - {STATED}
    if not passing:
        return
    text, parts = listed(
        (
            "{metric_@} {difference_@:.1f} ({lower_@:.1f} to {upper_@:.1f})",
            {
                "metric": Word(METRIC_NAMES[metric]),
                **row_cells(tables, "group_readability", group=name.group, metric=metric),
            },
        )
        for metric in METRIC_NAMES
        if metric in passing
    )
    section.say(
        "other measures",
        "Other measures differ in {name} (adjusted\u00a0p at most {alpha:.2f}); mean minus that of {rest}, with "
        f"{{level:%}}\u00a0% interval: {text}.",
        {
            "name": name,
            "rest": others(name.group, tables),
            "alpha": parameter("alpha", ALPHA),
            "level": parameter("level", LEVEL),
            **parts,
        },
    )
