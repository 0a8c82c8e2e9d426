"""How groups, metrics and categories are called, wherever a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import numpy as np
import pandas as pd

from analysis.chosen import read_choice
from analysis.claims.claim import Name
from analysis.schema import cells_of

#: A name of more characters is cut, since sentences, tables and charts repeat it; the table of articles has all of it.
LONGEST = 100
#: Display names of the readability metrics, in the order in which they are shown.
METRIC_NAMES = {
    "flesch_kincaid_grade": "Flesch–Kincaid grade",
    "gunning_fog": "Gunning fog",
    "smog_index": "SMOG",
    "coleman_liau_index": "Coleman–Liau",
    "automated_readability_index": "ARI",
    "linsear_write": "Linsear Write",
    "dale_chall_score": "Dale–Chall score",
    "flesch_reading_ease": "Flesch reading ease",
    "lix": "LIX",
    "rix": "RIX",
    "words_per_sentence": "words per sentence",
    "syllables_per_word": "syllables per word",
    "difficult_share": "share of difficult words",
    "reading_time": "reading time",
}
#: Those that are school grades and can share an axis.
GRADES = (
    "flesch_kincaid_grade", "gunning_fog", "smog_index", "coleman_liau_index", "automated_readability_index",
    "linsear_write",
)  # fmt: skip

#: How the kinds of boilerplate are called.
BOILERPLATE_NAMES = {
    "chrome": "page furniture",
    "teaser": "teaser",
    "share": "share line",
    "caption": "caption",
    "sources": "source list",
}
#: How metadata columns are called in prose.
FIELD_NAMES = {"outlet": "outlet", "author": "author", "published": "date", "url": "address"}


def cut_name(name: str) -> str:
    """Return a name as it is, or the beginning of a long one with a part of its hash, which tells it from others.

    Examples
    --------
    >>> cut_name("Gazette")
    'Gazette'
    >>> len(cut_name("Gazette" * 1000)), len(cut_name("\\ud800" * 1000))
    (100, 100)
    """
    if len(name) <= LONGEST:
        return name
    told = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{name[: LONGEST - 11]}…{told}"


def group_names(articles: pd.DataFrame) -> dict[str, str]:
    """Return how each group is called: an article's label where it is given and unique, else the group itself.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES with `group`.

    Returns
    -------
    dict of str to str
        In the order of `articles`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["x1", "x2"], "group": ["x1", "x2"], "label": ["Courier", None]})
    >>> group_names(articles)
    {'x1': 'Courier', 'x2': 'x2'}
    """
    labels = {
        article_id: cut_name(" ".join(label.split()))
        for article_id, group, label in zip(*(articles[name] for name in ("article_id", "group", "label")), strict=True)
        if group == article_id and isinstance(label, str) and label.strip()
    }
    doubled = {label for label in labels.values() if list(labels.values()).count(label) > 1}
    taken = {cut_name(group) for group in articles["group"] if group not in labels}
    called: dict[str, str] = {}
    for group in dict.fromkeys(articles["group"]):
        name = labels[group] if group in labels and labels[group] not in doubled | taken else ""
        name = name or cut_name(" ".join(group.split()))
        number = 2
        own = name
        while own in called.values():  # groups that differ in white space alone
            own, number = f"{name} ({number})", number + 1
        called[group] = own
    return called


def article_names(articles: pd.DataFrame) -> dict[str, Name]:
    """Return how each article is called: like its group where it is alone in it, else by its own id."""
    names = group_names(articles.assign(group=articles["article_id"]))
    groups = articles.set_index("article_id")["group"]
    return {article_id: Name(name, str(groups[article_id])) for article_id, name in names.items()}


def choose_articles(articles: pd.DataFrame, given: str = "") -> list[str]:
    """Return the ids of the articles that are asked for, by id or name, joined by commas; of all, if none is.

    Raises
    ------
    InputError
        There is no such article; the message lists those there are.
    """
    ids = {article_id: article_id for article_id in articles["article_id"]}
    if not given.strip(" ,"):
        return list(ids)
    known = {name.value: article_id for article_id, name in article_names(articles).items()} | ids
    asked = {known[name] for name in read_choice("article", given, known)}
    return [article_id for article_id in ids if article_id in asked]


def in_order(values: Iterable[str], rows: pd.DataFrame, column: str = "group") -> pd.DataFrame:
    """Put rows in the order in which `values` lists what a column holds, keeping their order inside each."""
    place = {value: number for number, value in enumerate(values)}
    places = np.array([place.get(held, len(place)) for held in cells_of(rows[column].array)], int)
    if (places[1:] < places[:-1]).any():  # else they are in order
        rows = rows.iloc[places.argsort(kind="stable")]
    return rows.reset_index(drop=True)


def with_surface(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Add `surface`: each term as its group writes it most often."""
    forms = tables["surface_forms"][["group", "term", "surface"]]
    return rows.merge(forms, on=["group", "term"], how="left")


def distinctive(tables: Mapping[str, pd.DataFrame], k: int) -> pd.DataFrame:
    """Choose the terms that are shown for each group: the `k` tested ones with the highest z, with `surface`."""
    keyness = tables["keyness"]
    rows = keyness[keyness["tested"] & (keyness["log_ratio"] > 0)]
    rows = rows.sort_values(["z", "term"], ascending=[False, True]).groupby("group", sort=False).head(k)
    return with_surface(in_order(group_names(tables["articles"]), rows), tables)
