"""Measure each article by itself: what it consists of, and what can be counted in it.

Regions tell which sentences there are, attributions and quotation marks give every word its voice, voices go into the
term counts. What a person corrects goes before what is found, at each step.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis.attribution import DEFAULT, find_attributions
from analysis.attribution.engines import check_engine
from analysis.attribution.speakers import find_speakers
from analysis.clean import clean as find_boilerplate
from analysis.corrections import (
    correct_attributions,
    correct_labels,
    correct_regions,
    correct_voices,
    corrections_of,
    join_corrections,
    no_corrections,
)
from analysis.inputs.files import accept
from analysis.labels import find_labels, read_aliases
from analysis.language import language_notes
from analysis.names import in_order
from analysis.numbered import PART
from analysis.passages import all_passages, find_sentences, find_voices
from analysis.readability import add_sentence_counts, measure_readability, notes_on_readability
from analysis.schema import each_article, rows_of
from analysis.settings import ACCEPTED
from analysis.tables import METRICS
from analysis.terms import count_article_terms, count_terms, total_terms
from analysis.wording import find_wording
from analysis.wording_lists import read_wording

#: The tables that `measure` gives and writes; `compare` adds the others.
MEASURED = (
    "articles", "regions", "sentences", "voices", "sentence_terms", "term_counts",
    "readability", "attributions", "spans", "labels", "loaded_wording", "notes", "corrections",
)  # fmt: skip
#: The measures that can be chosen, and the tables of each; those of `ALWAYS` say what a text consists of.
MEASURES: Mapping[str, tuple[str, ...]] = {
    "terms": ("term_counts",),
    "sentence_terms": ("sentence_terms",),
    "readability": ("readability",),
    "attribution": ("attributions", "spans"),
    "labels": ("labels",),
    "wording": ("loaded_wording",),
}
ALWAYS = ("articles", "regions", "sentences", "voices", "notes", "corrections")


def read_measures(measures: str = "all") -> tuple[str, ...]:
    """Read which measures are to be made.

    Parameters
    ----------
    measures : str
        Names out of `MEASURES`, joined by commas, or "all".

    Raises
    ------
    InputError
        One of them is no measure.

    Examples
    --------
    >>> read_measures("readability, terms")
    ('terms', 'readability')
    """
    asked = {name.strip() for name in measures.split(",")}
    for name in sorted(asked - {"all"}):
        accept("measures", name, ("all", *MEASURES))
    return tuple(name for name in MEASURES if name in asked or "all" in asked)


def measured_tables(measures: str = "all") -> tuple[str, ...]:
    """Return the tables that some measures give, in the order of `MEASURED`."""
    given = {*ALWAYS, *(table for name in read_measures(measures) for table in MEASURES[name])}
    return tuple(name for name in MEASURED if name in given)


def measure(
    articles: pd.DataFrame,
    *,
    clean: str = "on",
    attribution: str = DEFAULT,
    aliases: str = "",
    wording: str = "",
    corrections: pd.DataFrame | None = None,
    measures: str = "all",
) -> dict[str, pd.DataFrame]:
    """Measure each article by itself.

    Measures that only make sense for English are withheld for a text that is not, which its row in `notes` says.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES.
    clean : {"on", "off"}
        Whether boilerplate is set aside.
    attribution : {"accurate", "rules", "none"} or folder of a model
        The engine: a trained model, the rules or nothing; with "none", attributed text counts as the author's.
    aliases, wording : str
        Files that extend the alias table, and replace the two-sided lists; empty: those of the package alone.
    corrections : DataFrame, optional
        CORRECTIONS, of `read_corrections`: what a person says goes before what is found.
    measures : str
        Which measures are made, of `MEASURES`, joined by commas; without attribution, as with "none".

    Returns
    -------
    dict of str to DataFrame
        One table for each name in `measured_tables(measures)`, which are those of `MEASURED` for "all".
    """
    chosen, wanted = read_measures(measures), measured_tables(measures)
    check_engine(attribution)
    tables = measure_passages(
        articles,
        clean=clean,
        attribution=attribution if "attribution" in chosen else "none",
        corrections=corrections,
        terms="sentence_terms" in wanted,
    )
    articles, sentences, voices = (tables[name] for name in ("articles", "sentences", "voices"))
    foreign = tables["notes"].loc[tables["notes"]["subject"] == "language", "article_id"].tolist()
    english = _without(articles, foreign)
    if "term_counts" in wanted:
        if "sentence_terms" in tables:
            tables["term_counts"] = total_terms(tables["sentence_terms"])
        else:
            passages = all_passages(articles, sentences, tables["regions"])
            tables["term_counts"] = count_article_terms(articles, passages, voices)
    if "labels" in wanted or "attributions" in wanted:  # a speaker is found among the names of the article
        labels = find_labels(english, sentences, voices, aliases=read_aliases(aliases))
        tables["labels"], tables["corrections"] = correct_labels(
            labels, articles, sentences, voices, tables["corrections"]
        )
        tables["attributions"] = find_speakers(
            articles, sentences, tables["attributions"], tables["spans"], tables["labels"]
        )
    if "readability" in wanted:
        readability = measure_readability(articles, sentences)
        scored = ~readability["article_id"].isin(foreign)
        if foreign:
            readability[list(METRICS)] = readability[list(METRICS)].where(scored)
        notes = pd.concat([tables["notes"], notes_on_readability(readability[scored])])
        tables |= {"readability": readability, "notes": in_order(articles["article_id"], notes, "article_id")}
    if "loaded_wording" in wanted:
        tables["loaded_wording"] = find_wording(english, sentences, voices, read_wording(wording))
    return {name: tables[name] for name in wanted}


def measure_passages(
    articles: pd.DataFrame,
    *,
    clean: str = "on",
    attribution: str = DEFAULT,
    corrections: pd.DataFrame | None = None,
    terms: bool = True,
) -> dict[str, pd.DataFrame]:
    """Find what each article consists of: passages, attributions, whose voice each word is in, and which words.

    Parameters are those of `measure`; without `terms`, no words of sentences are counted.

    Returns
    -------
    dict of str to DataFrame
        `articles`, `regions`, `sentences`, `voices`, `sentence_terms` (with `terms`), `attributions`, `spans`, `notes`
        on language, and `corrections`, of which those of labels are not judged yet.
    """
    accept("clean", clean, ACCEPTED["clean"])
    check_engine(attribution)
    judged = no_corrections() if corrections is None else corrections_of(corrections, articles)
    regions, judged = correct_regions(find_boilerplate(articles, mode=clean), articles, judged)
    articles = articles.assign(title=_titles(articles, regions))
    sentences = add_sentence_counts(articles, find_sentences(articles, regions))
    notes = language_notes(articles, sentences)
    foreign = notes.loc[notes["subject"] == "language", "article_id"].tolist()
    attributions, spans = find_attributions(_without(articles, foreign), sentences, engine=attribution)
    attributions, spans, judged = correct_attributions(
        attributions, spans, articles, sentences, judged, articles["article_id"] if attribution == "none" else foreign
    )
    voices = find_voices(articles, sentences, attributions, spans, regions)
    voices, judged = correct_voices(voices, articles, sentences, judged)
    words = (
        {"sentence_terms": count_terms(articles, all_passages(articles, sentences, regions), voices)} if terms else {}
    )
    return {
        "articles": articles,
        "regions": regions,
        "sentences": sentences,
        "voices": voices,
        **words,
        "attributions": attributions,
        "spans": spans,
        "notes": notes,
        "corrections": judged,
    }


def measure_otherwise(
    articles: pd.DataFrame,
    known: Mapping[str, pd.DataFrame],
    *,
    clean: str,
    attribution: str = DEFAULT,
    corrections: pd.DataFrame,
) -> Mapping[str, pd.DataFrame]:
    """Find the passages and words of each article with the other choice of `clean`.

    Parameters
    ----------
    articles, attribution, corrections
        As in `measure`.
    known : mapping of str to DataFrame
        `regions`, `sentences` and `sentence_terms` of the same articles, as the first choice gives them.
    clean : {"on", "off"}
        The other choice.

    Returns
    -------
    mapping of str to DataFrame
        `sentences` and `sentence_terms`. An article in which the same regions are found has them as they are known;
        where that is so of all, what is returned is `known` itself.
    """
    judged = corrections_of(corrections, articles)
    regions, _ = correct_regions(find_boilerplate(articles, mode=clean), articles, judged)
    changed = [
        article.article_id
        for article, others, own in each_article(articles, regions, known["regions"])
        if repr(others) != repr(own)  # missing cells are equal
    ]
    if not changed:
        return known
    anew = measure_passages(
        articles[articles["article_id"].isin(changed)], clean=clean, attribution=attribution, corrections=corrections
    )
    both = {
        name: pd.concat([known[name][~known[name]["article_id"].isin(changed)], anew[name]])
        for name in ("sentences", "sentence_terms")
    }
    return {name: in_order(articles["article_id"], rows, "article_id") for name, rows in both.items()}


def measure_in_parts(articles: pd.DataFrame, *, quiet: bool = False, **settings: Any) -> dict[str, pd.DataFrame]:
    """Measure articles a few at a time, with a progress bar on stderr once it takes longer than two seconds.

    The result is that of `measure`, whose parameters these are: each article is measured by itself. With `quiet`, there
    is no bar.
    """
    parts = []
    with tqdm(total=len(articles), unit="article", delay=2, disable=quiet or None) as bar:
        for start in range(0, max(1, len(articles)), PART):
            parts.append(measure(articles.iloc[start : start + PART], **settings))
            bar.update(len(parts[-1]["articles"]))
    measured = stack(parts)
    given = settings.get("corrections")
    if given is not None:
        measured["corrections"] = join_corrections(given, [part["corrections"] for part in parts])
    return measured


def stack(parts: Sequence[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """Put the tables of articles that were measured apart under each other, in the order given."""
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}


def _without(articles: pd.DataFrame, ids: Collection[str]) -> pd.DataFrame:
    """All articles but some, which mostly are none."""
    return articles[~articles["article_id"].isin(ids)] if len(ids) else articles


def _titles(articles: pd.DataFrame, regions: pd.DataFrame) -> pd.Series:
    """The title of each article: as given, else the one found in its text, as one line; missing if neither."""
    found: dict[str, Any] = {}
    for row in rows_of(regions, ("article_id", "start", "end", "kind")):
        if row.kind == "title":
            found.setdefault(row.article_id, row)
    titles = []
    for article in rows_of(articles, ("article_id", "title", "text")):
        region = found.get(article.article_id)
        read = " ".join(article.text[region.start : region.end].split()) if region else None
        titles.append(article.title if isinstance(article.title, str) else read)
    return pd.Series(titles, index=articles.index, dtype="str")
