"""What two articles have in common: actors, figures, and the words of their openings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from analysis.nouns import plural_of
from analysis.tables import BODY_KINDS
from analysis.text import split_words, stop_words

#: Kinds of actors, the listed ones first: if two articles disagree on a kind, the earlier one holds.
ACTOR_KINDS = ("person", "state", "organisation", "place", "event", "name")
#: A figure is worth something above this: small numbers are shared by any two texts.
_FIGURE_ABOVE = 10
#: The opening is the title and as many sentences or bullets.
OPENING = 5
#: Words of any report; they say nothing of its topic.
_OF_ANY_REPORT = (
    "said say says told tell according also year years month months week weeks day days hour hours time people man men "
    "woman women today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov "
    "dec a.m p.m a.m. p.m. will would could can may might must one two three four five six seven eight nine ten new "
    "first last next early earlier later much many amid part official officials reported report news"
)
_LEFT_OUT = stop_words() | frozenset(_OF_ANY_REPORT.split())


class Shared(NamedTuple):
    """Something both articles have: its kind, what it is, and where it first stands in each."""

    kind: str
    item: str
    start: int
    end: int
    other_start: int
    other_end: int


def shared_actors(one: Sequence[Any], other: Sequence[Any]) -> list[Shared]:
    """The actors that both articles name, from their rows of LABELS; by kind, then by name."""
    first, second = _first_uses(one), _first_uses(other)
    found = []
    for actor in first.keys() & second.keys():
        here, there = first[actor], second[actor]
        kind = min((here.kind, there.kind), key=ACTOR_KINDS.index)
        found.append(Shared(kind, actor, here.start, here.end, there.start, there.end))
    return sorted(found, key=lambda each: (ACTOR_KINDS.index(each.kind), each.item))


def shared_figures(one: Sequence[Any], other: Sequence[Any]) -> list[Shared]:
    """The numbers above ten with their unit, sums of money and percentages that both articles give."""
    first, second = ({_figure(fact): fact for fact in reversed(facts) if _counts(fact)} for facts in (one, other))
    return [
        Shared("number", f"{Decimal(value):,} {unit}", here.start, here.end, there.start, there.end)
        for (value, unit), there in sorted(second.items())
        if (here := first.get((value, unit)))
    ]


def shared_topic(
    texts: tuple[str, str], sentences: tuple[Sequence[Any], Sequence[Any]], names: tuple[Sequence[Any], Sequence[Any]]
) -> list[Shared]:
    """The content words that both openings have, names and the words of any report left out; by word."""
    named = {
        word.term
        for text, rows in zip(texts, names, strict=True)
        for row in rows
        for word in split_words(text, row.start, row.end)
    }
    first, second = (
        {
            word.term: word
            for row in reversed(_opening(own))
            for word in reversed(split_words(text, row.start, row.end))
            if word.term not in _LEFT_OUT | named
        }
        for text, own in zip(texts, sentences, strict=True)
    )
    return [
        Shared("topic word", term, first[term].start, first[term].end, second[term].start, second[term].end)
        for term in sorted(first.keys() & second.keys())
    ]


def most_named(labels: Sequence[Any]) -> Any | None:
    """The first use of the actor that an article names most often, states left out; of several, the first named."""
    uses: dict[str, list[Any]] = {}
    for row in labels:
        if row.kind != "state":
            uses.setdefault(row.actor, []).append(row)
    return max(uses.values(), key=len)[0] if uses else None


def _first_uses(labels: Iterable[Any]) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for row in labels:
        first.setdefault(row.actor, row)
    return first


def _counts(fact: Any) -> bool:
    if fact.kind == "number":
        return isinstance(fact.unit, str) and Decimal(fact.value) > _FIGURE_ABOVE
    return fact.kind in ("money", "per cent")


def _figure(fact: Any) -> tuple[str, str]:
    """A number and its unit, singular and plural alike, in the form that stands after the number."""
    unit = fact.unit if isinstance(fact.unit, str) else fact.kind
    return fact.value, unit if fact.kind == "per cent" or fact.value == "1" else plural_of(unit)


def _opening(sentences: Sequence[Any]) -> list[Any]:
    titles = [row for row in sentences if row.kind == "title"][:1]
    return titles + [row for row in sentences if row.kind in BODY_KINDS][:OPENING]
