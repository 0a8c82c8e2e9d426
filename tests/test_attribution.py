"""Who says what: what the rules must find, and what they must leave alone."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES, Attribution, extract, find_attributions
from analysis.attribution.lexicon import cue_forms, source_terms
from analysis.attribution.score import agreement
from analysis.tables import ATTRIBUTIONS, SPANS
from analysis.text import split_sentences


def read(text: str) -> list[Attribution]:
    """Run the rules over a text whose paragraphs are separated by blank lines."""
    blocks = [m.span() for m in re.finditer(r"(?:[^\n]+\n?)+", text)]
    return extract(text, [span for block in blocks for span in split_sentences(text, *block)], blocks)


def found(text: str) -> list[tuple[str | None, str, str]]:
    """Return (source, cue, content) of each attribution, verbatim."""
    rows = [[[text[start:end] for start, end in spans] for spans in (a.source, a.cue, a.content)] for a in read(text)]
    return [(" … ".join(source) or None, " … ".join(cue), " … ".join(content)) for source, cue, content in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ann Lee said that it is over.", [("Ann Lee", "said", "that it is over")], id="subject, cue, that"
        ),
        pytest.param("Officials say it is over.", [("Officials", "say", "it is over")], id="no that"),
        pytest.param(
            "Ann Lee, a former judge, said on Monday that it is over.",
            [("Ann Lee", "said", "that it is over")],
            id="apposition and time between",
        ),
        pytest.param("Lee said it is over; it rained.", [("Lee", "said", "it is over")], id="semicolon ends it"),
        pytest.param(
            "Lee said that Ray warned that it rained.",
            [("Lee", "said", "that Ray warned that it rained")],
            id="only the outermost",
        ),
        pytest.param("The vote is off, Lee said.", [("Lee", "said", "The vote is off")], id="content first"),
        pytest.param("The vote is off, said Ann Lee.", [("Ann Lee", "said", "The vote is off")], id="inverted order"),
        pytest.param(
            "The vote, she said, is off.", [("she", "said", "The vote … is off")], id="source inside its sentence"
        ),
        pytest.param("“It is over,” Lee said.", [("Lee", "said", "“It is over,”")], id="quotation first"),
        pytest.param('Lee said: "It is over."', [("Lee", "said", '"It is over."')], id="quotation after a colon"),
        pytest.param(
            "“It is over,” said Lee. “We go home.”",
            [("Lee", "said", "“It is over,” … “We go home.”")],
            id="quotation without a cue goes on",
        ),
        pytest.param(
            "Lee said it was over. “We go home.”",
            [("Lee", "said", "it was over … “We go home.”")],
            id="quotation without a cue after an indirect one",
        ),
        pytest.param(
            "“It is over,” said Lee. “We go.\n\n“Home.”",
            [("Lee", "said", "“It is over,” … “We go. … “Home.”")],
            id="quotation over two paragraphs",
        ),
        pytest.param(
            "“It is over. We all said that they knew,” Lee said.",
            [("Lee", "said", "“It is over. We all said that they knew,”")],
            id="nothing inside a quotation is a cue",
        ),
        pytest.param(
            "According to\nNewsBot.AI's Robin, the plant used small pumps.",
            [("NewsBot.AI's Robin", "According to", "the plant used small pumps")],
            id="a hard-wrapped line",
        ),
        pytest.param(
            "The plant is shut, according to two officials.",
            [("two officials", "according to", "The plant is shut")],
            id="according to, at the end",
        ),
        pytest.param("Ms. Lee: “It is over.”", [("Ms. Lee", ":", "“It is over.”")], id="speaker and colon"),
        pytest.param(
            "Lee warned of floods, adding that dams may break.",
            [("Lee", "warned of", "floods"), ("Lee", "adding", "that dams may break")],
            id="participle shares the subject",
        ),
        pytest.param(
            "Oslo denied the charge, with Lee insisting that it was false.",
            [("Oslo", "denied", "the charge"), ("Lee", "insisting", "that it was false")],
            id="with X insisting that",
        ),
        pytest.param(
            "While both sides stressed peace and rejected threats, mistrust remains.",
            [("both sides", "stressed", "peace"), ("both sides", "rejected", "threats")],
            id="two cues, and the main clause is the author's",
        ),
        pytest.param(
            "Oslo accused Bonn of delay, while Bonn has in turn protested the tariff.",
            [("Oslo", "accused", "Bonn of delay"), ("Bonn", "protested", "the tariff")],
            id="two clauses",
        ),
        pytest.param(
            "Trade experts highlight that ports are slow.",
            [("Trade experts", "highlight", "that ports are slow")],
            id="experts highlight",
        ),
        pytest.param(
            "Bonn views Oslo as both a friend and a rival.",
            [("Bonn", "views", "Oslo as both a friend and a rival")],
            id="views as",
        ),
        pytest.param(
            "The two nations agreed to cut tariffs, open ports and build roads.",
            [("The two nations", "agreed", "to cut tariffs, open ports and build roads")],
            id="infinitive with a list",
        ),
        pytest.param(
            "Mistrust grew over allegations that drones crossed the border.",
            [(None, "allegations", "that drones crossed the border")],
            id="noun as cue, nobody named",
        ),
        pytest.param(
            "Reports surfaced this year that drones crossed the border.",
            [(None, "Reports surfaced", "that drones crossed the border")],
            id="reports surfaced",
        ),
        pytest.param("It was reported that he left.", [(None, "reported", "that he left")], id="impersonal passive"),
        pytest.param("The plan was criticized by Lee.", [("Lee", "criticized by", "The plan")], id="passive with by"),
        pytest.param(
            "Ann Lee, who said that it is over, left.",
            [("Ann Lee", "said", "that it is over, left")],
            id="relative clause",
        ),
        pytest.param("Critics point out that it rained.", [("Critics", "point out", "that it rained")], id="particle"),
        pytest.param("Lee told reporters she would go.", [("Lee", "told", "she would go")], id="recipient"),
        pytest.param("Lee urged voters to stay.", [("Lee", "urged", "voters to stay")], id="urge somebody to"),
    ],
)
def test_finds(text: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Borders are a source of friction with Oslo.", id="source of friction"),
        pytest.param("Norway sources nearly half of its crude oil there.", id="sources is a purchase"),
        pytest.param("The pact is vital to denying Norway a northern conduit.", id="deny somebody something"),
        pytest.param("Close scrutiny reveals that the stakes are high.", id="scrutiny is nobody"),
        pytest.param("The timing underscores the risks of travel.", id="an event does not speak"),
        pytest.param("Pressures threaten to destabilize the region.", id="threats without a speaker"),
        pytest.param("Norway continues to monitor the border.", id="continues to"),
        pytest.param("Oslo continues its campaign in the north.", id="continues its campaign"),
        pytest.param("The report was long and the claims were many.", id="nouns"),
        pytest.param("Five other states will vote on Monday.", id="states is a noun"),
        pytest.param("He won the most state contests.", id="state is a noun"),
        pytest.param("The crowd of an estimated 500 left.", id="estimated is an adjective"),
        pytest.param("I said that you said so.", id="author and reader are no sources"),
        pytest.param("The storm grew and the harbour closed.", id="no cue"),
        pytest.param("Having said that, the road is open.", id="having said that"),
        pytest.param("“Wait.”", id="a quotation of nobody"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        pytest.param("President Ann Lee said that it is over.", "named person", id="title and name"),
        pytest.param("The prime minister said that it is over.", "office or role", id="office"),
        pytest.param("Defense officials said that it is over.", "office or role", id="officials"),
        pytest.param(
            "Tehran said that it is over.", "institution or government", id="a capital stands for a government"
        ),
        pytest.param("The ministry said that it is over.", "institution or government", id="ministry"),
        pytest.param("Aviation specialists said that it is over.", "group", id="experts"),
        pytest.param("The New York Times said that it is over.", "media outlet", id="newspaper"),
        pytest.param("Diplomatic cables said that it is over.", "document", id="cables"),
        pytest.param("The AI chatbot said that it is over.", "machine", id="chatbot"),
        pytest.param("Reliable sources said that it is over.", "anonymous", id="sources"),
        pytest.param("It was reported that it is over.", "none", id="nobody"),
    ],
)
def test_source_type(text: str, source_type: str) -> None:
    assert [one.source_type for one in read(text)] == [source_type]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        pytest.param("Lee said that it is over.", "act", "statement", id="saying is a statement"),
        pytest.param("Lee believes that it is over.", "act", "attitude", id="believing is an attitude"),
        pytest.param("Lee said that it is over.", "kind", "indirect", id="nothing quoted"),
        pytest.param("“It is over,” Lee said.", "kind", "direct", id="all quoted"),
        pytest.param("Lee said it was “over” now.", "kind", "mixed", id="partly quoted"),
        pytest.param("Lee claimed that it is over.", "cue_class", "distancing", id="claim"),
        pytest.param("Lee confirmed that it is over.", "cue_class", "endorsing", id="confirm"),
        pytest.param("Lee warned that it is over.", "cue_class", "speech act", id="warn"),
        pytest.param("Lee said that it is over.", "modality", "asserted", id="plain"),
        pytest.param("Lee did not say that it is over.", "modality", "negated", id="did not say"),
        pytest.param("Lee might say that it is over.", "modality", "hypothetical", id="might say"),
        pytest.param("If Lee says that it is over, we go.", "modality", "hypothetical", id="if he says"),
    ],
)
def test_fields(text: str, field: str, value: str) -> None:
    assert [getattr(one, field) for one in read(text)] == [value]


def test_only_sentences_are_read() -> None:
    text = "Lee said that it is over. Ray said that it rained."
    assert [text[s:e] for one in extract(text, [(26, 50)], [(0, 50)]) for s, e in one.source] == ["Ray"]


def test_word_lists_use_the_declared_classes() -> None:
    cues = {cue for entries in cue_forms().values() for cue, _ in entries}
    assert {cue.cue_class for cue in cues} == set(CUE_CLASSES)
    assert {cue.act for cue in cues} == {"statement", "attitude"}
    assert set(source_terms().values()) <= set(SOURCE_TYPES) - {"none"}


def tables(*texts: str, kinds: str = "sentence") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build ARTICLES and SENTENCES, one paragraph an article."""
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    rows = [
        {"article_id": f"a{i}", "sentence": n, "paragraph": 1, "start": start, "end": end, "kind": kinds}
        for i, text in enumerate(texts)
        for n, (start, end) in enumerate(split_sentences(text, 0, len(text)), start=1)
    ]
    columns = ["article_id", "sentence", "paragraph", "start", "end", "kind"]
    return articles, pd.DataFrame(rows, columns=columns)


