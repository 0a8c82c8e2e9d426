"""Speech that only its place gives to somebody: the turns of a transcript, and a quotation signed after a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.attribution.engine import Span
from analysis.attribution.lexicon import word_set
from analysis.attribution.sources import kind_of
from analysis.attribution.tokens import AUX, CUE, DASH, NAME, QUOTE, SEMICOLON, STOP, VERB, Tokens, tokenize

#: The label of a turn, in letters at most, and the names it may have: "SMITH:", "Ann Lee:", "Dr. Lee:".
_LABEL = re.compile(r"((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3}):(?=\s)")
_DASH = re.compile(r"\s{0,3}(?:—|–|―|--?)\s{0,3}(?=[A-Z])")
_SPEAKERS = frozenset(("named person", "office or role", "media outlet", "institution or government", "group"))
#: What people say of themselves and to each other, and narrators do not.
_CONVERSING = word_set("i i'm i've i'd i'll my me you you're you've you'll well yes no")
#: Labels that are no speaker: of questions and answers it takes the text to say whose they are.
_NO_SPEAKERS = word_set(
    "q a where when who what why how twitter contributing correction note update photo name age city job"
)
_WORD = re.compile(r"[\w’']+")
#: How much of a turn is looked at, and how much may stand after a dash; characters. The words of a quotation, at least.
_LOOKED_AT, _SIGNATURE, _FEWEST = 400, 90, 4
#: What ends a sentence inside a quotation; and classes of token that no signature has.
_ENDING = frozenset(".!?…")
_NOT_IN_SIGNATURES = frozenset((STOP, VERB, AUX, CUE, QUOTE, DASH, SEMICOLON))


class Spoken(NamedTuple):
    """Who says what, in characters; the colon of a turn is its cue, a signature has none."""

    pattern: str
    source: Span
    cue: Span | None
    content: Span


def find_turns(text: str, sentences: Sequence[Span], blocks: Sequence[Span]) -> Iterator[Spoken]:
    """Yield the turns of a transcript: paragraphs that begin with who speaks, if at least two of a text do.

    They are turns only if half of them or more are speech as in conversation, and if somebody speaks twice or the
    labels are in capitals: a list of names with what is known of each has labels too.

    Parameters
    ----------
    text : str
    sentences, blocks : sequence of (start, end)
        As `engine.extract` takes them.
    """
    begins = {start for start, _ in sentences}
    labels = [(match, end) for start, end in blocks if start in begins and (match := _LABEL.match(text, start, end))]
    turns = [(match, end) for match, end in labels if _is_speaker(match[1])]
    conversing = sum(_converses(text, match.end(), end) for match, end in turns)
    said = Counter(match[1].split()[-1].lower() for match, _ in turns)
    again = any(n > 1 for n in said.values()) or any(len(match[1]) > 1 and match[1].isupper() for match, _ in turns)
    if len(turns) < 2 or 2 * conversing < len(turns) or not again:
        return
    for match, end in turns:
        start = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
        if start < end and any(map(str.isalpha, text[start:end])):
            yield Spoken("turn", match.span(1), (match.end(1), match.end(1) + 1), (start, end))


def _is_speaker(label: str) -> bool:
    words = label.lower().split()
    if words[0].strip(".") in _NO_SPEAKERS:
        return False
    return kind_of(words, [NAME] * len(words)) in _SPEAKERS


def _converses(text: str, start: int, end: int) -> bool:
    part = text[start : min(end, start + _LOOKED_AT)].lower().replace("’", "'")
    return any(word in _CONVERSING for word in _WORD.findall(part)) or "?" in part


def find_signed(
    text: str, sentences: Sequence[Span], quotes: Sequence[Span], blocks: Sequence[Span]
) -> Iterator[Spoken]:
    """Yield each quotation that a name signs after a dash, at the end of the paragraph or in the next one.

    Parameters
    ----------
    text : str
    sentences, quotes, blocks : sequence of (start, end)
        The sentences, the quotations, and the paragraphs they stand in; in order.
    """
    begins = {start for start, _ in sentences}
    at = 0
    for start, end in quotes:
        while at < len(blocks) and blocks[at][1] < end:
            at += 1
        if at == len(blocks) or start not in begins or not _is_sentence(text[start : min(end, start + _LOOKED_AT)]):
            continue
        limit, begin = blocks[at][1], end
        if end == limit and at + 1 < len(blocks) and not text[end : blocks[at + 1][0]].strip():
            begin, limit = blocks[at + 1]
        dash = _DASH.match(text, begin, limit)
        if dash and limit - dash.end() <= _SIGNATURE and _signs(tokenize(text, [(dash.end(), limit)], [])):
            stop = limit - (text[limit - 1] == ".")
            yield Spoken("signature", (dash.end(), stop), None, (start, end))


def _is_sentence(quote: str) -> bool:
    """Whether a quotation can be what somebody said: not a title, "“The Old Man and the Sea”"."""
    words = _WORD.findall(quote)
    small = sum(word[0].islower() for word in words)
    return len(words) >= _FEWEST and (2 * small > len(words) or quote.rstrip("”\"'’»")[-1:] in _ENDING)


def _signs(tokens: Tokens) -> bool:
    """Whether words are a name and what its bearer is: no verb, no second sentence."""
    kinds = tokens.kinds[:-1] if tokens.kinds[-1:] == [STOP] else tokens.kinds
    return kinds[:1] == [NAME] and _NOT_IN_SIGNATURES.isdisjoint(kinds)
