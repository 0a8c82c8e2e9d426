"""Answers about strings that come back again and again, as the words of a language do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

#: How many answers are kept, and for strings of how many characters.
KEPT, LONGEST = 120_000, 40


class Memo(dict[str, Answer], Generic[Answer]):
    """The answers of one function, each worked out when it is first asked for.

    A dictionary, so that `map(memo.__getitem__, strings)` asks for many without a step of Python between them. It is
    emptied when it is full: what is common comes back at once, and no corpus is too large for it.

    Parameters
    ----------
    answer : function of a string
        Depends on nothing but the string.

    Examples
    --------
    >>> lengths = Memo(len)
    >>> lengths["ferry"], lengths
    (5, {'ferry': 5})
    """

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, asked: str) -> Answer:
        answer = self._answer(asked)
        if len(asked) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[asked] = answer
        return answer
