"""How evenly a term is spread over the paragraphs of a text, and where it stands: by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.association import dp_norm
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.folding import lines
from analysis.lesson.rates import commonest_term
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.positions import Positions
from analysis.schema import each_article
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.terms import concordance
from analysis.text import split_words

#: Paragraphs that are shown one by one, at most.
_SHOWN = 4


def show_dispersion_steps(tables: Tables, term: str = "") -> Shown:
    """Show how evenly a term is spread: shares of words beside shares of uses, and their differences summed.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    term : str
        One to three words; empty: the word used most that is no stop word.

    Raises
    ------
    InputError
        `term` has no word in it.
    """
    term = term or commonest_term(tables)
    if not term:
        return remark("There is no word but stop words, and so no term to look for.")
    names, parts = article_names(tables["articles"]), []
    for article, sentences, uses in _uses(tables, term):
        name = names[article.article_id].value
        rows = paragraphs_with(sentences, uses)
        if uses:
            columns = {
                "paragraph": "Paragraph", "n_words": "Words", "expected": "Share of the words", "n": "Uses",
                "found": "Share of the uses", "difference": "Difference",
            }  # fmt: skip
            formats = dict.fromkeys(("expected", "found", "difference"), ".3f")
            parts.append(show_table(_shortened(rows), columns, f"“{term}” in the paragraphs of {name}", formats))
        parts.append(lines(f"{name}:", *dispersion_lines(rows), *_where(article, sentences, uses)))
    return joined(parts)


def _uses(tables: Tables, term: str) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    """Each article with its sentences and the uses of a term in them."""
    found = concordance(tables["articles"], tables["sentences"], term, tables["voices"])
    yield from each_article(tables["articles"], tables["sentences"], found)


def paragraphs_with(sentences: list[Any], uses: list[Any]) -> pd.DataFrame:
    """Set the words of each paragraph beside its uses; the paragraphs without any use share the last row."""
    of_sentence = {row.sentence: row.paragraph for row in sentences}
    words: dict[int, int] = {}
    for row in sentences:
        if row.n_words:
            words[row.paragraph] = words.get(row.paragraph, 0) + row.n_words
    n = dict.fromkeys(words, 0)
    for use in uses:
        n[of_sentence[use.sentence]] += 1
    used = [paragraph for paragraph in words if n[paragraph]]
    rows = [(str(place), words[one], n[one]) for place, one in enumerate(words, start=1) if n[one]]
    n_without = len(words) - len(used)
    if n_without:
        rest = sum(words[one] for one in words if not n[one])
        rows.append((f"{how_many(n_without, 'paragraph')} without", rest, 0))
    table = pd.DataFrame(rows, columns=["paragraph", "n_words", "n"])
    expected, found = table["n_words"] / max(1, sum(words.values())), table["n"] / max(1, len(uses))
    table = table.assign(expected=expected, found=found, difference=(expected - found).abs())
    table.attrs = {"words": list(words.values()), "n": list(n.values())}
    return table


def _shortened(rows: pd.DataFrame) -> pd.DataFrame:
    """The first rows, and the sums of the others in one."""
    if len(rows) <= _SHOWN + 1:
        return rows
    rest = rows.iloc[_SHOWN:]
    last = rest.sum(numeric_only=True).to_frame().T.astype(rest.drop(columns="paragraph").dtypes.to_dict())
    others = f"{how_many(len(rows.attrs['n']) - _SHOWN, 'paragraph')} more, their differences summed"
    return pd.concat([rows.head(_SHOWN), last.assign(paragraph=others)], ignore_index=True)


def dispersion_lines(rows: pd.DataFrame) -> list[str]:
    """Work out the dispersion from the table of paragraphs; the last line is what the function gives."""
    words, n = rows.attrs["words"], rows.attrs["n"]
    if not sum(n):
        return ["The term is not used, so that there is nothing to be spread."]
    if len(words) < 2:
        return ["The text has one paragraph, so that nothing can be spread over several."]
    total, smallest = float(rows["difference"].sum()), min(words)
    half, most = total / 2, 1 - smallest / sum(words)
    by_function = dp_norm(words, np.arange(len(n)), np.zeros(len(n), int), n, 1)[0]
    return [
        f"Half the sum of the differences: {total:.3f} / 2 = {half:.3f}.",
        f"It could be at most 1 − {smallest:,} / {sum(words):,} = {most:.3f}: all uses in the shortest paragraph.",
        f"Dispersion: {half:.3f} / {most:.3f} = {format_value(half / most, '.2f')}; 0 is as even as can be.",
        f"By the function: {format_value(float(by_function), '.2f')}.",
    ]


def _where(article: Any, sentences: list[Any], uses: list[Any]) -> list[str]:
    """Where the first use stands."""
    if not uses:
        return []
    before = sum(row.n_words for row in sentences if row.sentence < uses[0].sentence)
    inside = next(row for row in sentences if row.sentence == uses[0].sentence)
    before += sum(word.start < uses[0].start for word in split_words(article.text, inside.start, inside.end))
    total = sum(row.n_words for row in sentences)
    by_function = Positions(article.text, sentences).of(uses[0].start)
    return [
        f"Position of the first use: {how_many(before, 'word')} before it, {before:,} / {total:,} = "
        f"{format_value(100 * before / total, '.1f')}\u00a0%. By the function: "
        f"{format_value(100 * by_function, '.1f')}\u00a0%."
    ]


def rows_with_uses(tables: Tables, term: str) -> pd.DataFrame:
    """The table of paragraphs of the first article."""
    _, sentences, uses = next(_uses(tables, term))
    return paragraphs_with(sentences, uses)
