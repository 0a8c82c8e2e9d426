"""One thing after the other: what a page asks for may come in several threads of the kernel at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")

#: Whoever has it, works; what one call asks for inside of another is part of its turn.
_TURN = RLock()


def in_turn(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Have a function wait until no other of these runs.

    JupyterLab hands messages of widgets to threads beside that of the cells, and two controls may come by two ways.

    Examples
    --------
    >>> in_turn(lambda number: number + 1)(1)
    2
    """

    @wraps(function)
    def waiting(*given: _Given.args, **options: _Given.kwargs) -> _Made:
        with _TURN:
            return function(*given, **options)

    return waiting
