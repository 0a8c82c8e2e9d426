"""What is counted as a word, and what readability counts of each word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.lesson.folding import lines
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.syllables import judge_word, split_syllables
from analysis.tables import BODY_KINDS
from analysis.text import split_words

#: Passages that are shown of a text, at most.
PASSAGES = 6
#: What readability counts of a sentence, and how it is called.
COUNTS = {
    "n_words": "Words", "n_letters": "Letters", "n_syllables": "Syllables",
    "n_polysyllables": "Words of three syllables or more", "n_long_words": "Words of more than six letters",
    "n_difficult_words": "Words not on the list of familiar ones",
}  # fmt: skip
_KEY = (
    "A dot parts syllables where dictionary and hyphenation agree on them; else the number in brackets is the "
    "dictionary's. An asterisk marks a word not on the Dale–Chall list of familiar words. Headings are not scored."
)


def passages(tables: Tables, kinds: tuple[str, ...] = (*BODY_KINDS, "heading", "title")) -> list[tuple[Any, str]]:
    """List the sentences and headings of all articles, in order, each with its article's text."""
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    return [(row, texts[row.article_id]) for row in rows_of(tables["sentences"]) if row.kind in kinds]


def first_article(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables with the rows of the first article only; those that are not of articles stay whole."""
    (own,) = tables["articles"]["article_id"].head(1)
    return {name: rows[rows["article_id"] == own] if "article_id" in rows else rows for name, rows in tables.items()}


def surfaces_of(row: Any, text: str) -> Iterator[tuple[str, str]]:
    """Walk a passage: what stands before each word, and the word; last what stands after all of them, with no word."""
    at = row.start
    for word in split_words(text, row.start, row.end):
        yield text[at : word.start], text[word.start : word.end]
        at = word.end
    yield text[at : row.end], ""


def show_words(tables: Tables, k: int = PASSAGES) -> Shown:
    """Show which words a text has: those of each sentence numbered, so that its last number is their count.

    What has no number is no word: numbers, lone dashes, marks.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Passages shown, at most, from the first.
    """
    all_of_them = passages(tables)
    if not all_of_them:
        return remark("There is no sentence, and so no word.")
    items, told = [], []
    for row, text in all_of_them[:k]:
        html, plain = Markup(""), ""
        for number, (before, word) in enumerate(surfaces_of(row, text), start=1):
            before = _on_one_line(before)
            html += Markup("{}{}<sub>{}</sub>").format(before, word, number) if word else Markup.escape(before)
            plain += f"{before}{word}[{number}]" if word else before
        counted = how_many(row.n_words, "word") + ("" if row.kind in BODY_KINDS else f", a {row.kind}")
        items.append(Markup("<li>{} ({})</li>").format(html, counted))
        told.append(f"{row.sentence}. {plain} ({counted})")
    total = _sum_of_words(tables["sentences"], len(all_of_them) - len(items))
    html = Markup("<ol>{}</ol><p>{}</p>").format(Markup("").join(items), total)
    return Shown(str(html), "\n".join([*told, total]))


def _sum_of_words(sentences: pd.DataFrame, n_further: int) -> str:
    scored = sentences[sentences["kind"].isin(BODY_KINDS)]
    n, n_headings = int(scored["n_words"].sum()), int(sentences["n_words"].sum() - scored["n_words"].sum())
    further = f"With {how_many(n_further, 'passage')} more that are not shown: " if n_further else "Together: "
    return (
        f"{further}{how_many(n, 'word')} in sentences and {n_headings:,} in headings. Readability counts the former, "
        "rates of terms count both."
    )


def _on_one_line(stretch: str) -> str:
    return stretch.replace("\n", " ")


def show_sentences(tables: Tables, k: int = PASSAGES, *, again: bool = False) -> Shown:
    """Show what readability counts of each sentence, syllables parted where it is known where, and the sums.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Sentences shown, at most, from the first; the sums are of all.
    again : bool
        Whether the rule was said just before, and is left out.
    """
    scored = [(row, text) for row, text in passages(tables, BODY_KINDS) if row.n_words]
    if not scored:
        return remark("There is no sentence to count in: headings are not scored.")
    items, told = [], []
    for row, text in scored[:k]:
        plain = "".join(
            _on_one_line(before) + (marked_word(word) if word else "") for before, word in surfaces_of(row, text)
        )
        items.append(Markup("<p>{}. {}</p>").format(row.sentence, plain))
        told.append(f"{row.sentence}. {plain}")
    counted = pd.DataFrame([{name: getattr(row, name) for name in COUNTS} for row, _ in scored])
    names = [str(row.sentence) for row, _ in scored[:k]]
    if len(scored) > k:
        names.append(f"{len(scored) - k} more")
        counted = pd.concat([counted.head(k), counted.iloc[k:].sum().to_frame().T])
    counted = pd.concat([counted, counted.sum().to_frame().T], ignore_index=True).assign(sentence=[*names, "all"])
    table = show_table(counted, {"sentence": "Sentence"} | COUNTS, "What is counted of each sentence")
    marked = Shown(str(Markup("").join(items)), "\n".join(told))
    return joined([*([] if again else [lines(_KEY)]), marked, table])


def marked_word(surface: str) -> str:
    """Return a word with its syllables parted or numbered, and an asterisk if it is difficult.

    Examples
    --------
    >>> marked_word("winter"), marked_word("heavy"), marked_word("treasurer")
    ('win·ter', 'heavy(2)', 'trea·sur·er*')
    """
    judgement = judge_word(surface)
    parted = split_syllables(surface) or f"{surface}({judgement.syllables})"
    return parted + "*" * judgement.difficult
