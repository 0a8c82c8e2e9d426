"""One short article to count by hand; it was written for this, and reports nothing that happened."""

from __future__ import annotations

import pandas as pd

from analysis.tables import ARTICLES

#: A headline, a short sentence and a long one, words with a hyphen, dot or apostrophe, a number that is no word, a
#: term used again and again, a quotation, and statements without quotation marks.
_TEXT = """Council votes to repair the old bridge

The council voted on Monday to repair the town's only bridge. The bridge is old. “It can carry heavy lorries again \
by winter,” said the engineer who examined the bridge. The repair will cost 4 million euros, and according to the \
treasurer the council will pay for it with a long-term loan that the town is to return over the next thirty years. \
Shopkeepers near St. Anne's ferry, which runs whenever the bridge is closed, said that they had hoped for a new one."""


def small_example() -> pd.DataFrame:
    """Return one short article in which every measure finds something, and all of it can be counted by hand.

    Returns
    -------
    DataFrame
        ARTICLES, one row; give it to `measure` as any other.

    Examples
    --------
    >>> small_example()["text"].str.count("bridge").tolist()
    [5]
    """
    row = dict.fromkeys(ARTICLES.names, None) | {
        "article_id": "small-example", "group": "small-example", "label": "Small example", "path": "small-example",
        "text": _TEXT,
    }  # fmt: skip
    return ARTICLES.frame([tuple(row[name] for name in ARTICLES.names)])
