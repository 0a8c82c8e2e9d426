"""A sheet of attributions that a person judges blind: which passages are asked about.

The sheet names no article and no outlet, and does not say what the engine made of a passage beyond the marked words.
Passages in which nothing was found stand among the others, so that what was missed can be counted too. `agreement`
(analysis/reliability.py) compares two filled sheets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.evidence import content_order
from analysis.inputs.files import InputError
from analysis.paths import project_path
from analysis.schema import each_article
from analysis.tables import BODY_KINDS
from analysis.tables.coding import KEY, SHEET

#: One passage in so many has nothing marked.
DECOY_EVERY = 5
#: The streams of random numbers: one chooses the passages, one their order.
_CHOOSE, _ORDER = 0, 1


class Sample(NamedTuple):
    """A sheet to be filled, and the key that says what each of its items is."""

    sheet: pd.DataFrame
    key: pd.DataFrame


def sample_sheet(tables: Mapping[str, pd.DataFrame], n: int = 50, seed: int = 1) -> Sample:
    """Draw passages to be judged: attributions, and sentences in which none was found.

    One passage in five has nothing marked, as long as there are such sentences. Every article gives as many as any
    other, one more or less, until it has no more.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        `articles`, `sentences`, `attributions` and `spans` of a run.
    n : int
        Passages on the sheet; fewer if there are no more.
    seed : int
        Where the random draws start. The same texts give the same sheet, whatever their names and order.

    Returns
    -------
    Sample
        SHEET in random order, its last five columns empty, and KEY in the same order.

    Raises
    ------
    InputError
        `n` is not positive, or there is no attribution to judge.
    """
    if n < 1 or seed < 0:
        raise InputError(f"a sheet has 1 passage or more, and a seed of 0 or more; found n {n} and seed {seed}")
    articles = tables["articles"]
    _, positions = content_order(articles["text"].tolist(), articles["article_id"].tolist())
    marked, unmarked = _passages(tables)
    ids = [articles["article_id"].iloc[place] for place in positions]
    if not any(marked.values()):
        raise InputError("no attribution was found in these articles, so that there is none to judge")
    draw = np.random.default_rng([seed, _CHOOSE])
    decoys = _take([unmarked[name] for name in ids], n // DECOY_EVERY, draw)
    chosen = [*_take([marked[name] for name in ids], n - len(decoys), draw), *decoys]
    order = np.random.default_rng([seed, _ORDER]).permutation(len(chosen))
    rows = [chosen[place] for place in order]
    names = [_item(seed, passage) for passage in rows]
    blank = [None] * (len(SHEET.names) - 5)
    named = list(zip(names, rows, strict=True))
    return Sample(
        SHEET.frame((name, row.text, row.source, row.cue, row.content, *blank) for name, row in named),
        KEY.frame((name, row.article_id, row.attribution, row.sentence) for name, row in named),
    )


def read_tables(folder: str) -> dict[str, pd.DataFrame]:
    """Read the tables that a sheet is drawn from out of the folder of a run.

    Raises
    ------
    InputError
        A table is not there, or the run kept its texts out.
    """
    place = Path(project_path(folder)) / "tables"
    names = ("articles", "sentences", "attributions", "spans")
    missing = [name for name in names if not (place / f"{name}.parquet").exists()]
    if missing:
        raise InputError(f"{folder!r} is no folder of a run: it has no tables/{missing[0]}.parquet")
    tables = {name: pd.read_parquet(place / f"{name}.parquet") for name in names}
    if "text_sha256" in tables["articles"]:
        raise InputError(f"{folder!r} keeps the articles out (text excerpts); name its inputs with --sources")
    return tables


def save_sample(sample: Sample, path: str) -> tuple[Path, Path]:
    """Write a sheet, and its key beside it: FILE.csv and FILE.key.csv.

    Both begin with a byte order mark, by which spreadsheets know UTF-8; a cell that a spreadsheet would take for a
    formula gets a leading apostrophe.

    Raises
    ------
    InputError
        The name does not end in .csv, or one of the files is already there: it may have been filled.
    """
    sheet = Path(project_path(path))
    if sheet.suffix.lower() != ".csv":
        raise InputError(f"a sheet is a .csv file; found {path!r}")
    key = sheet.with_suffix(".key.csv")
    for file in (sheet, key):
        if file.exists():
            raise InputError(f"{str(file)!r} is already there, and may have been filled; name another")
    sheet.parent.mkdir(parents=True, exist_ok=True)
    for file, table in ((sheet, sample.sheet), (key, sample.key)):
        texts = [column for column in table.columns if table[column].dtype == "str"]
        safe = table.assign(**{column: [_defused(cell) for cell in table[column]] for column in texts})
        written = safe.to_csv(index=False, lineterminator="\r\n", float_format="%.0f")  # a number that may be missing
        file.write_text(written, encoding="utf-8-sig", newline="")
    return sheet, key


class _Passage(NamedTuple):
    article_id: str
    attribution: float
    sentence: int
    text: str
    source: str | None
    cue: str | None
    content: str | None


def _passages(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, list[_Passage]], dict[str, list[_Passage]]]:
    """All attributions of each article with the sentences they touch, and its sentences without any."""
    marked: dict[str, list[_Passage]] = {}
    unmarked: dict[str, list[_Passage]] = {}
    for article, sentences, attributions, spans in each_article(
        tables["articles"], *(tables[name] for name in ("sentences", "attributions", "spans"))
    ):
        body = [row for row in sentences if row.kind in BODY_KINDS]
        extent: dict[int, tuple[int, int]] = {}
        for span in spans:
            first, last = extent.get(span.attribution, (span.start, span.end))
            extent[span.attribution] = (min(first, span.start), max(last, span.end))
        own = marked.setdefault(article.article_id, [])
        for row in attributions:
            start, end = extent[row.attribution]
            touched = [one for one in body if one.start < end and one.end > start]
            own.append(
                _Passage(
                    article.article_id, float(row.attribution), touched[0].sentence, _joined(article.text, touched),
                    *(_text(part) for part in (row.source, row.cue, row.content)),
                )
            )  # fmt: skip
        free = [one for one in body if not any(one.start < end and one.end > start for start, end in extent.values())]
        unmarked[article.article_id] = [
            _Passage(article.article_id, float("nan"), one.sentence, _joined(article.text, [one]), None, None, None)
            for one in free
        ]
    return marked, unmarked


def _joined(text: str, sentences: Sequence[Any]) -> str:
    return " ".join(text[sentences[0].start : sentences[-1].end].split())


def _text(part: Any) -> str | None:
    return " ".join(part.split()) if isinstance(part, str) else None


def _take(stacks: Sequence[Sequence[_Passage]], n: int, draw: np.random.Generator) -> list[_Passage]:
    """Draw `n` passages, one from each stack in turn."""
    shuffled = [[stack[place] for place in draw.permutation(len(stack))] for stack in stacks]
    turns = [shuffled[place] for place in draw.permutation(len(shuffled))]
    rounds = range(max(map(len, turns), default=0))
    return [stack[turn] for turn in rounds for stack in turns if turn < len(stack)][: max(0, n)]


def _item(seed: int, passage: _Passage) -> str:
    """Name a passage by a hash, led by a letter, so that a spreadsheet does not take it for a number."""
    parts = (seed, passage.text, passage.source, passage.cue, passage.content, passage.attribution, passage.sentence)
    return "i" + hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _defused(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
