"""Whom each group of a corpus gives a voice: shares of statements by source type, over all time and by month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.attribution.lexicon import SOURCE_TYPES
from analysis.evidence import ARTICLES_NEEDED, LEVEL, wilson_interval
from analysis.groups.place import Placed
from analysis.measured import Measured
from analysis.schema import rows_of
from analysis.tables import GROUP_SOURCES

#: Fewer statements than this, or articles with any than `ARTICLES_NEEDED`, are few.
FEW_STATEMENTS = 20
#: Of more months than this, years are shown.
MOST_MONTHS = 36

_STATEMENTS = (
    "FROM attributions JOIN placed USING (article_id) "
    "WHERE act = 'statement' AND modality = 'asserted' AND nested_in IS NULL"
)


def group_sources(measured: Measured, placed: Placed) -> pd.DataFrame:
    """Share out the statements of each group by the type of their source.

    Statements of one article tend to have one kind of source, so that the interval is over articles.

    Parameters
    ----------
    measured : Measured
    placed : Placed

    Returns
    -------
    DataFrame
        GROUP_SOURCES, by group in the order of GROUPS, period (all first) and source type; every type has a row.
    """
    days = placed.articles["day"]
    length = 7 if days.str[:7].nunique() <= MOST_MONTHS else 4
    frames = {"placed": placed.articles.assign(period=days.str[:length])}
    columns = ", ".join(f"count(*) FILTER ({_is(name)}) AS type_{place}" for place, name in enumerate(SOURCE_TYPES))
    counts = measured.query(
        f"SELECT side, period, number, count(*) AS total, {columns} {_STATEMENTS} GROUP BY ALL ORDER BY number", frames
    )
    rows: list[tuple[Any, ...]] = []
    for side, group in enumerate(placed.groups["group"]):
        own = counts[counts["side"] == side]
        periods = sorted(frames["placed"].loc[placed.articles["side"] == side, "period"].dropna().unique())
        for period in ["", *periods]:
            part = own if period == "" else own[own["period"] == period]
            rows += _shares(group, period, part)
    return GROUP_SOURCES.frame(rows)


def _is(source_type: str) -> str:
    """What is asked of a statement of this type, in SQL; one without a source is of the type none."""
    return f"coalesce(source_type, 'none') = '{source_type}'"


def _shares(group: str, period: str, part: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of one group in one period."""
    totals = part["total"].to_numpy(dtype=float)
    n_total = int(totals.sum())
    few = n_total < FEW_STATEMENTS or len(part) < ARTICLES_NEEDED
    rows: list[tuple[Any, ...]] = []
    for place, name in enumerate(SOURCE_TYPES):
        counts = part[f"type_{place}"].to_numpy(dtype=float)
        lower, upper = share_interval(counts, totals)
        share = counts.sum() / n_total if n_total else np.nan
        rows.append((group, period, name, int(counts.sum()), n_total, share, lower, upper, len(part), few))
    return rows


def share_interval(counts: Any, totals: Any) -> tuple[float, float]:
    """Return the 95 % interval of a share whose cases come in clusters.

    Wilson's, for as many independent cases as the clustered ones are worth: fewer, by the design effect of the ratio
    estimator, and by Student's t for the number of clusters. Where all cases, or none, are counted, the share does
    not vary, and a cluster is taken for a single case as far as clusters are equally large.

    Parameters
    ----------
    counts, totals : array, shape (clusters,)
        Cases counted, and all cases, in each cluster.

    Returns
    -------
    lower, upper : float
        Missing with fewer than two clusters.

    References
    ----------
    E. L. Korn & B. I. Graubard 1998, "Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data"; E. B. Wilson 1927.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval([1, 0] * 50, [1] * 100)]
    [0.402, 0.598]
    >>> [round(end, 3) for end in share_interval([5, 0] * 10, [5] * 20)]
    [0.284, 0.716]
    """
    from scipy.special import ndtri, stdtrit

    counts, totals = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    n = counts.size
    if n < 2:
        return np.nan, np.nan
    total = totals.sum()
    share = counts.sum() / total
    if 0 < share < 1:
        variance = n / (n - 1) * ((counts - share * totals) ** 2).sum() / total**2
        effect = variance * total / (share * (1 - share))
    else:
        effect = (totals**2).sum() / total
    effective = total / max(1.0, effect) * (ndtri((1 + LEVEL) / 2) / stdtrit(n - 1, (1 + LEVEL) / 2)) ** 2
    lower, upper = wilson_interval(share * effective, effective)
    return float(lower), float(upper)


def statements_by_group(sources: pd.DataFrame) -> dict[str, int]:
    """How many statements each group has."""
    rows = sources[sources["period"] == ""].drop_duplicates("group")
    return {row.group: row.n_total for row in rows_of(rows)}
