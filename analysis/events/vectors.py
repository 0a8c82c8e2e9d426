"""What each article of a corpus is about: its rarest and commonest terms, weighed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.measured import DAY, Measured
from analysis.text import stop_words

#: Terms that stand for an article, at most: those of the greatest weight.
TERMS = 40
#: The largest share of the articles that have a term which tells events apart, and how many may have it in any corpus.
COMMON, MAY_HAVE = 0.1, 50
_NEEDED = ("articles", "term_counts")

#: Each different text of a day once: numbered by what it says and when.
_UNITS = f"""
    SELECT article_id, day, row_number() OVER (ORDER BY day NULLS LAST, digest, article_id) - 1 AS unit FROM (
        SELECT article_id, {DAY} AS day, sha256(text) AS digest FROM articles SEMI JOIN chosen USING (article_id)
    ) ORDER BY unit
"""
#: Terms are numbered in the order of the alphabet, and known by their numbers: these take a fraction of the memory.
_TERMS = """
    SELECT term, CAST(row_number() OVER (ORDER BY term) - 1 AS INTEGER) AS number FROM (
        SELECT term FROM term_counts SEMI JOIN units USING (article_id)
        WHERE "order" = 1 AND voice <> 'boilerplate' AND term NOT IN (SELECT term FROM stops) GROUP BY term
    ) ORDER BY number
"""
_WEIGHTS = """
    WITH uses AS MATERIALIZED (
        SELECT unit, number, CAST(sum(n) AS INTEGER) AS n
        FROM term_counts JOIN units USING (article_id) JOIN numbered USING (term)
        WHERE "order" = 1 AND voice <> 'boilerplate' GROUP BY unit, number
    ), held AS (SELECT number, count(*) AS n_units FROM uses GROUP BY number HAVING count(*) <= $most)
    SELECT unit, number, weight FROM (
        SELECT unit, number, (1 + ln(n)) * ln(1 + $total / n_units) AS weight FROM uses JOIN held USING (number)
    )
    QUALIFY row_number() OVER (PARTITION BY unit ORDER BY weight DESC, number) <= $terms
    ORDER BY unit, number
"""


@dataclass
class Units:
    """The articles whose likeness counts: of copies on one day only one.

    Attributes
    ----------
    article_ids : list of str
        By day, undated last, then by content.
    days : array of float
        Days since 1970; NaN where none is stated.
    vectors : sparse array, shape (units, terms)
        Weights, each row of length 1, or 0 where an article has no term that another one has.
    terms : list of str
        What the columns are.
    """

    article_ids: list[str]
    days: NDArray[np.float64]
    vectors: csr_array
    terms: list[str]


def read_units(measured: Measured, article_ids: pd.Series) -> Units:
    """Weigh the terms of these articles: (1 + ln n) · ln(1 + N/df), stop words and boilerplate left out.

    A term that more than a tenth of them have (and more than 50) is left out. One that a single article has is not: it
    makes that article less like any other.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    measured.require(_NEEDED, "events are found")
    units = measured.query(_UNITS, {"chosen": pd.DataFrame({"article_id": article_ids})})
    counted = units[["article_id", "unit"]].astype({"unit": "int32"})
    stops = pd.DataFrame({"term": sorted(stop_words())})
    numbered = measured.query(_TERMS, {"units": counted, "stops": stops})
    weights = measured.query(
        _WEIGHTS,
        {"units": counted, "numbered": numbered},
        most=max(MAY_HAVE, int(COMMON * len(units))),
        total=float(len(units)),
        terms=TERMS,
    )
    columns, used = pd.factorize(weights["number"], sort=True)
    terms = numbered["term"].iloc[used]
    columns = columns.astype(np.int32)
    shape = (len(units), len(terms))
    vectors = csr_array((weights["weight"].to_numpy(), (weights["unit"].to_numpy(), columns)), shape=shape)
    lengths = np.sqrt(np.asarray((vectors * vectors).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    vectors = csr_array(vectors / lengths[:, None]) if len(units) else vectors
    days = pd.to_datetime(units["day"]).to_numpy(dtype="datetime64[D]")
    numbers = np.where(np.isnat(days), np.nan, days.astype("int64").astype("float64"))
    return Units(units["article_id"].tolist(), numbers, vectors, list(terms))
