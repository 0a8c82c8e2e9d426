"""Keep full articles out of what is written: only the sentences that claims cite stay readable.

Articles belong to their publishers. A claim cites the sentences that its spans touch and those that it quotes; a span
that is the whole text cites no sentence. Of everything else in the texts nothing stays that could give it back:

- in `articles.text` every character outside the cited sentences becomes `PLACEHOLDER`, line breaks aside, so that
  every span keeps its place and cited stretches stay verbatim. Blanks are replaced too: the lengths of the words in
  their order, beside the list of the words, would say much of what they are. The placeholder is a full block: it is no
  letter, so that no rule takes it for a word, no white space, and news does not use it. `text_sha256` is the hash of
  the whole text;
- what of a table is text goes: contents of attributions outside cited sentences, and any cell in which five or more
  words stand in a row as in an uncited sentence, become one `PLACEHOLDER`; of a long source the first words stay;
- so do the orders of words: phrases stay where they are used more than once and do not link up to such a run, terms
  are sorted by name, and the places of words outside cited sentences are gone (start and end are 0). Terms by sentence
  are not given.

Counts, rates, spans, names and single expressions are facts about the articles, and stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.inputs.files import accept
from analysis.schema import each_article, rows_of
from analysis.settings import ACCEPTED
from analysis.tables import SOURCES
from analysis.text import split_words
from analysis.withheld import (
    PLACEHOLDER,
    RUN,
    Run,
    cited_sentences,
    cut_texts,
    orders,
    runs_of,
    texts_of,
    uncited_runs,
)

#: A claim with more passages than this in one article counts them and does not cite them: else counts of what is
#: frequent would leave most of a text readable.
MOST_CITED = 3


def keep_text(tables: Tables, claims: Sequence[Claim], *, text: str = "full") -> dict[str, pd.DataFrame]:
    """Return what of a run's tables is shown and written: all, or excerpts.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure`, `compare` and `check` give, together.
    claims : sequence of Claim
        All that the report states.
    text : {"full", "excerpts"}
        Whether the articles are written whole, or cut by `keep_excerpts`.
    """
    accept("text", text, ACCEPTED["text"])
    return keep_excerpts(tables, claims, MOST_CITED) if text == "excerpts" else dict(tables)


def keep_excerpts(tables: Tables, claims: Sequence[Claim], most: int | None = None) -> dict[str, pd.DataFrame]:
    """Cut the tables of a run to what claims cite.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together; they are left as they are.
    claims : sequence of Claim
        All that the report states.
    most : int, optional
        As of `cited_sentences`: claims that rest on more passages cite none of them.

    Returns
    -------
    dict of str to DataFrame
        The same tables, cut, without `sentence_terms`. `articles` has the further column `text_sha256`.
    """
    cited = cited_sentences(tables, claims, most)
    runs = uncited_runs(tables, cited)
    kept = {name: table for name, table in tables.items() if name != "sentence_terms"}
    kept["articles"] = _cut_articles(tables, cited)
    if "attributions" in kept:
        kept["attributions"] = _cut_attributions(tables, cited, runs)
    if "sources" in kept:
        kept["sources"] = _cut_sources(kept["sources"], runs)
    terms = _kept_terms(tables["term_counts"], runs) if "term_counts" in kept else frozenset()
    if "term_counts" in kept:
        counts = kept["term_counts"]
        kept["term_counts"] = _by_term(counts[counts["term"].isin(terms)], "article_id")
    if "surface_forms" in kept:
        kept["surface_forms"] = _cut_forms(kept["surface_forms"], cited, terms)
    if "concordance" in kept:
        kept["concordance"] = kept["concordance"][_inside(kept["concordance"], cited)].reset_index(drop=True)
    return {name: _cut_cells(table, runs) for name, table in kept.items()}


def _cut_articles(tables: Tables, cited: pd.DataFrame) -> pd.DataFrame:
    """Cut the texts; a title that only an uncited sentence gives is kept out too."""
    hashes, titles = [], []
    for article, sentences, own in each_article(tables["articles"], tables["sentences"], cited):
        hashes.append(hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest())
        uncited = {_line(article.text, row) for row in sentences if row.kind == "title"}
        uncited -= {_line(article.text, row) for row in own}
        titles.append(PLACEHOLDER if article.title in uncited else article.title)
    return _with_columns(tables["articles"], text=cut_texts(tables, cited), title=titles, text_sha256=hashes)


def _with_columns(table: pd.DataFrame, **columns: list[Any]) -> pd.DataFrame:
    """Set columns of text."""
    return table.assign(**{name: pd.Series(held, index=table.index, dtype="str") for name, held in columns.items()})


def _line(text: str, row: Any) -> str:
    return " ".join(text[row.start : row.end].split())


def _inside(rows: pd.DataFrame, cited: pd.DataFrame) -> pd.Series:
    """Whether each row, of any table with article_id, start and end, lies in a cited sentence."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows_of(cited):
        spans.setdefault(row.article_id, []).append((row.start, row.end))
    held = [
        any(start <= row.start and row.end <= end for start, end in spans.get(row.article_id, ()))
        for row in rows_of(rows)
    ]
    return pd.Series(held, index=rows.index, dtype="bool")


