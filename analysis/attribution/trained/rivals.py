"""Two readings of the same words: what a model makes of them, and what the rules do; the more probable one is kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from analysis.attribution.engine import Attribution, Span
from analysis.attribution.trained.decoding import Piece, Tagged, piece, tokens_of
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.reading import ROLES, Reading


def in_pieces(reading: Reading, tagged: Sequence[Tagged], found: Iterable[Attribution]) -> Iterator[Linked]:
    """Yield what rules found, in pieces of tokens that are as probable as a model says.

    Parameters
    ----------
    reading : Reading
    tagged : sequence of Tagged
        What `Model.tag` gives.
    found : iterable of Attribution
        Those without a token in their content are left out.
    """
    starts = [one.start for one in tagged]

    def pieces(code: str, spans: Sequence[Span]) -> Iterator[Piece]:
        for span in spans:
            tokens = reading.tokens_in(span)
            if tokens:
                paragraph = tagged[bisect_right(starts, tokens[0]) - 1]
                yield piece(code, tokens[0], min(tokens[-1] + 1, paragraph.end), paragraph)

    for one in found:
        source, cue, content = (tuple(pieces(code, getattr(one, role))) for role, code in _IN_ORDER)
        if content:
            yield Linked(source, cue, content)


_IN_ORDER = [(role, ROLES[role]) for role in ("source", "cue", "content")]


def most_probable(candidates: Iterable[tuple[Linked, float]]) -> list[int]:
    """Choose attributions that do not contradict each other, the most probable first.

    Two contradict each other if they share a token of their contents or their cues, or if the cue of one stands in
    the content of the other. Of two that are as probable the first is kept.

    Parameters
    ----------
    candidates : iterable of (Linked, float)
        Each with how probable it is.

    Returns
    -------
    list of int
        The places of those that are kept, in ascending order.
    """
    every = list(candidates)
    taken: set[int] = set()
    kept = []
    for place in sorted(range(len(every)), key=lambda at: -every[at][1]):
        one, _ = every[place]
        own = set(tokens_of((*one.cue, *one.content)))
        if taken.isdisjoint(own):
            taken |= own
            kept.append(place)
    return sorted(kept)
