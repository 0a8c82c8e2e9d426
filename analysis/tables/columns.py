"""Columns that many tables have."""

from __future__ import annotations

from analysis.schema import Column

ID = Column("article_id", "str", "the file's stem or the record's id, verbatim")
START = Column("start", "int64", "first character, counted from 0 in articles.text", "code points")
END = Column("end", "int64", "first character after the stretch", "code points")
SENTENCE = Column("sentence", "int64", "running number of the sentence in the article")
POSITION = Column("position", "float64", "share of the article's searched words that stand before it", "0 to 1")
GROUP = Column("group", "str", "the value of the column compared by; by default the article_id")