def test_tables() -> None:
    attributions, spans = find_attributions(
        *tables("It rained. “It is over,” said Lee. “Go.”", "It was said that he left."), engine="rules"
    )
    ATTRIBUTIONS.check(attributions)
    SPANS.check(spans)
    columns = ["article_id", "attribution", "source", "cue", "content", "sentence"]
    assert attributions[columns].fillna("missing").to_numpy().tolist() == [
        ["a0", 1, "Lee", "said", "“It is over,” … “Go.”", 2],
        ["a1", 1, "missing", "said", "that he left", 1],
    ]
    assert spans[spans["article_id"] == "a0"]["role"].tolist() == ["source", "cue", "content", "content"]


def test_titles_and_headings_are_not_read() -> None:
    attributions, spans = find_attributions(*tables("Lee said that it is over.", kinds="heading"))
    assert attributions.empty
    assert spans.empty


def test_engine_none_finds_nothing_and_keeps_the_columns() -> None:
    attributions, spans = find_attributions(*tables("Lee said that it is over."), engine="none")
    assert (len(attributions), attributions.columns.tolist()) == (0, ATTRIBUTIONS.names)
    assert (len(spans), spans.columns.tolist()) == (0, SPANS.names)


def test_unknown_engine_names_what_is_accepted() -> None:
    with pytest.raises(ValueError, match=r"accepts accurate, rules, none, .*; found 'guess'"):
        find_attributions(*tables("Lee said so."), engine="guess")


