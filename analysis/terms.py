"""How often each term is used, in which voice, and where.

A term is one to three words of one sentence. Words belong together when nothing but white space stands between
them, or the dot of an abbreviation or a closing apostrophe: a number, comma, dash or other quotation mark breaks the
term, so that every term can be quoted as it stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import regex

from analysis.grams import count_grams, read_words
from analysis.inputs.files import InputError
from analysis.numbered import in_parts
from analysis.schema import Table, arrays_of, as_strings, cells_of, each_article, taken
from analysis.tables import CONCORDANCE, SENTENCE_TERMS, SURFACE_FORMS, TERM_COUNTS, VOICES
from analysis.text import as_term, spelled_alike, split_words
from analysis.voices import SPOKEN, paint_voices

_VOICES = as_strings(SPOKEN)
_WHERE = frozenset(("article_id", "start", "end", "voice"))
_TOGETHER = regex.compile(r"[.'’]?\s++")


class Use(NamedTuple):
    """One use of a term: how many words it has, what it counts as, and where it stands."""

    order: int
    term: str
    start: int
    end: int


def _uses(text: str, sentence: Any, shortest: int, longest: int) -> Iterator[Use]:
    """Walk the terms of one sentence, by position and then by length."""
    words = split_words(text, sentence.start, sentence.end)
    joined = [_TOGETHER.fullmatch(text, left.end, right.start) is not None for left, right in pairwise(words)]
    for first, word in enumerate(words):
        for last in range(first, min(first + longest, len(words))):
            if last > first and not joined[last - 1]:
                break
            if last - first + 1 >= shortest:
                term = " ".join(each.term for each in words[first : last + 1])
                yield Use(last - first + 1, term, word.start, words[last].end)


def _without_possessive(text: str, use: Use) -> int:
    """Return where the use ends if its last word is quoted without a possessive 's."""
    if text[use.end - 1] not in "sSſ":  # as most do not
        return use.end
    last = split_words(text, use.start, use.end)[-1]
    return use.end - 2 if as_term(text[last.start : use.end - 2]) == last.term else use.end


def count_terms(
    articles: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame, *, max_order: int = 3
) -> pd.DataFrame:
    """Count the terms of every sentence, title, heading and bullet, stop words too.

    Numbers are no words, and end a term; no term runs from one sentence into the next. The counts of order 1 sum to
    the words of the sentence.

    Parameters
    ----------
    articles, sentences, voices : DataFrame
        ARTICLES, SENTENCES and VOICES; what no row of VOICES covers is the author's.
    max_order : int
        Longest term, in words.

    Returns
    -------
    DataFrame
        SENTENCE_TERMS, by article, sentence and first use; empty without sentences.
    """
    return _counted(SENTENCE_TERMS, articles, sentences, voices, max_order)


def count_article_terms(
    articles: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame, *, max_order: int = 3
) -> pd.DataFrame:
    """Count the terms of every article: the rows of `total_terms(count_terms(…))`, without those of each sentence.

    Parameters
    ----------
    articles, sentences, voices, max_order
        As in `count_terms`.

    Returns
    -------
    DataFrame
        TERM_COUNTS, by article and first use; empty without sentences.
    """
    return _counted(TERM_COUNTS, articles, sentences, voices, max_order)


def _counted(
    table: Table, articles: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame, max_order: int
) -> pd.DataFrame:
    """Count the terms of sentences, or of articles, a few articles at a time: so many have few different words."""
    parts = []
    names = as_strings(cells_of(*arrays_of(articles, ["article_id"])))
    (numbers,) = arrays_of(sentences, ["sentence"])
    spoken = [rows for _, rows in each_article(articles, voices, columns=_WHERE)]
    for part in in_parts(articles, sentences):
        words = read_words(part, spoken[part.articles])
        owned = names[part.articles]
        columns: dict[str, Any] = {}
        if table is TERM_COUNTS:
            counts = count_grams(words, part.owners, max_order)
            columns["article_id"] = taken(owned, counts.group)
            columns["n_sentences"] = counts.n_passages
        else:
            counts = count_grams(words, np.arange(part.rows.size), max_order)
            columns["article_id"] = taken(owned, part.owners[counts.group])
            columns["sentence"] = numbers[part.rows][counts.group]
        voice = taken(_VOICES, counts.voice)
        parts.append(
            table.frame({**columns, "order": counts.order, "term": counts.term, "voice": voice, "n": counts.n})
        )
    return pd.concat(parts, ignore_index=True) if parts else table.frame()


