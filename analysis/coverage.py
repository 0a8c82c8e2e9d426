"""What was read, set aside and searched in each group: the figures that every other figure rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd
import regex

from analysis.attribution.counts import asserted_statements, without_doubtful
from analysis.names import FIELD_NAMES
from analysis.quotes import pair_quotes, quote_coverage
from analysis.schema import each_article
from analysis.tables import BODY_KINDS, COVERAGE

_NOT_BREAK = regex.compile(r"[^\r\n]")
#: What stands between most sentences.
_BLANK = ("", " ", "\n", "\n\n")


def searched_text(text: str, sentences: Sequence[Any]) -> str:
    """Blank everything outside the sentences of one article, line breaks aside; positions stay.

    Parameters
    ----------
    text : str
    sentences : list
        The article's rows of SENTENCES, in order.
    """
    kept = []
    last = 0
    for row in sentences:
        gap = text[last : row.start]
        kept += [gap if gap in _BLANK else _NOT_BREAK.sub(" ", gap), text[row.start : row.end]]
        last = row.end
    return "".join([*kept, _NOT_BREAK.sub(" ", text[last:])])


def coverage(measures: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Sum what was read, removed, quoted and attributed in each group.

    Removed words are counted by white space, since boilerplate is not tokenised.

    Parameters
    ----------
    measures : mapping of str to DataFrame
        What `measures.measure` gives.

    Returns
    -------
    DataFrame
        COVERAGE, groups in the order of ARTICLES.
    """
    articles = measures["articles"]
    sums: dict[str, Counter[str]] = {group: Counter() for group in dict.fromkeys(articles["group"])}
    statements = asserted_statements(measures["attributions"])
    tables = [*(measures[name] for name in ("sentences", "regions", "attributions", "spans")), statements]
    tables.append(without_doubtful(statements))
    for article, sentences, regions, attributions, spans, made, sure in each_article(articles, *tables):
        counts = sums[article.group]
        counts["n_articles"] += 1
        counts["n_words"] += sum(row.n_words for row in sentences)
        counts["n_sentences"] += sum(row.kind in BODY_KINDS for row in sentences)
        for region in regions:
            if region.kind == "boilerplate":
                words = len(article.text[region.start : region.end].split())
                counts[f"n_{region.boilerplate}"] += words
                counts["n_removed"] += words
        text = searched_text(article.text, sentences)
        marks = quote_coverage(text)
        quotations = pair_quotes(text)
        contents = [(span.start, span.end) for span in spans if span.role == "content"]
        counts["n_marks"] += marks.seen
        counts["n_paired"] += marks.paired
        counts["n_quotations"] += len(quotations)
        counts["n_unsourced"] += sum(
            not any(start < right and end > left for left, right in contents) for start, end in quotations
        )
        counts["n_statements"] += len(made)
        counts["n_statements_sure"] += len(sure)
        counts["n_attitudes"] += sum(row.act == "attitude" and isnan(row.nested_in) for row in attributions)
    numbers = [column.name for column in COVERAGE.columns if column.dtype == "int64"]
    return COVERAGE.frame(
        (group, *(counts[name] for name in numbers), _not_stated(articles[articles["group"] == group]))
        for group, counts in sums.items()
    )


def _not_stated(articles: pd.DataFrame) -> str:
    """The metadata that at least one article lacks, in prose."""
    return ", ".join(name for field, name in FIELD_NAMES.items() if articles[field].isna().any())
