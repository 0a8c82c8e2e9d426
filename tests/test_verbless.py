"""Cues without a verb: what the rules find by "according to" and by a colon, what is added to it, and what is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st
from test_attribution import found

from analysis.attribution.engine import Attribution, Span, extract
from analysis.attribution.engines import extract_by_rules
from analysis.attribution.verbless import find_verbless, with_verbless
from analysis.text import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "According to Ann Lee, the plant is shut.",
            ("Ann Lee", "According to", "the plant is shut"),
            id="at the start",
        ),
        pytest.param(
            "According to Ann Lee, the mayor, the plant is shut.",
            ("Ann Lee, the mayor", "According to", "the plant is shut"),
            id="at the start, with an apposition",
        ),
        pytest.param(
            "The plant is shut, according to Ann Lee.",
            ("Ann Lee", "according to", "The plant is shut"),
            id="at the end",
        ),
        pytest.param(
            "The plant is shut according to Ann Lee.",
            ("Ann Lee", "according to", "The plant is shut"),
            id="at the end without a comma",
        ),
        pytest.param(
            "The plant is shut, according to Ann Lee, who left.",
            ("Ann Lee, who left", "according to", "The plant is shut"),
            id="at the end, with a relative clause",
        ),
        pytest.param(
            "“It is over,” Ray said, according to Ann Lee.",
            ("Ann Lee", "according to", "“It is over,” Ray said"),
            id="who told of a quotation",
        ),
        pytest.param("Ann Lee: “It is over.”", ("Ann Lee", ":", "“It is over.”"), id="name and colon"),
        pytest.param("Mayor Ann Lee: “Over.”", ("Mayor Ann Lee", ":", "“Over.”"), id="office, name and colon"),
        pytest.param("The mayor: “It is over.”", ("The mayor", ":", "“It is over.”"), id="office and colon"),
        pytest.param("LEE: “It is over.”", ("LEE", ":", "“It is over.”"), id="capitals, as in a transcript"),
        pytest.param("Lee on the vote: “No.”", ("Lee on the vote", ":", "“No.”"), id="name, subject and colon"),
        pytest.param(
            "Lee in an interview: “No.”", ("Lee in an interview", ":", "“No.”"), id="name, occasion and colon"
        ),
        pytest.param(
            "A statement from the ministry: “It is over.”",
            ("A statement from the ministry", ":", "“It is over.”"),
            id="document and colon",
        ),
        pytest.param(
            "“It is over,” the ministry said in a statement.",
            ("the ministry", "said", "“It is over,”"),
            id="in a statement, after a verb",
        ),
        pytest.param(
            "In a tweet, Lee wrote: “It is over.”", ("Lee", "wrote", "“It is over.”"), id="in a tweet, before a verb"
        ),
        pytest.param(
            "Lee told the Post in an interview that it is over.",
            ("Lee", "told", "that it is over"),
            id="in an interview, before what is said",
        ),
    ],
)
def test_found(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The aim: to win.", id="a colon that explains"),
        pytest.param("Three things: sun, sea and sand.", id="a colon before a list"),
        pytest.param("It began at 9:30 in Oslo.", id="a time of day"),
        pytest.param("He left for Oslo: “Norma” was on.", id="a colon inside a sentence"),
        pytest.param("Tickets are ten euros per person.", id="per person"),
        pytest.param("For Lee, a win is worth ten points.", id="for somebody, told by the author"),
        pytest.param("In a statement of accounts, ten items are wrong.", id="a statement that says nothing"),
        pytest.param("Oslo and Bonn signed the accord.", id="accord"),
    ],
)
def test_left_alone(text: str) -> None:
    assert found(text) == []


def layout(text: str) -> tuple[list[Span], list[Span]]:
    """Return the sentences and the paragraphs of a text whose paragraphs are its lines."""
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return [span for block in blocks for span in split_sentences(text, *block)], blocks


def spans(one: Attribution, text: str) -> tuple[str, str, str]:
    source, cue, content = (
        " … ".join(text[start:end] for start, end in part) for part in (one.source, one.cue, one.content)
    )
    return source, cue, content


def added(text: str) -> list[tuple[str, str, str]]:
    """Return (source, cue, content) of each attribution without a verb, verbatim."""
    return [spans(one, text) for one in find_verbless(text, *layout(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Per the ministry, the plant is shut.", ("the ministry", "Per", "the plant is shut"), id="per, at the start"
        ),
        pytest.param("The plant is shut, per Ann Lee.", ("Ann Lee", "per", "The plant is shut"), id="per, at the end"),
        pytest.param(
            "In Ann Lee’s words, “it is over.”", ("Ann Lee", "In … words", "“it is over.”"), id="in somebody's words"
        ),
        pytest.param(
            "In her words, the plant is “a wreck.”", ("her", "In … words", "the plant is “a wreck.”"), id="in her words"
        ),
        pytest.param(
            "But in Lee's view, the plant is shut.",
            ("Lee", "in … view", "the plant is shut"),
            id="after an opening but",
        ),
        pytest.param(
            "In the mayor's own telling, the plant was shut.",
            ("the mayor", "In … telling", "the plant was shut"),
            id="own is no part of source or cue",
        ),
        pytest.param(
            "In the opinion of the ministry, the plant is shut.",
            ("the ministry", "In the opinion of", "the plant is shut"),
            id="in the opinion of somebody",
        ),
        pytest.param(
            "The plant is a wreck, in Lee's view.", ("Lee", "in … view", "The plant is a wreck"), id="view, at the end"
        ),
        pytest.param(
            "The plant is “a wreck,” in Lee's words.", ("Lee", "in … words", "“a wreck,”"), id="words, at the end"
        ),
        pytest.param(
            "The plant is, in Lee's words, “a wreck.”",
            ("Lee", "in … words", "“a wreck.”"),
            id="words before a quotation",
        ),
        pytest.param("By her own admission, she is late.", ("her", "By … admission", "she is late"), id="by admission"),
        pytest.param(
            "By Lee’s account, the plant is shut.", ("Lee", "By … account", "the plant is shut"), id="by account"
        ),
        pytest.param("As Lee put it, the plant is shut.", ("Lee", "put it", "the plant is shut"), id="as Lee put it"),
        pytest.param(
            "The plant is shut, as Lee puts it.",
            ("Lee", "puts it", "The plant is shut"),
            id="as Lee puts it, at the end",
        ),
        pytest.param("As she noted, the plant is shut.", ("she", "noted", "the plant is shut"), id="as she noted"),
        pytest.param(
            "As Ann Lee, the mayor, told the Post on Monday, the plant is shut.",
            ("Ann Lee", "told", "the plant is shut"),
            id="as she told somebody some time",
        ),
        pytest.param(
            "As the Post reported last week, the plant is shut.",
            ("the Post", "reported", "the plant is shut"),
            id="as it reported some time",
        ),
        pytest.param(
            "The plant, according to Lee, is shut.",
            ("Lee", "according to", "The plant … is shut"),
            id="inside a clause",
        ),
        pytest.param(
            "On Monday, according to Lee, the plant was shut.",
            ("Lee", "according to", "On Monday … the plant was shut"),
            id="after what opens the sentence",
        ),
        pytest.param(
            "It rained and, according to officials, the plant is shut.",
            ("officials", "according to", "the plant is shut"),
            id="after a coordinator it goes with what follows",
        ),
        pytest.param(
            "He left because, according to Lee, the plant is shut.",
            ("Lee", "according to", "the plant is shut"),
            id="after because it goes with what follows",
        ),
        pytest.param(
            "The plant, which, according to Lee, is shut, will be sold.",
            ("Lee", "according to", "which … is shut"),
            id="inside a relative clause",
        ),
        pytest.param(
            "“It is over,” according to Lee.",
            ("Lee", "according to", "“It is over,”"),
            id="according, after a quotation",
        ),
        pytest.param(
            "“It is over,” the ministry in a statement.",
            ("the ministry", "in a statement", "“It is over,”"),
            id="a statement, after a quotation",
        ),
        pytest.param(
            "Ann Lee, in an emailed statement on Monday: “It is over.”",
            ("Ann Lee", "in an emailed statement", "“It is over.”"),
            id="a statement, between commas",
        ),
        pytest.param(
            "Lee in an interview: “It is over.”", ("Lee", "in an interview", "“It is over.”"), id="an interview"
        ),
        pytest.param(
            "In a statement, Ann Lee: “It is over.”",
            ("Ann Lee", "In a statement", "“It is over.”"),
            id="a statement first",
        ),
        pytest.param(
            "“It is over now.” — Ann Lee, mayor", ("Ann Lee, mayor", "", "“It is over now.”"), id="a signature, no cue"
        ),
        pytest.param(
            "“It is over now.”\n— Ann Lee", ("Ann Lee", "", "“It is over now.”"), id="a signature in the next paragraph"
        ),
    ],
)
def test_added(text: str, expected: tuple[str, str, str]) -> None:
    assert added(text) == [expected]
    assert [spans(one, text) for one in extract_by_rules(text, *layout(text))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Per capita, Oslo is rich.", id="per capita"),
        pytest.param("Per Hansen, the captain, is here.", id="a man called Per"),
        pytest.param("Tickets are ten euros, per person.", id="per person, after a comma"),
        pytest.param("They cost ten euros per American.", id="per somebody, without a comma"),
        pytest.param("In my view, the plant is shut.", id="the author's view"),
        pytest.param("In plain view, the plant is shut.", id="nobody's view"),
        pytest.param("In the tower's view, the plant is shut.", id="a view of what cannot speak"),
        pytest.param("In the city's view, which is blocked, trees are in bloom.", id="a view that is seen"),
        pytest.param("By all accounts, the plant is shut.", id="by all accounts"),
        pytest.param("As Lee expected, the plant is shut.", id="as she expected"),
        pytest.param("As Lee spoke, the crowd was still.", id="while she spoke"),
        pytest.param("As Lee announced the end, the crowd was still.", id="while she announced something"),
        pytest.param("As they say, all is well.", id="as nobody in particular says"),
        pytest.param("As I have said, the plant is shut.", id="as the author has said"),
        pytest.param("The plant is shut, as Lee suggested.", id="as she suggested"),
        pytest.param("He is here, as Lee had hoped.", id="as she had hoped"),
        pytest.param("It was built according to plan.", id="according to plan"),
        pytest.param("They acted according to law.", id="according to law"),
        pytest.param("Rates vary according to age.", id="according to age"),
        pytest.param("The books, sorted according to size, are new.", id="according to size"),
        pytest.param("Teams are ranked according to the rules.", id="according to the rules"),
        pytest.param("For Lee, it is over.", id="for somebody"),
        pytest.param("To Lee, it is over.", id="to somebody"),
        pytest.param("The word “over” in a statement is new.", id="a word in a statement"),
        pytest.param("Lee was in a video: “Best Ever.”", id="a verb before the occasion"),
        pytest.param("It is late, Lee in an interview: “No.”", id="an interview after a clause"),
        pytest.param("“The Old Man and the Sea” — Ernest Hemingway", id="a title and its author"),
        pytest.param("He read “all of it at once” — Ann Lee, mayor", id="a dash after a part of a sentence"),
        pytest.param("“It is over now.” — Lee is late.", id="a dash before a clause"),
        pytest.param("SMITH: I am here.", id="one label is no transcript"),
        pytest.param("Q: Are you here?\nA: I am.\nQ: Why?\nA: I am late.", id="an A that nobody names"),
        pytest.param("Lee: 45 percent\nRay: 42 percent\nLee: 47 percent", id="figures"),
        pytest.param("Ann Lee: She is new, I hear.\nBo Ray: He is new, I hear.", id="a list of names"),
        pytest.param("Where: Hall, if you like.\nWhen: Now, if you like.\nWhere: Here, I hear.", id="where and when"),
    ],
)
def test_nothing_added(text: str) -> None:
    assert added(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SMITH: I am late.\nLEE: Are you? So be it.", id="capitals"),
        pytest.param("Ann Smith: I am late.\nLee: Are you?\nSmith: Yes.", id="names, one of which speaks twice"),
    ],
)
def test_turns_of_a_transcript(text: str) -> None:
    expected = [(line.split(": ")[0], ":", line.split(": ")[1]) for line in text.split("\n")]
    assert added(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The plant, according to Lee, is shut.",
            [("Lee", "according to", "The plant … is shut")],
            id="the surer reading",
        ),
        pytest.param(
            "The plant is shut, according to Lee.",
            [("Lee", "according to", "The plant is shut")],
            id="the same only once",
        ),
        pytest.param("It was built according to plan.", [], id="conduct is taken out"),
        pytest.param(
            "Ray said the plant is a wreck, in Lee's view.",
            [("Ray", "said", "the plant is a wreck, in Lee's view")],
            id="nothing is added inside what somebody says",
        ),
        pytest.param(
            "Ray left. In Lee's view, it is over. “It is,” Kim said.",
            [("Lee", "In … view", "it is over"), ("Kim", "said", "“It is,”")],
            id="in order",
        ),
    ],
)
def test_together_with_the_rules(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [spans(one, text) for one in extract_by_rules(text, *layout(text))] == expected


def test_of_two_without_a_verb_the_first_is_kept() -> None:
    text = "In Lee's view, the plant is shut, as Ray put it."
    together = with_verbless([], text, *layout(text))
    assert [spans(one, text) for one in together] == [("Lee", "In … view", "the plant is shut, as Ray put it")]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        pytest.param("The plant, according to Lee, is shut.", (0, 3), (4, 36), id="one of another cue is kept"),
        pytest.param(
            "The plant is shut, according to Lee.", (19, 31), (10, 17), id="the rules read the end of a sentence"
        ),
    ],
)
def test_what_is_found_is_kept(text: str, cue: Span, content: Span) -> None:
    (one,) = find_verbless(text, *layout(text))
    rival = replace(one, cue=(cue,), content=(content,))
    assert with_verbless([rival], text, *layout(text)) == [rival]


def test_rules_themselves_find_what_they_found() -> None:
    assert found("It was built according to plan.") == [("plan", "according to", "It was built")]


@pytest.mark.parametrize(
    ("text", "source_type", "cue_class", "act", "kind"),
    [
        pytest.param("In Lee's view, it is over.", "named person", "belief", "attitude", "indirect", id="view"),
        pytest.param("In her words, “it is over.”", "none", "neutral", "statement", "direct", id="her words"),
        pytest.param("“It is over now.” — Ann Lee", "named person", None, "statement", "direct", id="signature"),
    ],
)
def test_fields(text: str, source_type: str, cue_class: str | None, act: str, kind: str) -> None:
    (one,) = find_verbless(text, *layout(text))
    assert (one.source_type, one.cue_class, one.act, one.kind) == (source_type, cue_class, act, kind)


_PARTS = st.sampled_from(
    [
        "Per Ann Lee,", "per", "In Lee’s words,", "in her view,", "according to", "As Ray put it,", "as", "officials",
        "the plant", "is shut", "“It is over”", "“", "”", "—", ":", ",", ".", "\n", "LEE:", "RAY: I", "and", "that",
        "which", "in a statement", "'s", "by", "own account", "said", "",
    ]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=14))
def test_spans_lie_in_the_text_and_do_not_contradict(parts: list[str]) -> None:
    text = " ".join(parts)
    sentences, blocks = layout(text)
    for one in find_verbless(text, sentences, blocks):
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
    rules = extract(text, sentences, blocks)
    together = with_verbless(rules, text, sentences, blocks)
    for one, other in combinations(together, 2):
        if one not in rules or other not in rules:
            for start, end in (*one.cue, *one.content):
                assert all(end <= left or right <= start for left, right in (*other.cue, *other.content))


@given(st.lists(_PARTS, max_size=10))
def test_adding_twice_adds_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    once = with_verbless(extract(text, *layout(text)), text, *layout(text))
    assert with_verbless(once, text, *layout(text)) == once


@pytest.mark.growth
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("according to Lee, " * 60_000, id="a megabyte without a full stop"),
        pytest.param("in Lee's view, as Ray put it, " * 10_000, id="views and words"),
        pytest.param("in a statement " * 20_000, id="statements"),
        pytest.param("“a b c d” — Lee " * 60_000, id="signatures"),
        pytest.param("LEE: I am\n" * 20_000, id="turns"),
        pytest.param("A" * 500_000, id="one word"),
        pytest.param("A " * 300_000, id="capitals"),
        pytest.param('"' * 100_000, id="a hundred thousand quotation marks"),
        pytest.param("1 - 2; " * 50_000, id="no letters"),
    ],
)
def test_odd_input_takes_linear_time(text: str) -> None:
    def made(n: int) -> tuple[str, list[tuple[int, int]]]:
        part, lines, at = text[:n], [], 0
        for line in part.split("\n"):
            lines.append((at, at + len(line)))
            at += len(line) + 1
        return part, lines

    assert_linear(lambda given: with_verbless([], given[0], given[1], given[1]), made, len(text))
