"""What readers judged of texts read blind, and the figures for the same questions."""

from __future__ import annotations

from analysis.schema import Column, Table

JUDGEMENTS = Table("judgements", "answer of a reader to one question", ("texts", "reader", "question"), (
    Column("texts", "str", "SHA-256 over the sorted SHA-256 of the texts that were judged", "hexadecimal"),
    Column("reader", "str", "who judged, as given; may be empty"),
    Column("recorded", "str", "when, as given; missing if not stated"),
    Column("question", "str", "the question's name: reading, voices, wording, event or remarks"),
    Column("answer", "str", "text one, text two …, no difference; of event: yes, no, cannot tell; remarks in free words"),
))  # fmt: skip

BESIDE = Table("beside", "figure for a question that readers were asked, of a text or of two", ("question", "figure", "article_id", "other_id"), (
    Column("question", "str", "the question's name"),
    Column("figure", "str", "what is counted"),
    Column("text", "str", "the name that the text had when it was read blind; of two, both"),
    Column("article_id", "str", "the article's own name in this run: its file's stem, or its record's id"),
    Column("other_id", "str", "the other article, for a figure of two; empty for one of a single text"),
    Column("value", "float64", "the figure; missing where none is given"),
    Column("lower", "float64", "lower end of its 95 % interval; missing where there is none"),
    Column("upper", "float64", "upper end"),
    Column("n", "float64", "how much the figure rests on"),
    Column("of", "str", "what n counts"),
    Column("says", "str", "a verdict in words, for the event check; missing for the rest"),
    Column("sha256", "str", "SHA-256 of the article's text", "hexadecimal"),
    Column("other_sha256", "str", "SHA-256 of the other article's text; empty for a figure of a single text", "hexadecimal"),
    Column("texts", "str", "SHA-256 over the sorted SHA-256 of all the texts: the judgements of the same texts have it too", "hexadecimal"),
))  # fmt: skip
