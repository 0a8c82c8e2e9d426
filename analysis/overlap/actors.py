"""Which actors an article names that another one does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import pandas as pd

from analysis.schema import each_article
from analysis.tables import ACTORS_ONLY
from analysis.text import split_words


class _Read(NamedTuple):
    """The actors of an article with their uses, the words it is written in, and its terms in a row."""

    uses: dict[str, list[Any]]
    written: set[str]
    terms: str
    n_words: int


def actors_in_one(articles: pd.DataFrame, sentences: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Find, for each article and each other one, the actors that are found in the first and not in the second.

    An actor is found in the second if any expression for it is: "Tel Aviv" counts for Israel where the alias table says
    so. Since labels leave out what is uncertain, an actor is not called missing either if an expression that the first
    article uses for it stands in the second at all, or, for one that no table lists, the last word of its name.

    Parameters
    ----------
    articles, sentences, labels : DataFrame
        ARTICLES, SENTENCES and LABELS.

    Returns
    -------
    DataFrame
        ACTORS_ONLY, each article against each other one, the most used actors first, then by name.
    """
    read = {
        article.article_id: _read(article.text, *rows) for article, *rows in each_article(articles, sentences, labels)
    }
    return ACTORS_ONLY.frame(
        (one, other, actor, uses[0].kind, len(uses), uses[0].start, uses[0].end, uses[0].sentence, read[other].n_words)
        for one, other in permutations(read, 2)
        for actor, uses in _missing(read[one], read[other])
    )


def _read(text: str, sentences: Sequence[Any], labels: Sequence[Any]) -> _Read:
    uses: dict[str, list[Any]] = {}
    for row in labels:
        uses.setdefault(row.actor, []).append(row)
    words = [word for row in sentences for word in split_words(text, row.start, row.end)]
    written = {text[word.start : word.start + len(word.term)] for word in words}
    terms = " ".join(["", *(word.term for word in words), ""])
    return _Read(uses, written, terms, sum(row.n_words for row in sentences))


def _missing(one: _Read, other: _Read) -> Iterator[tuple[str, list[Any]]]:
    for actor, uses in sorted(one.uses.items(), key=lambda item: (-len(item[1]), item[0])):
        if actor not in other.uses and not any(_stands_in(use, other) for use in uses):
            yield actor, uses


def _stands_in(use: Any, other: _Read) -> bool:
    """Whether the expression of a use, or the last word of an unlisted name, stands in another article."""
    words = split_words(use.surface)
    if f" {' '.join(word.term for word in words)} " in other.terms:
        return True
    return use.by != "listed" and bool(words) and use.surface[words[-1].start : words[-1].end] in other.written
