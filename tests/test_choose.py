"""Attributions are chosen by what they are; a source is shown with all that it is given, under one name."""

import re

import pytest
from conftest import make_articles, tables_of

from analysis.attribution.choose import choose_attributions, content_voices, sources_named
from analysis.chosen import read_choice
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.show.said import show_said
from analysis.show.texts import show_articles

TEXTS = {
    "a": "Mayor Ann Lee said that the bridge is safe. Engineers claimed that the bridge is old. "
    "“The bridge will close,” Ann Lee said. Critics believe that the river will rise.",
    "b": "According to the ministry, the road is open. “The road is wide,” said Ann Lee.",
    "c": "It rains over the hills.",
}


@pytest.fixture(scope="module")
def tables():
    tables = tables_of(TEXTS, attribution="rules", label=["Courier", None, None])
    tables["attributions"] = tables["attributions"].assign(confidence=[0.9, 0.4, float("nan"), 0.6, 0.7, 0.8])
    return tables


def cues(tables):
    return tables["attributions"]["cue"].tolist()


def test_what_is_chosen_from(tables):
    assert cues(tables) == ["said", "claimed", "said", "believe", "According to", "said"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        pytest.param({}, ["said", "claimed", "said", "believe", "According to", "said"], id="nothing asked: all"),
        pytest.param({"article": "b"}, ["According to", "said"], id="an article by its id"),
        pytest.param({"article": "courier"}, ["said", "claimed", "said", "believe"], id="an article by its name"),
        pytest.param({"source": "ann lee"}, ["said", "said", "said"], id="a person under one name"),
        pytest.param({"source": "Engineers, Critics"}, ["claimed", "believe"], id="two sources"),
        pytest.param({"source_type": "named person"}, ["said", "said", "said"], id="a type of source"),
        pytest.param({"cue_class": "distancing"}, ["claimed"], id="a class of cue"),
        pytest.param({"act": "attitude"}, ["believe"], id="an act"),
        pytest.param({"voice": "quoted"}, ["said", "said"], id="inside quotation marks"),
        pytest.param({"voice": "attributed"}, ["said", "claimed", "believe", "According to"], id="indirect"),
        pytest.param({"voice": "author"}, [], id="no content is the author's"),
        pytest.param({"confidence": 0.5}, ["said", "said", "believe", "According to", "said"], id="by hand stays in"),
        pytest.param({"source": "Ann Lee", "voice": "quoted", "article": "a"}, ["said"], id="all that is asked"),
    ],
)
def test_the_attributions_that_fit_are_kept(tables, asked, left):
    chosen = choose_attributions(tables, **asked)
    assert cues(chosen) == left
    keys = [
        set(map(tuple, chosen[name][["article_id", "attribution"]].to_numpy())) for name in ("attributions", "spans")
    ]
    assert keys[0] == keys[1]
    assert all(chosen[name] is tables[name] for name in tables if name not in ("attributions", "spans"))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"source": "Bob"}, r"^source accepts Ann Lee, .*; found 'Bob'$"),
        ({"act": "statement, wish"}, r"^act accepts statement, attitude; found 'wish'$"),
        ({"cue_class": "loud"}, r"^cue_class accepts neutral, .*no cue; found 'loud'$"),
        ({"article": "z"}, r"^article accepts Courier, b, c.*; found 'z'$"),
        ({"voice": "choir"}, r"^voices accepts .*; found 'choir'$"),
        ({"confidence": 2}, r"^confidence accepts a number from 0 to 1; found 2$"),
        ({"confidence": float("nan")}, r"found nan$"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_not_there_is_refused_with_what_is(tables, asked, message):
    with pytest.raises(InputError, match=message):
        choose_attributions(tables, **asked)


def test_the_texts_are_marked_with_what_is_chosen_alone(tables):
    html = show_articles(choose_attributions(tables, act="attitude"), article="a").html
    assert re.findall(r'<i class="cue(?: attitude)?">(.*?)</i>', html) == ["cue", "believe"]
    assert re.findall(r'<article class="text" id="([^"]*)"', html) == ["a1-text"]


def test_an_article_shown_alone_keeps_its_anchors(tables):
    shown = show_articles(tables, article="c")
    assert re.findall(r'<article class="text" id="([^"]*)"', shown.html) == ["a3-text"]
    assert shown.text == f"c\n0 attributions marked\n{TEXTS['c']}"
    assert '<p class="side">0 attributions marked</p>' in shown.html
    with pytest.raises(InputError, match="found 'd'"):
        show_articles(tables, article="d")


def test_a_name_may_have_commas():
    there = ["Lee, Ann", "Ann", "x, y, z"]
    assert read_choice("source", "x, y,  Z, lee, ann", there) == ["x, y, z", "Lee, Ann"]
    assert read_choice("source", " , ", there) == []


def test_sources_are_listed_by_the_words_they_are_given(tables):
    # Ann Lee: 5 + 4 + 4 words; the ministry 4, engineers 5, and critics, who only believe, none.
    assert sources_named(tables) == ["Ann Lee", "Engineers", "the ministry", "Critics"]


def test_the_voices_of_a_content_do_not_count_its_quotation_marks(tables):
    assert content_voices(tables, tables["attributions"]) == [
        ("attributed",), ("attributed",), ("quoted",), ("attributed",), ("attributed",), ("quoted",),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Ann Lee", "ann  lee", "Mayor Ann Lee"])
def test_all_that_a_source_is_given_to_say_stands_in_order(tables, name):
    shown = show_said(tables, name)
    assert shown.text.split("\n") == [
        "Ann Lee",
        "  Courier: 2 attributions",
        "    Mayor Ann Lee | said | “that the bridge is safe” "
        "(Courier 1, statement, indirect, attributed voice, confidence 0.90)",
        "    Ann Lee | said | “The bridge will close,” (Courier 3, statement, direct, quoted voice, given by hand)",
        "  b: 1 attribution",
        "    Ann Lee | said | “The road is wide,” (b 2, statement, direct, quoted voice, confidence 0.80)",
        "  Not found as a source in c (5 words searched).",
    ]
    assert re.findall(r'href="#([^"]*)"', shown.html) == ["a1-s1", "a1-s3", "a2-s2"]


def test_a_doubtful_attribution_is_marked(tables):
    assert "confidence 0.40 doubtful" in show_said(tables, "Engineers").text


def test_an_attitude_is_called_one(tables):
    shown = show_said(tables, "critics")
    assert ", attitude, indirect" in shown.text
    assert 'class="content attitude"' in shown.html


def test_as_many_as_asked_for_are_shown(tables):
    assert "Courier: the first 1 of 2 attributions" in show_said(tables, "Ann Lee", k=1).text


def test_a_source_that_is_not_there_is_a_sentence_with_those_that_are(tables):
    shown = show_said(tables, "<b>Bob")
    assert shown.text == (
        "“<b>Bob” is not found as a source among 6 attributions in Courier (30 words searched), "
        "b (15 words searched), c (5 words searched); sources are: "
        "Ann Lee, Engineers, the ministry, Critics."
    )
    assert "<b>" not in shown.html


def test_without_attributions_none_is_found(tables):
    chosen = choose_attributions(tables, voice="author")
    said = show_said(chosen, "Ann Lee").text
    assert "among 0 attributions in Courier (30 words searched), " in said
    assert said.endswith("; sources are: none.")


def test_of_many_articles_without_a_source_ten_are_named():
    texts = {f"t{number:02}": "It rains." for number in range(12)} | {
        "z": "The bridge is closed, the mayor said. It rains."
    }
    measures = measure(make_articles(texts), attribution="rules")
    [line] = [line for line in show_said(measures, "the mayor").text.splitlines() if "Not found" in line]
    assert line.startswith("  Not found as a source in t00 (2 words searched), t01 (2 words searched), ")
    assert line.endswith("t09 (2 words searched) and 2 more.")


def test_pieces_that_stand_apart_are_joined_by_an_ellipsis():
    tables = measure(make_articles({"a": "“It is over,” Ann Lee said, “and we go home.”"}), attribution="rules")
    assert "“It is over,” … “and we go home.” (" in show_said(tables, "Ann Lee").text


def test_the_text_form_marks_what_the_page_marks():
    tables = measure(
        make_articles({"a": "Ann Lee said that it rains. “It is over,” Tom Reed said."}), attribution="rules"
    )
    assert show_articles(tables).text == (
        "a\n2 attributions marked\n[source: Ann Lee] [cue: said] [content: that it rains]. [content: “It is over,”] [source: Tom Reed] [cue: said]."
    )
    chosen = choose_attributions(tables, source="Tom Reed")
    assert show_articles(chosen).text == (
        "a\n1 attribution marked\nAnn Lee said that it rains. [content: “It is over,”] [source: Tom Reed] [cue: said]."
    )
