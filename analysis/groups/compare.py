"""Compare the groups of a corpus: terms, reading, sources, with the article as the unit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.copies.by_group import copies_by_group
from analysis.copies.find import find_copies
from analysis.events.find import find_events
from analysis.groups.excerpts import find_excerpts
from analysis.groups.place import Placed, place_corpus, smaller_groups
from analysis.groups.readability import count_foreign, group_readability
from analysis.groups.sources import group_sources, statements_by_group
from analysis.groups.terms import count_family, group_keyness, top_terms
from analysis.inputs.files import accept
from analysis.measured import Measured
from analysis.settings import ACCEPTED, check_numbers
from analysis.voices import chosen_voices

#: Deals of the gate: enough for an adjusted p of a thousandth.
PERMUTATIONS = 999
#: Sets of copies and events, each, whose opening is quoted.
OPENINGS = 10


def compare_groups(
    measured: Measured,
    *,
    group_by: str = "outlet",
    voices: str = "all",
    stop_words: str = "out",
    min_count: int = 5,
    seed: int = 1,
    permutations: int = PERMUTATIONS,
    copies: str = "once",
) -> dict[str, pd.DataFrame]:
    """Compare the groups of a corpus, each against all others together.

    Parameters
    ----------
    measured : Measured
        What `measure` has written.
    group_by : str
        The column whose values are compared, or `month` or `year` of the stated date.
    voices : str
        "all", or the voices whose words are counted, joined by commas.
    stop_words : {"out", "in"}
        Whether stop words may be tested.
    min_count : int
        Fewest uses, in all articles counted, of a term that is tested.
    seed : int
        Where the random deals start.
    permutations : int
        Deals of the evidence gate.
    copies : {"once", "all"}
        Whether of the copies of one text only one counts in each group, or each is evidence of its own.

    Returns
    -------
    dict of str to DataFrame
        `groups`, `smaller_groups`, `group_keyness`, `group_limits`, `group_readability`, `group_sources`,
        `group_excerpts`; those of `find_copies` and `find_events`; and `articles` and `sentences`, of those that are
        quoted only.

    Raises
    ------
    InputError
        There is no such column, fewer than two groups, or no such voice.
    """
    check_numbers(seed, min_count)
    stopped = accept("stop_words", stop_words, ACCEPTED["stop_words"]) == "in"
    chosen = chosen_voices(voices)
    once = accept("copies", copies, ACCEPTED["copies"]) == "once"
    found = find_copies(measured)
    placed = place_corpus(measured, group_by, found.articles if once else _each_by_itself(measured))
    counting: dict[str, Any] = {"min_count": min_count, "stop_words": stopped, "voices": chosen}
    terms, about = _compare_terms(measured, placed, counting, permutations=permutations, seed=seed)
    reading = group_readability(measured, placed)
    sources = group_sources(measured, placed)
    scored = reading.groupby("group")["n_articles"].max()
    names = placed.groups["group"]
    counted: dict[str, Any] = {
        "n_words": terms["group_limits"]["n_words"],
        "n_scored": names.map(scored),
        "n_foreign": count_foreign(measured, placed),
        "n_statements": names.map(statements_by_group(sources)),
        "terms": pd.Series(about, dtype="str"),
    }
    tables = {
        "groups": placed.groups.assign(**counted), "smaller_groups": smaller_groups(placed), **terms,
        "group_readability": reading, "group_sources": sources,
    }  # fmt: skip
    shared = copies_by_group(measured, found, placed.every) | find_events(measured, placed.every, found.articles)
    openings = pd.concat([shared[name][["article_id", "start"]].head(OPENINGS) for name in ("copy_clusters", "events")])
    return {**tables, **shared, **find_excerpts(measured, placed, terms["group_keyness"], openings, voices=chosen)}


def _compare_terms(
    measured: Measured, placed: Placed, counting: dict[str, Any], **drawn: int
) -> tuple[dict[str, pd.DataFrame], list[str | None]]:
    """Compare the terms of groups, and say what each is about; the uses of every article are held no longer."""
    family = count_family(measured, placed, **counting)
    return group_keyness(placed, family, **drawn), top_terms(placed, family)


def _each_by_itself(measured: Measured) -> pd.DataFrame:
    """Every article as the only one of its set of copies."""
    return measured.query("SELECT article_id, article_id AS cluster FROM articles")
