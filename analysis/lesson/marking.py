"""Sentences with some stretches marked and told of: what a reader marks on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.lesson.words import passages
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.show.shown import Shown


class Mark(NamedTuple):
    """A stretch of a passage, and what is written under it."""

    article_id: str
    start: int
    end: int
    told: str


def marked_passages(tables: Tables, marks: Iterable[Mark], k: int, telling: str = "") -> Shown:
    """Show the passages in which something is marked, at most k of them, and say how many more there are.

    Where there are more than k, those are shown first that have a mark of which `telling` is told. Of marks that
    overlap, the one that begins first and is longest is shown, and what is told of the others beside it.
    """
    of_article: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        of_article.setdefault(mark.article_id, []).append(mark)
    place_of = place_namer(tables)
    items: list[Markup] = []
    told: list[str] = []
    found = [
        (row, text, own)
        for row, text in passages(tables)
        if (own := [mark for mark in of_article.get(row.article_id, []) if row.start <= mark.start < row.end])
    ]
    ranked = sorted(range(len(found)), key=lambda at: (all(mark.told != telling for mark in found[at][2]), at))
    further = len(found) - k
    for row, text, own in (found[at] for at in sorted(ranked[:k])):
        html, plain = _marked(text, row, own)
        items.append(Markup("<p>{}. {}</p>").format(place_of(row), html))
        told.append(f"{place_of(row)}. {plain}")
    if further > 0:
        last = f"Not shown: {how_many(further, 'further passage')}."
        items.append(Markup("<p>{}</p>").format(last))
        told.append(last)
    return Shown(str(Markup("").join(items)), "\n".join(told))


def place_namer(tables: Tables) -> Callable[[Any], str]:
    """What says of a row which sentence it is of: its number, where there are several articles after the name."""
    names = article_names(tables["articles"])
    return lambda row: f"{names[row.article_id].value} {row.sentence}" if len(names) > 1 else str(row.sentence)


def _marked(text: str, row: Any, marks: Sequence[Mark]) -> tuple[Markup, str]:
    shown: list[tuple[int, int, list[str]]] = []
    for mark in marks:
        if shown and mark.start < shown[-1][1]:
            shown[-1][2].append(mark.told)
        else:
            shown.append((mark.start, min(mark.end, row.end), [mark.told]))
    html, plain, at = Markup(""), "", row.start
    for start, end, notes in shown:
        said = "; ".join(dict.fromkeys(notes))
        html += Markup("{}<b>{}</b> <sub>{}</sub>").format(text[at:start], text[start:end], said)
        plain += f"{text[at:start]}[{text[start:end]}: {said}]"
        at = end
    return html + Markup.escape(text[at : row.end]), " ".join((plain + text[at : row.end]).split())
