"""Which words stand beside a term more often than elsewhere in the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from analysis.association import log_likelihood
from analysis.schema import each_article, owners_of, rows_of
from analysis.tables import COLLOCATES, VOICES
from analysis.terms import concordance, count_article_terms
from analysis.text import split_words, stop_words
from analysis.voices import BOILERPLATE, SPOKEN, paint_voices

#: Words on either side of a term that count as beside it.
WINDOW = 5


def collocates(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    term: str,
    voices: pd.DataFrame | None = None,
    *,
    window: int = WINDOW,
    min_count: int = 2,
    spoken: Iterable[str] | None = None,
    keep_stop_words: bool = False,
    counts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the words beside a term in each group, and how much more often they stand there than elsewhere in it.

    A word is beside the term if at most `window` words away from it, in the same sentence; beside two uses it counts
    once. The term's own words are neither beside it nor elsewhere. With a of a word's n uses among the w words beside
    the term, and N words in all:

    G2 = 2 Σ O ln(O / E) over [[a, n − a], [w − a, N − w − n + a]], negative if a is below n w / N.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES with `group`, and SENTENCES.
    term : str
        One or more words, in any spelling that counts as the same term.
    voices : DataFrame, optional
        VOICES; without it every word is the author's.
    window : int
        Words on either side.
    min_count : int
        Fewest uses of a word beside the term.
    spoken : iterable of str, optional
        Count uses of the term, and words beside it and elsewhere, in these voices only; all by default.
    keep_stop_words : bool
        Whether stop words are listed; they are always among the words counted.
    counts : DataFrame, optional
        TERM_COUNTS of these articles, where they are at hand; by default the words are counted anew.

    Returns
    -------
    DataFrame
        COLLOCATES, groups in the order of `articles`, by G2, ties by word; counts without a test.

    Raises
    ------
    InputError
        `term` has no word in it.

    References
    ----------
    T. Dunning 1993, Accurate methods for the statistics of surprise and coincidence; S. Evert 2008, Corpora and
    collocations, on windows that are cut at the sentence.
    """
    wanted = None if spoken is None else set(spoken)
    uses = concordance(articles, sentences, term, voices)
    spans = VOICES.frame() if voices is None else voices
    beside: dict[str, Counter[str]] = {group: Counter() for group in articles["group"]}
    if counts is None:
        counts = count_article_terms(articles, sentences, spans, max_order=1)
    everywhere = _words_of(articles, counts, wanted)
    used = sentences.merge(uses[["article_id", "sentence"]].drop_duplicates(), on=["article_id", "sentence"])
    for article, own, others, found in each_article(articles, used, spans, uses):
        voice = paint_voices(len(article.text), others) if found else bytearray()
        own_words = bytearray(len(article.text))
        for use in found:
            own_words[use.start : use.end] = b"\1" * (use.end - use.start)
        for sentence in own:
            words = split_words(article.text, sentence.start, sentence.end)
            heard = [wanted is None or SPOKEN[voice[word.start]] in wanted for word in words]
            nodes = {at for at, word in enumerate(words) if own_words[word.start]}
            near = {at + step for at in nodes if heard[at] for step in range(-window, window + 1)}
            for at, word in enumerate(words):
                if heard[at] and at in nodes:
                    everywhere[article.group][word.term] -= 1
                elif heard[at] and at in near:
                    beside[article.group][word.term] += 1
    left_out = frozenset() if keep_stop_words else stop_words()
    rows = []
    for group, together in beside.items():
        n_beside, n_words = together.total(), everywhere[group].total()
        for collocate, a in together.items():
            if a >= min_count and collocate not in left_out:
                n = everywhere[group][collocate]
                g2 = float(log_likelihood(a, n - a, n_beside, n_words - n_beside))
                rows.append((group, collocate, a, n, n * n_beside / n_words, g2))
    order = list(beside)
    return COLLOCATES.frame(sorted(rows, key=lambda row: (order.index(row[0]), -row[5], row[1])))


def _words_of(articles: pd.DataFrame, counts: pd.DataFrame, wanted: Collection[str] | None) -> dict[str, Counter[str]]:
    """How often each word is used in each group, in the voices wanted; what is no sentence of it is not looked at."""
    counted = (counts["order"] == 1) & counts["voice"].isin(SPOKEN if wanted is None else wanted)
    counts = counts[counted & (counts["voice"] != BOILERPLATE)]
    owners = owners_of(articles, counts)
    counts, groups = counts[owners >= 0], articles["group"].to_numpy(dtype=object)[owners[owners >= 0]]
    sums = counts[["term", "n"]].assign(group=groups).groupby(["group", "term"], sort=False)["n"].sum()
    words: dict[str, Counter[str]] = {group: Counter() for group in articles["group"]}
    for row in rows_of(sums.reset_index()):
        words[row.group][row.term] = row.n
    return words
