"""What the report on a corpus says and shows of copies and events: exact sentences, out of tables written by hand."""

import math

import pandas as pd
import pytest
from rules_checks import own_words, vocabulary

from analysis.charts_events import chart_events
from analysis.claims.corpus.copies import copy_findings
from analysis.claims.corpus.events import event_findings
from analysis.show.copies import show_copies, show_events
from analysis.tables import (
    ARTICLES,
    COPIES,
    COPIES_BY_GROUP,
    COPY_CLUSTERS,
    EVENT_ARTICLES,
    EVENT_COVERAGE,
    EVENTS,
    EVENTS_BY_GROUP,
    GROUP_EXCERPTS,
    SENTENCES,
    SHARED_COPIES,
)

TEXTS = {"a1": "The bridge is shut. It rains.", "b1": "A ferry sank."}
NAN = float("nan")


def _articles():
    rows = [(name, name[0].upper(), *[None] * 7, text) for name, text in TEXTS.items()]
    sentences = [(name, 1, 1, 0, text.index(".") + 1, "sentence", *[0] * 7) for name, text in TEXTS.items()]
    return {
        "articles": ARTICLES.frame(rows),
        "sentences": SENTENCES.frame(sentences),
        "group_excerpts": GROUP_EXCERPTS.frame(),
    }


def _tables(groups="AB"):
    return {"groups": pd.DataFrame({"group": list(groups)}, dtype="str"), **_articles()}


def copied():
    """Two sets of copies: one in both groups, one in A alone."""
    return _tables() | {
        "copies": COPIES.frame([
            ("a1", "A", 1, "2026-05-04", 90, 90, 1.0, 1.0, True), ("b2", "B", 1, "2026-05-05", 60, 50, 0.5, 0.83, True),
            ("a2", "A", 1, None, 90, 90, 1.0, 1.0, False),
            ("a3", "A", 2, None, 9, 9, 1.0, 1.0, True), ("a4", "A", 2, None, 9, 9, 1.0, 1.0, False),
        ]),
        "copy_clusters": COPY_CLUSTERS.frame([
            (1, 3, 2, 2, "A, B", "2026-05-04", "2026-05-05", "a1", 0, 19, "The bridge is shut."),
            (2, 2, 1, 1, "A", None, None, "b1", 0, 13, "A ferry sank."),
        ]),
        "copies_by_group": COPIES_BY_GROUP.frame([("A", 7, 6, 4, 2, 2), ("B", 5, 5, 1, 1, 0)]),
        "shared_copies": SHARED_COPIES.frame([("A", "B", 1, 2), ("B", "A", 1, 1)]),
    }  # fmt: skip


def covered(groups="ABC"):
    """Two events: one in both groups of two, one in B, where A has nothing in those days."""
    return _tables(groups) | {
        "copy_clusters": COPY_CLUSTERS.frame(),
        "events": EVENTS.frame([
            (1, 3, 3, 3, 2, 3, "2026-05-04", "2026-05-06", 0.4, "bridge, ferry, mayor", "a1", 0, 19, "The bridge is shut."),
            (2, 2, 1, 2, 1, 2, "2026-06-01", "2026-06-01", NAN, "harbour", "b1", 0, 13, "A ferry sank."),
        ]),
        "event_articles": EVENT_ARTICLES.frame([
            ("a1", "A", 1, "2026-05-04", 0.4), ("a2", "A", 1, None, 0.4), ("b2", "B", 1, "2026-05-06", 0.4),
            ("b1", "B", 2, "2026-06-01", NAN), ("b3", "B", 2, "2026-06-01", NAN),
        ]),
        "event_coverage": EVENT_COVERAGE.frame([
            (1, "A", 2, 300, "2026-05-04", 4, 900), (1, "B", 1, 100, "2026-05-06", 1, 100), (1, "C", 0, 0, None, 5, 1234),
            (2, "B", 2, 200, "2026-06-01", 2, 200), (2, "C", 0, 0, None, 1, 90),
        ]),
        "events_by_group": EVENTS_BY_GROUP.frame([("A", 9, 8, 2, 1, 1, 0), ("B", 9, 9, 3, 2, 2, 1), ("C", 6, 6, 0, 0, 2, 0)]),
    }  # fmt: skip


def texts_of(claims):
    return [claim.text for claim in claims]


def test_sentences_on_copies():
    assert texts_of(copy_findings(copied(), {})) == [
        "Of 11 articles compared, 5 have a copy: 2 texts, each in two articles or more; of each text one is counted in a "
        "group, 2 set aside. Copies have 50 % of their runs of 5 words in common, or 80 % of those of the shorter.",
        "Too short to be compared: 1 article; a run needs 5 words.",
        "A: 4 of 6 articles have a copy, 2 in another group; 2 set aside.",
        "B: 1 of 5 articles has a copy, 1 in another group; 0 set aside.",
        "Groups that have copies of one text: A and B (1 text).",
        "3 articles in 2 groups are copies of one text, which states at the beginning: “The bridge is shut.”",
    ]


