"""Which language an article is in: by its script, and its share of English stop words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.nouns import how_many
from analysis.numbered import in_parts
from analysis.piece_counts import COUNTED, count_passages
from analysis.schema import arrays_of, cells_of
from analysis.tables import NOTES

#: English prose has .3 to .5 of stop words; other languages in Latin script stay far below this.
ENGLISH_FROM = 0.18
#: A text needs as many words before its language is judged.
_JUDGED_FROM = 30
#: A paragraph is judged by itself from fewer: it only counts towards as many together.
_PARAGRAPH_JUDGED_FROM = 15
#: English paragraphs may be poor in stop words; below this they are taken for another language.
_FOREIGN_BELOW = 0.12
#: What is looked at of each passage.
_LOOKED_AT = [COUNTED.index(name) for name in ("n_words", "n_latin", "n_stop_words")]


def language_notes(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Note each article that is not English, or is so in part: by its script, and its share of English stop words.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES.

    Returns
    -------
    DataFrame
        NOTES, by article; empty if all are English.
    """
    notes: list[tuple[str, str, str]] = []
    (names,), (paragraph,) = arrays_of(articles, ["article_id"]), arrays_of(sentences, ["paragraph"])
    for part in in_parts(articles, sentences):
        counts = count_passages(part.pieces)[:, _LOOKED_AT]
        totals = _added_up(counts, part.owners, len(part.texts))
        numbers = paragraph[part.rows]
        own, distinct = pd.factorize(part.owners * (numbers.max(initial=0) + 1) + numbers)
        n_words, _, n_english = _added_up(counts, own, distinct.size).T
        foreign = (n_words >= _PARAGRAPH_JUDGED_FROM) & (n_english / np.maximum(n_words, 1) < _FOREIGN_BELOW)
        n_foreign = np.zeros(len(part.texts), int)
        np.add.at(n_foreign, distinct[foreign] // (numbers.max(initial=0) + 1), n_words[foreign])
        walked = zip(cells_of(names[part.articles]), totals.tolist(), n_foreign.tolist(), strict=True)
        notes += [(name, *note) for name, counted, n in walked for note in _notes(*counted, n_foreign=n)]
    return NOTES.frame(notes)


def _added_up(counts: NDArray[np.int64], places: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Add up the rows that have the same place, of `n`."""
    totals = np.zeros((n, counts.shape[1]), int)
    np.add.at(totals, places, counts)
    return totals


def _notes(n_words: int, n_latin: int, n_english: int, *, n_foreign: int) -> Iterator[tuple[str, str]]:
    """The notes on one article, by its words: in Latin script, English stop words, and in foreign paragraphs."""
    if n_latin < n_words / 2:
        yield (
            "language",
            f"not English: {n_latin} of its {how_many(n_words, 'word')} {'is' if n_words == 1 else 'are'} in Latin "
            "script; readability and attribution are withheld",
        )
    elif n_words < _JUDGED_FROM:
        return
    elif n_english / n_words < ENGLISH_FROM:
        yield (
            "language",
            f"not English: {100 * n_english / n_words:.0f}\u00a0% of its words are English stop words, English prose "
            f"has {100 * ENGLISH_FROM:.0f}\u00a0% or more; readability and attribution are withheld",
        )
    elif n_foreign >= _JUDGED_FROM:
        yield (
            "languages",
            f"{n_foreign} of its {n_words} words stand in paragraphs that are not English, and are measured as if "
            "they were",
        )
