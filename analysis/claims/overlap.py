"""Claims about what two texts share word for word, which of their numbers agree, and what one of them alone names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, listed, parameter, spans_of, whole_text
from analysis.claims.claim import Cell, Claim, Part, Section, Span
from analysis.claims.pairs import actor_part, count_rows, quote, spans_of_pairs, state_withheld
from analysis.names import article_names
from analysis.overlap.runs import SHINGLE
from analysis.schema import rows_of

#: As many names are given where a list could be long, and as many numbers that differ.
_NAMED, _DIFFERING = 3, 2


def shared_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What the texts share: a section of the summary. Parameters and returns are those of `term_findings`."""
    section = Section("What they share", "shared", parameters)
    overlap_findings(section, tables)
    return section.claims


def overlap_findings(section: Section, tables: Tables) -> None:
    """What the texts share word for word, which numbers agree, and, for one event, which actors one text alone names.

    Parameters are those of `event_findings`.
    """
    checks = tables["event_check"]
    if checks.empty:
        state_withheld(
            section,
            tables,
            "overlap",
            groups="What texts share is looked for in pairs of single articles, not of groups.",
            many="What texts share is looked for among at most {most} articles, two by two.",
        )
        return
    runs, aligned = tables["shared_runs"], tables["aligned"]
    size = parameter("words of a run", SHINGLE)
    if len(checks) > 1:
        section.say(
            "overlap",
            "Of {n_pairs} pairs of texts, {n_runs} {n_runs:shares|share} a run of {size} words or more, and "
            "{n_aligned} {n_aligned:has|have} sentences that say much the same.",
            {
                "n_pairs": count_rows("event_check", checks),
                "size": size,
                "n_runs": Cell(_pairs(runs), "shared_runs", {}, "number of pairs"),
                "n_aligned": Cell(_pairs(aligned), "aligned", {}, "number of pairs"),
            },
            spans=spans_of_pairs(runs) or whole_text(tables),
        )
        return
    if runs.empty and aligned.empty:
        section.say(
            "overlap",
            "No run of {size} words is shared, and no two sentences say much the same.",
            {"size": size},
            spans=whole_text(tables),
        )
        return
    section.say(
        "shared runs",
        "{n_runs} {n_runs:run|runs} of {size} words or more {n_runs:is|are} shared, {n_quoted} of them inside "
        "quotation marks in both; the longest has {longest} words."
        if len(runs)
        else "No run of {size} words is shared.",
        {
            "n_runs": count_rows("shared_runs", runs),
            "n_quoted": count_rows("shared_runs", runs, voice="quoted", other_voice="quoted"),
            "size": size,
            **(
                {"longest": Cell(int(runs["n_words"].iloc[0]), "shared_runs", _key(runs), "n_words")}
                if len(runs)
                else {}
            ),
        },
        main="n_runs",
        spans=spans_of_pairs(runs) or whole_text(tables),
    )
    _state_aligned(section, tables)
    check = next(rows_of(checks))
    if check.verdict == "same":
        for article_id, other_id in ((check.article_id, check.other_id), (check.other_id, check.article_id)):
            _state_absent(section, tables, article_id, other_id)


def _state_aligned(section: Section, tables: Tables) -> None:
    """How many sentences say much the same, how many of their numbers agree, and those that differ side by side."""
    aligned, pairs = tables["aligned"], tables["fact_pairs"]
    if aligned.empty:
        section.say(
            "aligned sentences",
            "No two sentences say much the same.",
            spans=whole_text(tables),
        )
        return
    names = article_names(tables["articles"])
    differing = pairs[pairs["relation"] == "differs"]
    items: list[tuple[str, dict[str, Part]]] = []
    for row in rows_of(differing.head(_DIFFERING)):
        items.append((
            "{one_@} in {name_@} and {other_@} in {other_name_@}",
            {
                "one": quote(tables, row.article_id, row.start, row.end),
                "name": names[row.article_id],
                "other": quote(tables, row.other_id, row.other_start, row.other_end),
                "other_name": names[row.other_id],
            },
        ))  # fmt: skip
    text, parts = listed(items)
    section.say(
        "aligned sentences",
        "{n_aligned} {n_aligned:pair|pairs} of sentences say much the same; of the dates and numbers in them, "
        "{n_agree} {n_agree:agrees|agree} and {n_differ} {n_differ:differs|differ}"
        + (f": {text}{' and others' if len(differing) > _DIFFERING else ''}." if items else "."),
        {
            "n_aligned": count_rows("aligned", aligned),
            "n_agree": count_rows("fact_pairs", pairs, relation="agrees"),
            "n_differ": count_rows("fact_pairs", pairs, relation="differs"),
            **parts,
        },
        main="n_aligned",
        spans=_sentence_spans(tables, aligned),
    )


def _state_absent(section: Section, tables: Tables, article_id: str, other_id: str) -> None:
    """The actors that one text names and the other does not, as not found, with the words searched."""
    names = article_names(tables["articles"])
    only = tables["actors_only"]
    only = only[(only["article_id"] == article_id) & (only["other_id"] == other_id)]
    found = [actor_part(tables, row) for row in rows_of(only.head(_NAMED))]
    text, parts = listed(("{actor_@}", {"actor": actor}) for actor in found)
    words = tables["sentences"]["article_id"] == other_id
    n_words = Cell(
        int(tables["sentences"].loc[words, "n_words"].sum()), "sentences", {"article_id": other_id}, "sum(n_words)"
    )
    section.say(
        "actors in one text only",
        "Of the names recognised in {name}, not found in {other} ({n_words} {n_words:word|words} searched): "
        + (text or "none found")
        + (" and others." if len(only) > _NAMED else "."),
        {"name": names[article_id], "other": names[other_id], "n_words": n_words, **parts},
        spans=spans_of(only.head(_NAMED)) or [span for span in whole_text(tables) if span[0] == article_id],
    )


def _pairs(rows: pd.DataFrame) -> int:
    return len(rows[["article_id", "other_id"]].drop_duplicates())


def _key(runs: pd.DataFrame) -> dict[str, Any]:
    """The key of the first row of SHARED_RUNS."""
    row = next(rows_of(runs))
    return {"article_id": row.article_id, "other_id": row.other_id, "start": row.start, "other_start": row.other_start}


def _sentence_spans(tables: Tables, aligned: pd.DataFrame) -> list[Span]:
    """The aligned sentences of both sides."""
    places = {
        (row.article_id, row.sentence): (row.article_id, row.start, row.end) for row in rows_of(tables["sentences"])
    }
    keys = [
        key for row in rows_of(aligned) for key in ((row.article_id, row.sentence), (row.other_id, row.other_sentence))
    ]
    return [places[key] for key in keys]
