"""Claims about readability: how hard each group reads, and whether a difference holds by two kinds of formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import Tables, elsewhere, listed, parameter, row_cells, sides, whole_text
from analysis.claims.claim import Cell, Claim, Part, Section, Word
from analysis.claims.robustness import robustness_sentence
from analysis.evidence import LEVEL
from analysis.names import METRIC_NAMES

#: The formula whose difference is stated, and all by what they judge a word by: agreement counts only between
#: different families.
FIRST = "flesch_kincaid_grade"
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
    section = Section("Reading level", "reading", parameters)
    level = parameter("level", LEVEL)
    items: list[tuple[str, dict[str, Part]]] = []
    scored: list[str] = []
    for group, name in sides(tables):
        grade = row_cells(tables, "readability_by_group", group=group, metric=FIRST)
        if pd.isna(grade["value"].value):
            section.say(
                "readability",
                "Readability of {name} is not scored: too few words, or not English.",
                {"name": name},
                spans=whole_text(tables, group),
            )
            continue
        interval = ""
        if pd.notna(grade["lower"].value):
            interval = "{lower_@:.1f} to {upper_@:.1f}"
            interval = f" ({interval})" if items else f" ({{level:%}}\u00a0% interval {interval})"
        items.append((f"{{value_@:.1f}} in {{name_@}}{interval}", {"name": name, **grade}))
        scored.append(group)
    if items:
        text, parts = listed(items)
        section.say(
            "readability",
            f"{{metric}}: {text}.",
            {"metric": Word(METRIC_NAMES[FIRST]), "level": level, **parts},
            main="value_0" if len(items) == 1 else None,
            spans=[span for group in scored for span in whole_text(tables, group)],
        )
    groups = sides(tables)
    grades = {group: row_cells(tables, "readability_by_group", group=group, metric=FIRST) for group, _ in groups}
    compared = [group for group, _ in groups if pd.notna(grades[group]["difference"].value)]
    if compared and all(pd.isna(grades[group]["p"].value) for group in compared):
        section.say(
            "evidence withheld",
            "Evidence on readability is withheld, like that on terms.",
            spans=whole_text(tables),
        )
    elif len(groups) == 2 and compared:  # the second row mirrors the first
        harder = compared[0] if grades[compared[0]]["difference"].value >= 0 else compared[1]
        group = harder if agreeing_formulas(tables, harder) else compared[0]
        _state_difference(section, tables, group, grades[group], level)
    else:
        for group in compared:
            _state_difference(section, tables, group, grades[group], level)
    return section.claims


def agreeing_formulas(tables: Tables, group: str) -> list[str]:
    """Name the formulas by which a group differs in the direction of its Flesch–Kincaid grade, past their tests.

    A formula counts with its interval clear of zero and a permutation p of at most `largest_p`.

    Returns
    -------
    list of str
        Metrics in the order of `FAMILIES`, Flesch–Kincaid first; empty unless it and a formula with other inputs
        pass.
    """
    rows = {metric: row_cells(tables, "readability_by_group", group=group, metric=metric) for metric in FAMILIES}
    end, sign = ("difference_lower", 1) if rows[FIRST]["difference"].value > 0 else ("difference_upper", -1)
    passing = [
        metric
        for metric, cells in rows.items()
        if sign * cells[end].value > 0 and cells["p"].value <= largest_p(tables)
    ]
    families = {FAMILIES[metric] for metric in passing}
    return passing if FIRST in passing and len(families) > 1 else []


def largest_p(tables: Tables) -> float:
    """The p that a difference may have: `ALPHA`, divided by the groups where each is held against several others."""
    n_groups = tables["articles"]["group"].nunique()
    return ALPHA if n_groups == 2 else ALPHA / n_groups


def _state_difference(section: Section, tables: Tables, group: str, cells: dict[str, Cell], level: Cell) -> None:
    """One difference of grades: harder or easier, of one formula alone, or none."""
    agreeing = agreeing_formulas(tables, group)
    clear = cells["difference_lower"].value > 0 or cells["difference_upper"].value < 0
    evidence = "({level:%}\u00a0% interval {difference_lower:.1f} to {difference_upper:.1f}, p\u00a0{p:p})"
    parts: dict[str, Part] = {}
    if agreeing:
        others = [metric for metric in agreeing if FAMILIES[metric] != FAMILIES[FIRST]]
        text, parts = listed(("{metric_@}", {"metric": Word(METRIC_NAMES[metric])}) for metric in others)
        direction = "harder" if cells["difference"].value > 0 else "easier"
        template = (
            f"{{name}} reads {direction} than {{rest}}: {{difference:.1f}} grades by Flesch–Kincaid {evidence}; "
            f"{text} {'agree' if len(others) > 1 else 'agrees'}."
        )
    elif clear and cells["p"].value <= largest_p(tables):
        template = (
            f"{{name}} minus {{rest}} is {{difference:.1f}} grades by Flesch–Kincaid {evidence}; no formula with other "
            "inputs passes."
        )
    else:
        template = (
            "No difference in reading grade was found between {name} and {rest}: {difference:.1f} grades by "
            f"Flesch–Kincaid {evidence}."
        )
    robust, robust_parts, rests_on = robustness_sentence(tables, group, "readability", FIRST)
    section.say(
        "readability difference",
        f"{template} {robust}".rstrip(),
        {
            "name": dict(sides(tables))[group],
            "rest": elsewhere(group, tables),
            "level": level,
            **cells,
            **parts,
            **robust_parts,
        },
        main="difference",
        interval=("difference_lower", "difference_upper"),
        spans=[*whole_text(tables), *rests_on],
    )
