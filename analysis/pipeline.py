"""Compose a run: measure each article, compare the groups, check how far what was found holds.

Charts and sentences see only the tables that come out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.attribution.counts import attribution_counts
from analysis.attribution.given import sources_by_group
from analysis.corpus import assign_groups
from analysis.coverage import coverage
from analysis.inputs.files import InputError, accept
from analysis.keyness import keyness
from analysis.labels import label_ledger
from analysis.measures import measure_otherwise
from analysis.overlap import compare_overlap
from analysis.passages import all_passages
from analysis.placebo import placebo
from analysis.readability import COMPARED, readability_by_group
from analysis.robustness import robustness
from analysis.settings import ACCEPTED, check_numbers, check_settings
from analysis.sides import foreign_groups
from analysis.syllables import syllable_source
from analysis.tables import READABILITY_BY_GROUP
from analysis.terms import all_forms, commonest_forms
from analysis.voices import BOILERPLATE, chosen_voices
from analysis.wording import wording_by_group
from analysis.wording_lists import read_wording

#: Random draws of every run: enough for an adjusted p of a thousandth, and for percentiles of intervals.
PERMUTATIONS, DRAWS = 4999, 2000


def choose_article(articles: pd.DataFrame, article_id: str = "") -> pd.DataFrame:
    """Keep one article of ARTICLES: the one with this id, the first if it is empty.

    Raises
    ------
    InputError
        No article has this id; the message lists those there are.
    """
    if article_id and article_id not in set(articles["article_id"]):
        raise InputError(f"no article has the id {article_id!r}; there are {', '.join(articles['article_id'])}")
    chosen = articles[articles["article_id"] == article_id] if article_id else articles.head(1)
    return chosen.reset_index(drop=True)


def run_settings(**settings: Any) -> dict[str, Any]:
    """Check a run's settings, and complete them with what is no parameter: the syllable source, the numbers of draws.

    Raises
    ------
    InputError
        A setting is not accepted, or a file that it names cannot be read: said before anything is measured.
    """
    check_settings(settings)
    return {**settings, "syllables": syllable_source(), "permutations": PERMUTATIONS, "draws": DRAWS}


def compare(
    measures: Mapping[str, pd.DataFrame],
    *,
    group_by: str = "",
    voices: str = "all",
    stop_words: str = "out",
    min_count: int = 3,
    unit: str = "sentence",
    wording: str = "",
    seed: int = 1,
) -> dict[str, pd.DataFrame]:
    """Compare the groups of ARTICLES, each against all others.

    Parameters
    ----------
    measures : dict of str to DataFrame
        What `measure` gives.
    group_by : str
        The column of ARTICLES whose values are compared; empty: each article by itself.
    voices : str
        "all", or the voices whose words are counted, joined by commas.
    stop_words : {"out", "in"}
        Whether stop words may be tested.
    min_count : int
        Fewest uses, in all groups together, of a term that is tested.
    unit : {"sentence", "paragraph"}
        What is drawn at random where every group is one article.
    wording : str
        The file of two-sided lists that `measure` was given.
    seed : int
        Where the random draws start.

    Returns
    -------
    dict of str to DataFrame
        `articles` with its groups, `surface_forms`, `keyness`, `keyness_author`, `detectable`, `detectable_author`,
        `readability_by_group`, `attribution_counts`, `sources`, `label_ledger`, `wording`, `wording_counts`, those of
        `compare_overlap`, and `coverage`.

    Raises
    ------
    InputError
        There is no such column, fewer than two groups, or no such voice.
    """
    articles = assign_groups(measures["articles"], group_by or None)
    grouped = {**measures, "articles": articles}
    return {
        "articles": articles,
        "surface_forms": commonest_forms(articles, find_forms(measures, voices)),
        **compare_terms(grouped, voices=voices, stop_words=stop_words, min_count=min_count, unit=unit, seed=seed),
        **compare_texts(grouped, unit=unit, wording=wording, seed=seed),
        **compare_articles(grouped),
        "coverage": coverage(grouped),
    }


def find_forms(measures: Mapping[str, pd.DataFrame], voices: str = "all") -> pd.DataFrame:
    """Find every form of every term of up to three words: what `all_forms` gives.

    What is set aside as boilerplate is looked at only where its voice is chosen.
    """
    articles, sentences = measures["articles"], measures["sentences"]
    if BOILERPLATE in chosen_voices(voices):
        sentences = all_passages(articles, sentences, measures["regions"])
    return all_forms(articles, sentences, max_order=3)


def compare_terms(
    measures: Mapping[str, pd.DataFrame],
    *,
    voices: str = "all",
    stop_words: str = "out",
    min_count: int = 3,
    unit: str = "sentence",
    seed: int = 1,
) -> dict[str, pd.DataFrame]:
    """Compare the words of the groups: the part of `compare` for which it matters whose words are counted.

    Parameters
    ----------
    measures : mapping of str to DataFrame
        What `measure` gives, its articles in their groups.
    voices, stop_words, min_count, unit, seed
        As in `compare`.

    Returns
    -------
    dict of str to DataFrame
        `keyness`, `keyness_author`, `detectable` and `detectable_author`.

    Raises
    ------
    InputError
        There is no such voice, or another setting is not accepted.
    """
    articles, chosen = measures["articles"], chosen_voices(voices)
    passages = all_passages(articles, measures["sentences"], measures["regions"])
    tested: dict[str, Any] = {
        "stop_words": accept("stop_words", stop_words, ACCEPTED["stop_words"]) == "in",
        "min_count": min_count,
        **_drawn(unit, seed, min_count),
    }
    terms = author = keyness(articles, passages, measures["sentence_terms"], voices=chosen, **tested)
    if chosen != ("author",):
        author = keyness(articles, passages, measures["sentence_terms"], voices=("author",), **tested)
    return {
        "keyness": terms[0],
        "keyness_author": author[0],
        "detectable": terms[1],
        "detectable_author": author[1],
    }


def compare_texts(
    measures: Mapping[str, pd.DataFrame], *, unit: str = "sentence", wording: str = "", seed: int = 1
) -> dict[str, pd.DataFrame]:
    """Compare how hard the groups read, whom they cite, and what they call whom.

    Parameters
    ----------
    measures : mapping of str to DataFrame
        What `measure` gives, its articles in their groups.
    unit, wording, seed
        As in `compare`.

    Returns
    -------
    dict of str to DataFrame
        Those of `compare` from `readability_by_group` to `wording_counts`.
    """
    names = ("articles", "sentences", "attributions", "spans", "labels", "notes")
    articles, sentences, attributions, spans, labels, notes = (measures[name] for name in names)
    lists = read_wording(wording)
    return {
        "readability_by_group": _compare_readability(articles, sentences, notes, _drawn(unit, seed)),
        "attribution_counts": attribution_counts(articles, sentences, attributions, spans),
        "sources": sources_by_group(articles, attributions, spans, sentences, labels),
        "label_ledger": label_ledger(articles, labels),
        "wording": lists,
        "wording_counts": wording_by_group(articles, lists, measures["loaded_wording"]),
    }


def compare_articles(measures: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Compare the articles two by two, where that is done: what `compare_overlap` gives.

    Of the groups it only matters whether they keep that from being done.
    """
    return compare_overlap(*(measures[name] for name in ("articles", "sentences", "voices", "labels", "notes")))


