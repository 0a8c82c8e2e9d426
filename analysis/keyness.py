"""Which terms set a group apart from the others, and how much evidence there is for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import (
    ALPHA,
    TIE,
    dp_norm,
    exact_log_ratio_bound,
    log_likelihood,
    log_odds_z,
    log_ratio,
)
from analysis.draws import Rng, resampled_weights, sums_by_side
from analysis.evidence import MaxT, benjamini_hochberg, max_t, middle_of_draws, unit_of_evidence
from analysis.power import detectable_rate, uses_needed
from analysis.sides import alike_sides, share_largest, share_widest
from analysis.tables import DETECTABLE, KEYNESS
from analysis.units import (
    MIN_SENTENCES,
    Counted,
    Units,
    count_uses,
    kept_terms,
    number_rows,
    sum_uses,
    tested_terms,
    units_of,
)

Array = NDArray[np.float64]

# Terms whose draws are held in memory at once.
_BLOCK = 512


class Gated(NamedTuple):
    """What the evidence gate makes of counted uses: which terms are tested, what is permuted, and what it says."""

    tested: NDArray[np.bool_]
    units: Units
    result: MaxT


def keyness(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    sentence_terms: pd.DataFrame,
    *,
    voices: Collection[str] | None = None,
    min_count: int = 3,
    stop_words: bool = False,
    unit: str = "sentence",
    seed: int = 1,
    permutations: int = 4999,
    draws: int = 2000,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the words of each group with those of all others together.

    A rate, log ratio, G2 or z alone is no finding: halves of one article give a few words with a large G2 too. Only
    `p_adjusted` weighs a difference against the largest that chance finds among so many words. Evidence comes from
    sentences (or paragraphs) where every group is one article, from articles where every group has five or more, else
    from nothing.

    Parameters
    ----------
    articles, sentences, sentence_terms : DataFrame
        ARTICLES with `group`, SENTENCES and SENTENCE_TERMS.
    voices : collection of {"author", "headline", "quoted", "attributed"}, optional
        Count the words of these voices only; all by default.
    min_count : int
        A term is tested if it is used as often in all groups together, and in two sentences.
    stop_words : bool
        Keep stop words among the rows and the tested terms; the words that rates refer to always include them.
    unit : {"sentence", "paragraph"}
        What is permuted and resampled where every group is one article.
    seed : int
        Where the random draws start.
    permutations, draws : int
        Of the gate and of the intervals.

    Returns
    -------
    keyness : DataFrame
        KEYNESS: every word of any group, for each group; by group in the order of `articles`, then z (highest
        first), then term. Empty if no group has a word.
    detectable : DataFrame
        DETECTABLE, by group in the order of `articles`.

    Raises
    ------
    ValueError
        There is one group only, or a voice or unit that does not exist.

    References
    ----------
    Those of the measures in `analysis.association` and of the tests in `analysis.evidence`.
    """
    names = list(dict.fromkeys(articles["group"]))
    if len(names) < 2:
        raise ValueError(f"keyness compares groups, but all {len(articles)} articles are in the same: {names}")
    counted = count_uses(articles, sentences, sentence_terms, voices)
    kept = kept_terms(counted.terms, stop_words)
    uses = sum_uses(counted.entries, "group", "term", (len(names), len(counted.terms)))
    words = uses.sum(1)
    drawn = unit_of_evidence(articles["group"].tolist(), unit)
    tested, units, gate = put_through_gate(
        counted, drawn, min_count=min_count, stop_words=stop_words, seed=seed, permutations=permutations
    )
    lower = upper = np.full(gate.p.shape, np.nan)
    if drawn:
        lower, upper = _intervals(units, len(names), draws, (seed, 1))
    q = benjamini_hochberg(gate.p.ravel()).reshape(gate.p.shape)

    n_passed = int((gate.p_adjusted <= ALPHA).any(axis=0).sum())
    rows, limits = [], []
    terms = np.array(counted.terms, dtype=object)
    n_units = np.bincount(units.labels, minlength=len(names)) if drawn else np.zeros(len(names), dtype=int)
    for name in names:
        side = counted.groups.index(name)
        own = {"group": np.full(len(counted.terms), name, dtype=object), "term": terms, "tested": tested}
        own |= _describe(counted, side, uses, words)
        evidence = {"lower": lower, "upper": upper, "p": gate.p, "p_adjusted": gate.p_adjusted, "q": q}
        for column, values in evidence.items():
            own[column] = np.full(len(counted.terms), np.nan)
            own[column][tested] = values[side]
        shown = np.flatnonzero(kept)  # in the order of the terms
        shown = shown[np.argsort(-own["z"][shown], kind="stable")]
        rows.append({column: values[shown] for column, values in own.items()})
        needed = max(uses_needed(side, words, n_units, gate.largest), min_count, MIN_SENTENCES)
        needed = needed if needed <= words[side] else np.nan  # the text has fewer words than that
        elsewhere = words.sum() - words[side]
        family = (int(tested.sum()), n_passed)
        limit = (gate.critical, needed, detectable_rate(int(words[side]), needed))
        limits.append((name, words[side], elsewhere, *family, n_units[side], drawn, *limit))
    table = {column: np.concatenate([own[column] for own in rows]) for column in KEYNESS.names}
    return KEYNESS.frame(table), DETECTABLE.frame(limits)


