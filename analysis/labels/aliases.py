"""The alias table: which expressions stand for which actor, as shipped and as the user has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import NamedTuple

from analysis.inputs.files import InputError, printable
from analysis.labels.tokens import split_tokens
from analysis.labels.tree import Alias, Key, Tree, key_of
from analysis.lists import list_rows, read_list

COLUMNS = ("actor", "kind", "expression", "form", "note")
KINDS = ("person", "state", "organisation", "place", "event")
FORMS = ("name", "adjective", "abbreviation", "metonym", "description", "role")
#: The name of the shipped table in messages.
SHIPPED = "analysis/data/aliases.csv"
#: A longer expression is a mistake.
_MAX_TOKENS = 20


class Aliases(NamedTuple):
    """The expressions that are known: each by its pieces as they count, and as trees to search with."""

    entries: Mapping[Key, Alias]
    names: Tree
    events: Tree


def read_aliases(path: str = "") -> Aliases:
    """Read the alias table, and the user's changes to it.

    A row of the user's table takes the place of the shipped row with the same expression; its other rows are added. A
    row without actor sets its expression aside: neither it nor what it contains is counted. An actor may itself be an
    expression of another row, and then stands for that row's actor. A kind may be left empty where another row of the
    actor has one, and an empty form is a name.

    Parameters
    ----------
    path : str
        A CSV file with the columns actor, kind, expression, form and, if wanted, note; lines that begin with # are
        comments. Empty: the shipped table alone.

    Returns
    -------
    Aliases

    Raises
    ------
    InputError
        The file cannot be read, has unknown or missing columns, an empty expression, an expression that stands twice,
        a kind or form that does not exist, an actor without a kind or with two, or aliases that lead in a circle.
    """
    if not path:
        return _shipped()
    own = _parse(read_list(path, "the alias table"), printable(path))
    return _resolve({key: alias for key, alias in _shipped_rows().items() if key not in own} | own)


@cache
def _shipped_rows() -> dict[Key, Alias]:
    return _parse(resources.files("analysis").joinpath("data/aliases.csv").read_text(encoding="utf-8"), SHIPPED)


@cache
def _shipped() -> Aliases:
    return _resolve(_shipped_rows())


def _parse(source: str, name: str) -> dict[Key, Alias]:
    """Read the rows of one table by the pieces of their expressions; each kind is checked, no actor resolved."""
    rows: dict[Key, Alias] = {}
    kinds: dict[str, Alias] = {}
    columns: list[str] = []
    for line, cells in list_rows(source, name):
        where = f"{name}, line {line}"
        if not columns:
            columns = [cell.strip() for cell in cells]
            _check_columns(columns, where)
            continue
        if len(cells) > len(columns):
            raise InputError(f"{where}: {len(cells)} cells, but {len(columns)} columns; quote cells that hold a comma")
        row = {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=False)}
        alias = _alias(row, where)
        key = key_of(alias.expression)
        if key in rows:
            other = rows[key]
            claimed = f"is listed for {alias.actor!r}, and for {other.actor!r} in {other.where}"
            raise InputError(f"{where}: the expression {alias.expression!r} {claimed}; an expression is accepted once")
        named = kinds.setdefault(alias.actor.casefold(), alias)
        if not named.kind:
            named = kinds[alias.actor.casefold()] = alias
        if alias.actor and alias.kind and alias.kind != named.kind:
            raise InputError(
                f"{where}: {alias.actor!r} is of kind {alias.kind!r}, and of kind {named.kind!r} in {named.where}; "
                "one kind for each actor is accepted"
            )
        rows[key] = alias
    if not columns:
        raise InputError(f"{name}: no line names the columns; accepted are {', '.join(COLUMNS)}")
    return rows


def _check_columns(columns: list[str], where: str) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    missing = [column for column in COLUMNS if column not in columns and column != "note"]
    doubled = [column for column in dict.fromkeys(columns) if columns.count(column) > 1]
    for fault, found in (("unknown", unknown), ("missing", missing), ("doubled", doubled)):
        if found:
            raise InputError(
                f"{where}: {fault} {'column' if len(found) == 1 else 'columns'} {', '.join(map(repr, found))}; "
                f"accepted are {', '.join(COLUMNS)}, separated by commas"
            )


def _alias(row: Mapping[str, str], where: str) -> Alias:
    """One row as an alias."""
    expression = row.get("expression", "")
    tokens = split_tokens(expression)
    if not any(token.word for token in tokens):
        raise InputError(f"{where}: an expression has at least one word; found {expression!r}")
    if len(tokens) > _MAX_TOKENS:
        raise InputError(f"{where}: an expression has at most {_MAX_TOKENS} words; {expression!r} has {len(tokens)}")
    kind, form = row.get("kind", ""), row.get("form", "") or "name"
    for column, value, accepted in (("kind", kind, (*KINDS, "")), ("form", form, FORMS)):
        if value not in accepted:
            raise InputError(f"{where}: {column} {value!r} is none of {', '.join(filter(None, accepted))}")
    return Alias(row.get("actor", ""), kind, expression, form, tuple(token.surface for token in tokens), where)


def _resolve(rows: Mapping[Key, Alias]) -> Aliases:
    """Follow each actor to its canonical name, and give every alias the kind of that."""
    resolved = {key: replace(alias, actor=_canonical(alias, rows)) for key, alias in rows.items()}
    kinds: dict[str, str] = {}
    # The user's rows come last and win; a row that leads there by another name gives way.
    for key, alias in resolved.items():
        if alias.kind and (rows[key].actor == alias.actor or alias.actor not in kinds):
            kinds[alias.actor] = alias.kind
    for alias in resolved.values():
        if alias.actor and alias.actor not in kinds:
            raise InputError(f"{alias.where}: {alias.actor!r} has no kind; accepted are {', '.join(KINDS)}")
    aliases = Aliases({}, Tree(), Tree())
    entries = {key: replace(alias, kind=kinds.get(alias.actor, "")) for key, alias in resolved.items()}
    for key, alias in entries.items():
        (aliases.events if alias.kind == "event" else aliases.names).add(key, alias)
    return aliases._replace(entries=entries)


def _canonical(alias: Alias, rows: Mapping[Key, Alias]) -> str:
    """The name at the end of the chain of aliases that begins with this one."""
    chain = [alias]
    while True:
        actor = chain[-1].actor
        following = rows.get(key_of(actor))
        if following is None or not following.actor or key_of(following.actor) == key_of(actor):
            return actor
        if following in chain:
            names = " → ".join(repr(each.actor) for each in [*chain[chain.index(following) :], following])
            raise InputError(
                f"{following.where}: the aliases lead in a circle, {names}; one of these actors must be no alias"
            )
        chain.append(following)
