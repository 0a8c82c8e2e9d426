"""What the passages of an article are: its sentences, what was set aside, and whose voice each stretch is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from analysis.coverage import searched_text
from analysis.page.blocks import mark_length, split_blocks
from analysis.quotes import pair_quotes
from analysis.schema import each_article, per_article
from analysis.tables import SENTENCE_COUNTS, SENTENCES, VOICES
from analysis.text import split_sentences
from analysis.voices import BOILERPLATE, SPOKEN

#: The columns of SENTENCES that say where a sentence stands, before those that count; and what is read of regions.
_PLACES = SENTENCES.names[: -len(SENTENCE_COUNTS)]
_READ = frozenset(("article_id", "text", "start", "end", "kind"))


def find_sentences(articles: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Find the title, headings, bullets and sentences of each article, boilerplate left out.

    The word counts are zero until `add_sentence_counts` fills them.

    Parameters
    ----------
    articles, regions : DataFrame
        ARTICLES and REGIONS.

    Returns
    -------
    DataFrame
        SENTENCES, in the order of the text; an article without body has no rows.
    """
    return _without_counts(
        (article.article_id, _sentences(article.text, own))
        for article, own in each_article(articles, regions, columns=_READ)
    )


def _sentences(text: str, regions: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The number, paragraph, start, end and kind of each sentence of a text."""
    marked = {region.end: region for region in regions}
    removed = sorted((region.start, region.end) for region in regions if region.kind == "boilerplate")
    number = paragraph = 0
    at = 0
    for start, end in split_blocks(text):
        while at < len(removed) and removed[at][1] <= start:
            at += 1
        if at < len(removed) and removed[at][0] < end:
            continue
        paragraph += 1
        region = marked.get(end)
        kind = region.kind if region else "sentence"
        if region and kind in ("title", "heading"):
            spans = [(region.start, end)]
        else:
            spans = split_sentences(text, start + mark_length(text[start:end]), end)
        for left, right in spans:
            number += 1
            yield (number, paragraph, left, right, kind)


def _without_counts(passages: Iterable[tuple[str, Iterable[tuple[Any, ...]]]]) -> pd.DataFrame:
    """SENTENCES, of the rows of each article, which have all columns but its name and the counts."""
    names: list[str] = []
    rows: list[tuple[Any, ...]] = []
    for name, own in passages:
        rows += own
        names += [name] * (len(rows) - len(names))
    cells: list[Any] = list(zip(*rows, strict=True)) or [()] * (len(_PLACES) - 1)
    nothing = np.zeros(len(rows), int)
    return SENTENCES.frame(
        dict(zip(_PLACES, [names, *cells], strict=True)) | {c.name: nothing for c in SENTENCE_COUNTS}
    )


def removed_passages(articles: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Find what was set aside as boilerplate, as passages whose words can be counted like those of sentences.

    They are numbered from −1 down, so that no number is that of a sentence; their counts for readability are zero.

    Parameters
    ----------
    articles, regions : DataFrame
        ARTICLES and REGIONS.

    Returns
    -------
    DataFrame
        SENTENCES of the kind boilerplate, in the order of the text.
    """
    return _without_counts(
        (article.article_id, _removed(own)) for article, own in each_article(articles, regions, columns=_READ)
    )


def _removed(regions: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The same of each stretch that was set aside."""
    for number, region in enumerate((region for region in regions if region.kind == BOILERPLATE), start=1):
        yield (-number, -number, region.start, region.end, BOILERPLATE)


def all_passages(articles: pd.DataFrame, sentences: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Join what was searched and what was set aside: all passages whose words have a voice.

    Parameters
    ----------
    articles, sentences, regions : DataFrame
        ARTICLES, SENTENCES and REGIONS; only what was set aside in these articles is added.

    Returns
    -------
    DataFrame
        SENTENCES: `sentences`, then `removed_passages`.
    """
    return pd.concat([sentences, removed_passages(articles, regions)], ignore_index=True)


@per_article(VOICES, reads=("text", "start", "end", "kind", "role", "attribution", "nested_in"))
def find_voices(
    article: Any, sentences: list[Any], attributions: list[Any], spans: list[Any], regions: list[Any]
) -> Iterator[tuple[int, int, str]]:
    """Find the stretches that are not in the author's voice.

    Quotation marks win over attribution: what is quoted is quoted, whoever it is attributed to.

    Parameters
    ----------
    articles, sentences, attributions, spans, regions : DataFrame
        ARTICLES, SENTENCES, ATTRIBUTIONS, SPANS and REGIONS.

    Returns
    -------
    DataFrame
        VOICES, disjoint, in the order of the text.
    """
    spoken = bytearray(len(article.text))
    outermost = [row for row in attributions if isnan(row.nested_in)]
    indirect = {row.attribution for row in outermost if row.kind != "direct"}
    attributed = [(row.start, row.end) for row in spans if row.role == "content" and row.attribution in indirect]
    stretches = {
        "attributed": attributed,
        "quoted": pair_quotes(searched_text(article.text, sentences)),
        "headline": [(row.start, row.end) for row in sentences if row.kind in ("title", "heading")],
        BOILERPLATE: [(row.start, row.end) for row in regions if row.kind == BOILERPLATE],
    }
    for voice, painted in stretches.items():
        number = bytes([SPOKEN.index(voice)])
        for start, end in painted:
            spoken[start:end] = number * (end - start)
    if any(stretches.values()):
        said = np.frombuffer(spoken, np.uint8)
        edges = [0, *(np.flatnonzero(said[1:] != said[:-1]) + 1).tolist(), len(spoken)]
        for start, end in pairwise(edges):
            if start < end and spoken[start]:
                yield start, end, SPOKEN[spoken[start]]
