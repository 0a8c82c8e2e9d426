"""The two articles in `seeds/` against their annotation by hand (`tests/gold/`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.counts import SURE
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


#: What the package finds on the seeds: spans by role with the row of the table, in the order of each article.
Found = dict[str, list[dict[str, Any]]]


@cache
def found_by(engine: str) -> Found:
    rows = {name: [text_of(article_id) if name == "text" else None for article_id in SEEDS] for name in ARTICLES.names}
    rows["article_id"] = rows["group"] = list(SEEDS)
    rows["path"] = [f"seeds/{article_id}.txt" for article_id in SEEDS]
    tables = measure(ARTICLES.frame(rows), attribution=engine)
    by_article: Found = {}
    for row in tables["attributions"].itertuples():
        spans = tables["spans"].query("article_id == @row.article_id and attribution == @row.attribution")
        one: dict[str, Any] = {role: list(_ranges(spans[spans["role"] == role])) for role in ROLES}
        by_article.setdefault(row.article_id, []).append({**one, "row": row})
    return by_article


@pytest.fixture(params=["accurate", "rules"])
def found(request: pytest.FixtureRequest) -> Found:
    return found_by(request.param)


def _ranges(spans: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(spans["start"], spans["end"], strict=True))


def right(article_id: str, found: Found) -> dict[int, dict[str, Any]]:
    """Return the found attributions that are right, by number, each with its line of the gold file."""
    text, gold = text_of(article_id), [line for line in GOLD if line["article_id"] == article_id]
    pairs = match_attributions(text, gold, found[article_id])
    return {j: gold[i] for j, i in pairs.items() if same_source(text, gold[i], found[article_id][j])}


def certain_found(found: Found) -> float:
    """The share of the certain attributions that are found."""
    hits = [line for article_id in SEEDS for line in right(article_id, found).values() if line["certain"]]
    return len(hits) / sum(line["certain"] for line in GOLD)


def wrong(found: Found, least: float) -> list[str]:
    """What is found with at least this confidence and is wrong."""
    return [
        f"{one['row'].source}: {one['row'].cue}: {one['row'].content}"
        for article_id in SEEDS
        for j, one in enumerate(found[article_id])
        if j not in right(article_id, found) and one["row"].confidence >= least
    ]


def count(found: Found, least: float) -> int:
    return sum(one["row"].confidence >= least for every in found.values() for one in every)


def test_nearly_all_of_the_certain_are_found() -> None:
    assert certain_found(found_by("accurate")) >= 0.85


@pytest.mark.parametrize("least", [pytest.param(0, id="of all"), pytest.param(SURE, id="of what is not doubtful")])
def test_at_most_one_in_ten_that_is_found_is_wrong(least: float) -> None:
    found = found_by("accurate")
    assert 10 * len(wrong(found, least)) <= count(found, least), wrong(found, least)


def test_the_rules_find_most_of_the_certain() -> None:
    assert certain_found(found_by("rules")) >= 0.8


def test_at_most_one_in_seven_that_the_rules_find_is_wrong() -> None:
    found = found_by("rules")
    assert 7 * len(wrong(found, 0)) <= count(found, 0), wrong(found, 0)


def test_classes_agree_where_both_are_certain(found: Found) -> None:
    compared = [
        (line[field], getattr(found[article_id][j]["row"], field))
        for article_id in SEEDS
        for j, line in right(article_id, found).items()
        if line["certain"]
        for field in ("act", "kind", "source_type", "cue_class")
    ]
    assert sum(gold == ours for gold, ours in compared) >= 0.9 * len(compared), [c for c in compared if c[0] != c[1]]


def test_the_wrapped_line_is_found(found: Found) -> None:
    assert "BrightU.AI's Enoch" in [one["row"].source for one in found[SEEDS[1]]]
