"""The opening and closing lines of every summary: what was compared, with what, and what it cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, cell, listed, parameter, row_cells, sides, whole_text
from analysis.claims.claim import Cell, Claim, Quotation, Section, Word
from analysis.names import article_names
from analysis.schema import rows_of

#: As many articles with a note of one kind are named.
_NOTED = 3
#: What a note limits, and how the summary says so: of one article, and of many.
_WITHHELD = {
    "language": (
        "The text of {name} is not English: readability and attribution are withheld.",
        "{n} of {n_articles} articles are not English: readability and attribution are withheld for them.",
    ),
    "readability": (
        "Readability of {name} rests on few words: {n_words}.",
        "Readability of {n} of {n_articles} articles rests on few words.",
    ),
    "smog_index": (
        "SMOG was normed on longer texts than {name}: {n_sentences} {n_sentences:sentence|sentences}.",
        "SMOG was normed on longer texts than {n} of {n_articles} articles.",
    ),
}


def opening_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What was compared: length, what was removed, missing metadata, quotation marks, engines, seed, event check.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    parameters : mapping
        The run's settings.

    Returns
    -------
    list of Claim
    """
    section = Section("What was compared", "opening", parameters)
    grouped = len(tables["articles"]) > tables["articles"]["group"].nunique()
    for group, name in sides(tables):
        cells = row_cells(tables, "coverage", group=group)
        removed = [
            (row.article_id, row.start, row.end)
            for row in rows_of(tables["regions"].merge(tables["articles"][["article_id", "group"]], on="article_id"))
            if row.kind == "boilerplate" and row.group == group
        ]
        section.say(
            "coverage",
            "{name}: "
            + ("{n_articles} {n_articles:article|articles}, " if grouped else "")
            + "{n_words} {n_words:word|words} with headings, {n_sentences} "
            "{n_sentences:sentence|sentences}; {n_removed} {n_removed:word|words} set aside as boilerplate (page "
            "furniture {n_chrome}, teasers {n_teaser}, share lines {n_share}, captions {n_caption}, source lists "
            "{n_sources}).",
            {"name": name, **cells},
            main="n_words",
            spans=removed,
        )
    for group, name in sides(tables):
        cells = row_cells(tables, "coverage", group=group)
        section.say(
            "metadata and quotation marks",
            "{name}: {n_marks} quotation {n_marks:mark|marks}, {n_paired} paired; {n_quotations} "
            "{n_quotations:quotation|quotations}, {n_unsourced} unsourced; "
            + ("not stated: {not_stated}." if cells["not_stated"].value else "all metadata are stated."),
            {"name": name, **cells},
            spans=whole_text(tables, group),
        )
    needed = [(name, cell(tables, "detectable", "n_needed", group=group)) for group, name in sides(tables)]
    text, parts = listed(
        ("{n_@:.0f} {n_@:use|uses} in {name_@}", {"n": n, "name": name}) for name, n in needed if pd.notna(n.value)
    )
    if text:
        section.say(
            "smallest detectable difference",
            f"A term not used elsewhere passes the evidence gate from {text}.",
            parts,
            spans=whole_text(tables),
        )
    section.say(
        "event check",
        "Whether they report the same event is not checked; what one lacks is given as not found.",
        spans=whole_text(tables),
    )
    section.say(
        "engines and seed",
        "Attribution engine: {engine}. Seed {seed}, {permutations} permutations, {draws} bootstrap draws.",
        {
            "engine": Word(str(parameters["attribution"])),
            **{name: parameter(name, parameters[name]) for name in ("seed", "permutations", "draws")},
        },
    )
    _state_notes(section, tables)
    return section.claims


def _state_notes(section: Section, tables: Tables) -> None:
    """One sentence for each kind of note that limits a measure: of each article while they are few, else summed up."""
    names = article_names(tables["articles"])
    scored = tables["readability"].loc[tables["readability"]["lix"].notna(), "article_id"]
    notes = tables["notes"]
    notes = notes[(notes["subject"] == "language") | notes["article_id"].isin(scored)]
    for subject, (one, many) in _WITHHELD.items():
        ids = notes.loc[notes["subject"] == subject, "article_id"].tolist()
        texts = [span for span in whole_text(tables) if span[0] in ids]
        if len(ids) > _NOTED:
            counts = {
                "n": Cell(len(ids), "notes", {"subject": subject}, "number of rows"),
                "n_articles": Cell(len(names), "articles", {}, "number of rows"),
            }
            section.say("note", many, counts, spans=texts)
            continue
        for article_id, span in zip(ids, texts, strict=False):
            cells = row_cells(tables, "readability", article_id=article_id)
            section.say("note", one, {"name": names[article_id], **cells}, spans=[span])


def headline_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """How each article opens: its headline, verbatim, one verb for every article.

    Parameters and returns are those of `opening_findings`.
    """
    section = Section("How they open", "openings", parameters)
    names = article_names(tables["articles"])
    for row in rows_of(headlines(tables)):
        name = names[row.article_id]
        if pd.isna(row.headline_start):
            spans = [span for span in whole_text(tables) if span[0] == row.article_id]
            section.say("headline", "No headline was found in the text of {name}.", {"name": name}, spans=spans)
        else:
            start, end = int(row.headline_start), int(row.headline_end)
            quoted = Quotation(row.headline, row.article_id, start, end)
            section.say("headline", "{name} states as its headline: {quoted}.", {"name": name, "quoted": quoted})
    return section.claims


def headlines(tables: Tables) -> pd.DataFrame:
    """Set the headline and the first sentence of each article side by side.

    The first sentence is the first of a paragraph; bullets before it are no lead.

    Returns
    -------
    DataFrame
        article_id, headline, headline_start, headline_end, lead, lead_start, lead_end; missing where not found.
    """
    texts = tables["articles"].set_index("article_id")["text"]
    rows = []
    for article_id in tables["articles"]["article_id"]:
        own = tables["sentences"][tables["sentences"]["article_id"] == article_id]
        row: dict[str, Any] = {"article_id": article_id}
        for column, kind in (("headline", "title"), ("lead", "sentence")):
            first = own[own["kind"] == kind].head(1)
            start, end = (first["start"].iloc[0], first["end"].iloc[0]) if len(first) else (None, None)
            row |= {column: texts[article_id][start:end] if len(first) else None}
            row |= {f"{column}_start": start, f"{column}_end": end}
        rows.append(row)
    return pd.DataFrame(rows)


def scope_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What the evidence is about, and what was left out on purpose."""
    section = Section("What this cannot show", "scope", parameters)
    section.say(
        "scope",
        "This evidence concerns these texts, not their outlets, and these measures, not truth or intent."
        + ("" if parameters["attribution"] == "none" else " Some attributions are missed; those found are marked."),
        spans=whole_text(tables),
    )
    return section.claims
