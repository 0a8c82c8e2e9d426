"""What a cue is, whichever engine found it: its class and act, and the word that decides them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DictionaryLookupStrategy

from analysis.attribution.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    Cue,
    classed_forms,
    classed_phrases,
    word_set,
)

#: A cue that no list holds: whoever is cited is taken to have said something.
UNKNOWN = Cue("", "unknown", "neutral", "statement", frozenset())

#: Verbs that say little beside another: "appeared to suggest", "held a rally to denounce", "continued to insist".
_WEAK = word_set("appear seem look sound continue hold need include offer let mean")
#: Before an infinitive these tell when it is said, not what is said: "is expected to say".
_PROSPECTS = word_set("expected set due likely poised scheduled")
#: After one of these stands where or when something was said: "in an interview".
_ADJUNCTS = word_set("in on at by from during via through after before")
_OPENERS = DETERMINERS | word_set("'s")
#: How many words may stand inside a phrase that opens with one of these: "made it abundantly clear".
_GAP = 2
_OPEN = word_set("make take give have draw put cast hold raise call sound get pay")


def head_of_cue(words: Sequence[str]) -> tuple[int | None, Cue]:
    """Return which word of a cue decides its class, and what it is; (None, UNKNOWN) if no list holds any.

    The first verb or phrase of the cue that says something, else an adjective or noun, else a phrase such as "in a
    statement", else an adverb ("reportedly").

    Parameters
    ----------
    words : sequence of str
        The words of the cue, lower case, with straight apostrophes.

    Examples
    --------
    >>> [head_of_cue(cue.split())[1].lemma for cue in ("has said", "pointed out", "made it clear", "wubbed")]
    ['say', 'point out', 'make it clear', '']
    """
    weak = late = None
    nouns: list[tuple[int, Cue]] = []
    for at, word in enumerate(words):
        phrase = _phrase(words, at)
        if phrase:
            if word not in PREPOSITIONS or word == "according":
                return at, phrase
            late = late or (at, phrase)
            continue
        if word in AUXILIARIES:
            continue
        parts = _parts(word)
        before = words[at - 1] if at else ""
        if "adjective" in parts and words[at + 1 : at + 2] == ["to"] and not _is_prospect(words, at):
            return at, parts["adjective"]  # "was reluctant to say"
        named = "noun" in parts or ("verb" in parts and "noun" in parts["verb"].frames)
        if "verb" in parts and not (named and before in _OPENERS):
            if not (parts["verb"].lemma in _WEAK or _is_prospect(words, at)):
                return at, parts["verb"]
            weak = weak or (at, parts["verb"])
        elif word not in _PROSPECTS:
            nouns += [(at, parts[part]) for part in ("adjective", "noun", "verb") if part in parts][:1]
    if nouns:
        return next((one for one in nouns if not _is_adjunct(words, one[0])), nouns[0])
    adverbs = ((at, parts["adverb"]) for at, word in enumerate(words) if "adverb" in (parts := _parts(word)))
    return weak or late or next(adverbs, (None, UNKNOWN))


def _is_prospect(words: Sequence[str], at: int) -> bool:
    return words[at] in _PROSPECTS and "to" in words[at + 1 : at + 2]


def _is_adjunct(words: Sequence[str], at: int) -> bool:
    look = at - 1
    while look >= 0 and (words[look] in DETERMINERS or not _parts(words[look])):
        if words[look] in _ADJUNCTS:
            return True
        look -= 1
    return False


def _phrase(words: Sequence[str], at: int) -> Cue | None:
    """Return the longest cue of several words that begins at a word."""
    for first in _lemmas(words[at]):
        for phrase, cue in classed_phrases().get(first, ()):
            if _follows(words, at, phrase):
                return cue
    return None


def _follows(words: Sequence[str], at: int, phrase: Sequence[str]) -> bool:
    gap = _GAP if phrase[0] in _OPEN and phrase[1] not in PREPOSITIONS else 0
    for part in phrase[1:]:
        reach = range(at + 1, min(len(words), at + 2 + gap))
        at = next((look for look in reach if part in _lemmas(words[look])), -1)
        if at < 0:
            return False
    return True


def _parts(word: str) -> dict[str, Cue]:
    """Return what a word is as a cue, by part of speech: as its form is listed, else as its lemma is."""
    forms = classed_forms()
    if word in forms:
        return forms[word]
    return forms.get(_lemma(word), {}) if word.isalpha() and word not in PREPOSITIONS | DETERMINERS else {}


@lru_cache(maxsize=20_000)
def _lemmas(word: str) -> tuple[str, ...]:
    listed = (cue.lemma for cue in classed_forms().get(word, {}).values())
    return tuple(dict.fromkeys((word, *listed, _lemma(word))))


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=DictionaryLookupStrategy())


@lru_cache(maxsize=20_000)
def _lemma(word: str) -> str:
    return _lemmatizer().lemmatize(word, lang="en").lower()
