"""The opening and closing lines of every summary: what was compared, with what, and what it cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, cell, parameter, row_cells, sides, whole_text
from analysis.claims.claim import Claim, Quotation, Section, Word
from analysis.names import article_names
from analysis.tables import rows_of

#: The measures that a note may withhold, and how the summary says so.
_WITHHELD = {
    "language": "The text of {name} is not English: readability and attribution are withheld.",
    "readability": "Readability in {name} rests on few words: {n_words}.",
    "smog_index": "SMOG was normed on longer texts than {name}: {n_sentences} sentences.",
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
            + "{n_words} words in {n_sentences} "
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
            "{n_quotations:quotation|quotations}, {n_unsourced} without a source; "
            + ("not stated: {not_stated}." if cells["not_stated"].value else "all metadata are stated."),
            {"name": name, **cells},
            spans=whole_text(tables, group),
        )
    section.say(
        "event check",
        "Whether these texts report the same event is not checked; what one lacks is given as not found.",
        spans=whole_text(tables),
    )
    section.say(
        "engines and seed",
        "Attribution engine: {engine}. Syllables: CMUdict, else hyphenation. Seed {seed}, {permutations} permutations, "
        "{draws} bootstrap draws.",
        {
            "engine": Word(str(parameters["attribution"])),
            **{name: parameter(name, parameters[name]) for name in ("seed", "permutations", "draws")},
        },
    )
    _state_notes(section, tables)
    return section.claims


def _state_notes(section: Section, tables: Tables) -> None:
    """One sentence for each note that limits a measure of an article."""
    names = article_names(tables["articles"])
    for note in rows_of(tables["notes"]):
        if note.subject in _WITHHELD:
            section.say(
                "note",
                _WITHHELD[note.subject],
                {
                    "name": names[note.article_id],
                    "n_words": cell(tables, "readability", "n_words", article_id=note.article_id),
                    "n_sentences": cell(tables, "readability", "n_sentences", article_id=note.article_id),
                },
                spans=[span for span in whole_text(tables) if span[0] == note.article_id],
            )


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
            section.say("headline", "No headline was found in {name}.", {"name": name}, spans=spans)
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
        "This evidence concerns these texts, not their outlets, and these measures, not truth or intent. "
        "Some attributions are missed; those found are marked in the texts.",
        spans=whole_text(tables),
    )
    return section.claims
