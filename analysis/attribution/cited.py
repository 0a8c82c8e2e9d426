"""What a phrase that cites somebody is about: the clause before it, after it, or on both sides."""

from __future__ import annotations

from analysis.attribution.content import clause_end, object_end, trailing_start
from analysis.attribution.found import Range
from analysis.attribution.phrases import has_verb, is_finite
from analysis.attribution.tokens import AND, AUX, COMMA, PRONOUN, QUOTE, REL, SUB, THAT, VERB, Tokens

#: How far the verb of a clause may stand from where it begins, in tokens.
_SUBJECT = 24


def cited_part(tokens: Tokens, at: int, end: int, name: str) -> tuple[str, tuple[Range, ...]]:
    """Say where a phrase that cites somebody stands in its sentence, and what it cites.

    Parameters
    ----------
    tokens : Tokens
    at, end : int
        The phrase in tokens, end exclusive.
    name : str
        What it is by `citing`: what is cited by "words" and "as" inside a sentence is a quotation.

    Returns
    -------
    (str, tuple of Range)
        "opening", "inside" or "closing", and the content; empty where it is not certain.
    """
    first, stop = tokens.sentence(at)
    quoting = name in ("words", "as")
    after = end + (tokens.kind(end) == COMMA)
    if at == first or (at == first + 1 and tokens.kinds[first] == AND):
        quoted = tokens.kind(end) == QUOTE and name == "words"
        right = _clause(tokens, after, stop) if after > end or quoted else ()
        return "opening", right
    if end >= stop:
        left = (trailing_start(tokens, at), at - (tokens.kind(at - 1) == COMMA))
        last = left[1] - 1
        if name == "words" and tokens.kind(last) == QUOTE:
            return "closing", ((last, last + 1),)
        told = has_verb(tokens, *left) or tokens.kind(last) == QUOTE
        return "closing", (left,) if told and left[0] < left[1] else ()
    if after == end or tokens.kind(at - 1) != COMMA:
        return "inside", ()
    if quoting and tokens.kind(after) == QUOTE:
        return "inside", ((after, object_end(tokens, after, stop)),)
    return "inside", () if quoting else _around(tokens, at - 1, after, stop)


def _clause(tokens: Tokens, first: int, stop: int) -> tuple[Range, ...]:
    """Return the clause or quotation that begins at `first`; nothing if there is none."""
    if first >= stop:
        return ()
    quoted = tokens.kinds[first] == QUOTE
    bare = tokens.kinds[first] in (VERB, AUX, COMMA, AND, REL) or is_finite(tokens, first)
    return ((first, clause_end(tokens, first, stop)),) if quoted or (not bare and _is_said(tokens, first, stop)) else ()


def _is_said(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether a finite verb or a quotation stands in some words, or a pronoun that is its subject opens them."""
    if first + 1 < stop and tokens.kinds[first] == PRONOUN:
        return True
    return QUOTE in tokens.kinds[first : min(stop, first + _SUBJECT)] or has_verb(tokens, first, stop)


def _around(tokens: Tokens, comma: int, after: int, stop: int) -> tuple[Range, ...]:
    """Return what is cited by a phrase between two commas: "The plant | is shut", but "and, …, | the plant is shut"."""
    before = tokens.kind(comma - 1)
    if before in (AND, THAT, SUB):
        return _clause(tokens, after, stop) if before != THAT or not is_finite(tokens, after) else ()
    relative = comma - 1
    while relative > max(0, comma - 5) and tokens.kind(relative) != REL and tokens.word(relative) != "whose":
        relative -= 1
    if tokens.kind(relative) == REL or tokens.word(relative) == "whose":
        left, right = (relative, comma), (after, object_end(tokens, after, stop))
    else:
        left, right = (trailing_start(tokens, comma), comma), (after, clause_end(tokens, after, stop))
    opener = tokens.kinds[left[0]]
    if left[1] - left[0] > _SUBJECT or opener in (SUB, QUOTE) or QUOTE in tokens.kinds[slice(*left)]:
        return ()
    if any(is_finite(tokens, look) for look in range(*left)) or not _is_said(tokens, *right):
        return ()
    return left, right
