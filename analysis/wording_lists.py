"""The two-sided lists of wording: where they are read from, and what makes them two-sided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import pandas as pd
import regex

from analysis.inputs.files import InputError, printable
from analysis.lists import list_rows, read_list
from analysis.tables import WORDING
from analysis.text import Word, as_term, split_words

#: The names of the two lists of a contrast. They say nothing: see the head of the built-in lists.
SIDES = ("one", "other")
_BUILT_IN = "analysis/data/wording.csv"
_HYPHEN = regex.compile(r"[‐‑-]")


def read_wording(path: str = "") -> pd.DataFrame:
    """Read the two-sided lists: a CSV with the columns contrast, side, expression, source and date.

    Parameters
    ----------
    path : str
        The file, UTF-8, one row in each line; lines that begin with # are left out. Empty: the built-in lists.

    Returns
    -------
    DataFrame
        WORDING, in the order of the file.

    Raises
    ------
    InputError
        The file cannot be read, a column is missing or unknown, a cell is empty, a side is neither one nor other, an
        expression stands twice, or a contrast has an empty side; the message names the line.
    """
    if path:
        return WORDING.frame(_read_rows(read_list(path, "the wording file"), printable(path)))
    return WORDING.frame(_built_in())


@cache
def _built_in() -> list[tuple[str, ...]]:
    """The rows of the built-in lists, which are part of the package: read once."""
    return _read_rows(resources.files("analysis").joinpath("data/wording.csv").read_text(encoding="utf-8"), _BUILT_IN)


def _read_rows(source: str, name: str) -> list[tuple[str, ...]]:
    """The rows of a file called `name`, checked."""
    lines = list_rows(source, name)
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    if sorted(header) != sorted(WORDING.names):
        wanted, found = ", ".join(WORDING.names), ", ".join(header) or "none"
        raise InputError(f"{name} should have the columns {wanted}, each once; it has {found}")
    rows: list[tuple[str, ...]] = []
    seen: dict[tuple[str, ...], tuple[int, tuple[str, str]]] = {}
    for line, cells in lines[1:]:
        row = dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=False))
        _check_row(row, len(cells), f"{name}, line {line}")
        key, here = expression_terms(row["expression"]), (row["contrast"], row["side"])
        if key in seen:
            first, there = seen[key]
            raise InputError(
                f"{name}, lines {first} and {line}: an expression has one place; {row['expression']!r} stands under "
                f"{_place(there)} and under {_place(here)}"
            )
        seen[key] = line, here
        rows.append(tuple(row[column] for column in WORDING.names))
    _check_sides(name, list(seen.values()))
    return rows


def _check_sides(name: str, places: Sequence[tuple[int, tuple[str, str]]]) -> None:
    """Refuse a contrast with an empty side; the line is that of its first expression."""
    filled = {place for _, place in places}
    for line, (contrast, _) in places:
        for side in SIDES:
            if (contrast, side) not in filled:
                empty = _place((contrast, side))
                raise InputError(f"{name}, line {line}: a contrast needs expressions on both sides; {empty} has none")


def _place(place: tuple[str, str]) -> str:
    return f"the contrast {place[0]!r}, side {place[1]}"


def _check_row(row: dict[str, str], n_cells: int, where: str) -> None:
    """Refuse a row with too few or too many cells, an empty cell, an unknown side, or an expression without a word."""
    empty = [name for name in WORDING.names if not row.get(name)]
    if empty or n_cells != len(WORDING.names):
        found = f"{', '.join(empty)} empty" if empty else f"{n_cells} cells"
        wanted, cells = ", ".join(WORDING.names), ", ".join(map(repr, row.values()))
        raise InputError(f"{where}: each row fills the columns {wanted}; found {found} in {cells}")
    if row["side"] not in SIDES:
        raise InputError(
            f"{where}: side accepts {' and '.join(SIDES)}; found {row['side']!r} for {row['expression']!r}"
        )
    if not expression_terms(row["expression"]):
        raise InputError(f"{where}: an expression has a word, which begins with a letter; found {row['expression']!r}")


def split_parts(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Find the words of a stretch, those with hyphens in their parts.

    Examples
    --------
    >>> [part.term for part in split_parts("globalist-engineered self-defence’s")]
    ['globalist', 'engineered', 'self', 'defence']
    """
    parts = []
    for word in split_words(text, start, end):
        at = word.start
        for hyphen in [*_HYPHEN.finditer(text, word.start, word.end), None]:
            stop = hyphen.start() if hyphen else word.end
            parts.append(Word(at, stop, as_term(text[at:stop])))
            at = hyphen.end() if hyphen else stop
    return parts


def expression_terms(expression: str) -> tuple[str, ...]:
    """The terms that an expression is looked for by."""
    return tuple(part.term for part in split_parts(expression))
