"""The terms of many passages at once, counted in arrays: what one by one would take ten times as long.

Words are numbers here, and so are the terms that they make; each distinct term is written out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import regex
from numpy.typing import NDArray

from analysis.pieces import PIECES, split_pieces
from analysis.text import split_words
from analysis.voices import SPOKEN, paint_voices

Numbers = NDArray[np.int64]

_SAME = regex.compile(rb"(?s)(.)\1*+")
# White space to Python, but not to Unicode, and so no part of a term: a dash parts words too.
_PARTING = dict.fromkeys(range(0x1C, 0x20), "–")


class Words(NamedTuple):
    """The words of some passages, in order: `joined` are those that make a term with the next.

    `term` counts into `vocabulary`, `voice` into `SPOKEN`, `passage` from 0.
    """

    vocabulary: list[str]
    term: Numbers
    passage: Numbers
    voice: Numbers
    joined: NDArray[np.bool_]


class Counts(NamedTuple):
    """How often each term is used in each group and voice, by group and first use, and in how many passages."""

    group: Numbers
    order: Numbers
    term: Any
    voice: Numbers
    n: Numbers
    n_passages: Numbers


def read_words(articles: Sequence[tuple[str, Sequence[Any], Sequence[Any]]]) -> Words:
    """Read the words of the passages of some articles.

    Parameters
    ----------
    articles : sequence of (text, passages, voices)
        Passages and voices are rows of SENTENCES and VOICES.

    Returns
    -------
    Words
        By article, passage and position.
    """
    pieces: list[str] = []
    lengths, voices, mixed = [], [], []
    n_passages, owners = 0, []
    for text, passages, rows in articles:
        spoken = paint_voices(len(text), rows)
        if any(map(text.__contains__, map(chr, _PARTING))):
            text = text.translate(_PARTING)
        for passage in passages:
            for start, end in _stretches(text, spoken, passage.start, passage.end):
                own = split_pieces(text, start, end)
                pieces += own
                lengths.append(len(own))
                owners.append(n_passages)
                voices.append(spoken[start] if start < end else 0)
                if spoken.count(voices[-1], start, end) < end - start:
                    said = bytes(spoken[word.start] for word in split_words(text, start, end))
                    mixed.append((len(lengths) - 1, said))
            n_passages += 1
    return _as_numbers(pieces, np.array(lengths, int), np.array(owners, int), np.array(voices, int), mixed)


def _stretches(text: str, spoken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a passage where its voice changes; it stays whole where that is not at white space."""
    if start < end and spoken.count(spoken[start], start, end) < end - start:
        cuts = [found.start() for found in _SAME.finditer(spoken, start, end)][1:]
        if all(text[at].isspace() or text[at - 1].isspace() for at in cuts):
            yield from zip([start, *cuts], [*cuts, end], strict=True)
            return
    yield start, end


def _as_numbers(
    pieces: list[str], lengths: Numbers, owners: Numbers, voices: Numbers, mixed: list[tuple[int, bytes]]
) -> Words:
    """Look every piece up once, and lay its words out where it stands."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    piece = np.fromiter(map(numbers.__getitem__, pieces), np.int64, len(pieces))
    read = list(map(PIECES.__getitem__, numbers))
    sizes = np.fromiter((len(one.terms) for one in read), np.int64, len(read))
    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)
    terms = np.fromiter(map(vocabulary.__getitem__, chain.from_iterable(one.terms for one in read)), np.int64)
    opens, closes = (np.fromiter((one[side] for one in read), bool, len(read)) for side in (1, 2))

    n = sizes[piece]
    ends = n.cumsum()
    within = np.arange(n.sum()) - (ends - n).repeat(n)
    owner = owners.repeat(lengths)
    joined = np.zeros(n.sum(), bool)
    together = closes[piece[:-1]] & opens[piece[1:]] & (owner[:-1] == owner[1:])
    joined[ends[:-1][together] - 1] = True
    voice = voices.repeat(lengths).repeat(n)
    before = np.append(0, ends)[np.append(0, lengths.cumsum())]
    for stretch, said in mixed:
        voice[before[stretch] : before[stretch + 1]] = np.frombuffer(said, np.uint8)
    return Words(
        list(vocabulary), terms[((sizes.cumsum() - sizes)[piece]).repeat(n) + within], owner.repeat(n), voice, joined
    )


def count_grams(words: Words, groups: Numbers, max_order: int) -> Counts:
    """Count the terms of one to `max_order` words.

    Parameters
    ----------
    words : Words
    groups : array of int
        What each passage belongs to, rising.
    max_order : int
        Longest term, in words.
    """
    n_words, n_terms = words.term.size, max(1, len(words.vocabulary))
    terms, first = list(words.vocabulary), [0, len(words.vocabulary)]
    grams = np.full((n_words, max_order), -1, np.int64)
    grams[:, 0] = shorter = words.term
    begins = np.ones(n_words, bool)
    for order in range(2, max_order + 1):
        # A term of `order` words begins where a shorter one does whose last word is joined to another.
        begins[: n_words - order + 1] &= words.joined[order - 2 : n_words - 1]
        begins[max(0, n_words - order + 1) :] = False
        at = np.flatnonzero(begins)
        numbers, distinct = pd.factorize(shorter[at] * n_terms + words.term[at + order - 1])
        grams[at, order - 1] = numbers + len(terms)
        lead, last = (part.tolist() for part in np.divmod(distinct, n_terms))
        leads = map(terms[first[order - 2] : first[order - 1]].__getitem__, lead)
        terms += map("%s %s".__mod__, zip(leads, map(words.vocabulary.__getitem__, last), strict=True))
        first.append(len(terms))
        shorter = np.full(n_words, -1, np.int64)
        shorter[at] = numbers

    places = np.flatnonzero(grams.ravel() >= 0)
    gram, word = grams.ravel()[places], places // max_order
    n_grams, passage = max(1, len(terms)), words.passage[word]
    use, distinct = pd.factorize((groups[passage] * n_grams + gram) * len(SPOKEN) + words.voice[word])
    in_passages = pd.unique(use * max(1, groups.size) + passage) // max(1, groups.size)
    rest, voice = np.divmod(distinct, len(SPOKEN))
    group, gram = np.divmod(rest, n_grams)
    return Counts(
        group,
        np.searchsorted(first, gram, side="right"),
        pd.array(terms, dtype=pd.StringDtype(na_value=np.nan)).take(gram),
        voice,
        np.bincount(use, minlength=distinct.size),
        np.bincount(in_passages, minlength=distinct.size),
    )
