"""Which source and which content go with a cue.

Each cue is paired with every source and content of its paragraph; a logistic model says how probable the pair is. A
content goes with the likeliest cue, a cue takes the likeliest source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.attribution.trained.decoding import Piece
from analysis.attribution.trained.reading import Reading, word_class

#: A pair is linked from this probability on.
SOURCE_FROM, CONTENT_FROM = 0.4, 0.25
_FEW = 2
_QUOTES = frozenset("\"“”'‘’«»") | {"''", "``"}
# How many tokens between two spans are looked at.
_BETWEEN = 8
# In a paragraph of more spans than many, each cue is paired with the near ones on either side.
_MANY, _NEAR = 60, 6

#: Of pairs, each as its features: how probable it is that they belong together.
Judge = Callable[[str, Sequence[list[str]]], Sequence[float]]


class Linked(NamedTuple):
    """An attribution in pieces, any of which may be missing."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


def link(reading: Reading, found: Sequence[Piece], judge: Judge) -> list[Linked]:
    """Link the spans of one paragraph into attributions.

    Parameters
    ----------
    reading : Reading
    found : sequence of Piece
        In order of position.
    judge : callable
        Takes a role, S or C, and pairs as features; gives the probability of each.

    Returns
    -------
    list of Linked
        Each cue in order, with or without a content, and each content that no cue goes with.
    """
    pairs = list(pairs_of(found))
    likely: dict[tuple[Piece, Piece], float] = {}
    for role in "SC":
        asked = [pair for pair in pairs if pair[1].role == role]
        judged = judge(role, [pair_features(reading, found, *pair) for pair in asked]) if asked else []
        likely |= zip(asked, judged, strict=True)
    sources = _likeliest(((cue, other, p) for (cue, other), p in likely.items() if other.role == "S"), SOURCE_FROM)
    cues = _likeliest(((other, cue, p) for (cue, other), p in likely.items() if other.role == "C"), CONTENT_FROM)
    contents: dict[Piece, list[Piece]] = {piece: [] for piece in found if piece.role == "Q"}
    linked = []
    for piece in found:
        if piece in cues:
            contents[cues[piece]].append(piece)
        elif piece.role == "C":
            linked.append(Linked((), (), (piece,)))
    for cue, own in contents.items():
        linked.append(Linked((sources[cue],) if cue in sources else (), (cue,), tuple(own)))
    return sorted(linked, key=lambda one: min(piece.start for role in one for piece in role))


def pairs_of(found: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Give every pair of a cue with a source or content of the same paragraph; of very many spans, the near ones."""
    reach = len(found) if len(found) <= _MANY else _NEAR
    for at, cue in enumerate(found):
        if cue.role == "Q":
            around = found[max(0, at - reach) : at + reach + 1]
            yield from ((cue, other) for other in around if other.role != "Q")


def _likeliest(judged: Iterable[tuple[Piece, Piece, float]], least: float) -> dict[Piece, Piece]:
    """Choose for each first piece the likeliest second one, the first of equals; none that is less likely than this."""
    best: dict[Piece, tuple[float, Piece]] = {}
    for one, other, probability in judged:
        if probability >= least and (one not in best or probability > best[one][0]):
            best[one] = (probability, other)
    return {one: other for one, (_, other) in best.items()}


def pair_features(reading: Reading, found: Sequence[Piece], cue: Piece, other: Piece) -> list[str]:
    """Describe a cue and a source or content of the same paragraph: order, distance, what stands between."""
    left, right = sorted((cue, other), key=lambda piece: piece.start)
    side = "L" if other is left else "R"
    first_after, last_before = (
        bisect_left(found, edge, key=lambda piece: piece.start) for edge in (left.end, right.start)
    )
    between = found[first_after:last_before]
    count = {role: min(sum(piece.role == role for piece in between), _FEW) for role in "SQC"}
    apart = min(abs(reading.sentence[cue.start] - reading.sentence[other.start]), 3)
    words = reading.words[left.end : min(right.start, left.end + _BETWEEN)]
    first = reading.words[cue.start].lower()
    distance = abs(other.start - cue.start)
    around = found[max(0, first_after - _NEAR) : last_before + _NEAR]
    nearest = all(abs(piece.start - cue.start) >= distance for piece in around if piece.role == other.role)
    return [
        "b", f"o={side}", f"gap={side}{_size(right.start - left.end)}", f"apart={side}{apart}",
        *(f"n{role}={side}{n}" for role, n in count.items()),
        f"ns={side}{count['S']}{count['Q']}{count['C']}{min(apart, 2)}",
        f"pat={side}{''.join(piece.role for piece in between)[:4]}", f"comma={side}{',' in words}",
        f"stop={side}{any(word in '.!?;' for word in words)}", f"mark={side}{any(word in _QUOTES for word in words)}",
        f"cue={side}{first}", f"kind={side}{word_class(reading.words[cue.start])}",
        f"size={_size(other.end - other.start)}", f"quoted={side}{reading.quoted[other.start]}",
        f"first={side}{reading.words[other.start].lower()}",
        f"before={side}{reading.words[cue.start - 1].lower() if cue.start else ''}", f"nearest={side}{nearest}",
    ]  # fmt: skip


def _size(n: int) -> int:
    return next(step for step in (16, 9, 5, 3, 2, 1, 0, -1_000_000) if n >= step)
