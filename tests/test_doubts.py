"""Doubt is told in the same words wherever a source or an attributed word is shown."""

import re

import pytest
from conftest import make_articles

from analysis.attribution.choose import sources_named, sources_with_doubt
from analysis.live.views import find_view
from analysis.measures import measure
from analysis.pipeline import compare
from analysis.show.contexts import contexts, show_concordance
from analysis.show.said import show_said
from analysis.show.shown import Shown
from analysis.show.views import show_sources
from analysis.tables import CORRECTIONS

#: Each of the two says that something is over, and Ann Lee once more that it is wet.
TEXT = "Ann Lee said it is over. Bo Ray said it is over. Ann Lee said it is wet. It is over."


def tables_with(*confidences, text=TEXT):
    """The text beside one without attributions, with the confidences that its attributions have, in their order."""
    measures = measure(make_articles({"a": text, "b": "It rains."}))
    made = measures["attributions"].assign(confidence=list(confidences))
    measures = measures | {"attributions": made}
    return measures | compare(measures)


def voices(tables, term):
    """What each use of a term is called: its voice and what follows, for a terminal and for a page."""
    shown = show_concordance(tables, term)
    text = re.findall(r"\(a \d+, (.*?), at", shown.text)
    page = re.findall(r'<span class="where"><a [^>]*>a \d+</a>, (.*?), at', shown.html)
    assert text == page
    return text


@pytest.mark.parametrize(
    ("confidences", "told"),
    [
        pytest.param((0.8, 0.8, 0.8), ["attributed voice", "attributed voice", "author voice"], id="no doubt"),
        pytest.param((0.4, 0.8, 0.8), ["attributed voice, doubtful", "attributed voice", "author voice"], id="one"),
        pytest.param((0.8, 0.5, 0.1), ["attributed voice", "attributed voice", "author voice"], id="of another word"),
        pytest.param((float("nan"), 0.49, 0.8), ["attributed voice", "attributed voice, doubtful", "author voice"], id="by hand there is none"),
    ],
)  # fmt: skip
def test_a_use_is_called_doubtfully_attributed_where_its_attribution_is(confidences, told):
    assert voices(tables_with(*confidences), "over") == told


@pytest.mark.parametrize(
    ("second", "doubtful"),
    [pytest.param(0.4, [True, True, False], id="both"), pytest.param(0.8, [False, False, False], id="one of them")],
)
def test_a_use_in_two_attributions_is_doubtful_only_if_both_are(second, doubtful):
    tables = tables_with(0.4, second, 0.8)
    spans = tables["spans"]
    of_second = (spans["attribution"] == 2) & (spans["role"] == "content")
    wider = tables | {"spans": spans.assign(start=spans["start"].mask(of_second, 0))}
    assert contexts(wider, "over")["doubtful"].tolist() == doubtful


def test_a_voice_that_a_person_gave_is_not_doubtful():
    tables = tables_with(0.4, 0.4, 0.8)
    text = tables["articles"]["text"].iloc[0]
    rows = contexts(tables, "over")
    assert rows["doubtful"].tolist() == [True, True, False]
    start, end = rows[["start", "end"]].iloc[0]
    by_hand = (1, "a", "voice", start, end, "attributed", text[start:end], "ann", "heard", "applied", None)
    other = (2, "a", "label", *rows[["start", "end"]].iloc[1], "Ann", None, "ann", "heard", "applied", None)
    corrected = tables | {"corrections": CORRECTIONS.frame([by_hand, other])}
    assert contexts(corrected, "over")["doubtful"].tolist() == [False, True, False]


def test_what_is_quoted_is_quoted_whoever_said_it():
    assert voices(tables_with(0.1, text="“It is over,” Ann Lee said."), "over") == ["quoted voice"]


@pytest.mark.parametrize(
    ("confidences", "ann", "bo"),
    [
        pytest.param((0.8, 0.8, 0.8), "Ann Lee", "Bo Ray", id="no doubt"),
        pytest.param(
            (0.8, 0.3, 0.3), "Ann Lee (1 of 2 doubtful)", "Bo Ray (doubtful)", id="one of two, and one of one"
        ),
        pytest.param((0.3, 0.8, 0.3), "Ann Lee (doubtful)", "Bo Ray", id="two of two"),
    ],
)
def test_a_source_is_marked_alike_in_every_list(confidences, ann, bo):
    tables = tables_with(*confidences)
    assert sources_with_doubt(tables) == {"Ann Lee": ann, "Bo Ray": bo}
    assert sources_named(tables) == ["Ann Lee", "Bo Ray"]
    assert re.findall(r'<th scope="row">(.*?)</th>', show_sources(tables).html) == [ann, bo]
    for name, written in (("Ann Lee", ann), ("Bo Ray", bo)):
        said = show_said(tables, name)
        assert said.text.splitlines()[0] == written
        assert said.html.startswith(f"<h4>{written}</h4>")


@pytest.mark.parametrize("view", ["texts", "sources"])
def test_the_control_shows_the_doubt_and_chooses_by_the_name(opened, view, monkeypatch):
    monkeypatch.setattr(type(opened), "tables", property(lambda _: tables_with(0.8, 0.3, 0.3)))
    control = next(control for control in find_view(view).controls if control.name == "source")
    assert [one for one in control.found(opened) if one[1]] == [
        ("Ann Lee (1 of 2 doubtful)", "Ann Lee"),
        ("Bo Ray (doubtful)", "Bo Ray"),
    ]
    assert isinstance(find_view(view).plain(opened), Shown)


def test_where_no_attribution_was_looked_for_none_is_doubtful():
    tables = measure(make_articles({"a": "It is over."}), measures="terms")
    assert "attributions" not in tables
    assert contexts(tables, "over")["doubtful"].tolist() == [False]
