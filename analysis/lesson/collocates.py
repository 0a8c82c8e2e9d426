"""Which words stand beside a term, and whether more often than elsewhere: by hand."""

from __future__ import annotations

from typing import NamedTuple

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.collocates import WINDOW, collocates
from analysis.lesson.cells import sum_lines
from analysis.lesson.folding import lines
from analysis.lesson.marking import Mark, marked_passages
from analysis.lesson.rates import commonest_term
from analysis.lesson.words import PASSAGES, passages
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark
from analysis.terms import concordance, read_term
from analysis.text import split_words

_BESIDE = "beside it"


class Beside(NamedTuple):
    """A term and the words beside it: counted by hand, and what the function gives of the one that stands out most."""

    term: str
    word: str
    together: int
    n: int
    beside: int
    words: int
    expected: float
    g2: float
    marks: list[Mark]


def find_beside(tables: Tables, term: str = "") -> Beside | None:
    """Count the words beside a term in the first article; None if no word stands beside it twice.

    Raises
    ------
    InputError
        `term` has no word in it.
    """
    term = term or commonest_term(tables)
    if not term:
        return None
    first = tables["articles"].head(1)
    (own,) = first["article_id"]
    given = collocates(first, tables["sentences"][tables["sentences"]["article_id"] == own], term, tables["voices"])
    if given.empty:
        return None
    best = next(rows_of(given))
    marks, together, n, beside, words = [], 0, 0, 0, 0
    used = concordance(first, tables["sentences"], term, tables["voices"])
    spans = [(row.start, row.end) for row in rows_of(used)]
    for row, text in passages(tables):
        if row.article_id != own:
            continue
        found = split_words(text, row.start, row.end)
        nodes = {at for at, word in enumerate(found) if any(start <= word.start < end for start, end in spans)}
        marks += [Mark(own, start, end, "the term") for start, end in spans if row.start <= start < row.end]
        for at, word in enumerate(found):
            if at in nodes:
                continue
            near = any(abs(at - node) <= WINDOW for node in nodes)
            words, beside = words + 1, beside + near
            if word.term == best.collocate:
                n, together = n + 1, together + near
                if near:
                    marks.append(Mark(own, word.start, word.end, _BESIDE))
    return Beside(
        read_term(term)[1], best.collocate, together, n, beside, words, float(best.expected), float(best.g2), marks
    )


def show_collocate_steps(tables: Tables, term: str = "", k: int = PASSAGES) -> Shown:
    """Show the word that stands beside a term most strikingly: its uses there, what is expected, and the score.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives; of several articles the first is shown.
    term : str
        One to three words; empty: the word used most that is no stop word.
    k : int
        Passages shown, at most, from the first.

    Raises
    ------
    InputError
        `term` has no word in it.
    """
    found = find_beside(tables, term)
    if found is None:
        return remark("No word but stop words stands twice or more beside the term.")
    head = lines(
        f"Beside “{found.term}” is what stands at most {WINDOW} words from it in the same sentence. The word that "
        f"stands out most is “{found.word}”."
    )
    return joined([head, marked_passages(tables, found.marks, k, _BESIDE), lines(*collocate_lines(found))])


def collocate_lines(found: Beside) -> list[str]:
    """Work out what is expected beside a term, and G2 from the four cells."""
    a, b, c = found.together, found.n - found.together, found.beside - found.together
    cells = (a, b, c, found.words - found.n - c)
    expected = found.n * found.beside / found.words
    return [
        f"{how_many(found.beside, 'word')} of {found.words:,} stand beside the term; its own are not counted. "
        f"“{found.word}” is used {how_many(found.n, 'time')}, {a} of them beside it.",
        f"Expected beside it: {found.n} × {found.beside:,} / {found.words:,} = {format_value(expected, '.2f')}. "
        f"By the function: {format_value(found.expected, '.2f')}.",
        *sum_lines("Four cells, the word or another, beside the term or elsewhere", cells),
        f"By the function: {format_value(found.g2, '.2f')}. It orders the words, and tests none.",
    ]
