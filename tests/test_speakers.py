"""Whose name stands behind a source: the fullest in the text, also for a pronoun or a description, where certain."""

from __future__ import annotations

import re

import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution.given import sources_by_group
from analysis.attribution.speakers import resolve
from analysis.measures import measure
from analysis.tables import ATTRIBUTIONS
from analysis.text import split_sentences

PRONOUNS = {"he", "she", "his", "her", "him", "they", "it", "i", "we"}


def speakers(marked: str) -> list[tuple[str | None, str | None]]:
    """Speaker and chain of each source that a text marks: "[She] said"; "[the firm|document] said" gives its type."""
    text, sources = "", []
    for plain, source, kind in re.findall(r"([^\[]*)(?:\[([^\]|]*)\|?([^\]]*)\])?", marked):
        text += plain
        if source:
            kind = kind or ("none" if source.casefold() in PRONOUNS else "named person")
            sources.append((((len(text), len(text) + len(source)),), kind))
            text += source
    return resolve(text, split_sentences(text), sources)


def last(marked: str) -> str | None:
    """The speaker of the last source that is marked."""
    return speakers(marked)[-1][0]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        pytest.param("[Ann Lee] said no.", "Ann Lee", id="a full name"),
        pytest.param("Ann Lee left. [Lee] said no.", "Ann Lee", id="a surname that one person bears"),
        pytest.param("[Lee] said no. It was Ann Lee.", "Ann Lee", id="the full name comes later"),
        pytest.param("“I asked Ann Lee,” Bo Ray said. [Lee] said no.", "Ann Lee", id="the full name is in a quotation"),
        pytest.param("[Mr Lee] said no.", "Mr Lee", id="no fuller name"),
        pytest.param("Carl Lee left. [Mr. Lee] said no.", "Carl Lee", id="a form of address"),
        pytest.param("[Foreign Minister Ann Lee] said no.", "Ann Lee", id="an office before the name"),
        pytest.param("[the mayor, Ann Lee,] said no.", "Ann Lee", id="an office and a comma before the name"),
        pytest.param("[Ann Lee, 52, the mayor of Norport,] said no.", "Ann Lee", id="what is set off after the name"),
        pytest.param("Ann Bo Lee left. [Ann Lee] said no.", "Ann Bo Lee", id="a middle name"),
        pytest.param("Nerys Fox, a nurse, left. [Nerys] said no.", "Nerys Fox", id="a first name that one person bears"),
        pytest.param("[Secretary of State Ann Lee] said no.", "Ann Lee", id="an office of something before the name"),
        pytest.param("Ann Lee came. Lee sat. Bo Lee left. [Lee] said no.", "Ann Lee", id="a surname told of one before another came"),
        pytest.param("Speaker of the House Ann Lee left. [Lee] said no.", "Ann Lee", id="what an office is of is no name"),
        pytest.param("It is Secretary of State Lee. [Lee] said no.", "Lee", id="what an office is of, before a surname"),
        pytest.param("Ann Lee left. In the Norport Post Lee lost. [Lee] said no.", "Ann Lee", id="two names side by side"),
        pytest.param("Last week [the Norport Ledger|media outlet] said so.", "Norport Ledger", id="an outlet"),
        pytest.param("Then [the Board of Health|institution or government] said no.", "Board of Health", id="a name with of"),
    ],
)  # fmt: skip
def test_a_source_that_holds_a_name(marked: str, speaker: str) -> None:
    assert last(marked) == speaker


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Ann Lee left. [Lee's lawyer|office or role] said no.", id="somebody of theirs"),
        pytest.param("[a lawyer for Ann Lee|office or role] said no.", id="somebody for them"),
        pytest.param("[a lawyer for Mayor Ann Lee|office or role] said no.", id="somebody for one with a title"),
        pytest.param("[Ann Lee and Bo Ray] said no.", id="two"),
        pytest.param("Ann Lee and Bo Lee left. [Lee] said no.", id="a surname that two bear"),
        pytest.param(
            "Ann Lee and Bo Lee left. [Mr. Lee] said no.", id="a surname that two bear, with a form of address"
        ),
        pytest.param(
            "Ann Lee came. Lee sat. [Bo Lee] left. [Lee] said no.", id="a surname that two bear, who both may speak"
        ),
        pytest.param("Ann Lee came. Mrs Lee sat. Bo Lee left. Mr Lee sat. [Lee] said no.", id="Mr and Mrs"),
        pytest.param(
            "[The chairman of the House Black Caucus Fund|office or role] said no.", id="a fund has a chairman"
        ),
        pytest.param("[The mother of Norport Mayor Ann Lee|office or role] said no.", id="kin of one with an office"),
        pytest.param("[aides of Mayor Ann Lee|group] said no.", id="staff of one with an office"),
        pytest.param("[Several mayors, including Ann Lee,|office or role] said no.", id="several"),
        pytest.param("[Lee supporters|group] said no. Ann Lee left.", id="a group"),
        pytest.param("[Police|institution or government] said no.", id="a capital that is due to its place"),
        pytest.param("[a report by Ann Lee|document] said so.", id="a document of theirs"),
    ],
)
def test_a_source_that_is_nobodys_name(marked: str) -> None:
    assert last(marked) is None


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        pytest.param("[Ann Lee] left. [She] said no.", "Ann Lee", id="the only person before"),
        pytest.param("“We lost,” said [Ann Lee]. “All is lost,” [she] said.", "Ann Lee", id="after an inverted cue"),
        pytest.param("Ann Lee said that [she] knew. [Ann Lee] left.", "Ann Lee", id="in the same sentence"),
        pytest.param("[Ann Lee] spoke. “Bo Ray lies,” [she] said.", "Ann Lee", id="a name in a quotation is no candidate"),
        pytest.param("[Ann Lee] spoke. “It is over.” “Go home,” [she] said.", "Ann Lee", id="across a quotation alone"),
        pytest.param("[Ann Lee] spoke. It rained. [She] said no.", "Ann Lee", id="across a sentence with nobody"),
        pytest.param("[Ann Lee] praised Bo Ray. [She] said he won.", "Ann Lee", id="the subject, who speaks"),
        pytest.param("[Mr Lee] met Ms Ray. [She] said no.", "Ms Ray", id="the only one of whom the text says she"),
        pytest.param("[Ann Lee] spoke. [She] said no. [She] said it twice.", "Ann Lee", id="by way of another pronoun"),
        pytest.param("[Ann Lee] spoke. [She] told Bo Ray no.", "Ann Lee", id="who tells somebody is not him"),
        pytest.param("[Ann Lee] defended [her] claim.", "Ann Lee", id="a possessive"),
        pytest.param("[Ann Lee] left the White House. [She] said no.", "Ann Lee", id="a building is no person"),
        pytest.param("A friend, [Ann Lee], left. [She] said no.", "Ann Lee", id="described before"),
        pytest.param("“No,” said [Ann Lee], [who] left.", "Ann Lee", id="who, after a name and a comma"),
        pytest.param("“No,” said [Mr. Lee], [who] left.", "Mr. Lee", id="who, after a title"),
        pytest.param("[Ann Lee] left the Republican Party. [She] said no.", "Ann Lee", id="a party is no person"),
        pytest.param("[Ann Lee] left the General Assembly. [She] said no.", "Ann Lee", id="an assembly is no person"),
        pytest.param("Mayor Ann Lee joined Republican State Council. [She] said no.", "Ann Lee", id="a council is no person"),
    ],
)  # fmt: skip
def test_a_pronoun(marked: str, speaker: str) -> None:
    assert last(marked) == speaker


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("It rained. [She] said no.", id="nobody before"),
        pytest.param("Long Reach flooded. [She] said no.", id="a name of which nothing tells that it is a person's"),
        pytest.param("Mayor Ann Lee and coach Eve Ray left. [She] said no.", id="two before"),
        pytest.param("[Ann Lee] met [Eve Ray]. [She] said no.", id="two who speak"),
        pytest.param("[Ann Lee] told Bo Ray no. [He] said yes.", id="the hearer may answer"),
        pytest.param("[Ann Lee] spoke. A neighbour came. [She] said no.", id="somebody without a name"),
        pytest.param("[Ann Lee] spoke. [The incumbent|office or role] agreed. [She] said no.", id="a source without a name"),
        pytest.param("[Mr Lee] spoke. [She] said no.", id="the text says Mr"),
        pytest.param("[Bo Ray] met his wife, Ann Lee. [She] said no.", id="another of whom the text says she"),
        pytest.param("Mayor Ann Lee's car came. [She] said no.", id="somebody of theirs"),
        pytest.param("They voted for Mayor Ann Lee. [She] said no.", id="only an object"),
        pytest.param("In [her] statement, [Ann Lee|] said no. Eve Ray left. Despite [her] claim, Bo Ray won.", id="before its name"),
        pytest.param("[Eve Ray] spoke. If coach Ann Lee wins, [she] said, it ends.", id="not the one spoken of"),
        pytest.param("[Eve Ray] spoke. " + "It rained. " * 3 + "[She] said no.", id="too far back"),
        pytest.param("[Eve Ray] spoke. Coach Ann Lee won, [she] said.", id="not the one spoken of, without if"),
        pytest.param("Mayor Bo Lee came. [He] told Lee no.", id="who tells somebody is not him"),
        pytest.param("Mayor Ann Lee's dog knew that [she] won.", id="something of theirs, in the same sentence"),
        pytest.param("[Ann Lee] said: “[I] know.”", id="I"),
        pytest.param("[Ann Lee] said: “[We] know.”", id="we"),
        pytest.param("[Ann Lee] spoke. [They] said no.", id="they"),
        pytest.param("[Ann Lee] spoke. [It] said no.", id="it"),
        pytest.param("[Ann Lee] spoke. [He|anonymous] said no.", id="who asks not to be named"),
        pytest.param("Ann Lee and Bo Lee came. [Lee] spoke. [She] said no.", id="a surname that two bear"),
        pytest.param("A friend of [Ann Lee], [who] said no, left.", id="who, after somebody of theirs"),
        pytest.param("[Ann Lee] and coach [Bo Ray], [who] said no, left.", id="who, after two"),
        pytest.param("[Ann Lee] is the one [who] said no.", id="who, not set off"),
    ],
)  # fmt: skip
def test_a_pronoun_that_could_be_anothers(marked: str) -> None:
    assert last(marked) is None


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        pytest.param("Ann Lee, the minister, left. [the minister|office or role] said no.", "Ann Lee", id="in apposition"),
        pytest.param("The minister, Ann Lee, left. [The minister|office or role] said no.", "Ann Lee", id="before a comma"),
        pytest.param("It was minister Ann Lee. [The minister|office or role] said no.", "Ann Lee", id="before the name"),
        pytest.param("It was Sen. Ann Lee. [The senator|office or role] said no.", "Ann Lee", id="an abbreviated title"),
        pytest.param("Ann Lee, 24, left. [The 24-year-old|office or role] said no.", "Ann Lee", id="an age"),
        pytest.param("Dunmore Foods, a company, fell. [the company|institution or government] said so.", "Dunmore Foods", id="a company"),
        pytest.param("It is the Board of Health. [the board|institution or government] said no.", "Board of Health", id="the head of a name"),
        pytest.param("President Ann Lee met Vice President Bo Ray. [The president|office or role] said no.", "Ann Lee", id="a vice president is another"),
        pytest.param("Mayor Ann Lee met former mayor Bo Ray. [The former mayor|office or role] said no.", "Bo Ray", id="a former one"),
        pytest.param("Former Mayor Bo Ray met Mayor Ann Lee. [The mayor|office or role] said no.", "Ann Lee", id="a former one is another"),
        pytest.param("President Ann Lee left. It is the president. [The president|office or role] said no.", "Ann Lee", id="a title that begins a sentence, elsewhere small"),
        pytest.param("Ann Lee, the minister, left. Bo Ray ran. The minister came. [She] said no.", "Ann Lee", id="a description leads on"),
    ],
)  # fmt: skip
def test_a_description(marked: str, speaker: str) -> None:
    assert last(marked) == speaker


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Ann Lee left. [the minister|office or role] said no.", id="nobody is called so"),
        pytest.param("[the minister|office or role] said no. It was Ann Lee, the minister.", id="called so only later"),
        pytest.param("Ann Lee, the minister, met Bo Ray, the minister. [the minister|office or role] said no.", id="two are"),
        pytest.param("A minister met Ann Lee, the minister. [the minister|office or role] said no.", id="another is, without a name"),
        pytest.param("Ann Lee, 24, and Bo Ray, 24, left. [The 24-year-old|office or role] said no.", id="two of an age"),
        pytest.param("Ann Lee, the minister, left. [a minister|office or role] said no.", id="not definite"),
        pytest.param("Former Mayor Bo Ray left. [The mayor|office or role] said no.", id="only a former one is named"),
        pytest.param("It is on the Dish Network. " + "It rained all day. " * 30 + "[The network|media outlet] said no.", id="a word of a name far back"),
    ],
)  # fmt: skip
def test_a_description_that_could_be_anothers(marked: str) -> None:
    assert last(marked) is None


