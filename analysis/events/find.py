"""Find the events that the articles of a corpus tell of, and which groups cover them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.events.cover import count_words, cover, events_by_group
from analysis.events.gather import DECIMALS, gather
from analysis.events.vectors import Units, read_units
from analysis.measured import Measured
from analysis.tables import EVENT_ARTICLES, EVENTS

#: Terms that are named for an event.
_NAMED = 6


def find_events(measured: Measured, placed: pd.DataFrame, copies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find which articles tell of one event, and in which groups.

    An event is two articles or more that have in common part of what they are about, a mean cosine of .18 over the 40
    weightiest terms of each, where two that were published more than three days apart have nothing in common. Those
    with a stated day are taken together first, so that in an event at most three days lie between one and the next;
    an article without one then joins an event, or another such article, by its terms alone, and never joins two
    dated ones. What only one article tells of is no event here. That no article on an event was found in a group
    concerns the articles that were searched, not what else the group may have published.

    Parameters
    ----------
    measured : Measured
    placed : DataFrame
        article_id, group and day of every article, in the order of the groups.
    copies : DataFrame
        article_id and cluster of the articles that have copies: of copies of one day, one stands for all.

    Returns
    -------
    dict of str to DataFrame
        `events`, those in the most groups first; `event_articles`, by event and day; `event_coverage`, by event and in
        the order of the groups; `events_by_group`.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    sets = copies[["article_id", "cluster"]].assign(rank=range(len(copies)))
    articles = placed[["article_id", "group", "day"]].merge(sets, how="left", on="article_id")
    alone = articles["cluster"].isna()
    articles["story"] = (articles["cluster"].astype("str") + ":").where(~alone, articles["article_id"])
    first = articles.sort_values("rank").drop_duplicates(["story", "day"])
    units = read_units(measured, first["article_id"])
    numbered = pd.DataFrame({"article_id": units.article_ids, "unit": range(len(units.article_ids))})
    unit_of = first[["article_id", "story", "day"]].merge(numbered, on="article_id")
    articles = articles.merge(unit_of[["story", "day", "unit"]], on=["story", "day"])
    articles["first"] = np.asarray(gather(units), dtype=np.int64)[articles["unit"]]
    members = articles[articles.groupby("first")["first"].transform("size") > 1]
    members, events = _described(measured, members, units)
    order = {group: place for place, group in enumerate(dict.fromkeys(placed["group"]))}
    coverage = cover(articles.merge(count_words(measured), how="left"), members, events, order)
    searched = coverage.groupby("event").size()
    events["n_groups_searched"] = events["event"].map(searched)
    return {
        "events": EVENTS.frame({name: events[name] for name in EVENTS.names}),
        "event_articles": EVENT_ARTICLES.frame({name: members[name] for name in EVENT_ARTICLES.names}),
        "event_coverage": coverage,
        "events_by_group": events_by_group(placed, members, coverage, order),
    }


def _described(measured: Measured, members: pd.DataFrame, units: Units) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles on events with their event and likeness, in order; and EVENTS, but for the groups searched."""
    likeness: dict[int, float] = {}
    rows = []
    for first, own in members.groupby("first"):
        texts = sorted(set(own["unit"]))
        mean = _likeness(units, texts)
        likeness |= dict(zip(texts, mean, strict=True))
        central = texts[int(np.argmax(mean))] if len(texts) > 1 else texts[0]
        days = own["day"].dropna()
        rows.append({
            "first": first, "n_articles": len(own), "n_texts": len(texts), "n_dated": len(days),
            "n_groups": own["group"].nunique(),
            "first_day": days.min() if len(days) else None, "last_day": days.max() if len(days) else None,
            "likeness": float(np.mean(mean)), "terms": _terms(units, texts), "central": units.article_ids[central],
        })  # fmt: skip
    columns = (
        "first",
        "n_articles",
        "n_texts",
        "n_dated",
        "n_groups",
        "first_day",
        "last_day",
        "likeness",
        "terms",
        "central",
    )
    events = pd.DataFrame(rows, columns=columns)
    order = {"n_groups": False, "n_articles": False, "first_day": True, "first": True}
    events = events.sort_values(list(order), ascending=list(order.values()), ignore_index=True)
    events["event"] = np.arange(1, len(events) + 1)
    openings = measured.openings(events["central"])
    for place, name in enumerate(("article_id", "start", "end", "opening")):
        events[name] = [openings[article_id][place] for article_id in events["central"]]
    members = members.assign(
        event=members["first"].map(dict(zip(events["first"], events["event"], strict=True))),
        likeness=members["unit"].map(likeness).astype("float64"),
    )
    return members.sort_values(["event", "day", "unit", "article_id"], ignore_index=True), events


def _likeness(units: Units, texts: list[int]) -> list[float]:
    """For each text, its mean cosine with the others; missing for one alone."""
    if len(texts) == 1:
        return [float("nan")]
    own = units.vectors[texts]
    total = np.asarray(own.sum(axis=0)).ravel()
    cosines = own @ total
    own_part = np.asarray((own * own).sum(axis=1)).ravel()
    return [float(value) for value in np.round((cosines - own_part) / (len(texts) - 1), DECIMALS)]


def _terms(units: Units, texts: list[int]) -> str | None:
    """The terms that weigh most in all of these texts; of as weighty ones, in the order of the alphabet."""
    total = np.round(np.asarray(units.vectors[texts].sum(axis=0)).ravel(), DECIMALS)
    heaviest = np.argsort(-total, kind="stable")[:_NAMED]
    return ", ".join(units.terms[place] for place in heaviest if total[place] > 0) or None
