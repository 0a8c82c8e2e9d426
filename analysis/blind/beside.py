"""The package's figures for the questions that readers are asked, each with what it rests on; nothing is decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.blind.masks import blind_names, texts_key
from analysis.claims.cells import Tables
from analysis.findings import text_hashes
from analysis.names import METRIC_NAMES
from analysis.readability import STATED
from analysis.schema import rows_of
from analysis.sides import foreign_groups
from analysis.tables import BESIDE
from analysis.voices import in_voices

_NONE = float("nan")


def figures_beside(tables: Tables) -> pd.DataFrame:
    """Gather the figures that stand beside a reader's answers.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Returns
    -------
    DataFrame
        BESIDE: for reading the Flesch–Kincaid grade; for voices the statements, the sources, and the share of sentences
        that carry a statement; for wording the uses of each listed expression, never added up; for event what the
        check says of each two texts; each with the hashes of the texts that it is of. By question and figure, the texts
        in the order of their blind names.

    Raises
    ------
    InputError
        As `blind_names`.
    """
    names, hashes, key = blind_names(tables), text_hashes(tables), texts_key(tables)
    by_figure = [*_reading(tables, names), *_voices(tables, names), *_wording(tables, names), *_event(tables, names)]
    return BESIDE.frame([(*row, hashes[row[3]], hashes.get(row[4], ""), key) for row in by_figure])


def _reading(tables: Tables, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    grades = tables["readability_by_group"]
    by_text = {row.group: row for row in rows_of(grades[grades["metric"] == STATED])}
    for own, name in names.items():
        row = by_text[own]
        where = ("reading", METRIC_NAMES[STATED], name, own, "")
        yield (*where, row.value, row.lower, row.upper, row.n_sentences, "sentences", None)


def _voices(tables: Tables, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    counts = tables["attribution_counts"]
    sentences = {row.group: row for row in rows_of(counts[counts["dimension"] == "sentences"])}
    statements = counts[counts["dimension"] == "kind"].groupby("group")["n"].sum()
    sources = tables["sources"].groupby("group").size()
    sure = tables["sources"][tables["sources"]["n_sure"] > 0].groupby("group").size()
    for own, name in names.items():
        of = (sentences[own].n_total, "sentences", None)
        yield ("voices", "statements attributed", name, own, "", statements.get(own, 0), _NONE, _NONE, *of)
    for own, name in names.items():
        n = statements.get(own, 0)
        yield ("voices", "different sources", name, own, "", sources.get(own, 0), _NONE, _NONE, n, "statements", None)
    for own, name in names.items():
        of = (statements.get(own, 0), "statements", None)
        yield ("voices", "sources that are not doubtful", name, own, "", sure.get(own, 0), _NONE, _NONE, *of)
    for own, name in names.items():
        row = sentences[own]
        where = ("voices", "share of sentences with a statement", name, own, "")
        yield (*where, row.share, row.lower, row.upper, row.n_total, "sentences", None)


def _wording(tables: Tables, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    foreign = foreign_groups(tables["articles"], tables["notes"])
    spoken = in_voices(tables["term_counts"], "author")
    words = spoken[spoken["order"] == 1].groupby("article_id")["n"].sum()
    counts = tables["wording_counts"]
    used = list(dict.fromkeys(counts["expression"]))
    uses = {(row.group, row.expression): row.n for row in rows_of(counts)}
    for expression in used or [None]:
        for own, name in names.items():
            value = _NONE if own in foreign else uses.get((own, expression), 0)
            figure = f"“{expression}”" if expression else "listed expressions"
            of = (words.get(own, 0), "words in the author's voice", None)
            yield ("wording", figure, name, own, "", value, _NONE, _NONE, *of)


def _event(tables: Tables, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for row in rows_of(tables["event_check"]):
        one, other = sorted((row.article_id, row.other_id), key=list(names).index)
        both = f"{names[one]} and {names[other]}"
        of = (row.n_against, "pieces of evidence against", row.verdict)
        yield ("event", "aligned sentences", both, one, other, row.n_aligned, _NONE, _NONE, *of)


def with_interval(rows: pd.DataFrame) -> list[str]:
    """Write each figure with its interval, shares in percent; a dash where none is given."""
    return [_written(row) for row in rows_of(rows)]


def _written(row: Any) -> str:
    if pd.isna(row.value):
        return "–"
    share = row.figure.startswith("share")
    whole = float(row.value).is_integer() and pd.isna(row.lower)
    value, lower, upper = (
        f"{100 * end:.0f}\u00a0%" if share else f"{end:.0f}" if whole else f"{end:.1f}".replace("-", "−")
        for end in (row.value, row.lower, row.upper)
    )
    return value if pd.isna(row.lower) else f"{value} (95\u00a0% interval {lower} to {upper})"
