"""A JSON text of any length, read value by value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from analysis.inputs.trouble import Unreadable

TOO_DEEP = "JSON nested too deeply"
TOO_LONG = "a number with more digits than can be read"
_BLANK = re.compile(r"[ \t\n\r]*")
_OBJECTS = re.compile(r"\[[ \t\n\r]*\{")
#: What the reader says of a value that may only be cut off where the piece ends that has been read.
_BROKEN_ENDS = ("Unterminated", "Invalid")
_PIECE = 1 << 18
#: Blanks that may stand between an array's bracket and its first object, for it to be seen as one of objects.
_AHEAD = 1000


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its keys and values; one with a key that stands twice is refused."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise Unreadable("a key stands twice")
    return value


def _nothing(_: str) -> None:
    """Read NaN and Infinity, which are no JSON but written by many, as missing."""


DECODER = json.JSONDecoder(parse_constant=_nothing, object_pairs_hook=unique)
#: Reads on where the other refuses.
_LENIENT = json.JSONDecoder(parse_constant=_nothing, parse_int=str)


class BrokenJsonError(Unreadable):
    """What is wrong with a JSON text at the place that has been reached."""


class JsonText:
    """A JSON text that is read value by value, with no more of it in memory than the value at hand."""

    def __init__(self, pieces: Iterator[str], limit: int) -> None:
        self._pieces = pieces
        self._trouble: Unreadable | None = None
        self._limit = limit
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def peek(self) -> str:
        """Return the next character that is not blank; empty at the end."""
        while True:
            self._pass_to(_BLANK.match(self._text, self._at).end())  # type: ignore[union-attr]
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read_more()

    def take(self, *expected: str) -> str:
        """Pass and return the next character, which is one of a few."""
        if (found := self.peek()) not in expected or not found:
            wanted = " or ".join(repr(character) for character in expected)
            raise BrokenJsonError(f"not JSON ({wanted} expected, found {found!r}); what follows is not read")
        self._pass_to(self._at + 1)
        return found

    def holds_objects(self) -> bool:
        """Whether the next value is an array whose first is an object."""
        while len(self._text) - self._at < _AHEAD and not self._ended:
            self._read_more()
        return bool(_OBJECTS.match(self._text, self._at))

    def value(self) -> tuple[Any, str, str]:
        """Read a value: what it is, how it is written, and what is wrong with it although its end is known."""
        self.peek()
        while True:
            problem = ""
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                problem = f"not JSON ({error.msg}); what follows is not read"
                far = error.pos + 20 < len(self._text) and not error.msg.startswith(_BROKEN_ENDS)
                end = -1 if far else 0
            except RecursionError:
                raise BrokenJsonError(f"{TOO_DEEP}; what follows is not read") from None
            except ValueError as error:
                problem = str(error) if isinstance(error, Unreadable) else TOO_LONG
                value, end = _LENIENT.raw_decode(self._text, self._at)
            if end > 0 and (end < len(self._text) or self._ended):
                raw = self._text[self._at : end]
                self._pass_to(end)
                return value, raw, problem
            if end < 0 or self._ended:
                raise BrokenJsonError(problem)
            if len(self._text) - self._at > self._limit:
                raise BrokenJsonError(
                    f"a record of more than {self._limit:,} characters, or no JSON; what follows is not read"
                )
            self._read_more()

    def _pass_to(self, place: int) -> None:
        self.line += self._text.count("\n", self._at, place)
        self._at = place

    def _read_more(self) -> None:
        rest = self._text[self._at :]
        if self._trouble:
            raise self._trouble
        read, new = 0, []
        try:
            while read < max(_PIECE, len(rest)):  # twice as much each time: in all, linear
                new.append(next(self._pieces))
                read += len(new[-1])
        except StopIteration:
            self._ended = not read
        except Unreadable as trouble:  # what came before it is read first
            self._trouble = trouble
        self._text, self._at = rest + "".join(new), 0
