"""From an office in one text to the name of who holds it in another, where a text joins them; else how to join names."""

import re

import pytest
from conftest import make_articles, put, tables_of

from analysis.claims.claim import Claim
from analysis.excerpts import keep_excerpts
from analysis.measures import measure
from analysis.pipeline import compare
from analysis.show.labels import show_labels
from analysis.show.offices import find_joins
from analysis.show.overlap import show_actors

ONE = "It rained. The Iranian president left for Paris. Iran's president slept."
OTHER = "It snowed. Yesterday Iranian President Ana Ruiz came. Ruiz stayed."
#: A table of aliases as the note writes it.
LINES = "actor,kind,expression,form\npresident of Iran,person,Ana Ruiz,name\n"
POINTER = "“president of Iran” may be the same as “Ana Ruiz”: joined in b 2, “Iranian President Ana Ruiz”."
HOW = (
    "What is found in one text only may have another name elsewhere. An aliases file counts two names as one "
    '(-p aliases FILE, or explore(…, aliases="FILE")): “actor,kind,expression,form”, then lines such as “{}”.'
)


@pytest.fixture(scope="module")
def tables():
    return tables_of({"a": ONE, "b": OTHER}, attribution="none")


def told(shown):
    """What is said below a table, a remark a line; the same on a page and in a terminal."""
    _, *remarks = shown.text.split("\n\n")
    page = re.findall(r'<p class="none">(.*?)</p>', shown.html)
    assert [re.sub("<[^>]+>", "", one).replace("&#34;", '"').replace("&#39;", "'") for one in page] == remarks
    return remarks


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        pytest.param("Iranian President Ana Ruiz spoke.", ["president of Iran = Ana Ruiz"], id="side by side"),
        pytest.param("They met President of Iran Masoud Pezeshkian there.", ["president of Iran = Masoud Pezeshkian"], id="the office first, then its state"),
        pytest.param("Iranian President Ana Ruiz met with rain while Iranian President Leo Diaz slept.", ["president of Iran = Ana Ruiz", "president of Iran = Leo Diaz"], id="two holders: either"),
        pytest.param("Iran's president, Ana Ruiz, spoke to Mayor Ana Ruiz.", [], id="a comma may part two persons"),
        pytest.param("Iran's president,Ana Ruiz, spoke to Mayor Ana Ruiz.", [], id="also without a blank"),
        pytest.param("Former Iranian President Ana Ruiz spoke.", [], id="a former holder"),
        pytest.param("He met the Iranian president. Mayor Ana Ruiz spoke.", [], id="two sentences"),
        pytest.param("The Iranian president saw Mayor Ana Ruiz.", [], id="words between"),
        pytest.param("President Ana Ruiz spoke to Iran.", [], id="no state"),
    ],
)  # fmt: skip
def test_what_a_text_joins(text, joins):
    found = find_joins(measure(make_articles({"a": text}), attribution="none"))
    assert [f"{join.office} = {join.holder}" for join in found] == joins


@pytest.mark.parametrize("actor", ["", "president of Iran", "ana ruiz"])
def test_an_office_found_in_one_text_leads_to_its_holder_in_the_other(tables, actor):
    shown = show_labels(tables, actor=actor)
    assert told(shown) == [POINTER, HOW.format("president of Iran,person,Ana Ruiz,name")]
    assert 'joined in <a href="#a2-s2">b 2</a>' in shown.html


def test_the_lines_of_the_note_join_the_two(tables, tmp_path):
    assert set(tables["label_ledger"].query("kind == 'person'")["actor"]) == {"president of Iran", "Ana Ruiz"}
    put(tmp_path / "own.csv", LINES)
    measures = measure(make_articles({"a": ONE, "b": OTHER}), attribution="none", aliases=str(tmp_path / "own.csv"))
    joined = measures | compare(measures)
    persons = joined["label_ledger"].query("kind == 'person'")
    assert persons.groupby("actor")["n"].sum().to_dict() == {"president of Iran": 5}
    assert set(persons["group"]) == {"a", "b"}
    assert told(show_labels(joined, actor="president of Iran")) == []


@pytest.mark.parametrize(
    ("texts", "actor", "remarks"),
    [
        pytest.param({"a": "They saw Iran.", "b": "They saw Iran."}, "Iran", [], id="found in both"),
        pytest.param({"a": "They saw Iran.", "b": "It rained."}, "Iran", [HOW.format("Iran,state,OTHER NAME,name")], id="nothing joins it to another"),
        pytest.param({"a": ONE + OTHER, "b": "It rained."}, "Ana Ruiz", [HOW.format("Ana Ruiz,person,OTHER NAME,name")], id="one text joins them, and has one actor"),
        pytest.param({"a": ONE, "b": OTHER, "c": ONE}, "Ana Ruiz", [POINTER, HOW.format("president of Iran,person,Ana Ruiz,name")], id="one of three texts joins them"),
        pytest.param({"a": "They saw Iran.", "b": "They saw Iran.", "c": "It rained."}, "Iran", [], id="found in two of three"),
    ],
)  # fmt: skip
def test_a_remark_is_there_where_an_actor_is_found_in_one_text_only(texts, actor, remarks):
    assert told(show_labels(tables_of(texts, attribution="none"), actor=actor)) == remarks


def test_where_names_were_not_looked_for_nothing_is_said():
    german = "Der Präsident sprach gestern lange mit den Ministern über das Wetter und die Lage im Land. " * 4
    tables = tables_of({"a": ONE, "b": german}, attribution="none")
    assert "language" in set(tables["notes"]["subject"])
    assert told(show_labels(tables, actor="president of Iran")) == []


def test_the_view_of_actors_in_one_text_says_the_same():
    """There an office counts as found in the other text where the same words for it stand."""
    shown = show_actors(tables_of({"a": "It rained. The president of Iran left.", "b": OTHER}, attribution="none"))
    assert re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', shown.html) == ["president of Iran", "Ana Ruiz"]
    assert told(shown) == [POINTER, HOW.format("president of Iran,person,Ana Ruiz,name")]


def test_excerpts_say_the_same(tables):
    cut = keep_excerpts(tables, [Claim("x-1", "X", "x", "It.", {}, spans=(("a", 0, 10),))])
    assert "Ruiz" not in cut["articles"]["text"][1]
    assert (
        told(show_labels(cut))
        == told(show_labels(tables))
        == [POINTER, HOW.format("president of Iran,person,Ana Ruiz,name")]
    )


def test_what_articles_bring_is_inert(tables):
    hostile = {
        name: tables[name].assign(actor=tables[name]["actor"].replace("Ana Ruiz", "<b>,"))
        for name in ("labels", "label_ledger")
    }
    shown = show_labels(tables | hostile)
    assert "<b>" not in shown.html
    assert 'president of Iran,person,"<b>,",name' in shown.text


def test_of_groups_it_is_said_that_a_group_has_it():
    texts = {"a": ONE, "b": OTHER, "c": "It dried. The Iranian president slept."}
    measures = measure(make_articles(texts, label=["x", "y", "x"]), attribution="none")
    grouped = measures | compare(measures, group_by="label")
    assert "What is found in one group only may" in told(show_labels(grouped))[-1]
