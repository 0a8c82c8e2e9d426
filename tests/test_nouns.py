"""One of anything is told in the singular, in the summary, in charts and in views."""

import re

from conftest import compared, make_articles

import analysis
from analysis.findings import find_claims

#: What is counted in what a reader reads.
NOUNS = "words|articles|sentences|events|statements|terms|reports|uses|runs"
COMPARISON = ("chart_keyness", "chart_placebo", "chart_readability", "chart_voices", "chart_positions")
_ONE_OF_MANY = re.compile(rf"(?<![\d.,])\b1 (?:tested )?(?:{NOUNS})\b.*")


def test_one_of_anything_is_told_in_the_singular():
    texts = {"a": "Rain.", "b": "The army went to Baku. “Rain,” the mayor said. Iranian rain fell.", "c": "Snow."}
    tables, settings = compared(make_articles(texts), quick=True, attribution="rules")
    charts = [getattr(analysis, name)(tables) for name in COMPARISON]
    told = [claim.text for claim in find_claims(tables, settings)]
    told += [text for chart in charts for text in (chart.caption, chart.alt)]
    told += [shown.text for shown in (
        analysis.show_labels(tables), analysis.show_concordance(tables, "said"), analysis.show_names(tables),
    )]  # fmt: skip
    assert not [found for text in told for found in _ONE_OF_MANY.findall(text)]
    assert [text for text in told if "1 word searched" in text]