def put_through_gate(
    counted: Counted, unit: str | None, *, min_count: int, stop_words: bool, seed: int, permutations: int
) -> Gated:
    """Test which terms set the groups counted apart: `evidence.max_t` on their units.

    Parameters
    ----------
    counted : Counted
        What `units.count_uses` gives, or less of it.
    unit : {"sentence", "paragraph", "article", None}
        What is permuted; without it every p is missing.
    min_count, stop_words, seed, permutations
        As in `keyness`.

    Returns
    -------
    Gated
        `tested` has an entry for each term of `counted`; the result has a row for each of its groups, a column for
        each tested term.
    """
    tested = tested_terms(counted, min_count, stop_words)
    units = units_of(counted, unit or "article", np.flatnonzero(tested))
    n_sides = len(counted.groups)
    if unit is None:
        nothing = np.full((n_sides, int(tested.sum())), np.nan)
        return Gated(tested, units, MaxT(nothing, nothing, np.nan, np.empty(0)))
    gate = max_t(units.counts, units.words, units.labels, n_sides, permutations=permutations, rng=(seed, 0))
    p = share_largest(gate.p, _alike(units, n_sides))
    return Gated(tested, units, gate._replace(p=p))


def _alike(units: Units, n_sides: int) -> list[list[int]]:
    """Find sides of the same units: the same words and uses, in the same order."""
    return alike_sides(units.labels, n_sides, units.words, units.counts)


def _intervals(units: Units, n_sides: int, draws: int, rng: Rng) -> tuple[Array, Array]:
    """Return the ends of the intervals of the log ratio, a row for each side and a column for each tested term.

    One end is infinite where either side has no use: resampling a side without a use has no variance. Both are
    missing where a side is a single unit, for the same reason.
    """
    weights = resampled_weights(units.labels, draws, rng)
    drawn_words = sums_by_side(weights, units.labels, units.words[:, None], n_sides)
    lower, upper = np.full((2, n_sides, units.counts.shape[1]), np.nan)
    n_units = np.bincount(units.labels, minlength=n_sides)
    everything = np.ones((1, units.labels.size))
    words = sums_by_side(everything, units.labels, units.words[:, None], n_sides)[:, 0, 0]
    holding = sums_by_side(everything, units.labels, units.counts > 0, n_sides)[:, 0]
    for left in range(0, units.counts.shape[1], _BLOCK):
        block = slice(left, left + _BLOCK)
        drawn = sums_by_side(weights, units.labels, units.counts[:, block], n_sides)
        for side in range(n_sides if n_sides > 2 else 1):
            rest, rest_words = drawn.sum(0) - drawn[side], drawn_words.sum(0) - drawn_words[side]
            ratios = log_ratio(drawn[side], rest, drawn_words[side], rest_words)
            if min(n_units[side], n_units.sum() - n_units[side]) > 1:
                lower[side, block], upper[side, block] = middle_of_draws(ratios)
    if n_sides == 2:
        lower[1], upper[1] = 0 - upper[0], 0 - lower[0]
    for side in range(n_sides):
        rest, rest_words = holding.sum(0) - holding[side], words.sum() - words[side]
        if words[side] and rest_words:
            only_here, only_there = rest == 0, holding[side] == 0
            lower[side, only_here] = exact_log_ratio_bound(holding[side, only_here], words[side], rest_words)
            upper[side, only_here] = np.inf
            lower[side, only_there] = -np.inf
            upper[side, only_there] = -exact_log_ratio_bound(rest[only_there], rest_words, words[side])
    return share_widest(lower, upper, _alike(units, n_sides))


def _describe(counted: Counted, side: int, uses: Array, words: Array) -> dict[str, NDArray[Any]]:
    """Measure every term of one group against all others: what needs no random draw."""
    n, n_elsewhere = uses[side], uses.sum(0) - uses[side]
    n_words, n_words_elsewhere = words[side], words.sum() - words[side]
    own = counted.entries[counted.entries["group"] == side]
    term, n_in_sentence = (own[name].to_numpy(dtype=np.int64) for name in ("term", "n"))
    part = number_rows(own, ["article", "paragraph"])
    sizes = np.bincount(part, n_in_sentence)
    spread, cell = np.unique(term * max(1, sizes.size) + part, return_inverse=True)
    spread_terms, spread_parts = np.divmod(spread, max(1, sizes.size))
    spread_n = np.bincount(cell, n_in_sentence, spread.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, rate_elsewhere = 1000 * n / n_words, 1000 * n_elsewhere / n_words_elsewhere
    return {
        "n": n,
        "n_elsewhere": n_elsewhere,
        "rate": rate,
        "rate_elsewhere": rate_elsewhere,
        "log_ratio": log_ratio(n, n_elsewhere, n_words, n_words_elsewhere),
        "g2": log_likelihood(n, n_elsewhere, n_words, n_words_elsewhere),
        "z": log_odds_z(n, n_elsewhere, n_words, n_words_elsewhere),
        "dispersion": dp_norm(sizes, spread_parts, spread_terms, spread_n, len(counted.terms)),
        "n_sentences": np.bincount(term, minlength=len(counted.terms)),
    }


def past_the_gate(rows: pd.DataFrame, n_groups: int) -> pd.DataFrame:
    """Keep the KEYNESS rows of terms past the gate, each for the group it is stated for.

    Of two groups that is the one with the higher rate, since the other row mirrors it. Of more it is the group that
    differs most from the rest by G2: where one text alone uses a term, all others differ from their rest too.
    """
    passed = rows[rows["p_adjusted"] <= ALPHA]
    if n_groups == 2:
        return passed[passed["log_ratio"] > 0]
    largest = passed.groupby("term")["g2"].transform(lambda g2: g2.abs().max())
    return passed[passed["g2"].abs() >= largest - TIE]
