"""Attributions whose cue is no verb of saying, beside those of the rules: "per Lee", "in Lee's view", turns of a talk.

What `engine.extract` finds stays as it is, for trained models count on it; what is found here is added to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from analysis.attribution.citing import find_citing, tells
from analysis.attribution.describe import describe
from analysis.attribution.engine import Attribution, Paragraph, Span, paragraphs, span_of
from analysis.attribution.found import Found
from analysis.attribution.occasions import find_occasions
from analysis.attribution.tokens import Tokens
from analysis.attribution.turns import find_signed, find_turns

#: How often what is found is right, in content and source, by the articles of `engine.CONFIDENCE`: 201 of 237 found by
#: "according to" were. Of all other patterns together 60 of 64 were, each too seldom for a figure of its own and mended
#: with these in view; the lower end of the 95 % interval (Wilson) is the same figure.
CONFIDENCE = 0.85
#: Here the rules take the wrong part of a sentence, or too much for the source: what is found here replaces theirs.
_SURER = frozenset(("according, inside", "as, opening", "occasion, before"))


def find_verbless(
    text: str, sentences: Sequence[Span], blocks: Sequence[Span], read: Iterable[Paragraph] | None = None
) -> list[Attribution]:
    """Find who is cited by a phrase, by an occasion, by the label of a turn or by a signature.

    Some of it `engine.extract` finds as well: "according to" at the start and at the end of a sentence.

    Parameters
    ----------
    text : str
    sentences, blocks : sequence of (start, end)
    read : iterable of Paragraph, optional
        As `engine.extract` takes them.

    Returns
    -------
    list of Attribution
        In order of their cues; a signature, which has none, stands where its quotation begins.

    Examples
    --------
    >>> text = "The plant, in Lee's view, is shut."
    >>> (one,) = find_verbless(text, [(0, 34)], [(0, 34)])
    >>> [[text[start:end] for start, end in spans] for spans in (one.source, one.cue, one.content)]
    [['Lee'], ['in', 'view'], ['The plant', 'is shut']]
    """
    return sorted((one for _, one in _find(text, sentences, blocks, read)), key=_position)


def with_verbless(
    found: Sequence[Attribution],
    text: str,
    sentences: Sequence[Span],
    blocks: Sequence[Span],
    read: Iterable[Paragraph] | None = None,
) -> list[Attribution]:
    """Add to the attributions of a text those of `find_verbless` that contradict none of them.

    Two contradict each other if they share a character of their contents or cues, or if the cue of one stands in the
    content of the other. Of two that do, the one of `found` is kept, but where it is another reading of the same cue
    or content in a pattern that the rules are known to read badly ("The plant, according to Lee, is shut").

    Parameters
    ----------
    found : sequence of Attribution
        What `engine.extract` finds.
    text : str
    sentences, blocks : sequence of (start, end)
    read : iterable of Paragraph, optional
        As `engine.extract` takes them.

    Returns
    -------
    list of Attribution
        In order of their cues.
    """
    taken = sorted((start, end, at) for at, one in enumerate(found) for start, end in (*one.cue, *one.content))
    ends = list(accumulate((end for _, end, _ in taken), max))
    left_out: set[int] = set()
    added: list[Attribution] = []
    said = bytearray(len(text))
    for pattern, one in sorted(_find(text, sentences, blocks, read), key=lambda pair: _position(pair[1])):
        parts = (*one.cue, *one.content)
        if any(1 in said[start:end] for start, end in parts):
            continue
        rivals = {at for part in parts for at in _touched(taken, ends, part)}
        if all(pattern in _SURER and _is_other_reading(one, found[at]) for at in rivals):
            left_out |= rivals
            added.append(one)
            for start, end in parts:
                said[start:end] = b"\x01" * (end - start)
    kept = [one for at, one in enumerate(found) if at not in left_out]
    return sorted([*kept, *added], key=_position)


def is_cited(tokens: Tokens, found: Found) -> bool:
    """Whether "according to" names who tells of something: not "built according to plan".

    Parameters
    ----------
    tokens : Tokens
    found : Found
        What a rule made of them; all that is not found by "according to" is cited.
    """
    return found.rule != "according" or found.source is None or tells(tokens, found.cue_tokens[0], found.source)


def _find(
    text: str, sentences: Sequence[Span], blocks: Sequence[Span], read: Iterable[Paragraph] | None
) -> Iterator[tuple[str, Attribution]]:
    """Yield what each pattern finds, with its name."""
    quotes: list[Span] = []
    for paragraph in paragraphs(text, sentences, blocks) if read is None else read:
        quotes += paragraph.quotes
        for tokens in (aside.tokens for aside in paragraph.units):
            for one in chain(find_citing(tokens), find_occasions(tokens)):
                source, cue, content = (
                    tuple(span_of(tokens, part) for part in parts) for parts in ((one.source,), one.cue, one.content)
                )
                yield one.pattern, _attribution(text, sentences, source, cue, content)
    for said in chain(find_turns(text, sentences, blocks), find_signed(text, sentences, quotes, blocks)):
        cue = (said.cue,) if said.cue else ()
        yield said.pattern, _attribution(text, sentences, (said.source,), cue, (said.content,))


def _attribution(
    text: str,
    sentences: Sequence[Span],
    source: tuple[Span, ...],
    cue: tuple[Span, ...],
    content: tuple[Span, ...],
) -> Attribution:
    told = describe(text, sentences, source, cue, content)
    return Attribution(source, cue, content, **vars(told), confidence=CONFIDENCE)


def _position(one: Attribution) -> Span:
    return (one.cue or one.content)[0]


def _touched(spans: Sequence[tuple[int, int, int]], ends: Sequence[int], part: Span) -> Iterator[int]:
    """Yield whose spans share a character with a part; `ends` are how far the spans up to each one reach."""
    at = bisect_left(spans, (part[1],))
    while at > 0 and ends[at - 1] > part[0]:
        at -= 1
        if spans[at][1] > part[0]:
            yield spans[at][2]


def _is_other_reading(one: Attribution, other: Attribution) -> bool:
    return one.cue == other.cue or one.content == other.content
