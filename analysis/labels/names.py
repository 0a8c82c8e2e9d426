"""Names that no table lists: capitalised words in the middle of a sentence, and who bears a surname."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from analysis.labels.lexicon import HEADS, MODIFIERS, NO_NAME, PARTICLES, ROLES, THINGS, word_set
from analysis.labels.match import Line, Match, cover
from analysis.labels.tokens import Token, spelled
from analysis.labels.tree import Alias, Key
from analysis.text import stop_words

#: Words of a person's name and of any name, and tokens of it, at most; letters of an abbreviation, at least.
_PERSON, _LONGEST, _TOKENS, _LETTERS = 4, 6, 20, 3
#: How far after a name its bearer's role may stand: "Jane Roe, the long-time foreign minister".
_APPOSITION = 5
#: Heads of roles that end names of persons as well.
_ALSO_SURNAMES = word_set(
    "king prince pope bishop duke judge justice lord major marshal general father imam sheikh sultan captain cardinal"
)
_STOPS = frozenset(".,;:!?()–—")


class Name(NamedTuple):
    """A name as it stands in the text: its tokens, and whether it is certainly a person's.

    `opens` says that it stands first in a sentence, so that its first word may be no name.
    """

    tokens: tuple[Token, ...]
    person: bool
    opens: bool = False

    @property
    def key(self) -> Key:
        """Its tokens as they count."""
        return tuple(token.term for token in self.tokens)

    @property
    def words(self) -> int:
        """How many words it has; those joined by hyphens are one."""
        return sum(token.word and (at == 0 or not token.touches) for at, token in enumerate(self.tokens))

    @property
    def may_be_person(self) -> bool:
        """Whether it has the shape of a person's full name: two to four words, none of which names a thing."""
        return 1 < self.words <= _PERSON and not any(token.term in THINGS for token in self.tokens)

    @property
    def surname(self) -> tuple[Token, ...]:
        """Its last word, with all its parts at hyphens: the surname, if it is a person's."""
        first = max(at for at, token in enumerate(self.tokens) if at == 0 or not token.touches)
        return self.tokens[first:]

    @property
    def text(self) -> str:
        """The name on one line, as it is written."""
        return spelled(self.tokens)

    def alias(self, kind: str) -> Alias:
        """The name as an expression for its bearer."""
        return Alias(self.text, kind, self.text, "name", tuple(token.surface for token in self.tokens), "")


def find_names(lines: Sequence[Line], matches: Sequence[list[Match]]) -> list[Name]:
    """Find the names of one article that `matches` leave over, each once, in the order of the text.

    A name is two to six capitalised words, one with a title before it, or an abbreviation in brackets. What stands
    first in a sentence may have its capital from there, and is marked; headlines are passed over. It is a person's
    where a title or role stands before it, or a role after it in apposition.
    """
    found: dict[Key, Name] = {}
    for line, own in zip(lines, matches, strict=True):
        if line.title_case or line.shouting:
            continue
        covered = cover(own, len(line.tokens))
        for first, stop in _runs(line.tokens, covered):
            for name in _names(line, first, stop, covered):
                known = found.setdefault(name.key, name)
                person, opens = known.person or name.person, known.opens and name.opens
                found[name.key] = known._replace(person=person, opens=opens)
    return list(found.values())


def surnames_used(lines: Sequence[Line], matches: Sequence[list[Match]], small: Collection[str]) -> set[str]:
    """Find the capitalised words that stand alone, as a surname does; not those that also stand without a capital."""
    alone = set()
    for line, own in zip(lines, matches, strict=True):
        covered = cover(own, len(line.tokens))
        if not line.title_case:
            for begin, stop in _runs(line.tokens, covered):
                first = begin
                opener = line.tokens[first]
                if opener.opens and (opener.term in stop_words() or (opener.term in ROLES and first + 1 < stop)):
                    first += 1
                before = line.tokens[first - 1].term if first else ""
                if stop == first + 1 and before not in ("the", "a", "an", "-"):
                    alone.add(line.tokens[first].term)
    return alone.difference(small)


def _runs(tokens: Sequence[Token], covered: bytearray) -> Iterator[tuple[int, int]]:
    """Walk the longest sequences of capitalised words that nothing covers: (first, stop)."""
    stop = 0
    for at, token in enumerate(tokens):
        if token.capital and at >= stop and _begins(tokens, at, covered):
            stop = at + 1
            while not tokens[stop - 1].possessive and (longer := _continued(tokens, stop, covered)):
                stop = longer
            yield at, stop


