"""Claims about attribution: who is given a voice. Counts carry no comparative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.attribution.counts import attributed_sentences
from analysis.claims.cells import Tables, cell, listed, parameter, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section, Span
from analysis.evidence import LEVEL
from analysis.schema import rows_of
from analysis.tables import BODY_KINDS

#: How many sources are named for each side, at most.
SOURCES_NAMED = 1
#: The categories that the summary states; the others stand in the chart and its table.
STATED = {
    "direct": ("kind", "direct"),
    "named": ("source_type", "named person"),
    "anonymous": ("source_type", "anonymous"),
    "endorsing": ("cue_class", "endorsing"),
    "distancing": ("cue_class", "distancing"),
}
#: Pronouns are not resolved, so that they are nobody's name.
_PRONOUNS = ("he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "these", "those")


def attribution_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """Who is given a voice: statements by kind, source type and cue class, and the sources given most words.

    Counts carry no comparative. Parameters and returns are those of `term_findings`.
    """
    section = Section("Voices", "voice", parameters)
    if parameters.get("attribution") == "none":
        section.say("attribution", "Attributions were not looked for: attributed text counts as that of the author.")
        return section.claims
    level = parameter("level", LEVEL)
    notes = tables["notes"]
    foreign = notes.loc[notes["subject"] == "language", "article_id"]
    withheld = set(tables["articles"].loc[tables["articles"]["article_id"].isin(foreign), "group"])
    for group, name in sides(tables):
        if group in withheld:
            section.say(
                "attributions",
                "Attributions were not looked for in {name}: not all of its text is English.",
                {"name": name},
                spans=whole_text(tables, group),
            )
    read = [(group, name) for group, name in sides(tables) if group not in withheld]
    _state_sentences(section, tables, read, level)
    for group, name in read:
        _state_categories(section, tables, group, name)
    _state_sources(section, tables, read)
    return section.claims


def _state_sentences(section: Section, tables: Tables, read: list[tuple[str, Name]], level: Cell) -> None:
    """In how many of its sentences each side carries a statement."""
    items: list[tuple[str, dict[str, Part]]] = []
    spans: list[Span] = []
    for group, name in read:
        carried = row_cells(tables, "attribution_counts", group=group, dimension="sentences", category="attributed")
        if not carried["n_total"].value:
            section.say("attributions", "{name} has no sentence that could carry a statement.", {"name": name})
            continue
        interval = "interval " if not items else ""
        interval = f"{{level:%}} % {interval}" if interval else ""
        items.append(
            (
                "{n_@} of {n_total_@} in {name_@} ({share_@:%}\u00a0%, " + interval + "{lower_@:%} to {upper_@:%})",
                {"name": name, **carried},
            )
        )
        spans += _statement_spans(tables, group)
    if items:
        text, parts = listed(items)
        section.say(
            "sentences that carry a statement",
            f"Sentences with a statement by others: {text}.",
            {"level": level, **parts},
            spans=spans or whole_text(tables),
        )


def _state_categories(section: Section, tables: Tables, group: str, name: Name) -> None:
    """How many statements of a side fall into the categories that are stated; the same fields for each side."""
    parts: dict[str, Part] = {
        field: cell(tables, "attribution_counts", "n", group=group, dimension=dimension, category=category)
        for field, (dimension, category) in STATED.items()
    }
    total = cell(tables, "coverage", "n_statements", group=group)
    section.say(
        "statements by kind, source and cue",
        "No statement by others was found in {name}."
        if not total.value
        else "Of {all} {all:statement|statements} in {name}, {direct} {direct:is|are} direct; {named} "
        "{named:comes|come} from named persons, {anonymous} from anonymous sources; {endorsing} "
        "{endorsing:cue endorses|cues endorse}, {distancing} {distancing:distances|distance}.",
        {"name": name, "all": total, **parts},
        main="all",
        spans=_statement_spans(tables, group) or whole_text(tables, group),
    )


def _statement_spans(tables: Tables, group: str) -> list[Span]:
    """The sentences of a group that carry a statement."""
    ids = tables["articles"].loc[tables["articles"]["group"] == group, "article_id"]
    attributions = tables["attributions"]
    own = attributions[attributions["article_id"].isin(ids) & (attributions["act"] == "statement")]
    body = tables["sentences"][tables["sentences"]["kind"].isin(BODY_KINDS)]
    return spans_of(attributed_sentences(body, own, tables["spans"]))


def _state_sources(section: Section, tables: Tables, read: list[tuple[str, Name]]) -> None:
    """Which source each side gives most words; pronouns are nobody's name."""
    items: list[tuple[str, dict[str, Part]]] = []
    behind: list[Span] = []
    for group, name in read:
        ranked = tables["sources"][tables["sources"]["group"] == group]
        ranked = ranked[~ranked["source"].str.casefold().isin(_PRONOUNS)].head(SOURCES_NAMED)
        for row in rows_of(ranked):
            places = _source_places(tables, group, row.source)
            first = places.iloc[0]
            texts = tables["articles"].set_index("article_id")["text"]
            start, end = int(first["start"]), int(first["end"])
            quoted = Quotation(str(texts[first["article_id"]])[start:end], str(first["article_id"]), start, end)
            key = {"group": group, "source": row.source, "source_type": row.source_type}
            n_words = cell(tables, "sources", "n_words", **key)
            items.append(("{source_@} ({n_@}) in {name_@}", {"source": quoted, "n": n_words, "name": name}))
            behind += spans_of(places)
        if ranked.empty:
            items.append(("none found in {name_@}", {"name": name}))
    if items:
        text, parts = listed(items)
        section.say("words given to sources", f"Given most words: {text}.", parts, spans=behind or whole_text(tables))


def _source_places(tables: Tables, group: str, source: str) -> pd.DataFrame:
    """Where a source of a group is written, with a statement: rows of SPANS."""
    ids = tables["articles"].loc[tables["articles"]["group"] == group, "article_id"]
    own = tables["attributions"]
    own = own[own["article_id"].isin(ids) & (own["act"] == "statement")]
    own = own[own["source"].str.split().str.join(" ").str.casefold() == source.casefold()]
    spans = tables["spans"][tables["spans"]["role"] == "source"]
    return spans.merge(own[["article_id", "attribution"]], on=["article_id", "attribution"])
