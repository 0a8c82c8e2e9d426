"""Whether what is read says what the inputs give: summary, codebook, page, notebook, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat

from analysis.audit.difference import NOTHING, DifferenceError, differs
from analysis.audit.stored import Stored, read_text

_DATA = re.compile(r"data:[^\"'<> ]*")
_MARKS = ("alt", "aria-label", "title")
_UNSEEN = ("style", "script", "template")

# What could make a page do or show something else: compared whichever versions made it.
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


def compare_page(stored: Stored, again: Path, renamed: Mapping[str, str], *, whole: bool) -> str:
    """Compare the page: the sentence under each claim's anchor, then every visible piece of text in order.

    Parameters
    ----------
    stored : Stored
    again : Path
        The folder of the run made again.
    renamed : mapping of str to str
        What the run recorded, for paths that were moved since.
    whole : bool
        Whether the versions are the same and nothing was moved, so that markup and pictures can be compared too.

    Returns
    -------
    str
        What was checked, with counts.
    """
    name = "report.html"
    pages = stored.read(name), read_text(again / name, name)
    found, expected = (_Words(page) for page in pages)
    claims = [(str(record["id"]), str(record["text"])) for record in stored.claims]
    for one, other in zip_longest(found.sentences, claims, fillvalue=("", NOTHING)):
        if one != other:
            raise differs(f"{name}, sentence of claim {(other[0] or one[0])!r}", one[1], other[1])
    wanted = [(anchor, renamed.get(piece, piece)) for anchor, piece in expected.pieces]
    for one, other in zip_longest(found.pieces, wanted, fillvalue=("", NOTHING)):
        if one != other:
            raise differs(f"{name}, after the anchor {(other[0] or one[0])!r}", one[1], other[1])
    for one, other in zip_longest(*(_ACTIVE.findall(page) for page in pages), fillvalue=NOTHING):
        if one != other:
            raise differs(f"{name}, script, address or style", one, other)
    if whole and pages[0] != pages[1]:
        place = next(place for place, (one, other) in enumerate(zip_longest(*pages)) if one != other)
        line = pages[0].count("\n", 0, place) + 1
        raise DifferenceError(f"{name}, line {line}: the words are the same, markup or a picture is not")
    kept = "words, markup and pictures" if whole else "words; markup and pictures were not compared"
    return f"{name}: {len(claims)} sentences under their anchors, {len(wanted)} pieces of text: {kept}"


def compare_notebook(stored: Stored, again: Path) -> str:
    """Compare the executed notebook: source and text outputs of each cell, pictures and the output folder aside."""
    name = "report.ipynb"
    found, expected = _cells(stored.read(name), name), _cells(read_text(again / name, name), name)
    for number, (one, other) in enumerate(zip_longest(found, expected, fillvalue=NOTHING), start=1):
        if one == other:
            continue
        if not (isinstance(one, list) and isinstance(other, list)):
            raise DifferenceError(f"{name}, cell {number}: the run has {len(expected)} cells; found {len(found)}")
        for left, right in zip_longest(one, other, fillvalue=NOTHING):
            if left != right:
                raise differs(f"{name}, cell {number}", left, right)
    return f"{name}: source and text of {len(expected)} cells"


def _cells(content: str, name: str) -> list[list[str]]:
    try:
        notebook: Any = nbformat.reads(content, as_version=4)
    except Exception as error:  # whatever a damaged notebook makes nbformat raise
        raise DifferenceError(f"{name}: no notebook ({type(error).__name__})") from None
    cells = []
    for cell in notebook.cells:
        injected = "injected-parameters" in cell.metadata.get("tags", [])
        texts = ["" if injected else cell.source]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts += [_DATA.sub("data:", data[kind]) for kind in sorted(data) if kind.startswith("text/")]
        cells.append(texts)
    return cells


def compare_figures(folder: Path, again: Path, *, whole: bool) -> str:
    """Compare the figures: all there, and with the same versions of everything, byte for byte."""
    names = sorted(path.name for path in (again / "figures").glob("*"))
    for name in names:
        path = folder / "figures" / name
        if not path.is_file():
            raise DifferenceError(f"figures/{name}: the run wrote this file; it is not there")
        if whole and path.read_bytes() != (again / "figures" / name).read_bytes():
            raise DifferenceError(f"figures/{name}: not the picture that the inputs give")
    return f"figures: {len(names)} files, {'byte for byte' if whole else 'all there, not compared'}"
