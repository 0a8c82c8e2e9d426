"""What a row is: every table of the package, declared once."""

from __future__ import annotations

from analysis.schema import Column, Table

#: Kinds of SENTENCES rows that are read as prose; titles and headings are not.
BODY_KINDS = ("sentence", "bullet")

ID = Column("article_id", "str", "the file's stem or the record's id, verbatim")
START = Column("start", "int64", "first character, counted from 0 in articles.text", "code points")
END = Column("end", "int64", "first character after the stretch", "code points")
GROUP = Column("group", "str", "the value of the column compared by; by default the article_id")

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
    Column("voice", "str", "headline, quoted (inside quotation marks) or attributed (content of an indirect attribution)"),
))  # fmt: skip

TERM = (
    Column("order", "int64", "how many words the term has: 1, 2 or 3"),
    Column("term", "str", "the words, case folded, possessive 's stripped, joined by a space"),
    Column("voice", "str", "author, headline, quoted or attributed: the voice of the term's first word"),
)

SENTENCE_TERMS = Table("sentence_terms", "term in a sentence and voice", ("article_id", "sentence", "order", "term", "voice"), (
    ID,
    Column("sentence", "int64", "running number of the sentence in the article"),
    *TERM,
    Column("n", "int64", "how often", "uses"),
))  # fmt: skip

TERM_COUNTS = Table("term_counts", "term in an article and voice", ("article_id", "order", "term", "voice"), (
    ID,
    *TERM,
    Column("n", "int64", "how often", "uses"),
    Column("n_sentences", "int64", "in how many sentences", "sentences"),
))  # fmt: skip

CONCORDANCE = Table("concordance", "use of one term", ("article_id", "start"), (
    ID,
    Column("sentence", "int64", "running number of the sentence in the article"),
    Column("voice", "str", "author, headline, quoted or attributed: the voice of the first word"),
    START,
    END,
    Column("surface", "str", "how it is written there, possessive 's left out", "", "text[start:end]"),
))  # fmt: skip