def _begins(tokens: Sequence[Token], at: int, covered: bytearray) -> bool:
    token = tokens[at]
    return token.capital and not covered[at] and token.term not in NO_NAME


def _continued(tokens: Sequence[Token], stop: int, covered: bytearray) -> int:
    """Where a name goes on to after `stop`: over a word, a hyphen, an initial's dot or particles; 0 if it ends."""
    if stop >= len(tokens):
        return 0
    token = tokens[stop]
    if token.touches:
        after = tokens[stop + 1] if stop + 1 < len(tokens) else None
        if after and token.term == "-" and after.touches and not covered[stop + 1]:
            return stop + 2 if after.capital or (after.word and len(after.surface) <= _LETTERS) else 0
        short = len(tokens[stop - 1].surface) == 1 or tokens[stop - 1].term in HEADS
        return stop + 1 if token.term == "." and short and after and _begins(tokens, stop + 1, covered) else 0
    at = stop
    while at < len(tokens) and at < stop + 2 and tokens[at].term in PARTICLES and not tokens[at].capital:
        at += 1
    if at < len(tokens) and not tokens[at].touches and _begins(tokens, at, covered):
        return at + 1
    return 0


def _names(line: Line, first: int, stop: int, covered: bytearray) -> Iterator[Name]:
    """The names in one sequence of capitals: what follows the last title in it, and what stands before."""
    tokens = line.tokens
    while first < stop and tokens[first].term in stop_words():
        first += 1
    if first == stop:
        return
    before = tokens[first - 1] if first else None
    titled = before is not None and before.term in HEADS and not before.possessive and not covered[first - 1]
    owned = before is not None and bool(covered[first - 1]) and not tokens[first].touches
    heads = [at for at in range(first, stop) if tokens[at].term in HEADS]
    if len(heads) == 1 and heads[0] == stop - 1 and tokens[stop - 1].term in _ALSO_SURNAMES:
        heads = []  # "Martin Luther King"
    if not heads and _is_role_first(tokens, first, stop):
        first, titled, owned = first + 1, True, False  # "Nurse Anita Bell"
    if heads:
        after = heads[-1] + 1
        if after < stop and tokens[after].term == ".":
            after += 1
        yield from _name(line, after, stop, True)
        stop, titled = heads[-1], False
        while stop > first and tokens[stop - 1].term in HEADS | MODIFIERS:
            stop -= 1
    if first < stop:
        yield from _name(line, first, stop, titled, owned)


def _is_role_first(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a sentence opens with a role before a person's full name: the role has its capital from there."""
    if not (tokens[first].opens and tokens[first].term in ROLES) or first + 1 == stop or tokens[first + 1].touches:
        return False
    return Name(tuple(tokens[first + 1 : stop]), True).may_be_person


def _name(line: Line, first: int, stop: int, titled: bool, owned: bool = False) -> Iterator[Name]:
    """The name at tokens first to stop, if it is one; what a state is named before may have a namesake elsewhere."""
    name = Name(tuple(line.tokens[first:stop]), False, line.tokens[first].opens if first < stop else False)
    if not name.tokens or len(name.tokens) > _TOKENS or not name.tokens[-1].word:
        return
    abbreviation = name.words == 1 and name.text.isupper() and len(name.text) >= _LETTERS
    shaped = name.may_be_person or (
        name.words == 1 and titled and not abbreviation and name.tokens[0].term not in THINGS
    )
    if shaped and (titled or _has_role_after(line.tokens, stop)):
        yield name._replace(person=True)
    elif not owned and (1 < name.words <= _LONGEST or (abbreviation and _in_brackets(line.tokens, first, stop))):
        yield name


def _in_brackets(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether an abbreviation is introduced as one: "the Polar Fund (POF)"."""
    return first > 0 and stop < len(tokens) and tokens[first - 1].term == "(" and tokens[stop].term == ")"


def _has_role_after(tokens: Sequence[Token], stop: int) -> bool:
    """Whether a role follows in apposition: "…, speaker of the assembly"; not the title of the next name."""
    if stop >= len(tokens) or tokens[stop].term != "," or tokens[stop - 1].possessive:
        return False
    for at in range(stop + 1, min(stop + 1 + _APPOSITION, len(tokens))):
        if tokens[at].term in _STOPS:
            return False
        if tokens[at].term in HEADS:
            return at + 1 == len(tokens) or not tokens[at + 1].capital
    return False
