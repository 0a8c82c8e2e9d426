"""Which articles of a corpus stand in which group, and in an order that their texts alone decide."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence import ARTICLES_NEEDED
from analysis.inputs.files import InputError, TooFewError
from analysis.inputs.trouble import listed
from analysis.measured import Measured
from analysis.names import cut_name, in_order
from analysis.tables import GROUPS, SMALLER_GROUPS

#: So many groups are compared; of more, the smaller ones are compared as one, but never with what is not stated.
MOST_GROUPS = 12
NOT_STATED = "(not stated)"
#: What may be compared by besides columns: the beginning of the stated date, in characters.
PERIODS = {"month": 7, "year": 4}
#: Metadata of which it is said how many articles lack them.
FIELDS = ("outlet", "author", "published", "url")
#: A day that stands in no calendar, as 2026-02-30, is none, and a month only one of twelve.
_DAY = r"regexp_matches(published, '^\d{4}-\d{2}-\d{2}') AND TRY_CAST(left(published, 10) AS DATE) >= '0001-01-01'"
_MONTH = r"regexp_matches(published, '^\d{4}-\d{2}') AND TRY_CAST(left(published, 7) || '-01' AS DATE) >= '0001-01-01'"


@dataclass(frozen=True)
class Placed:
    """The groups of a corpus, and the articles that are counted in them.

    Attributes
    ----------
    groups : DataFrame
        GROUPS, what is counted in the articles still missing; in the order in which groups are shown.
    articles : DataFrame
        article_id, `number` from 0 in content order, `side` (the row of `groups`), day (missing if not stated): the
        articles that are counted.
    every : DataFrame
        article_id, group, `value` (that of the column compared by), day and `counted` of every article, in the order of
        the groups and of content.
    """

    groups: pd.DataFrame
    articles: pd.DataFrame
    every: pd.DataFrame

    @property
    def sides(self) -> NDArray[np.int64]:
        """The side of each article, by number."""
        return self.articles["side"].to_numpy(dtype=np.int64)

    @property
    def tested(self) -> NDArray[np.bool_]:
        """Whether there is evidence for each group."""
        return self.groups["evidence"].to_numpy(dtype=bool)


def place_corpus(measured: Measured, group_by: str, copies: pd.DataFrame | None = None) -> Placed:
    """Put each article of a corpus in the group it is compared in.

    Of copies inside one group only one is counted: the same text ten times is no evidence of a habit. Copies in
    different groups all count, since each group has printed it.

    Parameters
    ----------
    measured : Measured
    group_by : str
        A column of ARTICLES other than text, or `month` or `year` of the stated date where there is no such column.
    copies : DataFrame, optional
        article_id and cluster: articles that count as copies of each other; by default, and for articles that are not
        in it, those with the same text.

    Raises
    ------
    InputError
        There is no such column, or fewer than two groups.
    """
    articles = _read(measured, group_by)
    if len(articles) < 2:
        raise TooFewError(f"corpus compares two articles or more; found {len(articles)}")
    clusters = articles["sha256"]
    if copies is not None:
        known = copies.drop_duplicates("article_id").set_index("article_id")["cluster"].astype("str")
        clusters = articles["article_id"].map(known).astype("str").fillna(clusters)
    articles = articles.assign(cluster=clusters).sort_values(["sha256", "article_id"], ignore_index=True)
    names = articles["value"].unique()
    if len(names) < 2:
        raise InputError(
            f"corpus compares groups, but all {len(articles)} articles have the same {group_by}: {listed(names)}"
        )
    counted = ~articles.duplicated(["value", "cluster"])
    ranked = _ranked(articles, counted)
    kept = _kept(ranked)
    rest = f"({len(ranked) - len(kept)} smaller groups)"
    while rest in ranked:  # a group may be called anything
        rest = f"({rest})"
    articles = articles.assign(group=articles["value"].where(articles["value"].isin(kept), rest).astype("str"))
    counted = ~articles.duplicated(["group", "cluster"])
    if group_by in PERIODS:
        kept = sorted(kept, key=lambda name: (name == NOT_STATED, name))
    order = kept if len(kept) == len(ranked) else [*kept, rest]
    groups = _describe(articles, counted, order)
    side = articles["group"].map({name: place for place, name in enumerate(order)})
    chosen = articles.assign(side=side)[counted]
    # Equal texts in different groups: which comes first is decided by what else the groups hold, not by their names.
    content = chosen["group"].map(groups.set_index("group")["texts_sha256"])
    chosen = chosen.assign(content=content).sort_values(["sha256", "content"], ignore_index=True, kind="stable")
    chosen = chosen.assign(number=np.arange(len(chosen), dtype=np.int32))
    every = articles.assign(counted=counted)[["article_id", "group", "value", "day", "counted"]]
    return Placed(groups, chosen[["article_id", "number", "side", "day"]], in_order(order, every))


def smaller_groups(placed: Placed) -> pd.DataFrame:
    """SMALLER_GROUPS: which values of the column stand in the group of the smaller ones, in their own order."""
    rows = placed.every[placed.every["group"] != placed.every["value"]]
    sizes = rows.groupby(["group", "value"]).size().rename("n_articles").reset_index()
    return SMALLER_GROUPS.frame({name: sizes[name] for name in SMALLER_GROUPS.names})


def _kept(ranked: list[str]) -> list[str]:
    """The groups that are compared by themselves: all, or the largest, and what is not stated, whatever its size."""
    if len(ranked) <= MOST_GROUPS:
        return ranked
    stated = [name for name in ranked if name != NOT_STATED]
    largest = set(stated[: MOST_GROUPS - 1 - (len(ranked) - len(stated))])
    return [name for name in ranked if name in largest or name == NOT_STATED]


def _read(measured: Measured, group_by: str) -> pd.DataFrame:
    """One row for each article: its id, the value it is grouped by, the hash of its text, and what is known of it."""
    columns = measured.query("SELECT * FROM articles LIMIT 0").columns.tolist()
    known = [name for name in columns if name not in ("text", "group")]
    if group_by in known:
        value = '"{}"'.format(group_by.replace('"', '""'))
    elif group_by in PERIODS:
        value = f"CASE WHEN {_MONTH} THEN left(published, {PERIODS[group_by]}) END"
    else:
        raise InputError(f"no column {group_by!r} to group by; the articles have {listed([*known, *PERIODS])}")
    fields = ", ".join(f"{name} IS NULL OR trim({name}) = '' AS without_{name}" for name in FIELDS)
    day = f"CASE WHEN {_DAY} THEN left(published, 10) END"
    found = measured.query(
        f"SELECT article_id, CAST({value} AS VARCHAR) AS value, sha256(text) AS sha256, {day} AS day, {fields} "
        "FROM articles"
    )
    given = found["value"].str.strip()
    names = {value: cut_name(" ".join(value.split())) for value in found["value"].dropna().unique()}
    stated = found["value"].map(names).where(given.notna() & (given != ""), NOT_STATED)
    return found.assign(value=stated.astype("str"))


def _content(digests: pd.Series) -> str:
    """The hash of the hashes of some texts, in their order."""
    return sha256("".join(digests).encode()).hexdigest()


def _ranked(articles: pd.DataFrame, counted: pd.Series) -> list[str]:
    """The groups, the largest first; of groups as large, in the order of their texts."""
    sizes = articles[counted].groupby("value").size()
    content = articles.groupby("value")["sha256"].agg(_content)
    return sorted(sizes.index, key=lambda name: (-sizes[name], content[name], name))


def _describe(articles: pd.DataFrame, counted: pd.Series, order: list[str]) -> pd.DataFrame:
    """GROUPS, as far as the articles themselves say it."""
    by_group = articles.groupby("group")
    sizes = articles[counted].groupby("group").size().reindex(order, fill_value=0)
    enough = (sizes >= ARTICLES_NEEDED) & (sizes.sum() - sizes >= ARTICLES_NEEDED)
    rows: dict[str, Any] = {
        "group": order,
        "n_groups": by_group["value"].nunique()[order],
        "n_articles": by_group.size()[order],
        "n_counted": sizes,
        "n_dated": by_group["day"].count()[order],
        "first_day": by_group["day"].min()[order],
        "last_day": by_group["day"].max()[order],
        **{f"n_without_{name}": by_group[f"without_{name}"].sum()[order] for name in FIELDS},
        "evidence": enough,
        "texts_sha256": by_group["sha256"].agg(_content)[order],
    }
    missing: dict[str, Any] = {"terms": [None] * len(order)}
    missing |= dict.fromkeys(("n_words", "n_scored", "n_foreign", "n_statements"), np.zeros(len(order), dtype=np.int64))
    return GROUPS.frame(rows | missing)
