"""How often each group of articles gives whom a voice, and in which words.

Statements that were made are counted. Those that were not ("did not say", "would say", "refused to say") and attitudes
(beliefs, wishes, feelings) are not, and stand apart in `attributions`. Counts are given with the doubtful ones and
without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import pandas as pd

from analysis.attribution.lexicon import CUE_CLASSES, SOURCE_TYPES
from analysis.evidence import newcombe_interval, wilson_interval
from analysis.inputs.files import accept
from analysis.schema import rows_of
from analysis.tables import ATTRIBUTION_COUNTS, BODY_KINDS

KINDS = ("direct", "indirect", "mixed")
ACTS = ("statement", "attitude")
#: An attribution with a confidence below this is doubtful: more likely wrong than right in its source or its content.
SURE = 0.5
#: What is counted, with its categories in the order in which they are shown.
DIMENSIONS = {"kind": KINDS, "source_type": SOURCE_TYPES, "cue_class": (*CUE_CLASSES, "no cue")}


#: What can count as a statement.
STATEMENTS = {
    "asserted": "statements that were made",
    "sure": "statements that were made and are not doubtful",
    "attitudes": "statements that were made, and beliefs and wishes",
    "unmade": "statements that were made, and what somebody did not or would say",
    "nested": "statements that were made, those inside another's words too",
    "all": "all attributions",
}


def asserted_statements(attributions: pd.DataFrame) -> pd.DataFrame:
    """Keep the statements that were made: in ATTRIBUTIONS, those that are asserted, and not inside another's words."""
    made = (attributions["act"] == "statement") & (attributions["modality"] == "asserted")
    return attributions[made & attributions["nested_in"].isna()]


def is_doubtful(attributions: pd.DataFrame) -> pd.Series:
    """Whether each attribution is doubtful; one by hand, which has no confidence, is not.

    Examples
    --------
    >>> is_doubtful(pd.DataFrame({"confidence": [0.49, 0.5, float("nan")]})).tolist()
    [True, False, False]
    """
    return attributions["confidence"] < SURE


def without_doubtful(attributions: pd.DataFrame) -> pd.DataFrame:
    """Keep the attributions that are not doubtful."""
    return attributions[~is_doubtful(attributions)]


def counted_as(attributions: pd.DataFrame, statements: str = "asserted") -> pd.DataFrame:
    """Choose what counts as a statement, by making the others look like one or leaving the doubtful ones out.

    Only for counting: the rows say of the others what they are not.

    Parameters
    ----------
    attributions : DataFrame
        ATTRIBUTIONS.
    statements : str
        One of `STATEMENTS`.

    Raises
    ------
    InputError
        It is none of them.
    """
    accept("statements", statements, tuple(STATEMENTS))
    if statements == "sure":
        return without_doubtful(attributions)
    changed: dict[str, str | float] = {}
    if statements in ("attitudes", "all"):
        changed["act"] = "statement"
    if statements in ("unmade", "all"):
        changed["modality"] = "asserted"
    if statements in ("nested", "all"):
        changed["nested_in"] = float("nan")
    kept = {name: attributions[name].dtype for name in changed}
    return attributions.assign(**changed).astype(kept)


def attribution_counts(
    articles: pd.DataFrame, sentences: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame
) -> pd.DataFrame:
    """Count the statements of each group by kind, source type and cue class, and the sentences that carry any.

    Every category has a row in every group, so that none found is a figure and not a gap. Shares and intervals are of
    all statements, the doubtful ones too.

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
    groups = dict(zip(articles["article_id"], articles["group"], strict=True))
    order = list(dict.fromkeys(articles["group"]))
    statements = asserted_statements(attributions)
    body = sentences[sentences["kind"].isin(BODY_KINDS)]
    sure = without_doubtful(statements)
    carrying, surely = (_by_group(attributed_sentences(body, made, spans), groups) for made in (statements, sure))
    counts = [("sentences", "attributed", carrying, surely, _by_group(body, groups))]
    totals = _by_group(statements, groups)
    for dimension, categories in DIMENSIONS.items():
        missing = "no cue" if dimension == "cue_class" else "none"
        all_found, all_known = (_by_category(rows, dimension, missing, groups) for rows in (statements, sure))
        counts += [(dimension, category, all_found[category], all_known[category], totals) for category in categories]
    rows = [
        (group, dimension, category, found.get(group, 0), known.get(group, 0), *_compare(group, order, found, of))
        for group in order
        for dimension, category, found, known, of in counts
    ]
    return ATTRIBUTION_COUNTS.frame(rows)


def _by_group(rows: pd.DataFrame, groups: Mapping[str, str]) -> Counter[str]:
    return Counter(groups[article_id] for article_id in rows["article_id"].tolist())


def _by_category(
    rows: pd.DataFrame, dimension: str, missing: str, groups: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Count the rows of each group in each category of a dimension; those without one are in `missing`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, category in zip(rows["article_id"].tolist(), rows[dimension].tolist(), strict=True):
        counts[category if isinstance(category, str) else missing][groups[article_id]] += 1
    return counts


def _compare(group: str, order: list[str], hits: dict[str, int], of: dict[str, int]) -> tuple[float, ...]:
    """Total, share and intervals of one group against the rest; undefined is NaN."""
    n, total = hits.get(group, 0), of.get(group, 0)
    n_rest = sum(hits.get(other, 0) for other in order if other != group)
    total_rest = sum(of.get(other, 0) for other in order if other != group)
    nan = float("nan")
    share = n / total if total else nan
    lower, upper = (float(end) for end in wilson_interval(n, total)) if total else (nan, nan)
    if not total or not total_rest:
        return total, share, lower, upper, nan, nan, nan
    low, high = (float(end) for end in newcombe_interval(n, total, n_rest, total_rest))
    return total, share, lower, upper, share - n_rest / total_rest, low, high


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
    wanted = set(zip(attributions["article_id"], attributions["attribution"], strict=True))
    places: dict[str, list[tuple[int, int]]] = {}
    for row in rows_of(spans):
        if (row.article_id, row.attribution) in wanted:
            places.setdefault(row.article_id, []).append((row.start, row.end))
    # Where the spans of an article begin, in order, and how far those that have begun by then reach.
    begun = {article_id: [start for start, _ in sorted(own)] for article_id, own in places.items()}
    reach = {article_id: list(accumulate((end for _, end in sorted(own)), max)) for article_id, own in places.items()}

    def carries(article_id: str, start: int, end: int) -> bool:
        before = bisect_left(begun.get(article_id, []), end)
        return before > 0 and reach[article_id][before - 1] > start

    columns = (sentences[name].tolist() for name in ("article_id", "start", "end"))
    return sentences[np.array([carries(*row) for row in zip(*columns, strict=True)], dtype=bool)]
