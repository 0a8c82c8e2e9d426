"""How hard each article, and each group of articles, is to read.

This package counts, with its own words and sentences; textstat judges each distinct word once; the formulas are in
`analysis.formulas`. Only words count, numbers do not; only sentences and bullets, titles and headings do not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import ALPHA, TIE
from analysis.draws import permuted_labels, permuted_sums, resampled_weights, sums_by_side
from analysis.evidence import middle_of_draws, unit_of_evidence
from analysis.formulas import Counts, score
from analysis.names import in_order
from analysis.nouns import how_many
from analysis.numbered import in_parts
from analysis.piece_counts import COUNTED, count_passages
from analysis.schema import arrays_of, owners_of
from analysis.sides import alike_sides, place_articles, share_largest, share_widest
from analysis.tables import BODY_KINDS, METRICS, NOTES, READABILITY, READABILITY_BY_GROUP, SENTENCE_COUNTS, SENTENCES

Array = NDArray[np.float64]

#: The columns of SENTENCES that say where a sentence stands, before those that count.
_PLACES = SENTENCES.names[: -len(SENTENCE_COUNTS)]
#: Below this many words nothing is scored; below the other, scores are marked.
WORDS_NEEDED, WORDS_WANTED = 100, 300
#: SMOG was normed on samples of so many sentences.
SMOG_SENTENCES = 30
#: What groups are compared by: the metrics that do not grow with the length of the text.
COMPARED = tuple(metric for metric in METRICS if metric != "reading_time")
#: The formula whose difference is stated.
STATED = "flesch_kincaid_grade"


def add_sentence_counts(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Count the words of every sentence, and what readability needs to know of them.

    Titles and headings are counted too, though nothing scores them.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES; counts that `sentences` already has are not looked at, and may be absent.

    Returns
    -------
    DataFrame
        SENTENCES, the same rows in the order of the articles.
    """
    parts = list(in_parts(articles, sentences))
    counted = np.concatenate([np.empty((0, len(COUNTED)), int), *(count_passages(part.pieces) for part in parts)])
    rows = np.concatenate([np.empty(0, int), *(part.rows for part in parts)])
    if not np.array_equal(rows, np.arange(len(sentences))):  # else they are in the order of the articles
        sentences = sentences.iloc[rows]
    columns: dict[str, Any] = dict(zip(_PLACES, arrays_of(sentences, _PLACES), strict=True))
    return SENTENCES.frame(columns | {c.name: counted[:, COUNTED.index(c.name)] for c in SENTENCE_COUNTS})


