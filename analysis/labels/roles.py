"""Offices that stand for the person who holds them: "the Iranian president", "Iran's president"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.labels.lexicon import NOT_NOW, OFFICES, WITH_ARTICLE
from analysis.labels.match import Match
from analysis.labels.tokens import Token

_LONGEST = max(map(len, OFFICES))
_FIRST = frozenset(words[0] for words in OFFICES)


class Role(NamedTuple):
    """An office of a state at tokens `first` to `stop`, and the person whose name follows at once, if one does."""

    first: int
    stop: int
    office: str
    holder: str


def find_roles(tokens: Sequence[Token], matches: Sequence[Match]) -> Iterator[Role]:
    """Find the offices that a sentence names with their state; former and future holders are passed over.

    "Iranian President Masoud Pezeshkian" tells who holds the office; a comma does not, since it may part two persons:
    "after he met Iran's president, Ilham Aliyev said".
    """
    if _FIRST.isdisjoint(token.term for token in tokens):
        return
    states = {m.first: m for m in matches if m.alias.kind == "state"}
    people = {m.first: m.alias.actor for m in matches if m.alias.kind == "person"}
    at = 0
    while at < len(tokens):
        role = _before_office(tokens, states[at]) if at in states else _after_office(tokens, at, states)
        at = role.stop if role else at + 1
        if role:
            yield role._replace(holder=people.get(role.stop, ""))


def _before_office(tokens: Sequence[Token], state: Match) -> Role | None:
    """The state's adjective, abbreviation or possessive, then the office."""
    owner = state.alias.form in ("adjective", "abbreviation") or tokens[state.stop - 1].possessive
    stop, office = _office(tokens, state.stop)
    if not owner or not office or not _is_current(tokens, state.first, stop):
        return None
    return Role(state.first, stop, called(office, state.alias.actor), "")


def _after_office(tokens: Sequence[Token], at: int, states: dict[int, Match]) -> Role | None:
    """The office, "of", then the state's name."""
    stop, office = _office(tokens, at)
    if not office or stop >= len(tokens) or tokens[stop].term != "of":
        return None
    named = stop + 2 if stop + 1 < len(tokens) and tokens[stop + 1].term == "the" else stop + 1
    state = states.get(named)
    if state is None or state.alias.form not in ("name", "abbreviation") or tokens[state.stop - 1].possessive:
        return None
    return Role(at, state.stop, called(office, state.alias.actor), "") if _is_current(tokens, at, state.stop) else None


def _office(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """The longest office that begins at a token: where it stops, and how it is called."""
    if at >= len(tokens) or tokens[at].term not in _FIRST:
        return at, ""
    for stop in range(min(at + _LONGEST, len(tokens)), at, -1):
        office = OFFICES.get(tuple(token.term for token in tokens[at:stop]))
        if office and not any(token.touches or token.possessive for token in tokens[at + 1 : stop - 1]):
            return stop, office
    return at, ""


def _is_current(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether nothing beside the office says that it is another time's or another person's."""
    before = [token.term for token in tokens[max(0, first - 2) : first] if token.term != "-"]
    hyphenated = stop < len(tokens) and tokens[stop].touches and tokens[stop].term == "-"
    return not hyphenated and not (before and before[-1] in NOT_NOW | {"vice"})


def called(office: str, state: str) -> str:
    """Name an office of a state.

    Examples
    --------
    >>> called("president", "Iran"), called("president", "United States")
    ('president of Iran', 'president of the United States')
    """
    return f"{office} of {'the ' if state.startswith(WITH_ARTICLE) else ''}{state}"
