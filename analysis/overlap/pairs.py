"""Which dates and numbers of aligned sentences agree, and which differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.overlap.moments import dates_agree
from analysis.schema import rows_of
from analysis.tables import FACT_PAIRS

#: Kinds whose values can be set against each other; "today" says nothing without the day of writing.
_COMPARED = ("date", "weekday", "time", "number", "money", "per cent")


def pair_facts(facts: pd.DataFrame, aligned: pd.DataFrame) -> pd.DataFrame:
    """Set the dates and numbers of aligned sentences side by side.

    Facts agree if kind and unit are the same and so is the value; dates if all that both give of them is. What is
    left of a kind and unit differs if each sentence has exactly one such fact left; numbers that count nothing named
    are never said to differ, since they may count different things. Nothing is said about which is right.

    Parameters
    ----------
    facts, aligned : DataFrame
        FACTS and ALIGNED.

    Returns
    -------
    DataFrame
        FACT_PAIRS, in the order of ALIGNED and then of the first article; each fact at most once in a pair of articles.
    """
    of_sentence: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for fact in rows_of(facts):
        if fact.kind in _COMPARED:
            of_sentence[fact.article_id, fact.sentence].append(fact)
    rows = []
    for pair in rows_of(aligned):
        first = of_sentence[pair.article_id, pair.sentence]
        second = of_sentence[pair.other_id, pair.other_sentence]
        for one, other, relation in sorted(_matches(first, second), key=lambda match: match[0].start):
            rows.append((
                pair.article_id, pair.other_id, one.start, one.end, other.start, other.end, pair.sentence,
                pair.other_sentence, one.kind, one.unit, one.value, other.value, relation,
            ))  # fmt: skip
    return FACT_PAIRS.frame(rows)


def _matches(first: Sequence[Any], second: Sequence[Any]) -> Iterator[tuple[Any, Any, str]]:
    """Facts that agree, then those left that differ."""
    left, right = list(first), list(second)
    for one in first:
        for other in right:
            if _what(one) == _what(other) and _agree(one, other):
                yield one, other, "agrees"
                left.remove(one)
                right.remove(other)
                break
    for one in left:
        here = [each for each in left if _what(each) == _what(one)]
        there = [each for each in right if _what(each) == _what(one)]
        if len(here) == len(there) == 1 and _differ(one, there[0]):
            yield one, there[0], "differs"


def _what(fact: Any) -> tuple[str, str | None]:
    """Kind and unit, singular and plural alike."""
    if not isinstance(fact.unit, str):
        return fact.kind, None
    unit = fact.unit
    return fact.kind, unit[:-3] + "y" if unit.endswith("ies") else unit.removesuffix("s")


def _agree(one: Any, other: Any) -> bool:
    return bool(dates_agree(one.value, other.value)) if one.kind == "date" else one.value == other.value


def _differ(one: Any, other: Any) -> bool:
    if one.kind == "date":
        return dates_agree(one.value, other.value) is False
    return one.kind != "number" or isinstance(one.unit, str)
