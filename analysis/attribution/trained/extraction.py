"""Who says what in one text, by a trained model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.attribution.describe import Description, describe
from analysis.attribution.engine import Attribution, Span
from analysis.attribution.score import ROLES
from analysis.attribution.trained.confidence import confidence, evidence, fitted_weights
from analysis.attribution.trained.guards import guarded
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.model import Model
from analysis.attribution.trained.reading import Reading, read
from analysis.attribution.trained.rivals import in_pieces, most_probable
from analysis.attribution.verbless import find_verbless

#: What is less probable is left out: in cross-validation the agreement with people is best at about this.
LEAST = 0.35
#: Who finds candidates.
ORIGINS = ("model", "rules", "phrases")


class Candidate(NamedTuple):
    """What can be an attribution: in pieces of tokens, in characters, and with the evidence of its confidence."""

    linked: Linked
    attribution: Attribution
    evidence: dict[str, float]


def extract_trained(text: str, sentences: Sequence[Span], blocks: Sequence[Span], model: Model) -> list[Attribution]:
    """Find who is said to say or think what in one text.

    What the model finds and what rules find are rivals: of two that contradict each other, the more probable one
    is kept. Parameters and returns are those of `engine.extract`; `confidence` is how probable it is that both content
    and source are right, and nothing below `LEAST` is found.
    """
    return choose(candidates(text, sentences, blocks, model))


def choose(every: Iterable[Candidate]) -> list[Attribution]:
    """Keep what is probable enough and contradicts nothing that is more probable, in order of position."""
    # What is too improbable contradicts nothing that is kept. The evidence, which fills much memory, is let go.
    rivals = [(one.linked, one.attribution) for one in every if one.attribution.confidence >= LEAST]
    kept = most_probable([(linked, one.confidence) for linked, one in rivals])
    return sorted((rivals[at][1] for at in kept), key=_begins)


def candidates(text: str, sentences: Sequence[Span], blocks: Sequence[Span], model: Model) -> Iterator[Candidate]:
    """Yield whatever can be an attribution, however improbable: what the model takes for one, and what rules do."""
    reading = read(text, sentences, blocks)
    tagged = model.tag(reading)
    weights = fitted_weights()
    cited = find_verbless(text, sentences, blocks, reading.for_rules)
    origins = (
        model.find_in(reading, tagged),
        in_pieces(reading, tagged, reading.ruled),
        in_pieces(reading, tagged, cited),
    )
    # Several often find the same, which is described once.
    described = {(one.source, one.cue, one.content): _described(one) for one in cited}
    for origin, every in zip(ORIGINS, origins, strict=True):
        for linked in filter(None, (guarded(reading, one) for one in every)):
            spans = spans_of(reading, linked)
            source, cue, content = (tuple(spans[field]) for field in ROLES)
            key = (source, cue, content)
            if key not in described:
                described[key] = describe(text, sentences, source, cue, content)
            evident = evidence(reading, linked, described[key], origin)
            sure = confidence(evident, weights)
            attribution = Attribution(source, cue, content, **vars(described[key]), confidence=sure)
            yield Candidate(linked, attribution, evident)


def _begins(one: Attribution) -> int:
    return min(start for part in (one.source, one.cue, one.content) for start, _ in part)


def _described(one: Attribution) -> Description:
    return Description(one.act, one.kind, one.source_type, one.cue_class, one.modality)


def spans_of(reading: Reading, linked: Linked) -> dict[str, list[Span]]:
    """Return an attribution as spans of characters."""
    return {
        field: [(reading.starts[piece.start], reading.ends[piece.end - 1]) for piece in pieces]
        for field, pieces in zip(ROLES, linked, strict=True)
    }
