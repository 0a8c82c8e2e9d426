"""Whose verb it is: the verb group of a cue, and the subject before it."""

from __future__ import annotations

from analysis.attribution.appositions import name_end
from analysis.attribution.found import Range
from analysis.attribution.lexicon import MODALS, NEGATIONS, word_set
from analysis.attribution.phrases import REACH, is_noun, noun_phrase_after, noun_phrase_before
from analysis.attribution.sources import kind_of
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    COLON,
    COMMA,
    DASH,
    DET,
    GENITIVE,
    NAME,
    NUMBER,
    OTHER,
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

_INSIDE = frozenset((NAME, WORD, NUMBER, GENITIVE, OTHER))
_ONLY = word_set("only just merely simply")
_LATER = word_set("later eventually subsequently")  # "he would later say": he did
_PEOPLE = frozenset(("named person", "office or role", "group"))


def verb_group(tokens: Tokens, cue: int) -> tuple[int, str]:
    """Return where the verb group of a cue begins, and its modality: asserted, negated, hypothetical."""
    at = cue
    modality = "asserted"
    later = False
    while at > 0:
        kind, word = tokens.kinds[at - 1], tokens.words[at - 1]
        if kind in (AUX, ADVERB) or word in NEGATIONS:
            if kind == DET:
                break
            if (word in NEGATIONS or word.endswith("n't")) and tokens.word(at) not in _ONLY:
                modality = "negated"
            elif word in MODALS and modality == "asserted" and not (later and word == "would"):
                modality = "hypothetical"
            later = later or word in _LATER
            at -= 1
        elif word in ("turn", "part", "fact") and tokens.word(at - 2) == "in":
            at -= 2
        elif kind == COMMA and tokens.kind(at - 2) == ADVERB and tokens.kind(at - 3) == COMMA:
            at -= 3
        else:
            break
    while at < cue and tokens.kinds[at] == ADVERB and tokens.kinds[at - 1 if at else 0] in (COMMA, STOP):
        at += 1
    return at, modality


def subject_before(tokens: Tokens, end: int) -> Range | None:
    """Return the subject whose verb group begins at token `end`."""
    last = end - 1
    kind = tokens.kind(last)
    if last < 0:
        return None
    if kind == PRONOUN:
        return last, end
    if kind == REL or (kind == THAT and is_noun(tokens, last - 1)):
        return _antecedent(tokens, last - 1 - (tokens.kind(last - 1) == COMMA))
    if kind == COMMA:
        return _before_apposition(tokens, last)
    if kind == DASH:
        return _before_dash(tokens, last)
    if kind == TIME:
        return subject_before(tokens, last) if tokens.kind(last - 1) in _INSIDE else None
    if tokens.kind(last - 1) == AUX and tokens.words[last].endswith("ed"):
        return _of_passive(tokens, last - 1)
    return noun_phrase_before(tokens, last)


def _of_passive(tokens: Tokens, auxiliary: int) -> Range | None:
    """Find the subject of the verb after "the minister who will be named"; None if no "who" stands before it."""
    while tokens.kind(auxiliary - 1) in (AUX, ADVERB):
        auxiliary -= 1
    relative = tokens.kind(auxiliary - 1) == REL
    return _antecedent(tokens, auxiliary - 2 - (tokens.kind(auxiliary - 2) == COMMA)) if relative else None


def _antecedent(tokens: Tokens, last: int) -> Range | None:
    """Find what "who" stands for: the nearest noun phrase, or, if that is nobody, the one it is attached to."""
    whole = noun_phrase_before(tokens, last) if last >= 0 else None
    if whole is None:
        return None
    for at in range(last, whole[0], -1):
        if tokens.kinds[at] == PREP:
            words, kinds = tokens.words[at + 1 : last + 1], tokens.kinds[at + 1 : last + 1]
            return (at + 1, last + 1) if kind_of(words, kinds) in _PEOPLE else whole
    return whole


def _before_dash(tokens: Tokens, dash: int) -> Range | None:
    at = dash - 1
    while at > max(0, dash - REACH) and tokens.kinds[at] != DASH:
        at -= 1
    return noun_phrase_before(tokens, at - 1) if at > 0 and tokens.kinds[at] == DASH else None


def _before_apposition(tokens: Tokens, comma: int) -> Range | None:
    """Return the name before "…, a spokesman for the party," or "…, who left in May,"."""
    at, floor = comma - 1, max(0, comma - REACH)
    for _ in range(4):
        verb = False
        while at > floor and tokens.kinds[at] not in (COMMA, STOP, SEMICOLON, QUOTE):
            verb = verb or tokens.kinds[at] in (VERB, AUX)
            at -= 1
        if at <= floor or tokens.kinds[at] != COMMA or tokens.kind(at - 1) == QUOTE:
            return None
        relative = tokens.kind(at + 1) == REL or tokens.word(at + 1) in ("whose", "which", "where")
        found = noun_phrase_before(tokens, at - 1)
        if found is None or (verb and not relative):
            return None
        opener = tokens.kind(found[0] - 1)
        if opener != COMMA or relative or tokens.kind(found[0] - 2) == QUOTE:
            return found[0], name_end(tokens, found)
        # "On Monday, Smith, a senator, said": what stands before the first comma opens the sentence
        if tokens.kind(_segment_start(tokens, found[0] - 1, floor)) in (PREP, SUB, ADVERB, TIME):
            return found[0], name_end(tokens, found)
        named = name_end(tokens, found)
        if not _is_apposition(tokens, found) or (named > found[1] and tokens.kind(found[0] - 2) != NAME):
            return found[0], named  # "It is over, the mayor of Norport, Carl Benson, said"
        at = found[0] - 1
    return None


def _segment_start(tokens: Tokens, comma: int, floor: int) -> int:
    at = comma - 1
    while at > floor and tokens.kinds[at - 1] not in (COMMA, STOP, SEMICOLON, QUOTE):
        at -= 1
    return at


def _is_apposition(tokens: Tokens, phrase: Range) -> bool:
    return tokens.kinds[phrase[0]] in (DET, NUMBER) or tokens.words[phrase[0]].startswith(("d-", "r-"))


def clause_subject(tokens: Tokens, before: int) -> Range | None:
    """Return the first noun phrase of the clause that token `before` stands in: what a later verb shares."""
    at = before - 1
    floor = max(0, before - REACH)
    while at >= floor and tokens.kinds[at] not in (STOP, SEMICOLON, COLON, DASH):
        at -= 1
    at += 1
    if tokens.kind(at) == AND:
        at += 1
    if tokens.kind(at) in (PREP, SUB, TIME, ADVERB) or tokens.word(at).endswith(("ing", "ed")):
        comma = at
        while comma < before and tokens.kinds[comma] != COMMA:
            comma += 1
        if comma < before - 1:
            at = comma + 1
        elif tokens.kind(at) == ADVERB:
            at += 1
    found = noun_phrase_after(tokens, at)
    return found if found and found[1] <= before else None
