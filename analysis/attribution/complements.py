"""What a cue verb reports: what may stand after it (its frames in cues.csv), or before its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.attribution.appositions import apposition_end
from analysis.attribution.content import clause_end, infinitive_end, lists, object_end, opens_clause, trailing_start
from analysis.attribution.found import Range, Reported
from analysis.attribution.lexicon import Cue, word_set
from analysis.attribution.phrases import can_speak, has_verb, noun_phrase_after, opens_phrase
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    COLON,
    COMMA,
    CUE,
    DASH,
    DET,
    NAME,
    NUMBER,
    PREP,
    PRONOUN,
    QUOTE,
    REL,
    SEMICOLON,
    STOP,
    SUB,
    THAT,
    TIME,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip

_RECIPIENTS = word_set("him her them us me reporters supporters voters people everyone congress lawmakers journalists")
QUESTIONS = word_set("whether if why how what who where when")
_OPENING = word_set("while although though as when because since if whereas")
#: How far after its cue a "that" or a quotation may stand: "said in a statement on Monday that".
_ADJUNCT = 12


@dataclass(frozen=True)
class Predicate:
    """A cue verb with its subject: all that the frames need to know."""

    tokens: Tokens
    at: int
    begin: int  # where its verb group begins
    cue: Cue
    source: Range
    inverted: bool  # "…, said Smith"
    shared: bool  # its subject is that of an earlier verb

    def stop(self) -> int:
        """Where its sentence ends, or the main clause begins after an opening "While …,"."""
        tokens, at = self.tokens, self.at
        first, stop = tokens.sentence(at)
        opening = tokens.word(first) in _OPENING and self.source[0] - first < 12
        if opening and COMMA not in tokens.kinds[first:at]:
            while at < stop and not (tokens.kinds[at] == COMMA and not lists(tokens, at, stop)):
                at += 1
            return at
        return stop


def complement(verb: Predicate, right: int) -> Reported | None:
    """Return what is reported: after the cue (from token `right` on) or before the source; None if nothing."""
    tokens, at, frames, stop = verb.tokens, verb.at, verb.cue.frames, verb.stop()
    look = right
    while tokens.kind(look) in (ADVERB, TIME):
        look += 1
    before = _before(verb) if frames & {"after", "quote", "speech"} and (verb.inverted or not verb.shared) else None
    if before and tokens.kinds[before[1] - 1] == QUOTE:
        return Reported("quote", (before, *_resumed(tokens, right, stop)), at + 1)
    closes = verb.inverted or tokens.kind(look) in (STOP, COMMA, SEMICOLON, PREP, AND)
    if before and closes and "after" in frames and not _quote_after(tokens, look, stop):
        return Reported("after", (before, *_resumed(tokens, right, stop)), at + 1)
    if verb.inverted:
        return None
    return _told(verb, look, stop) or next(_clauses(verb, _after_recipient(verb, look), stop), None)


def _told(verb: Predicate, look: int, stop: int) -> Reported | None:
    """Read "Urged them to leave", "called on them to leave", "considers him to be"."""
    tokens, frames = verb.tokens, verb.cue.frames
    if "on-to" in frames and tokens.word(look) == "on":
        look += 1
    elif not frames & {"recipient-to", "object-to"}:
        return None
    person = _recipient(tokens, look)
    if not person or tokens.word(person[1]) not in ("to", "not") or not can_speak(tokens, person):
        return None
    cue_end = look if tokens.word(look - 1) == "on" else verb.at + 1
    return Reported("infinitive", ((look, infinitive_end(tokens, person[1], stop)),), cue_end)


def _after_recipient(verb: Predicate, look: int) -> int:
    """Where the complement begins: after "reporters" in "told reporters that", after "him" in "asked him whether"."""
    tokens, frames = verb.tokens, verb.cue.frames
    if "recipient" in frames and tokens.kind(look) in (NAME, DET, WORD, NUMBER):
        person = _recipient(tokens, look)
        end = apposition_end(tokens, person) if person else look
        return end + 1 if person and end != person[1] and tokens.kind(end) == COMMA else end
    if tokens.word(look) in _RECIPIENTS and "recipient" in frames:
        return look + 1
    if frames >= {"recipient-to", "wh"}:
        person = _recipient(tokens, look)
        return person[1] if person and tokens.word(person[1]) in QUESTIONS else look
    return look


def _recipient(tokens: Tokens, at: int) -> Range | None:
    return (at, at + 1) if tokens.word(at) in _RECIPIENTS else noun_phrase_after(tokens, at)


def _clauses(verb: Predicate, look: int, stop: int) -> Iterator[Reported]:
    """Yield what the frames of the verb make of the words from `look` on, the surest first."""
    tokens, frames, cue_end = verb.tokens, verb.cue.frames, verb.at + 1
    kind, word = tokens.kind(look), tokens.word(look)
    rule = "evidence" if "evidence-clause" in frames else "clause"
    quoted = _quote_after(tokens, look, stop)
    if quoted and frames & {"quote", "clause"}:
        yield Reported("quote", (quoted,), cue_end)
    that = _that_after(tokens, look, stop)
    if that is not None and frames & {"clause", "that", "evidence-clause"}:
        yield Reported(rule, ((that, clause_end(tokens, that, stop)),), cue_end)
    if "out" in frames:
        if word == "out" and tokens.kind(look + 1) not in (STOP, COMMA):
            yield Reported("clause", ((look + 1, clause_end(tokens, look + 1, stop)),), look + 1)
        return
    if kind == COLON and "clause" in frames and look + 1 < stop:
        yield Reported("clause", ((look + 1, stop),), cue_end)
    if word in QUESTIONS and "wh" in frames:
        yield Reported("clause", ((look, clause_end(tokens, look, stop)),), cue_end)
    if word == "to" and "to" in frames:
        yield Reported("infinitive", ((look, infinitive_end(tokens, look, stop)),), cue_end)
    goes_to = "commit" in frames or ("ref" in frames and not verb.shared)
    if word == "to" and goes_to and opens_phrase(tokens, look + 1):
        first = look if "commit" in frames else look + 1
        yield Reported("preposition", ((first, object_end(tokens, look + 1, stop)),), cue_end)
    relative = verb.source[0] - 1
    if word == "as" and "as" in frames and tokens.word(relative) in ("which", "that"):
        yield Reported("as", ((relative, relative + 1), (look, object_end(tokens, look, stop))), cue_end)
    if kind == PREP and word in frames and opens_phrase(tokens, look + 1) and tokens.kind(look + 1) != TIME:
        yield Reported("preposition", ((look + 1, object_end(tokens, look + 1, stop)),), look + 1)
    if frames & {"clause", "evidence-clause"} and _bare_clause(tokens, look, stop, frames):
        gap = tokens.kind(look) in (AUX, VERB)  # "which officials said will go into effect"
        end = object_end(tokens, look, stop) if gap else clause_end(tokens, look, stop)
        yield Reported(rule, ((look, end),), cue_end)
    yield from _objects(verb, look, stop)


def _bare_clause(tokens: Tokens, look: int, stop: int, frames: frozenset[str]) -> bool:
    if opens_clause(tokens, look, stop, transitive=bool(frames & {"object", "evidence-object"})):
        return True
    return "speech" in frames and tokens.kind(look) in (DET, NAME, WORD, NUMBER, SUB) and look + 2 < stop


def _objects(verb: Predicate, look: int, stop: int) -> Iterator[Reported]:
    tokens, frames, cue_end = verb.tokens, verb.cue.frames, verb.at + 1
    if not (opens_phrase(tokens, look) or tokens.word(look) in _RECIPIENTS or tokens.kind(look) == PRONOUN):
        return
    end = object_end(tokens, look, stop)
    if "as" in frames and "as" in tokens.words[look + 1 : end]:
        yield Reported("as", ((look, end),), cue_end)
    if "object-quote" in frames and QUOTE in tokens.kinds[look + 1 : min(end, look + 9)]:
        yield Reported("object", ((look, end),), cue_end)
    if frames & {"object", "evidence-object"} and end > look:
        yield Reported("object" if "object" in frames else "evidence", ((look, end),), cue_end)


def _before(verb: Predicate) -> Range | None:
    """Find what ends just before the source: "The vote is off, Smith said", "Instead, she said, he left"."""
    tokens, at = verb.tokens, verb.at
    edge = verb.begin if verb.inverted else verb.source[0]
    if tokens.kind(edge - 1) == QUOTE:
        return trailing_start(tokens, edge), edge
    if tokens.kind(edge - 1) != COMMA:
        return None
    start, end = trailing_start(tokens, edge - 1), edge - 1
    if start >= end:
        return None
    inserted = not verb.inverted and tokens.kind(at + 1) == COMMA and tokens.kind(at + 2) not in (QUOTE, AND)
    sentence = start < end - 1 and has_verb(tokens, start, end) and tokens.kind(start) not in (SUB, PREP, TIME)
    return (start, end) if tokens.kind(end - 1) == QUOTE or inserted or sentence else None


def _resumed(tokens: Tokens, right: int, stop: int) -> list[Range]:
    """Find what goes on after "Smith said": the rest of a broken sentence, or the quotation after a comma."""
    at = right
    while at < stop and tokens.kinds[at] not in (COMMA, SEMICOLON, QUOTE, DASH, COLON):
        at += 1
    if at + 1 >= stop:
        return []
    quoted = tokens.kinds[at] in (COMMA, COLON) and tokens.kind(at + 1) == QUOTE
    broken = at == right and tokens.kinds[at] == COMMA and tokens.kind(at + 1) not in (REL, AND, SUB)
    return [(at + 1, stop)] if quoted or (broken and not tokens.word(at + 1).endswith("ing")) else []


def _quote_after(tokens: Tokens, at: int, stop: int) -> Range | None:
    """Find the quotation after a cue: "said: “…”", "said in a statement, “…”"."""
    look = at
    halts = (COMMA, COLON, QUOTE, THAT, AND, SEMICOLON, CUE, VERB, SUB)
    while look < min(stop, at + _ADJUNCT) and tokens.kinds[look] not in halts:
        look += 1
    if tokens.kind(look) in (COMMA, COLON):
        look += 1
    elif look != at:
        return None
    if look >= stop or tokens.kinds[look] != QUOTE:
        return None
    return look, max(clause_end(tokens, look, stop), look + 1)


def _that_after(tokens: Tokens, at: int, stop: int) -> int | None:
    """Find "that" right after a cue, or after a short adjunct: "said in a statement Monday that"."""
    look = at
    halts = (THAT, QUOTE, AND, SEMICOLON, CUE, VERB, AUX, SUB)
    if tokens.kind(look) in (PREP, COMMA):
        while look < min(stop, at + _ADJUNCT) and tokens.kinds[look] not in halts:
            look += 1
    return look if tokens.kind(look) == THAT and look < stop else None
