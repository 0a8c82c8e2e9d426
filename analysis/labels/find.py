"""Every use of an expression for an actor, in one article at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from analysis.labels.aliases import Aliases
from analysis.labels.match import Context, Line, Match, as_line, certain, find_longest
from analysis.labels.own import own_names
from analysis.labels.roles import find_roles
from analysis.labels.tokens import spelled, split_tokens
from analysis.positions import Positions
from analysis.schema import per_article
from analysis.tables import LABELS


class _Use(NamedTuple):
    """An actor named at tokens `first` to `stop` of a line."""

    first: int
    stop: int
    actor: str
    kind: str
    form: str
    by: str


@per_article(LABELS, reads=("text", "sentence", "start", "end", "kind", "voice", "n_words"))
def find_labels(
    article: Any, sentences: list[Any], voices: list[Any], *, aliases: Aliases
) -> Iterator[tuple[Any, ...]]:
    """Find every expression an article uses for an actor: those listed, and names and offices found in the text.

    The longest expression wins, and expressions do not overlap, with one exception: an event or an office is composed
    of other expressions, which count as well ("war in Gaza" names a war and a place, "Iran's president" a person and
    a state). Whether a metonym ("Tehran") means the government or the place is not decided. Names that no table lists
    are found by the capitals of English prose, so that articles in other languages should be left out.

    Parameters
    ----------
    articles, sentences, voices : DataFrame
        ARTICLES, SENTENCES and VOICES; what no row of VOICES covers is the author's.
    aliases : Aliases
        What `read_aliases` gives.

    Returns
    -------
    DataFrame
        LABELS, by article and position; empty where nothing is named.
    """
    lines = [as_line(row.sentence, row.kind, split_tokens(article.text, row.start, row.end)) for row in sentences]
    positions = Positions(article.text, sentences)
    starts = [row.start for row in voices]
    for line, uses in zip(lines, _find(lines, aliases), strict=True):
        for use in sorted(uses):
            tokens = line.tokens[use.first : use.stop]
            start, end = tokens[0].start, tokens[-1].end
            row = voices[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
            yield (
                start,
                end,
                line.number,
                row.voice if row and start < row.end else "author",
                use.actor,
                use.kind,
                use.form,
                spelled(tokens, term=True),
                article.text[start:end],
                use.by,
                positions.of(start),
            )


def _find(lines: Sequence[Line], aliases: Aliases) -> Iterator[list[_Use]]:
    """Walk the uses of each line: first what is listed, then with it what the article itself names."""
    words = (token for line in lines for token in line.tokens if token.word)
    context = Context({word.term for word in words if word.surface.islower()})
    events = [find_longest(line, [aliases.events]) for line in lines]
    candidates = [find_longest(line, [aliases.names]) for line in lines]
    context.confirm(candidates)
    listed = [certain(matches, line, context) for matches, line in zip(candidates, lines, strict=True)]
    own = own_names(lines, listed, events, aliases, context)
    named = [certain(find_longest(line, [aliases.names, own]), line, context) for line in lines]
    roles = [list(find_roles(line.tokens, matches)) for line, matches in zip(lines, named, strict=True)]
    holders: dict[str, set[str]] = {}
    for role in (role for found in roles for role in found if role.holder):
        holders.setdefault(role.office, set()).add(role.holder)
    for matches, wider, offices in zip(named, events, roles, strict=True):
        uses = [_use(match) for match in [*matches, *wider] if match.alias.actor]
        for role in offices:
            known = holders.get(role.office, set())
            actor = next(iter(known)) if len(known) == 1 else role.office
            uses.append(_Use(role.first, role.stop, actor, "person", "role", "found"))
        yield uses


def _use(match: Match) -> _Use:
    alias = match.alias
    return _Use(match.first, match.stop, alias.actor, alias.kind, alias.form, "listed" if alias.where else "found")
