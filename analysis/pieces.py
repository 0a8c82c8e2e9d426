"""The words of a text by the pieces between its white space, where it does not matter at which characters they stand.

No word crosses white space, and nothing beyond it decides where a word begins or ends. So a piece has the same words
wherever it stands, and a text needs one look at each of its pieces.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from analysis.memo import Memo
from analysis.text import WORD, as_term

_OF_A_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
#: What stands around most words that are written together with something else.
_PUNCTUATION = ".,;:!?\"'“”‘’()[]…–—"
#: After a word and before white space, these do not part it from the next one.
_CLOSINGS = frozenset(("", ".", "'", "’"))


class Piece(NamedTuple):
    """What stands between two white spaces: its words as terms, and whether they belong together with those beside it.

    `opens` says that a word begins it, `closes` that its last word ends it, or the dot of an abbreviation or a closing
    apostrophe.
    """

    terms: tuple[str, ...]
    opens: bool
    closes: bool


def stretch_of(text: str, start: int, end: int) -> str:
    """Return a stretch of a text; inside a word it begins with a 0, which no word begins with.

    Examples
    --------
    >>> stretch_of("Talks fail", 0, 10), stretch_of("Talks fail", 1, 10)
    ('Talks fail', '0alks fail')
    """
    stretch = text[start:end]
    if start and not text[start - 1 : start].isspace() and stretch[:1].strip() and _OF_A_WORD.match(text, start - 1):
        return "0" + stretch
    return stretch


def split_pieces(text: str, start: int, end: int) -> list[str]:
    """Split a stretch of a text, as `stretch_of` gives it, at its white space.

    Examples
    --------
    >>> split_pieces("On Dec. 8,  U.S. co-op", 3, 22), split_pieces("Talks fail", 1, 10)
    (['Dec.', '8,', 'U.S.', 'co-op'], ['0alks', 'fail'])
    """
    return stretch_of(text, start, end).split()


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


#: Each piece read once; a corpus of 20,000 articles has some 200,000.
PIECES = Memo(_read, times=2)
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
