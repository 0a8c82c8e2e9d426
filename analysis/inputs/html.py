"""The article of an HTML page: what a reader sees of it, without the page around it."""

from __future__ import annotations

import logging
import re
from itertools import groupby
from typing import Any, NamedTuple

from analysis.inputs.trouble import Unreadable

_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NEVER_SHOWN = {"script", "style", "template", "noscript", "textarea", "svg", "iframe", "object"}


class Page(NamedTuple):
    """The article of an HTML page, with a remark on what was left out and a warning if the page is broken."""

    title: str
    text: str
    note: str
    warning: str


def read_html(source: str) -> Page:
    """Extract the article of a page: its title, a blank line, its paragraphs with blank lines between.

    What the page hides (`hidden`, `display: none`, `visibility: hidden`), scripts and comments are left out;
    hiding by a style sheet is not seen. No address in the page is ever followed.

    Raises
    ------
    Unreadable
        There is no article text in the page.
    """
    # Imported here: the two take longer to load than all text files of a small run take to read.
    from lxml import etree, html
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said by the ledger
    nothing = "no article text was found in this page"
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(source.encode(), parser=parser)
    except etree.ParserError as problem:
        raise Unreadable(nothing) from problem
    if page.find("body") is None:
        raise Unreadable(nothing)
    broken = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    hidden = _drop_hidden(page)
    words = sum(len(_WORD.findall(piece)) for piece in page.body.itertext())
    title = _title(page)
    lines = [line.strip() for line in (extract(page, include_comments=False) or "").split("\n") if line.strip()]
    kept = sum(len(_WORD.findall(line)) for line in lines)
    if title in lines[:3]:
        lines.remove(title)
    if not lines:
        raise Unreadable(nothing)
    runs = groupby(enumerate(lines), key=lambda line: line[1][:2] if line[1][:2] in ("- ", "| ") else line[0])
    blocks = ["\n".join(line for _, line in run) for _, run in runs]  # a list, a table or one paragraph
    note = f"extraction kept {kept} of about {words} words; hidden elements left out: {hidden}"
    warning = f"broken page, what follows line {broken.line} may be lost ({broken.message})" if broken else ""
    return Page(title, "\n\n".join(([title] if title else []) + blocks), note, warning)


def _drop_hidden(page: Any) -> int:
    """Take what a browser would not show out of a page; return how many hidden elements there were."""
    hidden = 0
    for element in list(page.iterdescendants()):
        styled = _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None
        if element.tag in _NEVER_SHOWN or (styled and element.tag != "body"):
            hidden += element.tag not in _NEVER_SHOWN
            element.drop_tree()
    return hidden


def _title(page: Any) -> str:
    """Return the headline as the page shows it, else as it declares it."""
    headings = [" ".join(heading.text_content().split()) for heading in page.iter("h1", "h2")]
    main = [" ".join(heading.text_content().split()) for heading in page.iter("h1")]
    declared = " ".join(next(iter(page.xpath("//meta[@property='og:title']/@content")), "").split())
    if declared in headings or len(main) != 1:
        main = [declared or " ".join(page.findtext(".//title", "").split())]
    return main[0]
