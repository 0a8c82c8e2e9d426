"""Who says what in one text: the rules, run over its paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from analysis.attribution.anonymity import Asides, set_aside
from analysis.attribution.appositions import apposition_end, type_in_place
from analysis.attribution.classes import head_of_cue
from analysis.attribution.found import Found, Range
from analysis.attribution.rules import find
from analysis.attribution.sources import without_name
from analysis.attribution.tokens import QUOTE, STOP, Tokens, join_sentences, tokenize
from analysis.quotes import pair_quotes

Span = tuple[int, int]
#: Says of what a rule found, and of the tokens it found it in, whether it is to be kept.
Keep = Callable[[Tokens, Found], bool]

#: What a quotation can end with.
CLOSING = frozenset("\"'”’»“")
#: How often a rule was right, in content and source, on 840 annotated news articles (PolNeAR 1.0, training part).
#: The rules were mended with these articles in view: on other news expect somewhat less.
CONFIDENCE = {
    "quote": 0.92, "clause": 0.82, "according": 0.82, "after": 0.80, "as": 0.77, "colon": 0.76, "adjective": 0.70,
    "preposition": 0.70, "evidence": 0.65, "object": 0.63, "infinitive": 0.60, "passive": 0.38, "noun": 0.27,
}  # fmt: skip


@dataclass(frozen=True)
class Attribution:
    """Who (source) says or thinks what (content), by which word (cue); spans are code points of the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    act: str
    kind: str
    source_type: str
    cue_class: str | None
    modality: str
    confidence: float
    #: Position, in the list that it stands in, of the innermost attribution in whose content it stands.
    nested_in: int | None = None


def extract(
    text: str,
    sentences: Sequence[Span],
    blocks: Sequence[Span],
    keep: Keep | None = None,
    read: Iterable[Paragraph] | None = None,
) -> list[Attribution]:
    """Find who is said to say or think what in one text.

    Only what lies inside `sentences` is read; headings and boilerplate are left out by leaving out their sentences.

    Parameters
    ----------
    text : str
    sentences, blocks : sequence of (start, end)
        Sentences, and the paragraphs they stand in; code points, end exclusive, in order.
    keep : callable, optional
        Leaves out some of what the rules find: those for which it is false.
    read : iterable of Paragraph, optional
        What `paragraphs` gives for them, where it is known already.

    Returns
    -------
    list of Attribution
        In order of position; an attribution inside the content of another is left out: `with_nested` adds it.

    Examples
    --------
    >>> text = "He denied it. “I was away,” said Ann Lee. “All day.”"
    >>> one, two = extract(text, [(0, 13), (14, 41), (42, 52)], [(0, 52)])
    >>> [text[start:end] for start, end in two.content]
    ['“I was away,”', '“All day.”']
    """
    found: list[Attribution] = []
    more: dict[int, list[Span]] = {}
    speaking: int | None = None
    for inside, quoted, units in paragraphs(text, sentences, blocks) if read is None else read:
        speaking = _read_paragraph(units, found, more, speaking, keep)
        unclosed = quoted and inside and quoted[-1][1] >= inside[-1][1] and text[quoted[-1][1] - 1] not in CLOSING
        speaking = speaking if unclosed else None
    for at, alone in more.items():
        kind = "direct" if found[at].kind == "direct" else "mixed"
        found[at] = replace(found[at], content=(*found[at].content, *alone), kind=kind)
    return found


class Paragraph(NamedTuple):
    """The sentences of a paragraph, its quotations, and the tokens of each stretch that is read as one."""

    sentences: list[Span]
    quotes: list[Span]
    units: list[Asides]


def paragraphs(text: str, sentences: Sequence[Span], blocks: Sequence[Span]) -> Iterator[Paragraph]:
    """Yield each paragraph; a quotation over several is in each of them."""
    quotes = pair_quotes(_only(text, blocks))
    at = first = 0
    for start, end in blocks:
        inside = []
        while at < len(sentences) and sentences[at][0] < end:
            if sentences[at][0] >= start:
                inside.append(sentences[at])
            at += 1
        while first < len(quotes) and quotes[first][1] <= start:
            first += 1
        last = bisect_left(quotes, (end, end), lo=first)
        own = [(max(left, start), min(right, end)) for left, right in quotes[first:last]]
        yield Paragraph(inside, own, [set_aside(tokenize(text, *unit)) for unit in join_sentences(text, inside, own)])


def _only(text: str, blocks: Sequence[Span]) -> str:
    """Blank out what lies between the paragraphs, unless it is white space: marks in boilerplate pair with nothing."""
    parts = []
    at = 0
    for start, end in [*blocks, (len(text), len(text))]:
        between = text[at:start]
        parts += [between if between.isspace() else "\n" * len(between), text[start:end]]
        at = end
    return "".join(parts)


