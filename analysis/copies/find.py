"""Find the articles of a corpus that are copies of one another, such as a wire story in several papers."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.copies.alike import join_copies, share
from analysis.copies.read import Texts, read_texts
from analysis.measured import DAY, Measured


@dataclass(frozen=True)
class Copies:
    """The articles of a corpus that have copies.

    Attributes
    ----------
    articles : DataFrame
        article_id, cluster, day, n_shingles, n_shared, jaccard and containment as in COPIES; `text`, a number that
        articles share whose bodies have the same runs of words, and `longest`, that of the longest text of the set. By
        set, then by day; dated articles first.
    compared : set of str
        The article_id of every article that has five words or more, and can be compared.
    """

    articles: pd.DataFrame
    compared: set[str]


def find_copies(measured: Measured) -> Copies:
    """Find which articles are copies of one another.

    Two articles are copies if their runs of five words have a Jaccard similarity of .5 or more, or if .8 of the runs of
    the shorter stand in the longer, which is at most three times as long. Chains of copies make a set, so two articles
    of a set may have less in common. Which article is the original is not found out: the days of publication, where
    they are stated, say only which was published first.

    Parameters
    ----------
    measured : Measured

    Returns
    -------
    Copies
        Neither the names nor the order of the articles decide anything but the order of articles with the very same
        text and day.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    with tempfile.TemporaryFile() as file:
        texts = read_texts(measured, file)
        sets = join_copies(texts.signatures, np.array(texts.sizes), texts.shingles)
        ids, places = list(texts.text_of), list(texts.text_of.values())
        compared = pd.DataFrame({"article_id": pd.Series(ids, dtype="str"), "text": pd.Series(places, dtype="int64")})
        compared["set"] = pd.Series([sets[text] for text in places], dtype="int64")
        found = compared[compared.groupby("set")["set"].transform("size") > 1]
        return Copies(_described(measured, texts, found), set(ids))


def _described(measured: Measured, texts: Texts, found: pd.DataFrame) -> pd.DataFrame:
    """`Copies.articles` of those that have been found."""
    days = measured.query(
        f"SELECT article_id, CAST({DAY} AS VARCHAR) AS day FROM articles SEMI JOIN found USING (article_id)",
        {"found": found[["article_id"]]},
    )
    rows = found.merge(days.astype("str"), on="article_id")
    rows["n_shingles"] = pd.Series([texts.sizes[text] for text in rows["text"]], dtype="int64")
    rows = rows.sort_values(["set", "n_shingles", "text"], ascending=[True, False, True])
    rows["longest"] = rows.groupby("set")["text"].transform("first")
    pairs = list(zip(rows["text"], rows["longest"], strict=True))
    likeness = {pair: share(*map(texts.shingles, pair)) for pair in dict.fromkeys(pairs)}
    for place, name in enumerate(("n_shared", "jaccard", "containment")):
        rows[name] = [likeness[pair][place] for pair in pairs]
    sets = rows.groupby("set").agg(n=("text", "size"), first=("day", "min"), text=("text", "min"))
    sets = sets.sort_values(["n", "first", "text"], ascending=[False, True, True])
    rows["cluster"] = rows["set"].map(dict(zip(sets.index, range(1, len(sets) + 1), strict=True)))
    order = {"cluster": True, "day": True, "n_shingles": False, "text": True, "article_id": True}
    return rows.sort_values(list(order), ascending=list(order.values()), ignore_index=True)
