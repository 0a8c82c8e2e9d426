"""Which stretches of a text stand in quotation marks.

Journalism is full of odd marks: straight and curly ones, two apostrophes for one mark, apostrophes that look like
closing marks, a mark that was never closed, a quotation of five paragraphs of which only the last is closed.
Whatever stands there, a stray mark costs one span and never the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = '"“”„‟«»'
_DOUBLE, _DOUBLE_OR_TWO = re.compile(rf"[{_SIGNS}]"), re.compile(rf"[{_SIGNS}]|``|''")
_SINGLE = re.compile(r"[‘’']")
#: A single mark that may open a quotation inside a text: what stands on both sides tells it from an apostrophe. Each of
#: the two is looked for by itself, in a third of the time.
_SINGLE_OPENINGS = [re.compile(rf"{sign}(?=[^\W\d_])(?<=[\s(\[{{—–\"“].)") for sign in "‘'"]
_OPENS = frozenset("“„‟«") | {"``"}
_CLOSES = frozenset("”»")
_BREAK = re.compile(r"\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
#: What a mark may follow and still open: white space, or an opening bracket, a dash, another mark.
_BEFORE_OPENING = frozenset("([{—–-/\"“‘'„«…:")


@dataclass(frozen=True)
class QuoteCoverage:
    """How many quotation marks a stretch has, and how many of them found their place in a quotation."""

    seen: int
    paired: int


def pair_quotes(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    r"""Find the quotations of a text, marks included; only the outermost of nested ones.

    A quotation that runs over several paragraphs, each opened anew and only the last closed, gives one span for
    each paragraph. An opening mark that is neither closed nor reopened gives none.

    Parameters
    ----------
    text : str
    start, end : int
        Look only inside this stretch; code points, end exclusive.

    Returns
    -------
    list of (start, end)
        In order, never overlapping; empty if there is none.

    Examples
    --------
    >>> text = "“It’s over,” he said of the ‘talks’ in 6'2\" rooms."
    >>> [text[s:e] for s, e in pair_quotes(text)]
    ['“It’s over,”', '‘talks’']
    """
    stop = len(text) if end is None else end
    return _merge(_double_spans(text, start, stop)[0], _single_spans(text, start, stop))


def quote_coverage(text: str, start: int = 0, end: int | None = None) -> QuoteCoverage:
    """Count the quotation marks of a stretch, and those that stand at an end of a quotation.

    Apostrophes are no marks; a single mark counts only where a pair of them was found.

    Examples
    --------
    >>> quote_coverage('He said "yes" and "no.')
    QuoteCoverage(seen=3, paired=2)
    """
    stop = len(text) if end is None else end
    _, seen, paired = _double_spans(text, start, stop)
    singles = 2 * len(_single_spans(text, start, stop))
    return QuoteCoverage(seen + singles, paired + singles)


def _double_spans(text: str, start: int, stop: int) -> tuple[list[tuple[int, int]], int, int]:
    """Pair the double marks: the spans, how many marks there are, and how many of them are paired."""
    spans: list[tuple[int, int]] = []
    seen = paired = 0
    twice = "`" in text or "''" in text
    if not (twice or any(map(text.__contains__, _SIGNS))):  # as in many texts
        return spans, seen, paired
    opened = -1  # where the quotation that is open began
    opener = ""
    breaks = _Breaks(text, start, stop)
    marks = _DOUBLE_OR_TWO if twice else _DOUBLE  # which is found in a third of the time
    for mark in marks.finditer(text, start, stop):
        seen += 1
        at, sign = mark.start(), mark[0]
        if opened >= 0:
            paragraph = breaks.first(opened)
            closes = _can_close(text, start, stop, at, sign, opener)
            if closes and not breaks.blank_line(opened, at):
                spans.append((opened, mark.end()))
                paired += 2
                opened = -1
                continue
            if paragraph < at and _only_space(text, breaks.last(at), at):  # reopened in a later paragraph
                if not text[paragraph : breaks.last(at)].strip():
                    spans.append((opened, len(text[opened:paragraph].rstrip()) + opened))
                    paired += 1
                opened, opener = at, sign
                continue
        if _can_open(text, start, stop, at, mark.end(), sign):
            opened, opener = at, sign
        elif opened >= 0 and breaks.blank_line(opened, at):
            opened = -1
    return spans, seen, paired


class _Breaks:
    """Line breaks of a stretch; asked for rising positions only, so that all questions together take linear time."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self._all = [m.start() for m in _BREAK.finditer(text, start, stop)]
        self._blank = [m.start() for m in _BLANK_LINE.finditer(text, start, stop)]
        self._start, self._stop = start, stop
        self._first = self._last = self._next_blank = 0

    def first(self, at: int) -> int:
        """Return the first line break at or after `at`; the end of the stretch if there is none."""
        while self._first < len(self._all) and self._all[self._first] < at:
            self._first += 1
        return self._all[self._first] if self._first < len(self._all) else self._stop

    def last(self, at: int) -> int:
        """Return the last line break before `at`; the start of the stretch if there is none."""
        while self._last < len(self._all) and self._all[self._last] < at:
            self._last += 1
        return self._all[self._last - 1] if self._last else self._start

    def blank_line(self, opened: int, at: int) -> bool:
        """Whether a blank line stands between `opened` and `at`."""
        while self._next_blank < len(self._blank) and self._blank[self._next_blank] < opened:
            self._next_blank += 1
        return self._next_blank < len(self._blank) and self._blank[self._next_blank] < at


