"""Whether two articles report one event, and on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from analysis.overlap.common import Shared, most_named, shared_actors, shared_figures, shared_topic
from analysis.overlap.days import compare_days, first_day
from analysis.schema import each_article, rows_of
from analysis.tables import EVENT_CHECK, EVENT_EVIDENCE

#: Publication dates further apart than this speak against one event.
DAYS_APART = 7
#: Figures that both must give if only the weekday agrees, actors and aligned sentences that both must have.
FIGURES, ACTORS, PAIRS = 2, 2, 2
#: Two articles are versions of one text from this share of one's prose that stands in the other.
VERSIONS_FROM = 0.5

#: The column of EVENT_CHECK that counts each kind of common evidence.
COUNTED = {
    "person": "n_people", "state": "n_states", "place": "n_places", "organisation": "n_organisations",
    "event": "n_events", "name": "n_names", "number": "n_numbers", "topic word": "n_topic_words",
}  # fmt: skip


class _Read(NamedTuple):
    """An article and its rows of SENTENCES, FACTS and LABELS."""

    article: Any
    sentences: list[Any]
    facts: list[Any]
    labels: list[Any]


def check_events(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    labels: pd.DataFrame,
    facts: pd.DataFrame,
    aligned: pd.DataFrame,
    overlap: pd.DataFrame,
    only: pd.DataFrame,
    foreign: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge for each two articles whether they report one event: same, related or unclear.

    *Same* needs all of: the first day each gives agrees to the date, or the weekdays agree and at least two figures
    with their unit are in both; at least two actors in both, not all of them states; at least two pairs of aligned
    sentences; and nothing against it. Two versions of one text (half of one's prose or more stands in the other) are
    the same too, unless something is against it. Against it are: first days that differ, publication
    dates more than seven days apart, and, both ways, that the actor most named in one (states aside) is not found in
    the other. *Related* needs two actors in both, not all of them states unless the openings share two content words,
    or two pairs of aligned sentences. All else is *unclear*, and so are two articles that are not both English, since
    names and days are looked for in English only. The rule errs on the side of not saying "same".

    Parameters
    ----------
    articles, sentences, labels, facts, aligned, overlap, only : DataFrame
        ARTICLES, SENTENCES, LABELS, FACTS, ALIGNED, OVERLAP and ACTORS_ONLY.
    foreign : collection of str
        The articles that are not English.

    Returns
    -------
    checks : DataFrame
        EVENT_CHECK, each two articles in their order.
    evidence : DataFrame
        EVENT_EVIDENCE, in the order of EVENT_CHECK.
    """
    read = [_Read(*rows) for rows in each_article(articles, sentences, facts, labels)]
    n_aligned = Counter((row.article_id, row.other_id) for row in rows_of(aligned))
    prose = overlap[overlap["part"] == "prose"]
    contained = {(row.article_id, row.other_id): row.containment for row in rows_of(prose)}
    missing = {(row.article_id, row.other_id, row.actor) for row in rows_of(only)}
    checks, evidence = [], []
    for one, other in combinations(read, 2):
        ids = (one.article.article_id, other.article.article_id)
        days, against = _against(one, other, missing)
        common = _common(one, other)
        counts = Counter(COUNTED[each.kind] for each in common)
        shares = [share for share in (contained[ids], contained[ids[::-1]]) if share == share]  # a number
        share = max(shares, default=float("nan"))
        n = {name: counts[name] for name in COUNTED.values()} | {"n_aligned": n_aligned[ids]}
        n["n_against"] = sum(row[2] == "against" for row in against)
        both_english = not set(ids) & set(foreign)
        versions = share >= VERSIONS_FROM
        checks.append(
            dict(zip(EVENT_CHECK.key, ids, strict=True))
            | {"verdict": _verdict(n, days, versions) if both_english else "unclear", "dates": days, **n}
            | {"version_share": share, "versions": versions, "one_language": both_english}
        )
        evidence += [(*ids, *row) for row in against]
        evidence += [(*ids, each.kind, each.item, "for", *each[2:]) for each in common]
    frame = pd.DataFrame(checks, columns=EVENT_CHECK.names)
    return EVENT_CHECK.frame({name: frame[name] for name in EVENT_CHECK.names}), EVENT_EVIDENCE.frame(evidence)


def _verdict(n: dict[str, int], days: str, versions: bool) -> str:
    specific = n["n_people"] + n["n_organisations"] + n["n_places"] + n["n_events"] + n["n_names"]
    actors = specific + n["n_states"]
    dated = days == "agree" or (days == "weekdays agree" and n["n_numbers"] >= FIGURES)
    alike = versions or (dated and actors >= ACTORS and specific > 0 and n["n_aligned"] >= PAIRS)
    if alike and not n["n_against"]:
        return "same"
    named = actors >= ACTORS and (specific > 0 or n["n_topic_words"] >= ACTORS)
    return "related" if versions or named or n["n_aligned"] >= PAIRS else "unclear"


def _common(one: _Read, other: _Read) -> list[Shared]:
    texts, labels = (one.article.text, other.article.text), (one.labels, other.labels)
    return [
        *shared_actors(*labels),
        *shared_figures(one.facts, other.facts),
        *shared_topic(texts, (one.sentences, other.sentences), labels),
    ]


def _against(one: _Read, other: _Read, missing: Collection[tuple[str, str, str]]) -> tuple[str, list[tuple[Any, ...]]]:
    """How the first days stand to each other, and the rows of evidence that may speak against one event."""
    rows: list[tuple[Any, ...]] = []
    days = [first_day(each.article.text, each.facts) for each in (one, other)]
    relation = compare_days(*days)
    bearing = {"agree": "for", "weekdays agree": "for", "differ": "against"}.get(relation, "open")
    if relation != "none":
        rows.append(("day", "first day", bearing, *_span(days[0]), *_span(days[1])))
    published = [_published(each.article) for each in (one, other)]
    if published[0] and published[1] and abs((published[0] - published[1]).days) > DAYS_APART:
        rows.append(("publication date", "published", "against", *_span(None), *_span(None)))
    most = [most_named(each.labels) for each in (one, other)]
    if most[0] is not None and most[1] is not None:
        ids = (one.article.article_id, other.article.article_id)
        if {(*ids, most[0].actor), (*ids[::-1], most[1].actor)} <= set(missing):
            rows.append(("most named", "most named", "against", *_span(most[0]), *_span(most[1])))
    return relation, rows


def _span(found: Any | None) -> tuple[float, float]:
    return (float("nan"), float("nan")) if found is None else (float(found.start), float(found.end))


def _published(article: Any) -> date | None:
    """The day of publication where it is given as an ISO date; nothing is guessed."""
    try:
        return date.fromisoformat(str(article.published)[:10])
    except ValueError:
        return None
