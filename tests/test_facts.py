"""Dates and numbers: found, read as values, and told from names and labels."""

import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import measure
from analysis.overlap.facts import find_facts
from analysis.overlap.moments import dates_agree, find_moments
from analysis.tables import FACTS, SENTENCES


def facts(text, kind="sentence"):
    """(kind, value, unit, surface) of every fact of a text taken as one sentence."""
    sentences = SENTENCES.frame([("a", 1, 1, 0, len(text), kind, *[0] * 7)])
    found = find_facts(make_articles({"a": text}), sentences)
    FACTS.check(found)
    assert all(text[row.start : row.end] == row.surface for row in found.itertuples())
    return [
        (row.kind, row.value, row.unit if isinstance(row.unit, str) else None, row.surface)
        for row in found.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("on Monday, Dec. 8, in Baku", [("weekday", "Monday"), ("date", "--12-08")], id="weekday and date are two facts"),
        pytest.param("October 7, 2023", [("date", "2023-10-07")], id="month first"),
        pytest.param("7 October 2023", [("date", "2023-10-07")], id="day first"),
        pytest.param("the 3rd of May", [("date", "--05-03")], id="ordinal day"),
        pytest.param("2025-12-08", [("date", "2025-12-08")], id="ISO"),
        pytest.param("the October 7 attacks", [("date", "--10-07")], id="a date that names an event is one"),
        pytest.param("the May 2024 crash", [("date", "2024-05")], id="month and year"),
        pytest.param("In March it rained", [("date", "--03")], id="a month after a preposition"),
        pytest.param("They March on and may go; May spoke", [], id="a verb or a name is no month"),
        pytest.param("In 2021 a ship sank", [("date", "2021")], id="a year after a preposition, before a noun"),
        pytest.param("the crash of 2024.", [("date", "2024")], id="a year at the end"),
        pytest.param("2000 people came", [("number", "2000")], id="a number of the size of a year"),
        pytest.param("since the 1990s", [("date", "1990s")], id="a decade"),
        pytest.param("at 7 a.m. and 7:15 p.m.", [("time", "07:00"), ("time", "19:15")], id="times"),
        pytest.param("at 12 a.m., 12 p.m., noon and midnight", [("time", "00:00"), ("time", "12:00"), ("time", "12:00"), ("time", "00:00")], id="twelve o'clock"),
        pytest.param("earlier today and last week", [("relative day", "earlier today"), ("relative day", "last week")], id="relative days"),
        pytest.param("Mondays and a Sundayish Fridayer", [], id="no weekday inside a word"),
        pytest.param("Dec. 38 and 2023-13-45", [], id="no such day"),
        pytest.param("31 February, 45 March, April 31", [("number", "31"), ("number", "45")], id="no such day of this month"),
        pytest.param("on 30 February 2024, 2023-02-29 and Feb. 29, 2023", [("number", "30"), ("number", "2023")], id="no such day of this year"),
        pytest.param("2024-02-29, Feb. 29, 31 March, June 30", [("date", "2024-02-29"), ("date", "--02-29"), ("date", "--03-31"), ("date", "--06-30")], id="the last day of a month, a leap day"),
    ],
)  # fmt: skip
def test_moments(text, expected):
    assert [fact[:2] for fact in facts(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("23 people", [("number", "23", "people", "23 people")], id="digits and what they count"),
        pytest.param("Twenty-three wet passengers", [("number", "23", "passengers", "Twenty-three wet passengers")], id="words, an adjective between"),
        pytest.param("1,400 homes", [("number", "1400", "homes", "1,400 homes")], id="thousands separator"),
        pytest.param("3.5 million tonnes", [("number", "3500000", "tonnes", "3.5 million tonnes")], id="scale"),
        pytest.param("two dozen horses", [("number", "24", "horses", "two dozen horses")], id="dozen"),
        pytest.param("a hundred men", [("number", "100", "men", "a hundred men")], id="a hundred"),
        pytest.param("nine crew", [("number", "9", "crew", "nine crew")], id="plural without s"),
        pytest.param("half of its oil", [("number", "0.5", None, "half")], id="half of something"),
        pytest.param("half a million votes", [("number", "500000", "votes", "half a million votes")], id="half a million"),
        pytest.param("cut it in half", [], id="in half is no number"),
        pytest.param("two thirds of them", [("number", "0.67", None, "two thirds")], id="fraction"),
        pytest.param("the third accident", [], id="an ordinal is no number"),
        pytest.param("$1.4 million", [("money", "1400000", "dollar", "$1.4 million")], id="symbol"),
        pytest.param("£3bn", [("money", "3000000000", "pound", "£3bn")], id="symbol and short scale"),
        pytest.param("600,000 crowns", [("money", "600000", "crown", "600,000 crowns")], id="currency as a word"),
        pytest.param("45%, 45 per cent, 45 percent", [("per cent", "45", None, "45%"), ("per cent", "45", None, "45 per cent"), ("per cent", "45", None, "45 percent")], id="per cent"),
        pytest.param("a 34-year-old and a two-day visit", [("number", "34", "year", "34-year-old"), ("number", "2", "day", "two-day")], id="hyphens"),
        pytest.param("It killed one person.", [("number", "1", "person", "one person")], id="one of something"),
        pytest.param("No one, this one, one of us, one another", [], id="one that counts nothing"),
        pytest.param("seven votes to four", [("number", "7", "votes", "seven votes"), ("number", "4", None, "four")], id="a unit is not carried over"),
        pytest.param("the G7, MH17, an F-16, Covid-19 and the 3+3 format", [], id="part of a name"),
        pytest.param("a Boeing 737 and Article 5", [], id="a number that a name carries"),
        pytest.param("They see Channel Four", [], id="a number word that is a name"),
        pytest.param("Brennhaven, 23 hurt", [("number", "23", None, "23")], id="a comma keeps the name apart"),
        pytest.param("lost 3-1, pages 10–15, open 24/7, ratio 4:3", [], id="scores, ranges and ratios"),
        pytest.param("the 2nd and 47th", [], id="ordinals in digits"),
        pytest.param("dozens of boats, hundreds more", [], id="too vague"),
        pytest.param("call 12345678901234567890", [], id="too long to count anything"),
        pytest.param("0 deaths and 007 films", [("number", "0", "deaths", "0 deaths"), ("number", "7", "films", "007 films")], id="zero"),
    ],
)  # fmt: skip
def test_quantities(text, expected):
    assert facts(text) == expected


