"""Which stretches of a text date it: days, months, years and weekdays, by rule and in English."""

from __future__ import annotations

import regex

from analysis.overlap.moments import find_moments

#: What dates no text by itself and is left as it stands: "yesterday", "7 a.m.".
_KINDS = ("date", "weekday")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_WEEKDAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
#: Short for weekdays; "sun", "sat" and "wed" are words, so that what stands beside them decides.
_SHORT = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
#: Names written otherwise than "Monday" and "Jan"; what is found with them set right is found where they stand.
_OTHERWISE = regex.compile(rf"(?<!\p{{L}})(?:{_MONTHS}|{_WEEKDAYS})(?!\p{{L}})", regex.IGNORECASE)
#: What stands beside nothing that dates it; in small letters "may", "march" and "august" are other words.
_ELSE = ("may", "march", "mar", "august")
#: Months and weekdays where no day, year or preposition stands beside them; "may" and "march" are verbs too often.
_ALONE = regex.compile(
    r"(?<!\p{L})(?:January|February|April|June|July|August|September|October|November|December"
    rf"|{_WEEKDAYS}s?|(?:Tues|Thurs)\.?|(?:Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\.)(?!\p{{L}})"
)
#: "Mon, 3 Jan", "Sat. night", "Wed-Fri": short weekdays by what stands beside them.
_WEEK = regex.compile(
    rf"(?<!\p{{L}})(?:{_SHORT}[-–/]{_SHORT}(?!\p{{L}})|{_SHORT}(?:\.?,?\s{{1,3}}(?=(?:{_MONTHS})(?!\p{{L}})|[0-3]?[0-9](?!\p{{N}}))"
    rf"|\.(?=,|\s{{1,3}}\p{{Ll}})))"
)
_SINGLE = r"(?:19|20)[0-9]{2}"
#: Dates in figures, "8/12/2025", "2025/12/08", "20251208", with a time behind them or not; spans of years; years beside
#: a hyphen or before a noun; "’25"; "FY2025".
_FIGURES = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}./-]) (?:
        [0-3]?[0-9]([./-])[0-3]?[0-9]\1(?:[12][0-9])?[0-9]{{2}}
      | {_SINGLE}([./-])[01]?[0-9]\2[0-3]?[0-9](?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?
      | {_SINGLE}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])
      | {_SINGLE}[-–/](?:[0-9]{{2}}|{_SINGLE})
    ) (?![\p{{L}}\p{{N}}])
    | (?<=\p{{L}}[-–]){_SINGLE}(?![\p{{L}}\p{{N}}])
    | (?<![\p{{L}}\p{{N}}]){_SINGLE}(?=[-–]\p{{L}})
    | (?<=\b(?i:an?|its|his|her|their|our|this|that)\s)(?![0-9]{{2}}00){_SINGLE}(?=\s\p{{L}})
    | (?<![\p{{L}}\p{{N}}])['’][0-9]{{2}}(?:(?=\W|$)|s(?!\p{{L}}))
    | (?<!\p{{L}})FY\s?['’]?(?:[0-9]{{4}}|[0-9]{{2}})(?!\p{{N}})
    """,
    regex.VERBOSE,
)


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
        In order; two that overlap or touch are one.

    Examples
    --------
    >>> text = "On Monday, Dec. 8, and in 2021; yesterday at 7 a.m.; 8/12/2025; the April talks; it may."
    >>> [text[first:last] for first, last in find_dates(text)]
    ['Monday', 'Dec. 8', '2021', '8/12/2025', 'April']
    """
    stop = len(text) if end is None else end
    told = _OTHERWISE.sub(_as_names, text, pos=start, endpos=stop)
    found = [(moment.start, moment.end) for moment in find_moments(told, start, stop) if moment.kind in _KINDS]
    found += [match.span() for pattern in (_ALONE, _WEEK, _FIGURES) for match in pattern.finditer(told, start, stop)]
    return merged(found)


def _as_names(found: regex.Match[str]) -> str:
    """Write a month or weekday as a name is, "MONDAY" as "Monday", where it can be no other word."""
    return found[0] if found[0] in _ELSE else found[0].capitalize()


def merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap or touch, in order.

    Examples
    --------
    >>> merged([(4, 9), (0, 2), (5, 12)])
    [(0, 2), (4, 12)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
