"""Which sentences claims cite, what stands for the others, and in which orders a table can be read.

A claim cites the sentences that its spans touch and those that it quotes; a span that is the whole text cites none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import regex

from analysis.claims.cells import Tables
from analysis.claims.claim import Claim, Quotation
from analysis.schema import each_article, rows_of
from analysis.tables import LABELS
from analysis.text import split_words

#: Stands for each character that was kept out.
PLACEHOLDER = "█"
#: As many words in a row give an uncited sentence away.
RUN = 5
#: Columns that name articles, groups and files: other tables refer to them.
NAMES = ("article_id", "group", "path")
_NOT_BREAK = regex.compile(r"[^\r\n]")
_FILLED = regex.compile(rf"[\s{PLACEHOLDER}]*")

Run = tuple[str, ...]


def cited_sentences(tables: Tables, claims: Sequence[Claim], most: int | None = None) -> pd.DataFrame:
    """Keep the sentences, titles, headings and bullets that claims cite.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    claims : sequence of Claim
        All that the report states.
    most : int, optional
        A claim with more spans than this in one article counts them, and cites none of them there but those it quotes.

    Returns
    -------
    DataFrame
        Rows of SENTENCES, in their order.
    """
    sentences = tables["sentences"]
    extent = {name: (own["start"].min(), own["end"].max()) for name, own in sentences.groupby("article_id")}
    spans: dict[str, set[tuple[int, int]]] = {}
    for claim in claims:
        quotations = [part for part in claim.parts.values() if isinstance(part, Quotation)]
        quoted = [(part.article_id, part.start, part.end) for part in quotations]
        touched = [span for span in claim.spans if span[1:] != extent.get(span[0])]
        if most is not None:
            times = Counter(article_id for article_id, _, _ in touched)
            touched = [span for span in touched if times[span[0]] <= most]
        for article_id, start, end in [*quoted, *touched]:
            spans.setdefault(article_id, set()).add((start, end))
    held = [
        any(row.start < end and row.end > start for start, end in spans.get(row.article_id, ()))
        for row in rows_of(sentences)
    ]
    return sentences[pd.Series(held, index=sentences.index, dtype="bool")].reset_index(drop=True)


def cut_texts(tables: Tables, cited: pd.DataFrame) -> list[str]:
    """Put `PLACEHOLDER` for each character outside the cited sentences, line breaks aside; positions stay.

    Returns
    -------
    list of str
        The text of each article, in the order of ARTICLES.
    """
    texts = []
    for article, own in each_article(tables["articles"], cited):
        pieces, at = [], 0
        for row in own:
            pieces += [_NOT_BREAK.sub(PLACEHOLDER, article.text[at : row.start]), article.text[row.start : row.end]]
            at = row.end
        texts.append("".join([*pieces, _NOT_BREAK.sub(PLACEHOLDER, article.text[at:])]))
    return texts


def uncited_runs(tables: Tables, cited: pd.DataFrame, length: int = RUN) -> frozenset[Run]:
    """Find every run of words of uncited sentences, and of what was set aside, that stands in no cited sentence.

    A run that names fill from end to end is none: names are facts, and a list of them may put one after the other.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Those of the whole run, not yet cut.
    cited : DataFrame
        What `cited_sentences` gives.
    length : int
        Words in a row, as terms: case folded, possessive 's stripped, numbers passed over.

    Returns
    -------
    frozenset of tuple of str
    """
    boilerplate = tables["regions"][tables["regions"]["kind"] == "boilerplate"]
    passages = pd.concat([tables["sentences"], boilerplate])
    every: set[Run] = set()
    for article, rows, names in each_article(tables["articles"], passages, tables.get("labels", LABELS.frame())):
        named = {at for row in names for at in range(row.start, row.end)}
        for row in rows:
            words = split_words(article.text[row.start : row.end])
            for window in (words[at : at + length] for at in range(len(words) - length + 1)):
                if not all(row.start + word.start in named for word in window):
                    every.add(tuple(word.term for word in window))
    here: set[Run] = set()
    for text in cut_texts(tables, cited):
        here |= runs_of(text, length)
    return frozenset(every - here)


def runs_of(text: str, length: int = RUN) -> set[Run]:
    """Find the runs of so many words in a text.

    Examples
    --------
    >>> sorted(runs_of("One two, three 4 four.", 3))
    [('one', 'two', 'three'), ('two', 'three', 'four')]
    """
    words = [word.term for word in split_words(text)]
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def orders(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The orders in which the rows of a table can be read: as they stand, by position, terms by their length."""
    found = {"": table}
    if "order" in table:
        found[" by length"] = table.sort_values("order", kind="stable")
    if {"article_id", "start"} <= set(table.columns):
        found[" by position"] = table.sort_values(["article_id", "start"], kind="stable")
    return found


def texts_of(table: pd.DataFrame) -> list[str]:
    """The columns of a table that hold text, but for those that name articles, groups and files."""
    return [str(name) for name in table if name not in NAMES and not pd.api.types.is_numeric_dtype(table[name])]


def is_withheld(stretch: str) -> bool:
    """Tell whether a stretch of a text was kept out.

    Examples
    --------
    >>> is_withheld("███"), is_withheld("██ a"), is_withheld(" ")
    (True, False, False)
    """
    return PLACEHOLDER in stretch and _FILLED.fullmatch(stretch) is not None
