"""A paragraph as a row of tokens, each with a coarse class: enough to find a subject without a parser.

A quotation is one token, whatever it holds: nothing inside it can be a cue, and it can be what a cue reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.attribution.lexicon import (
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    common_verbs,
    cue_forms,
    source_terms,
)

# A word keeps inner dots, hyphens and apostrophes; a possessive 's is cut off and becomes a token of its own.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d,.]*\d%?|\d%?|[’']s\b|[\w&]+(?:[-.’'](?![sS]\b)[\w&]+)*|--|\S")

_CUT_NAME = re.compile(r"(?<![\w.])(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|[A-Z])\.$")

_STOP_BEFORE = re.compile(r"(?<=\w)[.!?]\s{1,3}\Z")

#: A sentence of more tokens is cut: nobody writes them, but somebody feeds them.
LONGEST = 200

#: Classes of token.
DET, PRONOUN, PREP, AND, SUB, THAT, REL, AUX, VERB, CUE, ADVERB, NAME, WORD, NUMBER, TIME, GENITIVE = "dprcsTRAVQbNwmHg"
COMMA, COLON, SEMICOLON, STOP, DASH, OPEN, CLOSE, QUOTE, OTHER = ',:;.-()"?'

_CLOSED: dict[str, str] = {}
for _words, _kind in (
    (ADVERBS, ADVERB),
    (DETERMINERS, DET),
    (SUBORDINATORS, SUB),
    (PREPOSITIONS, PREP),
    (SUBJECT_PRONOUNS, PRONOUN),
    (COORDINATORS, AND),
    (AUXILIARIES, AUX),
    (RELATIVES, REL),
    (frozenset({"that"}), THAT),
    (frozenset({"to"}), PREP),
):
    _CLOSED.update(dict.fromkeys(_words, _kind))
_MARKS = {
    ",": COMMA, ":": COLON, ";": SEMICOLON, ".": STOP, "!": STOP, "?": STOP, "…": STOP, "—": DASH, "–": DASH, "-": DASH,
    "--": DASH, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE, "'s": GENITIVE, "’s": GENITIVE,
}  # fmt: skip


@dataclass
class Tokens:
    """The tokens of one stretch of sentences, in parallel lists."""

    text: str
    words: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    opened: int = 0  # where the sentence that is being read began
    bounds: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def add(self, word: str, kind: str, start: int, end: int) -> None:
        """Append a token; a sentence beyond any reason is cut, so that every search in one is short."""
        if len(self.words) - self.opened >= LONGEST and kind != STOP:
            self.add(".", STOP, start, start)
        self.words.append(word)
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        if kind == STOP:
            self.close()

    def close(self) -> None:
        """End the sentence that is being read."""
        here = (self.opened, len(self.words) - (self.kind(len(self.words) - 1) == STOP))
        self.bounds += [here] * (len(self.words) - self.opened)
        self.opened = len(self.words)

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence of a token, from its first to its full stop (exclusive)."""
        return self.bounds[at]

    def kind(self, at: int) -> str:
        """Return the class of a token; the end of the stretch counts as a full stop."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else STOP

    def word(self, at: int) -> str:
        """Return the token in lower case; empty outside the stretch."""
        return self.words[at] if 0 <= at < len(self.words) else ""


def join_sentences(
    text: str, sentences: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]
) -> Iterator[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
    """Join the sentences of a paragraph that one quotation spans; yield (sentences, their quotations)."""
    at = 0
    joined: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]] = []
    for start, end in _cut_at_quotations(text, _rejoin(text, sentences), quotes):
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        look = at
        while look < len(quotes) and quotes[look][0] < end:
            look += 1
        inside = list(quotes[at:look])
        if joined and ((inside and inside[0][0] < start) or text[start].islower()):
            together, before = joined[-1]
            together.append((start, end))
            before += [quote for quote in inside if not before or quote[0] > before[-1][0]]
        else:
            joined.append(([(start, end)], inside))
    yield from joined


def _rejoin(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what a splitter cut after a title or an initial: "Ms. | Sherry said"."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        if joined and _CUT_NAME.search(text, max(joined[-1][0], joined[-1][1] - 8), joined[-1][1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut_at_quotations(
    text: str, sentences: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Cut a sentence where a full stop stands before a quotation: splitters miss it when the last is unclosed."""
    at = 0
    for start, end in sentences:
        first = start
        while at < len(quotes) and quotes[at][0] < end:
            opening = quotes[at][0]
            stop = _STOP_BEFORE.search(text, max(first, opening - 4), opening)
            if stop and not _CUT_NAME.search(text, max(first, stop.start() - 7), stop.start() + 1):
                yield first, stop.start() + 1
                first = opening
            at += 1
        yield first, end


def tokenize(text: str, sentences: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]) -> Tokens:
    """Split sentences into tokens; `quotes` are the quotations in them."""
    tokens = Tokens(text)
    ends = {end for _, end in sentences}
    first = 0
    for start, end in sentences:
        at = start
        while first < len(quotes) and quotes[first][1] <= start:
            first += 1
        for number in range(first, len(quotes)):
            left, right = quotes[number]
            if left >= end:
                break
            _split(tokens, text, at, max(at, left), ends)
            if left >= start:
                tokens.add('"', QUOTE, left, right)
            at = min(right, end)
        _split(tokens, text, at, end, ends)
    tokens.close()
    return tokens


def _split(tokens: Tokens, text: str, start: int, end: int, ends: set[int]) -> None:
    closed, marks, verbs, cues = _CLOSED, _MARKS, common_verbs(), cue_forms()
    for found in _TOKEN.finditer(text, start, end):
        surface = found[0]
        word = surface.lower().replace("’", "'")
        kind = closed.get(word) or marks.get(surface)
        first = surface[0]
        if kind is None:
            if word in TIME_WORDS:
                kind = TIME
            elif first.isupper() and not (not tokens.words or tokens.kinds[-1] in (STOP, COLON)):
                kind = NAME
            elif word in cues:
                kind = CUE
            elif word in verbs:
                kind = VERB
            elif first.isupper() and word not in source_terms() and not word.endswith(("ly", "ing")):
                kind = NAME  # a capital at the start of a sentence says little: "Reports", "Facing", "Smith"
            elif first.isalpha():
                kind = ADVERB if word.endswith("ly") and len(word) > 4 else WORD
            elif first.isdigit():
                kind = NUMBER
            else:
                kind = GENITIVE if word == "'" and tokens.word(-1 + len(tokens)).endswith("s") else OTHER
        elif kind == STOP and found.end() not in ends:
            continue  # the dot of an abbreviation
        elif kind in (PREP, SUB, ADVERB, AUX, DET, PRONOUN) and len(surface) > 1 and surface.isupper():
            kind = NAME  # "US", "WHO", "IT"
        tokens.add(word, kind, found.start(), found.end())
