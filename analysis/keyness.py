"""Which terms set a group apart from the others, and how much evidence there is for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import (
    ALPHA,
    dp_norm,
    exact_log_ratio_bound,
    log_likelihood,
    log_odds_z,
    log_ratio,
    uses_needed,
)
from analysis.evidence import (
    LEVEL,
    MaxT,
    benjamini_hochberg,
    content_order,
    max_t,
    resampled_weights,
    sums_by_side,
    unit_of_evidence,
)
from analysis.tables import DETECTABLE, KEYNESS
from analysis.text import stop_words as english_stop_words

Array = NDArray[np.float64]

_VOICES = ("author", "headline", "quoted", "attributed")
# A tested term stands in so many sentences, whatever `min_count` is.
_MIN_SENTENCES = 2
# Terms whose draws are held in memory at once.
_BLOCK = 512


class _Counted(NamedTuple):
    """Uses of words in sentences. Groups, articles and terms are numbers, in an order that their texts alone decide."""

    groups: list[str]
    terms: list[str]
    #: group, article, sentence, paragraph, term, n: one row for each term in a sentence, sorted.
    entries: pd.DataFrame


class _Units(NamedTuple):
    """What is drawn at random: the side of each unit, its words, and its uses of each tested term."""

    labels: NDArray[np.int64]
    words: Array
    counts: Array


def keyness(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    sentence_terms: pd.DataFrame,
    *,
    voices: Collection[str] | None = None,
    min_count: int = 3,
    stop_words: bool = False,
    seed: int = 1,
    permutations: int = 4999,
    draws: int = 2000,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the words of each group with those of all others together.

    A rate, log ratio, G2 or z alone is no finding: halves of one article give a few words with a large G2 too. Only
    `p_adjusted` weighs a difference against the largest that chance finds among so many words. Evidence comes from
    sentences where every group is one article, from articles where every group has five or more, else from nothing.

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
        There is one group only, or a voice that does not exist.

    References
    ----------
    Those of the measures in `analysis.association` and of the tests in `analysis.evidence`.
    """
    names = list(dict.fromkeys(articles["group"]))
    if len(names) < 2:
        raise ValueError(f"keyness compares groups, but all {len(articles)} articles are in the same: {names}")
    unknown = sorted(set(voices or ()) - set(_VOICES))
    if unknown:
        raise ValueError(f"voices may be {', '.join(_VOICES)}; found {unknown}")
    counted = _count(articles, sentences, sentence_terms, voices)
    kept = np.array([stop_words or term not in english_stop_words() for term in counted.terms], dtype=bool)
    uses = _sum(counted.entries, "group", "term", (len(names), len(counted.terms)))
    n_sentences = np.bincount(counted.entries["term"], minlength=len(counted.terms))
    tested = kept & (uses.sum(0) >= min_count) & (n_sentences >= _MIN_SENTENCES)
    words = uses.sum(1)

    unit = unit_of_evidence(articles["group"].tolist())
    units = _units(counted, unit or "article", np.flatnonzero(tested))
    if unit:
        rng_gate, rng_draws = (np.random.default_rng([seed, stream]) for stream in (0, 1))
        gate = max_t(units.counts, units.words, units.labels, len(names), permutations=permutations, rng=rng_gate)
        lower, upper = _intervals(units, len(names), draws, rng_draws)
    else:
        lower = upper = np.full((len(names), int(tested.sum())), np.nan)
        gate = MaxT(lower, lower, np.nan)
    q = benjamini_hochberg(gate.p.ravel()).reshape(gate.p.shape)

    n_passed = int((gate.p_adjusted <= ALPHA).any(axis=0).sum()) if unit else 0
    rows, limits = [], []
    for name in names:
        side = counted.groups.index(name)
        own = _describe(counted, side, uses, words).assign(tested=tested)
        evidence = {"lower": lower, "upper": upper, "p": gate.p, "p_adjusted": gate.p_adjusted, "q": q}
        for column, values in evidence.items():
            own[column] = np.nan
            own.loc[tested, column] = values[side]
        rows.append(own[kept].sort_values(["z", "term"], ascending=[False, True]))
        n_units = int((units.labels == side).sum()) if unit else 0
        needed = uses_needed(int(words[side]), int(words.sum() - words[side]), gate.critical)
        elsewhere = words.sum() - words[side]
        family = (int(tested.sum()), n_passed)
        limits.append((name, words[side], elsewhere, *family, n_units, unit, gate.critical, max(needed, min_count)))
    table = pd.concat(rows)
    return KEYNESS.frame({name: table[name] for name in KEYNESS.names}), DETECTABLE.frame(limits)


