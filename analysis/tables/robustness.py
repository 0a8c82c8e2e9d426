"""In how many reasonable analyses each finding holds, and which paragraph it rests on."""

from __future__ import annotations

from analysis.schema import Column, Table
from analysis.tables.columns import GROUP

_ANALYSIS = Column("analysis", "str", "the name of the analysis in data/analyses.csv")
_FINDING = (
    Column("statistic", "str", "keyness or readability"),
    Column("term", "str", "the term, or the readability metric"),
)

ANALYSES = Table("analyses", "reasonable analysis, fixed before any was run", ("analysis",), (
    _ANALYSIS,
    Column("words", "str", "form: words are counted as they are written; lemma: forms of one word are counted together"),
    Column("stop_words", "str", "out or in: whether stop words may be tested"),
    Column("unit", "str", "sentence or paragraph: what is permuted where every group is one article"),
    Column("clean", "str", "on or off: whether boilerplate is set aside"),
    Column("voices", "str", "all voices, or the author's alone; for readability, sentences more than half of whose words are the author's"),
    Column("n_tested", "int64", "terms tested", "terms"),
    Column("n_passed", "int64", "of these, terms that pass the gate in any group, whichever they are", "terms"),
))  # fmt: skip

FINDINGS_BY_ANALYSIS = Table("findings_by_analysis", "finding in an analysis", ("group", "statistic", "term", "analysis"), (
    GROUP,
    *_FINDING,
    _ANALYSIS,
    Column("difference", "float64", "log ratio of the term (of its lemma), or difference of the metric; missing where it is not tested"),
    Column("p", "float64", "adjusted p of the term, or p of the difference; missing where it is not tested"),
    Column("holds", "bool", "same direction as in the run, and past the same test"),
    Column("same_as", "str", "the first analysis with the same units, tested terms and uses, whose answer this one repeats; missing where there is none"),
    Column("counted", "bool", "it is among the n_analyses of robustness: not the same as an earlier one, and not one that can never test the finding, for the term is a stop word and none is tested, or a side has fewer than two units or, for readability, 100 words"),
))  # fmt: skip

ROBUSTNESS = Table("robustness", "finding", ("group", "statistic", "term"), (
    GROUP,
    *_FINDING,
    Column("n_holds", "int64", "of n_analyses, those in which it holds", "analyses"),
    Column("n_analyses", "int64", "analyses that can test it and differ in what bears on it", "analyses"),
    Column("n_pieces", "int64", "paragraphs (articles, in large groups) of any group that leave it at least two units", "paragraphs"),
    Column("n_tried", "int64", "of these, those left out one at a time: all, up to 60 divided by the number of groups less one; of more, for a term those that hold any term found first, then the longest", "paragraphs"),
    Column("n_lost", "int64", "of these, those without which it is no finding", "paragraphs"),
    Column("rests", "bool", "n_lost is above 0"),
    Column("article_id", "str", "the article of the paragraph that matters most: one of n_lost if there is any, with the largest p; missing if none was left out"),
    Column("paragraph", "float64", "running number of that paragraph in the article; missing where a whole article is left out"),
    Column("start", "float64", "first character of the paragraph, counted from 0 in articles.text", "code points"),
    Column("end", "float64", "first character after it", "code points"),
    Column("p_without", "float64", "p (of a term, adjusted) without that paragraph; missing if the term is then too rare to be tested, or a side has too few words (under 100) to be scored"),
))  # fmt: skip
