"""Which expressions an article uses for persons, states, organisations, places and events."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, POSITION, SENTENCE, START

_ACTOR = Column("actor", "str", "canonical name: that of the alias table, else the name as it stands in the text")
_KIND = Column(
    "kind",
    "str",
    "person, state, organisation, place or event; name: an unlisted name that is none of these for certain",
)
_FORM = Column(
    "form",
    "str",
    "name, adjective, abbreviation, description, role, or metonym: a place that may stand for a government",
)
_EXPRESSION = Column(
    "expression", "str", "the words as they count: case folded, apostrophes straightened, joined by a space"
)
#: The voices that uses are counted in, each with what it is called.
LABEL_VOICES = {
    "author": "in the author's voice",
    "headline": "in titles and headings",
    "quoted": "inside quotation marks",
    "attributed": "in indirect attributions",
}

LABELS = Table("labels", "use of an expression for an actor", ("article_id", "start", "end"), (
    ID,
    START,
    END,
    SENTENCE,
    Column("voice", "str", "author, headline, quoted or attributed: the voice of its first character"),
    _ACTOR,
    _KIND,
    _FORM,
    _EXPRESSION,
    Column("surface", "str", "how it is written there, possessive 's left out", "", "text[start:end]"),
    Column("by", "str", "how it is known: listed in the alias table, found in the text, or corrected by a person"),
    POSITION,
))  # fmt: skip

LABEL_LEDGER = Table("label_ledger", "expression used for an actor in a group, with its first use there", ("group", "actor", "expression"), (
    GROUP,
    _ACTOR,
    _KIND,
    _EXPRESSION,
    _FORM,
    Column("surface", "str", "the commonest way it is written in the group; the first to occur, if several are"),
    Column("n", "int64", "uses in the group, in all voices", "uses"),
    *(Column(f"n_{voice}", "int64", f"of these, {what}", "uses") for voice, what in LABEL_VOICES.items()),
    ID,
    START,
    END,
    SENTENCE,
    POSITION,
))  # fmt: skip
