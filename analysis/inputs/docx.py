"""The text of a docx document: its paragraphs and tables in order, as a reader sees them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.inputs.expand import budget_for, too_much
from analysis.inputs.trouble import Unreadable

#: Of the parts that are read, together, unpacked.
MAX_UNPACKED_BYTES = 100_000_000
_MAIN, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC, _DCTERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
#: Not text, or text that is struck out, moved away or a second form of what stands beside it.
_PASSED = {_W + name for name in ("del", "moveFrom", "rPr", "pPr", "sectPr")} | {_MC + "Fallback"}
_AS = {
    _W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011", _W + "softHyphen": "\u00ad",
}  # fmt: skip
#: Other archives by a file that each of them has.
_OTHERS = {
    "xl/workbook.xml": "xlsx workbook", "ppt/presentation.xml": "pptx slides", "content.xml": "OpenDocument",
    "META-INF/container.xml": "EPUB",
}  # fmt: skip
_LEFT_OUT = {
    "word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes", "word/comments.xml": "comments",
    "word/vbaProject.bin": "macros",
}  # fmt: skip


class Document(NamedTuple):
    """What a docx document holds: text, title, author and creation date as stated, and what was left out."""

    text: str
    title: str
    author: str
    created: str
    note: str


def read_docx(data: bytes) -> Document:
    """Read the paragraphs and tables of a docx document; blank lines stand between them.

    Rows of a table are lines, their cells separated by a bar; items of a list are lines that begin with a hyphen. The
    title is the first paragraph in the style Title, else what the document's properties state. Headers, footnotes,
    comments, deleted and hidden text and macros are left out. No reference to another file is ever followed.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    Unreadable
        It is another archive, damaged, locked, unpacks to too much, or declares entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise Unreadable(f"damaged ZIP archive of {len(data):,} bytes ({problem})") from problem
    names = set(archive.namelist())
    if _MAIN not in names:
        other = next((what for name, what in _OTHERS.items() if name in names), "ZIP archive")
        raise Unreadable(f"binary data ({other})")
    budget = budget_for(len(data), MAX_UNPACKED_BYTES)
    parts: dict[str, Any] = {}
    for name in (_MAIN, _STYLES, _CORE):
        if name in names:
            content = _unpack(archive, name, budget, len(data))
            budget -= len(content)
            parts[name] = _parse(name, content)
    titles = _title_styles(parts.get(_STYLES))
    body = parts[_MAIN].find(_W + "body")
    if body is None:
        raise Unreadable(f"no docx document: {_MAIN} has no body")
    hidden: list[str] = []
    blocks = [*_blocks(body, titles, hidden)]
    core = parts.get(_CORE)
    title = next((text for kind, text in blocks if kind == "title"), "") or _property(core, _DC + "title")
    left = [what for name, what in _LEFT_OUT.items() if name in names]
    left += [f"hidden runs: {len(hidden)}"] * bool(hidden)
    note = f"left out: {', '.join(left)}" if left else ""
    author, created = _property(core, _DC + "creator"), _property(core, _DCTERMS + "created")
    return Document(_joined(blocks), " ".join(title.split()), author, created, note)


def _unpack(archive: zipfile.ZipFile, name: str, budget: int, size: int) -> bytes:
    try:
        with archive.open(name) as file:
            content = file.read(budget + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as problem:
        raise Unreadable(f"damaged docx: {name} cannot be unpacked ({problem})") from problem
    except RuntimeError as problem:  # the zipfile module says so of a password alone
        raise Unreadable(f"a locked docx: {problem}") from problem
    if len(content) > budget:
        raise Unreadable(too_much(size, budget))
    return content


def _parse(name: str, content: bytes) -> Any:
    """Parse a part; no entity is resolved, no reference followed, and a part that declares any is refused."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    strict = _W[1:-1].encode()
    try:
        root = etree.fromstring(content.replace(_STRICT, strict), parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable(f"damaged docx: {name} is not XML ({problem.msg})") from problem
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"{name} declares a document type, which no docx document does; entities are not read")
    return root


def _title_styles(styles: Any) -> set[str]:
    """The ids of the style Title, which are translated, unlike its name."""
    found = {"Title"}
    for style in () if styles is None else styles.iter(_W + "style"):
        name = style.find(_W + "name")
        if name is not None and name.get(_W + "val", "").lower() == "title":
            found.add(style.get(_W + "styleId", ""))
    return found


def _blocks(element: Any, titles: set[str], hidden: list[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each paragraph, list item and table that has text."""
    for child in element:
        if child.tag == _W + "p":
            text = _text(child, hidden).strip()
            style, numbered = child.find(f"{_W}pPr/{_W}pStyle"), child.find(f"{_W}pPr/{_W}numPr")
            if text:
                named = "" if style is None else style.get(_W + "val", "")
                yield ("title" if named in titles else "paragraph" if numbered is None else "item"), text
        elif child.tag == _W + "tbl":
            rows = _nearest(child, _W + "tr")
            cells = ([" ".join(_text(cell, hidden).split()) for cell in _nearest(row, _W + "tc")] for row in rows)
            if lines := [" | ".join(row) for row in cells if any(row)]:
                yield "table", "\n".join(lines)
        elif child.tag not in _PASSED:
            yield from _blocks(child, titles, hidden)


def _nearest(element: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag within another, but not those within these: a table may stand in a cell."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _PASSED:
            yield from _nearest(child, tag)


def _text(element: Any, hidden: list[str]) -> str:
    pieces: list[str] = []
    waiting = [*reversed(element)]
    while waiting:
        child = waiting.pop()
        if child.tag == _W + "t":
            pieces.append(child.text or "")
        elif child.tag in _AS:
            pieces.append(_AS[child.tag])
        elif child.tag == _W + "r" and _is_hidden(child):
            hidden.append(child.tag)
        elif child.tag not in _PASSED:
            waiting += reversed(child)
            if child.tag == _W + "p":  # a paragraph within: in a cell, a text box
                pieces.append("\n")
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val", "true") not in ("0", "false", "off")


def _joined(blocks: list[tuple[str, str]]) -> str:
    text = ""
    before = ""
    for kind, block in blocks:
        text += "" if not text else "\n" if kind == before == "item" else "\n\n"
        text += f"- {block}" if kind == "item" else block
        before = kind
    return text


def _property(core: Any, name: str) -> str:
    found = None if core is None else core.find(name)
    return "" if found is None else " ".join("".join(found.itertext()).split())
