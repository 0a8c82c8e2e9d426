"""Sentences in which the groups of a corpus use a term, read on demand: a few of each, from different articles."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import takewhile
from typing import Any

import pandas as pd

from analysis.groups.place import Placed
from analysis.groups.terms import stated_terms
from analysis.measured import Measured
from analysis.schema import each_article, rows_of
from analysis.tables import ARTICLES, GROUP_EXCERPTS, SENTENCES
from analysis.terms import concordance

#: Terms past the gate that are shown in sentences for each group, and sentences for each of them and each group.
TERMS_SHOWN, SENTENCES_SHOWN = 5, 3
#: Stands for each character that is not quoted; line breaks stay.
KEPT_OUT = "█"
_NOT_BREAK = re.compile(r"[^\r\n]")


def find_excerpts(
    measured: Measured, placed: Placed, keyness: pd.DataFrame, openings: pd.DataFrame, *, voices: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Find sentences for the terms past the gate, in every group alike, and those that are quoted as openings.

    Which articles are shown is decided by their texts: those whose hash comes first.

    Parameters
    ----------
    measured : Measured
    placed : Placed
    keyness : DataFrame
        GROUP_KEYNESS.
    openings : DataFrame
        article_id, and the start of the sentence.
    voices : tuple of str
        The voices that were counted.

    Returns
    -------
    dict of str to DataFrame
        `group_excerpts`, by term in the order of `keyness`, group and article; `articles`, those that are quoted, with
        `text_sha256`, and in `text` only what is quoted; `sentences`, those that are quoted.
    """
    terms = list(dict.fromkeys(stated_terms(keyness).groupby("group", sort=False).head(TERMS_SHOWN)["term"]))
    chosen = _choose(measured, placed, terms, voices)
    quoted = [*chosen["article_id"], *openings["article_id"]]
    ids = pd.DataFrame({"article_id": list(dict.fromkeys(quoted))}, dtype="str")
    articles, sentences, spoken = (
        measured.query(f"SELECT {name}.* FROM {name} JOIN chosen USING (article_id)", {"chosen": ids})
        for name in ("articles", "sentences", "voices")
    )
    sentences = sentences.sort_values(["article_id", "sentence"], ignore_index=True)
    groups = placed.groups["group"].tolist()
    of_article = placed.every.set_index("article_id")["group"]
    articles = articles.assign(group=articles["article_id"].map(of_article))
    texts = articles.set_index("article_id")["text"]
    rows = []
    for term, side, article_id in chosen.itertuples(index=False):
        own = articles[articles["article_id"] == article_id]
        near = _holding(sentences[sentences["article_id"] == article_id], texts[article_id], term)
        uses = concordance(own, near, term, spoken[spoken["article_id"] == article_id])
        for use in rows_of(uses[uses["voice"].isin(voices)].head(1)):
            sentence = next(rows_of(near[near["sentence"] == use.sentence]))
            rows.append((
                term, groups[side], article_id, use.sentence, sentence.start, sentence.end, use.start, use.end,
                use.voice, use.surface, texts[article_id][sentence.start : sentence.end],
            ))  # fmt: skip
    excerpts = GROUP_EXCERPTS.frame(rows)
    opening = sentences.merge(openings.drop_duplicates(), on=["article_id", "start"])
    shown = pd.concat([excerpts[["article_id", "sentence"]], opening[["article_id", "sentence"]]])
    return {"group_excerpts": excerpts, **_quoted(articles, sentences, shown.drop_duplicates())}


def _choose(measured: Measured, placed: Placed, terms: list[str], voices: tuple[str, ...]) -> pd.DataFrame:
    """Which articles are read for each term and group: term, side, article_id."""
    frames = {
        "placed": placed.articles[["article_id", "number", "side"]],
        "asked": pd.DataFrame({"term": terms, "rank": range(len(terms))}).astype({"term": "str", "rank": "int64"}),
        "spoken": pd.DataFrame({"voice": list(voices)}, dtype="str"),
    }
    return measured.query(
        "SELECT term, side, article_id FROM (SELECT DISTINCT term, rank, side, article_id, number FROM term_counts "
        "SEMI JOIN spoken USING (voice) JOIN asked USING (term) JOIN placed USING (article_id)) "
        "QUALIFY row_number() OVER (PARTITION BY term, side ORDER BY number) <= $most ORDER BY rank, side, number",
        frames, most=SENTENCES_SHOWN,
    )  # fmt: skip


def _holding(sentences: pd.DataFrame, text: str, term: str) -> pd.DataFrame:
    """Keep the sentences that may hold a term: whole words are looked for in these alone."""
    beginning = "".join(takewhile(str.isalnum, term))
    held = [beginning in text[row.start : row.end].casefold() for row in rows_of(sentences)]
    return sentences[pd.Series(held, index=sentences.index, dtype="bool")]


def _quoted(articles: pd.DataFrame, sentences: pd.DataFrame, shown: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The articles and sentences that are quoted, and of their texts nothing else."""
    sentences = sentences.merge(shown, on=["article_id", "sentence"]).sort_values(["article_id", "sentence"])
    articles = articles[articles["article_id"].isin(shown["article_id"])].sort_values("article_id", ignore_index=True)
    cited = SENTENCES.frame({name: sentences[name] for name in SENTENCES.names})
    hashes = [sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in articles["text"]]
    columns: dict[str, Any] = {name: articles[name] for name in ARTICLES.names}
    cut = ARTICLES.frame(columns | {"text": [_cut(*each) for each in each_article(articles, cited)]})
    return {"articles": cut.assign(text_sha256=pd.Series(hashes, dtype="str")), "sentences": cited}


def _cut(article: Any, cited: list[Any]) -> str:
    """The text of an article with nothing left but what is quoted, at its place."""
    text, pieces, at = str(article.text), [], 0
    for row in cited:
        pieces += [_NOT_BREAK.sub(KEPT_OUT, text[at : row.start]), text[row.start : row.end]]
        at = row.end
    return "".join([*pieces, _NOT_BREAK.sub(KEPT_OUT, text[at:])])
