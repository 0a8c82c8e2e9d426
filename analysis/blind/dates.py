"""Which stretches of a text date it: days, months, years and weekdays, by rule and in English."""

from __future__ import annotations

import regex

from analysis.overlap.moments import find_moments

#: What dates no text by itself and is left as it stands: "yesterday", "7 a.m.".
_KINDS = ("date", "weekday")
#: Months and weekdays where no day, year or preposition stands beside them; "may" and "march" are verbs too often.
_ALONE = regex.compile(
    r"(?<!\p{L})(?:January|February|April|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)(?!\p{L})"
)
#: Dates in figures: "8/12/2025", "08.12.25".
_FIGURES = regex.compile(r"(?<![\p{L}\p{N}./-])[0-3]?[0-9]([./-])[0-3]?[0-9]\1(?:[12][0-9])?[0-9]{2}(?![\p{L}\p{N}])")


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the stretches that name a day, month, year or weekday; "yesterday" and times of day are none.

    Parameters
    ----------
    text : str
    start, end : int
        Look only inside this stretch; code points.

    Returns
    -------
    list of (start, end)
        In order; two that overlap are one.

    Examples
    --------
    >>> text = "On Monday, Dec. 8, and in 2021; yesterday at 7 a.m.; 8/12/2025; the April talks; it may."
    >>> [text[first:last] for first, last in find_dates(text)]
    ['Monday', 'Dec. 8', '2021', '8/12/2025', 'April']
    """
    stop = len(text) if end is None else end
    found = [(moment.start, moment.end) for moment in find_moments(text, start, stop) if moment.kind in _KINDS]
    found += [match.span() for pattern in (_ALONE, _FIGURES) for match in pattern.finditer(text, start, stop)]
    return merged(found)


def merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap, in order.

    Examples
    --------
    >>> merged([(4, 9), (0, 2), (5, 12)])
    [(0, 2), (4, 12)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
