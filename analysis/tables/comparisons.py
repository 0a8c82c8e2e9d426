"""What sets groups of articles apart."""

from __future__ import annotations

from dataclasses import replace

from analysis.power import POWER
from analysis.schema import Column, Table
from analysis.tables.columns import GROUP, POSITION

KEYNESS = Table("keyness", "term in a group against all other groups", ("group", "term"), (
    GROUP,
    Column("term", "str", "the word, case folded, possessive 's stripped"),
    Column("n", "int64", "uses in the group", "uses"),
    Column("n_elsewhere", "int64", "uses in all other groups", "uses"),
    Column("rate", "float64", "uses in the group", "per 1,000 words", "1000 n / words"),
    Column("rate_elsewhere", "float64", "uses in all other groups", "per 1,000 words", "1000 n / words"),
    Column("log_ratio", "float64", "binary logarithm of the ratio of the rates, smoothed", "doublings", "symmetric, κ = 0.5"),
    Column("lower", "float64", "lower end of the 95 % interval of log_ratio; where only the others use the term there is only a bound, the upper, and this is −inf; missing like p, where a side has no words, and where a side is a single unit and both use the term", "doublings", "bootstrap percentiles over sentences or paragraphs (articles in large groups); where a side has no use, the exact one-sided 95 % bound from the units with the term (Przyborowski & Wilenski 1940)"),
    Column("upper", "float64", "upper end of the 95 % interval of log_ratio; where only the group uses the term there is only a bound, the lower, and this is inf; missing like lower", "doublings", "likewise"),
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
    Column("n_words_elsewhere", "int64", "words of all other groups that were searched, in the run's voices", "words"),
    Column("n_tested", "int64", "terms tested, the same for every group", "terms"),
    Column("n_passed", "int64", "of these, terms that pass the gate in any group", "terms"),
    Column("n_units", "int64", "units that were permuted: sentences or paragraphs, or articles in large groups; 0 where evidence is withheld"),
    Column("unit", "str", "sentence, paragraph or article; missing where evidence is withheld"),
    Column("critical_g2", "float64", "95th percentile of the largest G2 over all tested terms under permutation"),
    Column("n_needed", "float64", "fewest uses, each in another sentence (paragraph, article), against none elsewhere, that would pass the gate; missing if no number would", "uses"),
    Column("detectable_rate", "float64", f"smallest true rate, against none elsewhere, that passes the gate in {100 * POWER:.0f} % of texts of this length; missing where n_needed is", "per 1,000 words", "binomial power of n_needed uses; power is lower, so the rate higher, where uses come in bursts"),
))  # fmt: skip

_AUTHOR_WORDS = {
    "n_words": "words of the group that were searched, in the author's own voice",
    "n_words_elsewhere": "words of all other groups that were searched, in the author's own voice",
}
#: The same two tables on the author's own words alone.
KEYNESS_AUTHOR = replace(
    KEYNESS, name="keyness_author", row="term, in the author's own voice, in a group against all other groups"
)
DETECTABLE_AUTHOR = replace(
    DETECTABLE,
    name="detectable_author",
    row="group against all other groups, in the author's own voice",
    columns=tuple(
        replace(column, meaning=_AUTHOR_WORDS[column.name]) if column.name in _AUTHOR_WORDS else column
        for column in DETECTABLE.columns
    ),
)

READABILITY_BY_GROUP = Table("readability_by_group", "metric in a group against all other groups", ("group", "metric"), (
    GROUP,
    Column("metric", "str", "a column of readability, reading_time aside"),
    Column("value", "float64", "the metric on the group's summed counts"),
    Column("lower", "float64", "lower end of its 95 % interval", "", "bootstrap over sentences or paragraphs (articles in large groups)"),
    Column("upper", "float64", "upper end of its 95 % interval", "", "bootstrap over sentences or paragraphs (articles in large groups)"),
    Column("value_elsewhere", "float64", "the metric on the summed counts of all other groups that are scored"),
    Column("difference", "float64", "value − value_elsewhere"),
    Column("difference_lower", "float64", "lower end of the 95 % interval of the difference; missing where either side is a single unit"),
    Column("difference_upper", "float64", "upper end of the 95 % interval of the difference; missing likewise"),
    Column("p", "float64", "permutation p of the difference, two-sided; missing where evidence is withheld"),
    Column("n_sentences", "int64", "sentences of the group", "sentences"),
))  # fmt: skip

ATTRIBUTION_COUNTS = Table("attribution_counts", "category of attribution in a group", ("group", "dimension", "category"), (
    GROUP,
    Column("dimension", "str", "sentences, kind, source_type or cue_class"),
    Column("category", "str", "the value counted; for sentences: attributed"),
    Column("n", "int64", "how many: asserted statements, or sentences that carry any"),
    Column("n_sure", "int64", "how many without the doubtful ones, which are more likely wrong than right: asserted statements that are not doubtful, or sentences that carry any of these"),
    Column("n_total", "int64", "of how many: all asserted statements of the group, or all its sentences"),
    Column("share", "float64", "n / n_total; missing if n_total is 0", "0 to 1"),
    Column("lower", "float64", "lower end of the 95 % interval of share", "0 to 1", "Wilson 1927"),
    Column("upper", "float64", "upper end of the 95 % interval of share", "0 to 1", "Wilson 1927"),
    Column("difference", "float64", "share − share of all other groups together", "−1 to 1"),
    Column("difference_lower", "float64", "lower end of the 95 % interval of difference", "−1 to 1", "Newcombe 1998, method 10"),
    Column("difference_upper", "float64", "upper end of the 95 % interval of difference", "−1 to 1", "Newcombe 1998, method 10"),
))  # fmt: skip

SOURCES = Table("sources", "source in a group", ("group", "source", "source_type"), (
    GROUP,
    Column("source", "str", "who is quoted or cited: a person as the label ledger names them where that is certain, else the speaker of the attributions, else verbatim"),
    Column("source_type", "str", "what the source is"),
    Column("n", "int64", "asserted statements given to it", "attributions"),
    Column("n_sure", "int64", "of these, without the doubtful ones", "attributions"),
    Column("n_words", "int64", "words of those statements", "words"),
    Column("article_id", "str", "the article in which it is named earliest, by position"),
    Column("start", "int64", "first character of the source there, counted from 0 in articles.text", "code points"),
    Column("end", "int64", "first character after it", "code points"),
    Column("sentence", "int64", "the sentence in which that statement begins"),
    POSITION,
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
    Column("n_statements", "int64", "asserted statements attributed to a source", "attributions"),
    Column("n_statements_sure", "int64", "of these, without the doubtful ones", "attributions"),
    Column("n_attitudes", "int64", "beliefs, wishes and feelings attributed to a source", "attributions"),
    Column("not_stated", "str", "the metadata that were not given with all its articles, joined by commas"),
))  # fmt: skip
