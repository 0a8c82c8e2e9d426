"""The terms of many passages at once, counted in arrays: what one by one would take ten times as long.

Words are numbers here, and so are the terms that they make; each distinct term is written out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import regex
from numpy.typing import NDArray

from analysis.numbered import Numbered, Numbers, Part
from analysis.pieces import PIECES
from analysis.schema import as_strings
from analysis.text import split_words
from analysis.voices import SPOKEN, paint_voices

#: What numbers of 32 bits stay below.
_NARROW = 2**31
_SPACE = pa.scalar(" ", pa.large_string())
_SAME = regex.compile(rb"(?s)(.)\1*+")


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


def read_words(part: Part, voices: Sequence[Sequence[Any]]) -> Words:
    """Read the words of the passages of some articles.

    Parameters
    ----------
    part : Part
    voices : sequence of sequence of rows
        The rows of VOICES of each of its articles.

    Returns
    -------
    Words
        By article, passage and position.
    """
    spoken = [paint_voices(len(text), rows) for text, rows in zip(part.texts, voices, strict=True)]
    voice_of: list[int] = []
    n_pieces: list[int] = []
    mixed: list[tuple[int, bytes]] = []
    walked = zip(part.owners.tolist(), part.starts, part.ends, part.pieces.lengths.tolist(), strict=True)
    for passage, (owner, start, end, length) in enumerate(walked):
        said = spoken[owner]
        voice = said[start] if start < end else 0
        if said.count(voice, start, end) == end - start:
            voice_of.append(voice)
            n_pieces.append(length)
            continue
        text = part.texts[owner]
        cuts = [*(found.start() for found in _SAME.finditer(said, start, end)), end]
        if all(text[at].isspace() or text[at - 1].isspace() for at in cuts[1:-1]):
            voice_of += [said[left] for left in cuts[:-1]]
            n_pieces += [len(text[left:right].split()) for left, right in pairwise(cuts)]
        else:
            voice_of.append(voice)
            n_pieces.append(length)
            mixed.append((passage, bytes(said[word.start] for word in split_words(text, start, end))))
    return _lay_out(part.pieces, np.array(voice_of, int).repeat(n_pieces), mixed)


def _lay_out(pieces: Numbered, voices: Numbers, mixed: list[tuple[int, bytes]]) -> Words:
    """Look every piece up once, and lay its words out where it stands; `mixed` are passages of several voices."""
    # The empty piece has no words; it stands first, so that there always is one.
    terms_of, opens_of, closes_of = zip(*map(PIECES.__getitem__, ["", *pieces.distinct]), strict=True)
    piece, lengths = pieces.number + 1, pieces.lengths
    sizes = np.fromiter(map(len, terms_of), np.int64, len(terms_of))
    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)
    terms = np.array([vocabulary[term] for term in chain.from_iterable(terms_of)], np.int64)
    opens, closes = np.array(opens_of), np.array(closes_of)

    n = sizes[piece]
    ends = n.cumsum()
    within = np.arange(n.sum()) - (ends - n).repeat(n)
    owner = np.arange(lengths.size).repeat(lengths)
    joined = np.zeros(n.sum(), bool)
    together = closes[piece[:-1]] & opens[piece[1:]] & (owner[:-1] == owner[1:])
    joined[ends[:-1][together] - 1] = True
    voice = voices.repeat(n)
    before = np.append(0, ends)[np.append(0, lengths.cumsum())]
    for passage, said in mixed:
        voice[before[passage] : before[passage + 1]] = np.frombuffer(said, np.uint8)
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
    vocabulary = pa.array(words.vocabulary, pa.large_string())
    terms, first = [vocabulary], [0, n_terms]
    grams = np.full((n_words, max_order), -1, np.int64)
    grams[:, 0] = words.term
    begins = np.ones(n_words, bool)
    n_of_word = np.ones(n_words, int)  # terms that begin with it
    for order in range(2, max_order + 1):
        # A term of `order` words begins where a shorter one does whose last word is joined to another.
        begins[: n_words - order + 1] &= words.joined[order - 2 : n_words - 1]
        begins[max(0, n_words - order + 1) :] = False
        n_of_word += begins
        at = np.flatnonzero(begins)
        pairs = grams[at, order - 2] * n_terms + words.term[at + order - 1]
        numbers, distinct = _numbered(pairs, first[-1] * n_terms)
        grams[at, order - 1] = numbers + first[-1]
        lead, last = np.divmod(distinct, n_terms)
        shorter = terms[-1].take(pa.array(lead - first[-2]))
        terms.append(pc.binary_join_element_wise(shorter, vocabulary.take(pa.array(last)), _SPACE))
        first.append(first[-1] + distinct.size)

    gram, word = grams[grams >= 0], np.arange(n_words).repeat(n_of_word)
    n_grams, n_voices = first[-1], len(SPOKEN)
    keys = ((groups[words.passage] * n_voices + words.voice) * n_grams).repeat(n_of_word)
    keys += gram
    use, distinct = _numbered(keys, (groups.max(initial=0) + 1) * n_grams * n_voices)
    n = np.bincount(use, minlength=distinct.size)
    again = np.flatnonzero(n[use] > 1)  # what is used once is in one passage
    n_stretches = max(1, groups.size)
    _, in_passages = _numbered(use[again] * n_stretches + words.passage[word[again]], distinct.size * n_stretches)
    n_passages = np.maximum(np.bincount(in_passages // n_stretches, minlength=distinct.size), 1)
    at = np.empty(distinct.size, np.int64)
    at[use] = np.arange(use.size)  # where each is used last, in the same group, term and voice as before
    gram, word = gram[at], word[at]
    strings = pa.concat_arrays(terms).take(pa.array(gram))
    orders = np.arange(1, max_order + 1).repeat(np.diff(first))[gram]
    return Counts(
        groups[words.passage[word]], orders, as_strings(strings), words.voice[word], n, n_passages,
    )  # fmt: skip


def _numbered(keys: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """Number keys below a limit by their first appearance; as narrow numbers they are found in half the time."""
    numbers, distinct = pd.factorize(keys.astype(np.int32) if limit < _NARROW else keys)
    return numbers, distinct.astype(np.int64, copy=False)
