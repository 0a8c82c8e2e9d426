"""By which day an article dates what it reports, and whether two articles give the same one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import regex

from analysis.overlap.moments import dates_agree, names_a_day
from analysis.text import split_words, stop_words

#: What makes a day the background of the report and not its date: "since October 7", "last Monday of each month".
_BACKGROUND = regex.compile(
    r"(?<!\p{L})(?:since|before|after|until|till|by|from|ahead\sof|as\sof|following|prior\sto|"
    r"last|next|every|each|first|second|third|fourth|on(?:\severy|\seach))\s{1,3}$",
    regex.IGNORECASE,
)
#: "the October 7 massacre", "Hamas's October 7, 2023 massacre": a day that names something, if a noun follows.
_NAMING = regex.compile(r"(?:(?<!\p{L})(?:the|this|that|its|their|his|her)|['’]s|s['’])\s{1,3}$", regex.IGNORECASE)
_JOIN = regex.compile(r"(?:\s{1,3}(?:morning|afternoon|evening|night))?,?\s{1,3}")
_AFTER = regex.compile(r"\s{1,3}")
_REACH = 30


class Day(NamedTuple):
    """A day as an article gives it: weekday, date or both, and where it stands."""

    weekday: str | None
    date: str | None
    start: int
    end: int


def first_day(text: str, facts: Sequence[Any]) -> Day | None:
    """Return the day by which an article dates what it reports: the first it gives that is not background.

    Background is a day after "since", "after", "until" and the like, and a day that names something, such as "the
    October 7 massacre".

    Parameters
    ----------
    text : str
        The article.
    facts : sequence
        Its rows of FACTS.

    Returns
    -------
    Day or None
        None if it gives no such day. "Monday, Dec. 8" is one day.
    """
    days = [fact for fact in facts if fact.kind == "weekday" or (fact.kind == "date" and names_a_day(fact.value))]
    for place, fact in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        joined = (
            following is not None
            and fact.kind == "weekday"
            and following.kind == "date"
            and _JOIN.fullmatch(text, fact.end, following.start) is not None
        )
        end = following.end if joined and following is not None else fact.end
        if _is_background(text, fact.start, end):
            continue
        weekday = fact.value if fact.kind == "weekday" else None
        date = following.value if joined and following is not None else None if weekday else fact.value
        return Day(weekday, date, fact.start, end)
    return None


def _is_background(text: str, start: int, end: int) -> bool:
    before = max(0, start - _REACH)
    if _BACKGROUND.search(text, before, start):
        return True
    if not _NAMING.search(text, before, start):
        return False
    word = next(iter(split_words(text, end, min(len(text), end + _REACH))), None)
    return word is not None and _AFTER.fullmatch(text, end, word.start) is not None and word.term not in stop_words()


def compare_days(one: Day | None, other: Day | None) -> str:
    """Say how the days of two articles stand to each other.

    Returns
    -------
    str
        none (neither gives one), one side, differ, agree (to the date) or weekdays agree; open if one gives only a
        weekday and the other only a date.
    """
    if one is None or other is None:
        return "none" if one is other else "one side"
    weekdays = {one.weekday, other.weekday} - {None}
    dates = dates_agree(one.date, other.date) if one.date and other.date else None
    if dates is False or len(weekdays) == 2:
        return "differ"
    if dates:
        return "agree"
    return "weekdays agree" if one.weekday and other.weekday else "open"
