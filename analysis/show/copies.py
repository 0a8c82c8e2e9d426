"""Copies of one text, and events, across the groups of a corpus: each with its opening, its articles and its groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.claim import Claim, format_value
from analysis.claims.corpus.cells import named_groups
from analysis.copies.alike import CONTAINMENT, JACCARD
from analysis.events.gather import ALIKE, DAYS
from analysis.groups.compare import OPENINGS
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, joined, remark, show_table

#: As many articles of a set or an event are named.
_ARTICLES = 12


def show_copies(claims: Sequence[Claim], tables: Tables) -> Shown:
    """Show how many articles of each group are copies, and the largest sets with their openings and articles."""
    names = {group: name.value for group, name in named_groups(tables).items()}
    rows = tables["copies_by_group"]
    columns = {
        "name": "Group", "n_articles": "Articles", "n_compared": "Compared", "n_copies": "With a copy",
        "n_elsewhere": "With one in another group", "n_set_aside": "Set aside",
    }  # fmt: skip
    caption = (
        f"Copies: {format_value(JACCARD, '%')} % of the runs of five words in common, or "
        f"{format_value(CONTAINMENT, '%')} % of those of the shorter text"
    )
    parts = [show_table(rows.assign(name=rows["group"].map(names)), columns, caption)]
    shared = tables["shared_copies"]
    if len(shared):
        shared = shared.assign(name=shared["group"].map(names), other_name=shared["other"].map(names))
        columns = {
            "name": "Group",
            "other_name": "Other group",
            "n_clusters": "Texts in both",
            "n_articles": "Articles",
        }
        parts.append(show_table(shared, columns, "Texts that two groups have; articles are those of the first"))
    clusters = tables["copy_clusters"].head(OPENINGS)
    own = tables["copies"].assign(name=tables["copies"]["group"].map(names))
    told = [
        (
            row,
            f"{row.n_articles} articles with {_texts(row.n_texts)}{_days(row)}, in {how_many(row.n_groups, 'group')}",
            [_copy(article) for article in rows_of(own[own["cluster"] == row.cluster])],
        )
        for row in rows_of(clusters)
    ]
    parts.append(_listed(told, claims, tables, _placed(tables, tables["copy_clusters"].head(0))))
    return joined(parts)


def show_events(claims: Sequence[Claim], tables: Tables) -> Shown:
    """Show how many events each group has articles on, and those in the most groups: what was found or searched."""
    names = {group: name.value for group, name in named_groups(tables).items()}
    rows = tables["events_by_group"]
    columns = {
        "name": "Group", "n_articles": "Articles", "n_dated": "Dated", "n_on_events": "On an event",
        "n_events": "Events found", "n_searched": "Events searched for", "n_alone": "Found in no other group",
    }  # fmt: skip
    caption = (
        f"Events: two articles or more, alike from a mean cosine of {ALIKE:.2f}; at most {DAYS} days lie between a "
        "dated one and the next"
    )
    parts = [show_table(rows.assign(name=rows["group"].map(names)), columns, caption)]
    events = tables["events"].head(OPENINGS)
    coverage = tables["event_coverage"].assign(name=tables["event_coverage"]["group"].map(names))
    own = tables["event_articles"].assign(name=tables["event_articles"]["group"].map(names))
    told = [
        (
            row,
            f"{row.n_articles} articles{_days(row)}; terms: {row.terms}. "
            + "; ".join(_covered(one) for one in rows_of(coverage[coverage["event"] == row.event])),
            [
                f"{article.article_id} ({article.name}{_day(article)})"
                for article in rows_of(own[own["event"] == row.event])
            ],
        )
        for row in rows_of(events)
    ]
    parts.append(_listed(told, claims, tables, _placed(tables, tables["copy_clusters"].head(OPENINGS))))
    return joined(parts)


def _texts(n: int) -> str:
    return "the same text" if n == 1 else f"{n} different texts"


def _days(row: Any) -> str:
    if not isinstance(row.first_day, str):
        return ", no date stated"
    return f", {row.first_day}" if row.first_day == row.last_day else f", {row.first_day} to {row.last_day}"


def _day(article: Any) -> str:
    return f", {article.day}" if isinstance(article.day, str) else ""


def _copy(article: Any) -> str:
    aside = "" if article.counted else ", set aside"
    share = format_value(article.containment, "%")
    return f"{article.article_id} ({article.name}{_day(article)}, {share} % in common{aside})"


def _covered(row: Any) -> str:
    if row.n_articles:
        return f"{row.name}: {row.n_articles} of {row.n_searched}"
    searched = f"{how_many(row.n_searched, 'article')}, {how_many(row.n_words_searched, 'word')} searched"
    return f"{row.name}: not found ({searched})"


def _placed(tables: Tables, shown: pd.DataFrame) -> set[tuple[str, int]]:
    """Which sentences already stand in the page where claims lead to, by article and start."""
    excerpts = tables["group_excerpts"]
    placed = {(row.article_id, int(row.sentence_start)) for row in rows_of(excerpts)}
    return placed | {(row.article_id, int(row.start)) for row in rows_of(shown)}


def _listed(
    told: Iterable[tuple[Any, str, list[str]]], claims: Sequence[Claim], tables: Tables, placed: set[tuple[str, int]]
) -> Shown:
    """Each set or event under its opening, with its articles folded away; claims that quote it lead here."""
    told = list(told)
    if not told:
        return remark("None found.")
    regions = pd.DataFrame({"kind": [], "article_id": [], "start": []})
    anchors = Anchors(dict(tables) | {"regions": regions}, claims, whole=False)
    html, text = [], []
    for row, what, articles in told:
        anchor = anchors.first(row.article_id, row.start, row.end)
        fresh = anchor is not None and (row.article_id, int(row.start)) not in placed
        placed.add((row.article_id, int(row.start)))
        own = Markup(' id="{}"').format(anchor) if fresh else Markup("")
        opening = " ".join(str(row.opening).split())
        more = f" and {len(articles) - _ARTICLES} more" if len(articles) > _ARTICLES else ""
        names = "; ".join(articles[:_ARTICLES]) + more
        back = [
            Markup('<a href="#claim-{}" aria-label="claim {} of the summary">{}</a>').format(claim, number, number)
            for number, claim in (anchors.cited.get(anchor, []) if fresh and anchor else [])
        ]
        marks = Markup('<sup class="back">{}</sup>').format(Markup(" ").join(back)) if back else Markup("")
        html.append(
            Markup("<li{}><bdi>“{}”</bdi>{} {}<details><summary>Articles</summary>{}</details></li>").format(
                own, opening, marks, what, names
            )
        )
        text.append(f"“{opening}” {what}\n  {names}")
    return Shown(str(Markup("<ol>{}</ol>").format(Markup("").join(html))), "\n".join(text))
