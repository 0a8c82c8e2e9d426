"""Whose words an article consists of."""

from __future__ import annotations

import pandas as pd

from analysis.claims.cells import Tables
from analysis.lesson.rates import words_of
from analysis.names import article_names
from analysis.show.shown import Shown, show_table
from analysis.voices import COUNTED


def words_by_voice(tables: Tables) -> pd.DataFrame:
    """Count the words of each article in each voice, none being a figure too; boilerplate is left out.

    Returns
    -------
    DataFrame
        article_id, voice, n, n_total and share, by article and in the order of `COUNTED`; no share of no words.
    """
    counts = tables["term_counts"]
    sums = counts[counts["order"] == 1].groupby(["article_id", "voice"])["n"].sum()
    rows = [
        (own, voice, int(sums.get((own, voice), 0)), total)
        for own, total in words_of(tables).items()
        for voice in COUNTED
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "voice", "n", "n_total"])
    return frame.assign(share=frame["n"] / frame["n_total"].where(frame["n_total"] > 0))


def show_voices(tables: Tables) -> Shown:
    """Show how many words of each article are the author's own, and how many stand in another voice.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    """
    names = article_names(tables["articles"])
    rows = words_by_voice(tables)
    rows = rows.assign(name=[names[own].value for own in rows["article_id"]])
    columns = {"voice": "Voice", "name": "Article", "n": "Words", "n_total": "Of", "share": "Share, %"}
    caption = "Whose words: attributed are those of others without quotation marks, quoted those inside them"
    return show_table(rows, columns, caption, {"share": "%"})
