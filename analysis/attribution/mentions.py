"""Which names one text holds, which of them are one bearer's, and what the text itself ties to them.

A name here may be anything with capitals. That it is a person's has to be shown: by a title, the label ledger, or a
cue that makes it speak. Nothing is concluded from a first name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import regex

from analysis.attribution.beside import GENDERED, called, nouns_beside, person_nouns
from analysis.attribution.capitals import ATTRIBUTIVE, Capitals, is_thing, names_in, without_quotations
from analysis.attribution.lexicon import word_set

Span = tuple[int, int]

#: Titles that stay before a surname where the text has no fuller name: "Mr Grice".
_ADDRESS = word_set("mr mrs ms miss mx")
#: After a name, these make it a mere attribute: "Trump supporters", "the Lee administration".
_OWNED = word_set(
    "campaign administration team supporters supporter aides aide camp officials official allies ally voters delegates"
    " family government cabinet presidency spokesman spokeswoman spokesperson adviser advisers staff loyalists era"
    " representatives representative lawyers lawyer backers surrogates surrogate fans players"
)
_PHRASE = regex.compile(r"\b(?:an?|the|another|one|his|her|their|our|my|\w+[’']s)((?:\s[\p{Ll}\d-]+){1,4})", regex.I)
_LOWER = regex.compile(r"(?<![\w.@#’'-])\p{Ll}[\p{L}’'-]*")
_PIECE = regex.compile(r"\S+")
#: Characters within which the name of a thing stands before a word of it that stands for it.
_NEAR = 400


class Mention(NamedTuple):
    """A stretch that stands for somebody or something: a name, or words that lead to one.

    `key` tells bearers apart. `person` is True where the text shows a person, None where it may be one. An `owner`
    is only what something else belongs to ("Lee's lawyer").
    """

    start: int
    end: int
    key: str
    person: bool | None
    owner: bool = False


@dataclass
class Names:
    """The names of one text, outside quotation marks, and what the text ties to their bearers."""

    text: str
    narrative: str
    mentions: list[Mention]
    fullest: dict[str, str] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)  # key: "he" or "she", where the text says so itself
    nouns: dict[str, dict[str, int]] = field(default_factory=dict)  # noun: key: where it is first its bearer's
    nobody: dict[str, int] = field(default_factory=dict)  # noun: where it first stands for somebody without a name
    proper: set[str] = field(default_factory=set)  # the keys whose capitals are not only due to their place
    shared: set[str] = field(default_factory=set)  # the surnames that several full names end in
    parts: set[tuple[str, str]] = field(default_factory=set)  # nouns and keys where the noun is only in the name itself

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie inside a stretch."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, lo=first, key=lambda mention: mention.start)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def bearer(self, noun: str, before: int) -> str | None:
        """The key of the only one whom the text calls by a noun before a place; None if there are none or several."""
        first = [key for key, at in islice(self.nouns.get(noun, {}).items(), 2) if at < before]
        if len(first) != 1 or self.nobody.get(noun, before) < before:
            return None
        near = (noun, first[0]) not in self.parts or any(
            mention.key == first[0] for mention in self.within(max(0, before - _NEAR), before)
        )  # "the network" is the Dish Network only where that was just spoken of
        return first[0] if near else None


def find_names(text: str, sentences: Sequence[Span], speaking: Iterable[Span], labels: Iterable[Any]) -> Names:
    """Find the names in the sentences of one text, and what stands beside them.

    Parameters
    ----------
    text : str
    sentences : sequence of (start, end)
        In order.
    speaking : iterable of (start, end)
        Sources that are a named person: the name in each is a person's.
    labels : iterable of rows of LABELS
        What is known to be a person, and what to be none.
    """
    found = Names(text, without_quotations(text), [])
    small = set(_LOWER.findall(text))
    raws = [raw for start, end in sentences for raw in names_in(found.narrative, start, end, small)]
    quoted = [raw for start, end in sentences for raw in names_in(text, start, end, small)]
    speaking = list(speaking)
    keys, found.shared = _keys(raws, quoted, speaking)
    kinds = {row.start: (row.end, row.kind) for row in labels}
    spoken = {key for start, end in speaking if (key := _head_key(raws, keys, start, end))}
    beside = [nouns_beside(found.narrative, raw.begins, raw.end, raw.titles) for raw in raws]
    persons, things = set(spoken), set()
    for raw, nouns in zip(raws, beside, strict=True):
        end, kind = kinds.get(raw.start, (0, ""))
        titled = any(title not in ATTRIBUTIVE for title in raw.titles)
        listed = end >= raw.end and kind not in ("", "name", "person")  # "their ally France" is no person
        thing = is_thing(raw.words)
        shown = person_nouns().intersection(nouns) - (ATTRIBUTIVE if thing else frozenset())
        if titled or kind == "person" or (shown and not listed):
            persons.add(keys[raw.words])
        elif listed or thing:
            things.add(keys[raw.words])
    _add_first_names(keys, persons, things)
    tally: dict[str, set[str]] = {}
    found.fullest = _fullest(text, [*raws, *quoted], keys)
    for raw, nouns in zip(raws, beside, strict=True):
        key = keys[raw.words]
        person = True if key in persons else False if key in things or raw.article or " " not in key else None
        if not raw.opens or raw.start in kinds:
            found.proper.add(key)
        follows = _LOWER.match(found.narrative, raw.end + 1)
        owner = found.narrative[raw.end : raw.end + 1] in ("'", "’")
        if person and (raw.article or (follows and follows.group() in _OWNED)):
            continue
        found.mentions.append(Mention(raw.start, raw.end, key, person, owner))
        for noun in nouns if not owner else ():
            found.nouns.setdefault(noun, {}).setdefault(key, raw.begins)
            if person and noun in GENDERED:
                tally.setdefault(key, set()).add(GENDERED[noun])
        if person is False and len(raw.words) > 1:
            for word in raw.words:
                if key not in found.nouns.setdefault(word.casefold(), {}):
                    found.nouns[word.casefold()][key] = raw.begins
                    found.parts.add((word.casefold(), key))
    found.pronouns = {key: next(iter(said)) for key, said in sorted(tally.items()) if len(said) == 1}
    _describe(found, sentences)
    return found


def _keys(
    raws: Sequence[Capitals], quoted: Sequence[Capitals], speaking: Sequence[Span]
) -> tuple[dict[tuple[str, ...], str], set[str]]:
    """Whose each name is, and which surnames are several persons'.

    A full name is told by its first and last word; a single word is the only full name's that ends so, or that of the
    one whom the text called by it alone before it named another: "Ted Cruz … Cruz … Heidi Cruz".
    """
    every = [*raws, *quoted]
    full = {raw.words: f"{raw.words[0]} {raw.words[-1]}".casefold() for raw in every if len(raw.words) > 1}
    by_last = _by_last(every, full)
    shared = {word for word, bearers in by_last.items() if len(bearers) > 1}
    whose = {word: next(iter(bearers)) for word, bearers in by_last.items() if word not in shared}
    whose |= _established(raws, full, shared, speaking)
    for raw in every:
        if len(raw.words) == 1:
            word = raw.words[0].casefold()
            full[raw.words] = whose.get(word, word)
    return full, shared - whose.keys()


def _established(
    raws: Sequence[Capitals], full: Mapping[tuple[str, ...], str], shared: set[str], speaking: Sequence[Span]
) -> dict[str, str]:
    """Of surnames that several bear: the first, called by it alone before the next is named, if the only one to speak.

    None where the text says both "Mr" and "Mrs" with it.
    """
    bearers: dict[str, dict[str, None]] = {}
    alone: dict[str, str] = {}
    said: dict[str, set[str]] = {}
    for raw in raws:
        word = raw.words[-1].casefold()
        if word not in shared or raw.article:
            continue
        if len(raw.words) > 1:
            bearers.setdefault(word, {})[full[raw.words]] = None
        else:
            said.setdefault(word, set()).update(GENDERED[title] for title in raw.titles if title in GENDERED)
            if len(bearers.get(word, {})) == 1:
                alone.setdefault(word, next(iter(bearers[word])))
    heads = {key for start, end in speaking if (key := _head_key(raws, full, start, end))}
    return {
        word: key for word, key in alone.items()
        if len(said[word]) < 2 and heads.isdisjoint(bearers[word].keys() - {key})
    }  # fmt: skip


def _by_last(raws: Sequence[Capitals], keys: Mapping[tuple[str, ...], str]) -> dict[str, set[str]]:
    """The full names that end in each word; with an article, as "the Norport Ledger Lee", only if no other does."""
    found: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for raw in raws:
        if len(raw.words) > 1:
            found[raw.article].setdefault(raw.words[-1].casefold(), set()).add(keys[raw.words])
    return found[True] | found[False]


def _add_first_names(keys: dict[tuple[str, ...], str], persons: set[str], things: set[str]) -> None:
    """Give a first name that stands alone to the only person whose full name begins with it."""
    by_first: dict[str, list[str]] = {}
    for person in sorted(persons):
        by_first.setdefault(person.partition(" ")[0], []).append(person)
    for words, key in list(keys.items()):
        full = [person for person in by_first.get(key, ()) if person != key]
        if len(words) == 1 and key == words[0].casefold() and key not in things and len(full) == 1:
            keys[words] = full[0]


def _fullest(text: str, raws: Sequence[Capitals], keys: Mapping[tuple[str, ...], str]) -> dict[str, str]:
    """The name of most words of each bearer, the first of several; a surname alone keeps its "Mr"."""
    longest: dict[str, Capitals] = {}
    for raw in raws:
        known = longest.get(keys[raw.words])
        if known is None or len(raw.words) > len(known.words):
            longest[keys[raw.words]] = raw
    return {
        key: " ".join(text[raw.begins if _is_address(raw) else raw.start : raw.end].split())
        for key, raw in longest.items()
    }


def _is_address(raw: Capitals) -> bool:
    return len(raw.words) == 1 and bool(raw.titles) and raw.titles[-1] in _ADDRESS


def _head_key(raws: Sequence[Capitals], keys: Mapping[tuple[str, ...], str], start: int, end: int) -> str | None:
    first = bisect_left(raws, start, key=lambda raw: raw.begins)
    return keys.get(raws[first].words) if first < len(raws) and raws[first].end <= end else None


def _describe(found: Names, sentences: Sequence[Span]) -> None:
    """Add the persons that the text does not name, or names elsewhere: "a neighbour", "the coach"."""
    named = list(found.mentions)
    starts, ends = {m.start for m in named}, {m.end for m in named}
    others: list[Mention] = []
    for start, end in sentences:
        for phrase in _PHRASE.finditer(found.narrative, start, end):
            words = [(m.group(), phrase.start(1) + m.end()) for m in _PIECE.finditer(phrase.group(1))]
            head = next(((word, stop) for word, stop in words if word in person_nouns()), None)
            if head is None:
                continue
            noun, stop = head
            if any(stop + gap in starts for gap in (1, 2)) or phrase.start() - 2 in ends:
                continue  # "the mayor, Ann Lee"; "Ann Lee, the mayor"
            noun = called([word for word, _ in words[: words.index(head) + 1]])
            definite = phrase.group().casefold().startswith("the")
            key = found.bearer(noun, phrase.start()) if definite else None
            if key is None:
                found.nobody.setdefault(noun, phrase.start())
            others.append(Mention(phrase.start(), stop, key or f"?{noun}", True if key else None))
    found.mentions = sorted([*named, *others])
