"""One article as two, its first half and its second: what an exercise asks of who has a single article at hand."""

from __future__ import annotations

import pandas as pd

from analysis.claims.cells import Tables
from analysis.lesson.words import first_article, passages
from analysis.schema import rows_of
from analysis.tables import ARTICLES
from analysis.terms import total_terms

#: How the halves are called, and named in a sentence.
HALVES = ("first half", "second half")


def halves(tables: Tables) -> dict[str, pd.DataFrame] | None:
    """Return the first article as two, parted between sentences and headings, of which the first half has one more.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.

    Returns
    -------
    dict of str to DataFrame or None
        Those of the tables that comparisons of terms and of readability read. The text of a half is as long as the
        whole, the rest of it blank, so that all stands where it stood. None where there is nothing to part.
    """
    whole = first_article(tables)
    rows = [row for row, _ in passages(whole) if row.n_words]
    if len(rows) < len(HALVES):
        return None
    middle = rows[(len(rows) + 1) // 2]
    text = whole["articles"]["text"].iloc[0]
    texts = (text[: middle.start].ljust(len(text)), text[middle.start :].rjust(len(text)))
    article = next(rows_of(whole["articles"]))._asdict()
    made = [
        article | {"article_id": half, "group": half, "label": None, "text": own}
        for half, own in zip(HALVES, texts, strict=True)
    ]
    sentence_terms = _parted(whole["sentence_terms"], middle.sentence)
    return {
        "articles": ARTICLES.frame([tuple(row[name] for name in ARTICLES.names) for row in made]),
        "sentences": _parted(whole["sentences"], middle.sentence),
        "sentence_terms": sentence_terms,
        "term_counts": total_terms(sentence_terms),
        "regions": whole["regions"].head(0),
        "notes": pd.concat([whole["notes"].assign(article_id=half) for half in HALVES], ignore_index=True),
    }


def _parted(rows: pd.DataFrame, middle: int) -> pd.DataFrame:
    """The rows of sentences, each put down to the half it stands in; what was set aside is left out."""
    rows = rows[rows["sentence"] > 0]
    return rows.assign(article_id=[HALVES[number >= middle] for number in rows["sentence"]]).reset_index(drop=True)
