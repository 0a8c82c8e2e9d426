"""What an attribution is, from its spans alone: source type, cue class, act, kind and modality."""

from __future__ import annotations

import re
from typing import Any

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES, extract
from analysis.attribution.classes import UNKNOWN, head_of_cue
from analysis.attribution.describe import Description, describe
from analysis.attribution.lexicon import classed_forms, classed_phrases, cue_forms
from analysis.text import split_sentences

Spans = list[tuple[int, int]]


#: What the rules look at, in any order.
PIECES = (
    "the ", "mayor ", "Ann ", "BPX", ", ", "“", "”", "\"", "''", "’s ", "not ", "if ", "said ", "to ", "of ", "and ", ". ", ": ",
    "who asked not to be named ", "expected ", "will ", "no ", "two ", "38% ", "-", "—", "(", ")", "\n", "\u00a0", "é", "AI ",
    "made ", "clear ", "himself ", "than ", "state ", "some ", "members ", "Mr. ", "named ",
)  # fmt: skip
ANY_SPANS = st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=3)


def spans(marked: str) -> tuple[str, Spans, Spans, Spans, Spans]:
    """Read "{S Ann Lee} {C said} {Q it is over}." as a text, its sentences, source, cue and content."""
    text, found = "", {"S": Spans(), "C": Spans(), "Q": Spans()}
    for role, inside, plain in re.findall(r"\{([SCQ]) ([^}]*)\}|([^{]+)", marked):
        if role:
            found[role].append((len(text), len(text) + len(inside)))
        text += inside or plain
    return text, split_sentences(text, 0, len(text)), found["S"], found["C"], found["Q"]


def read(marked: str) -> Description:
    return describe(*spans(marked))


@pytest.mark.parametrize(
    ("cue", "cue_class", "act"),
    [
        pytest.param("said", "neutral", "statement", id="a verb"),
        pytest.param("has said", "neutral", "statement", id="with an auxiliary"),
        pytest.param("told reporters", "neutral", "statement", id="with a hearer"),
        pytest.param("according to", "neutral", "statement", id="according to"),
        pytest.param("pointed out", "endorsing", "statement", id="with a particle"),
        pytest.param("pointing", "endorsing", "statement", id="a participle"),
        pytest.param("called", "neutral", "statement", id="call"),
        pytest.param("called for", "speech act", "statement", id="call for is another cue"),
        pytest.param("calling on", "speech act", "statement", id="call on"),
        pytest.param("in a statement", "neutral", "statement", id="a noun alone"),
        pytest.param("said in a statement", "neutral", "statement", id="where it was said counts for nothing"),
        pytest.param("denounced in an interview", "speech act", "statement", id="nor in which interview"),
        pytest.param("in a statement denounced", "speech act", "statement", id="where it was said may stand before"),
        pytest.param("released a report condemning", "speech act", "statement", id="a noun that is a verb elsewhere"),
        pytest.param("drew fresh attention to", "endorsing", "statement", id="a word between"),
        pytest.param("in her letter the demand for", "speech act", "statement", id="the noun that is no place"),
        pytest.param("on Twitter", "neutral", "statement", id="on Twitter"),
        pytest.param("made clear", "neutral", "statement", id="made clear"),
        pytest.param("made it abundantly clear", "neutral", "statement", id="with words between"),
        pytest.param("is quoted as saying", "neutral", "statement", id="quoted as saying"),
        pytest.param("issued statements condemning", "speech act", "statement", id="the last verb where the first says little"),
        pytest.param("appeared more likely to describe", "neutral", "statement", id="seeming says less than describing"),
        pytest.param("seemed", "belief", "attitude", id="seeming alone"),
        pytest.param("is expected to say", "neutral", "statement", id="what is expected is to say"),
        pytest.param("is expected", "belief", "attitude", id="expected alone"),
        pytest.param("would like", "belief", "attitude", id="a wish"),
        pytest.param("was reluctant to say", "belief", "attitude", id="an adjective before its infinitive"),
        pytest.param("is wary of", "belief", "attitude", id="an adjective"),
        pytest.param("announcement of", "neutral", "statement", id="a noun of speech"),
        pytest.param("his claim that", "distancing", "statement", id="a noun that is a verb as well"),
        pytest.param("overall sense of", "belief", "attitude", id="a noun of attitude"),
        pytest.param("sharp criticism from", "speech act", "statement", id="a noun of judgement"),
        pytest.param("in the hope of", "belief", "attitude", id="a phrase of attitude"),
        pytest.param("reportedly", "neutral", "statement", id="an adverb"),
        pytest.param("allegedly", "distancing", "statement", id="an adverb that doubts"),
        pytest.param("allegedly told", "neutral", "statement", id="a verb goes before an adverb"),
        pytest.param("argued", "distancing", "statement", id="argue"),
        pytest.param("assured", "speech act", "statement", id="assure"),
        pytest.param("opposes", "belief", "attitude", id="oppose"),
        pytest.param("beseeching", "speech act", "statement", id="a rare form"),
        pytest.param("Warned", "speech act", "statement", id="a capital"),
        pytest.param(":", "neutral", "statement", id="a colon"),
        pytest.param("wubbed", "neutral", "statement", id="a word that no list holds"),
        pytest.param("among", "belief", "attitude", id="a view among somebody"),
        pytest.param("was known as", "neutral", "statement", id="known as is no knowledge"),
    ],
)  # fmt: skip
def test_cue(cue: str, cue_class: str, act: str) -> None:
    found = read(f"Ann Lee was here. {{S Ann Lee}} {{C {cue}}} {{Q the plan of the town}}.")
    assert (found.cue_class, found.act) == (cue_class, act)


