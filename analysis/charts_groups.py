"""The charts of a corpus: terms, reading and sources of each group, on the same axes for all."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.association import ALPHA
from analysis.attribution.lexicon import SOURCE_TYPES
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.claims.corpus.cells import named_groups
from analysis.drawing import (
    FAINT,
    GREY,
    INK,
    MARKERS,
    ROW,
    STYLE,
    Chart,
    beside,
    colours,
    draw_interval,
    label_rows,
    new_figure,
    no_data,
    shortened,
)
from analysis.evidence import LEVEL
from analysis.groups.terms import past_the_gate, shown_terms
from analysis.names import METRIC_NAMES
from analysis.schema import rows_of

#: Terms drawn for each group, at most.
TERMS_DRAWN = 8
#: The metrics whose distributions are drawn, each in a panel.
METRICS_DRAWN = ("flesch_kincaid_grade", "dale_chall_score", "words_per_sentence")
#: So many source types are followed over time: those with most statements in all groups.
FOLLOWED = 3
_LEVEL = format_value(LEVEL, "%")
#: The axis of log ratios goes at least so far to either side.
_LEAST = 0.5
#: What is drawn of several groups, and of two, which mirror each other.
_DIRECTIONS = ("; left of zero, its rate is lower", ", with a higher rate")


def chart_group_terms(tables: Tables, k: int = TERMS_DRAWN) -> Chart:
    """Draw the terms in which each group differs most: log ratio with interval, filled past the evidence gate.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    k : int
        Terms for each group, at most: the same number for every group.

    Returns
    -------
    Chart
        Its rows are GROUP_KEYNESS rows.
    """
    names = {group: name.value for group, name in named_groups(tables).items()}
    rows = shown_terms(tables["group_keyness"], k)
    passed = past_the_gate(rows).index
    title = "Log ratio of rates, this group : the others"
    sizes = [max(1, int((rows["group"] == group).sum())) for group in names]
    figure, panels = new_figure(title, [ROW * size + 0.5 for size in sizes])
    limits = _reach(rows, rows.loc[passed])
    with mpl.rc_context(STYLE):
        for panel, group, colour, place in zip(panels, names, colours(len(names)), range(len(names)), strict=True):
            own = rows[rows["group"] == group]
            panel.set_title(shortened(names[group]))
            panel.set_xlim(*limits)
            if own.empty:
                no_data(panel, "No tested term has a higher rate here.")
                continue
            label_rows(panel, [shortened(str(term), 22) for term in own["term"]])
            panel.axvline(0, color=GREY, linewidth=0.8, zorder=1)
            for y, (index, row) in enumerate(zip(own.index, rows_of(own), strict=True)):
                draw_interval(
                    panel, y, row.log_ratio, row.lower, row.upper,
                    colour=colour, marker=MARKERS[place % len(MARKERS)], filled=index in passed,
                )  # fmt: skip
                beside(panel, y, f"{row.n} : {row.n_elsewhere}")
        panels[-1].set_xlabel("log ratio: 0 is the same rate, each step a doubling")
    caption = (
        f"For each group {k} tested terms, at most: those of the summary, and then those with the largest statistic of "
        f"the gate{_DIRECTIONS[len(names) == 2]}. Lines are {_LEVEL} % intervals over articles, an arrow what goes on "
        "beyond the axis, which is as long as what passes needs it; where evidence is withheld there are none. Filled: "
        f"passes the evidence gate (adjusted p at most {ALPHA}, interval clear of zero); hollow: does not. "
        f"{len(passed)} of {len(rows)} shown pass. At the right: uses here : uses elsewhere."
    )
    told = [
        f"{row.term} in {names[row.group]}: {row.n} against {row.n_elsewhere} uses, log ratio "
        f"{format_value(row.log_ratio, '.1f')}{', passes' if index in passed else ''}"
        for index, row in zip(rows.index, rows_of(rows), strict=True)
    ]
    told += _lacking(names, rows, "no tested term has a higher rate")
    alt = f"Terms by log ratio. {'; '.join(told)}."
    return Chart("group_terms", title, caption, alt, rows.reset_index(drop=True), figure)


def _reach(rows: pd.DataFrame, passed: pd.DataFrame) -> tuple[float, float]:
    """The ends of the axis: around what passes with its intervals, else around all log ratios; around zero in any case.

    A group of few articles has intervals many times as long as those of the others, which would be dots beside them.
    Where there are lower rates too, the axis goes as far to either side.
    """
    around = passed[["log_ratio", "lower", "upper"]] if len(passed) else rows[["log_ratio"]]
    ends = around.to_numpy(dtype=float).ravel()
    ends = ends[np.isfinite(ends)].tolist()
    left, right = 1.1 * min([-_LEAST, *ends]), 1.1 * max([_LEAST, *ends])
    return (-max(-left, right), max(-left, right)) if (rows["log_ratio"] < 0).any() else (left, right)


def chart_group_readability(tables: Tables) -> Chart:
    """Draw how readability is spread over the articles of each group: middle half, median, and nine tenths.

    Parameters and returns are those of `chart_group_terms`; rows are GROUP_READABILITY rows.
    """
    names = {group: name.value for group, name in named_groups(tables).items()}
    table = tables["group_readability"]
    rows = table[table["metric"].isin(METRICS_DRAWN) & (table["n_articles"] > 0)]
    title = "Readability of the articles of each group"
    figure, panels = new_figure(title, [ROW * len(names) + 0.6] * len(METRICS_DRAWN))
    with mpl.rc_context(STYLE):
        for panel, metric in zip(panels, METRICS_DRAWN, strict=True):
            own = rows[rows["metric"] == metric]
            panel.set_title(METRIC_NAMES[metric][0].upper() + METRIC_NAMES[metric][1:])
            if own.empty:
                no_data(panel, "Not scored: too few words, or not English.")
                continue
            label_rows(panel, [shortened(name, 18) for name in names.values()])
            for row in rows_of(own):
                _draw_spread(panel, list(names).index(row.group), row)
            panel.margins(x=0.05)
            panel.autoscale(axis="x")
        panels[-1].set_xlabel("higher is harder")
    caption = (
        "Each row is one group, each article counted once. Box: the middle half of its articles, with the median; "
        "line: from the fifth to the ninety-fifth percentile; diamond: the mean. At the right: articles scored."
    )
    told = [
        f"{METRIC_NAMES[row.metric]} in {names[row.group]}: median {format_value(row.median, '.1f')}, "
        f"quartiles {format_value(row.q1, '.1f')} and {format_value(row.q3, '.1f')}, {row.n_articles} articles"
        for row in rows_of(rows)
    ]
    told += _lacking(names, rows, "no article is scored")
    alt = f"{title}. {'; '.join(told)}."
    return Chart("group_readability", title, caption, alt, rows.reset_index(drop=True), figure)


def _draw_spread(panel: Axes, y: int, row: object) -> None:
    """Draw the quantiles and the mean of one group."""
    p05, q1, median, q3, p95, mean, n = (
        getattr(row, name) for name in ("p05", "q1", "median", "q3", "p95", "mean", "n_articles")
    )
    dark = colours(2)[0]
    panel.plot([p05, p95], [y, y], color=dark, linewidth=1.2, zorder=2)
    panel.barh(y, q3 - q1, left=q1, height=0.5, facecolor=FAINT, edgecolor=dark, linewidth=1.0, zorder=3)
    panel.plot([median, median], [y - 0.25, y + 0.25], color=INK, linewidth=2, zorder=4)
    panel.plot([mean], [y], marker="D", markersize=3.5, color=dark, linestyle="none", zorder=5)
    beside(panel, y, f"{n}")


def chart_group_sources(tables: Tables) -> Chart:
    """Draw the share of the statements of each group by source type, with its interval over articles.

    Parameters and returns are those of `chart_group_terms`; rows are GROUP_SOURCES rows of all periods together.
    """
    names = {group: name.value for group, name in named_groups(tables).items()}
    table = tables["group_sources"]
    rows = table[table["period"] == ""]
    title = f"Share of statements by source type, {_LEVEL} % intervals"
    found = [name for name in SOURCE_TYPES if rows.loc[rows["source_type"] == name, "n_statements"].any()]
    figure, panels = new_figure(title, [ROW * len(names) + 0.45] * max(1, len(found)))
    with mpl.rc_context(STYLE):
        if not found:
            no_data(panels[0], "No statement was found.")
        for panel, source_type in zip(panels, found, strict=False):
            panel.set_title(source_type if source_type != "none" else "none: a pronoun, or nobody named")
            panel.set_xlim(-2, 102)
            label_rows(panel, [shortened(name, 18) for name in names.values()])
            for row in rows_of(rows[rows["source_type"] == source_type]):
                y = list(names).index(row.group)
                if not row.n_total:
                    beside(panel, y, "no statement")
                    continue
                draw_interval(
                    panel, y, 100 * row.share, 100 * row.lower, 100 * row.upper,
                    colour=colours(2)[0], marker="o", filled=not row.few,
                )  # fmt: skip
                beside(panel, y, f"{row.n_statements} of {row.n_total}")
        panels[-1].set_xlabel("share of its statements, per cent" if found else "")
    caption = (
        f"Share of the statements of each group, with a {_LEVEL} % interval over articles. Hollow: few statements or "
        "articles. At the right: statements of that type, of all. Source types that no group has are left out."
    )
    told = [
        f"{row.source_type} in {names[row.group]}: {row.n_statements} of {row.n_total}"
        for row in rows_of(rows[rows["source_type"].isin(found) & (rows["n_total"] > 0)])
    ]
    told += _lacking(names, rows[rows["n_total"] > 0], "no statement was found")
    alt = f"Statements by source type. {'; '.join(told)}."
    return Chart("group_sources", title, caption, alt, rows.reset_index(drop=True), figure)


def chart_group_months(tables: Tables, k: int = FOLLOWED) -> Chart:
    """Draw how the share of the commonest source types goes over time: a panel for each group, all on the same axes.

    Parameters and returns are those of `chart_group_terms`; rows are GROUP_SOURCES rows of single periods.
    """
    names = {group: name.value for group, name in named_groups(tables).items()}
    table = tables["group_sources"]
    sums = table[table["period"] == ""].groupby("source_type")["n_statements"].sum()
    followed = sorted(SOURCE_TYPES, key=lambda name: -int(sums.get(name, 0)))[:k]
    rows = table[(table["period"] != "") & table["source_type"].isin(followed)]
    periods = sorted(rows["period"].unique())
    title = "Share of statements by source type over time"
    figure, panels = new_figure(title, [1.15] * len(names))
    with mpl.rc_context(STYLE):
        for panel, group in zip(panels, names, strict=True):
            own = rows[(rows["group"] == group) & (rows["n_total"] > 0)]
            panel.set_title(shortened(names[group]))
            if own.empty:
                no_data(panel, "No statement with a stated date.")
                continue
            panel.set_xlim(-0.5, len(periods) - 0.5)
            panel.set_ylim(-4, 104)
            for colour, marker, source_type in zip(colours(len(followed)), MARKERS, followed, strict=False):
                _draw_line(panel, own[own["source_type"] == source_type], periods, colour, marker)
            step = -(-len(periods) // 6)
            panel.set_xticks(range(0, len(periods), step), periods[::step])
        handles = [
            mpl.lines.Line2D([], [], color=colour, marker=marker, label=name if name != "none" else "nobody named")
            for colour, marker, name in zip(colours(len(followed)), MARKERS, followed, strict=False)
        ]
        figure.legend(handles=handles, loc="outside lower left", ncols=2, frameon=False)
    caption = (
        "Per cent of the statements of each month that are given to a source of that type; articles without a date are "
        f"left out. Hollow: few statements or articles in that month. The tables hold the {_LEVEL} % intervals."
    )
    told = [
        f"{row.source_type} in {names[row.group]} in {row.period}: {row.n_statements} of {row.n_total}"
        for row in rows_of(rows[rows["n_total"] > 0].head(100))
    ]
    told += _lacking(names, rows[rows["n_total"] > 0], "no statement has a stated date")
    alt = f"{title}. {'; '.join(told)}."
    return Chart("group_months", title, caption, alt, rows.reset_index(drop=True), figure)


def _lacking(names: Mapping[str, str], rows: pd.DataFrame, said: str) -> list[str]:
    """What is said of each group that has none of the rows."""
    return [f"in {name} {said}" for group, name in names.items() if group not in set(rows["group"])]


def _draw_line(panel: Axes, rows: pd.DataFrame, periods: list[str], colour: str, marker: str) -> None:
    """Draw one source type of one group; what rests on few statements is hollow."""
    places = [periods.index(period) for period in rows["period"]]
    panel.plot(places, 100 * rows["share"], color=colour, linewidth=1, zorder=2)
    for place, share, few in zip(places, rows["share"], rows["few"], strict=True):
        panel.plot([place], [100 * share], marker=marker, markersize=5, color=colour, linestyle="none", zorder=3,
                   markerfacecolor="white" if few else colour)  # fmt: skip
