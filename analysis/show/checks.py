"""How far each finding holds: the tables of the report on its robustness."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.analyses import CHOICES
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.claims.robustness import opening_of
from analysis.names import METRIC_NAMES, article_names, group_names, with_surface
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, joined, remark, show_table

#: How the choices of an analysis are headed, and their values called.
_HEADINGS = {"words": "Words", "stop_words": "Stop words", "unit": "Unit", "clean": "Boilerplate", "voices": "Voices"}
_VALUES = {
    "words": ("as written", "lemmas"),
    "stop_words": ("left out", "tested"),
    "unit": ("sentence", "paragraph"),
    "clean": ("set aside", "kept"),
    "voices": ("all", "author"),
}


def show_robustness(tables: Tables) -> Shown:
    """Show each analysis with its choices and, for each finding, whether it holds there; then what it rests on.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With `analyses`, `findings_by_analysis` and `robustness`.
    """
    analyses = tables["analyses"]
    if analyses.empty:
        return remark("Evidence is withheld: there is no finding to check.")
    names = _finding_names(tables)
    rows = analyses[["n_passed"]].assign(number=range(1, len(analyses) + 1))
    columns = {"number": "Analysis"}
    for choice, heading in _HEADINGS.items():
        rows[choice] = analyses[choice].map(dict(zip(CHOICES[choice], _VALUES[choice], strict=True)))
        columns[choice] = heading
    columns["n_passed"] = "Terms that pass"
    checked = tables["findings_by_analysis"]
    for place, (key, name) in enumerate(names.items()):
        own = checked[(checked[["group", "statistic", "term"]] == list(key)).all(axis=1)]
        results = {row.analysis: _result(row, analyses["analysis"].tolist()) for row in rows_of(own)}
        rows[f"finding {place}"] = analyses["analysis"].map(results)
        columns[f"finding {place}"] = name
    if not names:
        return show_table(rows, columns, "The analyses fixed beforehand; this run has no finding to check in them")
    caption = (
        "Whether each finding holds in each analysis, and its p; the same as another: what differs does not bear on it"
    )
    return joined([show_table(rows, columns, caption), _show_influence(tables, list(names.values()))])


def _finding_names(tables: Tables) -> dict[tuple[str, str, str], str]:
    """How each finding is headed: the term as its group writes it, or the metric, and the group."""
    groups = group_names(tables["articles"])
    rows = with_surface(tables["robustness"], tables)
    surface = rows["surface"].fillna(rows["term"].map(METRIC_NAMES)).fillna(rows["term"])
    return {
        (row.group, row.statistic, row.term): f"{name}, {groups[row.group]}"
        for row, name in zip(rows_of(rows), surface, strict=True)
    }


def _result(row: Any, analyses: list[str]) -> str:
    """Write what an analysis says of a finding, or why it does not count."""
    if not row.counted:
        return "cannot be tested" if pd.isna(row.same_as) else f"same as {1 + analyses.index(row.same_as)}"
    return "no, too rare" if math.isnan(row.p) else f"{'yes' if row.holds else 'no'}, {format_value(row.p, 'p')}"


def _show_influence(tables: Tables, findings: list[str]) -> Shown:
    """For each finding, in how many analyses it holds, and what its p is without the paragraph that matters most."""
    names, anchors = article_names(tables["articles"]), Anchors(tables)
    rows, links = [], []
    for finding, row in zip(findings, rows_of(tables["robustness"]), strict=True):
        article, opening, anchor = "–", "–", None
        if row.n_tried:
            article = names[row.article_id].value
        if not pd.isna(row.start):
            span = (row.article_id, int(row.start), int(row.end))
            opening = f"{opening_of(tables['articles'], *span).value} …"
            anchor = anchors.first(*span)
        holds, lost = f"{row.n_holds} of {row.n_analyses}", f"{row.n_lost} of {row.n_tried}"
        rows.append((finding, holds, lost, article, opening, _without(row)))
        links.append(anchor)
    columns = {
        "finding": "Finding", "holds": "Holds in", "lost": "Lost without", "article": "Article",
        "paragraph": "Paragraph that matters most", "p": "p without it",
    }  # fmt: skip
    caption = "What each finding rests on: each paragraph, or in large groups each article, is left out in turn"
    return show_table(pd.DataFrame(rows, columns=list(columns)), columns, caption, links={"paragraph": links})


def _without(row: Any) -> str:
    """Write the p that is left, or that there is too little to test."""
    if pd.isna(row.p_without):
        return "not tested" if row.n_tried else "–"
    return format_value(float(row.p_without), "p")
