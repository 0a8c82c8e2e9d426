"""Whose words are that no cue goes with: of who signs them, or of the speaker of the paragraph before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.attribution.trained.decoding import Piece
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.reading import OPENING_MARKS, Reading, word_class

#: So many tokens, a full stop or a mark, may stand beside what is said or after a cue that waits for it.
_BESIDE = 2
#: So many tokens may stand after a signature: an office, a date.
_AFTER = 12
_DASHES = frozenset(("—", "―", "–", "--", "-"))


def find_speakers_of_cueless(
    reading: Reading, paragraphs: Iterable[tuple[tuple[int, int], Sequence[Linked]]]
) -> list[Linked]:
    """Find whose the contents are that no cue goes with, and leave out what is not whole.

    A quotation is of the name that signs it after a dash. A paragraph that is one content is that of a cue that ends
    the paragraph before without having one ("He said:"), or goes on with a quotation there. Any other content without
    a cue is nobody's.

    Parameters
    ----------
    reading : Reading
    paragraphs : iterable of (range of tokens, sequence of Linked)
        What `link` gives for each paragraph, in order.

    Returns
    -------
    list of Linked
        Those with a content and a cue, or with a content and a signature.
    """
    found: list[Linked] = []
    more: dict[int, list[Piece]] = {}
    speaking: int | None = None
    for (start, end), linked in paragraphs:
        if speaking is not None and len(linked) == 1 and not linked[0].cue:
            (piece,) = linked[0].content
            if piece.start - start <= _BESIDE and end - piece.end <= _BESIDE:
                more.setdefault(speaking, []).append(piece)
                continue
        speaking = None
        for one in linked:
            waits = bool(one.cue) and not one.content and end - one.cue[-1].end <= _BESIDE
            quotes = bool(one.cue) and any(_opens(reading, piece) for piece in one.content)
            speaking = len(found) if waits or quotes else speaking
            found.append(one if one.cue else one._replace(source=_signature(reading, one.content[0], end)))
    for at, pieces in more.items():
        found[at] = found[at]._replace(content=(*found[at].content, *pieces))
    return [one for one in found if one.content and (one.cue or one.source)]


def _opens(reading: Reading, piece: Piece) -> bool:
    return reading.words[piece.start].startswith(OPENING_MARKS)


def _signature(reading: Reading, said: Piece, end: int) -> tuple[Piece, ...]:
    """Find the name that stands after a quotation and a dash, near the end of the paragraph."""
    first = said.end + 1
    if not _opens(reading, said) or first >= end or reading.words[said.end] not in _DASHES:
        return ()
    last = first
    while last < end and (word_class(reading.words[last]) == "Name" or (last > first and reading.words[last] == ".")):
        last += 1
    return (Piece("S", first, last, said.sure),) if first < last and end - last <= _AFTER else ()
