"""The panel beside the chart of terms: what random halves of one text differ by, and on the same axis the real G2."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.association import ALPHA
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.drawing import (
    GREY,
    INK,
    MARKERS,
    STYLE,
    Chart,
    add_bar,
    add_line,
    beside,
    colours,
    name_rows,
    new_figure,
    no_data,
    shortened,
    underline,
)
from analysis.evidence import CHI_SQUARE, LEVEL
from analysis.names import group_names
from analysis.nouns import how_many
from analysis.schema import rows_of

#: Terms past the gate that are named in one row of the figure, at most; the alt text names all.
TERMS_NAMED = 4
# Intervals of the axis in which halves, or terms, are stacked.
_BINS = 48
# The part of a row's height that its stacks may take.
_TALLEST = 0.8
# A character of a label as a part of the width of a panel, of the narrowest one: names of groups may be long.
_CHARACTER = 0.025
_LEVEL = format_value(LEVEL, "%")


def chart_placebo(tables: Tables) -> Chart:
    """Draw the largest G2 of random halves of each group, and below, on the same axis, the G2 of each tested term.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Returns
    -------
    Chart
        Its rows: `kind` (halves, or between for the terms), group, half, term, surface, higher (1 where the rate is
        higher in the group, −1 elsewhere), g2 (without its sign), p_adjusted. Two groups are compared once.
    """
    names = group_names(tables["articles"])
    by_group = tables["placebo_by_group"].set_index("group").loc[list(names)]
    rows = _drawn(tables, list(names)[:1] if len(names) == 2 else list(names))
    title = "How large is a difference by chance?"
    if by_group["unit"].isna().all() or rows.empty:
        reason = (
            "Evidence is withheld: no text is divided into random halves."
            if by_group["unit"].isna().all()
            else "No term is used often enough to be tested."
        )
        figure, (panel,) = new_figure(title, [0.6])
        no_data(panel, reason)
        return Chart("placebo", title, reason, reason, rows.iloc[:0], figure)
    critical = float(tables["detectable"]["critical_g2"].max())
    n_compared = 1 if len(names) == 2 else len(names)
    heights = [0.4 * len(names) + 0.5, (1.1 if n_compared == 1 else 0.6 * n_compared) + 0.7]
    figure, panels = new_figure(title, heights)
    right = 1.06 * float(np.nanmax([rows["g2"].max(), critical]))
    with mpl.rc_context(STYLE):
        for panel in panels:
            panel.set_xlim(0, right)
            if np.isfinite(critical):
                panel.axvline(critical, color=INK, linewidth=1, linestyle=(0, (4, 2)), zorder=1)
        panels[0].set_title("Random halves of one text: largest G2")
        panels[0].tick_params(labelbottom=False)
        _draw_halves(panels[0], rows[rows["kind"] == "halves"], by_group, names)
        pair = len(names) == 2
        panels[1].set_title(f"{'Between the texts' if pair else 'Against the others'}: each tested term")
        panels[1].set_xlabel("G2: 0 is the same rate, larger is further apart")
        if np.isfinite(critical):
            _name_gate(panels[1], critical)
        _draw_terms(panels[1], rows[rows["kind"] == "between"], names)
    return Chart(
        "placebo", title, _caption(rows, by_group, names, critical), _alt(rows, by_group, names, critical), rows, figure
    )


def _drawn(tables: Tables, compared: list[str]) -> pd.DataFrame:
    """One row for each mark: the divisions of each group, then the tested terms of each comparison."""
    terms = tables["keyness"]
    terms = terms[terms["tested"] & terms["group"].isin(compared)]
    # One mark stands for both sides: the form that any of them writes most often, whichever comes first.
    forms = tables["surface_forms"].sort_values(["n", "surface"], ascending=[False, True])
    terms = terms.assign(
        kind="between",
        surface=terms["term"].map(forms.drop_duplicates("term").set_index("term")["surface"]),
        higher=np.sign(terms["g2"]),
        g2=terms["g2"].abs(),
    )
    columns = ["kind", "group", "half", "term", "surface", "higher", "g2", "p_adjusted"]
    halves = tables["placebo"].assign(kind="halves")
    return pd.concat([halves.reindex(columns=columns), terms.reindex(columns=columns)], ignore_index=True)


def _label_rows(panel: Axes, labels: list[str]) -> None:
    """Label rows from the top down, each standing on a line of its own."""
    name_rows(panel, labels, 0.3)
    panel.set_ylim(len(labels) - 0.5, -0.62)
    underline(panel, [place + 0.42 for place in range(len(labels))], 0.8)


def _bins(panel: Axes) -> np.ndarray:
    return np.linspace(*panel.get_xlim(), _BINS + 1)


def _name_gate(panel: Axes, critical: float) -> None:
    """Write the value of the gate beside its line, on the side that has room."""
    left, right = panel.get_xlim()
    beyond = critical < left + 0.6 * (right - left)
    panel.annotate(
        f"evidence gate: {format_value(critical, '.1f')}", (critical, 1), xycoords=("data", "axes fraction"),
        xytext=(4 if beyond else -4, -2), textcoords="offset points", ha="left" if beyond else "right", va="top",
        fontsize=8.5,
    )  # fmt: skip


def _draw_halves(panel: Axes, rows: pd.DataFrame, by_group: pd.DataFrame, names: Mapping[str, str]) -> None:
    """A row for each group: how many of its divisions have which largest G2, with the median and the upper value."""
    bins = _bins(panel)
    shares = {group: np.histogram(rows.loc[rows["group"] == group, "g2"], bins)[0] for group in names}
    tallest = max(1, *(int(counts.max()) for counts in shares.values()))
    _label_rows(panel, [shortened(name, 18) for name in names.values()])
    panel.set_ylim(top=-0.8)
    explained = False
    for place, (group, colour) in enumerate(zip(names, colours(len(names)), strict=True)):
        base, half_way = place + 0.42, place + 0.42 - 0.5 * _TALLEST
        median, upper = float(by_group["g2"][group]), float(by_group["upper"][group])
        if not by_group["n_halves"][group]:
            panel.text(
                bins[0], base - 0.1, " too short, or no term tested", color=GREY, fontsize=8.5, va="bottom",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip
            continue
        for n, left, end in zip(shares[group], bins[:-1], bins[1:], strict=True):
            if n:
                tall = -_TALLEST * n / tallest
                add_bar(panel, left, base, end - left, tall, color=colour, alpha=0.55, linewidth=0)
        add_line(panel, [median, median], [base, base - _TALLEST], color=colour, linewidth=2)
        add_line(panel, [upper, upper], [base, half_way], color=colour, linewidth=2)
        beside(panel, place + 0.2, f"{format_value(median, '.1f')} · {format_value(upper, '.1f')}")
        if not explained:
            explained = True
            panel.text(median, base - _TALLEST, "median", ha="center", va="bottom", fontsize=8.5)
            panel.text(upper, half_way, f"{_LEVEL} %", ha="center", va="bottom", fontsize=8.5)


def _draw_terms(panel: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    """A row for each comparison: its tested terms stacked by their G2, filled and named where they pass the gate."""
    bins = _bins(panel)
    compared = list(dict.fromkeys(rows["group"]))
    labels = [shortened(name, 18) for name in names.values()]
    _label_rows(panel, ["all terms"] if len(names) == 2 else labels)
    palette = dict(zip(names, zip(colours(len(names)), MARKERS * 9, strict=False), strict=False))
    other = list(names)[1]
    stacked = np.digitize(rows["g2"], bins) - 1
    tallest = max(rows.groupby(["group", stacked]).size().max(), 1)
    step = min(0.1 if len(names) == 2 else 0.2, _TALLEST / tallest)
    for place, group in enumerate(compared):
        base = place + 0.42
        own = rows[rows["group"] == group].assign(bin=stacked[rows["group"] == group])
        own = own.sort_values(["g2", "term"], ascending=[False, True])
        own = own.assign(y=base - step * (own.groupby("bin").cumcount() + 0.6))
        passed = own["p_adjusted"] <= ALPHA
        panel.scatter(own["g2"][~passed], own["y"][~passed], s=13, facecolor="white", edgecolor=GREY, linewidth=0.8)
        for row in rows_of(own[passed]):
            colour, marker = palette[other if len(names) == 2 and row.higher < 0 else group]
            add_line(panel, [row.g2], [row.y], marker=marker, color=colour, markersize=5, linestyle="none", zorder=3)
        _name_terms(panel, own[passed].head(TERMS_NAMED))
        beside(panel, place + 0.2, f"{int(passed.sum())} of {len(own)} pass")


def _name_terms(panel: Axes, rows: pd.DataFrame) -> None:
    """Name terms above their marks, the largest G2 first, each name clear of those before it."""
    left, right = panel.get_xlim()
    ends: list[float] = []
    for row in rows_of(rows):
        label = shortened(str(row.surface), 18)
        half = _CHARACTER * len(label) * (right - left) / 2
        centre = min(max(row.g2, left + half), right - half)
        lane = next((place for place, end in enumerate(ends) if centre + half < end), len(ends))
        ends[lane : lane + 1] = [centre - half]
        panel.annotate(
            label, (centre, row.y), xytext=(0, 5 + 11 * lane), textcoords="offset points", ha="center", va="bottom",
            fontsize=8.5, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, zorder=2,
        )  # fmt: skip


def _caption(rows: pd.DataFrame, by_group: pd.DataFrame, names: Mapping[str, str], critical: float) -> str:
    divided = by_group[by_group["n_halves"] > 0]
    between = rows[rows["kind"] == "between"]
    passed = f"{int((between['p_adjusted'] <= ALPHA).sum())} of {len(between)}"
    if len(names) > 2:
        passed += f" comparisons of {how_many(between['term'].nunique(), 'term')} in {len(names)} texts"
    unit = by_group["unit"].iloc[0]
    halves = (
        f"Above: each text by itself, its {unit}s dealt out to two halves {divided['n_halves'].max()} times. A row "
        "shows the largest G2 of each division, found where nothing but chance sets the halves apart; tall line: "
        f"median; short line: {_LEVEL} % are below; both stand at the right. In the median division, terms above the "
        f"chi-square value {format_value(CHI_SQUARE, '.2f')}: "
        + ", ".join(f"{names[str(group)]} {format_value(n, '.0f')}" for group, n in divided["n_large"].items())
        + ". "
        if len(divided)
        else "No text could be divided: each is too short, or has no tested term. "
    )
    gate = f"at G2 {format_value(critical, '.1f')} (dashed) " if np.isfinite(critical) else ""
    return (
        f"{halves}Below: the tested terms between the texts. Filled and named: past the evidence gate {gate}"
        f"({passed}; at the right); hollow: not. Halves are shorter and have fewer tested terms than "
        "whole texts: the gate decides, which deals out both texts together."
    )


def _alt(rows: pd.DataFrame, by_group: pd.DataFrame, names: Mapping[str, str], critical: float) -> str:
    halves = [
        f"{names[str(group)]}: median {format_value(float(row['g2']), '.1f')}, {_LEVEL} % at most "
        f"{format_value(float(row['upper']), '.1f')}"
        if row["n_halves"]
        else f"{names[str(group)]}: none, too short or no term tested"
        for group, row in by_group.iterrows()
    ]
    between = rows[rows["kind"] == "between"].sort_values(["g2", "term"], ascending=[False, True])
    passed = between[between["p_adjusted"] <= ALPHA]
    named = [
        f"{row.surface}{'' if len(names) == 2 else f' in {names[row.group]}'} {format_value(row.g2, '.1f')}"
        for row in rows_of(passed)
    ]
    largest = "" if between.empty else f", the largest G2 is {format_value(float(between['g2'].max()), '.1f')}"
    gate = f"; the evidence gate is at {format_value(critical, '.1f')}" if np.isfinite(critical) else ""
    return (
        f"Largest G2 of random halves. {'; '.join(halves)}. Of {how_many(between['term'].nunique(), 'tested term')} "
        f"between the texts{largest}{gate}. Past the gate: {', '.join(named) or 'none'}."
    )
