"""How hard each group of a corpus is to read: distributions over articles, and differences of their means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.draws import Array
from analysis.evidence import ARTICLES_NEEDED, LEVEL
from analysis.groups.place import Placed
from analysis.measured import Measured
from analysis.readability import COMPARED
from analysis.tables import GROUP_READABILITY

_QUANTILES = {"p05": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "p95": 0.95}


def group_readability(measured: Measured, placed: Placed) -> pd.DataFrame:
    """Describe each metric in each group, and compare its mean with that of all other groups together.

    Each article counts once, however long it is. Articles that are not scored, because they are short or not English,
    are left out.

    Parameters
    ----------
    measured : Measured
    placed : Placed

    Returns
    -------
    DataFrame
        GROUP_READABILITY, by group in the order of GROUPS and then by metric.
    """
    columns = ", ".join(COMPARED)
    scores = measured.query(
        f"SELECT side, {columns} FROM readability JOIN placed USING (article_id) ORDER BY number",
        {"placed": placed.articles},
    )
    sides = scores["side"].to_numpy()
    rows: list[dict[str, Any]] = []
    for side, group in enumerate(placed.groups["group"]):
        for metric in COMPARED:
            values = scores[metric].to_numpy(dtype=float)
            scored = ~np.isnan(values)
            own, rest = values[scored & (sides == side)], values[scored & (sides != side)]
            rows.append({"group": group, "metric": metric, **_describe(own), **_compare(own, rest)})
    table = pd.DataFrame(rows).assign(p_adjusted=holm([row["p"] for row in rows]))
    return GROUP_READABILITY.frame({name: table[name] for name in GROUP_READABILITY.names})


def count_foreign(measured: Measured, placed: Placed) -> list[int]:
    """How many of the articles counted in each group are not English."""
    found = measured.query(
        "SELECT side, count(DISTINCT article_id) AS n FROM notes JOIN placed USING (article_id) "
        "WHERE subject = 'language' GROUP BY side",
        {"placed": placed.articles},
    )
    counts = dict(zip(found["side"].tolist(), found["n"].tolist(), strict=True))
    return [counts.get(side, 0) for side in range(len(placed.groups))]


def _describe(own: Array) -> dict[str, float]:
    """Mean, spread and quantiles of some values."""
    nothing = dict.fromkeys(("mean", "sd", *_QUANTILES), np.nan)
    if not own.size:
        return {"n_articles": 0, **nothing}
    sd = float(own.std(ddof=1)) if own.size > 1 else np.nan
    quantiles = dict(zip(_QUANTILES, np.quantile(own, list(_QUANTILES.values())).tolist(), strict=True))
    return {"n_articles": own.size, "mean": float(own.mean()), "sd": sd, **quantiles}


def _compare(own: Array, rest: Array) -> dict[str, float]:
    """The difference of two means, with Welch's interval and p where both sides have enough articles."""
    elsewhere = float(rest.mean()) if rest.size else np.nan
    difference = float(own.mean()) - elsewhere if own.size else np.nan
    lower, upper, p = welch(own, rest) if min(own.size, rest.size) >= ARTICLES_NEEDED else (np.nan,) * 3
    return {
        "n_articles_elsewhere": rest.size, "mean_elsewhere": elsewhere, "difference": difference,
        "lower": lower, "upper": upper, "p": p,
    }  # fmt: skip


def welch(own: Array, rest: Array) -> tuple[float, float, float]:
    """Return the 95 % interval and the two-sided p of a difference of means, whose variances may differ.

    References
    ----------
    B. L. Welch 1947, "The generalization of 'Student's' problem when several different population variances are
    involved".

    Examples
    --------
    >>> [round(value, 3) for value in welch(np.array([1.0, 2, 3, 4, 5]), np.array([3.0, 5, 7, 9, 11]))]
    [-7.888, -0.112, 0.045]
    """
    from scipy.special import stdtr, stdtrit

    parts = np.array([own.var(ddof=1) / own.size, rest.var(ddof=1) / rest.size])
    difference = float(own.mean() - rest.mean())
    error = float(np.sqrt(parts.sum()))
    if error == 0:
        return difference, difference, float(difference == 0)
    freedom = float(parts.sum() ** 2 / (parts**2 / (np.array([own.size, rest.size]) - 1)).sum())
    reach = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return difference - reach, difference + reach, float(2 * stdtr(freedom, -abs(difference) / error))


def holm(p: list[float]) -> list[float]:
    """Adjust p-values for their number, step by step from the smallest; missing ones are not counted.

    References
    ----------
    S. Holm 1979, "A simple sequentially rejective multiple test procedure".

    Examples
    --------
    >>> holm([0.01, 0.04, float("nan"), 0.03])
    [0.03, 0.06, nan, 0.06]
    """
    values = np.array(p, dtype=float)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    stepped = values[order] * np.arange(order.size, 0, -1)
    values[order] = np.minimum(np.maximum.accumulate(stepped), 1) if order.size else stepped
    return [float(value) for value in values]
