"""The pieces that expressions are made of: words, their parts at hyphens, numbers and punctuation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from analysis.text import WORD, as_term

_TOKEN = regex.compile(
    rf"(?P<word>{WORD.pattern})|\p{{N}}[\p{{L}}\p{{M}}\p{{N}}]*+(?:[.,]\p{{N}}++)*+|\S", regex.VERBOSE
)
_HYPHEN = regex.compile("[‐‑-]")
_DASHES = frozenset("‐‑–-")
#: What may stand before the first word of a sentence inside a sentence.
_OPENINGS = frozenset("\"“”„'‘«:—•")
_POSSESSIVES = frozenset(("'s", "’s", "ʼs"))


class Token(NamedTuple):
    """A piece of a sentence: where it stands, what it counts as, and how it is written.

    `word` says that it is a word or a part of one; `touches` that nothing stands between it and the token before;
    `opens` that its capital may be due to its place alone.
    """

    start: int
    end: int
    term: str
    surface: str
    word: bool = False
    possessive: bool = False
    touches: bool = False
    opens: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.word and self.surface[0].isupper()


def split_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split a sentence into tokens; hyphenated words are split at their hyphens, possessive 's is left out.

    Parameters
    ----------
    text : str
    start, end : int
        The sentence; code points.

    Examples
    --------
    >>> [token.surface for token in split_tokens("Iran’s Tehran-backed ally, U.S. 3+3")]
    ['Iran', 'Tehran', '-', 'backed', 'ally', ',', 'U.S.', '3', '+', '3']
    """
    tokens: list[Token] = []
    last = -1
    opens = True
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        if found["word"] is None:
            term = "-" if found[0] in _DASHES else as_term(found[0])
            tokens.append(Token(found.start(), found.end(), term, found[0], touches=found.start() == last))
            last = found.end()
            opens = opens if found[0] in _DASHES and len(tokens) == 1 else opens or found[0] in _OPENINGS
            continue
        for piece in _pieces(text, found.start(), found.end()):
            tokens.append(piece._replace(touches=piece.start == last, opens=opens))
            last, opens = piece.end, False
        last = found.end()
    return tokens


def _pieces(text: str, start: int, end: int) -> list[Token]:
    """The parts of one word, with the hyphens between them."""
    pieces = []
    at = start
    for edge in [*(found.start() for found in _HYPHEN.finditer(text, start, end)), end]:
        possessive = edge - at > 2 and text[edge - 2 : edge].lower() in _POSSESSIVES
        stop = edge - 2 if possessive else edge
        surface = text[at:stop]
        pieces.append(Token(at, stop, as_term(surface), surface, True, possessive, at > start))
        if edge < end:
            pieces.append(Token(edge, edge + 1, "-", text[edge], touches=True))
        at = edge + 1
    return pieces


def spelled(tokens: Sequence[Token], *, term: bool = False) -> str:
    """Write tokens on one line, as they are written or as they count, with a space where something stands between.

    Two tokens of one article that touch are written together: "Al-Aqsa Flood".
    """
    parts = []
    for place, token in enumerate(tokens):
        parts.append(" " if place and not token.touches else "")
        parts.append(token.term if term else token.surface)
    return "".join(parts)
