"""Where a noun phrase begins and ends, to the left and to the right of a word, without a parser."""

from __future__ import annotations

from functools import cache

from analysis.attribution.anonymity import insider_end
from analysis.attribution.found import Range
from analysis.attribution.lexicon import BASE, THIRD, cue_forms, word_set
from analysis.attribution.sources import kind_of
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    CLOSE,
    COLON,
    COMMA,
    CUE,
    DET,
    GENITIVE,
    NAME,
    NUMBER,
    OPEN,
    OTHER,
    PREP,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
    SUB,
    THAT,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip

_INSIDE = frozenset((NAME, WORD, NUMBER, GENITIVE, OTHER))
#: How far a subject may stand from its verb, in tokens: what bounds every walk, so that all of them are linear.
REACH = 60


def is_noun(tokens: Tokens, at: int) -> bool:
    """Whether a token can be part of a noun phrase where it stands: "report" after "the", not "said"."""
    kind = tokens.kind(at)
    if kind in _INSIDE:
        return True
    if kind != CUE:
        return False
    slots = noun_slots(tokens.words[at])
    before = tokens.kind(at - 1)
    if before in (DET, GENITIVE, WORD, NUMBER, PREP, STOP, AND):
        return bool(slots)
    return bool(slots) and ((before == NAME and THIRD not in slots) or (before == CUE and is_adjective(tokens, at - 1)))


@cache
def noun_slots(word: str) -> frozenset[int]:
    """Return the forms that a cue word shares with a noun: base for "report", third person for "reports"."""
    return frozenset(
        BASE if cue.part == "noun" else slot
        for cue, slot in cue_forms().get(word, ())
        if cue.part == "noun" or ("noun" in cue.frames and slot in (BASE, THIRD))
    )


def is_adjective(tokens: Tokens, at: int) -> bool:
    """Whether a token is a cue that is an adjective."""
    return any(cue.part == "adjective" for cue, _ in cue_forms().get(tokens.word(at), ()))


def noun_phrase_before(tokens: Tokens, last: int, floor: int | None = None) -> Range | None:
    """Return the noun phrase whose last token is `last`, with what is attached to it by prepositions."""
    at = last
    floor = max(0, last - REACH) if floor is None else floor
    nominal = False
    while at >= floor:
        kind = tokens.kind(at)
        if is_noun(tokens, at):
            nominal = nominal or kind in (NAME, WORD, CUE, NUMBER)
        elif kind == PRONOUN:
            return (at, at + 1) if at == last else (at + 1, last + 1) if nominal else None
        elif kind == CLOSE:
            at = _opening(tokens, at, floor)
        elif kind == DET:
            nominal = True
            while tokens.kind(at - 1) == DET:
                at -= 1
            if not _attaches(tokens, at - 1):
                return at, last + 1
            at -= 1
        elif nominal and (_attaches(tokens, at) or (_is_nickname(tokens, at) and is_noun(tokens, at - 1))):
            pass
        elif kind == AND and nominal and tokens.words[at] == "and":
            left = noun_phrase_before(tokens, at - 1, max(floor, last - 25)) if at > floor else None
            opens = left and tokens.kind(left[0] - 1) in (STOP, SUB, THAT, QUOTE, SEMICOLON, COLON, COMMA)
            return (left[0] if left and opens else at + 1, last + 1)
        elif kind == ADVERB and nominal and tokens.kind(at - 1) == DET:
            pass  # "a highly placed official"
        else:
            break
        at -= 1
    return (at + 1, last + 1) if nominal else None


def _is_nickname(tokens: Tokens, at: int) -> bool:
    return tokens.kinds[at] == QUOTE and tokens.ends[at] - tokens.starts[at] < 30


def _opening(tokens: Tokens, at: int, floor: int) -> int:
    while at > floor and tokens.kind(at) != OPEN:
        at -= 1
    return at


