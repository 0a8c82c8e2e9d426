"""The annotated paragraphs in other genres (`tests/gold/genres*.jsonl`): whole, verbatim and in closed lists."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import make_articles

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.score import ROLES, Agreements, agreement
from analysis.measures import measure

GOLD = Path(__file__).parent / "gold"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


PARAGRAPHS = {line["article_id"]: line for line in lines("genres_texts.jsonl")}
ATTRIBUTIONS = lines("genres.jsonl")

GENRES = {
    "sport": 4, "science": 3, "courts": 5, "business": 3, "press release": 2, "disaster": 2, "live blog": 3,
    "interview": 3, "culture": 5, "health": 4, "local council": 4, "obituary": 2, "weather": 2, "technology": 4,
    "foreign affairs": 3,
}  # fmt: skip

#: What has to stand in a paragraph that is listed under a form of punctuation.
PUNCTUATION = {
    "curly": r"“[^“”]+",
    "straight": r'"[^"]+',
    "single": r"‘[^‘]+’",
    "single straight": r"(?<!\w)'[^\n]+'(?!\w)",
    "double apostrophe": r"''[^']+''",
    "guillemets": r"«[^«»]+»",
    "unclosed": r"\A[^”]*“[^”]*\Z",
    "multi-paragraph": r"[“\"][^”\"\n]+\n\n[“\"]",
    "dash signature": r"[”\"] (?:—|--) \w",
    "title": r"[“\"'][A-Z]\w+ \w+",
    "scare quotes": r"[“\"]\w+(?: \w+)?[.,]?[”\"]",
    "post": r"\bposted\b",
    "brackets": r"\[of |\[in |\[for ",
    "colon": r"\w:\s+[“‘\"]",
    "nbsp": "\u00a0",
}
NONE = {"sport-3", "business-4", "culture-3", "health-3", "weather-1", "tech-3"}


def by_paragraph(article_id: str) -> list[dict[str, Any]]:
    return [line for line in ATTRIBUTIONS if line["article_id"] == article_id]


def within(inner: list[list[int]], outer: list[list[int]]) -> bool:
    return all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


def test_there_are_paragraphs_in_every_genre() -> None:
    assert Counter(line["genre"] for line in PARAGRAPHS.values()) == GENRES
    assert len({line["text"] for line in PARAGRAPHS.values()}) == sum(GENRES.values())


def test_some_paragraphs_have_no_attribution() -> None:
    assert PARAGRAPHS.keys() - {line["article_id"] for line in ATTRIBUTIONS} == NONE


@pytest.mark.parametrize("form", PUNCTUATION)
def test_punctuation_is_there_where_it_is_listed(form: str) -> None:
    listed = [line for line in PARAGRAPHS.values() if form in line["punctuation"]]
    assert listed
    assert [line["article_id"] for line in listed if not re.search(PUNCTUATION[form], line["text"])] == []


def test_no_other_punctuation_is_listed() -> None:
    assert {form for line in PARAGRAPHS.values() for form in line["punctuation"]} == PUNCTUATION.keys()


@pytest.mark.parametrize("article_id", PARAGRAPHS)
def test_attributions_are_numbered_in_order(article_id: str) -> None:
    own = by_paragraph(article_id)
    assert [line["n"] for line in own] == list(range(len(own)))
    starts = [(line["cue"] or line["content"])[0][0] for line in own]
    assert starts == sorted(starts)


@pytest.mark.parametrize("line", [pytest.param(one, id=f"{one['article_id']} {one['n']}") for one in ATTRIBUTIONS])
def test_attribution_is_sound(line: dict[str, Any]) -> None:
    text = PARAGRAPHS[line["article_id"]]["text"]
    for role in ROLES:
        assert [text[start:end] for start, end in line[role]] == line[f"{role}_text"]
        assert all(0 <= start < end <= len(text) for start, end in line[role])
        assert all(before[1] <= after[0] for before, after in pairwise(line[role]))
        assert all(part == part.strip() for part in line[f"{role}_text"])
    assert line["content"]
    assert not [
        (start, end) for start, end in line["content"] for a, b in line["source"] + line["cue"] if start < b and a < end
    ]
    assert line["act"] in ("statement", "attitude")
    assert line["kind"] in ("direct", "indirect", "mixed")
    assert line["modality"] in ("asserted", "negated", "hypothetical")
    assert line["source_type"] in SOURCE_TYPES
    assert (line["source_type"] == "none") == (not line["source"])
    assert (line["cue_class"] is None) == (not line["cue"])
    assert line["cue_class"] in (*CUE_CLASSES, None)
    assert (line["cue_class"] == "belief") == (line["act"] == "attitude")
    assert line["certain"] != bool(line.get("note"))
    assert line["speaker"] is None or (line["source"] and line["speaker"] in text)
    if line["kind"] != "indirect":
        assert re.search(r"[“\"‘«]|'", " ".join(line["content_text"]))
    if line["nested_in"] is not None:
        outer = by_paragraph(line["article_id"])[line["nested_in"]]
        assert outer["n"] != line["n"]
        assert within(line["source"] + line["cue"] + line["content"], outer["content"])


def test_quoted_content_keeps_its_marks() -> None:
    bare = [
        line["content_text"]
        for line in ATTRIBUTIONS
        if line["kind"] == "direct" and not all(part[0] in "“\"‘«'" for part in line["content_text"])
    ]
    assert bare == []


def agreement_of(engine: str) -> Agreements:
    """How well an engine agrees with the outermost attributions."""
    texts = {article_id: line["text"] for article_id, line in PARAGRAPHS.items()}
    tables = measure(make_articles(texts), attribution=engine)
    found = tables["attributions"][tables["attributions"]["nested_in"].isna()]
    spans = dict(iter(tables["spans"].groupby(["article_id", "attribution"])))
    predicted: dict[str, list[dict[str, Any]]] = {}
    for row in found.itertuples():
        own = spans[row.article_id, row.attribution]
        by_role = {role: own[own["role"] == role] for role in ROLES}
        predicted.setdefault(row.article_id, []).append(
            {role: list(zip(part["start"], part["end"], strict=True)) for role, part in by_role.items()}
        )
    return agreement(
        (text, [line for line in by_paragraph(article_id) if line["nested_in"] is None], predicted.get(article_id, []))
        for article_id, text in texts.items()
    )


@pytest.mark.parametrize(
    ("engine", "precision", "recall"),
    [
        pytest.param("accurate", 0.8, 0.68, id="the model"),
        pytest.param("rules", 0.8, 0.58, id="the rules"),
    ],
)
def test_other_genres_are_read_about_as_well_as_when_they_were_measured(
    engine: str, precision: float, recall: float
) -> None:
    joint = agreement_of(engine)["joint"]
    assert joint.precision >= precision, joint
    assert joint.recall >= recall, joint
