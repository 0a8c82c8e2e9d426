"""Compose the measures: per article first, then per group.

Here alone the modules meet. Regions tell which sentences there are, attributions and quotation marks give every
word its voice, voices go into the term counts; charts and sentences see only the tables that come out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis.attribution import ENGINES, find_attributions
from analysis.attribution.counts import attribution_counts, sources_by_group
from analysis.clean import clean as find_boilerplate
from analysis.corpus import assign_groups
from analysis.coverage import coverage
from analysis.inputs.files import InputError
from analysis.keyness import keyness
from analysis.names import in_order
from analysis.passages import find_sentences, find_voices, language_notes
from analysis.readability import (
    COMPARED,
    add_sentence_counts,
    measure_readability,
    notes_on_readability,
    readability_by_group,
)
from analysis.schema import rows_of
from analysis.syllables import syllable_source
from analysis.tables import METRICS, READABILITY_BY_GROUP
from analysis.terms import count_terms, surface_forms, total_terms

#: The tables that `measure` gives and writes; `compare` adds the others.
MEASURED = (
    "articles", "regions", "sentences", "voices", "sentence_terms", "term_counts",
    "readability", "attributions", "spans", "notes",
)  # fmt: skip
#: The voices a comparison may be restricted to.
VOICE_NAMES = ("all", "author", "headline", "attributed", "quoted")
#: Random draws of every run: enough for an adjusted p of a thousandth, and for percentiles of intervals.
PERMUTATIONS, DRAWS = 4999, 2000
#: Articles that are measured between two steps of the progress bar.
_PART = 50


def measure(articles: pd.DataFrame, *, clean: str = "on", attribution: str = "rules") -> dict[str, pd.DataFrame]:
    """Measure each article by itself.

    Measures that only make sense for English are withheld for a text that is not, which its row in `notes` says.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES.
    clean : {"on", "off"}
        Whether boilerplate is set aside.
    attribution : {"rules", "none"}
        The engine; with "none", attributed text counts as the author's.

    Returns
    -------
    dict of str to DataFrame
        One table for each name in `MEASURED`.
    """
    _check("clean", clean, ("on", "off"))
    _check("attribution", attribution, ENGINES)
    regions = find_boilerplate(articles, mode=clean)
    articles = articles.assign(title=_titles(articles, regions))
    base = find_sentences(articles, regions)
    sentences = add_sentence_counts(articles, base)
    foreign = language_notes(articles, sentences)
    english = ~articles["article_id"].isin(foreign["article_id"])
    attributions, spans = find_attributions(articles[english], sentences, engine=attribution)
    voices = find_voices(articles, sentences, attributions, spans)
    sentence_terms = count_terms(articles, sentences, voices)
    readability = measure_readability(articles, sentences)
    scored = ~readability["article_id"].isin(foreign["article_id"])
    readability[list(METRICS)] = readability[list(METRICS)].where(scored)
    return {
        "articles": articles,
        "regions": regions,
        "sentences": sentences,
        "voices": voices,
        "sentence_terms": sentence_terms,
        "term_counts": total_terms(sentence_terms),
        "readability": readability,
        "attributions": attributions,
        "spans": spans,
        "notes": in_order(
            articles["article_id"], pd.concat([foreign, notes_on_readability(readability[scored])]), "article_id"
        ),
    }


def measure_in_parts(articles: pd.DataFrame, **settings: Any) -> dict[str, pd.DataFrame]:
    """Measure articles a few at a time, with a progress bar on stderr once it takes longer than two seconds.

    The result is that of `measure`, whose parameters these are: each article is measured by itself.
    """
    with tqdm(total=len(articles), unit="article", delay=2, disable=None) as bar:
        parts = []
        for start in range(0, max(1, len(articles)), _PART):
            parts.append(measure(articles.iloc[start : start + _PART], **settings))
            bar.update(len(parts[-1]["articles"]))
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in MEASURED}


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
    """Complete a run's settings with those that are no parameters: the syllable source and the numbers of draws."""
    return {**settings, "syllables": syllable_source(), "permutations": PERMUTATIONS, "draws": DRAWS}


def _titles(articles: pd.DataFrame, regions: pd.DataFrame) -> pd.Series:
    """The title of each article: as given, else the one found in its text, as one line; missing if neither."""
    found = {row.article_id: row for row in rows_of(regions[regions["kind"] == "title"].iloc[::-1])}
    titles = []
    for article in rows_of(articles):
        region = found.get(article.article_id)
        read = " ".join(article.text[region.start : region.end].split()) if region else None
        titles.append(article.title if isinstance(article.title, str) else read)
    return pd.Series(titles, index=articles.index, dtype="str")


def compare(
    measures: Mapping[str, pd.DataFrame],
    *,
    group_by: str = "",
    voices: str = "all",
    stop_words: str = "out",
    min_count: int = 3,
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
    seed : int
        Where the random draws start.

    Returns
    -------
    dict of str to DataFrame
        `articles` with its groups, `surface_forms`, `keyness`, `detectable`, `readability_by_group`,
        `attribution_counts`, `sources`, `coverage`.

    Raises
    ------
    InputError
        There is no such column, fewer than two groups, or no such voice.
    """
    articles = assign_groups(measures["articles"], group_by or None)
    if seed < 0 or min_count < 1:
        raise InputError(f"seed is 0 or more and min_count 1 or more; found {seed} and {min_count}")
    sentences = measures["sentences"]
    terms, detectable = keyness(
        articles,
        sentences,
        measures["sentence_terms"],
        voices=None if voices == "all" else [_check("voices", one.strip(), VOICE_NAMES) for one in voices.split(",")],
        stop_words=_check("stop_words", stop_words, ("in", "out")) == "in",
        min_count=min_count,
        seed=seed,
        permutations=PERMUTATIONS,
        draws=DRAWS,
    )
    return {
        "articles": articles,
        "surface_forms": surface_forms(articles, sentences, max_order=3),
        "keyness": terms,
        "detectable": detectable,
        "readability_by_group": _compare_readability(articles, sentences, measures["notes"], seed),
        "attribution_counts": attribution_counts(articles, sentences, measures["attributions"], measures["spans"]),
        "sources": sources_by_group(articles, measures["attributions"], measures["spans"]),
        "coverage": coverage({**measures, "articles": articles}),
    }


def _compare_readability(
    articles: pd.DataFrame, sentences: pd.DataFrame, notes: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Compare the groups whose texts are all English; the others stand with every figure missing."""
    foreign = notes.loc[notes["subject"] == "language", "article_id"]
    withheld = set(articles.loc[articles["article_id"].isin(foreign), "group"])
    compared = articles[~articles["group"].isin(withheld)]
    table = READABILITY_BY_GROUP.frame()
    if compared["group"].nunique() > 1:
        table = readability_by_group(compared, sentences, seed=seed, permutations=PERMUTATIONS, draws=DRAWS)
    missing = [group for group in dict.fromkeys(articles["group"]) if group not in set(table["group"])]
    blank = [float("nan")] * (len(READABILITY_BY_GROUP.names) - 3)
    rows = [(group, metric, *blank, 0) for group in missing for metric in COMPARED]
    whole = pd.concat([table, READABILITY_BY_GROUP.frame(rows)])
    return READABILITY_BY_GROUP.frame({name: whole[name].tolist() for name in READABILITY_BY_GROUP.names})


def _check(setting: str, value: str, accepted: Sequence[str]) -> str:
    """Return a setting that is one of a few words."""
    if value not in accepted:
        raise InputError(f"{setting} accepts {', '.join(accepted)}; found {value!r}")
    return value
