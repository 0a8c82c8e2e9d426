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

#: What is counted is no year.
_COUNTED = (
    "(?:people|persons|men|women|children|soldiers|troops|members|workers|voters|votes|points|jobs|homes|houses|cases"
    "|deaths|times|days|hours|dollars|euros|pounds|tons|tonnes|acres|feet|miles|met(?:re|er)s|kilomet(?:re|er)s|km"
    "|thousand|million|billion|percent|per)"
)
#: "2000 soldiers" is a number more often than a year; "2000 was wet" and "2000 and 2001" are years.
_VERB = "(?:was|were|is|saw|had|has|began|ended|brought|came|would|will)"
_NO_NUMBER = f"(?:and|or|to|until|till|through|the|an?|it|he|she|they|{_VERB})"
_YEAR = (
    rf"(?<![\p{{L}}\p{{N}}$€£¥.,:/]){_SINGLE}(?![\p{{L}}\p{{N}}%]|[.,:][0-9]|\s{_COUNTED}(?!\p{{L}}))"
    rf"(?!(?<=00)\s(?!{_NO_NUMBER}(?!\p{{L}}))\p{{Ll}})"
)
#: After "No." a number ends what is said of it, or a word of place or time follows: "He said No. 2020 changed all".
_NAMED = r"(?:[.;:!?)\]]|\s(?:of|in|on|at|by|from|for|under|and|or|to)(?!\p{L})|\s*$)"
#: What a number names is none of these: "Resolution 1973", "Act No. 1973"; in doubt, as after "Act", it is a year.
_NUMBERED = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}]) (?:
        (?: Article | Section | (?i: resolution | flight | room | suite | paragraph | page | route | highway | gate
          | channel | proposition | number ) ) \s{_SINGLE}(?!\p{{N}})
      | (?: Articles | Sections | (?i: resolutions | flights | rooms | paragraphs | pages | numbers ) ) \s
        {_SINGLE}(?: (?:,|,?\s(?:and|or|to)|\s?[–-]) \s?{_SINGLE} )*+(?!\p{{N}})
      | (?<=[\p{{L}}\p{{N}}]\s) (?:Nos?|Nr)\.\s{_SINGLE}(?={_NAMED})
    )
    """,
    regex.VERBOSE,
)
_MONTH = rf"(?:{_MONTHS})\.?"
#: "08 Dec 25" and "5-Dec-2025", which end in a year; "Dec. 8-9" and "May 5th–6th", which end in a day.
_WHOLE = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}]) (?:
        [0-9]{{1,2}} (?P<between>[\s-]) {_MONTH} (?P=between) [0-9]{{2}}(?:[0-9]{{2}})?
      | {_MONTH} \s [0-9]{{1,2}}(?:st|nd|rd|th)? \s?[-–]\s? [0-9]{{1,2}}(?:st|nd|rd|th)?
    ) (?![\p{{L}}\p{{N}}%]|[.,:][0-9]|\s{_COUNTED}(?!\p{{L}}))
    """,
    regex.VERBOSE,
)
#: A year that opens a sentence, or stands behind a name or a word of time, before any word.
_OPENING = regex.compile(rf"[\"“”‘’'(\[]*(?P<year>{_YEAR})")
_BEHIND = regex.compile(
    rf"""
    (?={_SINGLE}) (?:
        (?<=(?:^|\n|[.!?…]["“”‘’')\]]?\s{{1,3}})["“‘'(\[]?)
      | (?<=(?<![\p{{L}}\p{{N}}])(?!(?:All|Almost|Another|Approximately|Exactly|Nearly|Only|Over|Roughly|Some)\s)
            \p{{Lu}}[\p{{L}}\p{{N}}.’'&-]{{0,30}}\s)
      | (?<=\b(?i:about|after|against|around|as|before|between|both|but|by|circa|during|early|for|from|if|in|into|late
            |like|mid|next|of|since|than|through|throughout|till|to|until|unlike|when|while|with|years?)\s)
    ) {_YEAR}
    """,
    regex.VERBOSE,
)
#: "2016, 2018 and May 2020": where one is a year, all are.
_JOINED = regex.compile(
    rf"(?P<year>{_YEAR})(?:(?:,|,?\s(?:and|or|to|until|till|through|versus|vs\.?|&))\s(?:(?:{_MONTHS})\.?\s(?:[0-3]?[0-9],?\s)?)?"
    rf"(?P<year>{_YEAR})|\s?[–—/-]\s?(?P<year>{_SINGLE}(?!\p{{N}})))+"
)


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the stretches that name a day, month, year or weekday; "yesterday" and times of day are none.

    A year alone is told by what stands beside it: what opens a sentence, a name or a word of time before it, another
    year that it is joined to. It is none after a word for what has a number, "Resolution", "Flight", "Room", "No."; in
    doubt it is one, since a year that can be read tells more than a number that cannot is missed.

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
    found += [
        match.span() for pattern in (_ALONE, _WEEK, _FIGURES, _WHOLE) for match in pattern.finditer(told, start, stop)
    ]
    opening = _OPENING.match(told, start, stop)
    found += [opening.span("year")] if opening else []
    found += [match.span() for match in _BEHIND.finditer(told, start, stop)]
    found += _joined_years(told, start, stop, found)
    numbered = [match.span() for match in _NUMBERED.finditer(told, start, stop)]
    found = [span for span in found if not any(first <= span[0] and span[1] <= last for first, last in numbered)]
    # A weekday reaches to the figure behind it, so that "Fri 3 Jan" is one; in "Fri 3 pm" the blank is not the day's.
    return [(first, first + len(told[first:last].rstrip().rstrip(","))) for first, last in merged(found)]


def _joined_years(text: str, start: int, stop: int, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The years of rows of which one is found."""
    known = {at for first, last in found for at in range(first, last)}
    rows = (match.spans("year") for match in _JOINED.finditer(text, start, stop))
    return [span for row in rows if any(at in known for at, _ in row) for span in row]


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