def test_without_a_cue_there_is_no_class() -> None:
    assert read("{S Ann Lee} {Q “It is over.”}") == Description("statement", "direct", "named person", None, "asserted")


@pytest.mark.parametrize(
    ("marked", "cue_class"),
    [
        pytest.param("{S Ann Lee} {C asked} {Q whether it is over}.", "neutral", id="a question"),
        pytest.param("{S Ann Lee} {C asked} {Q workers to leave}.", "speech act", id="a request"),
        pytest.param("{S Ann Lee} {C told} him {Q to leave}.", "speech act", id="an order"),
        pytest.param("{S Ann Lee} {C told} him {Q that he had to leave}.", "neutral", id="a clause with an infinitive"),
        pytest.param("{S Ann Lee} {C asked}: {Q “Ready to leave?”}", "neutral", id="quoted words are what was asked"),
        pytest.param("{S The poll} {C among} Norse {Q that it is over}.", "neutral", id="a document states"),
    ],
)
def test_cue_with_its_content(marked: str, cue_class: str) -> None:
    assert read(marked).cue_class == cue_class


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Ann Lee", "named person", id="a name"),
        pytest.param("Mr. Israel", "named person", id="a title makes a place a person"),
        pytest.param("Will Hope", "named person", id="a name of verbs"),
        pytest.param("Tim Cook", "named person", id="a surname that is a trade"),
        pytest.param("the cook", "office or role", id="the trade"),
        pytest.param("Secretary of State Ann Lee", "named person", id="an office of two words, and a name"),
        pytest.param("the club captain, Joe Marsh", "named person", id="an office, a comma and a name"),
        pytest.param("the mayor of Norport, Westland", "office or role", id="a second place is no name"),
        pytest.param("lobbyist and strategist Ann Lee", "named person", id="two offices of one name"),
        pytest.param("Ann Lee and other critics", "named person", id="joined sources have the type of the first"),
        pytest.param("House and Senate Republicans", "group", id="two names before one noun"),
        pytest.param("Ann Lee’s brother", "office or role", id="somebody’s brother"),
        pytest.param("one soldier", "office or role", id="one unnamed person"),
        pytest.param("a neighbour", "office or role", id="one neighbour"),
        pytest.param("neighbours", "group", id="several"),
        pytest.param("most of the candidates", "office or role", id="most of the holders of a role"),
        pytest.param("two of the officials", "office or role", id="two of them"),
        pytest.param("half of the party", "group", id="half of one institution"),
        pytest.param("several of the companies", "institution or government", id="several institutions"),
        pytest.param("38% of voters", "group", id="a percentage"),
        pytest.param("members of the family", "group", id="members"),
        pytest.param("members of Parliament", "office or role", id="members of a parliament"),
        pytest.param("the officers running the country", "office or role", id="what they do is not their head"),
        pytest.param("the latest 50-state poll", "document", id="a number with a hyphen"),
        pytest.param("a letter seen by the paper", "document", id="who saw it is no source"),
        pytest.param("Norport Sensors Group", "institution or government", id="the end of a company’s name"),
        pytest.param("BPX", "institution or government", id="capitals"),
        pytest.param("the Ministry’s", "institution or government", id="a possessive"),
        pytest.param("Baku", "institution or government", id="a place"),
        pytest.param("Channel 4", "media outlet", id="a channel"),
        pytest.param("The Hill", "media outlet", id="an article that is part of the name"),
        pytest.param("a sign on the door", "document", id="a sign"),
        pytest.param("readings from the gauge", "machine", id="readings"),
        pytest.param("the AI chatbot", "machine", id="a chatbot"),
        pytest.param("Ai Jun", "named person", id="Ai as a name"),
        pytest.param("sources close to the club", "anonymous", id="sources"),
        pytest.param("people familiar with the talks", "anonymous", id="insiders"),
        pytest.param("she", "none", id="a pronoun"),
        pytest.param("who", "none", id="a relative pronoun"),
        pytest.param("He or she", "none", id="two pronouns"),
    ],
)  # fmt: skip
def test_source(source: str, expected: str) -> None:
    assert read(f"Yesterday {{S {source}}} {{C said}} {{Q it is over}}.").source_type == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("{Q “Over,”} {C said} {S an aide}, who asked not to be named.", "anonymous", id="after the source"),
        pytest.param("{S An aide} {C said}, on condition of anonymity, {Q that it is over}.", "anonymous", id="after the cue"),
        pytest.param("{S An aide} {C said} {Q that a man who asked not to be named left}.", "office or role", id="not inside what is said"),
        pytest.param("{S An aide} {C said} {Q it is over}. A man asked not to be named.", "office or role", id="not in another sentence"),
        pytest.param("{Q “Over,”} {C said} {S Ann Lee}, who asked not to be named.", "named person", id="a name is a name"),
        pytest.param("{S BPX}: {Q “Over.”}", "named person", id="the label of a speaker is no acronym"),
        pytest.param("{C Asked} {Q if it is over}, he left.", "none", id="no source"),
        pytest.param("{S Hope} {C said} {Q it is over}.", "named person", id="a verb of a name at the start"),
    ],
)  # fmt: skip
def test_source_in_its_sentence(marked: str, expected: str) -> None:
    assert read(marked).source_type == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("{S Lee} {C said} {Q it is over}.", "asserted", id="said"),
        pytest.param("Only then did {S Lee} {C say} {Q it is over}.", "asserted", id="inverted, but no question"),
        pytest.param("{S Lee} {C would really like} {Q to go}.", "asserted", id="a wish with an adverb"),
        pytest.param("{S Lee} did not {C say} {Q it is over}.", "negated", id="did not say, the auxiliary outside"),
        pytest.param("{S Lee} {C did not say} {Q it is over}.", "negated", id="did not say"),
        pytest.param("{S Lee} {C declined to say} {Q if it is over}.", "negated", id="declined to say"),
        pytest.param("{S Lee} declined to {C say} {Q if it is over}.", "negated", id="declined outside"),
        pytest.param("{S Lee} {C declined} {Q to say if it is over}.", "negated", id="declined alone"),
        pytest.param("{S Lee} {C refused} {Q to leave}.", "asserted", id="refused what is no speech"),
        pytest.param("{S Lee} {C avoided condemning} {Q it}.", "negated", id="avoided"),
        pytest.param("{S Lee} {C made no mention of} {Q it}.", "negated", id="made no mention"),
        pytest.param("{S Lee} {C made no secret of} {Q it}.", "asserted", id="no secret is no denial"),
        pytest.param("{S Lee} has not only {C said} {Q it is over}.", "asserted", id="not only"),
        pytest.param("{S Nobody} {C suggested} {Q it is over}.", "negated", id="nobody"),
        pytest.param("Nor did {S Lee} {C say} {Q it is over}.", "negated", id="nor did"),
        pytest.param("{S Lee} neither confirmed nor {C denied} {Q it}.", "negated", id="neither nor"),
        pytest.param("{S Lee} did not confirm or {C deny} {Q it}.", "negated", id="a shared auxiliary"),
        pytest.param("{S Lee} would not go and {C said} {Q it is over}.", "asserted", id="a past form shares none"),
        pytest.param("{S Lee} could appeal or {C reject} {Q it}.", "hypothetical", id="a shared modal"),
        pytest.param("If {S Lee} {C says} {Q so}, we go.", "hypothetical", id="a condition"),
        pytest.param("If it rains, {S Lee} {C says}, {Q it is over}.", "asserted", id="a condition of what is said"),
        pytest.param("Would {S Lee} {C say} {Q it is over}?", "hypothetical", id="a question"),
        pytest.param("{S Lee} will {C say} {Q it is over}.", "hypothetical", id="yet to come"),
        pytest.param("{S Lee} {C is expected to say} {Q it is over}.", "hypothetical", id="expected to say"),
        pytest.param("{S Lee} is expected to {C say} {Q it is over}.", "hypothetical", id="expected outside"),
        pytest.param("{S Lee} {C is likely to say} {Q it is over}.", "hypothetical", id="likely to say"),
        pytest.param("{S Men} {C are more likely to say} {Q it is over}.", "asserted", id="more likely in a poll"),
        pytest.param("{S Lee} used to {C say} {Q it is over}.", "asserted", id="used to say"),
        pytest.param("{S Lee} went on to {C say} {Q it is over}.", "asserted", id="went on to say"),
        pytest.param("{S Lee} would later {C say} {Q it is over}.", "asserted", id="would later say"),
        pytest.param("{S Lee} {C would like} {Q to go}.", "asserted", id="a wish is held"),
        pytest.param("{S Lee} {C said} {Q he would not go}.", "asserted", id="what is said may be denied"),
    ],
)  # fmt: skip
def test_modality(marked: str, expected: str) -> None:
    assert read(marked).modality == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("{Q “It is over,”} {S Lee} {C said}. {Q “All of it.”}", "direct", id="all quoted"),
        pytest.param("{Q It is over}, {S Lee} {C said}.", "indirect", id="nothing quoted"),
        pytest.param("{S Lee} {C said} {Q it is “over” for now}.", "mixed", id="some"),
        pytest.param("{Q It is over}, {S Lee} {C said}. {Q “All of it.”}", "mixed", id="one part quoted"),
        pytest.param("{Q ''It is over,''} {S Lee} {C said}.", "direct", id="two apostrophes"),
        pytest.param("{Q «It is over»}, {S Lee} {C said}.", "direct", id="guillemets"),
        pytest.param("“{Q It is over},” {S Lee} {C said}.", "direct", id="marks beside the span"),
        pytest.param("{S Lee} {C said}: {Q “It is over}", "direct", id="never closed"),
        pytest.param("{Q It’s Lee’s}, {S Ray} {C said}.", "indirect", id="apostrophes"),
    ],
)  # fmt: skip
def test_kind(marked: str, expected: str) -> None:
    assert read(marked).kind == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee called for a new vote.",
        "The club captain, Joe Marsh, did not say that it is over.",
        "“It is over,” said a neighbour who asked not to be named.",
        "According to the BPX, it is “over” for now.",
        "The mayor declined to say whether it is over.",
        "A local farmer fears that it is over.",
    ],
)
def test_the_rules_class_their_own_finds_the_same_way(text: str) -> None:
    sentences = split_sentences(text, 0, len(text))
    (one,) = extract(text, sentences, sentences)
    theirs = Description(one.act, one.kind, one.source_type, one.cue_class, one.modality)
    assert describe(text, sentences, one.source, one.cue, one.content) == theirs