@pytest.mark.parametrize(
    ("marked", "chain"),
    [
        pytest.param("[Ann Lee] said no.", None, id="a name by itself"),
        pytest.param("Ann Lee left. [Lee] said no.", "Lee → Ann Lee", id="a surname"),
        pytest.param("Mayor Ann Lee left. [She] said no.", "She → Ann Lee", id="a pronoun"),
        pytest.param("Mayor Ann Lee came. Lee left. [She] said no. [She] said it again.", "She → Lee → Ann Lee", id="by way of a surname"),
        pytest.param("Ann Lee, the minister, left. The minister spoke. [She] said no.", "She → The minister → Ann Lee", id="by way of an office"),
        pytest.param("It rained. [She] said no.", None, id="nobody"),
    ],
)  # fmt: skip
def test_the_chain(marked: str, chain: str | None) -> None:
    assert speakers(marked)[-1][1] == chain


def test_pronouns_that_could_only_be_one_persons_tell_of_later_ones() -> None:
    """Of Lee the text says "she" twice where nobody else is, of Ray "he": after that they are told apart."""
    sure = "[Ann Lee] came. She sat. It rained. She ate. "
    open_case = "Mayor Ann Lee met coach Bo Ray, and [she] said no."
    assert last(open_case) is None
    assert last(sure + "[Bo Ray] came. He sat. It rained. He ate. " + open_case) == "Ann Lee"


