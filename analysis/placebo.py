"""What chance alone finds: the same analysis of random halves of each group by itself."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.association import log_likelihood
from analysis.draws import permuted_labels, permuted_sums
from analysis.evidence import CHI_SQUARE, LEVEL, unit_of_evidence
from analysis.tables import PLACEBO, PLACEBO_BY_GROUP
from analysis.units import Array, Units, count_uses, sum_uses, tested_terms, units_of

#: Fewest units of a group that is divided: two in each half.
UNITS_NEEDED = 4
# The stream of random numbers that belongs to the halves; the gate and the intervals have their own.
_STREAM = 2
# Terms whose sums are held in memory at once.
_BLOCK = 512


def placebo(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    sentence_terms: pd.DataFrame,
    *,
    voices: Collection[str] | None = None,
    min_count: int = 3,
    stop_words: bool = False,
    seed: int = 1,
    halves: int = 400,
    unit: str = "sentence",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare random halves of each group as if they were two texts: what is found is there by chance.

    Halves are shorter than the whole and have fewer terms that can be tested. They show how large a G2 may be when
    nothing sets two texts apart; whether a difference between the groups is larger than chance, the gate alone says.

    Parameters
    ----------
    articles, sentences, sentence_terms, voices, stop_words, seed
        As in `keyness.keyness`.
    min_count : int
        A term is tested in a group if the group uses it as often, and in two sentences.
    halves : int
        Random divisions of each group.
    unit : {"sentence", "paragraph"}
        What is dealt out where every group is one article. Where every group has five or more it is the article.

    Returns
    -------
    placebo : DataFrame
        PLACEBO, by group in the order of `articles`. A group has no rows where evidence is withheld, where it has
        fewer than four units, or where no term is tested.
    by_group : DataFrame
        PLACEBO_BY_GROUP, a row for every group in the order of `articles`.

    Raises
    ------
    ValueError
        There is no such voice or unit.
    """
    counted = count_uses(articles, sentences, sentence_terms, voices)
    drawn = unit_of_evidence(articles["group"].tolist(), unit)
    uses = sum_uses(counted.entries, "group", "term", (len(counted.groups), len(counted.terms)))
    between = _largest_between(uses, tested_terms(counted, min_count, stop_words))
    rows, summary = [], []
    for group in dict.fromkeys(articles["group"]):
        side = counted.groups.index(group)
        own = counted._replace(entries=counted.entries[counted.entries["group"] == side])
        tested = np.flatnonzero(tested_terms(own, min_count, stop_words))
        units = units_of(own, drawn or "article", tested)
        n_units = units.labels.size if drawn else 0
        largest, n_large = np.empty(0), np.empty(0, dtype=int)
        if n_units >= UNITS_NEEDED and tested.size:
            # Each group starts the stream anew, so that its halves depend on its own texts and on the seed alone.
            largest, n_large = divide(units, halves, np.random.default_rng([seed, _STREAM]))
        rows += list(zip([group] * halves, range(1, largest.size + 1), largest, n_large, strict=False))
        median, upper = np.quantile(largest, [0.5, LEVEL]) if largest.size else (np.nan, np.nan)
        usual = float(np.median(n_large)) if largest.size else np.nan
        summary.append((group, drawn, n_units, tested.size, largest.size, median, upper, usual, between[side]))
    return PLACEBO.frame(rows), PLACEBO_BY_GROUP.frame(summary)


def divide(units: Units, halves: int, rng: np.random.Generator) -> tuple[Array, NDArray[np.int64]]:
    """Deal units out to two halves again and again, and compare the halves.

    Parameters
    ----------
    units : Units
        Of one group; their labels are not used.
    halves : int
        Divisions; of an odd number of units, the second half has one more.
    rng : numpy.random.Generator

    Returns
    -------
    largest : array, shape (halves,)
        The largest |G2| of any term in each division.
    n_large : array of int, shape (halves,)
        Terms whose |G2| exceeds `CHI_SQUARE`.
    """
    n_units, n_terms = units.counts.shape
    dealt = permuted_labels(np.arange(n_units) < n_units // 2, halves, rng)
    words = permuted_sums(dealt, units.words[:, None], 2)
    largest, n_large = np.zeros(halves), np.zeros(halves, dtype=np.int64)
    for left in range(0, n_terms, _BLOCK):
        one, other = permuted_sums(dealt, units.counts[:, left : left + _BLOCK], 2)
        g2 = np.abs(log_likelihood(one, other, words[0], words[1]))
        largest = np.maximum(largest, g2.max(1))
        n_large += (g2 > CHI_SQUARE).sum(1)
    return largest, n_large


def _largest_between(uses: Array, tested: NDArray[np.bool_]) -> Array:
    """The largest |G2| of a tested term between each group and all others; NaN without tested terms."""
    if not tested.any():
        return np.full(len(uses), np.nan)
    words = uses.sum(1)[:, None]
    n = uses[:, tested]
    largest: Array = np.abs(log_likelihood(n, n.sum(0) - n, words, words.sum() - words)).max(1)
    return largest
