"""How well an engine agrees with annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

from analysis.attribution.score import ROLES, agreement
from analysis.attribution.trained.extraction import spans_of
from analysis.attribution.trained.model import Model
from analysis.attribution.trained.training import read_lines


def evaluate(articles: Iterable[Mapping[str, Any]], folder: Path | None) -> Iterator[str]:
    """Score a model, or without one the rules; yield a line for each measure."""
    model = Model(folder) if folder else None
    scored = []
    n_words, spent = 0, 0.0
    for article in articles:
        begin = process_time()
        reading = read_lines(article["text"])
        if model is None:
            found = [{field: list(getattr(one, field)) for field in ROLES} for one in reading.ruled]
        else:
            found = [spans_of(reading, one) for one in model.find_in(reading)]
        spent += process_time() - begin
        n_words += len(article["text"].split())
        scored.append((article["text"], article["attributions"], found))
    for name, one in agreement(scored).items():
        yield f"{name:<8} F1 {one.f1:.3f}   precision {one.precision:.3f}   recall {one.recall:.3f}"
    yield f"{n_words / spent:,.0f} words/s"