def test_where_all_copies_count_none_is_set_aside():
    tables = copied()
    tables["copies_by_group"] = tables["copies_by_group"].assign(n_set_aside=0)
    assert "; all are counted. " in copy_findings(tables, {})[0].text


def test_no_copies_is_said_with_the_rule():
    tables = copied() | {table.name: table.frame() for table in (COPIES, COPY_CLUSTERS, SHARED_COPIES)}
    tables["copies_by_group"] = COPIES_BY_GROUP.frame([("A", 6, 6, 0, 0, 0), ("B", 5, 5, 0, 0, 0)])
    assert texts_of(copy_findings(tables, {})) == [
        "No copies found: of 11 articles compared, no two have 50 % of their runs of 5 words in common, or 80 % of those "
        "of the shorter.",
    ]
    assert "None found." in str(show_copies([], tables))


def test_copies_in_one_group_alone_are_in_no_two():
    tables = copied() | {"shared_copies": SHARED_COPIES.frame()}
    assert "No text was found in two groups." in texts_of(copy_findings(tables, {}))


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        pytest.param("n_groups", 1, "3 articles in one group are copies of one text", id="of one group"),
        pytest.param("n_groups", 2, "3 articles in 2 groups are copies of one text", id="of two"),
    ],
)
def test_the_largest_set_says_in_how_many_groups_it_is(column, value, expected):
    tables = copied()
    tables["copy_clusters"] = tables["copy_clusters"].assign(**{column: value})
    assert copy_findings(tables, {})[-1].text.startswith(expected)


def test_sets_are_told_in_the_number_that_they_have():
    text = show_copies([], copied()).text
    assert "3 articles with 2 different texts, 2026-05-04 to 2026-05-05, in 2 groups" in text
    assert "2 articles with the same text, no date stated, in 1 group" in text


def test_of_many_pairs_of_groups_those_with_most_texts_are_named():
    rows = [("A", "B", 1), ("A", "C", 4), ("B", "C", 2), ("A", "D", 2), ("B", "D", 1)]
    both = [(one, other, n, n) for one, other, n in rows] + [(other, one, n, n) for one, other, n in rows]
    tables = copied() | {"groups": _tables("ABCD")["groups"], "shared_copies": SHARED_COPIES.frame(both)}
    tables["copies_by_group"] = COPIES_BY_GROUP.frame([(name, 9, 9, 4, 4, 0) for name in "ABCD"])
    assert (
        "Groups that have copies of one text: A and C (4 texts), B and C (2 texts), A and D (2 texts); 2 more pairs of groups."
        in texts_of(copy_findings(tables, {}))
    )


def test_sentences_on_events():
    assert texts_of(event_findings(covered(), {})) == [
        "Dates are stated for 23 of 24 articles: in an event, at most 3 days are between one of these and the next; "
        "others were taken by their terms alone.",
        "2 events found with two articles or more (5 of 24 articles) that agree in their weightiest terms (at most 40 of "
        "each, mean cosine at least 0.18): 1 in one group alone, 0 in two or more, which are all groups with articles of "
        "those days.",
        "A: 2 of 9 articles, on 1 of 1 event searched for; 0 found in no other group.",
        "B: 3 of 9 articles, on 2 of 2 events searched for; 1 found in no other group.",
        "C: 0 of 6 articles, on 0 of 2 events searched for; 0 found in no other group.",
        "An event dated 2026-05-04 to 2026-05-06, of which one article states at the beginning “The bridge is shut.”: "
        "2 of 4 articles in A, 1 of 1 article in B, not found in C (5 articles, 1,234 words searched).",
        "An event dated 2026-06-01, of which one article states at the beginning “A ferry sank.”: 2 of 2 articles "
        "in B, not found in C (1 article, 90 words searched); no article of those days in A.",
    ]


@pytest.mark.parametrize(
    ("groups", "searched", "alone", "every"),
    [
        pytest.param([1, 1], [3, 2], 2, 0, id="of one group each"),
        pytest.param([3, 2], [3, 2], 0, 2, id="of all groups"),
        pytest.param([3, 1], [3, 2], 1, 1, id="one of each kind"),
        pytest.param([2, 1], [3, 1], 1, 0, id="the only group of those days is one group alone, and not all besides"),
    ],
)
def test_events_of_one_group_and_of_all_that_were_searched_are_counted(groups, searched, alone, every):
    tables = covered()
    tables["events"] = tables["events"].assign(n_groups=groups, n_groups_searched=searched)
    said = event_findings(tables, {})[1].text
    assert f": {alone} in one group alone, {every} in two or more, which are all groups with articles of those" in said


def test_where_all_articles_are_dated_none_is_said_to_be_taken_by_its_terms_alone():
    tables = covered()
    tables["events_by_group"] = tables["events_by_group"].assign(n_dated=tables["events_by_group"]["n_articles"])
    assert texts_of(event_findings(tables, {}))[0] == (
        "Dates are stated for 24 of 24 articles: in an event, at most 3 days are between one of these and the next."
    )


