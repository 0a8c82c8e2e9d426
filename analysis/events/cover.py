"""Which group covers which event, and how much was searched where nothing was found."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.events.gather import DAYS
from analysis.measured import Measured
from analysis.schema import rows_of
from analysis.tables import EVENT_COVERAGE, EVENTS_BY_GROUP


def count_words(measured: Measured) -> pd.DataFrame:
    """Count the words of each article that were searched: article_id and n_words, boilerplate left out."""
    return measured.query(
        """SELECT article_id, CAST(sum(n) AS BIGINT) AS n_words FROM term_counts
        WHERE "order" = 1 AND voice <> 'boilerplate' GROUP BY article_id"""
    )


def cover(articles: pd.DataFrame, members: pd.DataFrame, events: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """Set every event beside every group that has articles in its days.

    Parameters
    ----------
    articles : DataFrame
        article_id, group, day and n_words of every article.
    members : DataFrame
        article_id, group, day and event of those on events.
    events : DataFrame
        event, first_day and last_day.
    order : dict of str to int
        The place of each group.

    Returns
    -------
    DataFrame
        EVENT_COVERAGE, by event and in the order of the groups.
    """
    articles = articles.assign(n_words=articles["n_words"].fillna(0).astype("int64"))
    own = members.merge(articles[["article_id", "n_words"]], on="article_id").groupby(["event", "group"])
    found = own.agg(n=("article_id", "size"), n_words=("n_words", "sum"), first_day=("day", "min"))
    held = dict(zip(found.index, rows_of(found), strict=True))
    nothing = (0, 0, None)
    searched = {group: _Searched(rows) for group, rows in articles.groupby("group")}
    rows = []
    for event in rows_of(events[["event", "first_day", "last_day"]]):
        for group in order:
            n_searched, n_words_searched = searched[group].between(event.first_day, event.last_day)
            if n_searched:
                rows.append(
                    (event.event, group, *held.get((event.event, group), nothing), n_searched, n_words_searched)
                )
    return EVENT_COVERAGE.frame(rows)


class _Searched:
    """The articles of a group by day, and how many words they have."""

    def __init__(self, articles: pd.DataFrame) -> None:
        dated = articles.dropna(subset="day").sort_values("day")
        self._days = dated["day"].to_numpy(dtype="datetime64[D]")
        self._words = np.concatenate(([0], dated["n_words"].cumsum().to_numpy(dtype=np.int64)))
        self._undated = len(articles) - len(dated), int(articles["n_words"].sum()) - int(self._words[-1])

    def between(self, first: str, last: str) -> tuple[int, int]:
        """How many articles and words from three days before the first day to three days after the last, or undated."""
        start, end = 0, len(self._days)
        if isinstance(first, str):
            start = int(np.searchsorted(self._days, np.datetime64(first) - DAYS))
            end = int(np.searchsorted(self._days, np.datetime64(last) + DAYS, side="right"))
        n, n_words = self._undated
        return n + end - start, n_words + int(self._words[end] - self._words[start])


def events_by_group(
    placed: pd.DataFrame, members: pd.DataFrame, coverage: pd.DataFrame, order: dict[str, int]
) -> pd.DataFrame:
    """EVENTS_BY_GROUP, in the order of the groups."""
    covered = coverage[coverage["n_articles"] > 0]
    alone = covered[~covered.duplicated("event", keep=False)]
    columns = [
        placed["group"], placed.loc[placed["day"].notna(), "group"], members["group"], covered["group"],
        coverage["group"], alone["group"],
    ]  # fmt: skip
    counts = [column.value_counts() for column in columns]
    return EVENTS_BY_GROUP.frame((group, *(int(n.get(group, 0)) for n in counts)) for group in order)
