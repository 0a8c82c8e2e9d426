"""Which words of two-sided lists an article uses in its own voice.

The lists are data (`analysis/data/wording.csv`): for each contrast, the expressions that writers on one side of it
choose and those that writers on the other choose. Both lists are looked for by one rule, and nothing is summed or
scored: whether a word is right is not for a list to say.

Words are compared as terms are, with two additions. A hyphen counts as a space, so that "self defence" is
"self-defence", and the parts of a compound count by themselves: "globalist-engineered" has the word "globalist" in it.
And the regular plural of an expression's last word counts with it. The longest expression wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd
import regex

from analysis.memo import Memo
from analysis.pieces import split_pieces
from analysis.positions import Positions
from analysis.schema import each_article, per_article, rows_of
from analysis.tables import LOADED_WORDING, WORDING_COUNTS
from analysis.text import Word, as_term, stop_words
from analysis.wording_lists import expression_terms, split_parts

# Between the words of an expression stands a hyphen, or white space, which an abbreviation's dot may precede.
_TOGETHER = regex.compile(r"[.'’]?\s++|[‐‑-]")


#: The parts of the words of each piece of a text.
_PARTS = Memo(expression_terms)


def _plurals(term: str) -> tuple[str, ...]:
    """The regular plurals of a word.

    Examples
    --------
    >>> [_plurals(word) for word in ("regime", "proxy", "clash", "embargo", "day")]
    [('regimes',), ('proxies',), ('clashes',), ('embargos', 'embargoes'), ('days',)]
    """
    if term.endswith("y") and term[-2:-1] not in tuple("aeiou"):
        return (term[:-1] + "ies",)
    if term.endswith(("s", "x", "z", "ch", "sh")):
        return (term + "es",)
    return (term + "s", term + "es") if term.endswith("o") else (term + "s",)


class _Index(NamedTuple):
    """What each sequence of terms stands for, and how long the longest is that begins with a term.

    Every sequence has at least one of the `telling` terms: the first of its own that is no stop word.
    """

    rows: dict[tuple[str, ...], Any]
    longest: dict[str, int]
    telling: frozenset[str]


@lru_cache(maxsize=4)
def _index(wording: tuple[Any, ...]) -> _Index:
    """Look up expressions and their plurals; a form that has a row of its own belongs to that."""
    listed = {expression_terms(row.expression): row for row in wording}
    plurals = {(*terms[:-1], form): row for terms, row in listed.items() for form in _plurals(terms[-1])}
    rows = plurals | listed
    longest: dict[str, int] = {}
    for terms in rows:
        longest[terms[0]] = max(len(terms), longest.get(terms[0], 0))
    telling = frozenset(next((term for term in terms if term not in stop_words()), terms[0]) for terms in rows)
    return _Index(rows, longest, telling)


def find_wording(
    articles: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame, wording: pd.DataFrame
) -> pd.DataFrame:
    """Find the listed expressions that an article uses in its author's voice.

    Every word of the expression must be the author's: what stands in a title or heading, in quotation marks, in an
    indirect attribution or in boilerplate is not counted.

    Parameters
    ----------
    articles, sentences, voices : DataFrame
        ARTICLES in English, SENTENCES and VOICES.
    wording : DataFrame
        WORDING, as `read_wording` gives it.

    Returns
    -------
    DataFrame
        LOADED_WORDING, by article and position; uses do not overlap.
    """
    return _find(articles, sentences, voices, index=_index(tuple(rows_of(wording))))


@per_article(LOADED_WORDING, reads=("text", "sentence", "start", "end", "n_words"))
def _find(article: Any, sentences: list[Any], voices: list[Any], *, index: _Index) -> Iterator[tuple[Any, ...]]:
    text = article.text
    others = bytearray(len(text))
    for row in voices:
        others[row.start : row.end] = b"\1" * (row.end - row.start)
    positions = None
    for sentence in sentences:
        pieces = split_pieces(text, sentence.start, sentence.end)
        if index.telling.isdisjoint(chain.from_iterable(map(_PARTS.__getitem__, pieces))):
            continue
        for start, end, row in _matches(text, sentence, index):
            if not any(others[start:end]):
                positions = positions or Positions(text, sentences)
                where = (start, end, sentence.sentence, row.contrast, row.side, row.expression)
                yield (*where, text[start:end], positions.of(start))


def _matches(text: str, sentence: Any, index: _Index) -> Iterator[tuple[int, int, Any]]:
    """Walk the listed expressions of one sentence, the longest at each place, without overlap."""
    parts = split_parts(text, sentence.start, sentence.end)

    def joined(at: int) -> bool:
        return _TOGETHER.fullmatch(text, parts[at].end, parts[at + 1].start) is not None

    first = 0
    while first < len(parts):
        longest = index.longest.get(parts[first].term, 0)
        reach = first + min(longest, 1)  # after the last part that can belong to an expression from here
        while reach < len(parts) and reach - first < longest and joined(reach - 1):
            reach += 1
        for after in range(reach, first, -1):
            row = index.rows.get(tuple(part.term for part in parts[first:after]))
            if row is not None:
                yield parts[first].start, _without_possessive(text, parts[after - 1]), row
                first = after
                break
        else:
            first += 1


def _without_possessive(text: str, last: Word) -> int:
    """Where an expression ends if its last word is quoted without a possessive 's."""
    return last.end - 2 if as_term(text[last.start : last.end - 2]) == last.term else last.end


def wording_by_group(articles: pd.DataFrame, wording: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Count the uses of each listed expression in each group, none being a figure too.

    Parameters
    ----------
    articles, wording, found : DataFrame
        ARTICLES with `group`, WORDING, and LOADED_WORDING.

    Returns
    -------
    DataFrame
        WORDING_COUNTS: a row in every group for each expression that any group uses, groups in the order of
        `articles`, expressions in that of `wording`.
    """
    counts: dict[tuple[str, str], int] = {}
    for article, own in each_article(articles, found):
        for row in own:
            counts[article.group, row.expression] = counts.get((article.group, row.expression), 0) + 1
    used = {expression for _, expression in counts}
    return WORDING_COUNTS.frame(
        (group, row.contrast, row.side, row.expression, counts.get((group, row.expression), 0))
        for group in dict.fromkeys(articles["group"])
        for row in rows_of(wording)
        if row.expression in used
    )
