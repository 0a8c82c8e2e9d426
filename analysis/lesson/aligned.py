"""Which sentences of two texts say much the same: their common words weighed by hand."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

import pandas as pd

from analysis.claims.cells import Tables
from analysis.lesson.folding import lines
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.overlap.align import SHARED_WORDS, SIMILAR, content_words
from analysis.pipeline import compare_articles
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.tables import BODY_KINDS


def show_alignment_steps(tables: Tables) -> Shown:
    """Show how alike two sentences are: the two that share most, their words weighed, and what the function gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    one, other = both_of(tables)
    found = compare_articles(tables)
    aligned = found["aligned"].sort_values(["n_shared", "similarity"], ascending=False, kind="stable")
    if aligned.empty:
        return remark(f"No two sentences share {SHARED_WORDS} words that are no stop words and are alike enough.")
    best = next(rows_of(aligned))
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    body = [row for row in rows_of(tables["sentences"]) if row.kind in BODY_KINDS]
    counted = {(row.article_id, row.sentence): content_words(texts[row.article_id], row.start, row.end) for row in body}
    places = {(row.article_id, row.sentence): row for row in body}
    here, there = (one, best.sentence), (other, best.other_sentence)
    df = Counter(term for words in counted.values() for term in words)
    weight = {term: log(1 + len(counted) / n) for term, n in df.items()}
    terms = sorted(
        {*counted[here], *counted[there]}, key=lambda term: (-(term in counted[here] and term in counted[there]), term)
    )
    rows = pd.DataFrame(
        [(term, counted[here][term], counted[there][term], df[term], weight[term]) for term in terms],
        columns=["term", "one", "other", "df", "weight"],
    )
    rows["product"] = rows["one"] * rows["other"] * rows["weight"] ** 2
    lengths = [sqrt(float(((rows[side] * rows["weight"]) ** 2).sum())) for side in ("one", "other")]
    names = article_names(tables["articles"])
    sentences = [
        f"{names[key[0]].value} {key[1]}: {' '.join(texts[key[0]][places[key].start : places[key].end].split())}"
        for key in (here, there)
    ]
    columns = {
        "term": "Word", "one": f"In {names[one].value}", "other": f"In {names[other].value}",
        "df": "Sentences that have it", "weight": "Weight", "product": "Product",
    }  # fmt: skip
    caption = f"Words of both that are no stop words; weight = ln(1 + {len(counted)} / sentences that have it)"
    total = float(rows["product"].sum())
    apart = rows[(rows["one"] == 0) | (rows["other"] == 0)]
    lone = ", ".join(f"{row.term} {row.weight:.3f}" for row in rows_of(apart))
    told = [
        *([f"In one of them only, with the weight: {lone}."] if lone else []),
        f"Sum of the products: {total:.3f}. Length of a sentence is the root of the sum of its squared weights: "
        f"{lengths[0]:.3f} and {lengths[1]:.3f}.",
        f"Similarity: {total:.3f} / ({lengths[0]:.3f} × {lengths[1]:.3f}) = {total / lengths[0] / lengths[1]:.2f}.",
        f"By the function: {best.similarity:.2f}; two sentences are set side by side from {SIMILAR} on, if each is "
        f"most like the other and {SHARED_WORDS} words are in both. Of these texts: {how_many(len(aligned), 'pair')}.",
        *_facts(found["fact_pairs"], texts),
    ]
    formats = {"weight": ".3f", "product": ".3f"}
    return joined([lines(*sentences), show_table(rows.drop(apart.index), columns, caption, formats), lines(*told)])


def _facts(pairs: pd.DataFrame, texts: dict[str, str]) -> list[str]:
    """Say which dates and numbers of sentences set side by side agree or differ."""
    told = [
        f"“{texts[row.article_id][row.start : row.end]}” and “{texts[row.other_id][row.other_start : row.other_end]}” "
        f"{'agree' if row.relation == 'agrees' else 'differ'}"
        for row in rows_of(pairs)
    ]
    return [f"Dates and numbers in such sentences: {'; '.join(told)}."] if told else []
