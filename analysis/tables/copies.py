"""Which articles of a corpus are copies of one another, and which groups they stand in."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, START

_CLUSTER = Column("cluster", "int64", "running number of the set of copies, the largest first, from 1")
_FIRST = Column("first_day", "str", "the earliest day of publication that is stated; missing if none is", "ISO 8601")
_LAST = Column("last_day", "str", "the latest day of publication that is stated; missing if none is", "ISO 8601")

COPIES = Table("copies", "article that has a copy", ("article_id",), (
    ID,
    GROUP,
    _CLUSTER,
    Column("day", "str", "the day of publication, where it is stated as an ISO date", "ISO 8601"),
    Column("n_shingles", "int64", "different runs of five words and numbers in the body", "runs"),
    Column("n_shared", "int64", "how many of them the longest text of the set has too", "runs"),
    Column("jaccard", "float64", "likeness to the longest text of the set", "0 to 1", "runs in both / runs in either"),
    Column("containment", "float64", "how much of the shorter text stands in the longer", "0 to 1", "runs in both / runs of the shorter"),
    Column("counted", "bool", "whether it is the one that counts where copies count once: of its set in its group, the one whose text has the first hash"),
))  # fmt: skip

COPY_CLUSTERS = Table("copy_clusters", "set of articles that are copies, each of another one of the set", ("cluster",), (
    _CLUSTER,
    Column("n_articles", "int64", "articles in it", "articles"),
    Column("n_texts", "int64", "different texts among them, headlines aside", "texts"),
    Column("n_groups", "int64", "groups that have one of them", "groups"),
    Column("groups", "str", "these groups, in the order of the comparison, joined by a comma"),
    _FIRST,
    _LAST,
    ID,
    START,
    END,
    Column("opening", "str", "how the longest text begins, verbatim; which text is the original, nothing here says", "", "text[start:end]"),
))  # fmt: skip

COPIES_BY_GROUP = Table("copies_by_group", "group", ("group",), (
    GROUP,
    Column("n_articles", "int64", "articles", "articles"),
    Column("n_compared", "int64", "articles with five words or more in the body, which can be compared", "articles"),
    Column("n_copies", "int64", "articles with a copy, here or elsewhere", "articles"),
    Column("n_elsewhere", "int64", "articles with a copy in another group", "articles"),
    Column("n_set_aside", "int64", "articles that do not count where each set of copies counts once in a group", "articles"),
))  # fmt: skip

SHARED_COPIES = Table("shared_copies", "two groups with copies of one text, either way round", ("group", "other"), (
    GROUP,
    Column("other", "str", "the other group"),
    Column("n_clusters", "int64", "sets of copies that both have an article in", "sets"),
    Column("n_articles", "int64", "articles of the group in these sets", "articles"),
))  # fmt: skip
