"""The pieces that expressions are made of: words, their parts at hyphens, numbers and punctuation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from analysis.memo import Memo
from analysis.text import WORD, as_term

_TOKEN = regex.compile(
    rf"(?P<word>{WORD.pattern})|\p{{N}}[\p{{L}}\p{{M}}\p{{N}}]*+(?:[.,]\p{{N}}++)*+|\S", regex.VERBOSE
)
_HYPHEN = regex.compile("[‐‑-]")
_DASHES = frozenset("‐‑–-")
#: What may stand before the first word of a sentence inside a sentence.
_OPENINGS = frozenset("\"“”„'‘«:—•")
#: White space to Python, but not to Unicode.
_NO_SPACE = "\x1c\x1d\x1e\x1f"
_POSSESSIVES = frozenset(("'s", "’s", "ʼs"))


class Token(NamedTuple):
    """A piece of a sentence: where it stands, what it counts as, and how it is written.

    `word` says that it is a word or a part of one; `touches` that nothing stands between it and the token before;
    `opens` that its capital may be due to its place alone; `capital` that it is a word that begins with one.
    """

    start: int
    end: int
    term: str
    surface: str
    word: bool = False
    possessive: bool = False
    touches: bool = False
    opens: bool = False
    capital: bool = False


class _Piece(NamedTuple):
    """The tokens between two white spaces, as they are where no sentence begins.

    `first` is the place of the first word among them, −1 without one; `opens` says that what follows may have its
    capital from there.
    """

    tokens: tuple[Token, ...]
    first: int
    opens: bool


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
    stop = len(text) if end is None else end
    stretch = text[start:stop]
    if any(mark in stretch for mark in _NO_SPACE) or (start and not text[start - 1].isspace()):
        return list(_tokens(text, start, stop).tokens)
    tokens: list[Token] = []
    opens = True
    at = start
    for piece in stretch.split():
        at = text.index(piece, at)
        read = _PIECES[piece]
        own = read.tokens
        if opens and read.first >= 0:
            own = (*own[: read.first], own[read.first]._replace(opens=True), *own[read.first + 1 :])
        tokens += [Token._make((at + token[0], at + token[1], *token[2:])) for token in own]
        opens = read.opens or (opens and read.first < 0)
        at += len(piece)
    return tokens


def _tokens(text: str, start: int, end: int, opens: bool = True) -> _Piece:
    """Split a stretch at whose beginning `opens` holds."""
    tokens: list[Token] = []
    last = first = -1
    for found in _TOKEN.finditer(text, start, end):
        if found["word"] is None:
            term = "-" if found[0] in _DASHES else as_term(found[0])
            tokens.append(Token(found.start(), found.end(), term, found[0], touches=found.start() == last))
            opens = opens or found[0] in _OPENINGS
        else:
            first = len(tokens) if first < 0 else first
            for part in _parts(text, found.start(), found.end()):
                tokens.append(part._replace(touches=part.start == last, opens=opens))
                last, opens = part.end, False
        last = found.end()
    return _Piece(tuple(tokens), first, opens)


def _parts(text: str, start: int, end: int) -> list[Token]:
    """The parts of one word, with the hyphens between them."""
    parts = []
    at = start
    for edge in [*(found.start() for found in _HYPHEN.finditer(text, start, end)), end]:
        possessive = edge - at > 2 and text[edge - 2 : edge].lower() in _POSSESSIVES
        stop = edge - 2 if possessive else edge
        surface = text[at:stop]
        parts.append(Token(at, stop, as_term(surface), surface, True, possessive, capital=surface[0].isupper()))
        if edge < end:
            parts.append(Token(edge, edge + 1, "-", text[edge]))
        at = edge + 1
    return parts


_PIECES = Memo(lambda piece: _tokens(piece, 0, len(piece), opens=False))


def spelled(tokens: Sequence[Token], *, term: bool = False) -> str:
    """Write tokens on one line, as they are written or as they count, with a space where something stands between.

    Two tokens of one article that touch are written together: "Al-Aqsa Flood".
    """
    parts = []
    for place, token in enumerate(tokens):
        parts.append(" " if place and not token.touches else "")
        parts.append(token.term if term else token.surface)
    return "".join(parts)
