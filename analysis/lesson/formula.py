"""A readability formula worked step by step, beside what its function gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.formulas import Counts, score
from analysis.inputs.files import accept
from analysis.lesson.folding import lines
from analysis.names import METRIC_NAMES, article_names
from analysis.readability import WORDS_NEEDED
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined
from analysis.tables import READABILITY


class Ratio(NamedTuple):
    """A part of a formula: its factor, what is divided, and by what."""

    factor: float
    above: str
    below: str


#: The formulas that are a number and some ratios, each with its factor, as they were published; fog as textstat's.
LINEAR: Mapping[str, tuple[float, tuple[Ratio, ...]]] = {
    "flesch_reading_ease": (
        206.835, (Ratio(-1.015, "n_words", "n_sentences"), Ratio(-84.6, "n_syllables", "n_words")),
    ),
    "flesch_kincaid_grade": (
        -15.59, (Ratio(0.39, "n_words", "n_sentences"), Ratio(11.8, "n_syllables", "n_words")),
    ),
    "gunning_fog": (0, (Ratio(0.4, "n_words", "n_sentences"), Ratio(40, "n_complex_words", "n_words"))),
    "coleman_liau_index": (-15.8, (Ratio(5.8, "n_letters", "n_words"), Ratio(-29.6, "n_sentences", "n_words"))),
    "automated_readability_index": (
        -21.43, (Ratio(4.71, "n_letters", "n_words"), Ratio(0.5, "n_words", "n_sentences")),
    ),
    "lix": (0, (Ratio(1, "n_words", "n_sentences"), Ratio(100, "n_long_words", "n_words"))),
    "rix": (0, (Ratio(1, "n_long_words", "n_sentences"),)),
}  # fmt: skip
_CALLED = {
    "n_sentences": "sentences", "n_words": "words", "n_letters": "letters", "n_syllables": "syllables",
    "n_complex_words": "complex words", "n_long_words": "long words",
}  # fmt: skip


def show_formula(tables: Tables, metric: str = "flesch_reading_ease") -> Shown:
    """Show a readability formula with the counts of each article put in step by step, and what its function gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    metric : str
        One of `LINEAR`.

    Returns
    -------
    Shown
        Also for a text too short to be scored: a formula gives a number for any, which the report withholds.

    Raises
    ------
    InputError
        The metric is none of these.
    """
    accept("metric", metric, tuple(LINEAR))
    names = article_names(tables["articles"])
    return joined(
        [lines(f"{names[row.article_id].value}:", *worked(row, metric)) for row in rows_of(tables["readability"])]
    )


def worked(row: Any, metric: str) -> list[str]:
    """Put the counts of a row of READABILITY into a formula, a line for each step; the last is its function's value."""
    if not row.n_words:
        return ["There is no word in a sentence to put into the formula."]
    constant, ratios = LINEAR[metric]
    told, total, values = [], constant, []
    for factor, above, below in ratios:
        value = getattr(row, above) / getattr(row, below)
        told.append(
            f"{_CALLED[above]} / {_CALLED[below]} = {getattr(row, above):,} / {getattr(row, below):,} = {value:.3f}"
        )
        values.append((factor, value))
        total += factor * value
    by_function = getattr(row, metric)
    if pd.isna(by_function):  # withheld, as below is said
        by_function = score([getattr(row, name) for name in Counts._fields], [metric])[metric]
    source = next(column.source for column in READABILITY.columns if column.name == metric)
    told.append(f"{METRIC_NAMES[metric]} ({source}) = {_written(constant, values)} = {_value(total)}")
    told.append(f"By the function: {_value(float(by_function))}.")
    if row.n_words < WORDS_NEEDED:
        told.append(f"The report gives no score for fewer than {WORDS_NEEDED} words.")
    elif pd.isna(getattr(row, metric)):
        told.append("The report gives no score for this text; the remarks on it say why.")
    return told


def _written(constant: float, values: list[tuple[float, float]]) -> str:
    """A sum with its signs as they are written: "206.835 − 1.015 × 14.200 − 84.6 × 1.451"."""
    parts = [] if constant == 0 else [(constant, f"{abs(constant):g}")]
    parts += [
        (factor, f"{abs(factor):g} × {value:.3f}" if abs(factor) != 1 else f"{value:.3f}") for factor, value in values
    ]
    first, *rest = parts
    return (
        ("−" if first[0] < 0 else "") + first[1] + "".join(f" {'−' if sign < 0 else '+'} {text}" for sign, text in rest)
    )


def _value(number: float) -> str:
    return format_value(number, ".2f")
