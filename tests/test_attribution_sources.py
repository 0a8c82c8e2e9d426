"""What kind of source it is: who stays without a name, and who has one beside an office."""

from __future__ import annotations

import pytest
from test_attribution import read

from analysis.attribution.anonymity import set_aside
from analysis.attribution.lexicon import anonymity_phrases
from analysis.attribution.tokens import tokenize

Read = list[tuple[str, str]]


def sources(text: str) -> Read:
    """Return each source, verbatim, and its type."""
    return [(" … ".join(text[start:end] for start, end in one.source), one.source_type) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("Sources familiar with the matter said that it is over.", "Sources familiar with the matter", id="familiar with"),
        pytest.param("A source close to the minister said that it is over.", "A source close to the minister", id="close to"),
        pytest.param("People familiar with the talks said that it is over.", "People familiar with the talks", id="people"),
        pytest.param("It is over, said a person with knowledge of the talks.", "a person with knowledge of the talks", id="with knowledge of"),
        pytest.param("It is over, according to two people briefed on the plan.", "two people briefed on the plan", id="briefed on"),
        pytest.param("It is over, according to sources close to the plan.", "sources close to the plan", id="after according to"),
        pytest.param("An insider said that it is over.", "An insider", id="insider"),
        pytest.param("An unnamed official said that it is over.", "An unnamed official", id="unnamed"),
        pytest.param("Officials who asked not to be named said that it is over.", "Officials who asked not to be named", id="who asked not to be named"),
        pytest.param("An engineer who asked not to be named said the dam was safe.", "An engineer who asked not to be named", id="the source is no part of the clause"),
        pytest.param("An aide, who declined to be identified, said that it is over.", "An aide, who declined to be identified", id="who, between commas"),
        pytest.param("An aide who was not authorised to speak publicly told reporters that it is over.", "An aide who was not authorised to speak publicly", id="not authorised"),
        pytest.param("An aide who wasn't authorized to discuss it said that it is over.", "An aide who wasn't authorized to discuss it", id="wasn't authorized"),
        pytest.param("An aide who spoke on condition of anonymity because she feared her chief said that it is over.", "An aide who spoke on condition of anonymity because she feared her chief", id="with a reason"),
        pytest.param("An aide who was not authorised to speak and asked not to be named said that it is over.", "An aide who was not authorised to speak and asked not to be named", id="two reasons"),
        pytest.param("An aide who was not authorised to speak, on condition of anonymity or otherwise, said that it is over.", "An aide who was not authorised to speak", id="two phrases"),
        pytest.param("An aide speaking on condition of anonymity said that it is over.", "An aide", id="speaking, without commas"),
        pytest.param("An aide, speaking on condition of anonymity, said that it is over.", "An aide", id="speaking, between commas"),
        pytest.param("A Western diplomat said, on condition of anonymity, that it is over.", "A Western diplomat", id="after the cue, between commas"),
        pytest.param("An aide said on the condition of anonymity that it is over.", "An aide", id="after the cue"),
        pytest.param("“It is over,” an aide said, asking not to be named.", "an aide", id="at the end"),
        pytest.param("An aide said that it is over, speaking on condition of anonymity.", "An aide", id="after what is said"),
        pytest.param("Speaking on condition of anonymity, an aide said that it is over.", "an aide", id="at the beginning"),
        pytest.param("According to an aide who asked not to be named, it is over.", "an aide who asked not to be named", id="according to somebody who"),
        pytest.param("Another Norman who asked not to be named said that it is over.", "Another Norman who asked not to be named", id="one of a people"),
        pytest.param("He said, on condition of anonymity, that it is over.", "He", id="a pronoun"),
    ],
)  # fmt: skip
def test_is_anonymous(text: str, source: str) -> None:
    assert sources(text) == [(source, "anonymous")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("German sources of energy said that it is over.", [("German sources of energy", "group")], id="sources of energy"),
        pytest.param("The mayor said the dam is a source of friction.", [("The mayor", "office or role")], id="source of friction"),
        pytest.param("An open-source project said that it is over.", [("An open-source project", "group")], id="open-source"),
        pytest.param("Open sources say that it is over.", [("Open sources", "document")], id="open sources"),
        pytest.param("Experts familiar with the text said that it is over.", [("Experts familiar with the text", "group")], id="experts may know a text"),
        pytest.param("Officials close to tears said that it is over.", [("Officials close to tears", "group")], id="close to nobody"),
        pytest.param("Relatives of the unidentified man said that it is over.", [("Relatives of the unidentified man", "group")], id="somebody else is unidentified"),
        pytest.param("Ann Lee, who asked not to be named, said that it is over.", [("Ann Lee, who asked not to be named", "named person")], id="a name is a name"),
        pytest.param("The minister said an aide who asked not to be named had left.", [("The minister", "office or role")], id="inside what is said"),
        pytest.param("The minister said that she had met, on condition of anonymity, two aides.", [("The minister", "office or role")], id="in the middle of what is said"),
        pytest.param("The ministry said, on condition of anonymity, that it is over.", [("The ministry", "institution or government")], id="an institution is no person"),
        pytest.param("Aides were not authorised to speak, the minister said.", [("the minister", "office or role")], id="no phrase beside a source"),
        pytest.param("The minister who will be named today said that it is over.", [("The minister", "office or role")], id="to be named to an office"),
        pytest.param("The minister said that it is over. An aide spoke on condition of anonymity.", [("The minister", "office or role")], id="in another sentence"),
    ],
)  # fmt: skip
def test_is_not_anonymous(text: str, expected: Read) -> None:
    assert sources(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The mayor of Norport, Carl Benson, said that it is over.", [("The mayor of Norport, Carl Benson", "named person")], id="office, then name"),
        pytest.param("Carl Benson, the mayor of Norport, said that it is over.", [("Carl Benson", "named person")], id="name, then office"),
        pytest.param("“It is over,” said the mayor of Norport, Carl Benson.", [("the mayor of Norport, Carl Benson", "named person")], id="after the verb"),
        pytest.param("It is over, the mayor, Carl Benson, said.", [("the mayor, Carl Benson", "named person")], id="after what is said"),
        pytest.param("According to the mayor of Norport, Carl Benson, it is over.", [("the mayor of Norport, Carl Benson", "named person")], id="according to"),
        pytest.param("In Norport, the mayor, Carl Benson, said that it is over.", [("the mayor, Carl Benson", "named person")], id="after a place"),
        pytest.param("The mayor, Benson, said that it is over.", [("The mayor, Benson", "named person")], id="a surname"),
        pytest.param("The plan was criticized by the mayor, Carl Benson.", [("the mayor, Carl Benson", "named person")], id="passive"),
        pytest.param("Ann Lee, an aide of the mayor, Carl Benson, said that it is over.", [("Ann Lee", "named person")], id="a name within an apposition"),
        pytest.param("Norport, the port city, said that it is over.", [("Norport", "institution or government")], id="a city is no person"),
        pytest.param("The port city, Norport, said that it is over.", [("The port city", "institution or government")], id="nor is its name"),
        pytest.param("The mayor of Norport, Westland, said that it is over.", [("The mayor of Norport", "office or role")], id="a second place"),
        pytest.param("A farmer from Sumter, South Carolina, said that it is over.", [("A farmer from Sumter", "office or role")], id="a place of two words"),
        pytest.param("A farmer from Sumter, Upper Westland, said that it is over.", [("A farmer from Sumter", "office or role")], id="a place that no list has"),
        pytest.param("The group, Green Front, said that it is over.", [("The group", "group")], id="a group is no person"),
        pytest.param("Critics, Green Front, said that it is over.", [("Critics", "group")], id="nor are many"),
        pytest.param("Ann Lee, a University of Norport professor, said that it is over.", [("Ann Lee", "named person")], id="who works somewhere is a person"),
        pytest.param("Ann Lee of the Front, a company, said that it is over.", [("Ann Lee of the Front", "named person")], id="what is attached may be a company"),
        pytest.param("“It is over,” said the mayor, Carl Benson reported.", [("the mayor", "office or role")], id="a name with a verb of its own"),
        pytest.param("A Norwegian said that it is over.", [("A Norwegian", "office or role")], id="one of a people"),
        pytest.param("Many Latinos said that it is over.", [("Many Latinos", "group")], id="many of a people"),
        pytest.param("Reports grew over his claim that it is over.", [("his", "none")], id="a possessive names nobody"),
    ],
)  # fmt: skip
def test_names_beside_offices(text: str, expected: Read) -> None:
    assert sources(text)[:1] == expected


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("It is over, an aide said on condition of anonymity, adding that it rained.", ["It is over", "that it rained"], id="a participle goes on"),
        pytest.param("Lee said an aide who asked not to be named had left.", ["an aide who asked not to be named had left"], id="a clause inside what is said stays"),
        pytest.param("An aide said that it is over, asking not to be named.", ["that it is over"], id="a remark after what is said goes"),
        pytest.param("The statement described the visit in cautious, formulaic language.", ["the visit in cautious, formulaic language"], id="two adjectives of one noun"),
        pytest.param("The statement described the visit in detail, local habits included.", ["the visit in detail"], id="another clause"),
    ],
)  # fmt: skip
def test_what_is_said(text: str, content: list[str]) -> None:
    found = [" … ".join(text[start:end] for start, end in one.content) for one in read(text)]
    assert found[: len(content)] == content


def test_a_policy_emphasises_nothing() -> None:
    assert sources("Norway's policy under Ann Lee has emphasized trade.") == []


def test_without_such_a_phrase_the_tokens_stay() -> None:
    tokens = tokenize("An aide said that it is over.", [(0, 29)], [])
    assert set_aside(tokens).tokens is tokens


@pytest.mark.parametrize("form", ["relative", "participle", "adverbial"])
def test_every_phrase_is_read(form: str) -> None:
    before = {"relative": "who", "participle": ",", "adverbial": "said"}[form]
    for phrases in anonymity_phrases()[form].values():
        for phrase in phrases:
            text = f"The aide {before} {' '.join(phrase)}."
            aside = set_aside(tokenize(text, [(0, len(text))], []))
            assert aside.clauses | aside.adjuncts, text
            assert not set(phrase[:-1]) & set(aside.tokens.words[2:]) - {"said"}, text