SURFACE_FORMS = Table("surface_forms", "term in a group, as it is most often written there", ("group", "term"), (
    GROUP,
    Column("term", "str", "the words, case folded, possessive 's stripped, joined by a space"),
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
    Column("source_type", "str", "what the source is: a named person, an office or role, …; none if nobody is named"),
    Column("speaker", "str", "the name that a pronoun or description resolves to, where certain"),
    Column("speaker_chain", "str", "the expressions that lead from the source to that name"),
    Column("cue", "str", "the word or words that attribute, verbatim; missing if none"),
    Column("cue_class", "str", "neutral, distancing, endorsing, speech act or belief; missing without a cue"),
    Column("modality", "str", "asserted, negated or hypothetical"),
    Column("nested_in", "float64", "the attribution that this one stands inside; missing for the outermost"),
    Column("content", "str", "what is attributed, verbatim; parts are joined by …"),
    Column("sentence", "int64", "the sentence in which the attribution begins"),
    Column("confidence", "float64", "how often the rule that found it is right on annotated news", "0 to 1"),
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

KEYNESS = Table("keyness", "term in a group against all other groups", ("group", "term"), (
    GROUP,
    Column("term", "str", "the word, case folded, possessive 's stripped"),
    Column("n", "int64", "uses in the group", "uses"),
    Column("n_elsewhere", "int64", "uses in all other groups", "uses"),
    Column("rate", "float64", "uses in the group", "per 1,000 words", "1000 n / words"),
    Column("rate_elsewhere", "float64", "uses in all other groups", "per 1,000 words", "1000 n / words"),
    Column("log_ratio", "float64", "binary logarithm of the ratio of the rates, smoothed", "doublings", "symmetric, κ = 0.5"),
    Column("lower", "float64", "lower end of the 95 % interval of log_ratio; −inf where only the upper is bounded; missing like p", "doublings", "bootstrap over sentences (articles in large groups); one-sided and exact (Przyborowski & Wilenski 1940) where a side has no use"),
    Column("upper", "float64", "upper end of the 95 % interval of log_ratio; inf where only the lower is bounded; missing like p", "doublings", "likewise"),
    Column("g2", "float64", "log-likelihood ratio, four cells, signed by the difference of rates", "", "Dunning 1993"),
    Column("z", "float64", "log-odds with an informative Dirichlet prior, full variance", "standard errors", "Monroe, Colaresi & Quinn 2008"),
    Column("tested", "bool", "whether the term belongs to the tested family"),
    Column("p", "float64", "unadjusted permutation p; missing if not tested or evidence is withheld"),
    Column("p_adjusted", "float64", "permutation p adjusted over all tested terms and groups by the largest G2", "", "Westfall & Young 1993, max-T"),
    Column("q", "float64", "false discovery rate at which the term would be kept", "", "Benjamini & Hochberg 1995, on p"),
    Column("dispersion", "float64", "0 evenly over the group's paragraphs, 1 all in the shortest; missing if not used", "0 to 1", "DPnorm, Gries 2008; Lijffijt & Gries 2012"),
    Column("n_sentences", "int64", "sentences of the group with the term", "sentences"),
))  # fmt: skip

DETECTABLE = Table("detectable", "group against all other groups", ("group",), (
    GROUP,
    Column("n_words", "int64", "words of the group that were searched, in the run's voices", "words"),
    Column("n_words_elsewhere", "int64", "words of all other groups that were searched", "words"),
    Column("n_tested", "int64", "terms tested, the same for every group", "terms"),
    Column("n_passed", "int64", "of these, terms that pass the gate in any group", "terms"),
    Column("n_units", "int64", "units that were permuted: sentences, or articles in large groups; 0 where evidence is withheld"),
    Column("unit", "str", "sentence or article; missing where evidence is withheld"),
    Column("critical_g2", "float64", "95th percentile of the largest G2 over all tested terms under permutation"),
    Column("n_needed", "float64", "fewest uses, against none elsewhere, that would pass the gate", "uses"),
))  # fmt: skip

READABILITY_BY_GROUP = Table("readability_by_group", "metric in a group against all other groups", ("group", "metric"), (
    GROUP,
    Column("metric", "str", "a column of readability, reading_time aside"),
    Column("value", "float64", "the metric on the group's summed counts"),
    Column("lower", "float64", "lower end of its 95 % interval", "", "bootstrap over sentences (articles in large groups)"),
    Column("upper", "float64", "upper end of its 95 % interval", "", "bootstrap over sentences (articles in large groups)"),
    Column("value_elsewhere", "float64", "the metric on the summed counts of all other groups"),
    Column("difference", "float64", "value − value_elsewhere"),
    Column("difference_lower", "float64", "lower end of the 95 % interval of the difference"),
    Column("difference_upper", "float64", "upper end of the 95 % interval of the difference"),
    Column("p", "float64", "permutation p of the difference, two-sided; missing where evidence is withheld"),
    Column("n_sentences", "int64", "sentences of the group", "sentences"),
))  # fmt: skip

ATTRIBUTION_COUNTS = Table("attribution_counts", "category of attribution in a group", ("group", "dimension", "category"), (
    GROUP,
    Column("dimension", "str", "sentences, kind, source_type or cue_class"),
    Column("category", "str", "the value counted; for sentences: attributed"),
    Column("n", "int64", "how many: statements, or sentences that carry any"),
    Column("n_total", "int64", "of how many: all statements of the group, or all its sentences"),
    Column("share", "float64", "n / n_total; missing if n_total is 0", "0 to 1"),
    Column("lower", "float64", "lower end of the 95 % interval of share", "0 to 1", "Wilson 1927"),
    Column("upper", "float64", "upper end of the 95 % interval of share", "0 to 1", "Wilson 1927"),
    Column("difference", "float64", "share − share of all other groups together", "−1 to 1"),
    Column("difference_lower", "float64", "lower end of the 95 % interval of difference", "−1 to 1", "Newcombe 1998, method 10"),
    Column("difference_upper", "float64", "upper end of the 95 % interval of difference", "−1 to 1", "Newcombe 1998, method 10"),
))  # fmt: skip

SOURCES = Table("sources", "source, as written, in a group", ("group", "source", "source_type"), (
    GROUP,
    Column("source", "str", "who is quoted or cited, verbatim"),
    Column("source_type", "str", "what the source is"),
    Column("n", "int64", "statements given to it", "attributions"),
    Column("n_words", "int64", "words of those statements", "words"),
))  # fmt: skip

COVERAGE = Table("coverage", "group: what was read, set aside and searched", ("group",), (
    GROUP,
    Column("n_articles", "int64", "articles", "articles"),
    Column("n_words", "int64", "words searched: title, headings and body", "words"),
    Column("n_sentences", "int64", "sentences and bullets", "sentences"),
    Column("n_removed", "int64", "words set aside as boilerplate", "words"),
    *(
        Column(f"n_{kind}", "int64", f"words set aside as {what}", "words")
        for kind, what in {
            "chrome": "page furniture",
            "teaser": "teasers of other articles",
            "share": "share lines",
            "caption": "captions and credits of embedded media",
            "sources": "declared source lists",
        }.items()
    ),
    Column("n_marks", "int64", "quotation marks seen in what was searched", "marks"),
    Column("n_paired", "int64", "quotation marks that pair up", "marks"),
    Column("n_quotations", "int64", "stretches inside quotation marks", "quotations"),
    Column("n_unsourced", "int64", "of these, without any attribution", "quotations"),
    Column("n_statements", "int64", "statements attributed to a source", "attributions"),
    Column("n_attitudes", "int64", "beliefs, wishes and feelings attributed to a source", "attributions"),
    Column("not_stated", "str", "the metadata that were not given with all its articles, joined by commas"),
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

TABLES = (
    ARTICLES, REGIONS, SENTENCES, VOICES, SENTENCE_TERMS, TERM_COUNTS, READABILITY, ATTRIBUTIONS, SPANS, NOTES,
    SURFACE_FORMS, KEYNESS, DETECTABLE, READABILITY_BY_GROUP, ATTRIBUTION_COUNTS, SOURCES, COVERAGE, CONCORDANCE, LEDGER,
)  # fmt: skip
