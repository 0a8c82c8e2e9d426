"""Strips show each use at its place, with counts that can be made by eye, and links to the sentences."""

import re

import pytest
from conftest import tables_of

from analysis.excerpts import keep_excerpts
from analysis.inputs.files import InputError
from analysis.show.dispersion import show_dispersion

#: Ten words in two paragraphs of six and four: "river" is the first word of each, and the fourth.
A = "River boats came. River boats left.\n\nRiver boats sank again."
B = "It rains over the hills."


@pytest.fixture(scope="module")
def tables():
    return tables_of({"a": A, "b": B}, attribution="none")


def test_a_strip_has_a_stroke_at_the_share_of_words_before_each_use(tables):
    strip = show_dispersion(tables, "river").text.split("\n")[3].strip()
    assert len(strip) == 60
    assert [at for at, mark in enumerate(strip) if mark == "|"] == [0, 18, 36]


def test_the_picture_says_its_counts_and_draws_uses_and_paragraphs(tables):
    html = show_dispersion(tables, "river").html
    assert 'role="img" aria-label="a: 3 uses in 10 words, dispersion 0.1' in html
    assert "the first at 0\u00a0% of the text, the last at 60\u00a0%" in html
    assert re.findall(r'<path d="([^"]*)"', html) == ["M600 10V20", "M0 0V20 M300 0V20 M600 0V20"]


def test_each_use_leads_to_its_sentence(tables):
    html = show_dispersion(tables, "river").html
    assert re.findall(r'href="#([^"]*)"', html) == ["a1-s1", "a1-s2", "a1-s3"]


def test_where_a_term_is_not_used_the_words_searched_are_told(tables):
    assert "Not found in b (5 words searched)." in show_dispersion(tables, "river").text
    assert "Not found in a (10 words searched), b (5 words searched)." in show_dispersion(tables, "zebra").html


def test_an_article_of_one_paragraph_has_no_dispersion(tables):
    assert "b: 1 use in 5 words\n" in show_dispersion(tables, "hills").text


def test_only_the_voices_asked_for_are_searched():
    tables = tables_of({"a": "The river rose. “The river fell fast,” said Ann Lee.", "b": "It rains."})
    assert "a: 2 uses in 10 words" in show_dispersion(tables, "river").text
    assert "a: 1 use in 4 words" in show_dispersion(tables, "river", "quoted").text
    assert "a: 1 use in 6 words" in show_dispersion(tables, "river", "author").text


def test_the_dispersion_of_an_article_by_itself_is_that_of_the_table_of_terms(seeds):
    rows = seeds["keyness"][(seeds["keyness"]["term"] == "iran")]
    text = show_dispersion(seeds, "iran").text
    assert re.findall(r"dispersion (0\.\d\d)", text) == [f"{value:.2f}" for value in rows["dispersion"]]


def test_several_terms_have_strips_each(tables):
    assert re.findall(r"<h4>(.*?)</h4>", show_dispersion(tables, "boats, river").html) == ["“boats”", "“river”"]


def test_markup_is_inert(tables):
    assert "<b>" not in show_dispersion(tables, "<b>river").html


def test_of_excerpts_no_places_are_shown(tables):
    assert show_dispersion(keep_excerpts(tables, []), "river").text.startswith(
        "The places of a term are shown in whole"
    )


@pytest.mark.parametrize(("term", "voices"), [("12", "all"), ("river", "choir")], ids=["no word", "no such voice"])
def test_what_cannot_be_searched_is_refused(tables, term, voices):
    with pytest.raises(InputError):
        show_dispersion(tables, term, voices)