def _read_paragraph(
    units: Iterable[Asides],
    found: list[Attribution],
    more: dict[int, list[Span]],
    speaking: int | None,
    keep: Keep | None,
) -> int | None:
    """Add the attributions of a paragraph to `found`; return the one that a quotation standing alone goes on with.

    Quotations that go on with one are added to `more`, by its place in `found`.
    """
    for aside in units:
        tokens = aside.tokens
        alone = _only_quotation(tokens)
        if alone and speaking is not None:
            more.setdefault(speaking, []).extend(alone)
            continue
        every = [one for one in _outermost(find(tokens), len(tokens)) if keep is None or keep(tokens, one)]
        unnamed = _without_name(aside, every)
        here = [_in_characters(tokens, one, unnamed) for one in every]
        quoting = [len(found) + i for i, one in enumerate(here) if one.kind != "indirect"]
        stating = [len(found) + i for i, one in enumerate(here) if one.act == "statement"]
        last = quoting or stating
        speaking = last[-1] if last else None
        found += here
    return speaking


def _only_quotation(tokens: Tokens) -> tuple[Span, ...]:
    """Find the quotation that is all there is in a sentence; empty if there is anything else."""
    words = [i for i, kind in enumerate(tokens.kinds) if kind not in (STOP, "?")]
    if len(words) == 1 and tokens.kinds[words[0]] == QUOTE:
        return ((tokens.starts[words[0]], tokens.ends[words[0]]),)
    return ()


def _outermost(found: Iterable[Found], n_tokens: int) -> list[Found]:
    """Leave out each attribution whose cue stands inside the content of another."""
    every = list(found)
    depth = [0] * (n_tokens + 1)
    for one in every:
        for left, right in one.content:
            depth[left] += 1
            depth[right] -= 1
    covered = list(accumulate(depth))
    return [one for one in every if not covered[one.cue_tokens[0]]]


def _without_name(aside: Asides, found: Sequence[Found]) -> set[Range]:
    """Find the sources that ask not to be named.

    A clause with "who" tells it of the source that holds it. Anything else does of the source that it stands beside,
    else of the last one with a cue before it in the sentence, but not from inside what is said.
    """
    tokens, unnamed = aside.tokens, set()
    for one in found:
        if one.source:
            end = apposition_end(tokens, one.source)
            if not aside.clauses.isdisjoint(range(one.source[0], end)):
                unnamed.add(one.source)
    for at in aside.adjuncts:
        beside = before = None
        for one in found:
            if one.source and tokens.sentence(one.cue_tokens[0]) == tokens.sentence(at):
                inside = any(left <= at < right - 1 for left, right in one.content)
                if min(one.source[0], one.cue_tokens[0]) <= at < max(one.source[1], one.cue_tokens[1]):
                    beside = one.source
                elif one.cue_tokens[0] <= at:
                    before = None if inside else one.source
        if asking := beside or before:
            unnamed.add(asking)
    return unnamed


def _in_characters(tokens: Tokens, found: Found, unnamed: Container[Range]) -> Attribution:
    content = tuple(span_of(tokens, part) for part in found.content)
    kinds = [tokens.kinds[i] for left, right in found.content for i in range(left, right)]
    if QUOTE not in kinds:
        kind = "indirect"
    elif all(k == QUOTE or k in ".,;:?-" for k in kinds):
        kind = "direct"
    else:
        kind = "mixed"
    source = () if found.source is None else (span_of(tokens, found.source),)
    source_type = type_in_place(tokens, found.source) if found.source else "none"
    if found.source and found.source in unnamed:
        source_type = without_name(source_type, tokens.words[found.source[0]])
    return Attribution(
        source=source,
        cue=(span_of(tokens, found.cue_tokens),),
        content=content,
        act=found.cue.act,
        kind=kind,
        source_type=source_type,
        cue_class=_class_of_cue(tokens, found),
        modality=found.modality,
        confidence=CONFIDENCE[found.rule],
    )


def _class_of_cue(tokens: Tokens, found: Found) -> str:
    """Return the class of a cue: "called for" is another than "called"."""
    head, cue = head_of_cue(tokens.words[slice(*found.cue_tokens)])
    return found.cue.cue_class if head is None else cue.cue_class


def span_of(tokens: Tokens, part: Range) -> Span:
    """Return a stretch of tokens in characters, without the marks that it ends with."""
    left, right = part
    while right - 1 > left and tokens.kinds[right - 1] in ",;-.":
        right -= 1
    return tokens.starts[left], tokens.ends[right - 1]
