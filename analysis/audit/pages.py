"""Whether what is read says what the inputs give: summary, codebook, page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from analysis.audit.difference import NOTHING, DifferenceError, differs
from analysis.audit.moved import as_recorded_html
from analysis.audit.stored import Stored, read_text
from analysis.audit.versions import doubt

_MARKS = ("alt", "aria-label", "title")
_UNSEEN = ("style", "script", "template")

# What could make a page do or show something else: named for what it is, and never put down to versions.
_ACTIVE = re.compile(
    r"""<(?:script|iframe|object|embed|form|base)\b|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!\#|data:image)[^"']*|(?s:<style.*?</style>)""",
    re.IGNORECASE,
)


class _Words(HTMLParser):
    """Takes from a page what a reader can see or hear, in order, and the sentence under each claim's anchor."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self.sentences: list[tuple[str, str]] = []
        self._anchor = ""
        self._unseen = 0
        self._claim = ""
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self._anchor = name
            if name.startswith("claim-"):
                self._claim = name.removeprefix("claim-")
        self.pieces += [(self._anchor, value) for mark in _MARKS if (value := given.get(mark))]
        self._unseen += tag in _UNSEEN
        if tag == "p" and self._claim:
            self.sentences.append((self._claim, ""))
            self._claim, self._inside = "", True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        if tag == "p":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            claim, text = self.sentences[-1]
            self.sentences[-1] = (claim, text + data)
        if data.strip() and not self._unseen:
            self.pieces.append((self._anchor, data))


def compare_text(stored: Stored, again: Path, name: str) -> None:
    """Compare a text file line by line."""
    found, expected = stored.read(name).split("\n"), read_text(again / name, name).split("\n")
    for number, (one, other) in enumerate(zip_longest(found, expected, fillvalue=NOTHING), start=1):
        if one != other:
            raise differs(f"{name}, line {number}", one, other)


def compare_page(stored: Stored, again: Path, renamed: Mapping[str, str]) -> str:
    """Compare the page: the sentence under each claim's anchor, every visible piece of text in order, then every byte.

    Parameters
    ----------
    stored : Stored
    again : Path
        The folder of the run made again.
    renamed : mapping of str to str
        What the run recorded, for paths that were moved since; in them alone the bytes may differ.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        At the first sentence that differs, else the first piece of text, else the first line.
    """
    name = "report.html"
    pages = [as_recorded_html(page, renamed) for page in (stored.read(name), read_text(again / name, name))]
    found, expected = (_Words(page) for page in pages)
    claims = [(str(record["id"]), str(record["text"])) for record in stored.claims]
    for one, other in zip_longest(found.sentences, claims, fillvalue=("", NOTHING)):
        if one != other:
            raise differs(f"{name}, sentence of claim {(other[0] or one[0])!r}", one[1], other[1])
    for one, other in zip_longest(found.pieces, expected.pieces, fillvalue=("", NOTHING)):
        if one != other:
            raise differs(f"{name}, after the anchor {(other[0] or one[0])!r}", one[1], other[1])
    for one, other in zip_longest(*(_ACTIVE.findall(page) for page in pages), fillvalue=NOTHING):
        if one != other:
            raise differs(f"{name}, script, address or style", one, other)
    lines = zip_longest(*(page.split("\n") for page in pages))
    if number := next((number for number, (one, other) in enumerate(lines, start=1) if one != other), 0):
        what = f"the words are the same, markup or a picture is not{doubt(stored, 'page')}"
        raise DifferenceError(f"{name}, line {number}: {what}")
    counted = f"{len(claims)} sentences under their anchors, {len(expected.pieces)} pieces of text"
    return f"{name}: {counted}: words, markup and pictures"
