"""What is shown is escaped, linked and complete."""

import re

import pandas as pd
import pytest
from conftest import make_articles, tables_of

from analysis.claims.claim import Claim
from analysis.measures import measure
from analysis.names import group_names
from analysis.pipeline import compare
from analysis.show.shown import Anchors, show_claims, show_table
from analysis.show.style import unstyled
from analysis.show.terms import show_terms
from analysis.show.texts import show_articles
from analysis.show.views import (
    show_attributions,
    show_coverage,
    show_headlines,
    show_notes,
    show_phrases,
    show_readability,
    show_removed,
    show_settings,
    show_sources,
    show_statements,
)

HOSTILE = "<script>alert(1)</script> \"quoted\" 'it' & {n} $x$"


@pytest.fixture(scope="module")
def hostile():
    """Two articles full of markup, with hostile names and labels."""
    body = f"{HOSTILE}\n\nThe mayor said that {HOSTILE} would be built. " + "The river rose again on the town. " * 8
    texts = {f"a{HOSTILE}": body + "\n\nShare this article", "b": body + "More."}
    return tables_of(texts, label=[HOSTILE, None], outlet=[HOSTILE, None])


VIEWS = [
    show_articles,
    show_attributions,
    show_headlines,
    show_notes,
    show_phrases,
    show_readability,
    show_removed,
    show_sources,
    show_terms,
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_hostile_text_is_inert_and_still_there(hostile, view):
    shown = view(hostile)
    assert "<script" not in shown.html
    assert "&amp;lt;" not in shown.html, "escaped twice"
    assert shown.text


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_view_has_html_and_text(seeds, view):
    shown = view(seeds)
    assert unstyled(shown._repr_html_()) == shown.html
    assert repr(shown) == shown.text
    assert not re.search(r"\b(nan|NaN|None|inf)\b", shown.html)


def test_a_table_names_its_columns_rows_and_caption():
    rows = pd.DataFrame({"term": ["a<b"], "n": [1234], "p": [float("nan")], "end": [float("inf")]})
    html = show_table(rows, {"term": "Term", "n": "Uses", "p": "P", "end": "End"}, "A & B", links={"term": ["s1"]}).html
    assert '<th scope="row"><a href="#s1">a&lt;b</a></th>' in html
    assert '<td class="number">1,234</td><td class="number">–</td><td class="number">open</td>' in html
    assert "<caption>A &amp; B</caption>" in html
    assert 'tabindex="0"' in html


def test_settings_are_shown_as_they_are():
    assert "a\nb" in show_settings({"sources": "a\nb"}).html


def claim(number, spans):
    return Claim(f"x-{number}", "Heading", "count", "A sentence.", {}, spans=spans)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Ann said it rained", '<a href="#s1">Ann said it rained</a>', id="a short cell as a whole"),
        pytest.param(
            "Ann & Bo  said " + "it rained " * 6, f'<a href="#s1">Ann &amp; Bo</a>  said {"it rained " * 6}'.rstrip(),
            id="a long one by its first three words",
        ),
        pytest.param("x" * 61, f'<a href="#s1">{"x" * 61}</a>', id="a long word"),
    ],
)  # fmt: skip
def test_a_cell_leads_to_its_passage(text, shown):
    rows = pd.DataFrame({"name": ["a"], "lead": [text]})
    html = show_table(rows, {"name": "Article", "lead": "First"}, "Openings", links={"lead": ["s1"]}).html
    assert f">{shown}</td>" in html


def test_a_claim_links_to_sentences_and_they_link_back():
    text = "It rains. It pours. It stops. It dries."
    tables = measure(make_articles({"a": text}))
    claims = [claim(1, (("a", 0, 2), ("a", 10, 12))), claim(2, (("a", 0, len(text)),)), claim(3, ())]
    summary, articles = show_claims(claims, tables).html, show_articles(tables, claims).html
    assert summary.count('href="#a1-s1"') == 1
    assert summary.count('href="#a1-s2"') == 1
    assert summary.count('href="#a1-text"') == 1
    assert re.findall(r'href="#(claim-[^"]*)"', articles) == ["claim-x-2", "claim-x-1", "claim-x-1"]
    assert 'id="claim-x-3"' in summary


def test_many_links_are_folded_away_and_none_is_lost():
    text = " ".join(f"It rained on day {word}." for word in ("one", "two", "three", "four", "five", "six"))
    tables = measure(make_articles({"a": text}))
    spans = tuple(("a", row.start, row.end) for row in tables["sentences"].itertuples())
    html = str(Anchors(tables).links(spans[:5]))
    assert "<details" in html
    assert html.count("<a ") == 5
    assert "<details" not in str(Anchors(tables).links(spans[:4]))


def test_the_text_of_an_article_is_shown_whole(seeds):
    html = show_articles(seeds).html
    plain = re.sub(r"<sup.*?</sup>| <small.*?</small>|<[^>]+>", "", html)
    plain = plain.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    for text in seeds["articles"]["text"]:
        for word in text.split():
            assert word in plain or word == "-"


def test_source_cue_and_content_are_marked():
    tables = measure(make_articles({"a": "The mayor said that the bridge would be built."}))
    html = show_articles(tables).html
    assert '<b class="source">The mayor</b>' in html
    assert '<i class="cue">said</i>' in html
    assert '<mark class="content">that the bridge would be built</mark>' in html


