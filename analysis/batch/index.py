"""The page that lists the reports of a batch: what could not be made first, then each with its headline figures."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from analysis.batch.jobs import Job
from analysis.batch.work import Outcome
from analysis.claims.claim import format_value
from analysis.nouns import how_many
from analysis.schema import rows_of

_HEADINGS = (
    "Group", "Articles", "Words", "Grade", "Statements (not doubtful)", "Sentences with a statement",
    "Terms that pass the gate",
)  # fmt: skip
#: What stands for a figure that the report did not look for.
NOT_SOUGHT = "not looked for"
_CORPUS_HEADINGS = (
    "Group", "Articles (counted)", "Words", "Mean grade", "Difference from the others' mean grade", "Statements",
    "Terms that pass the gate",
)  # fmt: skip


class _Report(NamedTuple):
    name: str
    anchor: str
    path: str
    record: int | None
    reason: str
    link: str
    event: str
    rows: list[list[str]]
    kept: str


def write_index(
    title: str, outcomes: Sequence[tuple[Job, Outcome]], figures: pd.DataFrame, kept: Collection[str] = ()
) -> str:
    """Write the page of a batch.

    Parameters
    ----------
    title : str
        What the batch was made of.
    outcomes : sequence of (Job, Outcome)
    figures : DataFrame
        BATCH or BATCH_CORPUS.
    kept : collection of str
        Folders of reports that were not made, in which an earlier run has left one. That is not taken away, and the
        page says so, but leads nobody to it: what it was made of is not what is there now.

    Returns
    -------
    str
        HTML, without a script and with nothing to be loaded.
    """
    templates = resources.files("analysis").joinpath("templates")
    page = Environment(autoescape=True).from_string(
        templates.joinpath("batch", "index.html.j2").read_text(encoding="utf-8")
    )
    by_name = sorted(outcomes, key=lambda one: (one[0].name.casefold(), one[0].folder))
    shown = [(outcome, _report(job, outcome, figures, job.folder in kept)) for job, outcome in by_name]
    failed = [report for outcome, report in shown if outcome.status == "rejected"]
    made = [report for outcome, report in shown if outcome.status != "rejected"]
    headings = _CORPUS_HEADINGS if "n_counted" in figures else _HEADINGS
    sheets = (templates.joinpath("report", name).read_text(encoding="utf-8") for name in ("views.css", "report.css"))
    style = "".join(sheets)
    counted = f"{how_many(len(made), 'report')} made, {len(failed)} not made."
    return (
        page.render(title=title, failed=failed, made=made, headings=headings, style=Markup(style), counted=counted)
        + "\n"
    )


def _report(job: Job, outcome: Outcome, figures: pd.DataFrame, kept: bool) -> _Report:
    own = figures[figures["folder"] == job.folder]
    known = "event" in own and len(own) and isinstance(own["event"].iloc[0], str)
    event = own["event"].iloc[0] if known else ""
    link = f"{quote(job.folder)}/report.html"
    cells = _corpus_cells if "n_counted" in own else _cells
    rows = [cells(row) for row in rows_of(own)]
    return _Report(
        job.name, f"report-{job.folder}".replace(" ", "~"), job.path, job.record, outcome.reason, link, event, rows,
        job.folder if kept else "",
    )  # fmt: skip


def _cells(row: Any) -> list[str]:
    """What the page says of a row of BATCH."""
    return [
        row.name, f"{row.n_articles:,}", f"{row.n_words:,}",
        _interval(row.grade, row.grade_lower, row.grade_upper),
        NOT_SOUGHT if math.isnan(row.n_statements) else f"{row.n_statements:,.0f} ({row.n_statements_sure:,.0f})",
        NOT_SOUGHT
        if math.isnan(row.n_statements)
        else _interval(row.attributed, row.attributed_lower, row.attributed_upper, "%", "\u00a0%"),
        row.terms if isinstance(row.terms, str) else "none found",
    ]  # fmt: skip


def _corpus_cells(row: Any) -> list[str]:
    """What the page says of a row of BATCH_CORPUS."""
    return [
        row.name, f"{row.n_articles:,} ({row.n_counted:,})", f"{row.n_words:,}",
        _interval(row.grade, math.nan, math.nan),
        _interval(row.grade_difference, row.grade_difference_lower, row.grade_difference_upper),
        NOT_SOUGHT if math.isnan(row.n_statements) else f"{row.n_statements:,.0f}",
        row.terms if isinstance(row.terms, str) else "none found",
    ]  # fmt: skip


def _interval(value: float, lower: float, upper: float, spec: str = ".1f", unit: str = "") -> str:
    """Write a figure and its interval as the reports do."""
    if math.isnan(value):
        return "not applicable"
    shown = f"{format_value(value, spec)}{unit}"
    if math.isnan(lower) or math.isnan(upper):
        return shown
    return f"{shown} ({format_value(lower, spec)} to {format_value(upper, spec)})"
