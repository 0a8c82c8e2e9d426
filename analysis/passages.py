"""What the passages of an article are: its sentences, whose voice each stretch is in, and which language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from math import isnan
from operator import add
from struct import Struct
from typing import Any

import pandas as pd
import regex

from analysis.coverage import searched_text
from analysis.memo import Memo
from analysis.nouns import how_many
from analysis.page.blocks import mark_length, split_blocks
from analysis.pieces import PIECES, places_in_parts, sum_over
from analysis.quotes import pair_quotes
from analysis.schema import arrays_of, cells_of, owners_of, per_article
from analysis.tables import NOTES, SENTENCE_COUNTS, SENTENCES, VOICES
from analysis.text import split_sentences, stop_words
from analysis.voices import BOILERPLATE, SPOKEN

#: English prose has .3 to .5 of stop words; other languages in Latin script stay far below this.
ENGLISH_FROM = 0.18
#: A text needs as many words before its language is judged.
_JUDGED_FROM = 30
#: A paragraph is judged by itself from fewer: it only counts towards as many together.
_PARAGRAPH_JUDGED_FROM = 15
#: English paragraphs may be poor in stop words; below this they are taken for another language.
_FOREIGN_BELOW = 0.12
_LATIN = regex.compile(r"\p{Latin}")
_STRETCH = re.compile(rb"([^\0])\1*", re.DOTALL)


def _count(piece: str) -> bytes:
    terms = PIECES[piece].terms
    n_english = len(list(filter(stop_words().__contains__, terms)))
    # Every term begins with a letter, so one of ASCII has a Latin one.
    n_latin = sum(term.isascii() or _LATIN.search(term) is not None for term in terms)
    return _COUNTS.pack(len(terms), n_latin, n_english)


#: The words of a piece, those in Latin script, and the English stop words.
_COUNTS = Struct("=3I")
_PIECE_COUNTS = Memo(_count)


@per_article(SENTENCES, reads=("text", "start", "end", "kind"))
def find_sentences(article: Any, regions: list[Any]) -> Iterator[tuple[Any, ...]]:
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
    marked = {region.end: region for region in regions}
    removed = sorted((region.start, region.end) for region in regions if region.kind == "boilerplate")
    number = paragraph = 0
    at = 0
    for start, end in split_blocks(article.text):
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
            spans = split_sentences(article.text, start + mark_length(article.text[start:end]), end)
        for left, right in spans:
            number += 1
            yield (number, paragraph, left, right, kind, *[0] * len(SENTENCE_COUNTS))


@per_article(SENTENCES, reads=("start", "end", "kind"))
def removed_passages(_article: Any, regions: list[Any]) -> Iterator[tuple[Any, ...]]:
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
    removed = [region for region in regions if region.kind == BOILERPLATE]
    for number, region in enumerate(removed, start=1):
        yield (-number, -number, region.start, region.end, BOILERPLATE, *[0] * len(SENTENCE_COUNTS))


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
    for found in _STRETCH.finditer(spoken):
        yield found.start(), found.end(), SPOKEN[found[0][0]]


def language_notes(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Note each article that is not English, or is so in part: by its script, and its share of English stop words.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES.

    Returns
    -------
    DataFrame
        NOTES, by article; empty if all are English.
    """
    notes = []
    (names,), (paragraph,) = arrays_of(articles, ["article_id"]), arrays_of(sentences, ["paragraph"])
    owners = owners_of(articles, sentences)
    by_article = owners.argsort(kind="stable")[(owners < 0).sum() :]
    numbers = iter(paragraph[by_article].tolist())
    walked = iter(cells_of(names))
    for places in places_in_parts(articles, sentences):
        counts = iter(sum_over(places, _PIECE_COUNTS).tolist())
        for _, own in places:
            paragraphs: dict[int, list[int]] = {}
            for number, counted in zip(islice(numbers, len(own)), islice(counts, len(own)), strict=True):
                before = paragraphs.get(number, (0, 0, 0))
                paragraphs[number] = list(map(add, before, counted))
            article_id = next(walked)
            notes += [(article_id, *note) for note in _notes(list(paragraphs.values()))]
    return NOTES.frame(notes)


def _notes(paragraphs: list[list[int]]) -> Iterator[tuple[str, str]]:
    """The notes on one article, by the words of its paragraphs, those in Latin script, and the English stop words."""
    n_words, n_latin, n_english = map(sum, zip(*paragraphs, strict=True)) if paragraphs else (0, 0, 0)
    if n_latin < n_words / 2:
        yield (
            "language",
            f"not English: {n_latin} of its {how_many(n_words, 'word')} {'is' if n_words == 1 else 'are'} in Latin "
            "script; readability and attribution are withheld",
        )
        return
    if n_words < _JUDGED_FROM:
        return
    if n_english / n_words < ENGLISH_FROM:
        yield (
            "language",
            f"not English: {n_english / n_words:.0%} of its words are English stop words, English prose has "
            f"{ENGLISH_FROM:.0%} or more; readability and attribution are withheld",
        )
        return
    foreign = sum(n for n, _, english in paragraphs if n >= _PARAGRAPH_JUDGED_FROM and english / n < _FOREIGN_BELOW)
    if foreign >= _JUDGED_FROM:
        yield (
            "languages",
            f"{foreign} of its {n_words} words stand in paragraphs that are not English, and are measured as if "
            "they were",
        )