def test_what_is_both_source_and_content_is_in_the_elements_of_both():
    html = show_articles(measure(make_articles({"a": "The mayor said that Ann Lee said the bridge is old."}))).html
    assert '<b class="source content"><mark class="also">Ann Lee</mark></b>' in html
    assert '<i class="cue content"><mark class="also">said</mark></i>' in html


TWO_SAY = "Ann Lee said it is over. Bo Ray said it is wet."


def with_confidences(tables, *confidences):
    """The tables with other confidences, one for each attribution."""
    return tables | {"attributions": tables["attributions"].assign(confidence=list(confidences))}


@pytest.mark.parametrize(
    ("confidence", "written"),
    [
        pytest.param(0.49, "0.49 doubtful", id="below one half"),
        pytest.param(0.499, "0.49 doubtful", id="just below one half"),
        pytest.param(0.5, "0.50", id="one half"),
        pytest.param(0.57, "0.57", id="no binary fraction"),
        pytest.param(0.92, "0.92", id="above"),
        pytest.param(float("nan"), "–", id="by hand"),
    ],
)
def test_a_doubtful_attribution_is_marked_in_words(confidence, written):
    tables = with_confidences(measure(make_articles({"a": TWO_SAY})), confidence, 0.8)
    shown = show_attributions(tables)
    rows = [re.findall(r">([^<>]*)</td>", row) for row in re.findall(r"<tr>.*?</tr>", shown.html)]
    assert [row[2] for row in rows[1:]] == [written, "0.80"]
    assert "One with a confidence below 0.5 is doubtful: more likely wrong than right" in shown.text
    article = show_articles(tables).html
    over = '<mark class="content">it is over</mark>'
    doubtful = ' <small class="doubtful">doubtful attribution</small>'
    assert (over + doubtful in article) == ("doubtful" in written)
    assert article.count(doubtful) == 2 * ("doubtful" in written)  # once in the key
    told = "[content: it is over]" + " [doubtful attribution]" * ("doubtful" in written) + ". [source: Bo Ray]"
    assert told in show_articles(tables).text


def test_two_doubtful_attributions_that_end_together_are_marked_once_in_both_forms():
    tables = measure(make_articles({"a": "Ann Lee said Bo Ray said it is over."}))
    shown = show_articles(with_confidences(tables, *[0.1] * len(tables["attributions"])))
    assert len(tables["attributions"]) == 2
    assert shown.text.count("[doubtful attribution]") == 1
    assert shown.html.count('<small class="doubtful">') == 2  # once in the key


def test_an_attribution_in_two_parts_is_marked_where_it_ends():
    tables = measure(make_articles({"a": "“It is over,” Ann Lee said. “It is wet.”"}))
    html = show_articles(with_confidences(tables, *[0.1] * len(tables["attributions"]))).html
    text = re.sub(r"<(?!small|/small)[^>]+>", "", html.partition('id="a1-s1"')[2])
    assert text.count("<small") == len(tables["attributions"]) == 1
    assert "<small" not in text[: text.index("said")]


def test_where_no_attribution_was_found_none_is_called_doubtful():
    tables = measure(make_articles({"a": "It rains."}))
    assert show_attributions(tables).text == "Attributions found: none."
    assert "doubtful" not in show_articles(tables).html


@pytest.mark.parametrize(
    ("view", "column", "with_all", "without"),
    [
        pytest.param(show_coverage, "Statements", "2", "1", id="coverage"),
        pytest.param(show_statements, "a (share, 95 % interval)", "2 (100\u00a0%, 34 to 100)", "1", id="statements"),
        pytest.param(show_sources, "Statements", "2", "1", id="sources"),
    ],
)
def test_counts_are_shown_with_the_doubtful_attributions_and_without(view, column, with_all, without):
    text = "Mayor Ann Lee said it is over. Ann Lee said it is wet."
    measures = with_confidences(measure(make_articles({"a": text, "b": "It rains."})), 0.3, 0.8)
    html = view(measures | compare(measures)).html
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", html)
    row = next(row for row in re.findall(r"<tr>.*?</tr>", html)[1:] if with_all in row)
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
    place = heads.index(column)
    assert "without doubtful attributions" in heads[place + 1].lower()
    assert cells[place : place + 2] == [with_all, without]


def test_long_names_are_cut_and_stay_apart():
    long = "x" * 10_000
    articles = make_articles(
        {f"{long}a": "One.", f"{long}b": "Two.", "c": "Three.", "d": "Four."},
        label=[None, None, f"{long}c", f"{long}a"],
    )
    *names, last = group_names(articles).values()
    assert [len(name) for name in names] == [100, 100, 100]
    assert {name[:90] for name in names} == {"x" * 89 + "…"}
    assert len(set(names)) == 3
    assert last == "d", "its label is what another article is called"


def test_groups_that_differ_in_white_space_alone_have_two_names():
    articles = make_articles({"a b\nc": "One.", "a b c": "Two.", "d": "Three."}, label=[None, None, " Gazette  North "])
    assert list(group_names(articles).values()) == ["a b c", "a b c (2)", "Gazette North"]
