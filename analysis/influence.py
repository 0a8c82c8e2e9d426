"""Which paragraphs a finding rests on: the test again, with each paragraph of either side left out in turn.

A paragraph in which a term never occurs matters too: it is among the words that rates refer to, and among the units
that are permuted. Where whole articles are what evidence is drawn from, a whole article is left out instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import ALPHA, log_likelihood
from analysis.evidence import content_order
from analysis.keyness import Gated, put_through_gate
from analysis.readability import STATED, compare_units, count_units, is_difference
from analysis.units import Array, Counted

# At most so many pieces are left out in turn; of more groups, whose tests cost more, fewer.
_MOST = 60
#: A side must keep so many units: of a single one, chance cannot be told.
UNITS_NEEDED = 2


class Finding(NamedTuple):
    """A term or metric by which a group differs, and whether it is higher (1) or lower (−1) there."""

    group: str
    statistic: str
    term: str
    sign: int


class Influence(NamedTuple):
    """The columns of ROBUSTNESS about what was left out."""

    n_pieces: int = 0
    n_tried: int = 0
    n_lost: int = 0
    rests: bool = False
    article_id: str | None = None
    paragraph: float = np.nan
    start: float = np.nan
    end: float = np.nan
    p_without: float = np.nan


class _Tried(NamedTuple):
    """What is left of a finding without one piece: article (its place in content order), or article and paragraph."""

    piece: tuple[int, ...]
    p: float
    holds: bool


def influence_on_terms(
    findings: Sequence[Finding],
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    counted: Counted,
    unit: str,
    **settings: Any,
) -> list[Influence]:
    """Leave out each paragraph of every group in turn, and put the rest through the gate again.

    Parameters
    ----------
    findings : sequence of Finding
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
        One for each finding. A paragraph without which its side has fewer than two units is not tried, nor, where there
        are many, the shortest without a use of any of the terms.
    """
    if not findings:
        return []
    entries = counted.entries
    by_piece = entries.groupby(_key(unit))
    pieces, labels = by_piece.ngroup().to_numpy(dtype=np.int64), by_piece.size().index
    smallest = entries.groupby(["article", "sentence"] if unit == "sentence" else _key(unit)).ngroup().to_numpy()
    places = [
        (counted.groups.index(finding.group), counted.terms.index(finding.term), finding.sign) for finding in findings
    ]
    left = [sign * _g2_without_each(counted, pieces, side, term) for side, term, sign in places]
    holding = np.unique(pieces[entries["term"].isin([term for _, term, _ in places])])
    words = np.bincount(pieces, entries["n"])
    spared = _spared(pieces, entries["group"].to_numpy(), smallest)
    tried: list[list[_Tried]] = [[] for _ in findings]
    for piece in _alike_together(_chosen(spared, words, holding, len(counted.groups)), pieces, smallest):
        gated = put_through_gate(counted._replace(entries=entries[pieces != piece]), unit, **settings)
        for place, (side, term, _) in enumerate(places):
            p = adjusted_p(gated, side, term)
            tried[place].append(_Tried(_as_tuple(labels[piece]), p, p <= ALPHA and bool(left[place][piece] > 0)))
    return [_worst(one, articles, passages, spared.size) for one in tried]


def influence_on_readability(
    findings: Sequence[Finding],
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    unit: str,
    n_groups: int,
    **settings: Any,
) -> list[Influence]:
    """Leave out each paragraph of every group in turn, and test the difference of the stated formula again.

    Parameters
    ----------
    findings : sequence of Finding
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
        One for each finding; as in `influence_on_terms`, but of many paragraphs the longest are tried.
    """
    if not findings:
        return []
    groups, units = count_units(articles, sentences, unit)
    by_piece = units.groupby(["group", *_key(unit)])
    pieces, labels = by_piece.ngroup().to_numpy(dtype=np.int64), by_piece.size().index.tolist()
    spared = _spared(pieces, units.index.get_level_values("group").to_numpy(), np.arange(len(units)))
    words = np.bincount(pieces, units["n_words"])
    tried: list[list[_Tried]] = [[] for _ in findings]
    chosen = _chosen(spared, words, np.array([], dtype=np.int64), len(groups))
    for piece in _alike_together(chosen, pieces, np.arange(len(units))):
        table = compare_units(groups, units[pieces != piece], metrics=(STATED,), **settings)
        differs = is_difference(table, n_groups).tolist()
        for place, finding in enumerate(findings):
            side = groups.index(finding.group)
            holds = differs[side] and bool(finding.sign * table["difference"].iloc[side] > 0)
            tried[place].append(_Tried(labels[piece][1:], float(table["p"].iloc[side]), holds))
    return [_worst(one, articles, sentences, spared.size) for one in tried]


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


def _spared(pieces: NDArray[Any], sides: NDArray[Any], units: NDArray[Any]) -> NDArray[np.int64]:
    """The pieces without which their side still has units enough; each array has an entry for each row counted."""
    rows = pd.DataFrame({"piece": pieces, "side": sides, "unit": units}).drop_duplicates()
    left = rows.groupby("side")["unit"].transform("size") - rows.groupby("piece")["unit"].transform("size")
    spared: NDArray[np.int64] = np.unique(rows["piece"][left >= UNITS_NEEDED].to_numpy(dtype=np.int64))
    return spared


def _chosen(spared: NDArray[np.int64], words: NDArray[Any], holding: NDArray[Any], n_groups: int) -> list[int]:
    """Choose the pieces to leave out, in content order: of too many, those holding a term before the longest."""
    first = np.lexsort((spared, -words[spared], ~np.isin(spared, holding)))
    most = _MOST // max(1, n_groups - 1)
    chosen: list[int] = np.sort(spared[first[:most]]).tolist()
    return chosen


def _alike_together(chosen: Sequence[int], pieces: NDArray[Any], units: NDArray[Any]) -> list[int]:
    """Put pieces of as many units after each other: what is left of a side is dealt out once for all of them.

    Pieces are numbered by side.
    """
    n_units = pd.Series(units).groupby(pieces).nunique()
    return sorted(chosen, key=lambda piece: (n_units[piece], piece))


def _worst(tried: Sequence[_Tried], articles: pd.DataFrame, passages: pd.DataFrame, n_pieces: int) -> Influence:
    """Choose the piece that matters most: one whose loss loses the finding, then the largest p; none is larger yet."""
    if not tried:
        return Influence()
    tried = sorted(tried, key=lambda one: one.piece)
    worst = max(tried, key=lambda one: (not one.holds, np.inf if np.isnan(one.p) else one.p))
    n_lost = sum(not one.holds for one in tried)
    _, order = content_order(articles["text"].tolist(), articles["group"].tolist())
    article_id = str(articles["article_id"].iloc[order[worst.piece[0]]])
    place: tuple[float, float, float] = (np.nan, np.nan, np.nan)
    if len(worst.piece) > 1:
        own = passages[(passages["article_id"] == article_id) & (passages["paragraph"] == worst.piece[1])]
        place = (worst.piece[1], own["start"].min(), own["end"].max())
    return Influence(n_pieces, len(tried), n_lost, n_lost > 0, article_id, *place, worst.p)
