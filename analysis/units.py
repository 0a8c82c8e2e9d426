"""What is counted and drawn at random: uses of words in sentences, summed over the units of evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import owners_of
from analysis.sides import place_articles
from analysis.text import stop_words as english_stop_words
from analysis.voices import COUNTED, VOICE_NAMES

Array = NDArray[np.float64]

#: A tested term stands in so many sentences, whatever `min_count` is.
MIN_SENTENCES = 2
# Whole numbers are small if they go up to so many times their number.
_COUNTED_OFF = 16
# What tells one unit from another.
_KEYS = {"sentence": ["article", "sentence"], "paragraph": ["article", "paragraph"], "article": ["article"]}


class Counted(NamedTuple):
    """Uses of words in sentences. Groups, articles and terms are numbers, in an order that their texts alone decide."""

    groups: list[str]
    terms: list[str]
    #: group, article, sentence, paragraph, term, n: one row for each term in a sentence, sorted.
    entries: pd.DataFrame


class Units(NamedTuple):
    """What is drawn at random: the side of each unit, its words, and its uses of each tested term."""

    labels: NDArray[np.int64]
    words: Array
    #: Of the smallest type that holds them: of two long articles there are a hundred million.
    counts: NDArray[np.integer[Any]]


def count_uses(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    sentence_terms: pd.DataFrame,
    voices: Collection[str] | None = None,
) -> Counted:
    """Keep the words of the voices compared, and number everything.

    Parameters
    ----------
    articles, sentences, sentence_terms : DataFrame
        ARTICLES with `group`, SENTENCES and SENTENCE_TERMS.
    voices : collection of str, optional
        Count the words of these voices only; by default all but boilerplate.

    Returns
    -------
    Counted

    Raises
    ------
    ValueError
        There is no such voice.
    """
    unknown = sorted(set(voices or ()) - set(VOICE_NAMES[1:]))
    if unknown:
        raise ValueError(f"voices may be {', '.join(VOICE_NAMES[1:])}; found {unknown}")
    groups, places = place_articles(articles)
    own = owners_of(places, sentences)
    known = pd.DataFrame({"article": own, **{name: sentences[name].to_numpy() for name in ("sentence", "paragraph")}})
    known = known[own >= 0]
    spoken = sentence_terms["voice"].isin(list(COUNTED if voices is None else voices))
    chosen = sentence_terms[(sentence_terms["order"] == 1) & spoken]
    asked = pd.DataFrame({"article": owners_of(places, chosen), "sentence": chosen["sentence"].to_numpy()})
    at = _places_in(known, asked)
    found = np.flatnonzero(at >= 0)
    codes, distinct = pd.factorize(chosen["term"].array.take(found))
    terms = sorted(distinct)
    codes = np.fromiter(map(dict(zip(terms, range(len(terms)), strict=True)).__getitem__, distinct), np.int64)[codes]
    # A sentence stands in one paragraph, and an article in one group: what follows from these need not be told apart.
    rows = asked.iloc[found].assign(term=codes)
    number = number_rows(rows, ["article", "sentence", "term"])
    first = np.unique(number, return_index=True)[1]
    entries = {name: rows[name].to_numpy()[first] for name in ("article", "sentence", "term")}
    n = np.bincount(number, chosen["n"].to_numpy()[found], first.size).astype(np.int64)
    group = places["group"].to_numpy()[entries["article"]]
    paragraph = known["paragraph"].to_numpy()[at[found]][first]
    columns = {"group": group, "article": entries["article"], "sentence": entries["sentence"], "paragraph": paragraph}
    return Counted(groups, terms, pd.DataFrame({**columns, "term": entries["term"], "n": n}))


def _places_in(known: pd.DataFrame, asked: pd.DataFrame) -> NDArray[np.int64]:
    """Where among the sentences known, each of which stands there once, each that is asked for is; −1 if it is none."""
    numbers = number_rows(pd.concat([known[["article", "sentence"]], asked]), ["article", "sentence"])
    places = np.full(int(numbers.max(initial=-1)) + 1, -1)
    places[numbers[: len(known)]] = np.arange(len(known))
    return places[numbers[len(known) :]]


def sum_uses(entries: pd.DataFrame, row: str, column: str, shape: tuple[int, int]) -> Array:
    """Sum the uses into a matrix."""
    sums = np.zeros(shape)
    np.add.at(sums, (entries[row].to_numpy(dtype=int), entries[column].to_numpy(dtype=int)), entries["n"].to_numpy())
    return sums


def kept_terms(terms: list[str], stop_words: bool) -> NDArray[np.bool_]:
    """Say which terms may be tested: all, or all but the stop words."""
    return np.array([stop_words or term not in english_stop_words() for term in terms], dtype=bool)


def tested_terms(counted: Counted, min_count: int, stop_words: bool) -> NDArray[np.bool_]:
    """Say which terms are tested: used `min_count` times in all groups counted, in two sentences, and kept."""
    n = np.bincount(counted.entries["term"], counted.entries["n"], len(counted.terms))
    n_sentences = np.bincount(counted.entries["term"], minlength=len(counted.terms))
    return kept_terms(counted.terms, stop_words) & (n >= min_count) & (n_sentences >= MIN_SENTENCES)


def units_of(counted: Counted, unit: str, tested: NDArray[np.int64]) -> Units:
    """Give each sentence, paragraph or article with a word of the voices compared a number, in content order.

    Parameters
    ----------
    counted : Counted
    unit : {"sentence", "paragraph", "article"}
    tested : array of int
        The numbers of the tested terms, one for each column of the counts.

    Returns
    -------
    Units
    """
    group, term, n = (counted.entries[name].to_numpy(dtype=np.int64) for name in ("group", "term", "n"))
    units = number_rows(counted.entries, _KEYS[unit])
    n_units = int(units.max(initial=-1)) + 1
    labels = np.zeros(n_units, dtype=np.int64)
    labels[units] = group
    column = np.full(len(counted.terms), -1)
    column[tested] = np.arange(tested.size)
    kept = column[term] >= 0
    # The units of a term lie side by side in memory: it is taken out again and again, once for each deal of the units.
    cells, at = np.unique(column[term[kept]] * n_units + units[kept], return_inverse=True)
    uses = np.bincount(at, n[kept], cells.size).astype(np.int64)
    counts = np.zeros(n_units * tested.size, np.min_scalar_type(uses.max(initial=0)))
    counts[cells] = uses
    counts = counts.reshape(tested.size, n_units).T
    return Units(labels, np.bincount(units, n, n_units).astype(float), counts)


def number_rows(rows: pd.DataFrame, key: Sequence[str]) -> NDArray[np.int64]:
    """Number rows by some columns of whole numbers, as `groupby(key).ngroup()` does: from 0, in the order of the key.

    Examples
    --------
    >>> rows = pd.DataFrame({"article": [1, 0, 1, 1], "paragraph": [2, 9, 1, 2]})
    >>> number_rows(rows, ["article", "paragraph"]).tolist()
    [2, 0, 1, 2]
    """
    numbers = np.zeros(len(rows), dtype=np.int64)
    for name in key:
        codes = _ranks(rows[name].to_numpy(dtype=np.int64))
        # Numbers so far and codes are both less than the number of rows, so that no product overflows.
        numbers = _ranks(numbers * (int(codes.max(initial=0)) + 1) + codes)
    return numbers


def _ranks(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank of each whole number among those there are: counted off where they are small, which needs no sorting."""
    largest = int(values.max(initial=0))
    if values.min(initial=0) < 0 or largest > _COUNTED_OFF * (values.size + 1):
        return np.unique(values, return_inverse=True)[1]
    there = np.zeros(largest + 1, dtype=np.int64)
    there[values] = 1
    return (np.cumsum(there) - 1)[values]