def _only_space(text: str, left: int, right: int) -> bool:
    return right - left < 40 and not text[left:right].strip()


def _can_open(text: str, start: int, stop: int, at: int, end: int, sign: str) -> bool:
    """Whether the mark may open: by its shape, or by standing before a word and not after one."""
    if sign in _OPENS:
        return True
    before = text[at - 1] if at > start else " "
    after = text[end] if end < stop else " "
    return not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)


def _can_close(text: str, start: int, stop: int, at: int, sign: str, opener: str) -> bool:
    """Whether the mark may close what `opener` opened."""
    before = text[at - 1] if at > start else " "
    if sign in _CLOSES:
        return True
    if sign in _OPENS:  # „so“, and “so“ by mistake
        return sign == "“" and not before.isspace() and (opener == "„" or before in ",.?!")
    end = at + len(sign)
    return not before.isspace() or end >= stop or text[end].isspace()  # "'so,' '' he said": a mark between spaces


def _single_spans(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Quotations in single marks, on one line each; an apostrophe is none.

    A mark after s and before a space may be a possessive ("the officials’ view"): it closes only if no better one
    follows on the line.
    """
    spans: list[tuple[int, int]] = []
    found = [_SINGLE.match(text, start, stop), *(opening.search(text, start, stop) for opening in _SINGLE_OPENINGS)]
    openings = [opening.start() for opening in found if opening]
    if not openings:  # as in most texts: all are apostrophes
        return spans
    opened, weak = -1, -1
    line_end = start - 1
    for mark in _SINGLE.finditer(text, min(openings), stop):
        at = mark.start()
        if at > line_end:
            opened = _close_weakly(spans, opened, weak)
            weak = -1
            ended = text.find("\n", at, stop)
            line_end = ended if ended >= 0 else stop
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < stop else " "
        if before in "'‘’" or after in "'’":
            continue
        if mark[0] != "’" and after.isalpha() and (before.isspace() or before in '([{—–"“'):
            opened = _close_weakly(spans, opened, weak)
            weak = -1
            # 'em, 'til: a straight mark that opens a word needs a closing one, which only the rest can tell
            opened = at
        elif opened >= 0 and mark[0] != "‘" and not before.isspace() and not after.isalnum():
            if before in "sS":
                weak = at
            elif at - opened > 2:  # rock 'n' roll
                spans.append((opened, at + 1))
                opened, weak = -1, -1
    _close_weakly(spans, opened, weak)
    return spans


def _close_weakly(spans: list[tuple[int, int]], opened: int, weak: int) -> int:
    if opened >= 0 and weak > opened:
        spans.append((opened, weak + 1))
    return -1


def _merge(double: list[tuple[int, int]], single: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the outermost; where a single and a double one cross, the double one."""
    return list(_outermost(sorted(_not_crossing(double, single)), double))


def _not_crossing(double: list[tuple[int, int]], single: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for left, right in single:
        while at < len(double) and double[at][1] <= left:
            at += 1
        last = at
        while last < len(double) and double[last][0] < right:
            last += 1
        touched = double[at:last]
        if all(left < s and e < right for s, e in touched):
            yield left, right
        at = max(at, last - 1)


def _outermost(single: list[tuple[int, int]], double: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = -1
    for left, right in sorted(single + double):
        if left >= end:
            yield left, right
            end = right
