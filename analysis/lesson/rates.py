"""From a count to a rate, a share and, where there are two texts, a log ratio: by hand."""

from __future__ import annotations

from math import log2

import pandas as pd

from analysis.association import log_ratio
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.folding import lines
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.show.shown import Shown, joined, remark
from analysis.terms import read_term
from analysis.text import stop_words
from analysis.voices import in_voices


def words_of(tables: Tables) -> dict[str, int]:
    """How many words each article has, headlines included and boilerplate left out: what rates are of."""
    counts = in_voices(tables["term_counts"])
    sums = counts[counts["order"] == 1].groupby("article_id")["n"].sum()
    return {article_id: int(sums.get(article_id, 0)) for article_id in tables["articles"]["article_id"]}


def uses_of(tables: Tables, term: str) -> dict[str, int]:
    """How often each article uses a term, boilerplate left out."""
    order, wanted = read_term(term)
    counts = in_voices(tables["term_counts"])
    sums = counts[(counts["order"] == order) & (counts["term"] == wanted)].groupby("article_id")["n"].sum()
    return {article_id: int(sums.get(article_id, 0)) for article_id in tables["articles"]["article_id"]}


def commonest_term(tables: Tables) -> str:
    """Return the word used most that is no stop word, the first in the alphabet of several; empty if there is none."""
    return next(iter(commonest_terms(tables, 1)), "")


def commonest_terms(tables: Tables, k: int) -> list[str]:
    """Return the words used most that are no stop words, at most so many; of as many uses by the alphabet."""
    counts = in_voices(tables["term_counts"])
    counts = counts[(counts["order"] == 1) & ~counts["term"].isin(stop_words())]
    sums: pd.Series = counts.groupby("term")["n"].sum()
    return sorted(map(str, sums.index), key=lambda term: (-int(sums[term]), term))[:k]


def show_rates(tables: Tables, term: str = "") -> Shown:
    """Show how the count of a term becomes a rate and a share; of two texts also how their rates become a log ratio.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    term : str
        One to three words; empty: the word used most that is no stop word.

    Raises
    ------
    InputError
        `term` has no word in it.
    """
    term = term or commonest_term(tables)
    if not term:
        return remark("There is no word but stop words, and so no term to take a rate of.")
    names, words, uses = article_names(tables["articles"]), words_of(tables), uses_of(tables, term)
    parts = [lines(f"{names[own].value}, “{term}”:", *rate_lines(uses[own], words[own])) for own in names]
    if len(names) == 2 and all(words.values()):
        parts.append(_log_ratio([(names[own].value, uses[own], words[own]) for own in names]))
    return joined(parts)


def rate_lines(n: int, words: int) -> list[str]:
    """Work out the rate and the share of a count.

    Examples
    --------
    >>> rate_lines(5, 200)
    ['5 uses among 200 words.', 'Rate: 5 / 200 × 1,000 = 25.0 per 1,000 words.', 'Share: 5 / 200 = 2.5\\xa0%.']
    """
    told = [f"{how_many(n, 'use')} among {how_many(words, 'word')}."]
    if words:
        told.append(f"Rate: {n:,} / {words:,} × 1,000 = {format_value(1000 * n / words, '.1f')} per 1,000 words.")
        told.append(f"Share: {n:,} / {words:,} = {format_value(100 * n / words, '.1f')}\u00a0%.")
    return told


def _log_ratio(sides: list[tuple[str, int, int]]) -> Shown:
    """How two rates become a log ratio: one use is shared out between the sides, so that none is not infinitely few."""
    (one, n, words), (other, n_other, words_other) = sides
    smoothed = n / words + 1 / (words + words_other), n_other / words_other + 1 / (words + words_other)
    by_function = float(log_ratio(n, n_other, words, words_other))
    return lines(
        f"One use is shared out by length, so that no rate is nothing: 1 / ({words:,} + {words_other:,}) is added.",
        f"{one}: {smoothed[0] * 1000:.2f} per 1,000; {other}: {smoothed[1] * 1000:.2f} per 1,000.",
        f"Log ratio: log₂({smoothed[0] * 1000:.2f} / {smoothed[1] * 1000:.2f}) = "
        f"{format_value(log2(smoothed[0]) - log2(smoothed[1]), '.2f')} doublings.",
        f"By the function: {format_value(by_function, '.2f')}.",
    )
