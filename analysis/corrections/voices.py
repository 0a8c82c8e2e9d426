"""Corrections of whose voice a stretch is in."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from analysis.corrections.status import MisfitError, check_searched, check_text, with_verdicts
from analysis.schema import each_article
from analysis.tables import VOICES

_AUTHOR = "author"


def correct_voices(
    voices: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame, corrections: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each corrected stretch the voice that a person gives it.

    Parameters
    ----------
    voices, articles, sentences, corrections : DataFrame
        VOICES, ARTICLES, SENTENCES and CORRECTIONS.

    Returns
    -------
    (DataFrame, DataFrame)
        VOICES, disjoint and in the order of the text, and CORRECTIONS with the status of those of voices.
    """
    wanted = corrections[corrections["what"] == "voice"]
    if wanted.empty:
        return voices, corrections
    rows: list[tuple[Any, ...]] = []
    verdicts: dict[int, str | None] = {}
    for article, found, own, given in each_article(articles, voices, sentences, wanted):
        if not given:
            rows += [tuple(row) for row in found]
            continue
        spoken = [_AUTHOR] * len(article.text)
        for row in found:
            spoken[row.start : row.end] = [row.voice] * (row.end - row.start)
        for row in given:
            try:
                check_text(article.text, row)
                check_searched(article.text, row.start, row.end, own)
            except MisfitError as misfit:
                verdicts[row.correction] = str(misfit)
                continue
            spoken[row.start : row.end] = [row.value] * (row.end - row.start)
            verdicts[row.correction] = None
        at = 0
        for voice, run in groupby(spoken):
            length = sum(1 for _ in run)
            if voice != _AUTHOR:
                rows.append((article.article_id, at, at + length, voice))
            at += length
    return VOICES.frame(rows), with_verdicts(corrections, verdicts)