def _cut_attributions(tables: Tables, cited: pd.DataFrame, runs: frozenset[Run]) -> pd.DataFrame:
    """Keep out each content with a part outside the cited sentences, and all but the first words of long sources.

    A cue is kept out where source, cue and content, read one after the other, give an uncited sentence away.
    """
    contents = tables["spans"][tables["spans"]["role"] == "content"]
    outside = contents[~_inside(contents, cited)]
    hidden = set(zip(outside["article_id"], outside["attribution"], strict=True))
    attributions = tables["attributions"]
    content = [
        PLACEHOLDER if (row.article_id, row.attribution) in hidden and isinstance(row.content, str) else row.content
        for row in rows_of(attributions)
    ]
    source, cue = (_shorten(attributions[role], runs) for role in ("source", "cue"))
    read = [" ".join(part for part in row if isinstance(part, str)) for row in zip(source, cue, content, strict=True)]
    cue = [PLACEHOLDER if runs_of(text) & runs else part for text, part in zip(read, cue, strict=True)]
    return _with_columns(attributions, content=content, source=source, cue=cue)


def _shorten(cells: pd.Series, runs: frozenset[Run]) -> list[Any]:
    """Keep the first words of each cell that gives an uncited sentence away."""
    return [_first_words(cell) if isinstance(cell, str) and runs_of(cell) & runs else cell for cell in cells]


def _first_words(text: str) -> str:
    return f"{text[: split_words(text)[RUN - 2].end]} {PLACEHOLDER}"


def _cut_sources(sources: pd.DataFrame, runs: frozenset[Run]) -> pd.DataFrame:
    """Shorten long sources; those that then read alike become one."""
    short = _with_columns(sources, source=_shorten(sources["source"], runs))
    summed = {name: short.groupby(list(SOURCES.key))[name].transform("sum") for name in ("n", "n_sure", "n_words")}
    return short.assign(**summed).drop_duplicates(list(SOURCES.key), ignore_index=True)


def _kept_terms(counts: pd.DataFrame, runs: frozenset[Run]) -> frozenset[str]:
    """Choose the terms that stay: all words, and the phrases used more than once that do not link up to a run."""
    uses = counts.groupby(["article_id", "order", "term"])["n"].transform("sum")
    words = counts.loc[counts["order"] == 1, "term"]
    phrases = set(counts.loc[(counts["order"] > 1) & (uses > 1), "term"])
    linked: set[str] = set()
    for run in runs:
        pairs = {f"{left} {right}" for left, right in pairwise(run)}
        if pairs <= phrases:
            linked |= pairs | {" ".join(run[at : at + 3]) for at in range(RUN - 2)}
    return frozenset({*words, *(phrases - linked)})


def _by_term(rows: pd.DataFrame, owner: str) -> pd.DataFrame:
    """Put terms in an order that tells nothing of the text: by owner, as they stand, then by name."""
    place = {name: number for number, name in enumerate(dict.fromkeys(rows[owner]))}
    by_name = rows.sort_values("term", kind="stable")
    return by_name.sort_values(owner, key=lambda held: held.map(place), kind="stable", ignore_index=True)


def _cut_forms(forms: pd.DataFrame, cited: pd.DataFrame, terms: frozenset[str]) -> pd.DataFrame:
    """Keep the forms of these terms, without their places outside cited sentences."""
    kept = forms[forms["term"].isin(terms)]
    place = _inside(kept, cited)
    kept = kept.assign(start=kept["start"].where(place, 0), end=kept["end"].where(place, 0))
    return _by_term(kept, "group")


def _cut_cells(table: pd.DataFrame, runs: frozenset[Run]) -> pd.DataFrame:
    """Keep out every cell in which part of an uncited sentence can be read, alone or after those above it."""
    cut = table
    for column in texts_of(table):
        hidden = [isinstance(cell, str) and bool(runs_of(cell) & runs) for cell in table[column]]
        if any(hidden):
            cut = cut.assign(**{column: cut[column].mask(pd.Series(hidden, index=table.index), PLACEHOLDER)})
    if not {"article_id", "start"} <= set(table.columns):
        return cut
    for rows in orders(cut).values():
        for column in texts_of(rows):
            last = pd.Series(_completing(rows[column].tolist(), runs), index=rows.index)
            if last.any():
                cut = cut.assign(**{column: cut[column].mask(last, PLACEHOLDER)})
    return cut


def _completing(cells: Sequence[Any], runs: frozenset[Run]) -> list[bool]:
    """Whether each cell, read after those above it, completes a run of words of an uncited sentence."""
    before: Run = ()
    completing = []
    for cell in cells:
        words = tuple(word.term for word in split_words(cell)) if isinstance(cell, str) else ()
        read = (*before, *words)
        completes = any(read[at : at + RUN] in runs for at in range(len(read) - RUN + 1))
        completing.append(completes)
        before = before if completes else read[-(RUN - 1) :]
    return completing
