"""Who asks not to be named: phrases that tell so, read as belonging to a source and never as what it says.

The phrases are data (`analysis/data/anonymity.csv`): `relative` ones stand in a clause with "who", `participle` ones
after a comma, `adverbial` ones anywhere; `knowing` and `close` ones make a person of no name an insider.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from analysis.attribution.lexicon import PAST, THIRD, anonymity_phrases, cue_forms
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    CLOSE,
    COMMA,
    CUE,
    DASH,
    DET,
    NAME,
    NUMBER,
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

#: How far the phrase may stand from its "who": "who was briefed on the details of the encounter and spoke anonymously".
_REACH = 15
#: How long the reason that is given for it may be.
_TAIL = 30
_HALTS = frozenset((COMMA, SEMICOLON, STOP, QUOTE, THAT, DASH))
_NOUNS = frozenset((NAME, WORD, NUMBER, DET, CUE, CLOSE, QUOTE))
#: What may stand before the verb of "who": in "who left said" the second verb is that of the sentence.
_BEFORE_ITS_VERB = frozenset((REL, AUX, ADVERB, AND, TIME))


@dataclass
class Asides:
    """The tokens without what tells of anonymity, and where it stood."""

    tokens: Tokens
    clauses: set[int] = field(default_factory=set)  # the token that a clause with "who" belongs to, and now ends
    adjuncts: set[int] = field(default_factory=set)  # the token after which the rest stood; before, at the very start


def set_aside(tokens: Tokens) -> Asides:
    """Take out what tells of anonymity: "who asked not to be named", ", speaking on condition of anonymity,".

    A clause with "who" goes into the token before it, so that the source or content that it belongs to keeps it.

    Examples
    --------
    >>> from analysis.attribution.tokens import tokenize
    >>> text = "An aide who asked not to be named said so."
    >>> aside = set_aside(tokenize(text, [(0, len(text))], []))
    >>> aside.tokens.words, aside.clauses
    (['an', 'aide', 'said', 'so', '.'], {1})
    """
    if not any(word in _keys() for word in tokens.words):
        return Asides(tokens)
    found = Asides(Tokens(tokens.text))
    kept, at = found.tokens, 0
    while at < len(tokens):
        clause = _clause(tokens, at)
        if clause and kept.words:
            kept.ends[-1] = tokens.ends[clause - 1]
            found.clauses.add(len(kept) - 1)
            at = clause + (tokens.kinds[at] == COMMA == tokens.kind(clause) and not _goes_on(tokens, clause))
            continue
        adjunct = _adjunct(tokens, at)
        if adjunct:
            found.adjuncts.add(len(kept) - (kept.kind(len(kept) - 1) != STOP))
            at = adjunct + (
                _closes(tokens, at, adjunct) and tokens.kind(at - 2) != COMMA
            )  # "in Norport, N.Y., …, said"
            continue
        kept.add(tokens.words[at], tokens.kinds[at], tokens.starts[at], tokens.ends[at])
        at += 1
    kept.close()
    return found


def asks_for_anonymity(words: Sequence[str]) -> bool:
    """Whether words hold a phrase by which somebody stays without a name."""
    forms = ("relative", "participle", "adverbial")
    return not _keys().isdisjoint(words) and any(_phrase(words, at, forms) for at in range(len(words)))


def insider_end(words: Sequence[str], kinds: Sequence[str], at: int) -> int:
    """Return where "familiar with", "close to" (somebody) ends if it begins at a word; 0 if it does not.

    Examples
    --------
    >>> insider_end(["people", "close", "to", "the", "minister"], "mwpdw", 1)
    3
    """
    end = _phrase(words, at, ("knowing",))
    if end:
        return end
    end = _phrase(words, at, ("close",))
    return end if end and end < len(words) and kinds[end] in (DET, NAME) else 0


def is_person(word: str) -> bool:
    """Whether a word names a person and says no more: "people", "somebody"."""
    return (word,) in anonymity_phrases().get("person", {}).get(word, ())


@cache
def _keys() -> frozenset[str]:
    """The last words of all phrases that can be set aside: a text without any of them has none."""
    forms = anonymity_phrases()
    kept = (phrases for form in ("relative", "participle", "adverbial") for phrases in forms[form].values())
    return frozenset(phrase[-1] for phrases in kept for phrase in phrases)


def _phrase(words: Sequence[str], at: int, forms: Sequence[str]) -> int:
    """Return where the longest phrase of these forms that begins at a word ends; 0 if none does."""
    word = _plain(words[at])
    ends = [
        at + len(phrase)
        for form in forms
        for phrase in anonymity_phrases()[form].get(word, ())
        if tuple(map(_plain, words[at : at + len(phrase)])) == phrase
    ]
    return max(ends, default=0)


def _plain(word: str) -> str:
    return "not" if word.endswith("n't") else word


def _clause(tokens: Tokens, at: int) -> int:
    """Return where a clause such as "who asked not to be named" or ", whose name was withheld" ends; 0 if none."""
    first = at + (tokens.kinds[at] == COMMA)
    if not (tokens.kind(first) == REL or tokens.word(first) == "whose") or tokens.kind(at - 1) not in _NOUNS:
        return 0
    look = first + 1
    while look < min(len(tokens), first + _REACH) and tokens.kinds[look] not in _HALTS:
        end = _phrase(tokens.words, look, ("relative", "adverbial"))
        if end:
            return _tail(tokens, end)
        if _is_main_verb(tokens, look) and tokens.kinds[look - 1] not in _BEFORE_ITS_VERB:
            return 0
        look += 1
    return 0


def _adjunct(tokens: Tokens, at: int) -> int:
    """Return where ", asking not to be named" or "on condition of anonymity" ends; 0 if none begins here."""
    comma = tokens.kinds[at] in (COMMA, DASH)
    first = at + comma
    if first >= len(tokens):
        return 0
    opens = comma or tokens.kind(at - 1) == STOP or (tokens.kind(at - 1) in _NOUNS and _goes_on(tokens, at - 1))
    end = _phrase(tokens.words, first, ("adverbial", "participle") if opens else ("adverbial",))
    return _tail(tokens, end) if end else 0


def _tail(tokens: Tokens, at: int) -> int:
    """Return where a reason or a further such phrase ends: "because she is not authorised to speak"; at a main verb."""
    stop, reason = min(len(tokens), at + _TAIL), False
    while at < stop and tokens.kinds[at] not in _HALTS:
        if end := _further(tokens, at):
            at = end
            continue
        finite = not reason and tokens.kinds[at] in (AUX, VERB) and tokens.word(at - 1) != "to"
        own = reason and tokens.kinds[at - 1] in (PRONOUN, AUX)  # "because she feared"
        if finite or (_is_main_verb(tokens, at) and not own):
            break
        reason = reason or tokens.kinds[at] == SUB
        at += 1
    return at


def _further(tokens: Tokens, at: int) -> int:
    """Return where a further phrase ends if one begins here, or after "and": "and asked not to be named"; 0 if none."""
    reach = 4 if tokens.kinds[at] == AND else 1
    for look in range(at, min(len(tokens), at + reach)):
        if tokens.kinds[look] in _HALTS:
            return 0
        if end := _phrase(tokens.words, look, ("relative", "participle", "adverbial")):
            return end
    return 0


def _is_main_verb(tokens: Tokens, at: int) -> bool:
    """Whether a cue verb that is no infinitive stands here."""
    if tokens.kinds[at] != CUE or tokens.word(at - 1) == "to":
        return False
    return any(cue.part == "verb" and slot in (PAST, THIRD) for cue, slot in cue_forms()[tokens.words[at]])


def _closes(tokens: Tokens, first: int, end: int) -> bool:
    """Whether the comma after a phrase goes with it: "An aide, asking not to be named, said", "said, on …, that"."""
    if tokens.kind(end) not in (COMMA, DASH):
        return False
    opening = tokens.kind(first - 1) == STOP
    parenthesis = tokens.kinds[first] == tokens.kinds[end] and (
        tokens.kind(first - 1) == CUE or tokens.kind(end + 1) in (CUE, VERB, AUX, ADVERB, THAT, QUOTE)
    )
    return opening or (parenthesis and not _goes_on(tokens, end))


def _goes_on(tokens: Tokens, before: int) -> bool:
    """Whether a participle follows: ", adding that"."""
    return tokens.word(before + 1).endswith("ing")
