"""Whether two texts report one event: the rule gone through by hand, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.folding import lines
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.overlap.common import shared_actors, shared_figures, shared_topic
from analysis.overlap.days import compare_days, first_day
from analysis.overlap.event import ACTORS, FIGURES, PAIRS, VERSIONS_FROM
from analysis.overlap.runs import SHINGLE
from analysis.pipeline import compare_articles
from analysis.schema import each_article, rows_of
from analysis.show.event import ONE_DAY
from analysis.show.shown import Shown

#: What is in both is listed up to so many.
_LISTED = 8


def show_event_steps(tables: Tables) -> Shown:
    """Show the event check of two texts by hand: each piece of evidence, the rule, and the verdict.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    both_of(tables)
    found = compare_articles(tables)
    (given,) = rows_of(found["event_check"])
    rows = [found["facts"], tables["labels"], tables["sentences"]]
    (one, facts, labels, sentences), (other, facts_there, labels_there, sentences_there) = each_article(
        tables["articles"], *rows
    )
    names = article_names(tables["articles"])
    name, other_name = names[one.article_id].value, names[other.article_id].value
    days = [first_day(article.text, own) for article, own in ((one, facts), (other, facts_there))]
    relation = compare_days(days[0], days[1])
    figures = shared_figures(facts, facts_there)
    actors = shared_actors(labels, labels_there)
    topic = shared_topic((one.text, other.text), (sentences, sentences_there), (labels, labels_there))
    n_pairs = len(found["aligned"])
    specific = sum(actor.kind != "state" for actor in actors)
    against = [row for row in rows_of(found["event_evidence"]) if row.bearing == "against"]
    dated = relation == "agree" or (relation == "weekdays agree" and len(figures) >= FIGURES)
    named = len(actors) >= ACTORS and specific > 0
    prose = [row for row in rows_of(found["overlap"]) if row.part == "prose" and row.n_shingles]
    versions = any(row.n_shared / row.n_shingles >= VERSIONS_FROM for row in prose)
    alike = versions or (dated and named and n_pairs >= PAIRS)
    of_states = len(actors) >= ACTORS and len(topic) >= ACTORS
    related = versions or n_pairs >= PAIRS or named or of_states
    if not given.one_language:
        verdict = "unclear"
    elif alike and not against:
        verdict = "same"
    else:
        verdict = "related" if related else "unclear"
    told = [
        f"1. First days: {name} gives {_day(one.text, days[0])}, {other_name} {_day(other.text, days[1])}: "
        f"{ONE_DAY[relation]}. Figures in both: {_listed([each.item for each in figures])}. One day, to the date or by "
        f"the weekday and {FIGURES} figures? {_yes(dated)}.",
        f"2. Actors in both: {_listed([f'{each.item} ({each.kind})' for each in actors])}. {ACTORS} or more, not all "
        f"of them states? {_yes(named)}.",
        f"3. Sentences that say much the same: {how_many(n_pairs, 'pair')}. {PAIRS} or more? {_yes(n_pairs >= PAIRS)}.",
        f"4. Share of one's prose that stands in the other: {_shares(prose, names)}. From {VERSIONS_FROM} on they are "
        f"versions of one text. Are they? {_yes(versions)}.",
        f"5. Against one event: {_listed([f'{row.kind}: {row.item}' for row in against])}. "
        f"Nothing? {_yes(not against)}.",
        f"6. Words of both openings, names left out: {_listed([each.item for each in topic])}. {ACTORS} or more actors "
        f"and {ACTORS} or more such words? {_yes(of_states)}.",
        *_only(found["actors_only"], names),
        "“Same” takes a yes to 1, 2 and 3, or to 4, and in either case to 5. Else “related” takes a yes to any of "
        "2, 3, 4 and 6, whatever is against it. All else is “unclear”"
        f"{'' if given.one_language else '; so are texts that are not both English, whatever they share'}.",
        f"By hand: {verdict}. By the function: {given.verdict}.",
    ]
    return lines(*told)


def _day(text: str, day: Any | None) -> str:
    return "none" if day is None else f"“{' '.join(text[day.start : day.end].split())}”"


def _yes(holds: bool) -> str:
    return "Yes" if holds else "No"


def _shares(prose: Sequence[Any], names: Any) -> str:
    """The share of each text's runs of words that the other has too."""
    told = [
        f"{row.n_shared:,} / {row.n_shingles:,} runs of {SHINGLE} words = "
        f"{format_value(row.n_shared / row.n_shingles, '.2f')} of {names[row.article_id].value}"
        for row in prose
    ]
    return ", ".join(told) or f"neither has a run of {SHINGLE} words"


def _listed(items: Sequence[str]) -> str:
    more = f" and {len(items) - _LISTED} more" if len(items) > _LISTED else ""
    return f"{len(items)} ({', '.join(items[:_LISTED])}{more})" if items else "none"


def _only(rows: Any, names: Any) -> list[str]:
    """Who is named in one text only, and in how many words of the other that is not found."""
    return [
        f"{row.actor}: {how_many(row.n, 'use')} in {names[row.article_id].value}, not found in "
        f"{names[row.other_id].value} ({how_many(row.n_words_searched, 'word')} searched)."
        for row in rows_of(rows)
    ]
