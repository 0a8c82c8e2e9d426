"""Who is quoted or cited, with which words, and where.

Engines stand behind the same tables (`engines`): a trained model, and a set of rules over a word list (`cues.csv`) that
needs no model, so that each of its finds can be traced to a word. What an attribution is, whoever finds it, is decided
in one place (`describe`).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import pandas as pd

from analysis.attribution.engine import Attribution, extract
from analysis.attribution.engines import DEFAULT, ENGINES, extractor
from analysis.attribution.lexicon import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.nested import with_nested
from analysis.schema import each_article
from analysis.tables import ATTRIBUTIONS, BODY_KINDS, SPANS

__all__ = ["CUE_CLASSES", "DEFAULT", "ENGINES", "SOURCE_TYPES", "Attribution", "extract", "find_attributions"]


def find_attributions(
    articles: pd.DataFrame, sentences: pd.DataFrame, engine: str = DEFAULT
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find who is said to say or think what, in each article by itself.

    Statements and attitudes stand in one table, told apart by `act`, and so do attributions inside the content of
    another, told apart by `nested_in`: a count of sources should filter. `speakers` names who is behind a pronoun.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES; only text inside sentences and bullets is read.
    engine : {"accurate", "rules", "none"} or folder of a model
        A trained model, the rules, or nothing: with "none" nothing is looked for.

    Returns
    -------
    (DataFrame, DataFrame)
        ATTRIBUTIONS in the order of articles and text, what stands in another after that, and the SPANS of each; both
        empty if nothing is found.

    Raises
    ------
    InputError
        It is no engine, or the files of its model are missing or damaged; the rules need none.

    References
    ----------
    S. Pareti 2016, PARC 3.0: a corpus of attribution relations; E. Newell, D. Margolin & D. Ruths 2018, An
    attribution relations corpus for political news (PolNeAR).

    Examples
    --------
    >>> text = "The vote is off, Ann Lee said."
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    >>> row = {"article_id": "a", "sentence": 1, "paragraph": 1, "start": 0, "end": len(text), "kind": "sentence"}
    >>> found, spans = find_attributions(articles, pd.DataFrame([row]))
    >>> found.loc[0, ["source", "cue", "content", "source_type"]].tolist()
    ['Ann Lee', 'said', 'The vote is off', 'named person']
    """
    find = extractor(engine)
    rows: list[tuple[Any, ...]] = []
    spans: list[tuple[Any, ...]] = []
    if find is not None:
        for article, all_sentences in each_article(articles, sentences):
            read = [row for row in all_sentences if row.kind in BODY_KINDS]
            blocks: dict[int, tuple[int, int]] = {}
            for row in read:
                blocks[row.paragraph] = (blocks.get(row.paragraph, (row.start, 0))[0], row.end)
            stretches = [(row.start, row.end) for row in read]
            found = with_nested(find(article.text, stretches, list(blocks.values())), article.text)
            for number, one in enumerate(found, start=1):
                rows.append(_row(article.article_id, number, one, article.text, read))
                for role in ("source", "cue", "content"):
                    spans += [(article.article_id, number, role, *span) for span in getattr(one, role)]
    return ATTRIBUTIONS.frame(rows), SPANS.frame(spans)


def _row(article_id: str, number: int, one: Attribution, text: str, read: list[Any]) -> tuple[Any, ...]:
    def verbatim(parts: tuple[tuple[int, int], ...]) -> str | None:
        return " … ".join(text[start:end] for start, end in parts) or None

    begins = min(start for part in (one.source, one.cue, one.content) for start, _ in part)
    sentence = read[bisect_right(read, begins, key=lambda row: row.start) - 1].sentence
    outer = None if one.nested_in is None else one.nested_in + 1
    return (
        article_id, number, one.act, one.kind, verbatim(one.source), one.source_type, None, None, verbatim(one.cue),
        one.cue_class, one.modality, outer, verbatim(one.content), sentence, one.confidence,
    )  # fmt: skip
