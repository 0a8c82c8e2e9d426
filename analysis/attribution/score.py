"""How well attributions agree with annotated ones.

Spans are compared as sets of words, so that spaces and punctuation never count. Each annotated attribution may be
matched once, the best overlap first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.attribution.engine import Span

ROLES = ("source", "cue", "content")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
#: Content counts as found when half of the words of either side are shared.
OVERLAP = 0.5
#: A text, its annotated and its predicted attributions.
Scored = tuple[str, Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Agreement:
    """Matched, predicted and annotated attributions, and the shares that follow."""

    matched: int
    predicted: int
    annotated: int

    @property
    def precision(self) -> float:
        """Share of the predicted that are matched; 0 if there are none."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that are matched; 0 if there are none."""
        return self.matched / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: twice the matched by all that stand on either side."""
        both = self.predicted + self.annotated
        return 2 * self.matched / both if both else 0.0


#: By what has to agree: content, joint, cue.
Agreements = dict[str, Agreement]


def match_attributions(
    text: str, annotated: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]], role: str = "content"
) -> dict[int, int]:
    """Pair predicted with annotated attributions of one text by the overlap of one role.

    Parameters
    ----------
    text : str
    annotated, predicted : sequence of mappings
        Each with "source", "cue" and "content": spans as (start, end) in code points, possibly none.
    role : {"content", "cue"}
        Content needs half of the words of both sides together, a cue any shared word.

    Returns
    -------
    dict of int to int
        Position among the predicted to position among the annotated.
    """
    words = [m.span() for m in _WORD.finditer(text)]
    left = [_words_in(one[role], words) for one in annotated]
    right = [_words_in(one[role], words) for one in predicted]
    floor = OVERLAP if role == "content" else 0.0
    pairs = []
    for i, first in enumerate(left):
        for j, second in enumerate(right):
            shared = len(first & second)
            overlap = shared / len(first | second) if shared else 0.0
            if overlap > 0 and overlap >= floor:
                pairs.append((-overlap, i, j))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in taken and j not in matched:
            matched[j] = i
            taken.add(i)
    return matched


def same_source(text: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Return whether two attributions share a word of their sources, or both name none."""
    words = [m.span() for m in _WORD.finditer(text)]
    one, other = _words_in(first["source"], words), _words_in(second["source"], words)
    return bool(one & other) or (not one and not other)


def agreement(texts: Iterable[Scored], asked: Callable[[str, Mapping[str, Any]], bool] | None = None) -> Agreements:
    """Score predicted against annotated attributions.

    Parameters
    ----------
    texts : iterable of (text, annotated, predicted)
    asked : callable, optional
        Takes a text and an annotated attribution of it. Those for which it is false are neither required nor
        punished: a predicted one that is matched with them is set aside.

    Returns
    -------
    dict of str to Agreement
        `content` (half of the words shared), `joint` (the same, and the right source), `cue` (any word shared).
    """
    counts = {name: [0, 0, 0] for name in ("content", "joint", "cue")}
    for text, annotated, predicted in texts:
        wanted = [asked is None or asked(text, one) for one in annotated]
        matched = {role: match_attributions(text, annotated, predicted, role) for role in ("cue", "content")}
        aside = {j for pairs in matched.values() for j, i in pairs.items() if not wanted[i]}
        cue, content = ([(j, i) for j, i in matched[role].items() if j not in aside] for role in ("cue", "content"))
        joint = [(j, i) for j, i in content if same_source(text, annotated[i], predicted[j])]
        for name, pairs in (("content", content), ("joint", joint), ("cue", cue)):
            for place, value in enumerate((len(pairs), len(predicted) - len(aside), sum(wanted))):
                counts[name][place] += value
    return {name: Agreement(*values) for name, values in counts.items()}


def _words_in(spans: Iterable[Span], words: Sequence[Span]) -> frozenset[int]:
    """Return the numbers of the words that any of the spans touches; words stand in order, apart from each other."""
    touched: set[int] = set()
    for start, end in spans:
        touched.update(range(bisect_right(words, start, key=_end), bisect_left(words, end, key=_start)))
    return frozenset(touched)


def _start(word: Span) -> int:
    return word[0]


def _end(word: Span) -> int:
    return word[1]
