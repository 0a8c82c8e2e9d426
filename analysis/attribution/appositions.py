"""What commas set off after a name or an office: "Carl Benson, 52, the mayor of Norport," and the other way round."""

from __future__ import annotations

from analysis.attribution.found import Range
from analysis.attribution.lexicon import word_set
from analysis.attribution.phrases import REACH, is_finite
from analysis.attribution.sources import UNNAMED_PERSONS, has_title, kind_of, source_type_of
from analysis.attribution.tokens import (
    AUX,
    COLON,
    COMMA,
    CUE,
    DASH,
    DET,
    NAME,
    NUMBER,
    PREP,
    QUOTE,
    REL,
    SEMICOLON,
    STOP,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip

_ROLE_OPENERS = word_set(
    "spokesman spokeswoman director president former professor chairman head chief senior founder author"
)
#: Heads of one word that are many: what stands after them names no person.
_COLLECTIVES = word_set(
    "group community movement panel crowd public world generation young establishment population majority minority"
    " people men women children west"
)
#: Before a place: "a salesman from Sumter, South Carolina,".
_PLACES = word_set("from in at near")
#: The longest name of a person, in words.
_NAME = 5
#: The longest acronym, in letters, and how far around it small letters tell that capitals mean something.
_ACRONYM, _AROUND = 4, 20


def apposition_end(tokens: Tokens, phrase: Range) -> int:
    """Return where what is set off by commas after a noun phrase ends: "Smith, 31, the party's chairman,"."""
    at = phrase[1]
    for _ in range(3):
        end = _one_apposition(tokens, (phrase[0], at))
        if end == at:
            break
        at = end
    return at


def _one_apposition(tokens: Tokens, phrase: Range) -> int:
    comma = phrase[1]
    first = comma + 1
    if tokens.kind(comma) != COMMA or comma >= len(tokens) - 1:
        return comma
    opener, word = tokens.kind(first), tokens.word(first)
    if opener == NAME and word not in _ROLE_OPENERS:
        return name_end(tokens, phrase)
    aged = tokens.kind(comma - 1) == NUMBER and word == "of"
    if not (opener in (DET, REL, NUMBER) or word in _ROLE_OPENERS or aged):
        return comma
    if opener == NUMBER and tokens.kind(first + 1) not in (COMMA, STOP):
        return comma
    stop = first
    halts = (COMMA, STOP, SEMICOLON, DASH, COLON, QUOTE)
    while stop < min(len(tokens), first + REACH) and tokens.kinds[stop] not in halts:
        if opener != REL and is_finite(tokens, stop):
            return comma
        stop += 1
    return stop


def name_end(tokens: Tokens, role: Range) -> int:
    """Return where the name after an office ends: "the mayor of Norport, Carl Benson,"; the end of the office if none.

    A second place ("the mayor of Springfield, Illinois,") and the name of a group are no names of persons.
    """
    comma = role[1]
    end = comma + 1
    while tokens.kind(end) == NAME and end - comma <= _NAME:
        end += 1
    n_words = end - comma - 1
    if tokens.kind(comma) != COMMA or not n_words or tokens.kind(end) not in (COMMA, STOP):
        return comma
    spoken = tokens.kind(end) == COMMA and tokens.kind(end + 1) in (CUE, VERB, AUX)
    if n_words == 1 and (tokens.kinds[comma - 1] == NAME or not spoken):
        return comma
    attached = next((at for at in range(comma - 1, role[0], -1) if tokens.kinds[at] == PREP), comma)
    if tokens.kinds[comma - 1] == NAME and tokens.words[attached] in _PLACES:
        return comma
    name = kind_of(tokens.words[comma + 1 : end], tokens.kinds[comma + 1 : end])
    return end if name == "named person" and _is_one_person(tokens, role) else comma


def _is_one_person(tokens: Tokens, role: Range) -> bool:
    """Whether a noun phrase without a name stands for one person: an office, "the engineer", not "the group"."""
    words, kinds = tokens.words[slice(*role)], tokens.kinds[slice(*role)]
    if kind_of(words, kinds) not in UNNAMED_PERSONS:
        return False
    head = next((at for at in range(1, len(words)) if kinds[at] in (COMMA, PREP)), len(words)) - 1
    return words[head] not in _COLLECTIVES and not (words[head].endswith("s") and not words[head].endswith("ss"))


def type_in_place(tokens: Tokens, source: Range) -> str:
    """Return the source type of a source, in view of what stands after it: a name, or what a name stands for.

    "The mayor, Carl Benson," is a named person; in "Norport, the port city," Norport is none.
    """
    inside = tokens.kinds[slice(*source)]
    first = (source[0], source[0] + inside.index(COMMA)) if COMMA in inside else source
    words, kinds = tokens.words[slice(*first)], tokens.kinds[slice(*first)]
    if name_end(tokens, first) > first[1] or _ends_in_name(tokens, first, source[1]):
        return "named person"
    kind = source_type_of(words, kinds)
    if kind == "named person" and _is_acronym(tokens, first):
        return "institution or government"
    end = _one_apposition(tokens, first)
    unlike = PREP in kinds or has_title(words)
    if kind == "named person" and not unlike and end > first[1] and tokens.kind(first[1] + 1) == DET:
        told = kind_of(tokens.words[first[1] + 1 : end], tokens.kinds[first[1] + 1 : end])
        professor = kind_of([tokens.words[end - 1]], [WORD]) in UNNAMED_PERSONS  # "a University of Norport professor"
        if told in ("institution or government", "document", "machine") and not professor:
            return told
    return kind


def _ends_in_name(tokens: Tokens, role: Range, end: int) -> bool:
    """Whether a source goes on with a name after its comma and ends with it: "the club captain, Joe Marsh"."""
    first = role[1] + 1
    named = role[1] < first < end and all(kind == NAME for kind in tokens.kinds[first:end]) and end - first <= _NAME
    attached = PREP in tokens.kinds[slice(*role)] and tokens.kinds[role[1] - 1] == NAME
    return named and not attached and end - first > 1 and _is_one_person(tokens, role)


def _is_acronym(tokens: Tokens, phrase: Range) -> bool:
    """Whether a name is one word of capitals, such as "HP" or "the SVP"; not in a headline set in capitals."""
    at = phrase[1] - 1
    at -= tokens.word(at) in ("'s", "’s") and at > phrase[0]
    surface = tokens.text[tokens.starts[at] : tokens.ends[at]]
    if not (2 <= len(surface) <= _ACRONYM and surface.isalpha() and surface.isupper()) or at - phrase[0] > 1:
        return False
    if (at > phrase[0] and tokens.kinds[phrase[0]] != DET) or tokens.kind(phrase[1]) == COLON:
        return False  # "COX:" is the label of a speaker
    around = tokens.text[tokens.starts[at] - _AROUND if tokens.starts[at] > _AROUND else 0 : tokens.ends[at] + _AROUND]
    return any(letter.islower() for letter in around)
