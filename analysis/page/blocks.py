"""Which stretches of a scraped page belong together: paragraphs, bullets and headings, across wrapped lines.

Positions are code points into the text that was given, end exclusive; the text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_BULLET = re.compile(r"[ \t\u00a0]*(?:[-–*•‣◦▪●·][ \t\u00a0]+|\d{1,2}[.)][ \t\u00a0]+)(?=\S)")
_MARKED_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?:[/?#]\S*)?\Z")
_INITIALISM = re.compile(r"(?:[A-Z]\.){2,6}\Z")
_CLOSERS = "\"'”’»›)]}*_ \t\u00a0"
_STOPS = tuple(".!?…。！？؟۔।")
# fmt: off
#: No sentence and no heading ends in one of these …
_NEVER_LAST = frozenset({
    "a", "an", "the", "and", "or", "but", "nor", "than", "whose", "because", "its", "their", "our", "your", "my",
})
#: … and a line of some length seldom in one of these ("what they fought for" is a heading, but a short one).
_SELDOM_LAST = frozenset({
    "about", "after", "against", "among", "as", "at", "before", "between", "by", "for", "from", "in", "into", "of",
    "on", "onto", "over", "since", "through", "to", "under", "until", "upon", "with", "without", "is", "are", "was",
    "were", "be", "been", "has", "have", "had", "will", "would", "could", "should", "must", "that", "which", "who",
    "if", "while",
})
# fmt: on
_LONGEST_WRAPPED = 100


class Line(NamedTuple):
    """One line that is not blank, trimmed of white space; `follows` if no blank line stands before it."""

    start: int
    end: int
    follows: bool


def is_closed(stretch: str) -> bool:
    """Tell whether a stretch ends as a sentence does, seen through closing quotation marks, brackets and emphasis.

    An ending like "U.S." leaves a short stretch open, since headlines end so.

    Examples
    --------
    >>> is_closed("“It is over.”"), is_closed("It is over"), is_closed("Talks with the U.S.")
    (True, False, False)
    """
    bare = stretch.rstrip(_CLOSERS)
    if not bare.endswith(_STOPS):
        return False
    return not (len(bare) <= _LONGEST_WRAPPED and _INITIALISM.search(bare[-12:].rsplit(None, 1)[-1]))


def is_address(stretch: str) -> bool:
    """Tell whether a stretch is a bare web address: "example.com" or "https://example.com/a".

    Examples
    --------
    >>> is_address("En.Example.com"), is_address("example.com reports")
    (True, False)
    """
    return len(stretch) <= 2_000 and bool(_ADDRESS.match(stretch))


def mark_length(block: str) -> int:
    """Return how many characters of a block are its bullet or heading mark ("- ", "• ", "2. ", "## "); mostly 0.

    Examples
    --------
    >>> mark_length("- Milk"), mark_length("12. Eggs"), mark_length("## Shopping"), mark_length("Milk - eggs")
    (2, 4, 3, 0)
    """
    if block[:1].isalpha():  # as most blocks begin
        return 0
    found = _BULLET.match(block) or _MARKED_HEADING.match(block)
    return found.end() if found else 0


def is_bullet(block: str) -> bool:
    """Tell whether a block begins with a bullet mark or the number of a list ("- ", "• ", "* ", "1. ").

    Examples
    --------
    >>> is_bullet("• Milk"), is_bullet("- Milk"), is_bullet("-5 degrees"), is_bullet("2024. Eggs")
    (True, True, False, False)
    """
    return bool(_BULLET.match(block))


def split_blocks(text: str) -> list[tuple[int, int]]:
    r"""Find the paragraphs, bullets and headings of a page, joining lines that were wrapped.

    A single line break inside a block is white space, not an end: "According to⏎the ministry" is one block. A break
    is a wrap where the page is hard wrapped and the next word would not have fitted, or where the line before it
    cannot be the end of a sentence or heading.

    Parameters
    ----------
    text : str
        A page's text; any line ends.

    Returns
    -------
    list of (start, end)
        Trimmed of white space, in order; together they hold every character that is no white space. Empty if
        the text is blank. A bullet's mark belongs to its block (see `mark_length`).

    Examples
    --------
    >>> text = "A headline\nThe talks, according to\nthe ministry, failed.\n- One"
    >>> [text[s:e] for s, e in split_blocks(text)]
    ['A headline', 'The talks, according to\nthe ministry, failed.', '- One']
    """
    return list(_blocks(text))


@lru_cache(maxsize=128)
def _blocks(text: str) -> tuple[tuple[int, int], ...]:
    """The blocks of a page, which two measures ask for one after the other."""
    lines = _lines(text)
    if not lines:
        return ()
    wraps = _wrap_test(text, lines)
    blocks = []
    start = lines[0].start
    for before, after in pairwise(lines):
        if not (after.follows and wraps(before, after)):
            blocks.append((start, before.end))
            start = after.start
    return (*blocks, (start, lines[-1].end))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at, breaks = 0, 0
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        if line:
            start = at + whole.index(line)
            lines.append(Line(start, start + len(line), bool(lines) and breaks == 1))
            breaks = 0
        breaks += 1
        at += len(whole)
    return lines


def _wrap_test(text: str, lines: list[Line]) -> Callable[[Line, Line], bool]:
    """Return the test of a single line break; it knows the width to which the page is wrapped, if it is."""
    width = _wrap_width(text, lines)

    def wraps(before: Line, after: Line) -> bool:
        above, below = text[before.start : before.end], text[after.start : after.end]
        full = len(above) <= _LONGEST_WRAPPED and _is_full(above, below, width)
        if below[0] in "-–" and full and not is_closed(above):
            return True  # a dash that wrapped to the front of its line
        if mark_length(below) or _MARKED_HEADING.match(above) or is_address(below) or is_address(above):
            return False
        return full or _breaks_a_sentence(above, below)

    return wraps


def _wrap_width(text: str, lines: list[Line]) -> float:
    """Return the width to which the page is hard wrapped, in characters; infinite if it is not.

    It is, where most lines that another follows are so full that the next word would not have fitted, and
    most of them do not end as a sentence does.
    """
    inner = [
        (text[a.start : a.end], text[b.start : b.end])
        for a, b in pairwise(lines)
        if b.follows and a.end - a.start <= _LONGEST_WRAPPED and not mark_length(text[b.start : b.start + 8])
    ]
    if len(inner) < 3:
        return float("inf")
    width = sorted(len(above) for above, _ in inner)[int(0.9 * (len(inner) - 1))]
    full = [above for above, below in inner if _is_full(above, below, width)]
    broken = sum(not is_closed(above) for above in full)
    return width if width >= 40 and len(full) >= 0.7 * len(inner) and broken >= 0.6 * len(full) else float("inf")


def _is_full(above: str, below: str, width: float) -> bool:
    return len(above) + 1 + len(below[:_LONGEST_WRAPPED].split(None, 1)[0]) > width


def _breaks_a_sentence(above: str, below: str) -> bool:
    if is_closed(above) or above.endswith((":", ";")):
        return False
    words = above[-200:].split()
    last = words[-1].casefold()
    if len(words) >= 3 and (last in _NEVER_LAST or last.endswith(",")):
        return True
    return (len(words) >= 9 and last in _SELDOM_LAST) or (len(words) >= 4 and below[0].islower())
