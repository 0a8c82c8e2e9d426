"""Which sentences of two articles say much the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.schema import each_article
from analysis.tables import ALIGNED, BODY_KINDS
from analysis.text import split_words, stop_words

#: Least similarity of two sentences that are set side by side, and least number of content words in both. Fixed on
#: the agency story and its rewrites in tests/overlap, above what any two sentences of unlike articles there reach.
SIMILAR, SHARED_WORDS = 0.25, 2
#: As many sentences of an article are read, from its beginning: time and memory grow with their product.
_MOST_SENTENCES = 1000
#: Similarities are compared to as many decimals, so that the order of a sum decides nothing.
_DECIMALS = 9


def content_words(text: str, start: int = 0, end: int | None = None) -> Counter[str]:
    """Count the words of a stretch that are no stop words, as terms; numbers are no words."""
    return Counter(word.term for word in split_words(text, start, end) if word.term not in stop_words())


def align_sentences(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find, for each two articles, the sentences that say much the same.

    Two sentences are aligned if each is the most similar to the other among all of the other article, their
    similarity is at least `SIMILAR` and they share at least `SHARED_WORDS` different content words. Similarity is the
    cosine of their tf·idf vectors over content words, with idf = ln(1 + N/df) over the N sentences and bullets of the
    two articles alone: no third text can change it. Numbers take no part, so that whether they agree cannot decide
    which sentences are set side by side. Titles and headings are not aligned, nor what comes after 1,000 sentences.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES.

    Returns
    -------
    DataFrame
        ALIGNED, for each two articles in their order, by sentence of the first; each sentence at most once in a pair.

    References
    ----------
    Cosine and mutual best match as in Clough et al. 2002 ("METER: measuring text reuse") and Barzilay & Elhadad 2003
    ("Sentence alignment for monolingual comparable corpora").
    """
    read = [
        (
            article.article_id,
            [(row.sentence, content_words(article.text, row.start, row.end)) for row in own[:_MOST_SENTENCES]],
        )
        for article, own in each_article(articles, sentences[sentences["kind"].isin(BODY_KINDS)])
    ]
    return ALIGNED.frame(
        (one, other, first[i][0], second[j][0], similarity, n_shared)
        for (one, first), (other, second) in combinations(read, 2)
        for i, j, similarity, n_shared in _mutual([words for _, words in first], [words for _, words in second])
    )


def _mutual(first: Sequence[Counter[str]], second: Sequence[Counter[str]]) -> Iterator[tuple[int, int, float, int]]:
    """The pairs of sentences that are each other's best, by place in the first article."""
    if not first or not second:
        return
    similarity = _similarities(first, second)
    best = (similarity == similarity.max(axis=1, keepdims=True)) & (similarity == similarity.max(axis=0))
    found = [(int(i), int(j)) for i, j in np.argwhere(best & (similarity >= SIMILAR))]
    # of sentences that are equally similar, those at like places belong together: the same whichever article is first
    found.sort(key=lambda pair: (-similarity[pair], abs(pair[0] - pair[1]), pair[0] + pair[1]))
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for i, j in found:
        n_shared = len(first[i].keys() & second[j].keys())
        if n_shared >= SHARED_WORDS and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append((i, j, float(similarity[i, j]), n_shared))
    yield from sorted(chosen)


def _similarities(first: Sequence[Counter[str]], second: Sequence[Counter[str]]) -> Any:
    """The cosine of every sentence of one article with every sentence of the other, sentences × sentences."""
    both = [*first, *second]
    frequency = Counter(term for words in both for term in words)
    idf = {term: math.log(1 + len(both) / n) for term, n in frequency.items()}
    shared = {term for words in first for term in words} & {term for words in second for term in words}
    columns = {term: place for place, term in enumerate(sorted(shared))}
    weights = np.zeros((len(both), len(columns)))
    for row, words in enumerate(both):
        length = math.sqrt(sum((n * idf[term]) ** 2 for term, n in sorted(words.items())))
        for term in words.keys() & shared:
            weights[row, columns[term]] = words[term] * idf[term] / length
    return (weights[: len(first)] @ weights[len(first) :].T).round(_DECIMALS)