def test_first_names_tell_nothing() -> None:
    for first, second in (("Mary", "John"), ("John", "Mary")):
        assert last(f"Mayor {first} Lee and coach {second} Ray left. [She] said no.") is None
        assert last(f"[{first} Lee] left. [She] said no.") == f"{first} Lee"


def test_the_table_has_the_speaker_of_each_row() -> None:
    texts = {"a": "Mayor Ann Lee said it is over. She said it is wet.", "b": "It rained.", "c": "He said it is dry."}
    found = ATTRIBUTIONS.check(measure(make_articles(texts))["attributions"])
    assert found["speaker"].fillna("").tolist() == ["Ann Lee", "Ann Lee", ""]
    assert found["speaker_chain"].fillna("").tolist() == ["Mayor Ann Lee → Ann Lee", "She → Ann Lee", ""]
    alone = measure(make_articles({"c": texts["c"]}))["attributions"]
    assert alone["speaker"].isna().all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mayor Ann Lee said it is over. She said it is all wet.", [["Ann Lee", "named person", 2, 7]], id="under one name"),
        pytest.param("Mayor Ann Lee came. She said it is over.", [["Ann Lee", "named person", 1, 3]], id="named without a statement"),
        pytest.param("Mayor Ann Lee and Eve Ray came. She said it is over.", [["She", "none", 1, 3]], id="unresolved: by itself"),
    ],
)  # fmt: skip
def test_sources_count_a_pronoun_under_its_speaker(text: str, expected: list[list[object]]) -> None:
    measured = measure(make_articles({"a": text}))
    found = sources_by_group(*(measured[name] for name in ("articles", "attributions", "spans", "sentences", "labels")))
    assert found[["source", "source_type", "n", "n_words"]].to_numpy().tolist() == expected
    if expected[0][0] != "She":
        assert [text[row.start : row.end].endswith("Ann Lee") for row in found.itertuples()] == [True]


