"""The two articles in `seeds/` against their annotation by hand (`tests/gold/`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.score import ROLES, match_attributions, same_source
from analysis.measures import measure
from analysis.tables import ARTICLES

HERE = Path(__file__).parent
SEEDS = ("000_b24c2845fada964e", "002_bf24cc7feecbbb8d")
GOLD = [json.loads(line) for line in (HERE / "gold/seeds.jsonl").read_text(encoding="utf-8").splitlines()]


def text_of(article_id: str) -> str:
    return (HERE.parent / "seeds" / f"{article_id}.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("line", [pytest.param(one, id=f"line {n}") for n, one in enumerate(GOLD, start=1)])
def test_gold_is_verbatim(line: dict[str, Any]) -> None:
    text = text_of(line["article_id"])
    for role in ROLES:
        assert [text[start:end] for start, end in line[role]] == line[f"{role}_text"]
    assert line["source_type"] in SOURCE_TYPES
    assert (line["source_type"] == "none") <= (not line["source"] or not line["certain"])
    assert line["cue_class"] in CUE_CLASSES
    assert line["act"] in ("statement", "attitude")
    assert line["kind"] in ("direct", "indirect", "mixed")
    assert line["certain"] != bool(line.get("note"))


@pytest.mark.parametrize(("article_id", "certain"), [(SEEDS[0], 10), (SEEDS[1], 18)])
def test_gold_counts(article_id: str, certain: int) -> None:
    assert sum(line["certain"] for line in GOLD if line["article_id"] == article_id) == certain


@pytest.fixture(scope="module")
def found() -> dict[str, list[dict[str, Any]]]:
    """What the package finds on the seeds: spans by role, in the order of each article."""
    rows = {name: [text_of(article_id) if name == "text" else None for article_id in SEEDS] for name in ARTICLES.names}
    rows["article_id"] = rows["group"] = list(SEEDS)
    rows["path"] = [f"seeds/{article_id}.txt" for article_id in SEEDS]
    tables = measure(ARTICLES.frame(rows))
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in tables["attributions"].itertuples():
        spans = tables["spans"].query("article_id == @row.article_id and attribution == @row.attribution")
        one: dict[str, Any] = {role: list(_ranges(spans[spans["role"] == role])) for role in ROLES}
        by_article.setdefault(row.article_id, []).append({**one, "row": row})
    return by_article


def _ranges(spans: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(spans["start"], spans["end"], strict=True))


def right(article_id: str, found: dict[str, list[dict[str, Any]]]) -> dict[int, dict[str, Any]]:
    """Return the found attributions that are right, by number, each with its line of the gold file."""
    text, gold = text_of(article_id), [line for line in GOLD if line["article_id"] == article_id]
    pairs = match_attributions(text, gold, found[article_id])
    return {j: gold[i] for j, i in pairs.items() if same_source(text, gold[i], found[article_id][j])}


def test_finds_four_fifths_of_the_certain(found: dict[str, list[dict[str, Any]]]) -> None:
    hits = [line for article_id in SEEDS for line in right(article_id, found).values() if line["certain"]]
    assert len(hits) >= 0.8 * sum(line["certain"] for line in GOLD)


def test_at_most_one_in_seven_is_wrong(found: dict[str, list[dict[str, Any]]]) -> None:
    wrong = {
        (one["row"].source, one["row"].cue, one["row"].content)
        for article_id in SEEDS
        for j, one in enumerate(found[article_id])
        if j not in right(article_id, found)
    }
    assert 7 * len(wrong) <= sum(len(found[article_id]) for article_id in SEEDS), wrong


def test_classes_agree_where_both_are_certain(found: dict[str, list[dict[str, Any]]]) -> None:
    compared = [
        (line[field], getattr(found[article_id][j]["row"], field))
        for article_id in SEEDS
        for j, line in right(article_id, found).items()
        if line["certain"]
        for field in ("act", "kind", "source_type", "cue_class")
    ]
    assert sum(gold == ours for gold, ours in compared) >= 0.9 * len(compared), [c for c in compared if c[0] != c[1]]


def test_the_wrapped_line_is_found(found: dict[str, list[dict[str, Any]]]) -> None:
    assert "BrightU.AI's Enoch" in [one["row"].source for one in found[SEEDS[1]]]
