"""Columns that many tables have."""

from __future__ import annotations

from analysis.schema import Column

ID = Column("article_id", "str", "the file's stem or the record's id, verbatim")
START = Column("start", "int64", "first character, counted from 0 in articles.text", "code points")
END = Column("end", "int64", "first character after the stretch", "code points")
GROUP = Column("group", "str", "the value of the column compared by; by default the article_id")
