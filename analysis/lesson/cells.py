"""Four cells and what is expected in each: G2 summed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from analysis.claims.claim import format_value


def sum_lines(called: str, cells: Sequence[int]) -> list[str]:
    """Work out G2: what is found in the four cells, what is expected there, and the sum.

    Parameters
    ----------
    called : str
        What the cells are of.
    cells : sequence of int
        Two rows of two, one after the other; G2 is below zero where the first has fewer than expected.

    Examples
    --------
    >>> sum_lines("Four cells, the term or another word, here or there", [20, 5, 780, 795])[1]
    'G2 is twice the sum of found × ln(found / expected): 2 × (9.400 − 4.581 − 7.464 + 7.536) = 9.78.'
    """
    a, b, c, d = cells
    n = sum(cells)
    expected = [row * column / n for row in (a + b, c + d) for column in (a + c, b + d)]
    terms = [cell * log(cell / wanted) if cell else 0.0 for cell, wanted in zip(cells, expected, strict=True)]
    sign = "−" if a < expected[0] else ""
    signed = (f"{'−' if one < 0 else '+'} {format_value(abs(one), '.3f')}" for one in terms)
    written = " ".join(signed).removeprefix("+ ")
    return [
        f"{called}: {a:,}, {b:,}, {c:,}, {d:,}; expected {', '.join(format_value(one, '.2f') for one in expected)}.",
        f"G2 is twice the sum of found × ln(found / expected): 2 × ({written}) = "
        f"{sign}{format_value(2 * abs(sum(terms)), '.2f')}.",
    ]
