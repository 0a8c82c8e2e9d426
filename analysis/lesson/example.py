"""Three short articles to count by hand; they were written for this, and report nothing that happened."""

from __future__ import annotations

import pandas as pd

from analysis.tables import ARTICLES

#: A headline, a short sentence and a long one, words with a hyphen, dot or apostrophe, a number that is no word, a
#: term used again and again, two expressions for one actor, a quotation, and statements without quotation marks.
_TEXT = """Council votes to repair the old bridge

The council voted on Monday to repair the town's only bridge to Austria. The bridge is old.

“It can carry heavy lorries again by winter,” said the engineer who examined the bridge. The repair will cost 4 \
million euros, and according to the treasurer the council will pay for it with a long-term loan from the European \
Union that the town is to return over the next thirty years.

Shopkeepers near St. Anne's ferry, which runs whenever the bridge is closed, said that they had hoped for a new one \
from the EU."""

#: The same event: runs of the same words, sentences and figures that agree, an actor that the first has not, and
#: expressions of the two-sided lists, in the author's voice and in others.
_OTHER = """Town to borrow for its bridge

The council voted on Monday to repair the town's only bridge. The European Union built it. The EU lends 4 million \
euros, and over the next thirty years the town is to return them.

“It can carry heavy lorries again by winter,” an engineer said of the bridge, which Austrian traders use.

A protest against austerity ended at St. Anne's ferry, where one speaker called the loan “reckless spending”. Thirty \
years of belt-tightening will follow, the protesters warned. Brussels did not answer."""

#: What is no statement that was made, or not for certain: denied, feared, said inside another's words, supposed, and
#: a noun of speech whose content is not easily told.
_UNSAID = """Talk of the ferry

The mayor did not say that the ferry would stop. Traders fear that the toll will rise. “The treasurer told us that the \
money is there,” said a baker. The builder would say that it takes a year, if he were asked. The treasurer's claim of \
a profit was new."""


def small_example() -> pd.DataFrame:
    """Return one short article in which measures find something, and all of it can be counted by hand.

    Returns
    -------
    DataFrame
        ARTICLES, one row; give it to `measure` as any other.

    Examples
    --------
    >>> small_example()["text"].str.count("bridge").tolist()
    [5]
    """
    return ARTICLES.frame([_row("small-example", "Small example", _TEXT)])


def small_pair() -> pd.DataFrame:
    """Return the small example and another short article on the same event, for what takes two.

    Returns
    -------
    DataFrame
        ARTICLES, two rows.

    Examples
    --------
    >>> small_pair()["label"].tolist()
    ['Small example', 'Other example']
    """
    return ARTICLES.frame(
        [_row("small-example", "Small example", _TEXT), _row("other-example", "Other example", _OTHER)]
    )


def small_unsaid() -> pd.DataFrame:
    """Return a short article of attributions that are not counted as statements that were made, or are doubtful.

    Returns
    -------
    DataFrame
        ARTICLES, one row.

    Examples
    --------
    >>> small_unsaid()["label"].tolist()
    ['Third example']
    """
    return ARTICLES.frame([_row("third-example", "Third example", _UNSAID)])


def _row(name: str, label: str, text: str) -> tuple[str | None, ...]:
    row = dict.fromkeys(ARTICLES.names, None) | {"article_id": name, "group": name, "label": label, "path": name}
    return tuple((row | {"text": text})[column] for column in ARTICLES.names)
