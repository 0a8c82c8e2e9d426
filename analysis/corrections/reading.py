"""What follows from the spans of an attribution: its verbatim parts, its sentence, and what it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.attribution.describe import Description, describe
from analysis.corrections.grammar import Change, Span
from analysis.corrections.status import check_searched, check_stretch
from analysis.tables import BODY_KINDS


class Page:
    """One article's text, read as the rules read it: sentences and bullets, without titles and headings."""

    def __init__(self, text: str, sentences: Sequence[Any]) -> None:
        self.text = text
        self.sentences = [row for row in sentences if row.kind in BODY_KINDS]

    def check(self, change: Change, start: int, end: int) -> None:
        """Raise `MisfitError` unless what is added and every new part stand in the sentences, as whole words."""
        parts = [span for spans in change.spans.values() for span in spans]
        for left, right in [*parts, *([(start, end)] if change.adds else [])]:
            check_stretch(self.text, left, right)
            check_searched(self.text, left, right, self.sentences)

    def verbatim(self, spans: Sequence[Span]) -> str | None:
        """The words of some spans; None if there are none."""
        return " … ".join(self.text[start:end] for start, end in spans) or None

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that a position stands in."""
        place = bisect_right(self.sentences, position, key=lambda row: row.start)
        return int(self.sentences[max(0, place - 1)].sentence)

    def describe(self, spans: Mapping[str, Sequence[Span]]) -> Description:
        """What an attribution with these spans is, as engines describe what they find."""
        body = [(row.start, row.end) for row in self.sentences]
        return describe(self.text, body, *(spans[role] for role in ("source", "cue", "content")))
