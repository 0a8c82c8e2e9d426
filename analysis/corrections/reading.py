"""What follows from the spans of an attribution: its verbatim parts, sentence, kind, source type and cue class."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import regex

from analysis.attribution.lexicon import cue_forms
from analysis.attribution.sources import kind_of
from analysis.attribution.tokens import tokenize
from analysis.corrections.grammar import Change, Span
from analysis.corrections.status import check_searched, check_stretch
from analysis.coverage import searched_text
from analysis.quotes import pair_quotes
from analysis.tables import BODY_KINDS

_INNER = regex.compile(r"[\p{L}\p{N}]")


class Page:
    """One article's text, read as the rules read it: sentences and bullets, without titles and headings."""

    def __init__(self, text: str, sentences: Sequence[Any]) -> None:
        self.text = text
        self.sentences = [row for row in sentences if row.kind in BODY_KINDS]
        self._all = list(sentences)

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

    def kind(self, content: Sequence[Span]) -> str:
        """Direct, indirect or mixed, by how much of the content stands inside quotation marks."""
        quoted = [
            any(left <= found.start() < right for left, right in self._quotations)
            for start, end in content
            for found in _INNER.finditer(self.text, start, end)
        ]
        return "direct" if quoted and all(quoted) else "mixed" if any(quoted) else "indirect"

    def source_type(self, source: Sequence[Span]) -> str:
        """What the words of a source make it, as the rules judge it; "group" where they do not tell."""
        if not source:
            return "none"
        start, end = source[0]
        around = [(row.start, row.end) for row in self.sentences if row.start < end and row.end > start]
        tokens = tokenize(self.text, around, [])
        own = [i for i in range(len(tokens)) if tokens.starts[i] >= start and tokens.ends[i] <= end]
        return kind_of([tokens.words[i] for i in own], [tokens.kinds[i] for i in own]) or "group"

    def cue_class(self, cue: Sequence[Span]) -> str | None:
        """The class that the list of cues gives a cue by its first word that it knows; neutral if it knows none."""
        if not cue:
            return None
        words = " ".join(self.text[start:end] for start, end in cue).lower().replace("’", "'").split()
        found = [forms[0][0].cue_class for word in words if (forms := cue_forms().get(word))]
        return found[0] if found else "neutral"

    @cached_property
    def _quotations(self) -> list[Span]:
        return pair_quotes(searched_text(self.text, self._all))
