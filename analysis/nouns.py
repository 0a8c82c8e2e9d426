"""A number and what it counts, in one of the two forms that English has."""

from __future__ import annotations

#: Plural nouns that do not end in s, as terms.
PLURALS = frozenset(
    ("people", "men", "women", "children", "police", "crew", "staff", "personnel", "feet", "teeth", "sheep", "cattle",
     "aircraft", "data", "media")
)  # fmt: skip
#: Currencies that have no other form for many.
_UNCHANGED = ("yen", "yuan", "kroner")
_HISSING = ("x", "z", "ch", "sh")
_VOWELS = "aeiou"


def plural_of(noun: str) -> str:
    """Return a noun as it stands after a number other than one; what ends in s is taken for a plural already.

    Examples
    --------
    >>> [plural_of(noun) for noun in ("vehicle", "minutes", "country", "day", "inch", "people")]
    ['vehicles', 'minutes', 'countries', 'days', 'inches', 'people']
    """
    if noun in PLURALS or noun in _UNCHANGED or noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(_HISSING) else f"{noun}s"


def how_many(n: int, noun: str, many: str = "") -> str:
    """Return a number with its noun.

    Parameters
    ----------
    n : int
    noun : str
        As it is after one.
    many : str
        As it is after any other number; by default with an s at the end.

    Examples
    --------
    >>> how_many(1, "word"), how_many(0, "word"), how_many(1200, "word"), how_many(2, "story", "stories")
    ('1 word', '0 words', '1,200 words', '2 stories')
    """
    return f"{n:,} {noun if n == 1 else many or f'{noun}s'}"
