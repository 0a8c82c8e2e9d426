"""The charts of the report. Each is drawn, captioned and described from the same rows.

Axes are the same for all sides, colours belong to no party and keep their order in grey, and each side also has a
marker of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.association import ALPHA
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.drawing import (
    GREY,
    MARKERS,
    ROW,
    STYLE,
    Chart,
    add_legend,
    beside,
    colours,
    draw_interval,
    label_rows,
    new_figure,
    no_data,
    shortened,
)
from analysis.evidence import LEVEL
from analysis.names import GRADES, METRIC_NAMES, distinctive, group_names, in_order
from analysis.nouns import how_many
from analysis.schema import rows_of

#: Terms drawn for each side, at most.
TERMS_DRAWN = 10
_LEVEL = format_value(LEVEL, "%")


def chart_keyness(tables: Tables, k: int = TERMS_DRAWN) -> Chart:
    """Draw the terms that set each group apart: log ratio with interval, filled where the evidence gate is passed.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    k : int
        Terms for each group, at most: the same number for every side, by z, among those tested.

    Returns
    -------
    Chart
        Its rows are KEYNESS rows with `surface`, the term as it is written.
    """
    names = group_names(tables["articles"])
    drawn = distinctive(tables, k).sort_values(["p_adjusted", "z", "term"], ascending=[True, False, True])
    drawn = in_order(names, drawn)
    withheld = bool(tables["detectable"]["unit"].isna().all())
    title = "Log ratio of rates, this text : elsewhere"
    sizes = [max(1, int((drawn["group"] == group).sum())) for group in names]
    figure, panels = new_figure(title, [ROW * size + 0.5 for size in sizes])
    finite = drawn[["log_ratio", "upper"]].replace([float("inf"), -float("inf")], float("nan")).max().max()
    right = 1.1 * finite if finite > 0 else 1.0
    lowest = drawn["lower"].replace([float("inf"), -float("inf")], float("nan")).min()
    left = min(-0.5, 1.1 * lowest) if pd.notna(lowest) else -0.5
    with mpl.rc_context(STYLE):
        for panel, (group, name), colour, marker in zip(
            panels, names.items(), colours(len(names)), MARKERS * 9, strict=False
        ):
            own = drawn[drawn["group"] == group].reset_index(drop=True)
            panel.set_title(shortened(name))
            panel.set_xlim(left, right)
            if own.empty:
                no_data(panel, "No tested term has a log ratio above zero here.")
                continue
            label_rows(panel, [shortened(str(surface), 22) for surface in own["surface"]])
            panel.axvline(0, color=GREY, linewidth=0.8, zorder=1)
            for y, row in enumerate(rows_of(own)):
                draw_interval(
                    panel, y, row.log_ratio, row.lower, row.upper,
                    colour=colour, marker=marker, filled=row.p_adjusted <= ALPHA,
                )  # fmt: skip
                beside(panel, y, f"{row.n} : {row.n_elsewhere}")
        panels[-1].set_xlabel("log ratio: 0 is the same rate, each step a doubling")
    n_passed = int((drawn["p_adjusted"] <= ALPHA).sum())
    evidence = (
        "Evidence is withheld: no interval is drawn and no gate was run. "
        if withheld
        else f"Lines are {_LEVEL} % intervals; an arrow is one without that end, where one side has no use. Filled: "
        f"passes the evidence gate (adjusted p at most {ALPHA}); hollow: does not. Of {how_many(len(drawn), 'term')} "
        f"shown, {format_value(n_passed)} {format_value(n_passed, 'passes|pass')}. "
    )
    caption = (
        f"For each side the {k} tested terms with the highest z, at most, in the order of adjusted p. {evidence}"
        "At the right: uses here : uses elsewhere."
    )
    described = [
        f"{row.surface} in {names[row.group]}: {row.n} against {row.n_elsewhere} uses, log ratio "
        f"{format_value(row.log_ratio, '.1f')}{', passes' if row.p_adjusted <= ALPHA else ''}"
        for row in rows_of(drawn)
    ]
    alt = "Terms by log ratio. " + ("; ".join(described) or "No term was tested") + "."
    return Chart("keyness", title, caption, alt, drawn, figure)


def chart_readability(tables: Tables) -> Chart:
    """Draw the difference of each readability metric with its interval: grades on one axis, points on another.

    Parameters and returns are those of `chart_keyness`; rows are READABILITY_BY_GROUP rows.
    """
    names = group_names(tables["articles"])
    shown = list(names)[:1] if len(names) == 2 else list(names)
    metrics = list(METRIC_NAMES)[: list(METRIC_NAMES).index("words_per_sentence") + 1]
    rows = tables["readability_by_group"]
    rows = rows[rows["group"].isin(shown) & rows["metric"].isin(metrics) & rows["difference"].notna()]
    blocks = {"school grades": GRADES, "points, or words": tuple(metric for metric in metrics if metric not in GRADES)}
    named = [names[group] for group in shown]
    rest = [name for group, name in names.items() if group not in shown]
    right = f"higher in {shortened(named[0], 18)}" if len(shown) == 1 else "above the others"
    title = "Differences in readability"
    figure, panels = new_figure(
        title, [ROW * len(metrics_of) * max(1, len(shown) / 2) + 0.55 for metrics_of in blocks.values()]
    )
    with mpl.rc_context(STYLE):
        for panel, (unit, metrics_of) in zip(panels, blocks.items(), strict=True):
            own = rows[rows["metric"].isin(metrics_of)]
            if own.empty:
                no_data(panel, "Not scored: too few words, or not English.")
                continue
            ends = own[["difference", "difference_lower", "difference_upper"]].abs().max().max()
            panel.set_xlim(-1.1 * ends - 0.1, 1.1 * ends + 0.1)
            panel.axvline(0, color=GREY, linewidth=0.8, zorder=1)
            label_rows(panel, [METRIC_NAMES[metric] for metric in metrics_of])
            _draw_differences(panel, own, metrics_of, shown)
            panel.xaxis.set_major_locator(mpl.ticker.MaxNLocator(7, integer=True))
            panel.set_xlabel(f"{unit}; right of zero: {right}")
    if len(shown) > 1:
        add_legend(figure, named)
    what = f"{named[0]} minus {rest[0]}" if rest else "each text minus the others"
    caption = (
        f"Difference ({what}). {_readability_evidence(tables)}Right of zero is a higher value: harder, except for "
        f"{METRIC_NAMES['flesch_reading_ease']}, where higher is easier."
    )
    described = [
        f"{METRIC_NAMES[row.metric]} {names[row.group]} minus rest {format_value(row.difference, '.1f')}"
        + (
            ""
            if pd.isna(row.difference_lower)
            else f" ({format_value(row.difference_lower, '.1f')} to {format_value(row.difference_upper, '.1f')})"
        )
        for row in rows_of(rows)
    ]
    alt = f"Readability differences, {what}. " + ("; ".join(described) or "None scored") + "."
    return Chart("readability", title, caption, alt, rows.reset_index(drop=True), figure)


def _readability_evidence(tables: Tables) -> str:
    """What the lines and the filling of the marks stand for, by the unit that was drawn at random."""
    unit = tables["detectable"]["unit"].iloc[0]
    if pd.isna(unit):
        return "Evidence is withheld: no interval is drawn and no test was run. "
    return (
        f"Lines are {_LEVEL} % bootstrap intervals over {unit}s. Filled: permutation p at most {ALPHA}, for this "
        "formula alone; hollow: above. "
    )


def _draw_differences(panel: Axes, rows: pd.DataFrame, metrics: Sequence[str], groups: Sequence[str]) -> None:
    palette = colours(max(2, len(groups)))
    for place, group in enumerate(groups):
        shift = 0.0 if len(groups) == 1 else 0.5 * (place / (len(groups) - 1) - 0.5)
        for row in rows_of(rows[rows["group"] == group]):
            draw_interval(
                panel, list(metrics).index(str(row.metric)) + shift,
                float(row.difference), float(row.difference_lower), float(row.difference_upper),
                colour=palette[place], marker=MARKERS[place % len(MARKERS)], filled=bool(row.p <= ALPHA),
            )  # fmt: skip
