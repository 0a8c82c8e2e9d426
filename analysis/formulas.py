"""The readability formulas, one line each: counts in, scores out, for one text or for thousands of draws at once.

Where textstat departs from the published form it is followed, and the formula says so. Nothing here is guarded:
a formula on twelve words gives a number, `measure_readability` withholds it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Counts(NamedTuple):
    """Additive counts, each a number or an array; the names are columns of READABILITY."""

    n_sentences: Array
    n_words: Array
    n_letters: Array
    n_syllables: Array
    n_polysyllables: Array
    n_long_words: Array
    n_difficult_words: Array
    n_complex_words: Array


def words_per_sentence(c: Counts) -> Array:
    """Mean length of a sentence, in words."""
    return c.n_words / c.n_sentences


def syllables_per_word(c: Counts) -> Array:
    """Mean length of a word, in syllables."""
    return c.n_syllables / c.n_words


def difficult_share(c: Counts) -> Array:
    """Share of words outside the Dale–Chall list, 0 to 1."""
    return c.n_difficult_words / c.n_words


def flesch_reading_ease(c: Counts) -> Array:
    """Flesch 1948, "A new readability yardstick"; higher is easier."""
    return 206.835 - 1.015 * words_per_sentence(c) - 84.6 * syllables_per_word(c)


def flesch_kincaid_grade(c: Counts) -> Array:
    """Kincaid, Fishburne, Rogers & Chissom 1975, "Derivation of new readability formulas"."""
    return 0.39 * words_per_sentence(c) + 11.8 * syllables_per_word(c) - 15.59


def gunning_fog(c: Counts) -> Array:
    """Gunning 1952, "The Technique of Clear Writing"; like textstat, words of the Dale–Chall list are never complex."""
    return 0.4 * (words_per_sentence(c) + 100 * c.n_complex_words / c.n_words)


def smog_index(c: Counts) -> Array:
    """McLaughlin 1969, "SMOG grading", normed on 30 sentences."""
    return 1.043 * np.sqrt(30 * c.n_polysyllables / c.n_sentences) + 3.1291


def coleman_liau_index(c: Counts) -> Array:
    """Coleman & Liau 1975, "A computer readability formula", with textstat's rounding of the coefficients."""
    return 5.8 * c.n_letters / c.n_words - 29.6 * c.n_sentences / c.n_words - 15.8


def automated_readability_index(c: Counts) -> Array:
    """Smith & Senter 1967, "Automated Readability Index"; letters and digits, where textstat adds punctuation."""
    return 4.71 * c.n_letters / c.n_words + 0.5 * words_per_sentence(c) - 21.43


def dale_chall_score(c: Counts) -> Array:
    """Dale & Chall 1948, "A formula for predicting readability"; like textstat, inflected forms are difficult."""
    return 15.79 * difficult_share(c) + 0.0496 * words_per_sentence(c) + np.where(difficult_share(c) > 0.05, 3.6365, 0)


def linsear_write(c: Counts) -> Array:
    """O'Hayre 1966, "Gobbledygook Has Gotta Go", on the whole text: textstat's with `strict_upper=False`.

    The 100 words at the head of an article are its lead, not a sample of it.
    """
    points = (c.n_words + 2 * c.n_polysyllables) / c.n_sentences
    return np.where(points <= 20, points - 2, points) / 2


def lix(c: Counts) -> Array:
    """Björnsson 1968, "Läsbarhet"."""
    return words_per_sentence(c) + 100 * c.n_long_words / c.n_words


def rix(c: Counts) -> Array:
    """Anderson 1983, "Lix and Rix: Variations on a little-known readability index"."""
    return c.n_long_words / c.n_sentences


def reading_time(c: Counts) -> Array:
    """Demberg & Keller 2008, 14.69 ms a letter, in seconds; textstat adds punctuation."""
    return 0.01469 * c.n_letters


FORMULAS: dict[str, Callable[[Counts], Array]] = {
    formula.__name__: formula
    for formula in (
        words_per_sentence, syllables_per_word, difficult_share, flesch_reading_ease, flesch_kincaid_grade,
        gunning_fog, smog_index, coleman_liau_index, automated_readability_index, dale_chall_score, linsear_write,
        lix, rix, reading_time,
    )
}  # fmt: skip


def score(counts: ArrayLike, metrics: Collection[str] = tuple(FORMULAS)) -> dict[str, Array]:
    """Put counts through every formula, or some.

    Parameters
    ----------
    counts : array, shape (…, 8)
        The last axis in the order of `Counts`.
    metrics : collection of str
        Those wanted, of `FORMULAS`.

    Returns
    -------
    dict of str to array, shape (…)
        One for each metric, in the order of READABILITY; NaN where the formula is undefined.

    Examples
    --------
    "The cat sat on the mat. The dog ran to the park.":

    >>> scores = score([2, 12, 35, 12, 0, 0, 0, 0])
    >>> round(float(scores["flesch_reading_ease"]), 3), round(float(scores["flesch_kincaid_grade"]), 2)
    (116.145, -1.45)
    """
    columns = Counts(*np.moveaxis(np.asarray(counts, dtype=float), -1, 0))
    wanted = [name for name in FORMULAS if name in metrics]
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.array([FORMULAS[name](columns) for name in wanted])
    scores[~np.isfinite(scores)] = np.nan
    return {name: scores[at, ...] for at, name in enumerate(wanted)}
