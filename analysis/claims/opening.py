"""The opening and closing lines of every summary: what was compared, with what, and what it cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.attribution.engines import engine_name
from analysis.claims.cells import Tables, cell, listed, parameter, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section, Span, Word
from analysis.claims.corrections import state_corrections
from analysis.claims.event import event_findings
from analysis.names import article_names
from analysis.readability import SMOG_SENTENCES
from analysis.schema import each_article, rows_of
from analysis.sides import foreign_groups

#: As many articles with a note of one kind, or without a headline, are named.
_NOTED = 3
#: What a note limits, and how the summary says so: of one article, and of many.
_WITHHELD = {
    "languages": (
        "Part of {name} is not English, and is measured as if it were.",
        "Part of {n} of {n_articles} articles is not English, and is measured as if it were.",
    ),
    "language": (
        "The text of {name} is not English: readability and attribution are withheld.",
        "{n} of {n_articles} articles are not English: readability and attribution are withheld for them.",
    ),
}
#: The same of notes on short texts: all such articles in one sentence while they are few; of many, how many there are.
_SHORT = {
    "readability": (
        "Readability rests on few words: ", "{n_words_@} in {name_@}",
        "Readability of {n} of {n_articles} articles rests on few words.",
    ),
    "smog_index": (
        "SMOG was normed on {normed} sentences and rests on ", "{n_sentences_@} in {text_@}",
        "SMOG was normed on longer texts than {n} of {n_articles} articles.",
    ),
}  # fmt: skip


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
    _state_coverage(section, tables)
    _state_metadata(section, tables)
    _state_quotations(section, tables)
    state_corrections(section, tables)
    event_findings(section, tables)
    _state_detectable(section, tables)
    section.say(
        "engines and seed",
        "Attribution engine: {engine}. Seed {seed}, {permutations} permutations, {draws} bootstrap draws.",
        {
            "engine": Word(engine_name(str(parameters["attribution"]))),
            **{name: parameter(name, parameters[name]) for name in ("seed", "permutations", "draws")},
        },
    )
    _state_notes(section, tables)
    return section.claims


def _state_coverage(section: Section, tables: Tables) -> None:
    """How many words of each side were searched, and how many set aside."""
    grouped = len(tables["articles"]) > tables["articles"]["group"].nunique()
    regions = tables["regions"][tables["regions"]["kind"] == "boilerplate"]
    what = "{n_words_@} {n_words_@:word|words} ({n_sentences_@} {n_sentences_@:sentence|sentences}) in {name_@}"
    what += " with {n_articles_@} {n_articles_@:article|articles}" if grouped else ""
    rows = [(name, row_cells(tables, "coverage", group=group)) for group, name in sides(tables)]
    searched, parts = listed((what, {"name": name, **cells}) for name, cells in rows)
    removed, _ = listed(("{n_removed_@} in {name_@}", {}) for _ in rows)
    section.say(
        "coverage",
        f"Searched: {searched}; boilerplate set aside: {removed}.",
        parts,
        spans=spans_of(regions) or whole_text(tables),
    )


def _state_metadata(section: Section, tables: Tables) -> None:
    """Which metadata did not come with the texts: once where all lack the same, else side by side."""
    lacking = {name: cell(tables, "coverage", "not_stated", group=group) for group, name in sides(tables)}
    values = {lacked.value for lacked in lacking.values()}
    if values == {""}:
        section.say("metadata", "Outlet, author, date and address are stated for all.", spans=whole_text(tables))
    elif len(values) == 1:
        same = next(iter(lacking.values()))
        section.say("metadata", "Not stated for any text: {fields}.", {"fields": same}, spans=whole_text(tables))
    else:
        text, parts = listed(
            ("{fields_@} for {name_@}" if lacked.value else "nothing for {name_@}", {"name": name, "fields": lacked})
            for name, lacked in lacking.items()
        )
        section.say("metadata", f"Not stated: {text.replace(', ', '; ')}.", parts, spans=whole_text(tables))


def _state_quotations(section: Section, tables: Tables) -> None:
    """How many quotations each side has that no source is found for, where sources were looked for."""
    foreign = foreign_groups(tables["articles"], tables["notes"])
    searched = [side for side in sides(tables) if side[0] not in foreign]
    if section.parameters["attribution"] == "none" or not searched:
        return
    text, parts = listed(
        (
            "{n_unsourced_@} of {n_quotations_@} in {name_@}",
            {"name": name, **row_cells(tables, "coverage", group=group)},
        )
        for group, name in searched
    )
    spans = [span for group, _ in searched for span in whole_text(tables, group)]
    section.say("quotations", f"Quotations without a source: {text}.", parts, spans=spans)


def _state_detectable(section: Section, tables: Tables) -> None:
    """From how many uses a term passes that the others lack; where none could, why."""
    if tables["detectable"]["unit"].isna().all():
        return
    rows = [(name, row_cells(tables, "detectable", group=group)) for group, name in sides(tables)]
    passing = [(name, cells) for name, cells in rows if pd.notna(cells["n_needed"].value)]
    text, parts = listed(
        (
            "{n_@:.0f} in {name_@}" if place else "{n_@:.0f} {n_@:use|uses} in {name_@}",
            {"n": cells["n_needed"], "name": name},
        )
        for place, (name, cells) in enumerate(passing)
    )
    if text:
        unit = str(tables["detectable"]["unit"].iloc[0])
        enough = all(cells["n_needed"].value <= cells["n_units"].value for _, cells in passing)
        spread = "each in its own {unit}" if enough else "evenly spread over the {unit}"
        section.say(
            "smallest detectable difference",
            f"A term absent elsewhere passes the evidence gate from {text}, {spread}.",
            {**parts, "unit": Word(unit if enough else f"{unit}s")},
            spans=whole_text(tables),
        )
    _state_why_none_passes(section, tables, rows)


def _state_why_none_passes(section: Section, tables: Tables, rows: list[tuple[Name, dict[str, Cell]]]) -> None:
    """For which groups no number of uses would pass: nothing to compare, nothing to test, or too little text."""
    missing = [(name, cells) for name, cells in rows if pd.isna(cells["n_needed"].value)]
    n_tested = rows[0][1]["n_tested"].value
    one_sided = [name for name, cells in missing if not (cells["n_words"].value and cells["n_words_elsewhere"].value)]
    others = [name for name, _ in missing if name not in one_sided]
    empty = [name for name, cells in rows if not cells["n_words"].value]
    nothing, empty_parts = listed(("{empty_@}", {"empty": name}) for name in empty)
    for names, template in (
        (one_sided, f"No words of {nothing} were counted: no term could pass the evidence gate for @."),
        ([] if n_tested else others, "No term is used often enough to be tested: none could pass the gate for @."),
        (
            others if n_tested else [],
            "The texts are too short for the evidence gate: no term could pass for @, however often used.",
        ),
    ):
        if names:
            text, parts = listed(("{name_@}", {"name": name}) for name in names)
            section.say(
                "smallest detectable difference",
                template.replace("@", text),
                parts | empty_parts,
                spans=whole_text(tables),
            )


def _state_notes(section: Section, tables: Tables) -> None:
    """What limits a measure: one sentence of each article not in English and one of all short ones; many, summed up."""
    names = article_names(tables["articles"])
    scored = tables["readability"].loc[tables["readability"]["lix"].notna(), "article_id"]
    notes = tables["notes"]
    notes = notes[notes["subject"].isin(["language", "languages"]) | notes["article_id"].isin(scored)]
    templates: list[str] = []
    parts: dict[str, Part] = {}
    short: list[Span] = []
    for subject in (*_WITHHELD, *_SHORT):
        ids = notes.loc[notes["subject"] == subject, "article_id"].tolist()
        texts = [span for span in whole_text(tables) if span[0] in ids]
        if len(ids) > _NOTED:
            counts = {
                "n": Cell(len(ids), "notes", {"subject": subject}, "number of rows"),
                "n_articles": Cell(len(names), "articles", {}, "number of rows"),
            }
            section.say("note", (_WITHHELD | _SHORT)[subject][-1], counts, spans=texts)
        elif subject in _WITHHELD:
            for span in texts:
                section.say("note", _WITHHELD[subject][0], {"name": names[span[0]]}, spans=[span])
        elif texts:
            head, item, _ = _SHORT[subject]
            length, name = ("n_words", "name") if subject == "readability" else ("n_sentences", "text")
            cells = {span[0]: row_cells(tables, "readability", article_id=span[0]) for span in texts}
            text, fields = listed((item, {name: names[one], length: cells[one][length]}) for one in cells)
            templates.append(head + text)
            parts |= fields
            if subject == "smog_index":
                parts["normed"] = parameter("sentences on which SMOG was normed", SMOG_SENTENCES)
            short += [span for span in texts if span not in short]
    if templates:
        section.say("note", f"{'; '.join(templates)}.", parts, spans=short)


def headline_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """How each article opens: its headline, verbatim, one verb for every article.

    Parameters and returns are those of `opening_findings`.
    """
    section = Section("What was compared", "headlines", parameters)
    names = article_names(tables["articles"])
    found = headlines(tables)
    lacking = found.loc[found["headline_start"].isna(), "article_id"].tolist()
    texts = {span[0]: span for span in whole_text(tables) if span[0] in lacking}
    for row in rows_of(found):
        name = names[row.article_id]
        if row.article_id not in lacking:
            start, end = int(row.headline_start), int(row.headline_end)
            quoted = Quotation(row.headline, row.article_id, start, end)
            section.say("headline", "{name} states: {quoted}.", {"name": name, "quoted": quoted})
        elif len(lacking) <= _NOTED:
            spans = [texts[row.article_id]] if row.article_id in texts else []  # a text without a sentence
            section.say("headline", "No headline was found in the text of {name}.", {"name": name}, spans=spans)
    if len(lacking) > _NOTED:
        section.say(
            "headline",
            "No headline was found in {n} of {n_articles} articles.",
            {
                "n": Cell(len(lacking), "sentences", {"kind": "title"}, "articles without"),
                "n_articles": Cell(len(names), "articles", {}, "number of rows"),
            },
            spans=list(texts.values()),
        )
    return section.claims


def headlines(tables: Tables) -> pd.DataFrame:
    """Set the headline and the first sentence of each article side by side.

    The first sentence is the first of a paragraph; bullets before it are no lead.

    Returns
    -------
    DataFrame
        article_id, headline, headline_start, headline_end, lead, lead_start, lead_end; missing where not found.
    """
    rows = []
    for article, own in each_article(tables["articles"], tables["sentences"]):
        row: dict[str, Any] = {"article_id": article.article_id}
        for column, kind in (("headline", "title"), ("lead", "sentence")):
            first = next((sentence for sentence in own if sentence.kind == kind), None)
            start, end = (first.start, first.end) if first else (None, None)
            row |= {column: article.text[start:end] if first else None}
            row |= {f"{column}_start": start, f"{column}_end": end}
        rows.append(row)
    return pd.DataFrame(rows)


def scope_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What the evidence is about, and what was left out on purpose."""
    section = Section("Limits", "scope", parameters)
    unit = tables["detectable"]["unit"].iloc[0]
    parts: dict[str, Part] = {"sentences": Word("sentences")}
    independent = "Tests and intervals take {sentences} for independent."
    if pd.isna(unit):
        independent = "Intervals of shares take {sentences} for independent."
    elif unit != "sentence":
        independent = "Tests take {units} for independent, intervals of shares take {sentences}."
        parts["units"] = Word(f"{unit}s")
    found = "" if section.parameters["attribution"] == "none" else " Some attributions are missed, some spurious."
    section.say(
        "scope",
        "This evidence concerns these texts, not their outlets; these measures, not truth or intent. "
        f"{independent}{found}",
        parts,
        spans=whole_text(tables),
    )
    return section.claims