def test_lists_use_the_declared_classes() -> None:
    cues = [cue for parts in classed_forms().values() for cue in parts.values()]
    cues += [cue for phrases in classed_phrases().values() for _, cue in phrases]
    assert {cue.cue_class for cue in cues} == set(CUE_CLASSES)
    assert all((cue.cue_class == "belief") == (cue.act == "attitude") for cue in cues)
    assert {cue.part for cue in cues} == {"verb", "noun", "adjective", "adverb", "phrase"}


def test_words_without_a_frame_are_no_cues_of_the_rules() -> None:
    assert "abhors" in classed_forms()
    assert "abhors" not in cue_forms()


def test_every_listed_phrase_is_read() -> None:
    for phrases in classed_phrases().values():
        for words, cue in phrases:
            assert head_of_cue(words)[1] is not UNKNOWN, cue


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    ANY_SPANS,
    ANY_SPANS,
    ANY_SPANS,
    ANY_SPANS,
)
def test_any_spans_are_described(text: str, sentences: Any, source: Any, cue: Any, content: Any) -> None:
    found = describe(text, sentences, source, cue, content)
    assert found.act in ("statement", "attitude")
    assert found.kind in ("direct", "indirect", "mixed")
    assert found.source_type in SOURCE_TYPES
    assert found.cue_class in (*CUE_CLASSES, None)
    assert found.modality in ("asserted", "negated", "hypothetical")


def test_the_description_does_not_depend_on_where_the_sentence_stands() -> None:
    text, sentences, source, cue, content = spans("{S The mayor} did not {C say} {Q it is over}.")
    front = "Ray left. " * 50

    def moved(some: Spans) -> Spans:
        return [(start + len(front), end + len(front)) for start, end in some]

    every = split_sentences(front, 0, len(front)) + moved(sentences)
    there = describe(front + text, every, moved(source), moved(cue), moved(content))
    assert there == describe(text, sentences, source, cue, content)


@pytest.mark.growth
@pytest.mark.parametrize("filler", ["a", "word ", "“", "not ", ", the mayor"])
def test_time_is_linear(filler: str) -> None:
    def read(text: str) -> None:
        whole = [(0, len(text))]
        for _ in range(20):
            describe(text, whole, whole, whole, whole)

    assert_linear(read, lambda n: filler * n, 1_000_000 // len(filler))
