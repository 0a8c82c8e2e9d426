"""The attributions that a reader chooses: by article, source, kind of source or cue, act, voice and confidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.attribution.counts import ACTS, DIMENSIONS
from analysis.attribution.doubts import with_doubt
from analysis.attribution.given import name_sources
from analysis.chosen import folded, read_choice
from analysis.inputs.files import InputError
from analysis.names import choose_articles
from analysis.schema import each_article, rows_of
from analysis.tables import SOURCES
from analysis.voices import SPOKEN, chosen_voices, paint_voices

_KEY = ["article_id", "attribution"]


def choose_attributions(
    tables: Mapping[str, pd.DataFrame],
    article: str = "",
    source: str = "",
    source_type: str = "",
    cue_class: str = "",
    act: str = "",
    voice: str = "",
    confidence: float = 0.0,
) -> dict[str, pd.DataFrame]:
    """Keep the attributions that fit, and their spans; every other table stays as it is.

    Several values are joined by commas; an empty one asks for nothing.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    article : str
        Ids or names of articles.
    source : str
        Names of sources, as `sources_named` lists them: a person is one source under all names that are certain.
    source_type, cue_class, act : str
        As in ATTRIBUTIONS; "no cue" for an attribution without one, "none" for one without a source.
    voice : str
        Voices in which a word of the content stands.
    confidence : float
        The lowest that is kept; attributions given by hand, which have none, are kept too.

    Returns
    -------
    dict of str to DataFrame

    Raises
    ------
    InputError
        A value is none of those there are; the message lists them.
    """
    if not (isinstance(confidence, int | float) and isfinite(confidence) and 0 <= confidence <= 1):
        raise InputError(f"confidence accepts a number from 0 to 1; found {confidence!r}")
    rows = tables["attributions"]
    keep = ~(rows["confidence"] < confidence)
    keep &= rows["article_id"].isin(choose_articles(tables["articles"], article))
    known = {"source_type": DIMENSIONS["source_type"], "cue_class": DIMENSIONS["cue_class"], "act": ACTS}
    missing = {"source_type": "none", "cue_class": "no cue", "act": ""}
    for name, given in {"source_type": source_type, "cue_class": cue_class, "act": act}.items():
        if asked := read_choice(name, given, known[name]):
            keep &= rows[name].fillna(missing[name]).isin(asked)
    if source.strip(" ,"):
        named = names_of_sources(tables)
        sources = {folded(name) for name in read_choice("source", source, named["source"])}
        keep &= _among(rows, named[named["source"].map(folded).isin(sources)])
    if voice.strip(" ,"):
        voices = set(chosen_voices(voice))
        keep &= np.array([bool(voices.intersection(found)) for found in content_voices(tables, rows)], bool)
    spans = tables["spans"]
    return dict(tables) | {
        "attributions": rows[keep].reset_index(drop=True),
        "spans": spans[_among(spans, rows[keep])].reset_index(drop=True),
    }


def names_of_sources(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what `name_sources` says of all attributions of a run."""
    return name_sources(tables["articles"], tables["attributions"], tables["spans"], tables.get("labels"))


def sources_named(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """List the sources of all attributions by name: those given most words first, those given none at the end.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, with or without what `compare` does: without, all names stand in their own order.
    """
    return list(sources_with_doubt(tables))


def sources_with_doubt(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return how each source is written with the doubt there is, by its name, in the order of `sources_named`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As for `sources_named`.
    """
    words: dict[str, int] = {}
    given = tables["sources"] if "sources" in tables else SOURCES.frame()
    for row in rows_of(given, ("source", "n_words")):
        words[folded(row.source)] = words.get(folded(row.source), 0) + row.n_words
    named = names_of_sources(tables)
    written = named["source"].tolist()
    names = {folded(name): name for name in reversed([*given["source"], *written])}
    counts: dict[str, list[int]] = {}
    for name, sure in zip(written, named["sure"].tolist(), strict=True):
        own = counts.setdefault(folded(name), [0, 0])
        own[0] += 1
        own[1] += sure
    ordered = sorted(counts, key=lambda name: (-words.get(name, 0), name))
    return {names[name]: with_doubt(names[name], *counts[name]) for name in ordered}


def content_voices(tables: Mapping[str, pd.DataFrame], attributions: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the voices in which the words of the content of each attribution stand, in their order in the text."""
    wanted = set(_keys(attributions))
    contents = tables["spans"][tables["spans"]["role"] == "content"]
    found: dict[tuple[str, int], dict[str, None]] = {}
    for article, spans, voices in each_article(tables["articles"], contents, tables["voices"]):
        spoken = paint_voices(len(article.text), voices) if spans else bytearray()
        for span in spans:
            key = (article.article_id, span.attribution)
            if key in wanted:
                own = found.setdefault(key, {})
                own |= dict.fromkeys(_voices(article.text, spoken, span.start, span.end))
    return [tuple(found.get(key, ())) for key in _keys(attributions)]


def _voices(text: str, spoken: Collection[int], start: int, end: int) -> Iterator[str]:
    """The voice of each letter or figure of a stretch: a quotation mark stands in nobody's words."""
    numbers: Any = spoken
    for at in range(start, end):
        if not text[at].isspace() and text[at] not in "\"'“”‘’«»":
            yield SPOKEN[numbers[at]]


def _keys(rows: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(*(rows[name].tolist() for name in _KEY), strict=True))


def _among(rows: pd.DataFrame, chosen: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows are of the attributions chosen."""
    keys = set(_keys(chosen))
    return np.array([key in keys for key in _keys(rows)], bool)
