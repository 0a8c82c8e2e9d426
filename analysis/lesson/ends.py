"""Between which values the middle of many lies: their order, and the ends counted off by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from analysis.association import ALPHA
from analysis.claims.claim import format_value


def end_lines(values: Sequence[float]) -> list[str]:
    """Put values in order and take the ends of the middle 95 % of them.

    Examples
    --------
    >>> end_lines([3.0, 1.0, 2.0])[-2:]
    ['Lower end: 1.00 + 0.050 × (2.00 − 1.00) = 1.05.', 'Upper end: 3.00 − 0.050 × (3.00 − 2.00) = 2.95.']
    """
    ranked = sorted(map(float, values))
    last = len(ranked) - 1
    steps = ALPHA / 2 * last
    whole, part = floor(steps), steps - floor(steps)
    low, next_low = ranked[whole], ranked[min(whole + 1, last)]
    high, next_high = ranked[last - whole], ranked[max(last - whole - 1, 0)]
    return [
        f"In order: {', '.join(_number(value) for value in ranked)}.",
        f"{100 * ALPHA / 2:g}\u00a0% are to lie outside at each end: {ALPHA / 2:g} × ({len(ranked)} − 1) = {steps:.3f} "
        "steps after the first, and before the last.",
        f"Lower end: {_number(low)} + {part:.3f} × ({_number(next_low)} − {_bracketed(low)}) = "
        f"{_number(low + part * (next_low - low))}.",
        f"Upper end: {_number(high)} − {part:.3f} × ({_number(high)} − {_bracketed(next_high)}) = "
        f"{_number(high - part * (high - next_high))}.",
    ]


def _number(value: float) -> str:
    return format_value(value, ".2f")


def _bracketed(value: float) -> str:
    """A number that is taken away, in brackets where it is below zero."""
    return f"({_number(value)})" if _number(value).startswith("−") else _number(value)
