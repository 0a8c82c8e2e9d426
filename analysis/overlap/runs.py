"""Which runs of words two articles share, quotations apart from prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

import pandas as pd

from analysis.schema import each_article
from analysis.tables import OVERLAP, SHARED_RUNS
from analysis.text import WORD_OR_NUMBER, as_term

#: Words of a shingle: as many in a row are hardly ever shared by chance.
SHINGLE = 5
#: The parts of a text that are compared, each with itself.
PARTS = ("all", "prose", "quoted")


@dataclass(frozen=True)
class _Text:
    """The words and numbers of an article in a row, its shingles, and where those of one voice first stand."""

    terms: list[str]
    spans: list[tuple[int, int]]
    quoted: list[bool]
    sentence: list[int]
    shingles: Mapping[str, set[tuple[str, ...]]]
    places: Mapping[tuple[str, ...], int]

    def voice(self, place: int) -> str:
        """Whether the word at a place is quoted."""
        return "quoted" if self.quoted[place] else "prose"

    def goes_on(self, place: int, step: int) -> bool:
        """Whether the next word in a direction is of the same sentence and as much quoted."""
        after = place + step
        return (
            0 <= after < len(self.terms)
            and self.sentence[after] == self.sentence[place]
            and self.quoted[after] == self.quoted[place]
        )


def find_overlap(
    articles: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find what each two articles have in common word for word.

    Words are taken as terms, numbers as they are written. A shingle is five of them in a row inside one sentence,
    title or heading; it is quoted if all of it stands in quotation marks, prose if none of it does, and else counts
    in neither part. A run of shared words is as long as both sentences allow, and ends where a quotation begins or
    ends in either.

    Parameters
    ----------
    articles, sentences, voices : DataFrame
        ARTICLES, SENTENCES and VOICES.

    Returns
    -------
    runs : DataFrame
        SHARED_RUNS, for each two articles in their order, the longest first, then by place.
    overlap : DataFrame
        OVERLAP, each article against each other one, in either direction.

    References
    ----------
    Broder 1997, "On the resemblance and containment of documents"; Clough et al. 2002 for shared quotations and prose
    in news.
    """
    read = {
        article.article_id: _read(article.text, own, spoken)
        for article, own, spoken in each_article(articles, sentences, voices)
    }
    runs = [
        (one, other, *run)
        for one, other in combinations(read, 2)
        for run in sorted(_runs(read[one], read[other]), key=lambda run: (-run[4], *run))
    ]
    shares = [
        (one, other, part, *_share(read[one].shingles[part], read[other].shingles[part]))
        for one, other in permutations(read, 2)
        for part in PARTS
    ]
    return SHARED_RUNS.frame(runs), OVERLAP.frame(shares)


def _read(text: str, sentences: list[Any], voices: list[Any]) -> _Text:
    spoken = bytearray(len(text))
    for row in voices:
        if row.voice == "quoted":
            spoken[row.start : row.end] = b"\1" * (row.end - row.start)
    found = [(match, row.sentence) for row in sentences for match in WORD_OR_NUMBER.finditer(text, row.start, row.end)]
    terms = [as_term(match[0]) for match, _ in found]
    quoted = [bool(spoken[match.start()]) for match, _ in found]
    sentence = [number for _, number in found]
    shingles: dict[str, set[tuple[str, ...]]] = {part: set() for part in PARTS}
    places: dict[tuple[str, ...], int] = {}
    for first in range(len(terms) - SHINGLE + 1):
        after = first + SHINGLE
        if sentence[first] == sentence[after - 1]:
            shingle = tuple(terms[first:after])
            shingles["all"].add(shingle)
            if len(set(quoted[first:after])) == 1:
                shingles["quoted" if quoted[first] else "prose"].add(shingle)
                places.setdefault(shingle, first)
    return _Text(terms, [match.span() for match, _ in found], quoted, sentence, shingles, places)


def _share(own: set[tuple[str, ...]], others: set[tuple[str, ...]]) -> tuple[int, int, float, float]:
    """How many shingles there are, how many are shared, containment and Jaccard."""
    shared, union = len(own & others), len(own | others)
    missing = float("nan")
    return len(own), shared, shared / len(own) if own else missing, shared / union if union else missing


def _runs(one: _Text, other: _Text) -> Iterator[tuple[int, int, int, int, int, str, str]]:
    """Shared runs from the first places of each shared shingle, extended to both sides.

    Only first places are joined, so that a sentence repeated a thousand times costs no million pairs; a run already
    covered by one on the same diagonal is not looked at again.
    """
    reached: dict[int, int] = {}
    for shingle, i in one.places.items():  # by place in the first article
        j = other.places.get(shingle)
        if j is None or i <= reached.get(j - i, -1):
            continue
        first, last = _extend(one, other, i, j, -1), _extend(one, other, i + SHINGLE - 1, j + SHINGLE - 1, 1)
        shift = j - i
        reached[shift] = last
        yield (
            one.spans[first][0], one.spans[last][1], other.spans[first + shift][0], other.spans[last + shift][1],
            last - first + 1, one.voice(first), other.voice(first + shift),
        )  # fmt: skip


def _extend(one: _Text, other: _Text, i: int, j: int, step: int) -> int:
    """The last place in a direction to which both texts go on alike."""
    while one.goes_on(i, step) and other.goes_on(j, step) and one.terms[i + step] == other.terms[j + step]:
        i, j = i + step, j + step
    return i
