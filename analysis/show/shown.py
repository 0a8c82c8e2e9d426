"""What the notebooks show: small objects that a notebook, a report and a terminal can all display.

Every string of an article or file name is escaped here, where it becomes HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.claim import Actor, Claim, Name, Quotation, Span, format_value
from analysis.names import article_names
from analysis.rows import RowsByArticle
from analysis.show.style import styled
from analysis.stretches import Stretches
from analysis.withheld import PLACEHOLDER

#: As many links are shown beside a claim; more are folded away.
_LINKS_SHOWN = 4
#: Characters of a cell that is kept on one line, and of one that needs room.
_SHORT, _LONG = 14, 60
#: Words of a long cell that are its link; the rest is read as text.
_LINKED = 3
_HIDDEN = re.compile(rf"\s*{PLACEHOLDER}[{PLACEHOLDER}\s]*")


@dataclass(frozen=True)
class Shown:
    """Something to display: HTML for a page, text for a terminal; a notebook gets the HTML with its style."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return styled(self.html)

    def __repr__(self) -> str:
        return self.text


def note(text: str) -> Markup:
    """A remark in prose, where there is nothing to show or more to say."""
    return Markup('<p class="none">{}</p>').format(text)


def remark(text: str) -> Shown:
    """A remark that stands by itself."""
    return Shown(str(note(text)), text)


def joined(parts: Sequence[Shown]) -> Shown:
    """Several things, one after the other."""
    return Shown("".join(part.html for part in parts), "\n\n".join(part.text for part in parts))


def visible(text: str) -> str:
    """Return what of a text may be read: what was kept out stands as "[not shown]".

    Examples
    --------
    >>> visible("Ann ██ ███ said"), visible(" It rains. ")
    ('Ann [not shown] said', 'It rains.')
    """
    return _HIDDEN.sub(" [not shown] ", text).strip()


class Anchors:
    """Where each stretch of each article stands in the page, and which claims point to it.

    `whole` says whether the page shows whole articles: there, a span that covers one leads to its beginning.
    """

    def __init__(self, tables: Tables, claims: Sequence[Claim] = (), *, whole: bool = True) -> None:
        self._numbers = {
            article_id: place for place, article_id in enumerate(tables["articles"]["article_id"], start=1)
        }
        self._names = article_names(tables["articles"])
        removed = tables["regions"][tables["regions"]["kind"] == "boilerplate"]
        self._sentences = RowsByArticle(tables["sentences"], ("sentence", "start", "end"))
        self._removed = RowsByArticle(removed, ("start", "end"))
        self._whole = whole
        # What is known of an article, once something leads to it: its sentences, and what was removed.
        self._rows: dict[str, tuple[Stretches[Any], Stretches[Any]]] = {}
        self.cited: dict[str, list[tuple[int, str]]] = {}
        for number, claim in enumerate(claims, start=1):
            for anchor in self._found(claim.spans):
                self.cited.setdefault(anchor, []).append((number, claim.id))

    def at(self, article_id: str, place: str) -> str:
        """The anchor of a sentence (`s` and its number) or removed stretch (`r` and its start)."""
        return f"a{self._numbers[article_id]}-{place}"

    def label(self, article_id: str, sentence: int) -> str:
        """What a link to a sentence is called: the article's name and the sentence's number."""
        return f"{self._names[article_id].value} {sentence}"

    def of(self, span: Span) -> list[tuple[str, str]]:
        """The anchors that a span touches, each with a label: the article's name and the sentence's number."""
        return [(anchor, label) for anchor, label, _ in self.passages(span)]

    def passages(self, span: Span) -> list[tuple[str, str, Span]]:
        """The sentences and removed stretches that a span touches: anchor, label, and where each stands."""
        article_id, start, end = span
        name = self._names[article_id].value
        sentences, removed = (stretches.touching(start, end) for stretches in self._stretches(article_id))
        return [
            *(
                (
                    self.at(article_id, f"s{row.sentence}"),
                    self.label(article_id, row.sentence),
                    (article_id, row.start, row.end),
                )
                for row in sentences
            ),
            *(
                (self.at(article_id, f"r{row.start}"), f"{name} removed", (article_id, row.start, row.end))
                for row in removed
            ),
        ]

    def whole(self, span: Span) -> tuple[str, str] | None:
        """The anchor and label of a text, if the span covers all of it."""
        article_id, start, end = span
        if not self._whole or (start, end) != self._stretches(article_id)[0].extent:
            return None
        return self.at(article_id, "text"), f"{self._names[article_id].value}, whole text"

    def first(self, article_id: str, start: float, end: float) -> str | None:
        """The first anchor that a stretch touches, if any."""
        return next((anchor for anchor, _ in self.of((article_id, int(start), int(end)))), None)

    def _stretches(self, article_id: str) -> tuple[Stretches[Any], Stretches[Any]]:
        """The sentences of an article, and what was removed from it."""
        if article_id not in self._rows:
            self._rows[article_id] = (Stretches(self._sentences[article_id]), Stretches(self._removed[article_id]))
        return self._rows[article_id]

    def _found(self, spans: Sequence[Span]) -> dict[str, str]:
        """Anchor to label of all that these spans touch; a span that covers a text leads to the text itself."""
        found: dict[str, str] = {}
        for span in spans:
            whole = self.whole(span)
            found |= dict([whole] if whole else self.of(span))
        return found

    def links(self, spans: Sequence[Span]) -> Markup:
        """Link to every sentence that these spans touch, each once."""
        links = [_link(label, anchor) for anchor, label in self._found(spans).items()]
        if not links:
            return Markup("")
        if len(links) <= _LINKS_SHOWN:
            return Markup('<span class="evidence">{}</span>').format(Markup(" ").join(links))
        return Markup('<details class="evidence"><summary>{} passages</summary>{}</details>').format(
            len(links), Markup(" ").join(links)
        )


