"""What an article itself introduces: names that no table lists, and the surnames of its persons."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.labels.aliases import Aliases
from analysis.labels.match import Context, Line, Match
from analysis.labels.names import Name, find_names, surnames_used
from analysis.labels.tokens import spelled, split_tokens
from analysis.labels.tree import Alias, Tree
from analysis.text import stop_words

#: Letters of a surname that is recognised alone, at least.
_LETTERS = 3


def own_names(
    lines: Sequence[Line],
    listed: Sequence[list[Match]],
    events: Sequence[list[Match]],
    aliases: Aliases,
    context: Context,
) -> Tree:
    """Find the names of one article that `listed` and `events` leave over, and the surnames of all its persons.

    A name of two words or more is a person's where the text says so, or where its last word also stands alone. A
    surname is added only if it is borne by one person of the article, has no other meaning in the table, and no other
    name of the article ends like it. A name that only ever stands first in a sentence needs such evidence as well; it
    still keeps a surname from being given to one of two bearers. `context` learns who bears which surname.
    """
    taken = [[*names, *wider] for names, wider in zip(listed, events, strict=True)]
    alone = surnames_used(lines, taken, context.small)
    tree = Tree()
    persons: list[tuple[Name, str]] = []
    for name in find_names(lines, taken):
        person = name.person or (name.may_be_person and name.surname[-1].term in alone)
        if name.opens and context.is_common(name.tokens[0].term):
            continue
        alias = name.alias("person" if person else "name")
        if person or not name.opens:
            tree.add(name.key, alias)
        if len(name.surname) < len(name.tokens):
            context.alike.setdefault(name.surname[-1].term, set()).add(alias.actor)
            if person:
                persons.append((name, alias.actor))
    for alias in (match.alias for found in listed for match in found if match.alias.kind == "person"):
        name = Name(tuple(split_tokens(alias.expression)), True)
        if len(name.surname) < len(name.tokens):
            persons.append((name, alias.actor))
    for name, actor in persons:
        context.alike.setdefault(name.surname[-1].term, set()).add(actor)
        context.bearers.setdefault(name.surname[-1].term, set()).add(actor)
    for name, actor in persons:
        key, surface = tuple(token.term for token in name.surname), spelled(name.surname)
        rare = len(context.alike[key[-1]]) == 1 and len(surface) >= _LETTERS and surface[0].isupper()
        if rare and key not in aliases.entries and key[-1] not in stop_words():
            tree.add(key, Alias(actor, "person", surface, "name", tuple(token.surface for token in name.surname), ""))
    return tree
