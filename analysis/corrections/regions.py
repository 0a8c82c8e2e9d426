"""Corrections of what is title, heading, bullet, body or boilerplate."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.corrections.status import MisfitError, by_hand, check_text, with_verdicts
from analysis.names import BOILERPLATE_NAMES
from analysis.page.blocks import mark_length, split_blocks
from analysis.schema import each_article
from analysis.tables import REGIONS

Span = tuple[int, int]


def correct_regions(
    regions: pd.DataFrame, articles: pd.DataFrame, corrections: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put regions by hand in the place of those that were found.

    Parameters
    ----------
    regions, articles, corrections : DataFrame
        REGIONS, ARTICLES and CORRECTIONS.

    Returns
    -------
    (DataFrame, DataFrame)
        REGIONS, whose reason says what a person made, and CORRECTIONS with the status of those of regions.
    """
    wanted = corrections[corrections["what"] == "region"]
    if wanted.empty:
        return regions, corrections
    rows: list[tuple[Any, ...]] = []
    verdicts: dict[int, str | None] = {}
    for article, found, given in each_article(articles, regions, wanted):
        blocks = split_blocks(article.text) if given else []
        by_block: dict[Span, Any] = {}
        for row in given:
            try:
                by_block |= dict.fromkeys(_blocks_of(article.text, blocks, row), row)
                verdicts[row.correction] = None
            except MisfitError as misfit:
                verdicts[row.correction] = str(misfit)
        title = next((row for row in by_block.values() if row.value == "title"), None)
        own = [_as_heading(region, title) for region in found if not _inside(region, by_block)]
        own += [_region(article.text, block, row) for block, row in by_block.items() if row.value != "body"]
        rows += [(article.article_id, *region) for region in sorted(own, key=lambda region: region[0])]
    return REGIONS.frame(rows), with_verdicts(corrections, verdicts)


def _blocks_of(text: str, blocks: list[Span], row: Any) -> list[Span]:
    """The blocks that a correction is of; its start may stand before or after the mark of a bullet or heading."""
    check_text(text, row)
    touched = [(start, end) for start, end in blocks if start < row.end and end > row.start]
    first, last = touched[0][0], touched[-1][1]
    if row.start not in (first, first + mark_length(text[first : touched[0][1]])) or row.end != last:
        raise MisfitError(f"Is no whole block: the paragraphs or lines it touches run from {first} to {last}.")
    if row.value == "title" and len(touched) > 1:
        raise MisfitError(f"A title is one block; this stretch holds {len(touched)}.")
    return touched


def _inside(region: Any, blocks: dict[Span, Any]) -> bool:
    return any(start < region.end and end > region.start for start, end in blocks)


def _as_heading(region: Any, title: Any) -> tuple[Any, ...]:
    """A region as it was; a title, where a person gave another, becomes a heading."""
    if title is not None and region.kind == "title":
        return (region.start, region.end, "heading", None, by_hand(title))
    return (region.start, region.end, region.kind, region.boilerplate, region.reason)


def _region(text: str, block: Span, row: Any) -> tuple[Any, ...]:
    start, end = block
    if row.value in BOILERPLATE_NAMES:
        return (start, end, "boilerplate", row.value, by_hand(row))
    after_mark = start if row.value == "bullet" else start + mark_length(text[start:end])
    return (after_mark, end, row.value, None, by_hand(row))
