"""A number and what it counts, in one of the two forms that English has."""

from __future__ import annotations


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
