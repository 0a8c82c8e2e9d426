"""Phrases that cite somebody beside a clause: "per Lee", "in Lee's view", "as Lee put it", "according to Lee"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.attribution.appositions import apposition_end
from analysis.attribution.cited import cited_part
from analysis.attribution.found import Range
from analysis.attribution.lexicon import ING, cue_forms, source_terms, word_set
from analysis.attribution.phrases import can_speak, has_verb, is_noun, noun_phrase_after
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    COMMA,
    CUE,
    DASH,
    DET,
    GENITIVE,
    NAME,
    PREP,
    PRONOUN,
    QUOTE,
    SUB,
    THAT,
    TIME,
    Tokens,
)  # fmt: skip

_OWNERS = word_set("his her their")
_SPEAKING = word_set("he she they")
_OF_WORDS = word_set("words word phrase")
#: What is somebody's after "in" and after "by".
_HELD = {
    "in": _OF_WORDS
    | word_set("view views opinion telling account estimation estimate judgment judgement assessment reckoning"),
    "by": word_set("account accounts admission reckoning telling"),
}
_PUT = word_set("put puts")
_TIMES = word_set("last this earlier")
#: "It is late, as Lee suggested": the author says so too, or it is done, not said.
_PROPOSING = word_set("suggest propose indicate")
#: What things are done by, rather than told by.
_NORMS = word_set("plan plans law laws rule rules schedule custom tradition protocol procedure policy regulations")
#: How far one cited may stand from the word that is theirs, and a comma from the verb or the name before it: in tokens.
_OWNER, _ADJUNCT = 12, 8


@dataclass(frozen=True)
class Cited:
    """A cue without a verb of its own in tokens: which pattern, whose, by which words, and what."""

    pattern: str
    source: Range
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(frozen=True)
class _Phrase:
    """A phrase that cites: its source and cue, and where it ends."""

    name: str
    source: Range
    cue: tuple[Range, ...]
    end: int


def find_citing(tokens: Tokens) -> Iterator[Cited]:
    """Yield what is cited by a phrase before, after or inside a clause, in order."""
    for at in range(len(tokens)):
        phrase = _phrase(tokens, at)
        if phrase is None:
            continue
        place, content = cited_part(tokens, at, phrase.end, phrase.name)
        if content and all(left < right for left, right in content):
            yield Cited(f"{phrase.name}, {place}", phrase.source, phrase.cue, content)


def _phrase(tokens: Tokens, at: int) -> _Phrase | None:
    word, after = tokens.words[at], tokens.word(at + 1)
    if word == "according" and after == "to":
        return _naming(tokens, "according", at, at + 2)
    if word == "per" and _stands_apart(tokens, at):
        named = tokens.kind(at + 1) == NAME or after == "the"
        return _naming(tokens, "per", at, at + 1) if named else None
    if word in _HELD and _stands_apart(tokens, at):
        noun = tokens.word(at + 2)
        if after == "the" and noun in _HELD[word] and tokens.word(at + 3) == "of":
            return _naming(tokens, _name(noun), at, at + 4)
        return _held(tokens, at)
    if word == "as" and _stands_apart(tokens, at):
        return _as_said(tokens, at)
    return None


def _name(noun: str) -> str:
    return "words" if noun in _OF_WORDS else "view"


def _stands_apart(tokens: Tokens, at: int) -> bool:
    """Whether a phrase begins a sentence or is set off from it: nothing follows from "ten euros per person"."""
    first = tokens.sentence(at)[0]
    return at == first or tokens.kind(at - 1) in (COMMA, QUOTE) or (at == first + 1 and tokens.kinds[first] == AND)


def _naming(tokens: Tokens, name: str, at: int, first: int) -> _Phrase | None:
    """Read a cue from `at` to `first` and the noun phrase after it."""
    source = noun_phrase_after(tokens, first)
    if source is None or not can_speak(tokens, source) or not tells(tokens, at, source):
        return None
    stop = tokens.sentence(at)[1]
    end = source[1]
    while end < min(stop, source[1] + _ADJUNCT) and tokens.kinds[end] not in (COMMA, QUOTE):
        end += 1  # "sources in the meetings,"
    if source[1] < end < stop and tokens.kinds[end] == COMMA and not has_verb(tokens, source[1], end):
        source = (source[0], end)
    told = apposition_end(tokens, source)
    source = (source[0], told) if tokens.kind(told) == COMMA or told >= stop else source
    return _Phrase(name, source, ((at, first),), source[1])


def tells(tokens: Tokens, at: int, source: Range) -> bool:
    """Whether "according to" at `at` names who tells of it, not what is done by: "built according to plan".

    Where a comma, a dash or a quotation sets it off, or it begins the sentence, it does.

    Parameters
    ----------
    tokens : Tokens
    at : int
    source : Range
        The noun phrase after "to".
    """
    if _stands_apart(tokens, at) or tokens.kind(at - 1) == DASH:
        return True
    inside = range(*source)
    if tokens.words[source[1] - 1] in _NORMS:
        return False
    return any(tokens.kinds[look] in (NAME, PRONOUN) or tokens.words[look] in source_terms() for look in inside)


def _held(tokens: Tokens, at: int) -> _Phrase | None:
    """Read "in Lee's words", "in her view", "by the mayor's own account"."""
    first = noun = at + 1
    if tokens.word(first) in _OWNERS:
        noun += 1
    else:
        while noun < at + _OWNER and tokens.kind(noun) != GENITIVE:
            noun += 1
        if tokens.kind(noun) != GENITIVE or noun == first or not can_speak(tokens, (first, noun)):
            return None
        noun += 1
    source = (first, noun - (tokens.kind(noun - 1) == GENITIVE))
    noun += tokens.word(noun) == "own"
    if noun >= len(tokens) or tokens.words[noun] not in _HELD[tokens.words[at]]:
        return None
    return _Phrase(_name(tokens.words[noun]), source, ((at, at + 1), (noun, noun + 1)), noun + 1)


def _as_said(tokens: Tokens, at: int) -> _Phrase | None:
    """Read "as Lee put it", "as the mayor told the Post on Monday"; not "as Lee expected", "as Lee said so"."""
    source = noun_phrase_after(tokens, at + 1)
    if source:
        inside = range(source[0] + 1, source[1])
        source = (source[0], next((look for look in inside if _reports(tokens, look)), source[1]))
    if not source or (tokens.kinds[source[0]] == PRONOUN and tokens.words[source[0]] not in _SPEAKING):
        return None
    if not can_speak(tokens, source):
        return None
    end = apposition_end(tokens, source)
    verb = end + 1 if end > source[1] and tokens.kind(end) == COMMA else source[1]
    while tokens.kind(verb) in (ADVERB, AUX, TIME):
        verb += 1
    if not _reports(tokens, verb):
        return None
    cue = (verb, verb + 1 + (tokens.words[verb] in _PUT))
    if tokens.words[at + 1 : cue[1]] == ["they", "say"]:
        return None  # nobody in particular
    end, stop = cue[1], tokens.sentence(at)[1]
    told = "recipient" in {frame for one, _ in cue_forms().get(tokens.words[verb], ()) for frame in one.frames}
    time = tokens.kind(end) in (PREP, TIME, ADVERB) or tokens.word(end) in _TIMES
    adjunct = time or (told and tokens.kind(end) in (NAME, DET))
    while adjunct and end < min(stop, cue[1] + _ADJUNCT) and tokens.kinds[end] not in (COMMA, QUOTE, THAT, SUB, AND):
        end += 1
    if has_verb(tokens, cue[1] + (tokens.word(cue[1]) in _TIMES), end):
        return None
    return _Phrase("as", source, (cue,), end)


def _reports(tokens: Tokens, at: int) -> bool:
    """Whether "put it" or a verb that says something stands at `at`."""
    if tokens.word(at) in _PUT:
        return tokens.word(at + 1) == "it"
    return tokens.kind(at) == CUE and not is_noun(tokens, at) and _says(tokens.words[at])


def _says(word: str) -> bool:
    """Whether a form is of a verb that says something in a clause, not of one that thinks or demands it."""
    return any(
        cue.part == "verb"
        and cue.lemma not in _PROPOSING
        and cue.act == "statement"
        and cue.cue_class in ("neutral", "endorsing", "distancing")
        and {"clause", "quote"} <= cue.frames
        and slot != ING
        for cue, slot in cue_forms()[word]
    )
