"""How the audit says what differs: where, what was found there, what the inputs give."""

from __future__ import annotations

import json
import math
from itertools import zip_longest
from typing import Any

#: Numbers that differ by less than this, relative or absolute, are the same: another processor may round otherwise.
TOLERANCE = 1e-9
#: Characters shown before the place at which two texts part, and after it.
_BEFORE, _AFTER = 30, 50


class DifferenceError(Exception):
    """What a run has stored is not what its inputs give."""


class Nothing:
    """Stands where one side has nothing at all."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING = Nothing()


def differs(where: str, found: Any, expected: Any) -> DifferenceError:
    """Build the error that sets what is stored beside what the inputs give; long texts are cut around the place.

    Examples
    --------
    >>> print(differs("claim 'terms-1'", "Of 9 terms", "Of 7 terms"))
    claim 'terms-1': found "Of 9 terms", expected "Of 7 terms"
    """
    if isinstance(found, str) and isinstance(expected, str):
        pairs = zip_longest(found, expected)
        place = next((place for place, (one, other) in enumerate(pairs) if one != other), 0)
        found, expected = _cut(found, place), _cut(expected, place)
    return DifferenceError(f"{where}: found {_quoted(found)}, expected {_quoted(expected)}")


def first_difference(stored: Any, expected: Any, path: str = "") -> tuple[str, Any, Any] | None:
    """Find where two JSON values part: the path of keys and places, and the value on either side.

    Examples
    --------
    >>> first_difference({"a": [1, 2.0]}, {"a": [1, 2.0 + 1e-12]})
    >>> first_difference({"a": [1, 2.0]}, {"a": [1, 2.5]})
    ('a[1]', 2.0, 2.5)
    >>> first_difference({"a": 1}, {"a": 1, "b": True})
    ('b', nothing, True)
    """
    if isinstance(stored, dict) and isinstance(expected, dict):
        for key in dict.fromkeys([*expected, *stored]):
            inner = f"{path}.{key}" if path else str(key)
            found = first_difference(stored.get(key, NOTHING), expected.get(key, NOTHING), inner)
            if found:
                return found
        return None
    if isinstance(stored, list) and isinstance(expected, list):
        for place, (one, other) in enumerate(zip_longest(stored, expected, fillvalue=NOTHING)):
            if found := first_difference(one, other, f"{path}[{place}]"):
                return found
        return None
    return None if same(stored, expected) else (path, stored, expected)


def same(one: Any, other: Any) -> bool:
    """Whether two values are of one type and equal, floats within the tolerance."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or (math.isnan(one) and math.isnan(other))
    return type(one) is type(other) and bool(one == other)


def _cut(text: str, place: int) -> str:
    start, end = max(0, place - _BEFORE), place + _AFTER
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _quoted(value: Any) -> str:
    if isinstance(value, Nothing | float):
        return repr(value)
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if isinstance(value, str) else _cut(written, 0)
