"""What each sentence of the summary rests on: its cells, its interval and counts, and the passages, verbatim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.claim import Cell, Claim, format_value, look_up
from analysis.names import article_names, group_names
from analysis.show.shown import Anchors, Shown, note, remark, visible
from analysis.show.views import INTERVAL
from analysis.tables import TABLES

#: What each column counts, in the words of the codebook.
_MEANINGS = {table.name: {column.name: column.meaning for column in table.columns} for table in TABLES}


def show_evidence(claims: Sequence[Claim], tables: Tables) -> Shown:
    """Show what the report would say: each claim by its number, and, opened, its cells, interval, counts and passages.

    Cells name groups and articles as all views do; a line above says how the tables call them, if otherwise.

    Parameters
    ----------
    claims : sequence of Claim
    tables : mapping of str to DataFrame
        Those that the claims were made from, or what `keep_excerpts` leaves of them.
    """
    if not claims:
        return remark("There is nothing that the report would say.")
    anchors = Anchors(tables, claims)
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    numbered = list(enumerate(claims, start=1))
    called = _called(tables)
    parts, lines = [Markup('<div class="basis">')], []
    if ids := _ids(claims, called):
        parts.append(note(ids))
        lines.append(ids)
    for heading, section in groupby(numbered, key=lambda one: one[1].section):
        parts.append(Markup("<h4>{}</h4>").format(heading))
        lines.append(heading)
        for number, claim in section:
            cells, figures, passages = _cells(claim, called), _figures(claim, tables), _passages(claim, anchors, texts)
            parts.append(
                Markup("<details><summary>{}. {}</summary>{}{}{}</details>").format(
                    number, claim.text,
                    _listed("Cells", [Markup("{} <code>{}</code>").format(*cell) for cell in cells]),
                    _listed("Interval and counts", [Markup.escape(figure) for figure in figures]),
                    _listed("Passages", [
                        Markup('<a href="#{}">{}</a>{}').format(anchor, label, f": {quoted}" if quoted else "")
                        for anchor, label, quoted in passages
                    ]),
                )
            )  # fmt: skip
            lines.append(f"{number}. {claim.text}")
            lines += [f"   {value} = {place}" for value, place in cells]
            lines += [f"   {figure}" for figure in figures]
            lines += [
                "   " + " ".join(f"{label}: {quoted}".split() if quoted else [label]) for _, label, quoted in passages
            ]
    parts.append(Markup("</div>"))
    return Shown(str(Markup("").join(parts)), "\n".join(lines))


def _listed(heading: str, items: Sequence[Markup]) -> Markup:
    if not items:
        return Markup("")
    return Markup("<p>{}</p><ul><li>{}</li></ul>").format(heading, Markup("</li><li>").join(items))


def _called(tables: Tables) -> dict[str, dict[str, str]]:
    """How each group and article is called, by the columns that hold their ids."""
    articles = {article_id: name.value for article_id, name in article_names(tables["articles"]).items()}
    return {"group": group_names(tables["articles"]), "article_id": articles, "other_id": articles}


def _ids(claims: Sequence[Claim], called: Mapping[str, Mapping[str, str]]) -> str:
    """Say by which ids the tables know what the cells name otherwise."""
    found: dict[str, None] = {}
    for _, cell in (each for claim in claims for each in _cited(claim)):
        for column, held in cell.key.items():
            if (name := called.get(column, {}).get(str(held), str(held))) != str(held):
                found[f"{visible(name)} is {visible(str(held))}"] = None
    return f"In the tables, {', '.join(found)}." if found else ""


def _cells(claim: Claim, called: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Each value as the sentence has it, and where it stands: table, key, column."""
    return list(dict.fromkeys((visible(written), _place(cell, called)) for written, cell in _cited(claim)))


def _cited(claim: Claim) -> Iterator[tuple[str, Cell]]:
    """The cells of a sentence, each as it is written; a word by its number not."""
    for written, part in claim.pieces:
        if isinstance(part, Cell) and (isinstance(part.value, str) or any(c.isdigit() for c in written)):
            yield written, part


def _place(cell: Cell, called: Mapping[str, Mapping[str, str]]) -> str:
    named = {name: called.get(name, {}).get(str(value), str(value)) for name, value in cell.key.items()}
    key = ", ".join(f"{name} = {visible(value)}" for name, value in named.items())
    return f"{cell.table}[{key}].{cell.column}"


def _figures(claim: Claim, tables: Tables) -> list[str]:
    """The interval of the claim's main value, and the counts in its row; none where it has neither."""
    found = []
    if claim.lower is not None and claim.upper is not None:
        low, high = (_end(cell) for cell in (claim.lower, claim.upper))
        found.append(f"{INTERVAL}: {low} to {high}")
    main = claim.value
    if main is not None and main.key and main.table in tables and set(main.key) <= set(tables[main.table]):
        row = look_up(main.table, tables[main.table], main.key)
        meanings = _MEANINGS.get(main.table, {})
        found += [
            f"{format_value(cell.value)}: {meanings.get(name, name)}"
            for name, cell in row.items()
            if _is_count(name, cell.value)
        ]
    return found


def _is_count(name: str, value: object) -> bool:
    return (name == "n" or name.startswith("n_")) and isinstance(value, int)


def _end(cell: Cell) -> str:
    value = float(cell.value)
    return "open" if abs(value) == float("inf") else "–" if value != value else format_value(value, ".2f")


def _passages(claim: Claim, anchors: Anchors, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each sentence that the claim's spans touch, once: anchor, label, and its words; of a whole text, no words."""
    found: dict[str, tuple[str, str, str]] = {}
    for span in claim.spans:
        if whole := anchors.whole(span):
            found[whole[0]] = (*whole, "")
            continue
        for anchor, label, (article_id, start, end) in anchors.passages(span):
            found[anchor] = (anchor, label, f"“{visible(texts[article_id][start:end])}”")
    return list(found.values())
