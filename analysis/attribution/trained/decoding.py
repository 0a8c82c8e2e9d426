"""From how probable each tag of each token is, to the likeliest spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TAGS = ("O", "B-S", "I-S", "B-C", "I-C", "B-Q", "I-Q")
_IMPOSSIBLE = -1e9
_LEAST = 1e-6
#: So many paragraphs are decoded at once: all take as much memory as the longest of them.
_TOGETHER = 64
# A tag goes on with a span only where that has begun.
_MAY_FOLLOW = np.array([[tag[0] != "I" or before[2:] == tag[2:] for tag in TAGS] for before in TAGS])
_MAY_BEGIN = np.array([tag[0] != "I" for tag in TAGS])


class Piece(NamedTuple):
    """A span of tokens in one role, S, C or Q, end exclusive; and how probable it is, 0 to 1.

    `sure` is how probable the role is for its tokens, the geometric mean; `begins` and `ends`, that it begins and ends
    just there.
    """

    role: str
    start: int
    end: int
    sure: float = 1.0
    begins: float = 1.0
    ends: float = 1.0


def likeliest(probabilities: Sequence[Array], leaning: Array) -> list[list[int]]:
    """Choose the tags of each paragraph whose probabilities have the largest product, many paragraphs at once.

    Parameters
    ----------
    probabilities : sequence of array, shape (tokens, 7)
        Of each paragraph, the probability of each tag of `TAGS`.
    leaning : array, shape (7,)
        Added to the logarithms: what is above zero is chosen more often.

    Returns
    -------
    list of list of int
        Places in `TAGS`; I- follows only B- or I- of its own role.
    """
    chosen: list[list[int]] = []
    for at in range(0, len(probabilities), _TOGETHER):
        chosen += _likeliest(probabilities[at : at + _TOGETHER], leaning)
    return chosen


def _likeliest(probabilities: Sequence[Array], leaning: Array) -> list[list[int]]:
    lengths = np.array([len(one) for one in probabilities])
    scores = np.zeros((len(lengths), lengths.max(), len(TAGS)))
    for row, one in enumerate(probabilities):
        scores[row, : len(one)] = np.log(one + _LEAST) + leaning
    best = np.where(_MAY_BEGIN, scores[:, 0], _IMPOSSIBLE)
    back = np.zeros(scores.shape, dtype=np.int8)
    for at in range(1, lengths.max()):
        reach = np.where(_MAY_FOLLOW, best[:, :, None], _IMPOSSIBLE)
        back[:, at] = reach.argmax(1)
        # Past its end, a paragraph keeps the scores that it ended with.
        best = np.where((at < lengths)[:, None], reach.max(1) + scores[:, at], best)
    chosen = []
    for row, (last, length) in enumerate(zip(best.argmax(1).tolist(), lengths.tolist(), strict=True)):
        tags = [last]
        for step in back[row, length - 1 : 0 : -1].tolist():
            tags.append(step[tags[-1]])
        chosen.append(tags[::-1])
    return chosen


class Tagged(NamedTuple):
    """The tokens of a paragraph, end exclusive, and how probable each tag of `TAGS` is for each, tokens by tags."""

    start: int
    end: int
    probabilities: Array


def pieces(tags: Sequence[int], tagged: Tagged) -> list[Piece]:
    """Gather the tags of a paragraph, which `likeliest` chose, into spans."""
    found = runs([TAGS[tag] for tag in tags])
    return [piece(role, tagged.start + start, tagged.start + end, tagged) for role, start, end in found]


def piece(role: str, start: int, end: int, tagged: Tagged) -> Piece:
    """Return a span of a paragraph with how probable it is in a role."""
    begin, inside = TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")
    own = tagged.probabilities[start - tagged.start : end - tagged.start]
    either = own[:, begin] + own[:, inside]
    goes_on = tagged.probabilities[end - tagged.start, inside] if end < tagged.end else 0.0
    sure = float(np.exp(np.add.reduce(np.log(either + _LEAST)) / len(either)))
    return Piece(role, start, end, min(sure, 1.0), float(own[0, begin]), 1 - float(goes_on))


def tokens_of(pieces: Iterable[Piece]) -> list[int]:
    """Return the tokens of some spans, in order."""
    return [at for piece in pieces for at in range(piece.start, piece.end)]


def runs(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Gather tags into spans: role, start and end, counted from the first tag.

    Examples
    --------
    >>> list(runs(["B-S", "I-S", "O", "B-C", "B-C"]))
    [('S', 0, 2), ('C', 3, 4), ('C', 4, 5)]
    """
    at = 0
    while at < len(tags):
        role = tags[at][2:]
        end = at + 1
        while role and end < len(tags) and tags[end] == f"I-{role}":
            end += 1
        if role:
            yield role, at, end
        at = end
