"""What a text puts beside a name: titles, offices and kin, by which its bearer may be called later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from analysis.attribution.lexicon import source_terms, word_set

#: Titles before a name, each with the noun that may stand for their bearer later; none for a mere form of address.
TITLES = {
    **dict.fromkeys(("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "st"), ""),
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "prof": "professor", "rev": "reverend",
    **{noun: noun for noun in (
        "president", "minister", "chancellor", "secretary", "ambassador", "senator", "representative", "congressman",
        "congresswoman", "governor", "mayor", "judge", "justice", "general", "admiral", "colonel", "major", "captain",
        "lieutenant", "sergeant", "inspector", "superintendent", "constable", "detective", "sheriff", "coach",
        "professor", "doctor", "bishop", "archbishop", "cardinal", "pope", "king", "queen", "prince", "princess",
        "chairman", "chairwoman", "councillor", "councilman", "councilwoman", "spokesman", "spokeswoman", "director",
        "chief", "leader", "premier", "speaker", "attorney", "commissioner", "father", "sister", "brother",
    )},
}  # fmt: skip
#: Words beside a name by which a text says "he" or "she" of its bearer; "spokesman" and "chairman" are said of both.
GENDERED = {
    **dict.fromkeys(word_set("mr sir lord king prince father brother husband son widower"), "he"),
    **dict.fromkeys(word_set("mrs ms miss dame lady queen princess sister wife daughter mother widow"), "she"),
    **dict.fromkeys(word_set("spokeswoman chairwoman congresswoman councilwoman businesswoman actress"), "she"),
}
#: Nouns for one person that are no office.
KIN = word_set("man woman boy girl wife husband son daughter mother father brother sister widow friend neighbour")
#: These make an office another one: "the president" is neither the vice president nor a former one.
_QUALIFIERS = word_set("former vice deputy assistant ex late")
_DETERMINERS = word_set("a an the his her its their another one our my")
#: Where a noun phrase has its head behind it.
_AFTER_HEAD = word_set("of for at in from with to on who whom whose which that and or as by near under since")
# Read from its end: from the beginning, every letter of what stands before would be tried.
_LAST_WORDS = regex.compile(r"(?r)(?:[\p{L}\d’'-]+\s){0,7}+([\p{L}\d’'-]++)(,?)\s$")
_APPOSITION = regex.compile(r",\s(?:(\d{1,3})(?=[,.\s])|((?:[\p{L}\d’'-]+\s){0,6}[\p{L}\d’'-]+))")
#: How far before a name is read.
_BEFORE = 80


@cache
def person_nouns() -> frozenset[str]:
    """The nouns for one person: offices and roles, and kin."""
    roles = {term for term, kind in source_terms().items() if kind == "office or role" and " " not in term}
    plurals = {term for term in roles if term.endswith("s") and term[:-1] in roles}
    return frozenset(roles - plurals | KIN | {noun for noun in TITLES.values() if noun})


def head_of(phrase: Sequence[str]) -> str:
    """The head of a noun phrase given as words, case folded: the last word before what is attached to it.

    Examples
    --------
    >>> head_of("the former minister of health".split())
    'minister'
    """
    stop = next((at for at, word in enumerate(phrase) if at and word.casefold() in _AFTER_HEAD), len(phrase))
    return phrase[stop - 1].casefold() if stop else ""


def called(phrase: Sequence[str]) -> str:
    """What a noun phrase calls its bearer: its head, and what makes the office another one before it.

    Examples
    --------
    >>> called("the former prime minister of health".split())
    'former minister'
    """
    noun = head_of(phrase)
    return next((f"{word.casefold()} {noun}" for word in phrase[:-1] if word.casefold() in _QUALIFIERS), noun)


def nouns_beside(narrative: str, start: int, end: int, titles: Sequence[str]) -> list[str]:
    """The nouns beside a name that stands, with its titles, from start to end: "the mayor, Ann Lee, 52, a nurse".

    Examples
    --------
    >>> nouns_beside("Ann Lee, 52, the mayor of Norport, left.", 0, 7, ())
    ['52-year-old', 'mayor']
    """
    before = _LAST_WORDS.search(narrative[max(0, start - _BEFORE) : start])
    ahead = before.group().split()[-1:] if before else []
    ahead += narrative[start : start + _BEFORE].split()[:1]
    nouns = [called([*ahead, noun]) for title in titles if (noun := TITLES.get(title, title))]
    nouns += [title for title in titles if title in GENDERED]
    if before:
        phrase = before.group().rstrip(" ,\n").split()
        opener = next((at for at in range(len(phrase) - 1, -1, -1) if _determines(phrase[at])), None)
        if before.group(2):
            if opener is not None and opener < len(phrase) - 1:
                noun = head_of(phrase[opener + 1 :])
                nouns += [called(phrase[opener + 1 :])] if noun in person_nouns() else []
        elif phrase[-1] in person_nouns():
            nouns.append(called(phrase))
    at = end
    for _ in range(2):
        after = _APPOSITION.match(narrative, at)
        if not after:
            break
        if after.group(1):
            nouns.append(f"{after.group(1)}-year-old")
            at = after.end(1)
            continue
        phrase = after.group(2).split()
        noun = head_of(phrase[1:] if _determines(phrase[0]) else phrase)
        if _determines(phrase[0]) or noun in person_nouns():
            nouns.append(called(phrase))
        break
    return list(dict.fromkeys(nouns))


def _determines(word: str) -> bool:
    return word.casefold() in _DETERMINERS or word.endswith(("'s", "’s"))
