"""Claims about readability: how hard each group reads, and whether a difference holds by two kinds of formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.cells import Tables, elsewhere, listed, parameter, row_cells, sides, whole_text
from analysis.claims.claim import Cell, Claim, Name, Part, Section, Word
from analysis.claims.robustness import robustness_sentence
from analysis.evidence import LEVEL
from analysis.names import METRIC_NAMES
from analysis.readability import STATED, is_difference, largest_p, n_compared

#: All formulas, the stated one first, by what they judge a word by: agreement counts only between different families.
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
    explained = False
    names = dict(sides(tables))
    grades = {group: row_cells(tables, "readability_by_group", group=group, metric=STATED) for group in names}
    for group, name in names.items():
        grade = grades[group]
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
            interval = f" ({interval})" if explained else f" ({{level:%}}\u00a0% interval {interval})"
            explained = True
        items.append((f"{{value_@:.1f}} in {{name_@}}{interval}", {"name": name, **grade}))
        scored.append(group)
    if items:
        text, parts = listed(items)
        section.say(
            "readability",
            f"{{metric}}: {text}.",
            {"metric": Word(METRIC_NAMES[STATED]), "level": level, **parts},
            main="value_0" if len(items) == 1 else None,
            spans=[span for group in scored for span in whole_text(tables, group)],
        )
    compared = [group for group in names if pd.notna(grades[group]["difference"].value)]
    if compared and all(pd.isna(grades[group]["p"].value) for group in compared):
        section.say(
            "evidence withheld",
            "Evidence on readability is withheld, like that on terms.",
            spans=whole_text(tables),
        )
        return section.claims
    tested = [group for group in compared if pd.notna(grades[group]["difference_lower"].value)]
    if tested and len(compared) == 2:  # the second row mirrors the first
        first, second = compared
        harder = first if grades[first]["difference"].value >= 0 else second
        tested = [harder if agreeing_formulas(tables, harder) else first]
    for group in tested:
        _state_difference(section, tables, group, compared, level)
    if single := [group for group in compared if pd.isna(grades[group]["lower"].value)]:
        _state_single(section, tables, {group: names[group] for group in single})
    return section.claims


def agreeing_formulas(tables: Tables, group: str) -> list[str]:
    """Name the formulas by which a group differs in the direction of its Flesch–Kincaid grade, past their tests.

    Returns
    -------
    list of str
        Metrics in the order of `FAMILIES`, Flesch–Kincaid first; empty unless it and a formula with other inputs
        pass.
    """
    rows = _formulas(tables, group)
    same = np.sign(rows["difference"]) == np.sign(rows["difference"].to_numpy()[0])
    passing = rows.index[same & is_difference(rows, n_compared(tables["readability_by_group"]))].tolist()
    families = {FAMILIES[metric] for metric in passing}
    return passing if STATED in passing and len(families) > 1 else []


def _formulas(tables: Tables, group: str) -> pd.DataFrame:
    """The rows of READABILITY_BY_GROUP of a group, by metric in the order of `FAMILIES`."""
    table = tables["readability_by_group"]
    return table[table["group"] == group].set_index("metric").loc[list(FAMILIES)]


def difference_template(
    cells: Mapping[str, Cell], agreeing: Sequence[str], evidence: str
) -> tuple[str, dict[str, Part]]:
    """Return the template of a difference of grades that passes, and the parts of the formulas that agree.

    Parameters
    ----------
    cells : mapping of str to Cell
        Those of the difference.
    agreeing : sequence of str
        The metrics that agree, if one with other inputs does; without any, no side is called harder.
    evidence : str
        The template of its interval and p.
    """
    if not agreeing:
        return (
            f"{{name}} minus {{rest}} is {{difference:.1f}} grades {evidence}; no formula with other inputs agrees.",
            {},
        )
    others = [metric for metric in agreeing if FAMILIES[metric] != FAMILIES[STATED]]
    text, parts = listed(("{metric_@}", {"metric": Word(METRIC_NAMES[metric])}) for metric in others)
    direction = "harder" if cells["difference"].value > 0 else "easier"
    template = (
        f"{{name}} reads {direction} than {{rest}}: {{difference:.1f}} grades by Flesch–Kincaid {evidence}; "
        f"{text} {'agree' if len(others) > 1 else 'agrees'}."
    )
    return template, parts


def _state_difference(section: Section, tables: Tables, group: str, compared: list[str], level: Cell) -> None:
    """One difference of grades: harder or easier, of one formula alone, or none."""
    cells = row_cells(tables, "readability_by_group", group=group, metric=STATED)
    agreeing = agreeing_formulas(tables, group)
    n_groups = n_compared(tables["readability_by_group"])
    evidence = "({level:%}\u00a0% interval {difference_lower:.1f} to {difference_upper:.1f}, p\u00a0{p:p})"
    template, parts = difference_template(cells, agreeing, evidence)
    if not agreeing and not is_difference(_formulas(tables, group), n_groups)[STATED]:
        template = (
            "No difference in reading grade was found between {name} and {rest}: {difference:.1f} grades by "
            f"Flesch–Kincaid {evidence}"
        )
        clear = cells["difference_lower"].value > 0 or cells["difference_upper"].value < 0
        if n_groups > 2 and clear:
            template = template.removesuffix(")") + ", which needs to be at most {largest:p})"
            parts = {"largest": parameter("largest p of a difference in reading grade", largest_p(n_groups))}
        template += "."
    robust, robust_parts, rests_on = robustness_sentence(tables, group, "readability", STATED)
    section.say(
        "readability difference",
        f"{template} {robust}".rstrip(),
        {
            "name": dict(sides(tables))[group],
            "rest": elsewhere(group, tables, compared),
            "level": level,
            **cells,
            **parts,
            **robust_parts,
        },
        main="difference",
        interval=("difference_lower", "difference_upper"),
        spans=[*(span for one in compared for span in whole_text(tables, one)), *rests_on],
    )


def _state_single(section: Section, tables: Tables, names: Mapping[str, Name]) -> None:
    """Which texts are one unit of evidence, so that no difference from them has an interval."""
    text, parts = listed(("{name_@}", {"name": name}) for name in names.values())
    are = "is" if len(names) == 1 else "are each"
    unit = Word(str(tables["detectable"]["unit"].iloc[0]))
    section.say(
        "readability difference",
        f"No difference in reading grade was tested: {text} {are} a single {{unit}}.",
        {**parts, "unit": unit},
        spans=[span for group in names for span in whole_text(tables, group)],
    )
