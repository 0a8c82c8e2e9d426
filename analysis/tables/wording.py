"""Which words of the two-sided lists a text uses, and which words stand beside a term."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, POSITION, SENTENCE, START

_CONTRAST = Column("contrast", "str", "what the two lists are about")
_SIDE = Column(
    "side",
    "str",
    "one or other: which of the two lists; the names say nothing, and no two contrasts have a side in common",
)
_EXPRESSION = Column("expression", "str", "the expression as it is listed; its regular plural counts with it")

WORDING = Table("wording", "expression of the two-sided lists", ("expression",), (
    _CONTRAST,
    _SIDE,
    _EXPRESSION,
    Column("source", "str", "where the choice between these words is discussed"),
    Column("date", "str", "year of that source, or the day on which the row was compiled or the source consulted"),
))  # fmt: skip

LOADED_WORDING = Table("loaded_wording", "use of a listed expression in the author's voice", ("article_id", "start"), (
    ID,
    START,
    END,
    SENTENCE,
    _CONTRAST,
    _SIDE,
    _EXPRESSION,
    Column("surface", "str", "how it is written there, possessive 's left out", "", "text[start:end]"),
    POSITION,
))  # fmt: skip

WORDING_COUNTS = Table("wording_counts", "listed expression that any group uses, in a group", ("group", "expression"), (
    GROUP,
    _CONTRAST,
    _SIDE,
    _EXPRESSION,
    Column("n", "int64", "uses in the group, in the author's voice; 0 if none", "uses"),
))  # fmt: skip

COLLOCATES = Table("collocates", "word beside a term in a group", ("group", "collocate"), (
    GROUP,
    Column("collocate", "str", "the word, case folded, possessive 's stripped"),
    Column("n_together", "int64", "uses near the term: as few words away as asked for, in the same sentence", "uses"),
    Column("n", "int64", "uses in the group, in the voices counted", "uses"),
    Column("expected", "float64", "uses near the term if it stood anywhere alike", "uses", "n × words near the term / words"),
    Column("g2", "float64", "log-likelihood ratio, four cells, signed: negative below what is expected", "", "Dunning 1993"),
))  # fmt: skip