def _count(
    articles: pd.DataFrame, sentences: pd.DataFrame, sentence_terms: pd.DataFrame, voices: Collection[str] | None
) -> _Counted:
    """Keep the words of the voices compared, and number everything."""
    groups, order = content_order(articles["text"].tolist(), articles["group"].tolist())
    ranked = articles.iloc[order]
    places = pd.DataFrame({
        "article_id": ranked["article_id"].to_numpy(),
        "article": np.arange(len(ranked)),
        "group": [groups.index(group) for group in ranked["group"]],
    })  # fmt: skip
    chosen = sentence_terms[sentence_terms["order"] == 1]
    if voices is not None:
        chosen = chosen[chosen["voice"].isin(list(voices))]
    chosen = chosen.merge(places, on="article_id")
    chosen = chosen.merge(sentences[["article_id", "sentence", "paragraph"]], on=["article_id", "sentence"])
    terms, codes = np.unique(chosen["term"].to_numpy(dtype=object), return_inverse=True)
    key = ["group", "article", "sentence", "paragraph", "term"]
    return _Counted(groups, terms.tolist(), chosen.assign(term=codes).groupby(key)["n"].sum().reset_index())


def _sum(entries: pd.DataFrame, row: str, column: str, shape: tuple[int, int]) -> Array:
    """Sum the uses into a matrix."""
    sums = np.zeros(shape)
    np.add.at(sums, (entries[row].to_numpy(dtype=int), entries[column].to_numpy(dtype=int)), entries["n"].to_numpy())
    return sums


def _units(counted: _Counted, unit: str, tested: NDArray[np.int64]) -> _Units:
    """Give each sentence, or article, with a word of the voices compared a number."""
    key = ["article", "sentence"] if unit == "sentence" else ["article"]
    entries = counted.entries
    entries = entries.assign(unit=entries.groupby(key).ngroup())
    by_unit = entries.groupby("unit")
    column = np.full(len(counted.terms), -1)
    column[tested] = np.arange(tested.size)
    entries = entries.assign(column=column[entries["term"].to_numpy(dtype=int)])
    counts = _sum(entries[entries["column"] >= 0], "unit", "column", (by_unit.ngroups, tested.size))
    return _Units(by_unit["group"].first().to_numpy(), by_unit["n"].sum().to_numpy(dtype=float), counts)


def _intervals(units: _Units, n_sides: int, draws: int, rng: np.random.Generator) -> tuple[Array, Array]:
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
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    for left in range(0, units.counts.shape[1], _BLOCK):
        block = slice(left, left + _BLOCK)
        drawn = sums_by_side(weights, units.labels, units.counts[:, block], n_sides)
        for side in range(n_sides if n_sides > 2 else 1):
            rest, rest_words = drawn.sum(0) - drawn[side], drawn_words.sum(0) - drawn_words[side]
            ratios = log_ratio(drawn[side], rest, drawn_words[side], rest_words)
            if min(n_units[side], n_units.sum() - n_units[side]) > 1:
                lower[side, block], upper[side, block] = np.quantile(ratios, ends, axis=0)
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
    return lower, upper


def _describe(counted: _Counted, side: int, uses: Array, words: Array) -> pd.DataFrame:
    """Measure every term of one group against all others: what needs no random draw."""
    n, n_elsewhere = uses[side], uses.sum(0) - uses[side]
    n_words, n_words_elsewhere = words[side], words.sum() - words[side]
    own = counted.entries[counted.entries["group"] == side]
    parts = own.groupby(["article", "paragraph"])
    sizes = parts["n"].sum().to_numpy()
    spread = own.assign(part=parts.ngroup()).groupby(["term", "part"])["n"].sum().reset_index()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, rate_elsewhere = 1000 * n / n_words, 1000 * n_elsewhere / n_words_elsewhere
    return pd.DataFrame({
        "group": counted.groups[side],
        "term": counted.terms,
        "n": n,
        "n_elsewhere": n_elsewhere,
        "rate": rate,
        "rate_elsewhere": rate_elsewhere,
        "log_ratio": log_ratio(n, n_elsewhere, n_words, n_words_elsewhere),
        "g2": log_likelihood(n, n_elsewhere, n_words, n_words_elsewhere),
        "z": log_odds_z(n, n_elsewhere, n_words, n_words_elsewhere),
        "dispersion": dp_norm(sizes, spread["part"], spread["term"], spread["n"], len(counted.terms)),
        "n_sentences": np.bincount(own["term"].to_numpy(dtype=int), minlength=len(counted.terms)),
    })  # fmt: skip
