"""Which events the articles of a corpus tell of, and which groups cover them."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, START

_EVENT = Column(
    "event",
    "int64",
    "running number of the event: those in the most groups first, then those with the most articles, from 1",
)
_FIRST = Column("first_day", "str", "the earliest day of publication that is stated; missing if none is", "ISO 8601")
_LAST = Column("last_day", "str", "the latest day of publication that is stated; missing if none is", "ISO 8601")

EVENTS = Table("events", "event: two articles or more that tell of one thing", ("event",), (
    _EVENT,
    Column("n_articles", "int64", "articles", "articles"),
    Column("n_texts", "int64", "different texts among them: copies of one day count once", "texts"),
    Column("n_dated", "int64", "articles with a stated day of publication", "articles"),
    Column("n_groups", "int64", "groups with one of the articles", "groups"),
    Column("n_groups_searched", "int64", "groups with an article in the days of the event, whatever it tells of", "groups"),
    _FIRST,
    _LAST,
    Column("likeness", "float64", "how much of their weighed terms two different texts have in common; missing for copies of one text", "0 to 1", "mean cosine of (1 + ln n) · ln(1 + N/df) over the 40 weightiest terms of each"),
    Column("terms", "str", "the terms that weigh most in all of its texts, joined by a comma"),
    ID,
    START,
    END,
    Column("opening", "str", "how the text begins that is most like the others, verbatim", "", "text[start:end]"),
))  # fmt: skip

EVENT_ARTICLES = Table("event_articles", "article that tells of an event", ("article_id",), (
    ID,
    GROUP,
    _EVENT,
    Column("day", "str", "the day of publication, where it is stated as an ISO date", "ISO 8601"),
    Column("likeness", "float64", "mean likeness to the other texts of the event; missing if there is none", "0 to 1"),
))  # fmt: skip

EVENT_COVERAGE = Table("event_coverage", "event and group that has articles in those days", ("event", "group"), (
    _EVENT,
    GROUP,
    Column("n_articles", "int64", "articles on the event; 0 is: not found among those searched", "articles"),
    Column("n_words", "int64", "words of these articles", "words"),
    _FIRST,
    Column("n_searched", "int64", "articles of the group from three days before the event's first day to three days after its last, and those without a day", "articles"),
    Column("n_words_searched", "int64", "words of these", "words"),
))  # fmt: skip

EVENTS_BY_GROUP = Table("events_by_group", "group", ("group",), (
    GROUP,
    Column("n_articles", "int64", "articles", "articles"),
    Column("n_dated", "int64", "articles with a stated day of publication", "articles"),
    Column("n_on_events", "int64", "articles that tell of an event", "articles"),
    Column("n_events", "int64", "events that it covers", "events"),
    Column("n_searched", "int64", "events in whose days it has an article", "events"),
    Column("n_alone", "int64", "events that it alone covers", "events"),
))  # fmt: skip
