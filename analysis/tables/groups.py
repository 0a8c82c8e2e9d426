"""What sets groups of a corpus apart, with the article as the unit."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import END, ID, START

_GROUP = Column(
    "group",
    "str",
    "the value of the column compared by; articles without one stand in “(not stated)”, groups beyond the most that are compared in one together",
)

GROUPS = Table("groups", "group of articles", ("group",), (
    _GROUP,
    Column("n_groups", "int64", "values of the column that stand in it: 1, or of the smaller groups that are compared as one, how many", "groups"),
    Column("n_articles", "int64", "articles", "articles"),
    Column("n_counted", "int64", "of these, articles that are counted: of copies inside the group, one", "articles"),
    Column("n_words", "int64", "words of the articles counted, boilerplate left out", "words"),
    Column("n_dated", "int64", "articles whose stated date begins with year, month and day", "articles"),
    Column("first_day", "str", "first stated day; missing if none is"),
    Column("last_day", "str", "last stated day; missing if none is"),
    *(
        Column(f"n_without_{field}", "int64", f"articles whose {what} is not stated", "articles")
        for field, what in {"outlet": "outlet", "author": "author", "published": "date", "url": "address"}.items()
    ),
    Column("n_scored", "int64", "articles counted that are long enough, and English, to be scored for readability", "articles"),
    Column("n_foreign", "int64", "articles counted that are not English: readability and attribution are withheld for them", "articles"),
    Column("n_statements", "int64", "asserted statements attributed to a source, in the articles counted", "attributions"),
    Column("terms", "str", "the terms used in most of its articles, stop words aside, joined by commas: what it is about, not how it differs"),
    Column("evidence", "bool", "whether it, and the others together, have enough articles for evidence"),
    Column("texts_sha256", "str", "hash of the sorted hashes of its texts", "hexadecimal"),
))  # fmt: skip

SMALLER_GROUPS = Table("smaller_groups", "value of the column compared by that stands in the group of the smaller ones", ("value",), (
    _GROUP,
    Column("value", "str", "the value, as a group of its own would be called"),
    Column("n_articles", "int64", "articles", "articles"),
))  # fmt: skip

GROUP_KEYNESS = Table("group_keyness", "tested term in a group against all other groups", ("group", "term"), (
    _GROUP,
    Column("order", "int64", "how many words the term has: 1 or 2"),
    Column("term", "str", "the words, case folded, possessive 's stripped, joined by a space"),
    Column("n", "int64", "uses in the group", "uses"),
    Column("n_elsewhere", "int64", "uses in all other groups", "uses"),
    Column("n_articles", "int64", "articles of the group with the term", "articles"),
    Column("n_articles_elsewhere", "int64", "articles of all other groups with the term", "articles"),
    Column("rate", "float64", "uses in the group", "per 1,000 words", "1000 n / words"),
    Column("rate_elsewhere", "float64", "uses in all other groups", "per 1,000 words", "1000 n / words"),
    Column("log_ratio", "float64", "binary logarithm of the ratio of the rates, smoothed", "doublings", "symmetric, κ = 0.5"),
    Column("lower", "float64", "lower end of the 95 % interval of log_ratio; −inf where only the others use the term; missing where evidence is withheld", "doublings", "ratio estimator over articles, by linearisation (Cochran 1977); where a side has no use, the exact one-sided 95 % bound from the articles with the term (Przyborowski & Wilenski 1940)"),
    Column("upper", "float64", "upper end of the 95 % interval of log_ratio; inf where only the group uses the term; missing like lower", "doublings", "likewise"),
    Column("g2", "float64", "log-likelihood ratio, four cells, signed by the difference of rates", "", "Dunning 1993"),
    Column("burst", "float64", "how many times as much the difference of rates varies as if each use came by itself: uses come together in articles; at least 1", "", "design effect over articles, Rao & Scott 1984"),
    Column("p", "float64", "unadjusted permutation p of |g2| / burst over articles; missing where evidence is withheld"),
    Column("p_adjusted", "float64", "permutation p adjusted over all tested terms and groups by the largest |g2| / burst", "", "Westfall & Young 1993, max-T"),
    Column("q", "float64", "false discovery rate at which the term would be kept", "", "Benjamini & Hochberg 1995, on p"),
    Column("dispersion", "float64", "0 evenly over the group's articles, 1 all in the shortest; missing if not used", "0 to 1", "DPnorm, Gries 2008; Lijffijt & Gries 2012"),
))  # fmt: skip

GROUP_LIMITS = Table("group_limits", "group against all other groups", ("group",), (
    _GROUP,
    Column("n_words", "int64", "words of the group that were searched", "words"),
    Column("n_words_elsewhere", "int64", "words of all other groups that were searched", "words"),
    Column("n_tested", "int64", "terms tested, the same for every group", "terms"),
    Column("n_untested", "int64", "terms that are frequent enough, but beyond the most that are tested", "terms"),
    Column("n_passed", "int64", "of the terms tested, those past the gate for the group", "terms"),
    Column("critical", "float64", "|g2| / burst above which a term passes; missing where evidence is withheld"),
    Column("n_needed", "float64", "fewest uses, each in another article, against none elsewhere, that would pass; missing if no number would", "uses"),
    Column("pack", "int64", "how many articles, drawn at random, were dealt together: 1, or more in a large corpus", "articles"),
    Column("permutations", "int64", "deals of the gate", "permutations"),
))  # fmt: skip

GROUP_READABILITY = Table("group_readability", "metric in a group", ("group", "metric"), (
    _GROUP,
    Column("metric", "str", "a column of readability, reading_time aside"),
    Column("n_articles", "int64", "articles that are scored", "articles"),
    Column("mean", "float64", "mean over articles"),
    Column("sd", "float64", "standard deviation over articles"),
    Column("p05", "float64", "value that 5 % of its articles do not reach"),
    Column("q1", "float64", "lower quartile"),
    Column("median", "float64", "median"),
    Column("q3", "float64", "upper quartile"),
    Column("p95", "float64", "value that 5 % of its articles surpass"),
    Column("n_articles_elsewhere", "int64", "articles of all other groups that are scored", "articles"),
    Column("mean_elsewhere", "float64", "mean over the articles of all other groups together"),
    Column("difference", "float64", "mean − mean_elsewhere"),
    Column("lower", "float64", "lower end of the 95 % interval of the difference; missing with fewer than five articles on either side", "", "Welch 1947"),
    Column("upper", "float64", "upper end of the 95 % interval of the difference; missing likewise", "", "Welch 1947"),
    Column("p", "float64", "p of the difference, two-sided; missing likewise", "", "Welch 1947"),
    Column("p_adjusted", "float64", "p adjusted over all groups and metrics", "", "Holm 1979"),
))  # fmt: skip

GROUP_SOURCES = Table("group_sources", "source type in a group and period", ("group", "period", "source_type"), (
    _GROUP,
    Column("period", "str", "month of the stated date (a year, if there are many months), or empty: all articles, dated or not"),
    Column("source_type", "str", "what the source is"),
    Column("n_statements", "int64", "asserted statements given to sources of that type", "attributions"),
    Column("n_total", "int64", "all asserted statements of the group in that period", "attributions"),
    Column("share", "float64", "n_statements / n_total; missing if n_total is 0", "0 to 1"),
    Column("lower", "float64", "lower end of the 95 % interval of share, over articles", "0 to 1", "Wilson 1927 on the effective number of statements, Korn & Graubard 1998"),
    Column("upper", "float64", "upper end of the 95 % interval of share, over articles", "0 to 1", "likewise"),
    Column("n_articles", "int64", "articles with any asserted statement", "articles"),
    Column("few", "bool", "whether it rests on fewer than 20 statements or five articles"),
))  # fmt: skip

GROUP_EXCERPTS = Table("group_excerpts", "use of a term shown in a group", ("term", "article_id", "start"), (
    Column("term", "str", "the term, as in group_keyness"),
    _GROUP,
    ID,
    Column("sentence", "int64", "running number of the sentence in the article"),
    Column("sentence_start", "int64", "first character of the sentence", "code points"),
    Column("sentence_end", "int64", "first character after it", "code points"),
    START,
    END,
    Column("voice", "str", "author, headline, attributed or quoted: the voice of the first word"),
    Column("surface", "str", "how it is written there", "", "text[start:end]"),
    Column("text", "str", "the sentence, verbatim"),
))  # fmt: skip
