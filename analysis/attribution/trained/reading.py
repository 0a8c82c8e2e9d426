"""An article as the tagger reads it: tokens in paragraphs, which of them are quoted, and what the rules found there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analysis.attribution.engine import Attribution, Paragraph, Span, extract
from analysis.attribution.engine import paragraphs as rule_paragraphs
from analysis.attribution.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    common_verbs,
    cue_forms,
    source_terms,
)
from analysis.quotes import pair_quotes

#: The roles and their tags, the weightiest last: a token that has two roles keeps that one.
ROLES = {"source": "S", "content": "C", "cue": "Q"}

# A word keeps inner dots, hyphens and apostrophes; a possessive 's and doubled marks stand alone.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d,.]*\d%?|\d%?|[’']s\b|[\w&]+(?:[-.’'](?![sS]\b)[\w&]+)*|--|''|``|\S")
#: Half a character, which no file holds and no tagger takes.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: What the first token of a quotation begins with.
OPENING_MARKS = ('"', "“", "«", "‘", "''", "``")
#: A paragraph of more tokens is read in pieces: nobody writes them, but somebody feeds them.
LONGEST = 1000


@dataclass(frozen=True)
class Reading:
    """The tokens of an article in parallel lists, and the stretches of them that are tagged together."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    #: Number of the sentence of each token.
    sentence: list[int]
    #: Whether a token stands inside quotation marks, the marks included.
    quoted: list[bool]
    #: Where quotations and sentences open ("B") and close ("E").
    quote_edges: list[str]
    sentence_edges: list[str]
    #: Paragraphs as ranges of tokens, end exclusive.
    paragraphs: list[tuple[int, int]]
    #: The paragraphs as the rules read them, and the attributions that they find.
    for_rules: list[Paragraph]
    ruled: list[Attribution]

    def __len__(self) -> int:
        return len(self.words)

    def tokens_in(self, span: Span) -> range:
        """Return the tokens that a span of characters touches."""
        return range(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1]))

    @cached_property
    def _ruled_at(self) -> dict[int, list[int]]:
        """Of each token that a cue of the rules touches, which of `ruled` have it."""
        places: dict[int, list[int]] = {}
        for number, one in enumerate(self.ruled):
            for span in one.cue:
                for token in self.tokens_in(span):
                    places.setdefault(token, []).append(number)
        return places

    def ruled_at(self, tokens: Iterable[int]) -> list[Attribution]:
        """Return what the rules found with a cue that touches any of some tokens, in order."""
        numbers = {number for token in tokens for number in self._ruled_at.get(token, ())}
        return [self.ruled[number] for number in sorted(numbers)]

    def tags(self, found: Iterable[Mapping[str, Sequence[Span]]]) -> list[str]:
        """Tag each token with its role in some attributions: B- begins a span, I- is inside it, O is in none."""
        tags = ["O"] * len(self)
        weights = [0] * len(self)
        for one in found:
            for weight, (role, code) in enumerate(ROLES.items(), start=1):
                for span in one.get(role, ()):
                    inside = self.tokens_in((span[0], span[1]))
                    for token in inside:
                        if weight > weights[token]:
                            tags[token] = ("B-" if token == inside[0] else "I-") + code
                            weights[token] = weight
        return tags


def read(text: str, sentences: Sequence[Span], blocks: Sequence[Span]) -> Reading:
    """Read an article.

    Parameters
    ----------
    text : str
    sentences, blocks : sequence of (start, end)
        Sentences, and the paragraphs they stand in; code points, end exclusive, in order. Only they are read.
    """
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    for number, (start, end) in enumerate(sentences):
        for token in _TOKEN.finditer(text, start, end):
            starts.append(token.start())
            ends.append(token.end())
            sentence.append(number)
    written = _SURROGATE.sub("\ufffd", text)
    quoted = [False] * len(starts)
    quote_edges, sentence_edges = [""] * len(starts), [""] * len(starts)
    for stretches, edges in ((pair_quotes(text), quote_edges), (sentences, sentence_edges)):
        for start, end in stretches:
            left, right = bisect_left(starts, start), bisect_left(starts, end)
            if left < right:
                edges[left] += "B"
                edges[right - 1] += "E"
                if edges is quote_edges:
                    quoted[left:right] = [True] * (right - left)
    for_rules = list(rule_paragraphs(text, sentences, blocks))
    return Reading(
        text, starts, ends, [written[start:end] for start, end in zip(starts, ends, strict=True)], sentence, quoted,
        quote_edges, sentence_edges, list(_paragraphs(starts, blocks)), for_rules,
        extract(text, sentences, blocks, read=for_rules),
    )  # fmt: skip


def _paragraphs(starts: list[int], blocks: Sequence[Span]) -> Iterator[tuple[int, int]]:
    for start, end in blocks:
        left, right = bisect_left(starts, start), bisect_left(starts, end)
        yield from ((at, min(at + LONGEST, right)) for at in range(left, right, LONGEST))


@lru_cache(maxsize=50_000)
def word_class(word: str) -> str:
    """Return the class of a word by the lists of the rules: a cue with its class, a kind of source, or a closed class.

    Examples
    --------
    >>> [word_class(word) for word in ("claimed", "the", "Quistley", "quickly", ",")]
    ['cue-v-dis-s', 'det', 'Name', 'adv', ',']
    """
    lower = word.lower()
    if cues := cue_forms().get(lower):
        cue = cues[0][0]
        return f"cue-{cue.part[:1]}-{cue.cue_class[:3]}-{cue.act[:1]}"
    for name, words in _CLASSES:
        if lower in words:
            return name
    if kind := source_terms().get(lower):
        return f"src-{kind[:4]}"
    if lower.endswith("ly"):
        return "adv"
    if word[:1].isupper():
        return "Name"
    if not word[:1].isalnum():
        return word
    return "num" if word[:1].isdigit() else "word"


_CLASSES = (
    ("aux", AUXILIARIES), ("verb", common_verbs()), ("pron", SUBJECT_PRONOUNS), ("det", DETERMINERS),
    ("prep", PREPOSITIONS),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """Return how a word is written: runs of capitals, small letters and digits, six at most.

    Examples
    --------
    >>> shape("McKay-2016")
    'XxXx-9'
    """
    runs = re.sub(r"[A-Z]+", "X", word)
    return re.sub(r"\d+", "9", re.sub(r"[a-z]+", "x", runs))[:6]