def _drawn(unit: str, seed: int, min_count: int = 1) -> dict[str, Any]:
    """What every random draw of a run is given."""
    check_numbers(seed, min_count)
    accepted = accept("unit", unit, ACCEPTED["unit"])
    return {"unit": accepted, "seed": seed, "permutations": PERMUTATIONS, "draws": DRAWS}


def check(
    articles: pd.DataFrame, tables: Mapping[str, pd.DataFrame], settings: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Check how far the findings of a comparison hold: against chance, other choices, and without one paragraph.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES as they were read.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    settings : mapping
        The run's settings, of `run_settings`.

    Returns
    -------
    dict of str to DataFrame
        `placebo` and `placebo_by_group`; `analyses`, `findings_by_analysis` and `robustness`.
    """
    chosen = {name: settings[name] for name in ("voices", "stop_words", "min_count", "unit", "seed")}
    clean = str(settings["clean"])
    other = "off" if clean == "on" else "on"
    measured = measure_otherwise(
        articles, tables, clean=other, attribution=settings["attribution"], corrections=tables["corrections"]
    )
    grouped = tables["articles"]
    passages = all_passages(grouped, tables["sentences"], tables["regions"])
    by_chance, by_group = placebo(
        grouped,
        passages,
        tables["sentence_terms"],
        **chosen | {"voices": chosen_voices(settings["voices"]), "stop_words": settings["stop_words"] == "in"},
    )
    return {
        "placebo": by_chance,
        "placebo_by_group": by_group,
        **robustness(
            {clean: tables, other: measured},
            tables,
            clean=clean,
            permutations=settings["permutations"],
            draws=settings["draws"],
            **chosen,
        ),
    }


def _compare_readability(
    articles: pd.DataFrame, sentences: pd.DataFrame, notes: pd.DataFrame, drawn: Mapping[str, Any]
) -> pd.DataFrame:
    """Compare the groups whose texts are all English; the others stand with every figure missing."""
    compared = articles[~articles["group"].isin(foreign_groups(articles, notes))]
    table = READABILITY_BY_GROUP.frame()
    if len(compared):
        table = readability_by_group(compared, sentences, **drawn)
    missing = [group for group in dict.fromkeys(articles["group"]) if group not in set(table["group"])]
    blank = [float("nan")] * (len(READABILITY_BY_GROUP.names) - 3)
    rows = [(group, metric, *blank, 0) for group in missing for metric in COMPARED]
    whole = pd.concat([table, READABILITY_BY_GROUP.frame(rows)])
    return READABILITY_BY_GROUP.frame({name: whole[name].tolist() for name in READABILITY_BY_GROUP.names})