def test_groups_without_an_article_of_those_days_are_named_together():
    said = texts_of(event_findings(covered("ABCD") | {"events_by_group": EVENTS_BY_GROUP.frame(
        (name, 9, 9, 0, 0, 0, 0) for name in "ABCD")}, {}))  # fmt: skip
    assert said[-1].endswith("(1 article, 90 words searched); no article of those days in A, D.")


def test_without_dates_that_is_said():
    tables = covered()
    tables["events_by_group"] = tables["events_by_group"].assign(n_dated=0)
    tables["events"] = (
        tables["events"].assign(first_day=None, last_day=None).astype({"first_day": "str", "last_day": "str"})
    )
    said = texts_of(event_findings(tables, {}))
    assert said[0] == "No date is stated: articles were taken together by their terms alone."
    assert said[-2].startswith("An event, of which one article states at the beginning “The bridge is shut.”: ")


def test_no_events_is_said_with_the_rule():
    tables = covered() | {table.name: table.frame() for table in (EVENTS, EVENT_ARTICLES, EVENT_COVERAGE)}
    assert texts_of(event_findings(tables, {}))[1:] == [
        "No event found with two articles: of 24, no two agree in their weightiest terms (at most 40 of each, cosine at "
        "least 0.18).",
    ]
    assert "None found." in str(show_events([], tables))
    assert chart_events(tables).alt == "Events by group. None found."


@pytest.mark.parametrize(
    ("name", "column", "value", "changed"),
    [
        pytest.param("copies_by_group", "n_copies", 77, ["Of 11", "A: ", "B: "], id="copies of a group"),
        pytest.param("shared_copies", "n_clusters", 77, ["Groups"], id="texts of two groups"),
        pytest.param("copy_clusters", "n_groups", 77, ["3 articles in"], id="groups of a set"),
    ],
)
def test_a_changed_cell_changes_its_sentences_and_no_other(name, column, value, changed):
    before, tables = copy_findings(copied(), {}), copied()
    tables[name] = tables[name].assign(**{column: value})
    after = copy_findings(tables, {})
    assert [one.text for one, other in zip(before, after, strict=True) if one.text != other.text] == [
        claim.text for claim in before if claim.text.startswith(tuple(changed))
    ]


def test_claims_speak_in_the_closed_vocabulary_and_quote_what_stands_there():
    claims = [*copy_findings(copied(), {}), *event_findings(covered(), {})]
    assert {word for claim in claims for word in own_words(claim)} <= vocabulary()
    for claim in claims:
        for article_id, start, end in claim.spans:
            assert f"“{TEXTS[article_id][start:end]}”" in claim.text


def test_the_order_of_the_groups_decides_only_who_comes_first():
    one = event_findings(covered("ABC"), {})
    other = event_findings(covered("CBA"), {})
    assert sorted(texts_of(one)[2:5]) == sorted(texts_of(other)[2:5])
    assert "not found in C (5 articles, 1,234 words searched), 1 of 1 article in B, 2 of 4" in other[5].text


def test_openings_are_shown_and_claims_lead_to_them_once():
    tables = copied() | {name: table for name, table in covered("AB").items() if name.startswith("event")}
    claims = [*copy_findings(tables, {}), *event_findings(tables | {"event_coverage": covered()["event_coverage"]}, {})]
    of_two = {name: covered()[name].head(2) for name in ("events_by_group", "event_coverage")}
    copies, events = show_copies(claims, tables), show_events(claims, tables | of_two)
    assert copies.html.count('id="a1-s1"') == 1
    assert 'id="a1-s1"' not in events.html
    assert "a2 (A, 100 % in common, set aside)" in copies.text
    assert "B: 1 of 1" in events.text


def test_article_text_is_inert():
    tables = copied()
    tables["copy_clusters"] = tables["copy_clusters"].assign(opening="<script>alert(1)</script>")
    assert "<script>" not in show_copies([], tables).html


def test_no_name_of_a_group_lies_on_the_next_one_in_the_chart():
    tables = covered("ABCDEFGHIJKL")
    tables["groups"] = tables["groups"].assign(group=[f"The Morning Paper {name}" for name in "ABCDEFGHIJKL"])
    tables["event_coverage"] = tables["event_coverage"].assign(group="The Morning Paper A")
    figure = chart_events(tables).figure
    figure.canvas.draw()
    (panel,) = figure.axes
    labels = panel.get_xticklabels()
    slope = math.radians(labels[0].get_rotation())
    (one, other) = (label.get_window_extent().x0 for label in labels[:2])
    height = labels[0].get_fontsize() / 72 * figure.dpi  # of a line of letters, across its slope
    assert (other - one) * math.sin(slope) > height


def test_the_chart_tells_found_from_not_found_and_from_no_article():
    chart = chart_events(covered())
    assert chart.alt == (
        "Events by group. bridge, ferry, mayor: A 2 from day 0, B 1 from day 2, C not found (5 articles searched); "
        "harbour: B 2 from day 0, C not found (1 article searched)."
    )
    (panel,) = chart.figure.axes
    fills = [line.get_markerfacecolor() for line in panel.lines if line.get_marker() == "o"]
    assert len(fills) == len(chart.rows) == 5
    assert fills.count("white") == 2
    assert chart.png == chart_events(covered()).png
