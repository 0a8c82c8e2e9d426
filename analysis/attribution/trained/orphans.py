"""A cue for what is said without one: the word of its sentence that comes nearest to being its cue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.attribution.trained.decoding import TAGS, Array, Piece, Tagged, piece
from analysis.attribution.trained.linking import Judge, Linked, pair_features
from analysis.attribution.trained.reading import Reading

#: A word is taken for a cue, and one for a source, from this probability on.
CUE_FROM, SOURCE_FROM = 0.1, 0.2


def find_cues(
    reading: Reading, tagged: Tagged, found: Sequence[Piece], linked: Sequence[Linked], judge: Judge
) -> list[Linked]:
    """Give each content of a paragraph that no cue goes with the likeliest cue of its sentence, and that a source.

    Parameters
    ----------
    reading : Reading
    tagged : Tagged
        The paragraph.
    found : sequence of Piece
        Its spans, in order of position.
    linked : sequence of Linked
        What `link` makes of them.
    judge : callable
        As that of `link`.

    Returns
    -------
    list of Linked
        As many as before, in the same order; a content for which no cue is likely enough is left as it is.
    """
    if all(one.cue for one in linked):
        return list(linked)
    cues, sources = (_masses(tagged.probabilities, role) for role in "QS")
    for one in found:
        left, right = one.start - tagged.start, one.end - tagged.start
        cues[left:right] = 0
        sources[left:right] = 0
    return [one if one.cue else _with_cue(reading, tagged, found, one, cues, sources, judge) for one in linked]


def _masses(probabilities: Array, role: str) -> Array:
    return probabilities[:, TAGS.index(f"B-{role}")] + probabilities[:, TAGS.index(f"I-{role}")]


def _with_cue(
    reading: Reading, tagged: Tagged, found: Sequence[Piece], one: Linked, cues: Array, sources: Array, judge: Judge
) -> Linked:
    content = one.content[0]
    first, last = _sentence(reading, tagged, content)
    cue = _best(tagged, "Q", cues, first, last, CUE_FROM)
    if cue is None:
        return one
    rivals = [other for other in found if other.role == "S" and first <= other.start - tagged.start < last]
    if not rivals:
        own = _best(tagged, "S", sources, first, last, SOURCE_FROM)
        return Linked((own,) if own and own.start != cue.start else (), (cue,), one.content)
    around = sorted([*found, cue], key=lambda piece: piece.start)
    judged = judge("S", [pair_features(reading, around, cue, other) for other in rivals])
    return Linked((rivals[int(np.argmax(judged))],), (cue,), one.content)


def _sentence(reading: Reading, tagged: Tagged, content: Piece) -> tuple[int, int]:
    """The tokens of the sentences that a content stands in, counted from the paragraph's first."""
    first, last = content.start, content.end
    while first > tagged.start and reading.sentence[first - 1] == reading.sentence[content.start]:
        first -= 1
    while last < tagged.end and reading.sentence[last] == reading.sentence[content.end - 1]:
        last += 1
    return first - tagged.start, last - tagged.start


def _best(tagged: Tagged, role: str, masses: Array, first: int, last: int, least: float) -> Piece | None:
    """The likeliest token of a stretch in a role, with those beside it that are half as likely."""
    at = first + int(np.argmax(masses[first:last]))
    if masses[at] < least:
        return None
    left, right = at, at + 1
    while left > first and masses[left - 1] > masses[at] / 2:
        left -= 1
    while right < last and masses[right] > masses[at] / 2:
        right += 1
    return piece(role, tagged.start + left, tagged.start + right, tagged)