def show_claims(claims: Sequence[Claim], tables: Tables, *, whole: bool = True) -> Shown:
    """Show the summary: every sentence numbered, with links to the passages behind it; `whole` as in `Anchors`."""
    anchors = Anchors(tables, claims, whole=whole)
    numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
    parts = [Markup('<div class="summary">')]
    for heading, section in groupby(claims, key=lambda claim: claim.section):
        own = list(section)
        parts.append(Markup('<h3>{}</h3><ol class="claims" start="{}">').format(heading, numbers[own[0].id]))
        for claim in own:
            item = Markup('<li id="claim-{}"><p>{}</p>{}</li>')
            parts.append(item.format(claim.id, _sentence(claim), anchors.links(claim.spans)))
        parts.append(Markup("</ol>"))
    parts.append(Markup("</div>"))
    text = "\n".join(f"{number}. {claim.text}" for number, claim in enumerate(claims, start=1))
    return Shown(str(Markup("").join(parts)), text)


def _sentence(claim: Claim) -> Markup:
    """A claim's sentence; names of texts stand out, and neither they nor a quotation turn the direction of the line."""
    parts = []
    for piece, part in claim.pieces:
        pattern = '<bdi class="name">{}</bdi>' if isinstance(part, Name) else "<bdi>{}</bdi>"
        marked = isinstance(part, Name | Actor | Quotation)
        parts.append(Markup(pattern).format(piece) if marked else Markup.escape(piece))
    return Markup("").join(parts)


def show_table(
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    caption: str,
    formats: Mapping[str, str] | None = None,
    links: Mapping[str, Sequence[str | None]] | None = None,
) -> Shown:
    """Show chosen columns of a table.

    Parameters
    ----------
    rows : DataFrame
    columns : mapping of str to str
        The columns shown, in order, with their headings.
    caption : str
    formats : mapping of str to str, optional
        How numbers of a column are written, as in `format_value`.
    links : mapping of str to sequence of str or None, optional
        For a column, the anchor that each of its cells leads to.
    """
    formats, links = formats or {}, links or {}
    numeric = {name for name in columns if pd.api.types.is_numeric_dtype(rows[name]) and rows[name].dtype != bool}
    body = [[_cell(row[name], formats.get(name, "")) for name in columns] for row in rows.to_dict("records")]
    linked = [
        [
            _leading(text, links[name][place] if name in links else None)
            for name, text in zip(columns, cells, strict=True)
        ]
        for place, cells in enumerate(body)
    ]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="number"') if name in numeric else "", label)
        for name, label in columns.items()
    )
    lines = [
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup(
                    '<th scope="row">{}</th>'
                    if place == 0
                    else '<td class="number">{}</td>'
                    if name in numeric
                    else f'<td class="{_width(plain)}">{{}}</td>'
                ).format(text)
                for place, (name, text, plain) in enumerate(zip(columns, cells, plains, strict=True))
            )
        )
        for cells, plains in zip(linked, body, strict=True)
    ]
    if not lines:
        return remark(f"{caption}: none.")
    plain = pd.DataFrame(body, columns=list(columns.values()))
    return Shown(str(framed(caption, head, lines)), f"{caption}\n{plain.to_string(index=False)}")


def framed(caption: str, head: Markup, lines: Sequence[Markup]) -> Markup:
    """Set the cells of the head and the lines of a table in its frame, which scrolls where the page is narrow."""
    return Markup(
        '<div class="table" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    ).format(caption=caption, head=head, rows=Markup("").join(lines))


def _width(text: str) -> str:
    """How a cell is set: short ones on one line, long ones with room to read."""
    return "short" if len(text) <= _SHORT else "long" if len(text) > _LONG else "plain"


def _link(text: str, anchor: str | None) -> str | Markup:
    return text if anchor is None else Markup('<a href="#{}">{}</a>').format(anchor, text)


def _leading(text: str, anchor: str | None) -> str | Markup:
    """A cell that leads to an anchor, a long one by its first words."""
    rest = text.split(maxsplit=_LINKED)[_LINKED:] if len(text) > _LONG else []
    first = text.removesuffix(rest[0]).rstrip() if rest else text
    return Markup("{}{}").format(_link(first, anchor), text[len(first) :])


def _cell(value: Any, spec: str) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and abs(value) == float("inf"):
        return "open"
    return visible(format_value(value, spec))
