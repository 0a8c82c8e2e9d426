"""What articles share and what stands in one only: facts, sentences, runs of words, actors, and the event check."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, ID, SENTENCE, START

_OTHER = Column("other_id", "str", "the article it is compared with")
_OTHER_START = Column(
    "other_start", "int64", "where it begins in the other article, counted in characters from 0", "code points"
)
_OTHER_END = Column("other_end", "int64", "where it ends there, exclusive", "code points")
_KIND = Column("kind", "str", "date, weekday, relative day, time, number, money or per cent")

FACTS = Table("facts", "date or number of an article", ("article_id", "start"), (
    ID,
    START,
    END,
    SENTENCE,
    _KIND,
    Column("value", "str", "a plain decimal; for dates the known part of an ISO 8601 date (2025-06, --12-08); a weekday; hh:mm"),
    Column("unit", "str", "what is counted, as a term, or the currency; missing if neither is found"),
    Column("surface", "str", "as it is written", "", "text[start:end]"),
))  # fmt: skip

ALIGNED = Table("aligned", "pair of sentences of two articles that say much the same", ("article_id", "other_id", "sentence"), (
    ID,
    _OTHER,
    SENTENCE,
    Column("other_sentence", "int64", "running number of the sentence in the other article"),
    Column("similarity", "float64", "how much of their wording the two sentences share", "0 to 1", "cosine of tf·idf, idf = ln(1 + N/df) over the N sentences of both articles; stop words and numbers left out"),
    Column("n_shared", "int64", "different content words in both", "words"),
))  # fmt: skip

FACT_PAIRS = Table("fact_pairs", "date or number of an aligned sentence set beside one of the other", ("article_id", "other_id", "start"), (
    ID,
    _OTHER,
    START,
    END,
    _OTHER_START,
    _OTHER_END,
    SENTENCE,
    Column("other_sentence", "int64", "running number of the sentence in the other article"),
    _KIND,
    Column("unit", "str", "what the first of the two counts, as a term, or the currency; missing if neither is found"),
    Column("value", "str", "its value"),
    Column("other_value", "str", "the value in the other article"),
    Column("relation", "str", "agrees or differs"),
))  # fmt: skip

SHARED_RUNS = Table("shared_runs", "longest run of words that two articles share", ("article_id", "other_id", "start", "other_start"), (
    ID,
    _OTHER,
    START,
    END,
    _OTHER_START,
    _OTHER_END,
    Column("n_words", "int64", "words and numbers in the run", "words"),
    Column("voice", "str", "quoted (inside quotation marks) or prose, in the article; a run ends where that changes"),
    Column("other_voice", "str", "likewise in the other article"),
))  # fmt: skip

OVERLAP = Table("overlap", "article, another one, and kind of text", ("article_id", "other_id", "part"), (
    ID,
    _OTHER,
    Column("part", "str", "all, prose (outside quotation marks) or quoted (inside them)"),
    Column("n_shingles", "int64", "different runs of five words in this part of the article", "runs"),
    Column("n_shared", "int64", "of these, found in the same part of the other article", "runs"),
    Column("containment", "float64", "share of the article's runs that the other has; missing if it has none", "0 to 1", "n_shared / n_shingles (Broder 1997)"),
    Column("jaccard", "float64", "share of both articles' runs that both have; missing if neither has any", "0 to 1", "shared / union (Broder 1997)"),
))  # fmt: skip

ACTORS_ONLY = Table("actors_only", "actor found in one article and not in the other", ("article_id", "other_id", "actor"), (
    ID,
    _OTHER,
    Column("actor", "str", "canonical name"),
    Column("kind", "str", "person, state, organisation, place or event; name: an unlisted name that is none of these for certain"),
    Column("n", "int64", "uses of any expression for it in the article", "uses"),
    START,
    END,
    SENTENCE,
    Column("n_words_searched", "int64", "words of the other article, in which it is not found", "words"),
))  # fmt: skip

EVENT_CHECK = Table("event_check", "pair of articles", ("article_id", "other_id"), (
    ID,
    _OTHER,
    Column("verdict", "str", "same, related or unclear: whether the two report one event"),
    Column("dates", "str", "the first day each gives, background aside: agree, weekdays agree, differ, open, one side, none"),
    Column("n_people", "int64", "persons named in both", "actors"),
    Column("n_states", "int64", "states named in both", "actors"),
    Column("n_places", "int64", "other places named in both", "actors"),
    Column("n_organisations", "int64", "organisations named in both", "actors"),
    Column("n_events", "int64", "listed events named in both", "actors"),
    Column("n_names", "int64", "unlisted names in both", "actors"),
    Column("n_aligned", "int64", "pairs of aligned sentences", "pairs"),
    Column("n_numbers", "int64", "figures in both: numbers above ten with their unit, sums of money, percentages", "figures"),
    Column("n_topic_words", "int64", "content words that both openings have, names left out", "words"),
    Column("n_against", "int64", "pieces of evidence against one event", "pieces"),
    Column("version_share", "float64", "the larger containment of prose; missing if neither has a run of five words", "0 to 1"),
    Column("versions", "bool", "whether they are two versions of one text: version_share is at least one half"),
    Column("one_language", "bool", "whether both are English; if not, names and days are not looked for in both, and the verdict is unclear"),
))  # fmt: skip

EVENT_EVIDENCE = Table("event_evidence", "piece of evidence of the event check", ("article_id", "other_id", "kind", "item"), (
    ID,
    _OTHER,
    Column("kind", "str", "day, publication date, person, state, place, organisation, event, name, number, aligned sentence, topic word or version"),
    Column("item", "str", "what is shared or differs: a canonical name, a value, a term"),
    Column("bearing", "str", "for one event, against it, or open"),
    Column("start", "float64", "where it stands in the article; missing if it does not", "code points"),
    Column("end", "float64", "where it ends there, exclusive", "code points"),
    Column("other_start", "float64", "where it stands in the other article; missing if it does not", "code points"),
    Column("other_end", "float64", "where it ends there, exclusive", "code points"),
))  # fmt: skip
