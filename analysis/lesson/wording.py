"""Words of the two-sided lists: all marked, and only those in the author's own voice counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.cells import Tables
from analysis.lesson.folding import first_few, lines
from analysis.lesson.marking import Mark, marked_passages, place_namer
from analysis.lesson.words import PASSAGES
from analysis.nouns import how_many
from analysis.schema import each_article, rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.tables import VOICES
from analysis.voices import SPOKEN, paint_voices
from analysis.wording import find_wording, wording_by_group
from analysis.wording_lists import SIDES, read_wording


def listed_words(tables: Tables, wording: pd.DataFrame) -> pd.DataFrame:
    """Find the listed expressions in every voice: LOADED_WORDING with `voice`, those that are not counted too."""
    foreign = tables["notes"].loc[tables["notes"]["subject"] == "language", "article_id"]
    english = tables["articles"][~tables["articles"]["article_id"].isin(foreign)]
    found = find_wording(english, tables["sentences"], VOICES.frame(), wording)
    voices: list[str] = []
    for article, uses, spoken in each_article(english, found, tables["voices"]):
        painted = paint_voices(len(article.text), spoken)
        for use in uses:
            others = [SPOKEN[number] for number in painted[use.start : use.end] if number]
            voices.append(others[0] if others else "author")
    return found.assign(voice=pd.Series(voices, index=found.index, dtype="str"))


def show_wording_steps(tables: Tables, wording: str = "", k: int = PASSAGES) -> Shown:
    """Show the listed expressions in their sentences, which of them are counted and why, and what the function gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    wording : str
        The file of two-sided lists that `measure` was given; empty: the built-in lists.
    k : int
        Passages and contrasts shown, at most, from the first; words three times as many.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    lists = read_wording(wording)
    found = listed_words(tables, lists)
    searched = f"{how_many(len(lists), 'expression')} in {how_many(lists['contrast'].nunique(), 'contrast')}"
    if found.empty:
        return remark(f"Looked for: {searched}. None was found in the text, or the text is not English.")
    marks = [
        Mark(row.article_id, row.start, row.end, f"{row.contrast}, {row.side}; {row.voice}") for row in rows_of(found)
    ]
    where = list(map(place_namer(tables), rows_of(found)))
    shown = found.assign(counted=(found["voice"] == "author").tolist(), where=pd.Series(where, found.index, "str"))
    columns = {
        "surface": "Word", "where": "Sentence", "contrast": "Contrast", "side": "List", "voice": "Voice",
        "counted": "Counted",
    }  # fmt: skip
    more = f"; the first {3 * k} of {len(shown)}" if len(shown) > 3 * k else ""
    caption = f"Looked for: {searched}; counted is what stands in the author's voice{more}"
    table = show_table(shown.head(3 * k), columns, caption)
    summed = first_few(wording_lines(tables, lists, found), k)
    return joined([marked_passages(tables, marks, k), table, lines(*summed)])


def wording_lines(tables: Tables, lists: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Count the uses in the author's voice by contrast and list, by hand and by the function."""
    given = wording_by_group(tables["articles"], lists, tables["loaded_wording"])
    told = []
    for contrast in dict.fromkeys(found["contrast"]):
        hand, function = [], []
        for side in SIDES:
            own = found[(found["contrast"] == contrast) & (found["side"] == side)]
            n = int((own["voice"] == "author").sum())
            hand.append(f"{side} {n}{_apart(own, n)}")
            by_function = given[(given["contrast"] == contrast) & (given["side"] == side)]["n"].sum()
            function.append(f"{side} {int(by_function)}")
        told.append(f"{contrast}: {', '.join(hand)}. By the function: {', '.join(function)}.")
    return told


def _apart(own: Any, n: int) -> str:
    """How many uses stand in another voice."""
    return f" ({len(own) - n} in other voices)" if len(own) > n else ""