def measure_readability(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Score how hard each article is to read.

    A single grade says little: formulas differ by several grades on the same text. Compare articles by
    `readability_by_group`, which knows how far a difference could be chance.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES, and SENTENCES with their counts.

    Returns
    -------
    DataFrame
        READABILITY, in the order of `articles`. All metrics are NaN under 100 words.
    """
    owners = owners_of(articles, sentences)
    kept = _is_scored(sentences) & (owners >= 0)
    counts = np.stack([np.ones(len(sentences), int), *arrays_of(sentences, Counts._fields[1:])], axis=-1)
    totals = np.zeros((len(articles), len(Counts._fields)), int)
    np.add.at(totals, owners[kept], counts[kept])
    columns = dict(zip(Counts._fields, totals.T, strict=True)) | _guarded(totals)
    (names,) = arrays_of(articles, ["article_id"])
    return READABILITY.frame({"article_id": names, **columns})


def notes_on_readability(readability: pd.DataFrame) -> pd.DataFrame:
    """Say of each article what its scores rest on too little text for.

    Parameters
    ----------
    readability : DataFrame
        READABILITY.

    Returns
    -------
    DataFrame
        NOTES: under 100 words that nothing is scored, under 300 that the scores are rough; SMOG on fewer than 30
        sentences. By article; empty if there is nothing to say.
    """
    rows = []
    columns = (readability[name].tolist() for name in ("article_id", "n_words", "n_sentences"))
    for article_id, n_words, n_sentences in zip(*columns, strict=True):
        if n_words < WORDS_NEEDED:
            note = f"not scored: {how_many(n_words, 'word')} in sentences, scores need {WORDS_NEEDED}"
            rows.append((article_id, "readability", note))
            continue
        if n_words < WORDS_WANTED:
            note = f"scores are rough: {n_words} words in sentences, fewer than {WORDS_WANTED}"
            rows.append((article_id, "readability", note))
        if n_sentences < SMOG_SENTENCES:
            note = f"SMOG was normed on {SMOG_SENTENCES} sentences; these are {n_sentences}"
            rows.append((article_id, "smog_index", note))
    return NOTES.frame(rows)


def readability_by_group(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    metrics: Sequence[str] = COMPARED,
    unit: str = "sentence",
    seed: int = 1,
    permutations: int = 4999,
    draws: int = 2000,
) -> pd.DataFrame:
    """Compare how hard each group is to read with all others together.

    A difference is a finding only with its interval clear of zero, and "harder" only if a formula with other inputs
    agrees. Evidence comes from sentences (or paragraphs) where every group is one article, from articles where every
    group has five or more; otherwise intervals and p are missing.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES with `group`, and SENTENCES with their counts.
    metrics : sequence of str
        Those of `COMPARED` that are wanted; the figures of one do not depend on the others.
    unit : {"sentence", "paragraph"}
        What is permuted and resampled where every group is one article.
    seed : int
        Where the random draws start.
    permutations, draws : int
        For p and for the intervals.

    Returns
    -------
    DataFrame
        READABILITY_BY_GROUP, by group in the order of `articles` and metric in the order of `metrics`. A side under
        100 words has no value, and its difference none, nor is it among the others that a side is compared with; a
        side of a single unit has no interval.
    """
    drawn = unit_of_evidence(articles["group"].tolist(), unit)
    groups, units = count_units(articles, sentences, drawn)
    settings: dict[str, Any] = {"seed": seed, "permutations": permutations, "draws": draws}
    table = compare_units(groups, units, withheld=drawn is None, metrics=metrics, **settings)
    table = in_order(dict.fromkeys(articles["group"]), table)
    return READABILITY_BY_GROUP.frame({name: table[name] for name in READABILITY_BY_GROUP.names})


def count_units(articles: pd.DataFrame, sentences: pd.DataFrame, unit: str | None) -> tuple[list[str], pd.DataFrame]:
    """Count what the formulas need in each unit that has a scored sentence.

    Returns
    -------
    groups : list of str
        In content order.
    units : DataFrame
        The columns of `Counts`; the index is group and article, as numbers in content order, then paragraph and
        sentence as far as the unit is smaller than an article.
    """
    groups, places = place_articles(articles)
    rows = scored(sentences).merge(places, on="article_id")
    smaller = {"paragraph": ["paragraph"], "sentence": ["paragraph", "sentence"]}.get(unit or "article", [])
    return groups, rows.groupby(["group", "article", *smaller])[list(Counts._fields)].sum()


def compare_units(
    groups: list[str],
    units: pd.DataFrame,
    *,
    withheld: bool = False,
    metrics: Sequence[str],
    seed: int,
    permutations: int,
    draws: int,
) -> pd.DataFrame:
    """Compare groups by the counts of their units, as `readability_by_group` does.

    Parameters
    ----------
    groups, units
        What `count_units` gives, or some of its units.
    withheld : bool
        Leave intervals and p missing.
    metrics, seed, permutations, draws
        As in `readability_by_group`.

    Returns
    -------
    DataFrame
        The columns of READABILITY_BY_GROUP, by metric and then by group in the order of `groups`.
    """
    labels, counts = units.index.get_level_values("group").to_numpy(dtype=int), units.to_numpy(dtype=float)
    n_sides = len(groups)
    totals = sums_by_side(np.ones((1, labels.size)), labels, counts, n_sides)[:, 0]
    scored = totals[:, Counts._fields.index("n_words")] >= WORDS_NEEDED
    # What is too short to be scored is no part of what the others are compared with.
    labels, counts = labels[scored[labels]], counts[scored[labels]]
    here, elsewhere = (_guarded(some, metrics) for some in (totals, totals[scored].sum(0) - totals * scored[:, None]))
    drawn = dealt = np.full((n_sides, 1, counts.shape[1]), np.nan)
    if not withheld:
        dealt = permuted_sums(permuted_labels(labels, permutations, (seed, 1)), counts, n_sides)
        drawn = sums_by_side(resampled_weights(labels, draws, (seed, 0)), labels, counts, n_sides)
    drawn_here, drawn_elsewhere = score(drawn, metrics), score(drawn.sum(0) - drawn, metrics)
    dealt_here, dealt_elsewhere = score(dealt, metrics), score(dealt.sum(0) - dealt, metrics)

    n_units = np.bincount(labels, minlength=n_sides)
    several, both_several = n_units > 1, (n_units > 1) & (labels.size - n_units > 1)
    alike = alike_sides(labels, n_sides, counts)
    pair = np.flatnonzero(scored)
    by_metric: dict[str, list[Any]] = {name: [] for name in READABILITY_BY_GROUP.names}
    for metric in metrics:
        value, other = here[metric], elsewhere[metric]
        lower, upper = _interval(drawn_here[metric])
        least, most = _interval(drawn_here[metric] - drawn_elsewhere[metric])
        if len(pair) == 2:
            # The same interval seen from the other side, to the last digit.
            least[pair[1]], most[pair[1]] = 0 - most[pair[0]], 0 - least[pair[0]]
        (lower, upper), (least, most) = share_widest(lower, upper, alike), share_widest(least, most, alike)
        p = share_largest(_p_value(value - other, dealt_here[metric] - dealt_elsewhere[metric]), alike)
        known, compared = several & ~np.isnan(value), both_several & ~np.isnan(value - other)
        columns: dict[str, Any] = {
            "group": groups,
            "metric": [metric] * n_sides,
            "value": value,
            "lower": np.where(known, lower, np.nan),
            "upper": np.where(known, upper, np.nan),
            "value_elsewhere": other,
            "difference": value - other,
            "difference_lower": np.where(compared, least, np.nan),
            "difference_upper": np.where(compared, most, np.nan),
            "p": p,
            "n_sentences": totals[:, Counts._fields.index("n_sentences")],
        }
        for name, values in columns.items():
            by_metric[name].extend(values)
    return pd.DataFrame(by_metric)


def largest_p(n_groups: int) -> float:
    """Say which p a difference may have at most: `ALPHA`, divided by the groups where each is held against several."""
    return ALPHA if n_groups <= 2 else ALPHA / n_groups


def n_compared(rows: pd.DataFrame) -> int:
    """Count the groups that READABILITY_BY_GROUP, or some of its rows, has a difference of: short texts have none."""
    return int(rows.loc[rows["difference"].notna(), "group"].nunique())


def is_difference(rows: pd.DataFrame, n_groups: int) -> pd.Series:
    """Say which rows of READABILITY_BY_GROUP are a difference: interval clear of zero and a permutation p that passes.

    Parameters
    ----------
    rows : DataFrame
        READABILITY_BY_GROUP, or some of its rows.
    n_groups : int
        How many groups are compared, see `n_compared`; p is to be at most `largest_p`.
    """
    lower, upper, p = (rows[name].to_numpy(dtype=float) for name in ("difference_lower", "difference_upper", "p"))
    return pd.Series(((lower > 0) | (upper < 0)) & (p <= largest_p(n_groups)), index=rows.index)


def scored(sentences: pd.DataFrame) -> pd.DataFrame:
    """The rows of SENTENCES that are scored, each counted as one sentence."""
    return sentences[_is_scored(sentences)].assign(n_sentences=1)


def _is_scored(sentences: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each row of SENTENCES is a sentence or bullet with a word in it."""
    kinds, n_words = arrays_of(sentences, ["kind", "n_words"])
    scored: NDArray[np.bool_] = np.fromiter(map(BODY_KINDS.__contains__, kinds.tolist()), bool, len(sentences))
    scored &= n_words > 0
    return scored


def _interval(draws: Array) -> tuple[Array, Array]:
    """Return the ends of the interval of each side from its row of draws."""
    lower, upper = middle_of_draws(draws.T)
    return lower, upper


def _p_value(difference: Array, by_chance: Array) -> Array:
    """Return the two-sided p of each side's difference from its row of permutations; NaN where either is undefined."""
    reached = (np.abs(by_chance) >= np.abs(difference)[:, None] - TIE).sum(1)
    undefined = np.isnan(difference) | np.isnan(by_chance).any(1)
    return np.where(undefined, np.nan, (1 + reached) / (1 + by_chance.shape[1]))


def _guarded(totals: Array, metrics: Collection[str] = METRICS) -> dict[str, Array]:
    """Score counts, but nothing under 100 words."""
    enough = totals[..., Counts._fields.index("n_words")] >= WORDS_NEEDED
    return {metric: np.where(enough, values, np.nan) for metric, values in score(totals, metrics).items()}
