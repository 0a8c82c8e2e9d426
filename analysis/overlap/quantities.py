"""Which numbers, sums of money and percentages a sentence gives, as plain decimal numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS = {word: number for number, word in enumerate(_SMALL)} | _TENS
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
    "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_FRACTIONS = {"third": "0.333", "quarter": "0.25", "fifth": "0.2", "tenth": "0.1"}
_SYMBOLS = {"$": "dollar", "US$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₪": "shekel"}
_CURRENCIES = (
    "dollar", "euro", "pound", "yen", "crown", "franc", "rouble", "ruble", "rial", "riyal", "manat", "shekel", "lira",
    "rupee", "yuan", "peso", "real", "krona", "krone", "kroner", "dinar", "dirham", "hryvnia", "zloty",
)  # fmt: skip
_SCALE = r"(?:\s{1,3}(?P<scale>hundred|thousand|million|billion|trillion|dozen)(?!\p{L})){0,2}+"
_DIGITS = r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3}){1,4}+|[0-9]{1,15}+)(?P<decimals>\.[0-9]{1,6}+)?+"
_UNITS = "|".join(sorted(_SMALL, key=len, reverse=True))
_QUANTITY = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}.,:/+#_–’'-])
    (?: (?P<symbol>US\$|[$€£¥₪])\s?{_DIGITS} (?: (?P<scale>bn|mn|tn|k|m)(?!\p{{L}}) | {_SCALE} )
      | (?P<half>(?i:half)) (?: \s{{1,3}}an?\s(?P<scale>million|billion|dozen)(?!\p{{L}})
                              | (?<!\bin\shalf)(?=\s{{1,3}}(?:of|the|its|their|his|her|all)\b) )
      | (?P<times>(?i:an?|one|two|three))[\s-](?P<part>third|quarter|fifth|tenth)s?(?=\s{{1,3}}(?:of|fewer|more|less)\b)
      | (?: {_DIGITS} (?! [\p{{L}}\p{{N}}:/+–] | [.,][0-9] | -\p{{N}} )
          | (?P<words>(?i: (?:{"|".join(_TENS)})(?:-(?:{_UNITS}))?+ | {_UNITS}
                         | an?(?=\s(?:hundred|thousand|million|dozen)\b) ))
            (?!\p{{L}}) )
        {_SCALE}
        (?: (?P<percent>\s?%|\s{{1,3}}per\s?cent(?:age\spoints?)?(?!\p{{L}}))
          | \s{{1,3}}(?:U\.?S\.?\s)?(?P<currency>{"|".join(_CURRENCIES)})s?(?!\p{{L}}) )?+
    )
    """,
    regex.VERBOSE,
)


class Quantity(NamedTuple):
    """A number: its kind, its value as a plain decimal, its currency where it has one, and where it stands."""

    kind: str
    value: str
    currency: str | None
    start: int
    end: int


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Find the numbers, sums of money and percentages of a stretch.

    Written in digits or in words, with or without a scale. What is part of a name or code ("G7", "3+3", "F-16"), an
    ordinal, a range or a score is no number here; "dozens" and "hundreds" are too vague to be one.

    Parameters
    ----------
    text : str
    start, end : int
        Look only inside this stretch; code points.

    Yields
    ------
    Quantity
        In order of position, never overlapping. Kinds are number, money and per cent.

    Examples
    --------
    >>> text = "Twenty-three people paid $1.4 million, half of it in 2,000 notes: 45 per cent more than the G7."
    >>> [(each.kind, each.value) for each in find_quantities(text)]
    [('number', '23'), ('money', '1400000'), ('number', '0.5'), ('number', '2000'), ('per cent', '45')]
    """
    for found in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        currency = _SYMBOLS[found["symbol"]] if found["symbol"] else found["currency"]
        kind = "money" if currency else "per cent" if found["percent"] else "number"
        yield Quantity(kind, _value(found), currency, found.start(), found.end())


def _value(found: regex.Match[str]) -> str:
    """Write the number of a match without separators, exponents or trailing zeros."""
    if found["part"]:
        times = _WORDS.get(found["times"].lower(), 1)
        return str(round(times * Decimal(_FRACTIONS[found["part"]]), 2 if times > 1 else 3))
    if found["half"]:
        number = Decimal("0.5")
    elif found["digits"]:
        number = Decimal(found["digits"].replace(",", "") + (found["decimals"] or ""))
    else:
        number = Decimal(sum(_WORDS.get(word, 1) for word in found["words"].lower().split("-")))
    for scale in found.captures("scale"):
        number *= _SCALES[scale]
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain
