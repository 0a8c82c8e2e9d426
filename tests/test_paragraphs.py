"""Readability by paragraph: counts that add up to those of the article, and bars on one scale."""

import re

import pytest
from conftest import make_articles

from analysis.formulas import Counts
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.show.paragraphs import find_paragraphs, show_paragraphs

#: A heading, a paragraph of two sentences of four words, and one of a single sentence of eight.
SHORT = "Rivers Rise Again\n\nThe cat sat down. The dog ran off.\n\nThe old cat sat down by the door."
LONG = "The cat sat on the mat by the door. " * 12 + "\n\nThe dog ran."


@pytest.fixture(scope="module")
def tables():
    return measure(make_articles({"short": SHORT, "long": LONG, "empty": "1 2 3."}), attribution="none")


def rows_of_text(shown):
    return [re.split(r"\s{2,}", line.strip()) for line in shown.text.split("\n")[2:]]


def test_each_paragraph_has_its_counts(tables):
    assert rows_of_text(show_paragraphs(tables, "short")) == [
        ["2", "▇" * 9, "8", "2", "4.0", "1.00", "0", "too short"],
        ["3", "▇" * 18, "8", "1", "8.0", "1.00", "0", "too short"],
        ["all", "▇" * 12, "16", "3", "5.3", "1.00", "0", "too short"],
    ]


def test_a_grade_needs_a_hundred_words(tables):
    first, second, _ = rows_of_text(show_paragraphs(tables, "long"))
    assert first[2] == "108"
    assert re.fullmatch(r"−?\d+\.\d", first[-1])
    assert second[-1] == "too short"


def test_the_paragraphs_of_an_article_add_up_to_it(seeds):
    found = find_paragraphs(seeds)
    sums = found.groupby("article_id", sort=False)[list(Counts._fields)].sum()
    assert (sums.to_numpy() == seeds["readability"][list(Counts._fields)].to_numpy()).all()
    assert len(sums) == 2


def test_the_last_row_has_the_scores_of_the_article(seeds):
    for row in seeds["readability"].itertuples():
        last = rows_of_text(show_paragraphs(seeds, row.article_id))[-1]
        assert last[0] == "all"
        assert last[2:5] == [f"{row.n_words:,}", str(row.n_sentences), f"{row.words_per_sentence:.1f}"]
        assert last[-1] == f"{row.flesch_kincaid_grade:.1f}"


def test_bars_have_one_scale_in_all_articles(tables):
    widths = re.findall(r'<rect width="(\d+)"', show_paragraphs(tables).html)
    # 4, 8 and 5 1/3 words a sentence; 9, 3 and 8 1/2: the longest is 120 wide
    assert [int(width) for width in widths] == [53, 107, 71, 120, 40, 114]
    assert [int(w) for w in re.findall(r'<rect width="(\d+)"', show_paragraphs(tables, "short").html)] == [53, 107, 71]


def test_a_paragraph_leads_to_its_first_sentence(tables):
    assert re.findall(r'href="#([^"]*)"', show_paragraphs(tables, "short").html) == ["a1-s2", "a1-s4"]


def test_an_article_without_a_sentence_is_named(tables):
    assert show_paragraphs(tables, "empty").text == "empty: no sentence with a word in it."


def test_what_is_not_english_is_not_scored():
    text = "Der Fluss steigt wieder und die Stadt wartet auf das Wasser, das nicht kommt. " * 12
    shown = show_paragraphs(measure(make_articles({"a": text})))
    assert shown.text == "a: not scored, since it is not English."


def test_an_article_that_is_not_there_is_refused(tables):
    with pytest.raises(InputError, match="found 'other'"):
        show_paragraphs(tables, "other")


def test_hostile_names_are_inert():
    tables = measure(make_articles({"<script>": SHORT}), attribution="none")
    assert "<script" not in show_paragraphs(tables).html
