"""Where a text has names, by their capitals, and which words make a name that of a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from analysis.attribution.beside import TITLES, person_nouns
from analysis.attribution.lexicon import (
    ADVERBS,
    COORDINATORS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
    source_terms,
    word_set,
)  # fmt: skip
from analysis.quotes import pair_quotes
from analysis.text import stop_words

_NO_NAME = TIME_WORDS | word_set("i i'm i'd i'll i've january february march may north south east west")
#: What ends the name of a thing rather than of a person, beside what `sources.csv` lists.
_THINGS = word_set(
    "act agreement airport association avenue award awards board bridge bureau campus church city club college"
    " conference convention council county cup day district division federation festival field foundation forum fund"
    " group hall highway hospital hotel house institute international island lake league library market mountain"
    " museum network office organisation organization park party plan prize program programme project radio review"
    " river road school series service show society square station street studies super task times today tower"
    " tribunal union university valley village war week world american americans republican republicans democrat"
    " democrats"
)
#: The words of a name, at most.
_MOST = 6
_ABBREVIATED = r"(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Capt|Sgt|Prof|Rev|St)\."
_WORD = (
    rf"(?:{_ABBREVIATED}|\p{{Lu}}(?:\.(?:\p{{Lu}}\.)*|[\p{{L}}\p{{M}}]*(?:[’'-](?![sS]\b)\p{{L}}[\p{{L}}\p{{M}}]*)*))"
)
_NAME = regex.compile(
    rf"(?<![\w@#.-]){_WORD}(?:\s(?:(?:bin|ibn|de|da|del|der|van|von|la|al)\s){{0,2}}(?:&\s)?{_WORD})*"
)
_PIECE = regex.compile(r"\S+")
_OF = regex.compile(r"\sof(?:\sthe)?\s")
#: A title and "of", before what it is of and a name: "Secretary of State Ann Lee".
_OFFICE = regex.compile(r"(?<![\w’'-])(\p{L}+)\sof\s(?:the\s)?$")
DEPARTMENTS = word_set(
    "state staff defense defence treasury health education energy labor labour commerce justice house"
)
#: Titles that also tell one thing from another: "the General Assembly", "the Republican Party".
ATTRIBUTIVE = word_set("justice general major chief attorney speaker republican democrat conservative")
#: How far before a name its office is read.
_BEFORE = 40


class Capitals(NamedTuple):
    """A name as it stands in the text, titles before it taken off."""

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    begins: int
    article: bool
    opens: bool  # a capital that may be due to its place


def without_quotations(text: str) -> str:
    """Blank out what stands in quotation marks; the marks stay, and every position with them."""
    parts, at = [], 0
    for start, end in pair_quotes(text):
        parts += [text[at : start + 1], "\0" * max(0, end - start - 2), text[max(start + 1, end - 1) : end]]
        at = end
    return "".join([*parts, text[at:]])


def names_in(narrative: str, start: int, end: int, small: set[str]) -> list[Capitals]:
    """The names in one sentence; "Board of Elections" is one. `small` are the words that the text also writes small."""
    found: list[Capitals] = []
    for name in _runs(narrative, start, end, small):
        last = found[-1] if found else None
        if last and is_thing(last.words[-1:]) and _OF.fullmatch(narrative, last.end, name.begins):
            found[-1] = last._replace(end=name.end, words=(*last.words, "of", *name.words), opens=False)
        else:
            found.append(name)
    return found


def _runs(narrative: str, start: int, end: int, small: set[str]) -> Iterator[Capitals]:
    for match in _NAME.finditer(narrative, start, end):
        spans = [(m.start() + match.start(), m.end() + match.start()) for m in _PIECE.finditer(match.group())]
        words = [narrative[a:b] for a, b in spans]
        folded = [word.casefold().rstrip(".") for word in words]
        first, stop = 0, len(words)
        opens = not any(sign.isalpha() for sign in narrative[start : match.start()])
        article = narrative[max(0, match.start() - 4) : match.start()].casefold().endswith("the ")
        may_open = opens and not (folded[0] in TITLES and stop > 1)  # "President Lee", where "the president" is too
        while first < stop and (folded[first] in _openers() or (may_open and first == 0 and folded[0] in small)):
            article, first = folded[first] == "the", first + 1
        while first < stop and folded[stop - 1] in _NO_NAME | {"jr", "sr"}:
            stop -= 1
        begins = first
        titles = [at for at in range(first, stop) if folded[at] in TITLES or folded[at] in person_nouns()]
        if titles and titles[-1] == stop - 1 and stop - first > 1 and len(titles) == 1 and first == 0 and not opens:
            titles = []
        first = titles[-1] + 1 if titles else first
        said, start_of = [folded[at] for at in titles], spans[begins][0] if begins < stop else 0
        before = max(start, match.start() - _BEFORE)
        office = None if begins or titles else _OFFICE.search(narrative[before : match.start()])
        named = folded[0] in DEPARTMENTS and stop > 1 and not is_thing(words[1:stop])
        if named and office and office.group(1).casefold() in TITLES:
            first, said, start_of, article = 1, [office.group(1).casefold()], before + office.start(1), False
        if first < stop <= first + _MOST:
            yield Capitals(
                spans[first][0], spans[stop - 1][1], tuple(words[first:stop]), tuple(said),
                start_of, article and not said, opens and first == 0 and stop == 1,
            )  # fmt: skip


@cache
def _openers() -> frozenset[str]:
    return stop_words() | _NO_NAME | SUBORDINATORS | PREPOSITIONS | ADVERBS | COORDINATORS


def is_thing(words: Sequence[str]) -> bool:
    """Whether a name, by its last word, is that of an institution, a place or an event."""
    last = words[-1].casefold()
    known = source_terms().get(" ".join(words).casefold()) or source_terms().get(last)
    return last in _THINGS or any(w in ("of", "for") for w in words) or known not in (None, "named person")