WORDS = st.sampled_from(
    ["Ann Lee", "Lee", "Bo Ray", "Mr Ray", "She", "he", "the mayor", "a nurse", "said", "met", ",", ".", "“", "”", "that", "it is over", "mayor", "’s", "\n\n", "of", "The Board", "É.", "24"]
)  # fmt: skip


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(WORDS, max_size=40), st.data())
def test_a_speaker_is_text_of_the_article(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    places = [m.span() for m in re.finditer(r"Ann Lee|Lee|Bo Ray|Mr Ray|She|he\b|the mayor|The Board", text)]
    kinds = st.sampled_from(["none", "named person", "office or role", "institution or government", "group"])
    sources = [((place,), data.draw(kinds)) for place in places]
    sentences = split_sentences(text)
    found = resolve(text, sentences, sources)
    assert found == resolve(text, sentences, sources)
    written = " ".join(text.split())
    for speaker, chain in found:
        assert speaker is None or speaker in written
        assert chain is None or (chain.endswith(f" → {speaker}") and all(s in written for s in chain.split(" → ")))


def test_articles_do_not_know_each_other() -> None:
    texts = {
        "a": "Mayor Ann Lee came. She said it is over.",
        "b": "Bo Lee came. Lee said it is wet. He said it is dry.",
    }
    columns = ["article_id", "speaker", "speaker_chain"]
    forth = measure(make_articles(texts))["attributions"][columns]
    back = measure(make_articles(dict(reversed(texts.items()))))["attributions"][columns]
    assert forth.sort_values("article_id", kind="stable").to_numpy().tolist() == (
        back.sort_values("article_id", kind="stable").to_numpy().tolist()
    )
    swapped = measure(make_articles({"b": texts["a"], "a": texts["b"]}))["attributions"]
    assert swapped["speaker"].tolist() == forth["speaker"].tolist()


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Ann Lee said she met Bo Ray ", id="no full stop"),
        pytest.param("Ann Lee spoke. She said no. ", id="pronouns"),
        pytest.param("The mayor left. A mayor, Ann Lee, came. ", id="descriptions"),
        pytest.param("“No.” ", id="quotations"),
        pytest.param("Aa Bb ", id="capitals"),
    ],
)
def test_long_texts_take_no_more_time_than_their_length(piece: str) -> None:
    def made(n: int) -> tuple[str, list[tuple[int, int]], list[tuple[tuple[tuple[int, int], ...], str]]]:
        text = piece * n
        sentences = [m.span() for m in re.finditer(r"[^.]+\.?”?", text)]
        return text, sentences, [((m.span(),), "none") for m in re.finditer(r"\b[Ss]he\b", text)]

    assert_linear(lambda given: resolve(*given), made, 4000)
