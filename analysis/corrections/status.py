"""Whether a correction fits its text, and what is put down about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import regex

from analysis.tables import CORRECTIONS

APPLIED, MISFIT = "applied", "does not fit"
_INNER = regex.compile(r"[\p{L}\p{M}\p{N}]")


class MisfitError(ValueError):
    """A correction that does not fit its text; the message is the reason, a sentence."""


def by_hand(row: Any) -> str:
    """Say who corrected something and why: the reason of what a correction made."""
    return f"Corrected by hand: {row.why} ({row.who})."


def check_stretch(text: str, start: int, end: int) -> None:
    """Raise `MisfitError` unless a stretch is words of the text, whole."""
    if not 0 <= start < end <= len(text):
        raise MisfitError(f"Stands outside the text, which has {len(text):,} characters.")
    for edge in (start, end):
        if 0 < edge < len(text) and _INNER.match(text, edge - 1) and _INNER.match(text, edge):
            raise MisfitError(f"Cuts through a word at character {edge}.")
    if not text[start:end].strip():
        raise MisfitError("Holds nothing but white space.")


def check_text(text: str, row: Any) -> None:
    """Raise `MisfitError` unless the stretch of a correction is in the text and reads as the file gives it."""
    check_stretch(text, row.start, row.end)
    if isinstance(row.text, str) and row.text.split() != text[row.start : row.end].split():
        raise MisfitError("The text reads differently there.")


def check_searched(text: str, start: int, end: int, sentences: Sequence[Any]) -> None:
    """Raise `MisfitError` unless a stretch lies in these sentences, white space between them aside."""
    at = start
    for row in sentences:
        if row.start < end and row.end > at:
            if text[at : row.start].strip():
                break
            at = row.end
    if at < end and text[at:end].strip():
        raise MisfitError("Is not in what was searched: title, headings and body.")


def corrections_of(corrections: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the corrections of these articles, in their order, and those already named as being of none.

    Returns
    -------
    DataFrame
        CORRECTIONS.
    """
    own = corrections["article_id"].isin(articles["article_id"])
    return corrections[own | (corrections["status"] == MISFIT)].reset_index(drop=True)


def join_corrections(corrections: pd.DataFrame, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put corrections that were judged part by part together again, in the order of the file.

    Parameters
    ----------
    corrections : DataFrame
        All CORRECTIONS; those in none of the parts stay as they are.
    parts : sequence of DataFrame
        CORRECTIONS of disjoint sets of articles, as `corrections_of` gives them.
    """
    judged = pd.concat([*parts, CORRECTIONS.frame()], ignore_index=True).drop_duplicates("correction")
    left = corrections[~corrections["correction"].isin(judged["correction"])]
    return pd.concat([judged, left]).sort_values("correction", ignore_index=True)


def with_verdicts(corrections: pd.DataFrame, verdicts: Mapping[int, str | None]) -> pd.DataFrame:
    """Put down what became of corrections: by number, the reason why it does not fit, None if it was applied."""
    status, reason = corrections["status"].tolist(), corrections["reason"].tolist()
    for place, number in enumerate(corrections["correction"]):
        if number in verdicts:
            reason[place] = verdicts[number]
            status[place] = APPLIED if verdicts[number] is None else MISFIT
    return CORRECTIONS.check(CORRECTIONS.frame({**corrections, "status": status, "reason": reason}))
