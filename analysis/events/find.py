"""Find the events that the articles of a corpus tell of, and which groups cover them."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.events.cover import cover
from analysis.events.gather import gather
from analysis.events.vectors import Units, read_units
from analysis.measured import DAY, Measured
from analysis.tables import COPIES, EVENT_ARTICLES, EVENT_COVERAGE, EVENTS, EVENTS_BY_GROUP

#: Terms that are named for an event.
_NAMED = 6


def find_events(
    measured: Measured, groups: pd.DataFrame, copies: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Find which articles tell of one event, and in which groups.

    An event is two articles or more of which any two were published three days apart at most, or nearly so, and
    which have in common a quarter of what they are about: a mean cosine of .25 over their 60 weightiest terms. Where no
    day is stated, the terms alone decide. An event that only one article tells of is none here. That none of a group's
    articles was found says nothing of what it covers beyond the articles that were searched.

    Parameters
    ----------
    measured : Measured
    groups : DataFrame
        `article_id` and `group` of every article that is compared, in the order of the groups.
    copies : DataFrame, optional
        COPIES: of copies on one day, one stands for all. Without it, every article stands for itself.

    Returns
    -------
    dict of str to DataFrame
        `events`, those in the most groups first; `event_articles`, by event and day; `event_coverage`, by event and in
        the order of the groups; `events_by_group`. Neither names nor the order of the articles decide more than
        which of several articles with the very same text and day is quoted.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    order = {group: place for place, group in enumerate(dict.fromkeys(groups["group"]))}
    articles = _articles(measured, groups)
    units = read_units(measured, _representatives(articles, COPIES.frame() if copies is None else copies))
    rows = _members(articles, units)
    events = _events(measured, rows, units, order)
    members = rows.sort_values(["event", "day", "unit", "article_id"])
    coverage, by_group = cover(articles, members, events, order)
    return {
        "events": EVENTS.frame({name: events[name] for name in EVENTS.names}),
        "event_articles": EVENT_ARTICLES.frame({name: members[name] for name in EVENT_ARTICLES.names}),
        "event_coverage": coverage,
        "events_by_group": by_group,
    }
