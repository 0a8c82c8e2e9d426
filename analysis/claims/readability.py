"""Claims about readability: how hard each group reads, and whether a difference holds by two kinds of formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import Tables, elsewhere, listed, parameter, row_cells, sides, whole_text
from analysis.claims.claim import Cell, Claim, Section, Word
from analysis.evidence import LEVEL
from analysis.names import METRIC_NAMES

#: Formulas by what they judge a word by: agreement counts only between different families.
FAMILIES = {
    "flesch_kincaid_grade": "syllables",
    "gunning_fog": "syllables",
    "coleman_liau_index": "letters",
    "automated_readability_index": "letters",
    "lix": "letters",
    "dale_chall_score": "word list",
}


def readability_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """How hard each group reads, and whether the difference holds by two kinds of formula.

    Parameters and returns are those of `term_findings`.
    """
    section = Section("How hard they are to read", "reading", parameters)
    level = parameter("level", LEVEL)
    for group, name in sides(tables):
        grade = row_cells(tables, "readability_by_group", group=group, metric="flesch_kincaid_grade")
        ease = row_cells(tables, "readability_by_group", group=group, metric="flesch_reading_ease")
        if pd.isna(grade["value"].value):
            section.say(
                "readability",
                "Readability of {name} is not scored: too few words, or not English.",
                {"name": name},
                spans=whole_text(tables, group),
            )
            continue
        parts = {f"{short}_{column}": one[column] for short, one in {"g": grade, "e": ease}.items() for column in one}
        known = pd.notna(grade["lower"].value)
        interval = "({@_lower:.1f} to {@_upper:.1f})" if known else ""
        values = [
            f"{words} {{{short}_value:.1f}} {interval.replace('@', short)}".rstrip()
            for short, words in (("g", "{grade}"), ("e", "{ease}"))
        ]
        section.say(
            "readability",
            "{name} scores" + (", with {level:%} % intervals: " if known else " ") + ", ".join(values) + ".",
            {
                "name": name,
                "grade": Word(METRIC_NAMES["flesch_kincaid_grade"]),
                "ease": Word(METRIC_NAMES["flesch_reading_ease"]),
                "level": level,
                **parts,
            },
            main="g_value",
            interval=("g_lower", "g_upper"),
            spans=whole_text(tables, group),
        )
    groups = sides(tables)
    stated = groups[:1] if len(groups) == 2 else groups
    for group, _ in stated:
        grade = row_cells(tables, "readability_by_group", group=group, metric="flesch_kincaid_grade")
        if pd.notna(grade["difference_lower"].value):
            harder = group if grade["difference"].value >= 0 or len(groups) > 2 else groups[1][0]
            agreeing = agreeing_formulas(tables, harder)
            _state_difference(section, tables, harder if agreeing else group, agreeing, level)
    return section.claims


def agreeing_formulas(tables: Tables, group: str) -> list[str]:
    """Name the formulas by which a group reads harder: interval clear of zero, and a permutation p past the gate.

    Returns
    -------
    list of str
        Metrics in the order of `FAMILIES`; empty unless Flesch–Kincaid and a formula with other inputs are among them.
    """
    table = tables["readability_by_group"]
    own = table[(table["group"] == group) & (table["difference_lower"] > 0) & (table["p"] <= ALPHA)]
    harder = [metric for metric in FAMILIES if metric in set(own["metric"])]
    families = {FAMILIES[metric] for metric in harder}
    return harder if "flesch_kincaid_grade" in harder and len(families) > 1 else []


def _state_difference(section: Section, tables: Tables, group: str, agreeing: list[str], level: Cell) -> None:
    cells = row_cells(tables, "readability_by_group", group=group, metric="flesch_kincaid_grade")
    names = dict(sides(tables))
    clear = cells["difference_lower"].value > 0 or cells["difference_upper"].value < 0
    interval = "({level:%} % interval {difference_lower:.1f} to {difference_upper:.1f})"
    if agreeing:
        text, parts = listed(("{metric_@}", {"metric": Word(METRIC_NAMES[metric])}) for metric in agreeing[1:])
        template = (
            "{name} reads harder than {rest}: {difference:.1f} grades by Flesch–Kincaid "
            + interval
            + f"; {text} {'agree' if len(parts) > 1 else 'agrees'}."
        )
    elif clear:
        parts = {}
        template = (
            "Flesch–Kincaid differs by {difference:.1f} grades between {name} and {rest} "
            + interval + "; no formula with other inputs agrees."
        )  # fmt: skip
    else:
        parts = {}
        template = (
            "No difference in reading grade was found between {name} and {rest}: {difference:.1f} grades by "
            "Flesch–Kincaid, {interval}."
        ).replace("{interval}", interval.strip("()"))
    section.say(
        "readability difference",
        template,
        {"name": names[group], "rest": elsewhere(group, tables), "level": level, **cells, **parts},
        main="difference",
        interval=("difference_lower", "difference_upper"),
        spans=whole_text(tables),
    )
