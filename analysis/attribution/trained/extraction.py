"""Who says what in one text, by a trained model."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.describe import describe
from analysis.attribution.engine import Attribution, Span
from analysis.attribution.score import ROLES
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.model import Model
from analysis.attribution.trained.reading import Reading, read


def extract_trained(text: str, sentences: Sequence[Span], blocks: Sequence[Span], model: Model) -> list[Attribution]:
    """Find who is said to say or think what in one text.

    Parameters and returns are those of `engine.extract`; `confidence` is how sure the model is of its least sure span.
    """
    reading = read(text, sentences, blocks)
    found = []
    for linked in model.find_in(reading):
        spans = spans_of(reading, linked)
        told = describe(text, sentences, *(spans[field] for field in ROLES))
        found.append(
            Attribution(
                **{field: tuple(spans[field]) for field in ROLES},
                act=told.act,
                kind=told.kind,
                source_type=told.source_type,
                cue_class=told.cue_class,
                modality=told.modality,
                confidence=min(piece.sure for pieces in linked for piece in pieces),
            )
        )
    return found


def spans_of(reading: Reading, linked: Linked) -> dict[str, list[Span]]:
    """Return an attribution as spans of characters."""
    return {
        field: [(reading.starts[piece.start], reading.ends[piece.end - 1]) for piece in pieces]
        for field, pieces in zip(ROLES, linked, strict=True)
    }
