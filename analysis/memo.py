"""Answers about strings that come back again and again, as the words of a language do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

#: How many answers are kept, and for strings of how many characters.
KEPT, LONGEST = 120_000, 40


class Memo(dict[str, Answer], Generic[Answer]):
    """The answers of one function, each worked out when it is first asked for.

    A dictionary, so that `map(memo.__getitem__, strings)` asks for many without a step of Python between them. When it
    is full, the newer half of its answers is dropped: what is common in a language is met early, and stays, and no
    corpus is too large for it.

    Parameters
    ----------
    answer : function of a string
        Depends on nothing but the string.
    times : int
        How many times `KEPT` answers are kept.

    Examples
    --------
    >>> lengths = Memo(len)
    >>> lengths["ferry"], lengths
    (5, {'ferry': 5})
    """

    def __init__(self, answer: Callable[[str], Answer], times: int = 1) -> None:
        super().__init__()
        self._answer = answer
        self._times = times

    def __missing__(self, asked: str) -> Answer:
        answer = self._answer(asked)
        if len(asked) <= LONGEST:
            if len(self) >= self._times * KEPT:
                older = dict(islice(self.items(), len(self) // 2))
                self.clear()
                self.update(older)
            self[asked] = answer
        return answer
