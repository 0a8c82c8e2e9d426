"""What a rule hands back: an attribution in tokens, before it becomes characters."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.lexicon import Cue

#: A stretch of tokens, end exclusive.
Range = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """An attribution: the rule that found it, the cue, whose it is, and what is reported."""

    rule: str
    cue: Cue
    cue_tokens: Range
    source: Range | None
    content: tuple[Range, ...]
    modality: str = "asserted"


@dataclass(frozen=True)
class Reported:
    """What a cue verb reports: the frame that it stands in, and where the cue ends ("called for")."""

    frame: str
    content: tuple[Range, ...]
    cue_end: int
