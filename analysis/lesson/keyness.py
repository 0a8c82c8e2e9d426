"""Which of two texts a term is tied to, and how strongly: G2 and z by hand."""

from __future__ import annotations

from math import log, sqrt

from analysis.association import log_likelihood, log_odds_z
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.cells import sum_lines
from analysis.lesson.folding import lines
from analysis.lesson.rates import commonest_term, uses_of, words_of
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.show.shown import Shown, joined, remark
from analysis.terms import read_term

#: The prior of z has so many words, as a share of the shorter text.
_PRIOR = 0.1


def show_keyness_steps(tables: Tables, term: str = "") -> Shown:
    """Show how strongly a term is tied to one of two articles: its four cells, G2, z, and what the functions give.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.
    term : str
        One to three words; empty: the word used most that is no stop word.

    Raises
    ------
    InputError
        There is another number of articles; or `term` has no word in it.
    """
    one, other = both_of(tables)
    term = term or commonest_term(tables)
    words, uses = words_of(tables), uses_of(tables, term) if term else {}
    if not all(words.values()) or not any(uses.values()):
        return remark("This takes a term that is used, and a word on each side.")
    names = article_names(tables["articles"])
    counts = (uses[one], uses[other], words[one], words[other])
    head = lines(
        f"“{read_term(term)[1]}”: {how_many(counts[0], 'use')} among {how_many(counts[2], 'word')} of "
        f"{names[one].value}, {how_many(counts[1], 'use')} among {how_many(counts[3], 'word')} of {names[other].value}."
    )
    return joined([head, lines(*g2_lines(*counts)), lines(*z_lines(*counts))])


def g2_lines(n: int, n_other: int, words: int, words_other: int) -> list[str]:
    """Work out G2 of a term between two texts; the last line is what the function gives.

    Examples
    --------
    >>> g2_lines(20, 5, 800, 800)[-1]
    'By the function: 9.78. Above zero, the rate is higher in the first; below, in the second.'
    """
    cells = (n, n_other, words - n, words_other - n_other)
    return [
        *sum_lines("Four cells, the term in either text and the other words in either", cells),
        f"By the function: {format_value(float(log_likelihood(n, n_other, words, words_other)), '.2f')}. Above zero, "
        "the rate is higher in the first; below, in the second.",
    ]


def z_lines(n: int, n_other: int, words: int, words_other: int) -> list[str]:
    """Work out z of a term between two texts, its log odds in standard errors; the last line tells what z is for."""
    prior = _PRIOR * min(words, words_other)
    alpha = prior * (n + n_other) / (words + words_other)
    used = (n + alpha, n_other + alpha)
    rest = (words + prior - used[0], words_other + prior - used[1])
    if min(rest) <= 0:
        return ["z takes another word than the term."]
    odds = log(used[0] / rest[0]) - log(used[1] / rest[1])
    error = sqrt(sum(1 / value for value in (*used, *rest)))
    (by_function,) = log_odds_z([n], [n_other], words, words_other)
    return [
        f"For z each text is given more words, a tenth of the shorter: {prior:.1f}. Of these the term has its share "
        f"of both texts: {prior:.1f} × {n + n_other:,} / {words + words_other:,} = {alpha:.3f}.",
        f"Log odds: ln({used[0]:.3f} / {rest[0]:.3f}) − ln({used[1]:.3f} / {rest[1]:.3f}) = "
        f"{format_value(odds, '.3f')}.",
        f"Standard error: √(1 / {used[0]:.3f} + 1 / {rest[0]:.3f} + 1 / {used[1]:.3f} + 1 / {rest[1]:.3f}) = "
        f"{error:.3f}.",
        f"z = {format_value(odds, '.3f')} / {error:.3f} = {format_value(odds / error, '.2f')}. By the function: "
        f"{format_value(float(by_function), '.2f')}.",
        "z orders the terms. Neither it nor G2 says alone that a difference is more than chance: that is for the gate.",
    ]
