"""The reports of a batch in one table."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import GROUP

BATCH = Table("batch", "group in a report", ("report", "group"), (
    Column("report", "str", "the report's name"),
    Column("folder", "str", "the report's folder in that of the batch"),
    GROUP,
    Column("n_articles", "int64", "articles of the group", "articles"),
    Column("n_words", "int64", "words searched: title, headings and body", "words"),
    Column("n_sentences", "int64", "sentences and bullets", "sentences"),
    Column("n_removed", "int64", "words set aside as boilerplate", "words"),
    Column("n_tested", "int64", "terms tested, the same for every group of a report", "terms"),
    Column("n_passed", "int64", "of these, terms that pass the gate in any group of the report", "terms"),
    Column("n_terms", "int64", "of these, terms that the group uses more often than the others", "terms"),
    Column("terms", "str", "these terms, the strongest first, joined by commas; missing if none"),
    Column("grade", "float64", "Flesch–Kincaid grade on the group's summed counts; missing where nothing is scored", "school years", "Kincaid et al. 1975"),
    Column("grade_lower", "float64", "lower end of its 95 % interval", "school years"),
    Column("grade_upper", "float64", "upper end of its 95 % interval", "school years"),
    Column("grade_difference", "float64", "grade − grade of all other groups together", "school years"),
    Column("grade_difference_lower", "float64", "lower end of the 95 % interval of the difference", "school years"),
    Column("grade_difference_upper", "float64", "upper end of the 95 % interval of the difference", "school years"),
    Column("n_statements", "int64", "asserted statements attributed to a source", "attributions"),
    Column("n_statements_sure", "int64", "of these, without the doubtful ones", "attributions"),
    Column("attributed", "float64", "share of sentences that carry an asserted statement; missing without sentences", "0 to 1"),
    Column("attributed_lower", "float64", "lower end of its 95 % interval", "0 to 1", "Wilson 1927"),
    Column("attributed_upper", "float64", "upper end of its 95 % interval", "0 to 1", "Wilson 1927"),
    Column("event", "str", "of a report of two articles: what the event check says of them; missing otherwise"),
))  # fmt: skip
