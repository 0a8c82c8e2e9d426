"""How often each group of articles gives whom a voice, and in which words.

Statements are counted; attitudes (beliefs, wishes, feelings) are not, and stand apart in `attributions`.
"""

from __future__ import annotations

import pandas as pd

from analysis.attribution.lexicon import CUE_CLASSES, SOURCE_TYPES
from analysis.evidence import newcombe_interval, wilson_interval
from analysis.positions import Positions
from analysis.schema import each_article
from analysis.tables import ATTRIBUTION_COUNTS, BODY_KINDS, SENTENCES, SOURCES
from analysis.text import split_words

KINDS = ("direct", "indirect", "mixed")
#: What is counted, with its categories in the order in which they are shown.
DIMENSIONS = {"kind": KINDS, "source_type": SOURCE_TYPES, "cue_class": (*CUE_CLASSES, "no cue")}


def attribution_counts(
    articles: pd.DataFrame, sentences: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame
) -> pd.DataFrame:
    """Count the statements of each group by kind, source type and cue class, and the sentences that carry any.

    Every category has a row in every group, so that none found is a figure and not a gap.

    Parameters
    ----------
    articles, sentences, attributions, spans : DataFrame
        ARTICLES (with `group`), SENTENCES, ATTRIBUTIONS and SPANS.

    Returns
    -------
    DataFrame
        ATTRIBUTION_COUNTS, groups in the order of `articles`, with Wilson's interval for each share and
        Newcombe's for its difference from all other groups together.

    References
    ----------
    E. B. Wilson 1927, Probable inference, the law of succession, and statistical inference;
    R. G. Newcombe 1998, Interval estimation for the difference between independent proportions, method 10.
    """
    groups = articles.set_index("article_id")["group"]
    order = list(dict.fromkeys(articles["group"]))
    statements = attributions[attributions["act"] == "statement"]
    body = sentences[sentences["kind"].isin(BODY_KINDS)]
    carrying = attributed_sentences(body, statements, spans)
    counts: list[tuple[str, str, dict[str, int], dict[str, int]]] = [
        ("sentences", "attributed", _by_group(carrying, groups), _by_group(body, groups))
    ]
    totals = _by_group(statements, groups)
    for dimension, categories in DIMENSIONS.items():
        values = statements[dimension].fillna("no cue" if dimension == "cue_class" else "none")
        for category in categories:
            counts.append((dimension, category, _by_group(statements[values == category], groups), totals))
    rows = [
        (group, dimension, category, *_compare(group, order, hits, of))
        for group in order
        for dimension, category, hits, of in counts
    ]
    return ATTRIBUTION_COUNTS.frame(rows)


def _by_group(rows: pd.DataFrame, groups: pd.Series) -> dict[str, int]:
    return {str(group): n for group, n in rows["article_id"].map(groups).value_counts().items()}


def _compare(group: str, order: list[str], hits: dict[str, int], of: dict[str, int]) -> tuple[float, ...]:
    """Count, total, share and intervals of one group against the rest; undefined is NaN."""
    n, total = hits.get(group, 0), of.get(group, 0)
    n_rest = sum(hits.get(other, 0) for other in order if other != group)
    total_rest = sum(of.get(other, 0) for other in order if other != group)
    nan = float("nan")
    share = n / total if total else nan
    lower, upper = (float(end) for end in wilson_interval(n, total)) if total else (nan, nan)
    if not total or not total_rest:
        return n, total, share, lower, upper, nan, nan, nan
    low, high = (float(end) for end in newcombe_interval(n, total, n_rest, total_rest))
    return n, total, share, lower, upper, share - n_rest / total_rest, low, high


def attributed_sentences(sentences: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Keep the sentences that overlap a span of any of these attributions.

    Parameters
    ----------
    sentences, attributions, spans : DataFrame
        SENTENCES, ATTRIBUTIONS and SPANS.

    Returns
    -------
    DataFrame
        Rows of `sentences`, in their order.
    """
    key = ["article_id", "attribution"]
    pairs = spans.merge(attributions[key], on=key).merge(sentences, on="article_id", suffixes=("", "_of_sentence"))
    touching = pairs[(pairs["start"] < pairs["end_of_sentence"]) & (pairs["end"] > pairs["start_of_sentence"])]
    carrying = pd.MultiIndex.from_frame(touching[["article_id", "sentence"]])
    return sentences[pd.MultiIndex.from_frame(sentences[["article_id", "sentence"]]).isin(carrying)]


def sources_by_group(
    articles: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame, sentences: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the statements and the words given to each source, as it is written, and find where it first has one.

    Parameters
    ----------
    articles, attributions, spans : DataFrame
        ARTICLES (with `group`), ATTRIBUTIONS and SPANS.
    sentences : DataFrame, optional
        SENTENCES; without them no position is given.

    Returns
    -------
    DataFrame
        SOURCES, groups in the order of `articles`, most words first, ties by name; without named sources, empty.
    """
    words, places = [], []
    nothing = SENTENCES.frame() if sentences is None else sentences
    for article, own_spans, own_sentences in each_article(articles, spans, nothing):
        positions = Positions(article.text, own_sentences)
        for span in own_spans:
            if span.role == "content":
                words.append(
                    (article.article_id, span.attribution, len(split_words(article.text, span.start, span.end)))
                )
            elif span.role == "source":
                where = (span.start, span.end, positions.of(span.start))
                places.append((article.article_id, span.attribution, *where))
    key = ["article_id", "attribution"]
    per_content = pd.DataFrame(words, columns=[*key, "n_words"])
    per_statement = per_content.groupby(key, as_index=False)["n_words"].sum()
    first = pd.DataFrame(places, columns=[*key, "start", "end", "position"]).sort_values([*key, "start"])
    statements = attributions[(attributions["act"] == "statement") & attributions["source"].notna()]
    statements = statements.merge(per_statement, on=key, how="left").merge(first.drop_duplicates(key), on=key)
    statements = statements.merge(articles[["article_id", "group"]], on="article_id")
    statements = statements.assign(source=statements["source"].str.split().str.join(" "))
    statements = statements.assign(folded=statements["source"].str.casefold())
    by = ["group", "folded", "source_type"]  # "Critics" and "critics" are one source
    found = statements.groupby(by, as_index=False).agg(n=("attribution", "size"), n_words=("n_words", "sum"))
    earliest = statements.sort_values(["position", "start"], kind="stable").drop_duplicates(by)
    found = found.merge(earliest[[*by, "source", "article_id", "start", "end", "sentence", "position"]], on=by)
    place = {group: number for number, group in enumerate(dict.fromkeys(articles["group"]))}
    found = found.sort_values(["n_words", "folded", "source_type"], ascending=[False, True, True])
    found = found.sort_values("group", key=lambda column: column.map(place), kind="stable")
    return SOURCES.frame({name: found[name] for name in SOURCES.names})
