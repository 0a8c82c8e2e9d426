"""What was read: the articles, their passages, and what became of each input."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, GROUP, ID, START

#: Kinds of SENTENCES rows that are read as prose; titles and headings are not.
BODY_KINDS = ("sentence", "bullet")

ARTICLES = Table("articles", "article", ("article_id",), (
    ID,
    GROUP,
    Column("title", "str", "the title given with the article, else the one found in its text; missing if neither"),
    Column("outlet", "str", "who published it, as given; never guessed"),
    Column("label", "str", "a short name for charts and sentences, as given; missing: the article_id stands instead"),
    Column("author", "str", "as given; never guessed"),
    Column("published", "str", "date as given; never guessed"),
    Column("url", "str", "address as given; never fetched"),
    Column("path", "str", "the input file, relative to where the run started"),
    Column("text", "str", "the article's text; every start and end of every table points into it"),
))  # fmt: skip

REGIONS = Table("regions", "stretch of text that is not plain body", ("article_id", "start"), (
    ID,
    START,
    END,
    Column("kind", "str", "title, heading, bullet, or boilerplate"),
    Column("boilerplate", "str", "for boilerplate: chrome, teaser, share, caption or sources; missing for the rest"),
    Column("reason", "str", "why it was taken for that"),
))  # fmt: skip

SENTENCE_COUNTS = (
    Column("n_words", "int64", "words: letters with inner apostrophes, hyphens and dots; numbers are none", "words"),
    Column("n_letters", "int64", "letters and digits of those words", "characters"),
    Column("n_syllables", "int64", "syllables, by the source that run.json names", "syllables"),
    Column("n_polysyllables", "int64", "words of three syllables or more", "words"),
    Column("n_long_words", "int64", "words of more than six letters", "words"),
    Column("n_difficult_words", "int64", "words outside the Dale–Chall list of familiar words", "words"),
    Column(
        "n_complex_words", "int64", "difficult words of three syllables or more, which textstat's fog counts", "words"
    ),
)

SENTENCES = Table("sentences", "sentence, bullet, heading or title", ("article_id", "sentence"), (
    ID,
    Column("sentence", "int64", "running number in the article, from 1"),
    Column("paragraph", "int64", "running number of the paragraph, bullet or heading it stands in, from 1"),
    START,
    END,
    Column("kind", "str", "sentence, bullet, heading or title; headings and titles are not scored for readability"),
    *SENTENCE_COUNTS,
))  # fmt: skip

VOICES = Table("voices", "stretch of text in another voice than the author's", ("article_id", "start"), (
    ID,
    START,
    END,
    Column("voice", "str", "headline, quoted (inside quotation marks), attributed (content of an indirect attribution), or boilerplate (set aside)"),
))  # fmt: skip

NOTES = Table("notes", "remark on one article", ("article_id", "subject"), (
    ID,
    Column("subject", "str", "what the remark is about: language, readability, smog_index, attribution, …"),
    Column("note", "str", "the remark, one sentence"),
))  # fmt: skip

LEDGER = Table("ledger", "input: a file, a record of one, or what is wrong with a sidecar", ("input",), (
    Column("input", "int64", "running number, from 1; troubles of sidecars come last"),
    Column("path", "str", "the input file, relative to where the run started"),
    Column("record", "float64", "the record's number in its file, from 1; missing for a whole file"),
    Column("status", "str", "analysed, warned (read, but see the reason) or rejected"),
    Column("reason", "str", "what is to be said about it; missing if nothing"),
    Column("encoding", "str", "how the bytes were read as text; missing if they were not"),
    Column("sha256", "str", "hash of the file or of the record as written; missing if it was not read", "hexadecimal"),
    Column("article_id", "str", "the article it became; missing if none"),
))  # fmt: skip
