"""From how probable each tag of each token is, to the likeliest spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TAGS = ("O", "B-S", "I-S", "B-C", "I-C", "B-Q", "I-Q")
_IMPOSSIBLE = -1e9
# A tag goes on with a span only where that has begun.
_MAY_FOLLOW = np.array([[tag[0] != "I" or before[2:] == tag[2:] for tag in TAGS] for before in TAGS])
_MAY_BEGIN = np.array([tag[0] != "I" for tag in TAGS])


class Piece(NamedTuple):
    """A span of tokens in one role, S, C or Q, end exclusive; and how sure its tags are, 0 to 1."""

    role: str
    start: int
    end: int
    sure: float


def likeliest(probabilities: Sequence[Array], leaning: Array) -> list[list[int]]:
    """Choose the tags of each paragraph whose probabilities have the largest product, all paragraphs at once.

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
    if not probabilities:
        return []
    lengths = np.array([len(one) for one in probabilities])
    scores = np.zeros((len(lengths), lengths.max(), len(TAGS)))
    for row, one in enumerate(probabilities):
        scores[row, : len(one)] = np.log(one + 1e-6) + leaning
    best = np.where(_MAY_BEGIN, scores[:, 0], _IMPOSSIBLE)
    back = np.zeros(scores.shape, dtype=np.int8)
    for at in range(1, lengths.max()):
        reach = np.where(_MAY_FOLLOW, best[:, :, None], _IMPOSSIBLE)
        back[:, at] = reach.argmax(1)
        # Past its end, a paragraph keeps the scores that it ended with.
        best = np.where((at < lengths)[:, None], reach.max(1) + scores[:, at], best)
    chosen = []
    for row, length in enumerate(lengths):
        tags = [int(best[row].argmax())]
        for at in range(length - 1, 0, -1):
            tags.append(int(back[row, at, tags[-1]]))
        chosen.append(tags[::-1])
    return chosen


def pieces(tags: Sequence[int], probabilities: Array, first: int) -> list[Piece]:
    """Gather the tags of a paragraph into spans.

    Parameters
    ----------
    tags : sequence of int
        What `likeliest` chose.
    probabilities : array, shape (tokens, 7)
    first : int
        The number of the paragraph's first token.
    """
    found = []
    for role, start, end in runs([TAGS[tag] for tag in tags]):
        sure = float(np.exp(np.log(probabilities[np.arange(start, end), tags[start:end]] + 1e-6).mean()))
        found.append(Piece(role, first + start, first + end, sure))
    return found


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
