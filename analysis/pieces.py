"""The words of a text by the pieces between its white space, where it does not matter at which characters they stand.

No word crosses white space, and nothing beyond it decides where a word begins or ends. So a piece has the same words
wherever it stands, and a text needs one look at each of its pieces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, count, islice, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import regex
from numpy.typing import NDArray

from analysis.memo import Memo
from analysis.schema import arrays_of, cells_of, each_article, owners_of
from analysis.text import WORD, as_term

_OF_A_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
#: What stands around most words that are written together with something else.
_PUNCTUATION = ".,;:!?\"'“”‘’()[]…–—"
#: After a word and before white space, these do not part it from the next one.
_CLOSINGS = frozenset(("", ".", "'", "’"))
#: Articles that are read together.
PART = 100
#: The text of an article, and where some passages of it begin and end.
Place = tuple[str, tuple[tuple[int, int], ...]]
_WHERE = frozenset(("article_id", "text", "sentence", "paragraph", "start", "end", "voice"))


class Piece(NamedTuple):
    """What stands between two white spaces: its words as terms, and whether they belong together with those beside it.

    `opens` says that a word begins it, `closes` that its last word ends it, or the dot of an abbreviation or a closing
    apostrophe.
    """

    terms: tuple[str, ...]
    opens: bool
    closes: bool


def split_pieces(text: str, start: int, end: int) -> list[str]:
    """Split a stretch at its white space; inside a word it begins with a 0, which no word begins with.

    Examples
    --------
    >>> split_pieces("On Dec. 8,  U.S. co-op", 3, 22), split_pieces("Talks fail", 1, 10)
    (['Dec.', '8,', 'U.S.', 'co-op'], ['0alks', 'fail'])
    """
    stretch = text[start:end]
    if start and stretch[:1].strip() and _OF_A_WORD.match(text, start - 1):
        stretch = "0" + stretch
    return stretch.split()


def surfaces(piece: str) -> list[str]:
    """Return the words of a piece as they are written.

    Examples
    --------
    >>> surfaces("(Iran’s)"), surfaces("end.The"), surfaces("8,")
    (['Iran’s'], ['end', 'The'], [])
    """
    core = piece.strip(_PUNCTUATION)
    return [core] if core.isascii() and core.isalpha() else WORD.findall(piece)


def _read(piece: str) -> Piece:
    core = piece.strip(_PUNCTUATION)
    if core.isascii() and core.isalpha():  # one word, as most are
        start = piece.index(core)
        return Piece((core.lower(),), start == 0, piece[start + len(core) :] in _CLOSINGS)
    found = list(WORD.finditer(piece))
    if not found:
        return Piece((), False, False)
    terms = tuple(as_term(match[0]) for match in found)
    return Piece(terms, found[0].start() == 0, piece[found[-1].end() :] in _CLOSINGS)


#: Each piece read once.
PIECES = Memo(_read)
#: How many words each piece has.
N_WORDS = Memo(lambda piece: len(surfaces(piece)))


def count_words(text: str, start: int, end: int) -> int:
    """Count the words of a stretch, as many as `split_words` finds.

    Examples
    --------
    >>> count_words("On Dec. 8, Iran’s co-op grew.", 0, 29)
    5
    """
    return sum(map(N_WORDS.__getitem__, split_pieces(text, start, end)))


class Numbered(NamedTuple):
    """The pieces of some stretches in order, as numbers: `number` counts into `distinct`, `lengths` are those of each.

    Few of the pieces of a text are different, and what is asked of each is asked once.
    """

    distinct: list[str]
    number: NDArray[np.int64]
    lengths: NDArray[np.int64]


def number_pieces(stretches: Sequence[list[str]]) -> Numbered:
    """Number the pieces of stretches.

    Examples
    --------
    >>> read = number_pieces([["to", "be"], [], ["to"]])
    >>> read.distinct, read.number.tolist(), read.lengths.tolist()
    (['to', 'be'], [0, 1, 0], [2, 0, 1])
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lengths = np.fromiter(map(len, stretches), np.int64, len(stretches))
    pieces = map(numbers.__getitem__, chain.from_iterable(stretches))
    number = np.fromiter(pieces, np.int64, int(lengths.sum()))
    return Numbered(list(numbers), number, lengths)


def in_parts(articles: pd.DataFrame, *tables: pd.DataFrame) -> Iterator[list[tuple[Any, ...]]]:
    """Walk the articles with their rows as `each_article` does, `PART` at a time: so many share most of their words.

    Of the columns there are only those that tell what stands where, and in whose voice.
    """
    walked = each_article(articles, *tables, columns=_WHERE)
    while part := list(islice(walked, PART)):
        yield part


def places_in_parts(articles: pd.DataFrame, passages: pd.DataFrame) -> Iterator[tuple[Place, ...]]:
    """Walk the articles `PART` at a time, for `sum_over`: where the passages of each stand, in their order."""
    (texts,) = arrays_of(articles, ["text"])
    owners = owners_of(articles, passages)
    by_article = owners.argsort(kind="stable")
    starts, ends = (values[by_article].tolist() for values in arrays_of(passages, ["start", "end"]))
    spans = list(zip(starts, ends, strict=True))
    edges = np.searchsorted(owners[by_article], np.arange(len(articles) + 1)).tolist()
    own = (tuple(spans[left:right]) for left, right in pairwise(edges))
    walked = zip(cells_of(texts), own, strict=True)
    while part := tuple(islice(walked, PART)):
        yield part


def sum_over(places: tuple[Place, ...], counts: Memo[bytes]) -> NDArray[np.int64]:
    """Add up what is counted of each piece, over each passage of some articles.

    Parameters
    ----------
    places : tuple of (text, ((start, end), …))
        The text of each article, and where its passages stand.
    counts : Memo
        What is counted of a piece: unsigned integers of 32 bits.

    Returns
    -------
    array of int
        A row for each passage, and a column for each count.
    """
    distinct, number, lengths = _numbered(places)
    counted = np.frombuffer(b"".join(map(counts.__getitem__, ["", *distinct])), np.uint32)
    counted = counted.reshape(len(distinct) + 1, -1).astype(np.int64)
    # The sums up to each piece, from which those of any stretch follow.
    sums = counted[np.append(0, number + 1)].cumsum(0)
    ends = lengths.cumsum()
    over: NDArray[np.int64] = sums[ends] - sums[ends - lengths]
    return over


@lru_cache(maxsize=4)
def _numbered(places: tuple[Place, ...]) -> Numbered:
    """The pieces of some passages, which several measures ask for one after the other."""
    return number_pieces([split_pieces(text, start, end) for text, own in places for start, end in own])
