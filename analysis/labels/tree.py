"""Expressions as they are looked up: what one stands for, and many of them by their tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.labels.tokens import split_tokens

Key = tuple[str, ...]


@dataclass(frozen=True)
class Alias:
    """An expression and the actor it stands for; without an actor, what is set aside.

    `tokens` are the pieces of the expression as it is written: their capitals are required of a text. `where` is the
    table and line that list it; empty for what was found in a text.
    """

    actor: str
    kind: str
    expression: str
    form: str
    tokens: Key
    where: str


@dataclass
class Tree:
    """Expressions by their first token, then by their second, and so on."""

    below: dict[str, Tree] = field(default_factory=dict)
    alias: Alias | None = None

    def add(self, key: Iterable[str], alias: Alias) -> None:
        """Put an expression into the tree."""
        tree = self
        for term in key:
            tree = tree.below.setdefault(term, Tree())
        tree.alias = alias


def key_of(expression: str) -> Key:
    """Return the pieces of an expression as they count: case folded, apostrophes straightened, 's stripped.

    Examples
    --------
    >>> key_of("Al‑Aqsa Flood"), key_of("Oct. 7")
    (('al', '-', 'aqsa', 'flood'), ('oct', '.', '7'))
    """
    return tuple(token.term for token in split_tokens(expression))
