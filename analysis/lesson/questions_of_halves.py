"""Questions on how far a difference can be trusted, asked of the two halves of the article that is read."""

from __future__ import annotations

import numpy as np

from analysis.association import ALPHA
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.cells import sum_lines
from analysis.lesson.detectable import NEVER, find_limit
from analysis.lesson.ends import end_lines
from analysis.lesson.halves import HALVES, halves
from analysis.lesson.intervals import EXAMPLE_DRAWS, bound_lines, draw, function_lines
from analysis.lesson.rates import commonest_term, uses_of, words_of
from analysis.lesson.reading import TIMES, read_both
from analysis.names import METRIC_NAMES
from analysis.nouns import how_many
from analysis.pipeline import DRAWS, PERMUTATIONS
from analysis.readability import STATED
from analysis.schema import rows_of

Asked = tuple[str, list[str]]


def interval(tables: Tables) -> Asked:
    """Between which log ratios the halves lie, for the commonest term."""
    parted = halves(tables)
    term = commonest_term(parted) if parted else ""
    drawn = draw(parted, term) if parted and term else None
    if parted is None or drawn is None:
        return "Between which log ratios may two halves of a text lie?", [
            "That takes a term, and two sentences a half."
        ]
    (n, n_other), (words, words_other) = uses_of(parted, term).values(), words_of(parted).values()
    asked = (
        f"“{term}” is used {how_many(n, 'time')} among the {words:,} words of the first half, and "
        f"{how_many(n_other, 'time')} among the {words_other:,} of the second. "
    )
    if not all(drawn.holding):
        return f"{asked}What stands in the place of an interval for the log ratio?", bound_lines(parted, drawn, HALVES)
    ends = end_lines(drawn.ratios)
    asked += (
        f"With the sentences of each half drawn anew {EXAMPLE_DRAWS} times, the log ratio is "
        f"{ends[0].removeprefix('In order: ')} Between which ends do 95\u00a0% lie, and is zero between them?"
    )
    lower, upper = np.quantile(drawn.ratios, [ALPHA / 2, 1 - ALPHA / 2])
    inside = "It is" if lower <= 0 <= upper else "It is not"
    return asked, [*ends[1:], f"Is zero between them? {inside}.", *function_lines(parted, term, EXAMPLE_DRAWS)]


def readability(tables: Tables) -> Asked:
    """Whether shuffles of the sentences make such a difference of readability between the halves."""
    parted = halves(tables)
    few = read_both(parted, TIMES, TIMES) if parted else None
    many = read_both(parted, DRAWS, PERMUTATIONS) if parted else None
    if few is None or many is None:
        return "Is one half of this article harder to read?", ["That takes English, and two sentences in each half."]
    (row, *_), (full, *_) = rows_of(few.rows), rows_of(many.rows)
    asked = (
        f"The {METRIC_NAMES[STATED]} of the first half is {_number(row.one)}, that of the second {_number(row.other)}. "
        f"With the sentences shuffled between them {TIMES} times, the difference is "
        f"{', '.join(map(_number, sorted(few.dealt.tolist())))}. How large is it as they stand, and what is p?"
    )
    return asked, [
        f"Difference, taken before rounding: {_number(row.difference)}.",
        f"As large, above or below zero: {row.reached}. p = (1 + {row.reached}) / (1 + {TIMES}) = {_number(row.p)}.",
        f"By the function, with {DRAWS:,} draws and {PERMUTATIONS:,} shuffles: {_number(full.lower)} to "
        f"{_number(full.upper)}, p = {_number(full.p)}. {'It passes' if full.passes else 'It does not pass'}: that "
        f"takes an interval clear of zero, and a p of {ALPHA} at most.",
    ]


def detectable(tables: Tables) -> Asked:
    """How often a word would have to be used in one half, and not in the other, to be seen."""
    parted = halves(tables)
    found = find_limit(parted) if parted else None
    if found is None:
        return "How often would a word have to be used to be seen?", ["That takes a term that is tested."]
    words, other = found.words
    asked = (
        f"A word is not used among the {other:,} words of the second half; its G2 is to reach "
        f"{format_value(found.critical, '.2f')}. How often would the first half have to use it, of {words:,} words?"
    )
    if not found.needed:
        return asked, [NEVER]
    n = found.needed
    if n == found.least:
        why = f", but fewer than {n} are never enough"
    else:
        why = ", but is dealt to one side too easily" if found.g2(n - 1) >= found.critical else ""
    return asked, [
        *sum_lines(f"{how_many(n, 'use')}, four cells", (n, 0, words - n, other)),
        f"With one use less, it is {format_value(found.g2(n - 1), '.2f')}{why}. By the function: {how_many(n, 'use')}.",
    ]


def _number(value: float) -> str:
    return format_value(value, ".2f")
