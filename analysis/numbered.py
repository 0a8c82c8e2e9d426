"""The pieces of many passages as numbers: what is asked of a piece is asked once, and looked up wherever it stands.

Several measures ask for the same passages one after the other; their pieces are numbered once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.pieces import stretch_of
from analysis.schema import arrays_of, cells_of, owners_of

Numbers = NDArray[np.int64]

#: Articles that are read together: so many share most of their words.
PART = 100
# White space to Python, but not to Unicode, and so no part of a term: a dash parts words too.
_PARTING = dict.fromkeys(range(0x1C, 0x20), "–")


@dataclass(frozen=True, eq=False)
class Numbered:
    """The pieces of some stretches in order, as numbers: `number` counts into `distinct`, `lengths` are those of each.

    Few of the pieces of a text are different, and what is asked of each is asked once.
    """

    distinct: list[str]
    number: Numbers
    lengths: Numbers


class Part(NamedTuple):
    """Some of the articles that are read, and their passages, by article and then as they stand in their table.

    `texts` are those of the articles, with a dash for what parts words only in Python. `owners` count into them;
    `starts`, `ends` and `rows` tell where each passage stands in its text and in its table.
    """

    articles: slice
    texts: tuple[str, ...]
    owners: Numbers
    starts: list[int]
    ends: list[int]
    rows: Numbers
    pieces: Numbered


def number_pieces(stretches: Iterable[str]) -> Numbered:
    """Number the pieces of stretches, by their first appearance; Arrow splits as Python does, in a third of the time.

    Examples
    --------
    >>> read = number_pieces(["to be", " ", "to"])
    >>> read.distinct, read.number.tolist(), read.lengths.tolist()
    (['to', 'be'], [0, 1, 0], [2, 0, 1])
    """
    # At white space around a stretch, Arrow would find an empty piece; of nothing it finds none.
    split = pc.utf8_split_whitespace(pa.array([stretch.strip() or None for stretch in stretches], pa.large_string()))
    pieces = split.values.dictionary_encode()
    return Numbered(pieces.dictionary.to_pylist(), np.asarray(pieces.indices, np.int64), np.diff(split.offsets))


def in_parts(articles: pd.DataFrame, passages: pd.DataFrame) -> Iterator[Part]:
    """Walk articles `PART` at a time, with the pieces of their passages.

    Parameters
    ----------
    articles, passages : DataFrame
        ARTICLES and SENTENCES, in any order; passages of other articles are passed over. What was set aside as
        boilerplate, of which few measures ask, is numbered apart from the sentences.
    """
    (texts,) = arrays_of(articles, ["text"])
    read = list(map(_parted, cells_of(texts)))
    owners = owners_of(articles, passages)
    rows = owners.argsort(kind="stable")[(owners < 0).sum() :]
    owners = owners[rows]
    starts, ends, numbers = arrays_of(passages, ["start", "end", "sentence"])
    firsts = range(0, len(read), PART)
    edges = np.searchsorted(owners, [*firsts, len(read)]).tolist()
    for first, left, right in zip(firsts, edges[:-1], edges[1:], strict=True):
        own, own_rows = tuple(read[first : first + PART]), rows[left:right]
        spans = np.stack([owners[left:right] - first, starts[own_rows], ends[own_rows]])
        aside = numbers[own_rows] < 0
        if aside.any():
            sentences, others = (_numbered(own, spans[:, which].tobytes()) for which in (~aside, aside))
            pieces = _in_order(sentences, others, aside)
        else:
            pieces = _numbered(own, spans.tobytes())
        places, begin, end = spans
        yield Part(slice(first, first + PART), own, places, begin.tolist(), end.tolist(), own_rows, pieces)


def _parted(text: str) -> str:
    return text.translate(_PARTING) if any(map(text.__contains__, map(chr, _PARTING))) else text


@lru_cache(maxsize=4)
def _numbered(texts: tuple[str, ...], spans: bytes) -> Numbered:
    """The pieces of stretches of some texts; `spans` are the numbers of which, from where and to where, one by one."""
    owners, starts, ends = np.frombuffer(spans, np.int64).reshape(3, -1).tolist()
    return number_pieces(
        [stretch_of(texts[owner], start, end) for owner, start, end in zip(owners, starts, ends, strict=True)]
    )


def _in_order(pieces: Numbered, others: Numbered, aside: NDArray[np.bool_]) -> Numbered:
    """Put the pieces of passages that were numbered apart where they stand: `aside` tells which are the others."""
    place = np.append(np.flatnonzero(~aside), np.flatnonzero(aside)).argsort()
    lengths = np.append(pieces.lengths, others.lengths)
    before = lengths.cumsum() - lengths
    lengths, before = lengths[place], before[place]
    at = np.arange(lengths.sum()) + (before - (lengths.cumsum() - lengths)).repeat(lengths)
    number = np.append(pieces.number, others.number + len(pieces.distinct))[at]
    return Numbered(pieces.distinct + others.distinct, number, lengths)
