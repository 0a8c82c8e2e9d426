"""The reports of a batch in one table: of articles that are compared, or of corpora."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import GROUP

BATCH = Table("batch", "group in a report", ("report", "group"), (
    Column("report", "str", "the report's name"),
    Column("folder", "str", "the report's folder in that of the batch"),
    GROUP,
    Column("name", "str", "how the report calls the group"),
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
    Column("n_statements", "float64", "asserted statements attributed to a source; missing where none was looked for: by the report's settings, or since not all of the group's text is English", "attributions"),
    Column("n_statements_sure", "float64", "of these, without the doubtful ones; missing likewise", "attributions"),
    Column("attributed", "float64", "share of sentences that carry an asserted statement; missing without sentences, and where none was looked for", "0 to 1"),
    Column("attributed_lower", "float64", "lower end of its 95 % interval", "0 to 1", "Wilson 1927"),
    Column("attributed_upper", "float64", "upper end of its 95 % interval", "0 to 1", "Wilson 1927"),
    Column("event", "str", "of a report of two articles: what the event check says of them; missing otherwise"),
))  # fmt: skip

#: Written to batch.parquet in the place of BATCH where the reports are on corpora: the article is the unit there.
BATCH_CORPUS = Table("batch_corpus", "group of a corpus in a report; in batch.parquet and batch.csv", ("report", "group"), (
    Column("report", "str", "the report's name"),
    Column("folder", "str", "the report's folder in that of the batch"),
    Column("group", "str", "the value of the column that the articles are compared by"),
    Column("name", "str", "how the report calls the group"),
    Column("n_groups", "int64", "groups that the report compares", "groups"),
    Column("n_articles", "int64", "articles of the group", "articles"),
    Column("n_counted", "int64", "of these, articles that are counted: of copies inside the group, one", "articles"),
    Column("n_words", "int64", "words of the articles counted, boilerplate left out", "words"),
    Column("n_tested", "int64", "terms tested, the same for every group of a report", "terms"),
    Column("n_passed", "int64", "of these, terms past the gate for the group, used more or less often than by the others", "terms"),
    Column("n_terms", "int64", "of these, terms that the group uses more often, and that differ most in it: those that the report states", "terms"),
    Column("terms", "str", "these terms, the strongest first, joined by commas; missing if none"),
    Column("n_scored", "int64", "articles counted that are scored for readability", "articles"),
    Column("grade", "float64", "mean Flesch–Kincaid grade over the articles scored; missing where none is", "school years", "Kincaid et al. 1975"),
    Column("grade_difference", "float64", "grade − mean grade of all other groups' articles", "school years"),
    Column("grade_difference_lower", "float64", "lower end of the 95 % interval of the difference; missing with fewer than five articles on either side", "school years", "Welch 1947"),
    Column("grade_difference_upper", "float64", "upper end of the 95 % interval of the difference; missing likewise", "school years", "Welch 1947"),
    Column("n_statements", "float64", "asserted statements attributed to a source, in the articles counted; missing where none was looked for: by the report's settings, or since no article is English", "attributions"),
))  # fmt: skip