PIECES = [
    "Lee said that", "“It is over,”", "said Ann Lee", "according to", "officials", ", who", "claims", ".", ",", "and", '"',
    ", who asked not to be named,", "on condition of anonymity", "the mayor, Ann Lee,", "if", "the", "Monday", "with", "warned", "–", "(", ")", "’s", "reports that", "\n", "will", "to", "as", "told", "of", ":", ";",
]  # fmt: skip


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_spans_are_verbatim_and_inside(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for one in read(text):
        assert one.cue
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        assert one.source_type in SOURCE_TYPES
        assert one.cue_class in CUE_CLASSES
        assert (one.source_type == "none") == (not one.source)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["Lee said it is over.", "“Go,” Ray said.", "It rained.", "Oslo denied it."]), max_size=5)
)
def test_together_equals_each(texts: list[str]) -> None:
    articles, sentences = tables(*texts)
    together = find_attributions(articles, sentences)
    each = [find_attributions(articles[articles["article_id"] == name], sentences) for name in articles["article_id"]]
    for table, parts in zip(together, zip(*each, strict=True), strict=False):
        pd.testing.assert_frame_equal(table, pd.concat(parts, ignore_index=True))


@pytest.mark.growth
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("he said that " * 77_000, id="a megabyte without a full stop"),
        pytest.param('"' * 100_000, id="a hundred thousand quotation marks"),
        pytest.param("1 - 2; " * 50_000, id="no letters"),
        pytest.param("a and " * 50_000, id="and without end"),
        pytest.param("“a” he said, " * 20_000, id="quotation after quotation"),
        pytest.param("who asked not to be named, " * 20_000, id="nobody is ever named"),
        pytest.param("the mayor, Ann Lee, said on condition of anonymity, " * 10_000, id="offices and names"),
    ],
)
def test_odd_input_takes_linear_time(text: str) -> None:
    assert_linear(lambda part: extract(part, [(0, len(part))], [(0, len(part))]), lambda n: text[:n], len(text))


