"""The chart of events across the groups of a corpus: what was found, when first, and where nothing was."""

from __future__ import annotations

from datetime import date
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.claims.cells import Tables
from analysis.claims.corpus.cells import named_groups
from analysis.drawing import GREY, STYLE, Chart, colours, label_rows, new_figure, no_data, shortened
from analysis.nouns import how_many
from analysis.schema import rows_of

#: Events drawn, at most: those in the most groups.
EVENTS_DRAWN = 12
#: The height of an event, in inches, and how many of its terms name it.
_ROW, _TERMS = 0.42, 2
#: As many characters of a group's name stand over its column, at so many degrees that no name lies on the next one.
_NAME, _SLOPE = 18, 60


def chart_events(tables: Tables, k: int = EVENTS_DRAWN) -> Chart:
    """Draw the events against the groups: a dot with its articles, and on which day the first of them appeared.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    k : int
        Events drawn, at most.

    Returns
    -------
    Chart
        Its rows are EVENT_COVERAGE rows, with `days_after`: of its first article after the first of all groups.
    """
    names = {group: name.value for group, name in named_groups(tables).items()}
    events = tables["events"].head(k)
    rows = tables["event_coverage"]
    rows = rows[rows["event"].isin(events["event"])].merge(
        events[["event", "first_day"]].rename(columns={"first_day": "event_day"}), on="event"
    )
    rows["days_after"] = [_days_after(row.first_day, row.event_day) for row in rows_of(rows)]
    title = "Events, and the groups with articles on them"
    figure, (panel,) = new_figure(title, [_ROW * max(2, len(events)) + 0.9])
    with mpl.rc_context(STYLE):
        if events.empty:
            no_data(panel, "No event was found that two articles tell of.")
        else:
            terms = [str(row.terms).split(", ") if isinstance(row.terms, str) else [] for row in rows_of(events)]
            label_rows(panel, [shortened(", ".join(own[:_TERMS]), 26) for own in terms])
            panel.set_xlim(-0.6, len(names) - 0.4)
            panel.xaxis.tick_top()
            panel.set_xticks(
                range(len(names)), [shortened(name, _NAME) for name in names.values()], rotation=_SLOPE, ha="left"
            )
            panel.tick_params(axis="x", length=0)
            panel.spines["bottom"].set_visible(False)
            _draw_dots(panel, rows, list(events["event"]), list(names))
    caption = (
        f"The {len(events)} events found in the most groups, named by their weightiest terms. In the dot: articles; "
        "under it: days from the first article of any group to the first of this one, where days are stated. A ring: "
        "not found among the group's articles of those days. Nothing: the group has no article of those days."
    )
    described = "; ".join(_described(row, rows[rows["event"] == row.event], names) for row in rows_of(events))
    alt = f"Events by group. {described or 'None found'}."
    return Chart("events", title, caption, alt, rows.reset_index(drop=True), figure)


def _draw_dots(panel: Axes, rows: pd.DataFrame, events: list[int], groups: list[str]) -> None:
    dark = colours(2)[0]
    for row in rows_of(rows):
        x, y = groups.index(row.group), events.index(row.event)
        found = row.n_articles > 0
        panel.plot(
            [x], [y], marker="o", markersize=11 if found else 5, color=dark if found else GREY, zorder=3,
            linestyle="none", markerfacecolor=dark if found else "white",
        )  # fmt: skip
        if found:
            panel.text(x, y, str(row.n_articles), color="white", fontsize=7.5, ha="center", va="center", zorder=4)
            if pd.notna(row.days_after):
                panel.text(
                    x, y + 0.25, f"+{row.days_after:.0f}", color=GREY, fontsize=7, ha="center", va="top", zorder=4
                )


def _days_after(first: object, event: object) -> float:
    if not isinstance(first, str) or not isinstance(event, str):
        return float("nan")
    return float((date.fromisoformat(first) - date.fromisoformat(event)).days)


def _described(event: Any, rows: pd.DataFrame, names: dict[str, str]) -> str:
    """One event in words: what each group has, or that nothing was found among so many articles."""
    told = [
        f"{names[row.group]} {row.n_articles}" + ("" if pd.isna(row.days_after) else f" from day {row.days_after:.0f}")
        if row.n_articles
        else f"{names[row.group]} not found ({how_many(row.n_searched, 'article')} searched)"
        for row in rows_of(rows)
    ]
    return f"{event.terms}: {', '.join(told)}"
