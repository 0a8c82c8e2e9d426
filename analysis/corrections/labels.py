"""Corrections of which actor an expression stands for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import regex

from analysis.corrections.grammar import parse_label
from analysis.corrections.status import MisfitError, check_searched, check_text, with_verdicts
from analysis.schema import each_article
from analysis.tables import LABELS
from analysis.text import split_words

#: What a label made by a person has in the column `by`.
BY_HAND = "corrected"
_POSSESSIVE = regex.compile(r"['’ʼ]s$", regex.IGNORECASE)


def correct_labels(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    voices: pd.DataFrame,
    corrections: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each corrected expression the actor that a person gives it, or none.

    Without a kind, a label takes that of its actor elsewhere in the article, else "name". Its form is that of the
    same expression for the same actor there, else "name" if each of its words has a capital, "description" if not.

    Parameters
    ----------
    labels, articles, sentences, voices, corrections : DataFrame
        LABELS, ARTICLES, SENTENCES, VOICES (corrected) and CORRECTIONS.

    Returns
    -------
    (DataFrame, DataFrame)
        LABELS in the order of the text, and CORRECTIONS with the status of those of labels.
    """
    wanted = corrections[corrections["what"] == "label"]
    if wanted.empty:
        return labels, corrections
    rows: list[tuple[Any, ...]] = []
    verdicts: dict[int, str | None] = {}
    for article, found, own, spoken, given in each_article(articles, labels, sentences, voices, wanted):
        taken: set[int] = set()
        made: list[tuple[Any, ...]] = []
        for row in given:
            try:
                check_text(article.text, row)
                kind, actor = parse_label(row.value)
                end = row.end - _possessive(article.text[row.start : row.end])
                if actor is None:
                    taken |= _at(found, row.start, end)
                else:
                    made.append(_label(article, own, spoken, found, (row.start, end), kind, actor))
                    taken |= {label.start for label in found if label.start < end and label.end > row.start}
                verdicts[row.correction] = None
            except MisfitError as misfit:
                verdicts[row.correction] = str(misfit)
        kept = [tuple(label) for label in found if label.start not in taken]
        rows += sorted([*kept, *made], key=lambda label: label[1])
    return LABELS.frame(rows), with_verdicts(corrections, verdicts)


def _possessive(surface: str) -> int:
    """How many characters of a stretch are a possessive 's at its end."""
    return 2 if _POSSESSIVE.search(surface) else 0


def _at(found: list[Any], start: int, end: int) -> set[int]:
    """The start of the label that is this stretch."""
    if not any((label.start, label.end) == (start, end) for label in found):
        raise MisfitError("There is no label on this stretch.")
    return {start}


def _label(
    article: Any,
    sentences: list[Any],
    voices: list[Any],
    found: list[Any],
    span: tuple[int, int],
    kind: str | None,
    actor: str,
) -> tuple[Any, ...]:
    """One row of LABELS, made by a person."""
    start, end = span
    check_searched(article.text, start, end, sentences)
    holding = [row for row in sentences if row.start <= start and end <= row.end]
    words = split_words(article.text, start, end)
    if not holding or not words:
        raise MisfitError("Is not inside one sentence." if words else "Holds no word.")
    surface = article.text[start:end]
    expression = " ".join(word.term for word in words)
    same = [label for label in found if label.actor == actor]
    forms = [label.form for label in same if label.expression == expression]
    capitals = all(article.text[word.start].isupper() for word in words)
    every = [word.start for row in sentences for word in split_words(article.text, row.start, row.end)]
    return (
        article.article_id,
        start,
        end,
        holding[0].sentence,
        next((row.voice for row in voices if row.start <= start < row.end), "author"),
        actor,
        kind or next((label.kind for label in same), "name"),
        next(iter(forms), "name" if capitals else "description"),
        expression,
        surface,
        BY_HAND,
        sum(at < start for at in every) / len(every),
    )