def test_agreement_by_hand() -> None:
    text = "Lee said one two three four."
    gold = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 27)]}
    half = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 16)]}  # two words of four
    wrong_source = {"source": [], "cue": [], "content": [(9, 27)]}
    less = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 12)]}
    scores = agreement([(text, [gold], [half]), (text, [gold], [wrong_source]), (text, [gold], [less])])
    assert {name: one.matched for name, one in scores.items()} == {"content": 2, "joint": 1, "cue": 2}
    assert scores["joint"].f1 == pytest.approx(1 / 3)
    assert (scores["cue"].precision, scores["cue"].recall) == (2 / 3, 2 / 3)


def spans_of(one: Attribution) -> dict[str, Any]:
    return {"source": one.source, "cue": one.cue, "content": one.content}


@pytest.mark.skipif("PARALLAX_POLNEAR" not in os.environ, reason="PARALLAX_POLNEAR names no folder with dev.jsonl.gz")
def test_agrees_with_annotated_news() -> None:
    path = Path(os.environ["PARALLAX_POLNEAR"]) / "dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    scored = []
    for article in articles:
        text = article["text"]
        blocks = [m.span() for m in re.finditer(r"[^\n]+", text)]
        sentences = [span for block in blocks for span in split_sentences(text, *block)]
        scored.append((text, article["attributions"], [spans_of(one) for one in extract(text, sentences, blocks)]))
    scores = agreement(scored)
    assert scores["joint"].f1 >= 0.55, scores
    assert scores["joint"].precision >= 0.75, scores
