"""Where what is reported begins and ends."""

from __future__ import annotations

from analysis.attribution.lexicon import PAST, THIRD, cue_forms, word_set
from analysis.attribution.phrases import has_verb, is_finite
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
    PREP,
    PRONOUN,
    SEMICOLON,
    STOP,
    SUB,
    THAT,
    TIME,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip

_ADJECTIVES = ("ous", "ful", "less", "able", "ible", "ive", "ish", "ic", "al")
_CONTRAST = word_set("while although though whereas but")


def clause_end(tokens: Tokens, first: int, stop: int) -> int:
    """Return where the clause that begins at `first` ends: at the sentence's end, or where the author goes on."""
    at = first + 1
    while at < stop:
        kind = tokens.kinds[at]
        if kind == SEMICOLON:
            return at
        if kind == COMMA and (tokens.word(at + 1) in _CONTRAST or tokens.word(at + 1) == "according"):
            return at
        if kind == AND and _is_coordinate_cue(tokens, at + 1):
            return at - (tokens.kind(at - 1) == COMMA)
        at += 1
    return stop


def _is_coordinate_cue(tokens: Tokens, at: int) -> bool:
    """Whether a cue verb follows a coordinator: "and added that", "but he insisted on"."""
    if tokens.kind(at) == PRONOUN:
        at += 1
    while tokens.kind(at) == ADVERB:
        at += 1
    if tokens.kind(at) != CUE:
        return False
    cues = [cue for cue, slot in cue_forms()[tokens.words[at]] if cue.part == "verb" and slot in (PAST, THIRD)]
    return any(cue.act == "statement" for cue in cues) and tokens.kind(at - 1) != PREP


def infinitive_end(tokens: Tokens, first: int, stop: int) -> int:
    """Return where an infinitive and what belongs to it ends: at a comma, unless a list goes on."""
    at = first + 1
    while at < stop:
        kind = tokens.kinds[at]
        if kind == SEMICOLON or (kind == COMMA and not lists(tokens, at, stop, infinitives=True)):
            return at
        if kind == DASH:
            at = closing_dash(tokens, at, stop)
            if at >= stop or tokens.kinds[at] != DASH:
                return at
        if kind == AND and _is_coordinate_cue(tokens, at + 1):
            return at
        at += 1
    return stop


def object_end(tokens: Tokens, first: int, stop: int) -> int:
    """Return where the object that begins at `first` ends: at a comma, unless a list goes on, or at the next verb."""
    at = first
    while at < stop:
        kind = tokens.kinds[at]
        if kind in (SEMICOLON, COLON):
            return at
        if kind == COMMA and not lists(tokens, at, stop) and not _joins_adjectives(tokens, at):
            return at
        if kind == DASH:
            second = closing_dash(tokens, at, stop)
            if second == at:
                return at
            at = second
        if kind == AND and at > first and _is_verb_after(tokens, at + 1):
            return at
        if at > first and (kind == TIME or (kind == SUB and tokens.words[at] in _CUTS)):
            return at - (tokens.kinds[at - 1] == PREP)
        at += 1
    return stop


_CUTS = word_set("while although though whereas because when if")


def closing_dash(tokens: Tokens, dash: int, stop: int) -> int:
    """Return the dash that closes a parenthesis opened at `dash`; `dash` itself if none does."""
    at = dash + 1
    while at < min(stop, dash + 40) and tokens.kinds[at] not in (DASH, SEMICOLON):
        at += 1
    return at if at < stop and tokens.kinds[at] == DASH else dash


def _is_verb_after(tokens: Tokens, at: int) -> bool:
    """Whether a finite verb follows a coordinator: "and rejected …", "and then left"."""
    while tokens.kind(at) == ADVERB:
        at += 1
    kind = tokens.kind(at)
    if kind in (VERB, AUX):
        return True
    if kind == CUE:
        slots = {slot for cue, slot in cue_forms()[tokens.words[at]] if cue.part == "verb"}
        return PAST in slots or (THIRD in slots and tokens.kind(at + 1) in (DET, NAME, THAT, PRONOUN))
    return False


def lists(tokens: Tokens, comma: int, stop: int, *, infinitives: bool = False) -> bool:
    """Whether a list goes on after the comma: "trade, transit and security"; ", including …"; ", as proof of …"."""
    word, kind = tokens.word(comma + 1), tokens.kind(comma + 1)
    if word in ("including", "as", "among", "not", "rather"):
        return True
    if kind == AND:
        clause = tokens.kind(comma + 2) == PRONOUN or has_verb(tokens, comma + 2, stop)
        return not clause and not _is_verb_after(tokens, comma + 2)
    if kind in (SUB, PRONOUN, PREP, AUX, THAT) or word.endswith("ing") or word in ("which", "who"):
        return False
    look = comma + 1
    while look < min(stop, comma + 14) and tokens.kinds[look] not in (AND, SUB, SEMICOLON, DASH):
        if tokens.kinds[look] in (VERB, AUX) and tokens.kinds[look - 1] != COMMA:
            return False
        look += 1
    if tokens.kind(look) != AND or look >= stop or tokens.kind(look + 1) in (PRONOUN, SUB):
        return False
    if kind in (VERB, CUE) or (infinitives and tokens.kind(look + 1) in (VERB, CUE)):
        return True
    look += 1
    while look < min(stop, comma + 28) and tokens.kinds[look] not in (COMMA, SEMICOLON, DASH):
        if is_finite(tokens, look):
            return False
        look += 1
    return True


def _joins_adjectives(tokens: Tokens, comma: int) -> bool:
    """Whether a comma stands between two adjectives of one noun: "in cautious, formulaic language"."""
    pair = tokens.word(comma - 1).endswith(_ADJECTIVES) and tokens.word(comma + 1).endswith(_ADJECTIVES)
    opened = tokens.kind(comma - 2) in (DET, PREP) and tokens.kind(comma - 1) == tokens.kind(comma + 1) == WORD
    return pair and opened and tokens.kind(comma + 2) == WORD


def opens_clause(tokens: Tokens, first: int, stop: int, transitive: bool) -> bool:
    """Whether a clause without "that" begins here: a noun phrase with a finite verb after it.

    After a verb that may have an object (`transitive`) the verb must follow before any comma or coordinator.
    """
    if tokens.kind(first) in (PREP, STOP, COMMA, COLON, DASH, SEMICOLON, AND):
        return False
    if tokens.kind(first) == PRONOUN and tokens.word(first) not in ("it", "you"):
        return tokens.kind(first + 1) not in (STOP, COMMA, PREP)
    if transitive:
        for at in range(first, min(stop, first + 25)):
            if tokens.kinds[at] in (COMMA, DASH, SUB, THAT) or tokens.words[at] in ("who", "which"):
                return False
            if tokens.kinds[at] == AND and _is_verb_after(tokens, at + 1):
                return False
            if is_finite(tokens, at):
                return True
        return False
    return has_verb(tokens, first, stop)


def trailing_start(tokens: Tokens, end: int) -> int:
    """Return where the clause that ends at token `end` begins: the sentence's start, after an opening "but"."""
    at = end - 1
    while at > 0 and tokens.kinds[at - 1] not in (STOP, SEMICOLON):
        at -= 1
    if tokens.kind(at) == AND:
        at += 1
    return at
