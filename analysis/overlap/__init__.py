"""What articles share and what stands in one only: facts, sentences, runs of words, actors, and the event check.

Single articles are compared two by two; what two of them share, no third can change.
"""

from __future__ import annotations

import pandas as pd

from analysis.overlap.actors import actors_in_one
from analysis.overlap.align import align_sentences
from analysis.overlap.event import check_events
from analysis.overlap.facts import find_facts
from analysis.overlap.pairs import pair_facts
from analysis.overlap.runs import find_overlap
from analysis.tables import ACTORS_ONLY, ALIGNED, EVENT_CHECK, EVENT_EVIDENCE, FACT_PAIRS, FACTS, OVERLAP, SHARED_RUNS

__all__ = ["MOST_ARTICLES", "compare_overlap", "find_facts", "withheld"]

#: As many articles are compared two by two: more pairs would be a list that nobody reads.
MOST_ARTICLES = 8


def withheld(articles: pd.DataFrame) -> str | None:
    """Say why articles are not compared two by two: "groups", "many", "one", or None if they are.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES with `group`.
    """
    if len(articles) < 2:
        return "one"
    if articles["group"].nunique() < len(articles):
        return "groups"
    return "many" if len(articles) > MOST_ARTICLES else None


def compare_overlap(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    voices: pd.DataFrame,
    labels: pd.DataFrame,
    notes: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Compare single articles two by two: what they share, and whether they report one event.

    Parameters
    ----------
    articles, sentences, voices, labels, notes : DataFrame
        ARTICLES with `group`, SENTENCES, VOICES, LABELS and NOTES, which says what is not English.

    Returns
    -------
    dict of str to DataFrame
        `facts`, `aligned`, `fact_pairs`, `shared_runs`, `overlap`, `actors_only`, `event_check` and `event_evidence`;
        all but `facts` are empty where `withheld` gives a reason.
    """
    facts = find_facts(articles, sentences)
    if withheld(articles):
        tables = (ALIGNED, FACT_PAIRS, SHARED_RUNS, OVERLAP, ACTORS_ONLY, EVENT_CHECK, EVENT_EVIDENCE)
        return {FACTS.name: facts} | {table.name: table.frame() for table in tables}
    aligned = align_sentences(articles, sentences)
    runs, overlap = find_overlap(articles, sentences, voices)
    foreign = set(notes.loc[notes["subject"] == "language", "article_id"])
    only = actors_in_one(articles[~articles["article_id"].isin(foreign)], sentences, labels)
    checks, evidence = check_events(articles, sentences, labels, facts, aligned, overlap, only, foreign)
    return {
        "facts": facts,
        "aligned": aligned,
        "fact_pairs": pair_facts(facts, aligned),
        "shared_runs": runs,
        "overlap": overlap,
        "actors_only": only,
        "event_check": checks,
        "event_evidence": evidence,
    }
