"""Claims about attribution: who is given a voice. Counts carry no comparative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.attribution.counts import asserted_statements, attributed_sentences
from analysis.attribution.given import statements_by_source
from analysis.claims.cells import Tables, cell, listed, parameter, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section, Span
from analysis.evidence import LEVEL
from analysis.schema import rows_of
from analysis.sides import foreign_groups
from analysis.tables import BODY_KINDS

#: How many sources that are given as many words are named for each side, at most; of more, one and how many others.
SOURCES_NAMED = 2
_FIELDS = ("source", "other")
#: The categories that the summary states; the others stand in the chart and its table.
CATEGORIES_STATED = {
    "direct": ("kind", "direct"),
    "named": ("source_type", "named person"),
    "anonymous": ("source_type", "anonymous"),
    "nobody": ("source_type", "none"),
    "endorsing": ("cue_class", "endorsing"),
    "distancing": ("cue_class", "distancing"),
}
#: Pronouns that stand for no certain name are nobody's.
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
    withheld = foreign_groups(tables["articles"], tables["notes"])
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
        interval = "" if items else "{level:%} % interval "
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
            f"Sentences with statements: {text}.",
            {"level": level, **parts},
            spans=spans or whole_text(tables),
        )


def _state_categories(section: Section, tables: Tables, group: str, name: Name) -> None:
    """How many statements a side has, with the doubtful attributions and without, and how many of which category."""
    parts: dict[str, Part] = {
        field: cell(tables, "attribution_counts", "n", group=group, dimension=dimension, category=category)
        for field, (dimension, category) in CATEGORIES_STATED.items()
    }
    coverage = row_cells(tables, "coverage", group=group)
    section.say(
        "statements by kind, source and cue",
        "No statement by others was found in {name}."
        if not coverage["n_statements"].value
        else "{name} has {all} {all:statement|statements}, {sure} not doubtful: {direct} direct; "
        "{named} by named persons, {anonymous} anonymous, {nobody} by pronouns or nobody; "
        "{endorsing} endorsing {endorsing:cue|cues}, {distancing} distancing.",
        {"name": name, "all": coverage["n_statements"], "sure": coverage["n_statements_sure"], **parts},
        main="all",
        spans=_statement_spans(tables, group) or whole_text(tables, group),
    )


def _statement_spans(tables: Tables, group: str) -> list[Span]:
    """The sentences of a group that carry a statement."""
    ids = tables["articles"].loc[tables["articles"]["group"] == group, "article_id"]
    made = asserted_statements(tables["attributions"])
    own = made[made["article_id"].isin(ids)]
    body = tables["sentences"][tables["sentences"]["kind"].isin(BODY_KINDS)]
    return spans_of(attributed_sentences(body, own, tables["spans"]))


def _state_sources(section: Section, tables: Tables, read: list[tuple[str, Name]]) -> None:
    """Which source each side gives most words, with those that it gives as many; pronouns are nobody's name."""
    items: list[tuple[str, dict[str, Part]]] = []
    behind: list[Span] = []
    texts = tables["articles"].set_index("article_id")["text"]
    places = statements_by_source(tables["articles"], tables["attributions"], tables["spans"], tables["labels"])
    for group, name in read:
        ranked = tables["sources"][(tables["sources"]["group"] == group) & (tables["sources"]["n_words"] > 0)]
        pronoun = (ranked["source_type"] == "none") | ranked["source"].str.casefold().isin(_PRONOUNS)
        ranked = ranked[~pronoun]
        most = list(rows_of(ranked[ranked["n_words"] == ranked["n_words"].max()]))
        if not most:
            items.append(("none found in {name_@}", {"name": name}))
            continue
        parts: dict[str, Part] = {"name": name}
        named = most if len(most) <= SOURCES_NAMED else most[:1]
        for field, row in zip(_FIELDS, named, strict=False):
            written = str(texts[row.article_id])[row.start : row.end]
            parts[field] = Quotation(written, str(row.article_id), int(row.start), int(row.end))
        key = {"group": group, "source": most[0].source, "source_type": most[0].source_type}
        parts["n"] = cell(tables, "sources", "n_words", **key)
        text = " and ".join(f"{{{field}_@}}" for field in _FIELDS[: len(named)])
        if len(named) < len(most):
            parts["more"] = Cell(
                len(most) - 1,
                "sources",
                {"group": group, "n_words": int(most[0].n_words)},
                "other sources with as many words",
            )
            text += " and {more_@} others"
        items.append((text + (" ({n_@} each)" if len(most) > 1 else " ({n_@})") + " in {name_@}", parts))
        for row in most:
            own = (places["group"] == group) & (places["source_type"] == row.source_type)
            behind += spans_of(places[own & (places["folded"] == row.source.casefold())])
    if items:
        text, parts = listed(items)
        section.say(
            "words given to sources",
            f"Given most words, pronouns aside: {text}.",
            parts,
            spans=behind or whole_text(tables),
        )