def _attaches(tokens: Tokens, at: int) -> bool:
    """Whether the preposition at `at` hangs on a noun before it."""
    if tokens.kind(at) != PREP or tokens.words[at] in _OF_TIME:
        return False
    return (is_noun(tokens, at - 1) and tokens.kind(at - 1) != OTHER) or tokens.word(at - 1) in _STAND_ALONE


_OF_TIME = word_set("before after during since until than")
#: How long "familiar with" and what opens after it is, in words, at most.
_INSIDER = 4
_STAND_ALONE = word_set("those many some most several few all half both others one each none any another two three")


def noun_phrase_after(tokens: Tokens, first: int) -> Range | None:
    """Return the noun phrase that begins at `first`, with an "of", and a title or place attached to it."""
    if tokens.kind(first) == PRONOUN:
        return first, first + 1
    at, stop = first, min(len(tokens), first + REACH)
    nominal = False
    while at < stop:
        kind, word, before = tokens.kinds[at], tokens.words[at], tokens.kind(at - 1)
        if kind == DET and (not nominal or before in (PREP, DET, AND, GENITIVE)):
            nominal = nominal or word in _STAND_ALONE
        elif is_noun(tokens, at) or (kind == CUE and before in (DET, GENITIVE, NAME, WORD)):
            past = kind == WORD and nominal and word.endswith(("ed", "ing"))
            if past and (before == NAME or tokens.kind(at + 1) in (DET, PRONOUN, NAME)):
                break
            nominal = nominal or kind in (NAME, WORD, NUMBER, CUE)
        elif kind == OPEN and CLOSE in tokens.kinds[at:stop]:
            at = tokens.kinds.index(CLOSE, at)
        elif not (nominal and _goes_on(tokens, at)):
            break
        at += 1
    while at > first and tokens.kinds[at - 1] in (DET, PREP, AND) and not (at - 1 == first and nominal):
        at -= 1
    return (first, at) if nominal and at > first else None


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a noun phrase goes on through the token at `at`: "of the", "in Iowa", "and the", a nickname."""
    after = tokens.kind(at + 1)
    word = tokens.words[at]
    if insider_end(tokens.words[at - 1 : at + _INSIDER], tokens.kinds[at - 1 : at + _INSIDER], 0):
        return True  # "sources close to the minister"
    if word in ("of", "for", "at", "from", "with"):
        return after in (DET, NAME) or is_noun(tokens, at + 1)
    if word == "and":
        return after in (NAME, DET)
    return after == NAME and (word == "in" or _is_nickname(tokens, at))


def opens_phrase(tokens: Tokens, at: int) -> bool:
    """Whether a noun phrase or a quotation begins here."""
    return tokens.kind(at) in (DET, NAME, WORD, NUMBER, QUOTE) or is_noun(tokens, at)


def can_speak(tokens: Tokens, phrase: Range | None) -> bool:
    """Whether the head of a noun phrase is somebody or something that speaks: "officials", not "the shadow"."""
    return phrase is not None and kind_of(tokens.words[slice(*phrase)], tokens.kinds[slice(*phrase)]) is not None


def is_finite(tokens: Tokens, at: int) -> bool:
    """Whether a finite verb stands at `at`, as far as its form tells."""
    kind = tokens.kinds[at]
    if tokens.word(at - 1) == "to":
        return False
    return kind in (VERB, AUX) or (kind == CUE and not is_noun(tokens, at) and not tokens.words[at].endswith("ing"))


def has_verb(tokens: Tokens, first: int, stop: int) -> bool:
    """Whether a finite verb stands in the clause that begins at `first`."""
    for at in range(first, min(stop, first + 25)):
        kind = tokens.kinds[at]
        if kind in (STOP, SEMICOLON, QUOTE):
            return False
        if is_finite(tokens, at):
            return True
        past = kind == WORD and tokens.words[at].endswith("ed")
        if past and at > first + 1 and tokens.kind(at - 1) in (NAME, PRONOUN, WORD):
            return True
    return False
