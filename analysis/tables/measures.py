"""What is measured in one article at a time."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, SENTENCE, START
from analysis.tables.texts import SENTENCE_COUNTS

_TERM = Column("term", "str", "the words, case folded, possessive 's stripped, joined by a space")
_TERM_IN_VOICE = (
    Column("order", "int64", "how many words the term has: 1, 2 or 3"),
    _TERM,
    Column("voice", "str", "author, headline, quoted, attributed or boilerplate: the voice of the term's first word"),
)

SENTENCE_TERMS = Table("sentence_terms", "term in a sentence and voice", ("article_id", "sentence", "order", "term", "voice"), (
    ID,
    Column("sentence", "int64", "running number of the sentence in the article; what was set aside as boilerplate counts down from −1"),
    *_TERM_IN_VOICE,
    Column("n", "int64", "how often", "uses"),
))  # fmt: skip

TERM_COUNTS = Table("term_counts", "term in an article and voice", ("article_id", "order", "term", "voice"), (
    ID,
    *_TERM_IN_VOICE,
    Column("n", "int64", "how often", "uses"),
    Column("n_sentences", "int64", "in how many sentences", "sentences"),
))  # fmt: skip

CONCORDANCE = Table("concordance", "use of one term", ("article_id", "start"), (
    ID,
    SENTENCE,
    Column("voice", "str", "author, headline, quoted, attributed or boilerplate: the voice of the first word"),
    START,
    END,
    Column("surface", "str", "how it is written there, possessive 's left out", "", "text[start:end]"),
))  # fmt: skip

SURFACE_FORMS = Table("surface_forms", "term in a group, as it is most often written there", ("group", "term"), (
    GROUP,
    _TERM,
    Column("surface", "str", "the commonest way it is written; the first to occur, if several are", "", "text[start:end]"),
    Column("n", "int64", "how often it is written like this", "uses"),
    ID,
    START,
    END,
))  # fmt: skip

ATTRIBUTIONS = Table("attributions", "attribution, statements and attitudes alike", ("article_id", "attribution"), (
    ID,
    Column("attribution", "int64", "running number in the article, from 1"),
    Column("act", "str", "statement (speech, writing, documents) or attitude (belief, wish, feeling)"),
    Column("kind", "str", "direct (in quotation marks), indirect, or mixed"),
    Column("source", "str", "who is quoted or cited, verbatim; missing if nobody is named"),
    Column("source_type", "str", "what the source is: a named person, an office or role, …; none for a pronoun, and if there is no source; anonymous: a source or insider without a name, or one who asks not to be named"),
    Column("speaker", "str", "whom the source names, or is a pronoun or description for, in the fullest form that the article gives the name; missing where not certain, and always for I, we, they and it and inside another attribution"),
    Column("speaker_chain", "str", "the expressions that lead from the source to that name, joined by →; missing where the source is that name"),
    Column("cue", "str", "the word or words that attribute, verbatim; missing if none"),
    Column("cue_class", "str", "neutral, distancing, endorsing, speech act or belief; missing without a cue"),
    Column("modality", "str", "asserted (what counts as a statement), negated (did not or would not say, nobody said), or hypothetical (would, will or may say, if they say)"),
    Column("nested_in", "float64", "the attribution that this one stands inside; missing for the outermost"),
    Column("content", "str", "what is attributed, verbatim; parts are joined by …"),
    Column("sentence", "int64", "the sentence in which the attribution begins"),
    Column("confidence", "float64", "how likely its source and content are both right, by what was right in annotated news; inside another attribution, how often the rule that found it is right; doubtful below one half; missing where given by hand", "0 to 1"),
))  # fmt: skip

SPANS = Table("spans", "stretch of text of an attribution", ("article_id", "attribution", "role", "start"), (
    ID,
    Column("attribution", "int64", "running number of the attribution in the article"),
    Column("role", "str", "source, cue or content"),
    START,
    END,
))  # fmt: skip

READABILITY = Table("readability", "article", ("article_id",), (
    ID,
    Column("n_sentences", "int64", "sentences and bullets with a word in them; headings and titles are none", "sentences"),
    *SENTENCE_COUNTS,
    Column("words_per_sentence", "float64", "mean length of a sentence", "words", "n_words / n_sentences"),
    Column("syllables_per_word", "float64", "mean length of a word", "syllables", "n_syllables / n_words"),
    Column("difficult_share", "float64", "share of difficult words", "0 to 1", "n_difficult_words / n_words"),
    Column("flesch_reading_ease", "float64", "higher is easier", "points", "Flesch 1948"),
    Column("flesch_kincaid_grade", "float64", "school grade", "grades", "Kincaid et al. 1975"),
    Column("gunning_fog", "float64", "school grade", "grades", "Gunning 1952, as textstat computes it"),
    Column("smog_index", "float64", "school grade; normed on 30 sentences", "grades", "McLaughlin 1969"),
    Column("coleman_liau_index", "float64", "school grade", "grades", "Coleman & Liau 1975"),
    Column("automated_readability_index", "float64", "school grade", "grades", "Smith & Senter 1967"),
    Column("dale_chall_score", "float64", "raw score; higher is harder", "points", "Dale & Chall 1948"),
    Column("linsear_write", "float64", "school grade", "grades", "O'Hayre 1966, on the whole text: textstat's with strict_upper=False"),
    Column("lix", "float64", "higher is harder", "points", "Björnsson 1968"),
    Column("rix", "float64", "higher is harder", "points", "Anderson 1983"),
    Column("reading_time", "float64", "time to read the body at 14.69 ms a letter", "seconds", "Demberg & Keller 2008"),
))  # fmt: skip

METRICS = tuple(column.name for column in READABILITY.columns if column.dtype == "float64")
