"""What a person corrected, and whether it still fits the text."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, ID, START

CORRECTIONS = Table("corrections", "correction by hand", ("correction",), (
    Column("correction", "int64", "running number, from 1, in the order of the file"),
    ID,
    Column("what", "str", "what is corrected: region, attribution, label or voice"),
    START,
    END,
    Column("value", "str", "what the stretch is, as the file gives it"),
    Column("text", "str", "the stretch as the file gives it; missing if it does not"),
    Column("who", "str", "who corrected it"),
    Column("why", "str", "the reason given"),
    Column("status", "str", "applied, or does not fit"),
    Column("reason", "str", "why it does not fit; missing if it was applied"),
))  # fmt: skip
