"""What a word and a sentence are, for every module alike.

Positions are code points into the text that was given, end exclusive; the text itself is never changed.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex
from sentencex import segment

from analysis.memo import Memo

# Letters (with marks and later digits: "G7", "MH17"), joined by a single apostrophe or hyphen;
# "U.S." keeps its dots; a dot joins a lower-case or all-capital ending ("BrightU.AI", "example.com"),
# but not the first word of a sentence that lost its space ("end.The").
WORD = regex.compile(
    r"""
    (?<![\p{L}\p{M}\p{N}])
    (?: (?:\p{L}\.){2,}+ (?![\p{L}\p{N}]) | \p{L}[\p{L}\p{M}\p{N}]*+ )
    (?: ['’ʼ‐‑-] [\p{L}\p{N}][\p{L}\p{M}\p{N}]*+
      | \. (?: \p{Ll}{2,}+ | \p{Lu}{2,}+ ) (?![\p{L}\p{M}\p{N}])
    )*+
    """,
    regex.VERBOSE,
)
# A word, or a number as it is written.
WORD_OR_NUMBER = regex.compile(rf"(?:{WORD.pattern})|(?<![\p{{L}}\p{{N}}])[0-9]++(?:[.,][0-9]++)*+", regex.VERBOSE)
_POSSESSIVE = regex.compile(r"['’ʼ]s$", regex.IGNORECASE)
_STRAIGHTENED = {"’": "'", "ʼ": "'", "‐": "-", "‑": "-"}
_CLOCK_BEFORE = regex.compile(r"\b[ap]\.m\.\s*$", regex.IGNORECASE)
_CLOCK = (".m.", ".M.")
# Titles that sentencex takes for the end of a sentence, and openings of quotations that it takes for its middle.
# fmt: off
_TITLES = (
    "Ms.", "Mx.", "Messrs.", "Mmes.", "Drs.", "Profs.", "Govs.", "Sens.", "Reps.", "Gens.", "Supt.", "Det.", "Amb.",
    "Ald.", "Ft.", "Mt.",
)
# fmt: on
_NOT_LAST = (*_TITLES, *_CLOCK)
_TITLE_BEFORE = regex.compile(rf"\b(?:{'|'.join(map(regex.escape, _TITLES))})\s*$")
_OPENING_AFTER_STOP = regex.compile(r"""(?<=[\p{Ll}\p{N}][.!?])\s(?=[“„"]\p{Lu})""")
_OPENINGS = ("“", "„", '"')
# White space by Unicode, but for the space itself; the first five are ASCII.
_SPACES = "\t\n\v\f\r\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
# sentencex looks for the partner of every opening quotation mark to the end of what it is given.
_WINDOW = 10_000
_DAY_AFTER = regex.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


class Word(NamedTuple):
    """A word: where it stands, and the term it counts as."""

    start: int
    end: int
    term: str


@lru_cache(maxsize=100_000)
def as_term(surface: str) -> str:
    """Return the term that a word counts as: apostrophes straightened, possessive 's stripped, case folded.

    Examples
    --------
    >>> as_term("Iran’s"), as_term("U.S."), as_term("don’t")
    ('iran', 'u.s.', "don't")
    """
    if surface.isascii() and surface.isalpha():  # as most are
        return surface.lower()
    return spelled_alike(_POSSESSIVE.sub("", surface))


def spelled_alike(stretch: str) -> str:
    """Write a stretch as terms are written, character by character: a term in it is part of what this returns.

    Examples
    --------
    >>> spelled_alike("Iran’s CO‑OP")
    "iran's co-op"
    """
    if not stretch.isascii():
        for found, straight in _STRAIGHTENED.items():
            stretch = stretch.replace(found, straight)
    return stretch.casefold()


@cache
def stop_words() -> frozenset[str]:
    """Return the English stop words: the Snowball list (Porter 2001), from data/stopwords.txt, as terms."""
    lines = resources.files("analysis").joinpath("data/stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(as_term(line) for line in lines if line and not line.startswith("#"))


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Find the words of a text; numbers and lone dashes are none.

    Parameters
    ----------
    text : str
    start, end : int
        Look only inside this stretch; code points.

    Returns
    -------
    list of Word
        In order of position; empty if the stretch has no letter.

    Examples
    --------
    >>> [word.term for word in split_words("On Dec. 8, Iran’s co-op – with the U.S. – grew.")]
    ['on', 'dec', 'iran', 'co-op', 'with', 'the', 'u.s.', 'grew']
    """
    return list(_words(text, start, len(text) if end is None else end))


@lru_cache(maxsize=2_000)
def _words(text: str, start: int, stop: int) -> tuple[Word, ...]:
    """The words of a stretch, which several measures ask for one after the other."""
    if start and text[start - 1 : start].strip():  # what stands before may be of the same word
        return tuple(Word(m.start(), m.end(), as_term(m[0])) for m in WORD.finditer(text, start, stop))
    words: list[Word] = []
    at = start
    for piece in text[start:stop].split():
        at = text.index(piece, at)
        words += [Word(at + first, at + last, term) for first, last, term in WORDS[piece]]
        at += len(piece)
    return tuple(words)


#: The words of what stands between two white spaces: none crosses them, and nothing beyond them decides where it ends.
WORDS = Memo(lambda piece: tuple(Word(m.start(), m.end(), as_term(m[0])) for m in WORD.finditer(piece)))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the sentences of one paragraph; a line break inside it counts as a space.

    Parameters
    ----------
    text : str
    start, end : int
        The paragraph, bullet or heading; code points.

    Returns
    -------
    list of (start, end)
        Trimmed of white space, in order; empty if the stretch is blank.

    References
    ----------
    sentencex, the rule-based splitter of the Wikimedia Foundation, with repairs: a boundary needs white space around
    it ("BrightU.AI"), "Ms. Lee" and "3 a.m. Tuesday" are none, and a quotation that opens after a full stop is one.

    Examples
    --------
    >>> text = "He met U.S. officials. “It is\\nover.” She left."
    >>> [text[s:e] for s, e in split_sentences(text)]
    ['He met U.S. officials.', '“It is\\nover.”', 'She left.']
    """
    stop = len(text) if end is None else end
    stretch = text[start:stop]
    if not stretch.isprintable():  # of white space, only the space itself is
        for space in _SPACES[:5] if stretch.isascii() else _SPACES:
            stretch = stretch.replace(space, " ")
    edges = [0, *_boundaries(stretch), len(stretch)]
    spans = []
    for left, right in pairwise(edges):
        sentence = stretch[left:right].rstrip()
        bare = sentence.lstrip()
        if bare:
            end_of = start + left + len(sentence)
            spans.append((end_of - len(bare), end_of))
    return spans


def _boundaries(stretch: str) -> list[int]:
    """Where one sentence of `stretch` ends and the next begins, in windows, so that time stays linear."""
    if len(stretch) <= _WINDOW:
        return _cuts(stretch, _ends(stretch))
    cuts: list[int] = []
    at = 0
    while at < len(stretch):
        window = stretch[at : at + _WINDOW]
        ends = _ends(window)
        cuts += [at + cut for cut in _cuts(window, ends)]
        at += ends[-1] if ends and at + _WINDOW < len(stretch) else _WINDOW
    return sorted(set(cuts))


def _ends(window: str) -> list[int]:
    """Where sentencex parts a window."""
    return list(accumulate(map(len, segment("en", window)[:-1])))


def _cuts(window: str, ends: list[int]) -> list[int]:
    """Keep the ends that are some, and add those before a quotation, which sentencex does not find; in order."""
    if any(map(window.__contains__, _OPENINGS)):
        ends = sorted({*ends, *(opening.end() for opening in _OPENING_AFTER_STOP.finditer(window))})
    return [end for end in ends if _is_boundary(window, end)]


def _is_boundary(stretch: str, at: int) -> bool:
    if not stretch[at - 1].isspace():
        return False
    before = stretch[max(0, at - 10) : at].rstrip()
    if not before.endswith(_NOT_LAST):  # as few sentences end
        return True
    if before.endswith(_TITLES) and _TITLE_BEFORE.search(stretch, max(0, at - 10), at):
        return False
    late = before.endswith(_CLOCK) and _CLOCK_BEFORE.search(stretch, max(0, at - 8), at)
    return not (late and _DAY_AFTER.match(stretch, at))
