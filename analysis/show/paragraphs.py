"""How hard each paragraph is to read: its counts, and how long its sentences are."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.formulas import Counts, score
from analysis.names import article_names, choose_articles
from analysis.nouns import how_many
from analysis.readability import WORDS_NEEDED, scored
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, framed, joined, remark

_COUNTS = list(Counts._fields)
_METRICS = ("words_per_sentence", "syllables_per_word", "difficult_share", "flesch_kincaid_grade")
_HEADINGS = (
    "Paragraph", "Length of sentences", "Words", "Sentences", "Words per sentence", "Syllables per word",
    "Difficult words, %", "Flesch–Kincaid grade",
)  # fmt: skip
#: The longest bar, in characters of text and in pixels.
_LONGEST, _WIDTH = 20, 120
_HEAD = Markup("").join(
    Markup('<th scope="col"{}>{}</th>').format(Markup(' class="number"' if place > 1 else ""), heading)
    for place, heading in enumerate(_HEADINGS)
)
# The bar says again what a figure beside it does, and needs no words.
_LINE = Markup(
    '<tr><th scope="row">{}</th><td class="short"><svg aria-hidden="true" width="'
    + str(_WIDTH)
    + '" height="10"><rect width="{}" height="10" fill="currentColor" fill-opacity="0.6"></rect></svg></td>'
    + '<td class="number">{}</td>' * (len(_HEADINGS) - 2)
    + "</tr>"
)


def find_paragraphs(tables: Tables) -> pd.DataFrame:
    """Count and score the sentences of each paragraph; titles and headings are none, as in the scores of an article.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With `sentences`.

    Returns
    -------
    DataFrame
        article_id, paragraph, `sentence` (the first of it), the counts of READABILITY, words_per_sentence,
        syllables_per_word, difficult_share and flesch_kincaid_grade, which is missing under 100 words.
    """
    rows = scored(tables["sentences"])
    sums = {"sentence": ("sentence", "min")} | {name: (name, "sum") for name in _COUNTS}
    found = rows.groupby(["article_id", "paragraph"], sort=False, as_index=False).agg(**sums)
    return _with_scores(found)


def _with_scores(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(**score(rows[_COUNTS].to_numpy(), _METRICS))
    rows["flesch_kincaid_grade"] = rows["flesch_kincaid_grade"].where(rows["n_words"] >= WORDS_NEEDED)
    return rows


def show_paragraphs(tables: Tables, article: str = "") -> Shown:
    """Show the counts of each paragraph, with a bar for its words per sentence, on one scale for all articles.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    article : str
        Ids or names of the articles that are shown, joined by commas; all, if not said.

    Raises
    ------
    InputError
        There is no such article.
    """
    chosen = choose_articles(tables["articles"], article)
    notes = tables["notes"]
    foreign = set(notes.loc[notes["subject"] == "language", "article_id"])
    names, anchors = article_names(tables["articles"]), Anchors(tables)
    found = find_paragraphs(tables)
    longest = found.loc[~found["article_id"].isin(foreign), "words_per_sentence"].max()
    totals = found.groupby("article_id", sort=False)[_COUNTS].sum().reset_index()
    sums = {row.article_id: row for row in rows_of(_with_scores(totals))}
    by_article: dict[str, list[Any]] = {}
    for row in rows_of(found):
        by_article.setdefault(row.article_id, []).append(row)
    parts = []
    for article_id in chosen:
        name = names[article_id].value
        if article_id in foreign:
            parts.append(remark(f"{name}: not scored, since it is not English."))
        elif article_id not in by_article:
            parts.append(remark(f"{name}: no sentence with a word in it."))
        else:
            parts.append(_of_article(by_article[article_id], sums[article_id], name, anchors, float(longest)))
    return joined(parts)


def _of_article(rows: list[Any], total: Any, name: str, anchors: Anchors, longest: float) -> Shown:
    """The table of one article; its last row sums up the paragraphs."""
    caption = (
        f"Readability of {name} by paragraph: {how_many(total.n_words, 'word')} in sentences; "
        f"grades need {WORDS_NEEDED} words"
    )
    lines, told = [], [list(_HEADINGS)]
    for row in (*rows, total):
        share = row.words_per_sentence / longest
        place = str(row.paragraph) if row is not total else "all"
        heading: str | Markup = place
        if row is not total:
            anchor = anchors.at(row.article_id, f"s{row.sentence}")
            heading = Markup('<a href="#{}">{}</a>').format(anchor, place)
        figures = [
            f"{row.n_words:,}", f"{row.n_sentences:,}", format_value(row.words_per_sentence, ".1f"),
            format_value(row.syllables_per_word, ".2f"), format_value(row.difficult_share, "%"),
            "too short" if math.isnan(row.flesch_kincaid_grade) else format_value(row.flesch_kincaid_grade, ".1f"),
        ]  # fmt: skip
        lines.append(_LINE.format(heading, max(1, round(share * _WIDTH)), *figures))
        told.append([place, "▇" * max(1, round(share * _LONGEST)), *figures])
    widths = [max(map(len, column)) for column in zip(*told, strict=True)]
    text = "\n".join("  ".join(map(_set, cells, widths, range(len(cells)))).rstrip() for cells in told)
    return Shown(str(framed(caption, _HEAD, lines)), f"{caption}\n{text}")


def _set(cell: str, width: int, place: int) -> str:
    """Set a cell to the right of its column, a bar to the left."""
    return cell.ljust(width) if place == 1 else cell.rjust(width)
