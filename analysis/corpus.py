"""Files to ARTICLES: what was read, what was not and why, and in which group each article stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from analysis.inputs.columns import TAKEN, read_mapping
from analysis.inputs.files import InputError, TooFewError, find_files, one_line
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading, articles_frame
from analysis.inputs.stream import LIMITS, Limits
from analysis.inputs.trouble import listed
from analysis.schema import arrays_of, cells_of
from analysis.tables import LEDGER

__all__ = [
    "InputError", "assign_groups", "by_article", "column_lines", "ledger_frame", "read_corpus", "rejection_lines",
    "warning_lines",
]  # fmt: skip

NOT_STATED = "(not stated)"


def read_corpus(
    sources: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    group_by: str | None = None,
    columns: str | Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read articles from files and folders, and say of each input what became of it.

    A text of txt, md and records is exactly what the file or record holds, code point for code point; of
    html and docx it is what extraction found. What cannot be read is rejected by name, and the rest goes on. A file
    that the sources name twice is read once, with a warning.

    Parameters
    ----------
    sources : str, path, or sequence of these
        Files and folders; a string may name several, one in each line.
    group_by : str, optional
        The column whose value is the group, declared in ARTICLES or not; by default each article is its own.
    columns : str or mapping, optional
        Which columns or keys of the records are to be taken for what: "text=body, outlet=source". Without it, those
        that are called so, else those that are known to mean the same, which the ledger then says.
    limits : Limits
        The most that is read, since all of it is held in memory.

    Returns
    -------
    (DataFrame, DataFrame)
        ARTICLES in the order of the sources (of a folder: sorted by path), further columns of the inputs after
        the declared ones; and LEDGER, one row for each file, record, file named again, and trouble with a sidecar. Both
        may be empty.

    Raises
    ------
    InputError
        None of the sources exists, no input has the column `group_by`, or `columns` is no mapping.

    Examples
    --------
    >>> articles, ledger = read_corpus("seeds")
    >>> articles["label"].tolist(), ledger["status"].tolist()
    (['A', 'B'], ['analysed', 'analysed'])
    """
    reading = Reading(find_files(sources), read_mapping(columns), limits)
    inputs = list(reading)
    inputs += reading.settle()
    return _with_groups(articles_frame(reading.articles, reading.columns), group_by), ledger_frame(inputs)


def ledger_frame(inputs: Iterable[Input], first: int = 1) -> pd.DataFrame:
    """Build LEDGER, its rows numbered from `first`."""
    return LEDGER.frame(
        (number, item.path, item.record, item.status, item.reason, item.encoding, item.sha256, item.article_id)
        for number, item in enumerate(inputs, first)
    )


def assign_groups(articles: pd.DataFrame, group_by: str | None = None, *, caller: str = "comparison") -> pd.DataFrame:
    """Put each article in the group it is compared in, and refuse if that leaves nothing to compare.

    An article without a value stands in the group "(not stated)", like all others without one.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, with any further columns.
    group_by : str, optional
        A column other than text; by default article_id.
    caller : str
        What needs the groups, for the message.

    Returns
    -------
    DataFrame
        ARTICLES, rows in the same order, with the column group set.

    Raises
    ------
    InputError
        There is no such column, or fewer than two groups.

    Examples
    --------
    >>> articles, _ = read_corpus("seeds")
    >>> assign_groups(articles, "label")["group"].tolist()
    ['A', 'B']
    >>> assign_groups(articles, "outlet")  # doctest: +NORMALIZE_WHITESPACE
    Traceback (most recent call last):
    analysis.inputs.files.InputError: comparison compares groups,
    but all 2 articles have the same outlet: '(not stated)'
    """
    grouped = _with_groups(articles, group_by)
    groups = grouped["group"].unique().tolist()
    if len(articles) < 2:
        found = f"{len(articles)}: {listed(groups)}" if len(articles) else "none"
        raise TooFewError(f"{caller} compares two articles or more; found {found}")
    if len(groups) < 2:
        same = f"all {len(articles)} articles have the same {group_by}: {listed(groups)}"
        raise InputError(f"{caller} compares groups, but {same}")
    return grouped


def rejection_lines(ledger: pd.DataFrame) -> list[str]:
    """Write a line `rejected: NAME: CAUSE[: line N]` for each rejected input, fit for a terminal.

    Returns
    -------
    list of str
        In the order of the ledger, without repetition; no character of an input can end a line or move the cursor.
    """
    return _lines(ledger, "rejected")


def warning_lines(ledger: pd.DataFrame) -> list[str]:
    """Write a line `warned: NAME: CAUSE[: line N]` for each input that was read with a warning."""
    return _lines(ledger, "warned")


def column_lines(ledger: pd.DataFrame) -> list[str]:
    """Write a line `noted: NAME: columns: …` for each file of which a column was taken for what it is not called."""
    said = zip(*map(cells_of, arrays_of(ledger, ["path", "status", "reason"])), strict=True)
    taken = (
        (path, reason.partition(TAKEN))
        for path, status, reason in said
        if status != "rejected" and isinstance(reason, str)
    )
    return _printed(f"noted: {path}: {TAKEN}{note}" for path, (_, mark, note) in taken if mark)


def by_article(articles: pd.DataFrame) -> pd.DataFrame:
    """Put each article in a group of its own."""
    return _with_groups(articles, None)


def _with_groups(articles: pd.DataFrame, group_by: str | None) -> pd.DataFrame:
    column = group_by or "article_id"
    given = articles.drop(columns="group") if articles["group"].isna().all() else articles
    known = [name for name in given.columns if name != "text"]
    if len(articles) and column not in known:
        raise InputError(f"no column {column!r} to group by; the articles have {listed(known)}")
    if articles.empty:
        return articles
    values = articles[column]
    if column != "article_id":  # nobody sees that two values differ in white space alone
        values = values.map(lambda value: " ".join(value.split()), na_action="ignore").astype(values.dtype)
    return articles.assign(group=values.fillna(NOT_STATED))


def _lines(ledger: pd.DataFrame, status: str) -> list[str]:
    rows = ledger[ledger["status"] == status]
    return _printed(f"{status}: {path}: {reason}" for path, reason in zip(rows["path"], rows["reason"], strict=True))


def _printed(lines: Iterable[str]) -> list[str]:
    """Make lines fit for a terminal, and keep the first of those that are the same."""
    return list(dict.fromkeys(map(one_line, lines)))