def test_a_title_may_put_a_bare_number_after_a_name():
    assert facts("Storm Kills Eleven") == []
    assert facts("Storm Kills Eleven", kind="title") == [("number", "11", None, "Eleven")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("2025-12-08", "--12-08", True, id="the year is known to one only"),
        pytest.param("--12-08", "--12-09", False, id="another day"),
        pytest.param("2025-12", "2024-12", False, id="another year"),
        pytest.param("2025", "--12-08", None, id="nothing to compare"),
        pytest.param("1990s", "1990", None, id="a decade is no year"),
        pytest.param("1990s", "1990s", True, id="the same decade"),
    ],
)
def test_dates_agree(one, other, expected):
    assert dates_agree(one, other) is expected
    assert dates_agree(other, one) is expected


def test_facts_stand_in_sentences_and_not_in_boilerplate():
    text = "Storm hits coast\n\nThe storm hit on 3 May and killed 11 people.\n\nShare this article\n\nRelated Articles\n\nThe river rose by 40 metres in 12 days, and the town was flooded."
    measured = measure(make_articles({"a": text}))
    found = find_facts(measured["articles"], measured["sentences"])
    assert set(zip(found["sentence"], found["value"], strict=True)) >= {(2, "--05-03"), (2, "11")}


@given(st.text("0123456789 .,-/:$%amondyJune ", max_size=60))
def test_any_text_gives_facts_that_fit_the_table(text):
    facts(text)


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["1", "1,", "June ", "7 ", "half a ", "one ", "in ", "A", "twenty-", "$", "1,000 "])
def test_time_is_linear_in_the_length(piece):
    assert_linear(facts, lambda n: piece * n, 80_000 // len(piece))


def test_moments_may_be_looked_for_in_a_stretch():
    text = "Monday and Tuesday"
    assert [moment.start for moment in find_moments(text, 5)] == [11]
