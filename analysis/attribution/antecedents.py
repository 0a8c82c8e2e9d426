"""Whom "he" and "she" stand for: the only person that they can, or the subject before them; else nobody.

Nobody's gender is guessed. What a text says itself ("Ms Lee", "his wife, Ann"), or has said by pronouns that could
only be one person's, tells whom a later pronoun cannot stand for.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence

import regex

from analysis.attribution.lexicon import ADVERBS, PREPOSITIONS, SUBORDINATORS, TIME_WORDS, word_set
from analysis.attribution.mentions import Mention, Names, Span

#: The pronouns for one person, each with its subject form.
PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
_PRONOUN = regex.compile(r"(?<![\w’'-])(?:[Hh]e|[Ss]he)(?![\w-])")
#: How many sentences before that of a pronoun are looked at.
_REACH = 3
#: Characters of a sentence that is read at most: nobody writes longer ones, but somebody feeds them.
_LONGEST = 2_000
#: Uses of one pronoun, each certain by itself, after which a text has told which it uses of somebody.
_ENOUGH = 2
_PERSONS = frozenset(("named person", "office or role", "group", "anonymous"))
_CONNECTIVES = word_set("and but yet so then later still however")
#: What leads up to the subject of a sentence.
_LEADING = SUBORDINATORS | PREPOSITIONS
_OPENERS = _LEADING | ADVERBS | TIME_WORDS | _CONNECTIVES
_PARTICIPLES = ("ing", "ed", "ly")
#: Before a name, these make it that of a hearer, who may be the one that answers.
_HEARER = regex.compile(
    r"(?:told|tells|asked|asks|urged|urges|assured|warned|warns|reminded|informed|thanked"
    r"|(?:said|says|wrote|spoke|replied) to)\s(?:\p{Lu}[\w.]*\s){0,3}$"
)
_HEARER_REACH = 40
_MARKS = regex.compile(r"[,:;”’\"'»—–]")
_WORDS = regex.compile(r"[\p{L}\d’'-]+")


class Antecedents:
    """The persons of one text by sentence, and whom each pronoun outside quotation marks stands for.

    Parameters
    ----------
    names : Names
        The names of the text; what its pronouns tell of their bearers is added.
    sentences : sequence of (start, end)
        In order.
    sources : mapping of (start, end) to str
        Each source, with its source type.
    heads : mapping of (start, end) to Mention
        Each source that has a name, with it.
    """

    def __init__(
        self, names: Names, sentences: Sequence[Span], sources: Mapping[Span, str], heads: Mapping[Span, Mention]
    ) -> None:
        self._names = names
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._long = [end - start > _LONGEST for start, end in sentences]
        self._narrated = [any(map(str.isalpha, names.narrative[start:end])) for start, end in sentences]
        self._begins = {head.start: start for (start, _), head in heads.items()}  # where the source of a name begins
        self._held: list[list[tuple[Span, Mention]]] = [[] for _ in sentences]
        self._unnamed: list[list[Mention]] = [[] for _ in sentences]
        for span, kind in sorted(sources.items()):
            at = self._sentence(span)
            if at is None or self._word(span) in PRONOUNS:
                continue
            if head := heads.get(span):
                self._held[at].append((span, head))
            elif kind in _PERSONS and not any(m.person for m in names.within(*span)) and names.text[span[1] - 1] != "s":
                self._unnamed[at].append(Mention(*span, f"?{span[0]}", None))
        self._read(sources)
        told: dict[str, list[str]] = {}
        for span in self._sole:
            if found := self.found[span]:
                told.setdefault(found.key, []).append(PRONOUNS[self._word(span)])
        for key, said in told.items():
            if len(said) >= _ENOUGH and len(set(said)) == 1:
                names.pronouns.setdefault(key, said[0])
        self._read(sources)

    def _read(self, sources: Iterable[Span]) -> None:
        """Resolve every pronoun, in the order of the text."""
        text = self._names.text
        self._here = [self._at_hand(at, *stretch) for at, stretch in enumerate(self._sentences)]
        self._speaking = [{span[0]: head.key for span, head in held} for held in self._held]
        self.found: dict[Span, Mention | None] = {}
        #: By place: the words that lead on from a mention to a name.
        self.trail = {m.start: [text[m.start : m.end]] for here in self._here for m in here}
        self._sole: list[Span] = []  # where there was only one whom it could stand for
        asked = {span for span in sources if self._word(span) in PRONOUNS}
        for span in sorted(asked | {match.span() for match in _PRONOUN.finditer(self._names.narrative)}):
            at = self._sentence(span)
            if at is None or self._long[at]:
                continue
            word = self._word(span)
            found = self.found[span] = self._antecedent(span, at)
            further = self.trail[found.start] if found else []
            self.trail[span[0]] = [text[slice(*span)], *(step for step in further if step.casefold() != word)]
            key, person = (found.key, True) if found else (f"?{PRONOUNS[word]}", None)
            insort(self._here[at], Mention(*span, key, person))
            if span in asked and found:
                self._speaking[at][span[0]] = key

    def _word(self, span: Span) -> str:
        return self._names.text[slice(*span)].casefold()

    def _sentence(self, span: Span) -> int | None:
        at = bisect_right(self._starts, span[0]) - 1
        return at if at >= 0 and span[1] <= self._sentences[at][1] else None

    def _at_hand(self, at: int, start: int, end: int) -> list[Mention]:
        """The mentions of a sentence, but for what only describes a source that has a name."""
        if self._long[at]:
            return []
        found = [
            m for m in self._names.within(start, end)
            if m.person or not any(a <= m.start < b and head != m for (a, b), head in self._held[at])
        ]  # fmt: skip
        return sorted([*found, *self._unnamed[at]])

    def _antecedent(self, span: Span, at: int) -> Mention | None:
        """The only one whom a pronoun can stand for, or the subject before it."""
        gender = PRONOUNS[self._word(span)]
        before = self._fitting(gender, [m for m in self._here[at] if m.end <= span[0]])
        after = self._fitting(gender, [m for m in self._here[at] if m.start >= span[1]])
        back = self._back(gender, at)
        earlier = self._fitting(gender, self._here[back]) if back is not None else []
        leads_up = bool(after) and self._leads_up(at, span[0])
        if not leads_up:  # "he told Lee": he is not Lee
            named = {m.key for m in after}
            before, earlier = ([m for m in mentions if m.key not in named] for mentions in (before, earlier))
        if before:
            one = self._only(before, gender)
            if one and (not earlier or _bearers([*before, *earlier]) == {one.key}):
                self._sole.append(span)
                return one
            return one if one and (self._is_tied(one, gender) or self._goes_on(one, span, at)) else None
        if back is None or not earlier or leads_up:
            return None
        one = self._only(earlier, gender)
        if one is None:
            return self._subject(earlier, back)
        if self._is_tied(one, gender) or self._leads(one.key, earlier, back):
            self._sole.append(span)
            return one
        return None

    def _back(self, gender: str, at: int) -> int | None:
        """The last sentence before that has somebody whom a pronoun could stand for."""
        reach = _REACH
        for back in range(at - 1, -1, -1):
            if not reach or self._long[back]:
                return None
            if self._fitting(gender, self._here[back]):
                return back
            reach -= self._narrated[back]
        return None

    def _fitting(self, gender: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Those who are or may be persons, but for those of whom the text says the other pronoun."""
        other = {"he": "?she", "she": "?he"}[gender]
        said = self._names.pronouns
        return [m for m in mentions if m.person is not False and m.key != other and said.get(m.key, gender) == gender]

    def _only(self, mentions: Sequence[Mention], gender: str) -> Mention | None:
        """The last mention of the one person that all mentions are of; None if there are several, or no name."""
        bearers = _bearers(mentions)
        if len(bearers) > 1:
            return None
        key = min(bearers)
        sure = self._names.pronouns.get(key) == gender
        own = [m for m in mentions if m.person and m.key == key and (sure or not m.owner)]
        return own[-1] if own else None

    def _is_tied(self, mention: Mention, gender: str) -> bool:
        """Whether the text has said this pronoun of somebody, or the mention is such a pronoun itself."""
        return (mention.start, mention.end) in self.found or self._names.pronouns.get(mention.key) == gender

    def _goes_on(self, mention: Mention, span: Span, at: int) -> bool:
        """Whether a pronoun goes on with the subject of its sentence; in "If Lee wins, she said" it is another's."""
        aside = self._names.narrative[self._starts[at] : span[0]].rstrip().endswith(",")
        return not aside and self._opens(mention, at)

    def _leads(self, key: str, mentions: Sequence[Mention], at: int) -> bool:
        """Whether one of these mentions of somebody is the subject of its sentence, as far as its place tells."""
        return any(
            m.key == key and (key in self._speaking[at].values() or self._opens(m, at)) for m in mentions
        )  # fmt: skip

    def _opens(self, mention: Mention, at: int) -> bool:
        """Whether a mention is what its sentence begins with, after a title or what a mark sets off; no mere owner."""
        start = self._begins.get(mention.start, mention.start)
        lead = [_WORDS.findall(part) for part in _MARKS.split(self._names.narrative[self._starts[at] : start])]
        between = [word for word in lead[-1] if not _is_harmless(word)]
        opening = lead[0][0].casefold() if lead[0] else ""
        set_off = (
            len(lead) == 1
            or not opening
            or opening in _OPENERS
            or opening.endswith(_PARTICIPLES)
            or PREPOSITIONS.isdisjoint(word.casefold() for word in lead[0])  # "A friend, Ann Lee,"
        )
        speaks = start in self._speaking[at]
        inverted = speaks and len(between) == 1 and len(lead) > 1  # "…,” said Ann Lee"
        return not mention.owner and ((not between and (set_off or speaks)) or inverted)

    def _leads_up(self, at: int, stop: int) -> bool:
        """Whether a place is in a clause or phrase that leads up to the subject of its sentence."""
        lead = self._names.narrative[self._starts[at] : stop]
        first = _WORDS.search(lead)
        return first is not None and first.group().casefold() in _LEADING and "," not in lead

    def _subject(self, mentions: Sequence[Mention], at: int) -> Mention | None:
        """The one of several who alone speaks in a sentence, is named first in it, and tells it to none of them."""
        first = mentions[0]
        told = any(
            _HEARER.search(self._names.narrative, max(0, m.start - _HEARER_REACH), m.start) for m in mentions[1:]
        )
        tied = {m.key for m in mentions if self._names.pronouns.get(m.key)}  # "met his wife, Ann": she may be Ann
        alone = tied <= {first.key} and set(self._speaking[at].values()) == {first.key}
        return first if alone and first.person and not told and self._opens(first, at) else None


def _is_harmless(word: str) -> bool:
    """Whether a word may stand before the subject of a sentence: a title, or "but"."""
    return word in _CONNECTIVES or (word[0].isupper() and word.casefold() not in _LEADING)


def _bearers(mentions: Sequence[Mention]) -> set[str]:
    """Who is mentioned; a bare surname after a full name that ends so is the same."""
    keys: dict[str, None] = {}
    for m in mentions:
        if not any(key.endswith(f" {m.key}") for key in keys):
            keys[m.key] = None
    return set(keys)
