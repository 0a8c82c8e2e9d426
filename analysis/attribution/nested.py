"""Attributions inside what others say: "Lee said that Ray had warned of it".

Every engine finds the outermost only; what stands inside is read here by the rules alone, whatever engine found the
rest, and each stretch as if it were all there is, so that nothing outside it can be taken for a part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from analysis.attribution.certainty import is_certain
from analysis.attribution.engine import CLOSING, Attribution, Span, extract
from analysis.quotes import pair_quotes
from analysis.text import split_sentences

#: How many stretches, what is said and quotations in it, are read one inside another: what bounds the time.
DEEPEST = 4
_DOUBLED = ("''", "``")
_OPENING = ('"', "“", "„", "«", "‘", *_DOUBLED)
_DOUBLE_CLOSING = ('"', "”", "»")


def with_nested(outermost: Sequence[Attribution], text: str) -> list[Attribution]:
    """Add to the outermost attributions of a text those that the rules find inside what each of them attributes.

    One is added only if it lies wholly inside a single part of the content of another, and is certain enough there
    (`is_certain`).

    Parameters
    ----------
    outermost : sequence of Attribution
        Of any engine, in order of position.
    text : str

    Returns
    -------
    list of Attribution
        Each of the outermost, in their order, followed by what stands inside it, in order of position.

    Examples
    --------
    >>> text = "Lee said that Ray warned that it rained."
    >>> found = with_nested(extract(text, [(0, 40)], [(0, 40)]), text)
    >>> [(text[slice(*one.source[0])], one.nested_in) for one in found]
    [('Lee', None), ('Ray', 0)]
    """
    cues = _reaches(span for one in outermost for span in one.cue)
    contents = sorted((end - start, start, end) for one in outermost for start, end in one.content)
    inner: dict[Span, Attribution] = {}
    for _, start, end in contents:  # the shortest first: it tells best what stands there
        for one in _inside(text, start, end, DEEPEST):
            if not _touches(cues, one.cue[0]):
                inner.setdefault(one.cue[0], one)
    every = [*outermost, *(inner[cue] for cue in sorted(inner))]
    places = innermost([vars(one) for one in every])
    standing: dict[int | None, list[int]] = {}
    for at, place in enumerate(places):
        standing.setdefault(place, []).append(at)
    found: list[Attribution] = []
    left: list[tuple[int, int | None]] = [(at, None) for at in reversed(standing.get(None, []))]
    while left:
        at, outer = left.pop()
        left += [(one, len(found)) for one in reversed(standing.get(at, []))]
        found.append(replace(every[at], nested_in=outer))
    return found


def innermost(attributions: Sequence[Mapping[str, Sequence[Span]]]) -> list[int | None]:
    """Say of each attribution of a text in which other it stands: the shortest part of a content that holds all of it.

    Parameters
    ----------
    attributions : sequence of mapping
        Each with "source", "cue" and "content": spans as (start, end) in code points, possibly none.

    Returns
    -------
    list of int
        The position of that other; None for the outermost.

    Examples
    --------
    >>> outer = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 39)]}
    >>> innermost([outer, {"source": [(14, 17)], "cue": [(18, 24)], "content": [(25, 39)]}])
    [None, 0]
    """
    whole = [[span for role in ("source", "cue", "content") for span in one[role]] for one in attributions]
    hulls = [(min(start for start, _ in spans), max(end for _, end in spans)) for spans in whole]
    parts = sorted((start, end, at) for at, one in enumerate(attributions) for start, end in one["content"])
    found: list[int | None] = [None] * len(hulls)
    opened: list[tuple[int, int, int]] = []
    first = 0
    for at in sorted(range(len(hulls)), key=hulls.__getitem__):
        start, end = hulls[at]
        while first < len(parts) and parts[first][0] <= start:
            opened.append(parts[first])
            first += 1
        opened = [part for part in opened if part[1] > start]
        around = [(right - left, left, other) for left, right, other in opened if right >= end]
        around = [part for part in around if hulls[part[2]] != hulls[at]]  # neither stands in the other
        found[at] = min(around)[2] if around else None
    return found


def _reaches(spans: Iterator[Span]) -> list[Span]:
    """Put spans in order, each to end where the furthest one until then does."""
    ordered = sorted(spans)
    ends = accumulate((end for _, end in ordered), max)
    return [(start, end) for (start, _), end in zip(ordered, ends, strict=True)]


def _touches(reaches: Sequence[Span], span: Span) -> bool:
    """Whether any of some spans shares a character with another."""
    at = bisect_left(reaches, (span[1],))
    return at > 0 and reaches[at - 1][1] > span[0]


def _inside(text: str, start: int, end: int, depth: int) -> Iterator[Attribution]:
    """Yield what stands in a stretch of text, at any depth, also in those of its quotations that are nobody's there."""
    if depth == 0 or not any(map(str.isalpha, text[start:end])):
        return
    start, end = _without_stray_marks(text, start, end)
    part = text[start:end]
    here = extract(part, split_sentences(part, 0, len(part)), [(0, len(part))], is_certain)
    for one in here:
        moved = _moved(one, start)
        yield moved
        for left, right in moved.content:
            yield from _inside(text, left, right, depth - 1)
    said = _reaches(span for one in here for span in one.content)
    for left, right in pair_quotes(part):
        if not _touches(said, (left, right)):
            yield from _inside(text, *_unmarked(text, start + left, start + right), depth - 1)


def _without_stray_marks(text: str, start: int, end: int) -> Span:
    """Return a stretch without a mark at its start or end whose fellow stands outside it or nowhere."""
    quotes = pair_quotes(text, start, end)
    if text.startswith(_OPENING, start, end) and not (quotes and quotes[0][0] == start):
        start += 2 if text.startswith(_DOUBLED, start) else 1
    if text.endswith(_DOUBLE_CLOSING, start, end) and not (quotes and quotes[-1][1] == end):
        end -= 1
    return start, end


def _unmarked(text: str, start: int, end: int) -> Span:
    """Return a quotation without its marks; an unclosed one has none at its end."""
    opening, closing = (2 if marks in _DOUBLED else 1 for marks in (text[start : start + 2], text[end - 2 : end]))
    return start + opening, end - closing if text[end - 1] in CLOSING else end


def _moved(one: Attribution, by: int) -> Attribution:
    """Return an attribution of a part of a text as one of the text, in which the part begins at `by`."""
    source, cue, content = (
        tuple((start + by, end + by) for start, end in spans) for spans in (one.source, one.cue, one.content)
    )
    return replace(one, source=source, cue=cue, content=content)
