"""Which paragraph a finding rests on: the test again, with one paragraph left out at a time.

Where whole articles are what evidence is drawn from, a whole article is left out instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import ALPHA, log_likelihood
from analysis.evidence import content_order
from analysis.formulas import score
from analysis.keyness import Gated, put_through_gate
from analysis.readability import STATED, compare_units, count_units, is_difference
from analysis.units import Array, Counted

# So many paragraphs are left out for each finding: those whose loss leaves the smallest difference.
_TRIED = 12


class Finding(NamedTuple):
    """A term or metric by which a group differs, and whether it is higher (1) or lower (−1) there."""

    group: str
    statistic: str
    term: str
    sign: int


class Influence(NamedTuple):
    """The columns of ROBUSTNESS about what was left out."""

    article_id: str | None = None
    paragraph: float = np.nan
    start: float = np.nan
    end: float = np.nan
    p_without: float = np.nan
    rests: bool = False
    n_tried: int = 0


class _Tried(NamedTuple):
    """What is left of a finding without one piece: article (its place in content order), or article and paragraph."""

    piece: tuple[int, ...]
    p: float
    holds: bool


def influence_on_terms(
    findings: Iterable[Finding],
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    counted: Counted,
    unit: str,
    **settings: Any,
) -> list[Influence]:
    """Leave out, one at a time, the paragraphs that hold each term, and put the rest through the gate again.

    Parameters
    ----------
    findings : iterable of Finding
        Terms that pass the gate.
    articles, passages : DataFrame
        ARTICLES with `group`, and SENTENCES.
    counted : Counted
        The uses that they were found in.
    unit : {"sentence", "paragraph", "article"}
        What is permuted; of articles, whole ones are left out.
    settings
        Those of `keyness.put_through_gate`.

    Returns
    -------
    list of Influence
        One for each finding: the paragraph without which its adjusted p is largest.
    """
    by_piece = counted.entries.groupby(_key(unit))
    pieces, labels = by_piece.ngroup().to_numpy(dtype=np.int64), by_piece.size().index
    gates: dict[int, Gated] = {}
    found = []
    for finding in findings:
        side, term = counted.groups.index(finding.group), counted.terms.index(finding.term)
        left = finding.sign * _g2_without_each(counted, pieces, side, term)
        holding = np.unique(pieces[counted.entries["term"] == term])
        tried = []
        for piece in holding[_smallest(left[holding])].tolist():
            if piece not in gates:
                rest = counted._replace(entries=counted.entries[pieces != piece])
                gates[piece] = put_through_gate(rest, unit, **settings)
            p = adjusted_p(gates[piece], side, term)
            tried.append(_Tried(_as_tuple(labels[piece]), p, p <= ALPHA and bool(left[piece] > 0)))
        found.append(_worst(tried, articles, passages))
    return found


def influence_on_readability(
    findings: Iterable[Finding],
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    unit: str,
    n_groups: int,
    **settings: Any,
) -> list[Influence]:
    """Leave out paragraphs one at a time, and test the difference of the stated formula again.

    Parameters
    ----------
    findings : iterable of Finding
        Differences of the stated formula that pass their test.
    articles, sentences : DataFrame
        ARTICLES with `group` (those that are compared), and SENTENCES with their counts.
    unit : {"sentence", "paragraph", "article"}
        What is permuted; of articles, whole ones are left out.
    n_groups : int
        As in `readability.is_difference`.
    settings
        Those of `readability.compare_units`.

    Returns
    -------
    list of Influence
        One for each finding: the paragraph without which p is largest.
    """
    groups, units = count_units(articles, sentences, unit)
    by_piece = units.groupby(["group", *_key(unit)])
    pieces, counts = by_piece.ngroup().to_numpy(), by_piece.sum()
    labels, values = counts.index.tolist(), counts.to_numpy(dtype=float)
    tables: dict[int, pd.DataFrame] = {}
    found = []
    for finding in findings:
        side = groups.index(finding.group)
        here = np.array([label[0] == side for label in labels])[:, None]
        grades = [score((values * part).sum(0) - values * part)[STATED] for part in (here, ~here)]
        tried = []
        for piece in _smallest(finding.sign * (grades[0] - grades[1])):
            if piece not in tables:
                tables[piece] = compare_units(groups, units[pieces != piece], metrics=(STATED,), **settings)
            row = tables[piece].iloc[[side]]
            holds = bool(is_difference(row, n_groups).iloc[0]) and finding.sign * row["difference"].iloc[0] > 0
            tried.append(_Tried(labels[piece][1:], float(row["p"].iloc[0]), holds))
        found.append(_worst(tried, articles, sentences))
    return found


def adjusted_p(gated: Gated, side: int, term: int) -> float:
    """The adjusted p of a term, by its number, on one side; NaN if it is not tested."""
    column = int(gated.tested[:term].sum())
    return float(gated.result.p_adjusted[side, column]) if gated.tested[term] else np.nan


def _key(unit: str) -> list[str]:
    return ["article"] if unit == "article" else ["article", "paragraph"]


def _as_tuple(label: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in label) if isinstance(label, tuple) else (int(label),)


def _g2_without_each(counted: Counted, pieces: NDArray[Any], side: int, term: int) -> Array:
    """The signed G2 of a term on one side, without each of the pieces in turn."""
    entries = counted.entries
    group, n = entries["group"].to_numpy(), entries["n"].to_numpy()
    uses = np.where(entries["term"] == term, n, 0)
    here = group == side

    def left(amount: NDArray[Any], part: NDArray[np.bool_]) -> Array:
        without: Array = amount[part].sum() - np.bincount(pieces[part], amount[part], pieces.max() + 1)
        return without

    return log_likelihood(left(uses, here), left(uses, ~here), left(n, here), left(n, ~here))


def _smallest(left: Array) -> Sequence[int]:
    """The places of the smallest values; what is undefined is smaller than any."""
    order: list[int] = np.argsort(np.where(np.isnan(left), -np.inf, left), kind="stable")[:_TRIED].tolist()
    return order


def _worst(tried: Sequence[_Tried], articles: pd.DataFrame, passages: pd.DataFrame) -> Influence:
    """Choose the piece without which p is largest; no p at all is larger than any."""
    if not tried:
        return Influence()
    worst = max(tried, key=lambda one: np.inf if np.isnan(one.p) else one.p)
    _, order = content_order(articles["text"].tolist(), articles["group"].tolist())
    article_id = str(articles["article_id"].iloc[order[worst.piece[0]]])
    place: tuple[float, float, float] = (np.nan, np.nan, np.nan)
    if len(worst.piece) > 1:
        own = passages[(passages["article_id"] == article_id) & (passages["paragraph"] == worst.piece[1])]
        place = (worst.piece[1], own["start"].min(), own["end"].max())
    return Influence(article_id, *place, worst.p, not worst.holds, len(tried))
