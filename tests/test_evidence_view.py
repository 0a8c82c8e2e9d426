"""Each claim opens to its cells, its interval and counts, and the passages behind it, verbatim."""

import re

import pandas as pd
import pytest
from conftest import tables_of

from analysis.claims.claim import Cell, Claim, Name, Quotation
from analysis.excerpts import keep_excerpts
from analysis.findings import find_claims
from analysis.show.evidence import show_evidence

TEXT = "The river rose <b>fast</b>. It rains. The bridge shook."
KEY = {"group": "a", "term": "river"}


@pytest.fixture(scope="module")
def tables():
    counted = pd.DataFrame({"group": ["a"], "term": ["river"], "n": [1], "n_elsewhere": [1200], "rate": [2.5]})
    return tables_of({"a": TEXT, "b": "It rains."}, attribution="none") | {"keyness": counted}


def claim(**changes):
    parts = {"name": Name("A & B", "a"), "n": Cell(1, "keyness", KEY, "n"), "use": Cell(1, "keyness", KEY, "n")}
    given = {"spans": (("a", 4, 9),), "value": Cell(2.5, "keyness", KEY, "rate")} | changes
    return Claim("x-1", "Words", "count", "{name} has {n} {use:use|uses}.", parts, **given)


def test_the_claim_is_followed_by_its_cells_figures_and_passages(tables):
    ends = {"lower": Cell(-0.5, "keyness", KEY, "lower"), "upper": Cell(float("inf"), "keyness", KEY, "upper")}
    assert show_evidence([claim(**ends)], tables).text.split("\n") == [
        "Words",
        "1. A & B has 1 use.",
        "   1 = keyness[group = a, term = river].n",
        "   95 % interval: −0.50 to open",
        "   1: uses in the group",
        "   1,200: uses in all other groups",
        "   a 1: “The river rose <b>fast</b>.”",
    ]


def test_the_passages_are_links_and_inert(tables):
    html = show_evidence([claim()], tables).html
    assert '<a href="#a1-s1">a 1</a>: “The river rose &lt;b&gt;fast&lt;/b&gt;.”' in html
    assert "<summary>1. A &amp; B has 1 use.</summary>" in html
    assert "<code>keyness[group = a, term = river].n</code>" in html


def test_a_cell_names_its_group_as_every_view_does_and_a_line_above_gives_the_id(tables):
    labelled = tables | {"articles": tables["articles"].assign(label=["A <i>", None])}
    shown = show_evidence([claim()], labelled)
    assert shown.text.split("\n")[:4] == [
        "In the tables, A <i> is a.",
        "Words",
        "1. A & B has 1 use.",
        "   1 = keyness[group = A <i>, term = river].n",
    ]
    assert '<p class="none">In the tables, A &lt;i&gt; is a.</p>' in shown.html
    assert "<code>keyness[group = A &lt;i&gt;, term = river].n</code>" in shown.html


@pytest.mark.parametrize(
    ("key", "place"),
    [
        pytest.param({"article_id": "a", "other_id": "b"}, "x[article_id = A, other_id = b].n", id="two articles"),
        pytest.param({"term": "a"}, "x[term = a].n", id="a term that reads like an id"),
    ],
)
def test_only_ids_are_named_otherwise(tables, key, place):
    labelled = tables | {"articles": tables["articles"].assign(label=["A", None])}
    told = Claim("x-1", "Words", "count", "{n}.", {"n": Cell(1, "x", key, "n")})
    text = show_evidence([told], labelled).text
    assert f"1 = {place}" in text
    assert ("In the tables, A is a." in text) == ("article_id" in key)


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        pytest.param((), [], id="none"),
        pytest.param((("a", 4, 9), ("a", 0, 3)), ["a 1"], id="a sentence once"),
        pytest.param((("a", 20, 40),), ["a 1", "a 2", "a 3"], id="every sentence that is touched"),
        pytest.param((("a", 0, len(TEXT)),), ["a, whole text"], id="a whole text is not quoted"),
    ],
)
def test_the_passages_are_those_that_the_spans_touch(tables, spans, shown):
    shown_claim = show_evidence([claim(spans=spans)], tables)
    assert re.findall(r'<a href="#[^"]*">(.*?)</a>', shown_claim.html) == shown
    assert "“" not in shown_claim.text or shown != ["a, whole text"]


def test_a_claim_without_a_main_value_has_no_figures(tables):
    assert "Interval" not in show_evidence([claim(value=None)], tables).html


def test_what_is_kept_out_is_not_shown(tables):
    quoted = Claim(
        "x-1", "Words", "count", "It is {q}.", {"q": Quotation("It rains.", "a", 28, 37)}, spans=(("a", 28, 37),)
    )
    cut = keep_excerpts(tables, [quoted])
    text = show_evidence([quoted, claim()], cut).text
    assert "a 2: “It rains.”" in text
    assert "a 1: “[not shown]”" in text
    assert "river rose" not in text


def test_claims_are_numbered_as_in_the_summary(seeds):
    from conftest import DEFAULTS

    from analysis.pipeline import run_settings

    claims = find_claims(seeds, run_settings(**DEFAULTS))
    html = show_evidence(claims, seeds).html
    numbers = [int(number) for number in re.findall(r"<summary>(\d+)\. ", html)]
    assert numbers == list(range(1, len(claims) + 1))
    assert not re.search(r"\b(nan|NaN|None|inf)\b", re.sub(r"“[^”]*”", "", html))


def test_without_claims_there_is_a_sentence(tables):
    assert show_evidence([], tables).text == "There is nothing that the report would say."
