"""Which days, dates and times of day a sentence names, and how they are written in one form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\p{L})"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\p{L}\p{N}])"
_YEAR = r"[12][0-9]{3}(?![\p{L}\p{N}]|[.,:][0-9])"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# "in 2021" and "the 2024 crash" name a year, "2000 people" does not.
_BEFORE_YEAR = r"(?:in|since|during|until|till|from|before|after|of|early|late|mid|the|summer|autumn|spring|winter)"
_BEFORE_MONTH = r"(?:in|since|last|this|next|until|till|from|by|early|late|mid|through|of)"
_MOMENT = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}$€£¥.,:/–-])
    (?: (?P<iso>[12][0-9]{{3}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![\p{{L}}\p{{N}}-])
      | (?P<month>{_MONTH}) (?: \s{{1,3}}(?P<day>{_DAY}) (?: ,?\s{{1,3}}(?P<year>{_YEAR}) )?
                             | ,?\s{{1,3}}(?P<year>{_YEAR}) )
      | (?P<day>{_DAY}) \s{{1,3}}(?:of\s)? (?P<month>{_MONTH}) (?: ,?\s{{1,3}}(?P<year>{_YEAR}) )?
      | (?<=\b(?i:{_BEFORE_MONTH})\s)(?P<month>{_MONTH})
      | (?<=\b(?i:{_BEFORE_YEAR})[\s-])(?P<year>{_YEAR})
      | (?P<year>(?:19|20)[0-9]{{2}}(?![\p{{L}}\p{{N}}]|[.,:][0-9])) (?!\s\p{{Ll}}|[-–/+%])
      | (?P<decade>(?:1[0-9]|20)[0-9]0s)(?![\p{{L}}\p{{N}}])
      | (?P<weekday>{_WEEKDAY})(?!\p{{L}})
      | (?P<clock>(?:1[0-9]|2[0-3]|0?[0-9])(?:[:.][0-5][0-9])?) \s? (?P<half>[ap])\.?m\b\.?
      | (?P<clock>(?:1[0-9]|2[0-3]|0?[0-9]):[0-5][0-9])(?![\p{{L}}\p{{N}}:])
      | (?P<named>noon|midnight)(?!\p{{L}})
      | (?P<relative> (?: (?:earlier|later) \s{{1,3}} )?+
          (?: today | yesterday | tomorrow | tonight
            | (?:this|last|next)\s{{1,3}}(?:morning|afternoon|evening|night|week|weekend|month|year) ) ) (?!\p{{L}})
    )
    """,
    regex.VERBOSE,
)
_SPACES = regex.compile(r"\s+")
_LEAP_YEAR = 2024


class Moment(NamedTuple):
    """A day, date or time of day: its kind, its value in one form, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


def find_moments(text: str, start: int = 0, end: int | None = None) -> Iterator[Moment]:
    """Find the dates, weekdays, times and relative days of a stretch.

    A date is written as the part of an ISO 8601 date that is known, with dashes for what is not; a month by itself is
    one only after a word such as "in", a year by itself only where no noun follows that it could count. A day that no
    calendar has, such as 30 February, is none.

    Parameters
    ----------
    text : str
    start, end : int
        Look only inside this stretch; code points.

    Yields
    ------
    Moment
        In order of position, never overlapping. Kinds are date, weekday, time and relative day.

    Examples
    --------
    >>> [moment.value for moment in find_moments("On Monday, Dec. 8, at 7 a.m., not in June 2025 or 2021.")]
    ['Monday', '--12-08', '07:00', '2025-06', '2021']
    """
    for found in _MOMENT.finditer(text, start, len(text) if end is None else end):
        kind, value = _read(found)
        if kind == "date" and not _is_in_calendar(value):
            continue
        yield Moment(kind, value, found.start(), found.end())


def _read(found: regex.Match[str]) -> tuple[str, str]:
    if found["weekday"]:
        return "weekday", found["weekday"]
    if found["relative"]:
        return "relative day", _SPACES.sub(" ", found["relative"])
    if found["named"]:
        return "time", "12:00" if found["named"] == "noon" else "00:00"
    if found["clock"]:
        return "time", _clock(found["clock"], found["half"])
    if found["iso"] or found["decade"]:
        return "date", found["iso"] or found["decade"]
    return "date", _partial(found["year"], found["month"], found["day"])


def _clock(clock: str, half: str | None) -> str:
    """Write a time on the clock of 24 hours."""
    hour, _, minute = clock.replace(".", ":").partition(":")
    hours = int(hour)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half == "p" else 0)
    return f"{hours:02d}:{minute or '00'}"


def _partial(year: str | None, month: str | None, day: str | None) -> str:
    """Write what is known of a date: 2025-12-08, 2025-12, 2025, --12-08 or --12."""
    value = year or "-"
    if month:
        value += f"-{_MONTHS.index(month[:3].lower()) + 1:02d}"
    if day:
        value += f"-{int(day.rstrip('stndrh')):02d}"
    return value


def _is_in_calendar(value: str) -> bool:
    """Whether there is such a date; 29 February of a year that is not given may be."""
    year, month, day = _parts(value)
    if not day:
        return True
    try:
        date(int(year or _LEAP_YEAR), int(month), int(day))
    except ValueError:
        return False
    return True


def dates_agree(one: str, other: str) -> bool | None:
    """Say whether two dates can be the same: True if they share a day or month and nothing differs.

    Parameters
    ----------
    one, other : str
        Values of facts of kind date.

    Returns
    -------
    bool or None
        False if a part that both give differs; None if they share no part, so that nothing can be said.

    Examples
    --------
    >>> dates_agree("2025-12-08", "--12-08"), dates_agree("--12-08", "--12-09"), dates_agree("--12-08", "2025")
    (True, False, None)
    """
    if "s" in one + other:
        return True if one == other else None
    shared = [(left, right) for left, right in zip(_parts(one), _parts(other), strict=True) if left and right]
    return all(left == right for left, right in shared) if shared else None


def _parts(value: str) -> tuple[str, str, str]:
    """Year, month and day of a date; empty where it gives none."""
    year, *rest = value.removeprefix("--").split("-") if not value.startswith("--") else ["", *value[2:].split("-")]
    month, day = [*rest, "", ""][:2]
    return year, month, day


def names_a_day(value: str) -> bool:
    """Whether a date is given to the day.

    Examples
    --------
    >>> names_a_day("--12-08"), names_a_day("2025-12"), names_a_day("--12")
    (True, False, False)
    """
    return bool(_parts(value)[2])
