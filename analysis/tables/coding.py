"""What a second reader is asked, and how far two readers agree."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import ID

SHEET = Table("sheet", "passage to be judged", ("item",), (
    Column("item", "str", "names the passage; says nothing of where it comes from"),
    Column("passage", "str", "the sentence, and its neighbours where the marked words run on into them"),
    Column("source", "str", "who is marked as saying or thinking it; missing if nobody is, or nothing is marked"),
    Column("cue", "str", "the word or words that are marked as attributing it"),
    Column("content", "str", "what is marked as said or thought"),
    Column("is_attribution", "str", "to fill: yes or no; where nothing is marked, whether anything in the passage is attributed"),
    Column("act", "str", "to fill where is_attribution is yes: statement or attitude"),
    Column("kind", "str", "to fill likewise: direct, indirect or mixed"),
    Column("source_type", "str", "to fill likewise: what the source is"),
    Column("cue_class", "str", "to fill likewise: the class of the cue, or no cue"),
))  # fmt: skip

KEY = Table("key", "passage of a sheet", ("item",), (
    Column("item", "str", "names the passage"),
    ID,
    Column("attribution", "float64", "running number of the attribution in the article; missing where none was found"),
    Column("sentence", "int64", "the sentence in which the passage begins"),
))  # fmt: skip

AGREEMENT = Table("agreement", "question of the sheet", ("question",), (
    Column("question", "str", "the column that was filled"),
    Column("n_items", "int64", "items on the sheet", "items"),
    Column("n_both", "int64", "items that both readers answered", "items"),
    Column("same", "float64", "share of these that both answered alike; missing if there is none", "0 to 1"),
    Column("alpha", "float64", "agreement beyond chance: 1 is perfect, 0 what chance brings; missing if undefined", "", "Krippendorff 2011, nominal"),
    Column("lower", "float64", "lower end of the 95 % interval of alpha", "", "bootstrap over items"),
    Column("upper", "float64", "upper end of the 95 % interval of alpha", "", "bootstrap over items"),
    Column("note", "str", "why alpha is missing; missing if it is not"),
))  # fmt: skip
