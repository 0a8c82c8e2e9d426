"""How probable it is that an attribution that a model found is right, in what is said and in who says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log

from analysis.attribution.classes import head_of_cue
from analysis.attribution.complements import QUESTIONS
from analysis.attribution.describe import Description
from analysis.attribution.engine import Span
from analysis.attribution.lexicon import data_rows
from analysis.attribution.trained.decoding import Piece, tokens_of
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.reading import OPENING_MARKS, Reading, word_class

#: No span is surer than this, nor less sure.
_FURTHEST = 0.005


def evidence(reading: Reading, linked: Linked, told: Description, origin: str) -> dict[str, float]:
    """Return what speaks for an attribution and against it, by name.

    Parameters
    ----------
    reading : Reading
    linked : Linked
    told : Description
    origin : {"model", "rules", "phrases"}
        Who found it.

    Returns
    -------
    dict of str to float
        The log odds of the least sure span of content, cue and source, and that the content begins and ends where it
        does; the logarithms of how long content and source are and how far the source is from the cue; how often the
        rule with the same cue is right; and 1 for each kind of source, cue and content that it has.
    """
    at_cue = tokens_of(linked.cue)
    words = [reading.words[at].lower() for at in at_cue]
    _, head = head_of_cue(words)
    rivals = reading.ruled_at(at_cue)
    ruled = max((one.confidence for one in rivals), default=0.0)
    agree = any(_same(reading, linked.content, one.content) for one in rivals)
    part = head.part if words else "none"
    first = linked.content[0].start
    source = _kind_of(reading, linked.source[0], told) if linked.source else "none"
    bare = told.kind == "indirect" and not _has_verb(reading, linked.content)
    kinds = [
        origin,
        f"source: {source}" if linked.source else f"no source, cue: {part}",
        f"cue: {part}",
        f"{told.act}, {told.cue_class}",
        f"{told.kind}",
        f"{told.modality}",
        f"opens with: {_opening(reading.words[first])}",
        f"between source and cue: {_class_between(reading, linked.source, linked.cue)}",
        "source after the cue" if linked.source and linked.cue and linked.source[0] > linked.cue[0] else "",
        "content before the cue" if linked.cue and first < linked.cue[0].start else "",
        "the rules have none" if not ruled else "",
        "the rules say the same" if agree else "",
        "source with a verb" if _has_verb(reading, linked.source[:1]) else "",
        "content without a verb" if bare else "",
        "an object, which the cue does not take" if bare and head.frames and "object" not in head.frames else "",
    ]
    return {
        "content": _least(linked.content),
        "content begins": min(_odds(piece.begins) for piece in linked.content),
        "content ends": min(_odds(piece.ends) for piece in linked.content),
        "cue": _least(linked.cue),
        "source": _least(linked.source),
        "source length": log(sum(piece.end - piece.start for piece in linked.source) or 1),
        "source to cue": log(1 + _between(linked.source, linked.cue)),
        "length": log(sum(piece.end - piece.start for piece in linked.content)),
        "rule": ruled,
        **{kind: 1.0 for kind in kinds if kind},
    }


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how probable it is that an attribution with this evidence is right: 0 to 1, to three places.

    Examples
    --------
    >>> confidence({"cue": 2.0, "length": 3.0}, {"cue": 0.5})
    0.731
    """
    odds = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + exp(-odds)), 3)


@cache
def fitted_weights() -> dict[str, float]:
    """Read how much each evidence counts, in log odds.

    Fitted to what models found in articles that they were not trained on; `python -m analysis.attribution
    crossvalidate` prints them anew.
    """
    return {row["evidence"]: float(row["weight"]) for row in data_rows("confidence.csv")}


def _opening(word: str) -> str:
    lower = word.lower()
    if word.startswith(OPENING_MARKS):
        return "quotation"
    if lower in ("that", "to", "it", "as", "for"):
        return lower
    if lower in QUESTIONS:
        return "question"
    return next((name for name in ("det", "pron", "Name", "prep", "verb", "aux") if word_class(word) == name), "other")


def _kind_of(reading: Reading, source: Piece, told: Description) -> str:
    """The source type; where it is none, whether the source is a pronoun."""
    if told.source_type != "none":
        return told.source_type
    first = word_class(reading.words[source.start])
    return "pronoun" if first == "pron" else "of no type"


def _has_verb(reading: Reading, pieces: Sequence[Piece]) -> bool:
    return any(word_class(reading.words[at]) in ("verb", "aux") for at in tokens_of(pieces))


def _between(source: Sequence[Piece], cue: Sequence[Piece]) -> int:
    """How many tokens stand between a source and a cue; 0 where one of them is missing."""
    if not source or not cue:
        return 0
    return max(cue[0].start - source[0].end, source[0].start - cue[-1].end, 0)


def _class_between(reading: Reading, source: Sequence[Piece], cue: Sequence[Piece]) -> str:
    """The class of the word after a source before a cue: "close | scrutiny | reveals" has cut the source short."""
    if not source or not cue or source[0].end >= cue[0].start:
        return "nothing"
    kind = word_class(reading.words[source[0].end])
    return kind if kind in ("adv", "aux", "verb", "prep", "Name", "word", ",") else "other"


def _least(pieces: Sequence[Piece]) -> float:
    return min((_odds(piece.sure) for piece in pieces), default=0.0)


def _odds(probability: float) -> float:
    """Log odds, of what is never quite certain."""
    bounded = min(max(probability, _FURTHEST), 1 - _FURTHEST)
    return log(bounded / (1 - bounded))


def _same(reading: Reading, content: Sequence[Piece], spans: Sequence[Span]) -> bool:
    """Whether pieces and spans begin with the same token and end with it, a mark aside."""
    first, last = reading.tokens_in(spans[0]), reading.tokens_in(spans[-1])
    ends = bool(last) and abs(content[-1].end - 1 - last[-1]) <= 1
    return ends and bool(first) and content[0].start == first[0]
