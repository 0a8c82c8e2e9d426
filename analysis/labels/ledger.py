"""The label ledger: every expression that each group uses for each actor, with its count, voices and first use."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from analysis.evidence import content_order
from analysis.labels.aliases import KINDS
from analysis.schema import rows_of
from analysis.tables import LABEL_LEDGER, LABEL_VOICES

#: Where articles disagree on the kind of a name, the first of these that any of them is certain of.
_KINDS = (*KINDS, "name")


def label_ledger(articles: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Sum the labels of each group by actor and expression.

    The same full name is the same actor in all articles; a surname alone is merged with it only inside an article that
    has both, or by the alias table.

    Parameters
    ----------
    articles, labels : DataFrame
        ARTICLES with `group`, and LABELS; labels of other articles are passed over.

    Returns
    -------
    DataFrame
        LABEL_LEDGER: groups in the order of ARTICLES; actors by their uses in all groups together, then by name;
        expressions by their uses in the group, then in alphabetical order. An actor or expression that a group does
        not use has no row there.
    """
    groups = dict(zip(articles["article_id"], articles["group"], strict=True))
    _, positions = content_order(articles["text"].tolist(), articles["group"].tolist())
    place = {articles["article_id"].iloc[at]: rank for rank, at in enumerate(positions)}
    used: dict[tuple[str, str, str], list[Any]] = {}
    kinds: dict[str, set[str]] = {}
    totals: Counter[str] = Counter()
    for row in rows_of(labels):
        if row.article_id in groups:
            used.setdefault((groups[row.article_id], row.actor, row.expression), []).append(row)
            kinds.setdefault(row.actor, set()).add(row.kind)
            totals[row.actor] += 1
    order = {group: rank for rank, group in enumerate(dict.fromkeys(articles["group"]))}
    rows = []
    for (group, actor, expression), uses in used.items():
        uses.sort(key=lambda row: (row.position, place[row.article_id], row.start))
        first = uses[0]
        voices = Counter(row.voice for row in uses)
        kind = next(kind for kind in _KINDS if kind in kinds[actor])
        surface = Counter(row.surface for row in uses).most_common(1)[0][0]
        counts = (len(uses), *(voices[voice] for voice in LABEL_VOICES))
        where = (first.article_id, first.start, first.end, first.sentence, first.position)
        rows.append((group, actor, kind, expression, first.form, surface, *counts, *where))
    rows.sort(key=lambda row: (order[row[0]], -totals[row[1]], row[1], -row[6], row[3]))
    return LABEL_LEDGER.frame(rows)