def total_terms(sentence_terms: pd.DataFrame) -> pd.DataFrame:
    """Sum the terms of sentences over each article.

    Parameters
    ----------
    sentence_terms : DataFrame
        SENTENCE_TERMS.

    Returns
    -------
    DataFrame
        TERM_COUNTS, by article and first use.
    """
    key = list(TERM_COUNTS.key)
    totals = sentence_terms.groupby(key, sort=False)["n"].agg(n="sum", n_sentences="size").reset_index()
    return TERM_COUNTS.frame({name: totals[name] for name in TERM_COUNTS.names})


def read_term(term: str) -> tuple[int, str]:
    """Return how many words a term has that somebody asks for, and what it counts as.

    Raises
    ------
    InputError
        `term` has no word in it.

    Examples
    --------
    >>> read_term("Gaza’s War")
    (2, 'gaza war')
    """
    words = split_words(term)
    if not words:
        raise InputError(f"a term is one or more words, which begin with a letter; {term!r} has none")
    return len(words), " ".join(word.term for word in words)


def concordance(
    articles: pd.DataFrame, sentences: pd.DataFrame, term: str, voices: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find every use of a term, as TERM_COUNTS counts it.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES; sentences of other articles are passed over.
    term : str
        One or more words, in any spelling that counts as the same term: "Iran’s" finds "Iran".
    voices : DataFrame, optional
        VOICES; without it every use is put down as the author's.

    Returns
    -------
    DataFrame
        CONCORDANCE, by article and position; uses of a term of several words may overlap.

    Raises
    ------
    InputError
        `term` has no word in it.
    """
    order, wanted = read_term(term)
    first_word = wanted.partition(" ")[0]
    rows = []
    for article, own, spoken in each_article(articles, sentences, VOICES.frame() if voices is None else voices):
        alike = [row for row in own if first_word in spelled_alike(article.text[row.start : row.end])]
        voice = paint_voices(len(article.text), spoken) if alike else bytearray()
        for sentence in alike:  # words are looked for in few sentences, which takes most of the time
            for use in _uses(article.text, sentence, order, order):
                if use.term == wanted:
                    end = _without_possessive(article.text, use)
                    surface = article.text[use.start : end]
                    rows.append(
                        (article.article_id, sentence.sentence, SPOKEN[voice[use.start]], use.start, end, surface)
                    )
    return CONCORDANCE.frame(rows)


def all_forms(articles: pd.DataFrame, sentences: pd.DataFrame, *, max_order: int = 1) -> pd.DataFrame:
    """Find every way in which each article writes each of its terms, whatever group it is in.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES.
    max_order : int
        Longest term, in words.

    Returns
    -------
    DataFrame
        `term`, `surface`, `n`, `article_id`, `start` and `end` of the first place; by article and first use.
    """
    rows: list[tuple[Any, ...]] = []
    for article, own in each_article(articles, sentences):
        found: dict[tuple[str, str], list[Any]] = {}
        for sentence in own:
            for use in _uses(article.text, sentence, 1, max_order):
                end = _without_possessive(article.text, use)
                form = (use.term, article.text[use.start : end])
                found.setdefault(form, [0, article.article_id, use.start, end])[0] += 1
        rows += [(*form, *place) for form, place in found.items()]
    return pd.DataFrame(rows, columns=["term", "surface", "n", "article_id", "start", "end"])


def commonest_forms(articles: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Choose what to quote a term by: the form in which its group writes it most often, of several the first.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES with `group`.
    forms : DataFrame
        What `all_forms` gives.

    Returns
    -------
    DataFrame
        SURFACE_FORMS, with the first place of the form; by group and first use of the term.
    """
    groups = articles.set_index("article_id")["group"]
    keys = ["group", "term", "surface"]
    each = forms.assign(group=forms["article_id"].map(groups)).groupby(keys, sort=False, as_index=False)
    together = each.agg({"n": "sum", "article_id": "first", "start": "first", "end": "first"})
    first = together.drop_duplicates(["group", "term"])[["group", "term"]]
    most = together.sort_values("n", ascending=False, kind="stable").drop_duplicates(["group", "term"])
    ordered = first.merge(most, on=["group", "term"], how="left")
    return SURFACE_FORMS.frame({name: ordered[name].tolist() for name in SURFACE_FORMS.names})
