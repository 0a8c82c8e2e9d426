"""Where expressions of a table stand in a sentence: the longest at each place, and only where it is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from analysis.labels.lexicon import ALSO_WORDS, AMBIGUOUS, HEADS, MODIFIERS, NO_NAME, opens_sentences
from analysis.labels.tokens import Token
from analysis.labels.tree import Alias, Tree
from analysis.text import stop_words

_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
#: Abbreviations of up to three letters are capitals throughout ("US", "WHO"); longer ones need not be ("Nato").
_SHORT = 3


class Line(NamedTuple):
    """A sentence as it is searched: its number, its tokens, and how its capitals are to be read.

    In `title_case` nearly every word has a capital, so that capitals tell nothing; `shouting` has nothing else.
    """

    number: int
    tokens: list[Token]
    title_case: bool
    shouting: bool

    @property
    def terms(self) -> list[str]:
        """What its tokens count as."""
        return [token.term for token in self.tokens]


class Match(NamedTuple):
    """An expression at tokens `first` up to, not including, `stop`."""

    first: int
    stop: int
    alias: Alias


def as_line(number: int, kind: str, tokens: list[Token]) -> Line:
    """Judge the capitals of a sentence: a headline in title case is recognised by more capitals than small words."""
    words = [token for token in tokens if token.word]
    telling = [word for word in words[1:] if word.term not in stop_words()]
    small = sum(word.surface[0].islower() for word in telling)
    large = sum(word.capital for word in telling)
    title_case = small < large if kind in ("title", "heading") else not small
    shouting = not any(map(str.islower, chain.from_iterable(word.surface for word in words)))
    return Line(number, tokens, title_case, shouting)


def find_longest(line: Line, trees: Sequence[Tree]) -> list[Match]:
    """Find expressions from left to right, the longest at each place; they do not overlap."""
    terms = line.terms
    begin = {term for tree in trees for term in tree.below.keys() & terms}
    matches: list[Match] = []
    for at, term in enumerate(terms if begin else ()):
        if term in begin and (not matches or at >= matches[-1].stop):
            found = max((m for tree in trees for m in _matches(line, at, tree)), key=lambda m: m.stop, default=None)
            if found:
                matches.append(found)
    return matches


def _matches(line: Line, at: int, tree: Tree) -> Iterator[Match]:
    """Every expression of a tree that begins at one token, with the capitals it is written with."""
    for stop in range(at, len(line.tokens)):
        deeper = tree.below.get(line.tokens[stop].term)
        if deeper is None:
            return
        tree = deeper
        if tree.alias and _capitals_fit(tree.alias, line, at):
            yield Match(at, stop + 1, tree.alias)


def _capitals_fit(alias: Alias, line: Line, at: int) -> bool:
    """Whether a text has the capitals of an expression; where all is in capitals, "US" and "WHO" are no names."""
    if line.shouting and len(alias.tokens) == 1 and alias.tokens[0].casefold() in ALSO_WORDS:
        return False
    for written, token in zip(alias.tokens, line.tokens[at : at + len(alias.tokens)], strict=True):
        short = written.isupper() and _is_short(written)
        if not (token.surface.isupper() if short else token.surface[0].isupper() or not written[0].isupper()):
            return False
    return True


@lru_cache(maxsize=1000)
def _is_short(abbreviation: str) -> bool:
    return 1 < sum(map(str.isalpha, abbreviation)) <= _SHORT


@dataclass
class Context:
    """What one article says of its own names.

    `small` are the words it also writes without a capital; `confirmed` the actors it names in two ways or more;
    `bearers` are, by surname, the persons that bear it, and `alike` those and other names that end like it.
    """

    small: set[str]
    confirmed: set[str] = field(default_factory=set)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    alike: dict[str, set[str]] = field(default_factory=dict)

    def is_common(self, term: str) -> bool:
        """Whether a word that stands first in a sentence is no name, for all the article shows."""
        return term in self.small or opens_sentences(term)

    def confirm(self, matches: Iterable[list[Match]]) -> None:
        """Learn which actors the article names by more than one expression."""
        ways: dict[str, set[str]] = {}
        for match in (match for found in matches for match in found):
            ways.setdefault(match.alias.actor, set()).add(match.alias.expression)
        self.confirmed = {actor for actor, expressions in ways.items() if len(expressions) > 1}


def certain(matches: list[Match], line: Line, context: Context) -> list[Match]:
    """Keep the matches that are certain, and those that are set aside; the others may be names of something else."""
    if not matches:
        return []
    covered = cover(matches, len(line.tokens))
    states = {m.alias.actor for m in matches if m.alias.kind == "state" and m.alias.actor != "United States"}
    return [
        m
        for m in matches
        if not m.alias.actor
        or not (
            _may_be_a_common_word(m, line, context)
            or _may_be_another_bearer(m, line, context)
            or _belongs_to_a_longer_name(m, line, covered, context)
            or _may_be_elsewhere(m, line, states, context)
        )
    ]


def cover(matches: Iterable[Match], length: int) -> bytearray:
    """Mark the tokens that matches stand on."""
    covered = bytearray(length)
    for m in matches:
        covered[m.first : m.stop] = b"\1" * (m.stop - m.first)
    return covered


def _may_be_a_common_word(m: Match, line: Line, context: Context) -> bool:
    """A single word whose capital may be due to its place, and that stands without one elsewhere in the article."""
    token = line.tokens[m.first]
    by_place = token.opens or line.title_case
    return m.stop == m.first + 1 and by_place and token.term in context.small and not token.surface[1:].isupper()


def _may_be_another_bearer(m: Match, line: Line, context: Context) -> bool:
    """A surname, or a name that can be one, that another person of the article bears, or that has a title."""
    if m.stop != m.first + 1 or m.alias.form not in ("name", "metonym"):
        return False
    token = line.tokens[m.first]
    before = line.tokens[m.first - 1].term if m.first else ""
    if m.alias.kind == "person":
        return before in _ARTICLES or bool(context.alike.get(token.term, set()) - {m.alias.actor})
    titled = before == "." and m.first > 1 and line.tokens[m.first - 2].term in HEADS
    sure = m.alias.actor in context.confirmed and token.term not in AMBIGUOUS
    borne = token.term in context.bearers and not sure
    return m.alias.kind in ("state", "place") and (titled or borne)


def _may_be_elsewhere(m: Match, line: Line, states: set[str], context: Context) -> bool:
    """A state with namesakes, such as Georgia, where neither sentence nor article has anything that points to it."""
    namesake = m.stop == m.first + 1 and line.tokens[m.first].term in AMBIGUOUS
    return namesake and m.alias.actor not in context.confirmed and not states - {m.alias.actor}


def _belongs_to_a_longer_name(m: Match, line: Line, covered: bytearray, context: Context) -> bool:
    """A name with an unlisted capitalised word beside it: "Israel Katz", "Jordan Valley", "Michael Jordan"."""
    guarded = m.alias.kind in ("person", "state", "place") and m.alias.form in ("name", "metonym")
    single = all(token.touches for token in line.tokens[m.first + 1 : m.stop])
    if line.title_case or not guarded or not (single or m.alias.form == "metonym" or m.alias.kind == "place"):
        return False
    strict = m.alias.kind == "person" or line.tokens[m.first].term in AMBIGUOUS
    before, last = line.tokens[m.first - 1] if m.first else None, line.tokens[m.stop - 1]
    beside = before and not line.tokens[m.first].touches and not before.possessive and not covered[m.first - 1]
    common = before is not None and before.opens and (not strict or context.is_common(before.term))
    if before and beside and not common and _may_be_of_a_name(before):
        return True
    if m.stop == len(line.tokens) or last.possessive or covered[m.stop]:
        return False
    return not line.tokens[m.stop].touches and _may_be_of_a_name(line.tokens[m.stop])


def _may_be_of_a_name(token: Token) -> bool:
    return token.capital and token.term not in HEADS | MODIFIERS | NO_NAME | stop_words()
