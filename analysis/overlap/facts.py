"""Which dates and numbers an article gives, in which sentence, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from analysis.nouns import PLURALS
from analysis.overlap.moments import find_moments
from analysis.overlap.quantities import find_quantities
from analysis.schema import per_article
from analysis.tables import FACTS
from analysis.text import split_words, stop_words

_NOT_PLURAL = regex.compile(r"(?:ss|us|is)$")
#: As many words after a number are looked at for what it counts, and as many characters.
_WORDS_AFTER, _REACH = 4, 80
_GAP = regex.compile(r"\s{1,3}")
_WORD_BEFORE = regex.compile(r"(?<![\p{L}\p{N}.’'-])(\p{L}[\p{L}\p{N}.’'-]{0,40}+)\s{1,3}$")
#: Words before "one" that make it no number.
_NOT_COUNTED = frozenset(("no", "the", "this", "that", "any", "every", "each", "which", "another", "only", "some"))


@per_article(FACTS)
def find_facts(article: Any, sentences: list[Any]) -> Iterator[tuple[int, int, int, str, str, str | None, str]]:
    """Find the dates and numbers of each article.

    What a number counts is the first plural noun among the next four words, unless a stop word or punctuation comes
    first; where there is none, the unit is missing. A number directly after a capitalised word, and with nothing that
    it counts, belongs to a name ("Boeing 737") and is left out, except in titles.

    Parameters
    ----------
    articles, sentences : DataFrame
        ARTICLES and SENTENCES.

    Returns
    -------
    DataFrame
        FACTS, by article and position; empty where nothing is dated or counted.
    """
    for sentence in sentences:
        for start, end, kind, value, unit in _facts(article.text, sentence):
            yield start, end, sentence.sentence, kind, value, unit, article.text[start:end]


def _facts(text: str, sentence: Any) -> list[tuple[int, int, str, str, str | None]]:
    moments = list(find_moments(text, sentence.start, sentence.end))
    found: list[tuple[int, int, str, str, str | None]] = [
        (each.start, each.end, each.kind, each.value, None) for each in moments
    ]
    taken = {at for each in moments for at in range(each.start, each.end)}
    for each in find_quantities(text, sentence.start, sentence.end):
        if each.start in taken or each.end - 1 in taken:
            continue
        unit, end = each.currency, each.end
        if each.kind == "number":
            unit, end = _counted(text, each.end, sentence.end, each.value) or (None, end)
            if unit is None and _is_label(text, each.start, sentence):
                continue
            if text[each.start : each.end].lower() == "one" and (
                unit in (None, *_NOT_COUNTED) or _before(text, each.start, sentence.start).lower() in _NOT_COUNTED
            ):
                continue
        found.append((each.start, end, each.kind, each.value, unit))
    return sorted(found)


def _counted(text: str, at: int, end: int, value: str) -> tuple[str, int] | None:
    """The term that a number ending at `at` counts and where it ends, or None."""
    reach = min(end, at + _REACH)
    if text[at : at + 1] == "-":  # "a 34-year-old", "a two-day visit"
        word = next(iter(split_words(text, at + 1, reach)), None)
        return (word.term.split("-")[0], word.end) if word and word.start == at + 1 else None
    irregular = None
    for word in split_words(text, at, reach)[:_WORDS_AFTER]:
        if word.term in stop_words() or not _GAP.fullmatch(text, at, word.start):
            break
        if value == "1" and text[word.start].islower():
            return word.term, word.end
        if word.term in PLURALS:
            irregular = irregular or (word.term, word.end)
        elif word.term.endswith("s") and not _NOT_PLURAL.search(word.term):
            return word.term, word.end
        at = word.end
    return irregular


def _before(text: str, at: int, start: int) -> str:
    """The word directly before a position, or nothing."""
    found = _WORD_BEFORE.search(text, max(start, at - 44), at)
    return found[1] if found else ""


def _is_label(text: str, start: int, sentence: Any) -> bool:
    """Whether a number that counts nothing belongs to the name before it, or is a name itself ("Channel Four")."""
    word = _before(text, start, sentence.start)
    if sentence.kind in ("title", "heading") or not word:
        return False
    named = word[0].isupper() and word.lower() not in stop_words()
    return named or (text[start].isupper() and word[0].isupper())
