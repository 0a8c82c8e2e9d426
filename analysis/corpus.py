"""Files to ARTICLES: what was read, what was not and why, and in which group each article stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from tqdm import tqdm

from analysis.inputs.columns import TAKEN, read_mapping
from analysis.inputs.files import Found, InputError, TooFewError, find_files, one_line, relative
from analysis.inputs.item import Input, read_input
from analysis.inputs.metadata import join_sidecar, name_articles, warn_of_doubles
from analysis.inputs.stream import LIMITS, Limits
from analysis.inputs.trouble import listed
from analysis.tables import ARTICLES, LEDGER

__all__ = ["InputError", "assign_groups", "column_lines", "read_corpus", "rejection_lines", "warning_lines"]

#: Columns of the inputs that ARTICLES does not declare.
MAX_FURTHER_COLUMNS = 100
NOT_STATED = "(not stated)"
_AGAIN = "named more than once, and taken once"


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
    mapping = read_mapping(columns)
    named = find_files(sources)
    found = [file for file in named if not file.repeated]
    bar = tqdm(found, unit="file", delay=2, disable=None)
    inputs = [item for file in bar if file.problem or not file.sidecar for item in read_input(file, mapping, limits)]
    _limit_columns(inputs)
    articles = [item for item in inputs if not item.cause]
    name_articles(articles)
    warn_of_doubles(articles)
    for file in found:  # a folder's own sidecar comes before those inside it, which are nearer to their articles
        if file.sidecar and not file.problem:
            inputs += join_sidecar(file.path, articles)
    inputs += [Input(file.path, relative(file.path), warnings=[_AGAIN]) for file in named if _is_again(file)]
    return _with_groups(_articles(articles), group_by), _ledger(inputs)


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
    but all 2 articles have the same outlet: ['(not stated)']
    """
    grouped = _with_groups(articles, group_by)
    groups = grouped["group"].unique().tolist()
    if len(articles) < 2:
        raise TooFewError(f"{caller} compares two articles or more; found {len(articles)}: {listed(groups)}")
    if len(groups) < 2:
        same = f"all {len(articles)} articles have the same {group_by}: {groups}"
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
    said = zip(ledger["path"], ledger["status"], ledger["reason"].fillna(""), strict=True)
    taken = ((path, reason.partition(TAKEN)) for path, status, reason in said if status != "rejected")
    return _printed(f"noted: {path}: {TAKEN}{note}" for path, (_, mark, note) in taken if mark)


def _is_again(file: Found) -> bool:
    """Whether an article's file was named before; of what is read for no article, once is enough said."""
    return file.repeated and not file.sidecar and not file.problem


def _limit_columns(inputs: list[Input]) -> None:
    """Reject records that bring more further columns than a table should have."""
    further: set[str] = set()
    for item in inputs:
        more = further.union(item.fields).difference(ARTICLES.names)
        if len(more) > MAX_FURTHER_COLUMNS:
            item.cause = item.cause or f"more than {MAX_FURTHER_COLUMNS} different columns beside those of articles"
        else:
            further = more


def _articles(articles: list[Input]) -> pd.DataFrame:
    """Build ARTICLES and its further columns; a column `group` of the inputs waits in it for `_with_groups`."""
    known = dict.fromkeys(name for item in articles for name in item.fields)
    names = [*ARTICLES.names, *(name for name in known if name not in ARTICLES.names)]
    columns: dict[str, list[str | None]] = {name: [item.fields.get(name) for item in articles] for name in names}
    # What is blank was not stated; a text is never blank.
    columns = {name: [cell if cell and cell.strip() else None for cell in cells] for name, cells in columns.items()}
    columns["article_id"] = [item.article_id for item in articles]
    columns["path"] = [item.path for item in articles]
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})


def _with_groups(articles: pd.DataFrame, group_by: str | None) -> pd.DataFrame:
    column = group_by or "article_id"
    given = articles.drop(columns="group") if articles["group"].isna().all() else articles
    known = [name for name in given.columns if name != "text"]
    if len(articles) and column not in known:
        raise InputError(f"no column {column!r} to group by; the articles have {listed(known)}")
    return articles.assign(group=articles[column].fillna(NOT_STATED)) if len(articles) else articles


def _ledger(inputs: list[Input]) -> pd.DataFrame:
    return LEDGER.frame(
        (number, item.path, item.record, item.status, item.reason, item.encoding, item.sha256, item.article_id)
        for number, item in enumerate(inputs, 1)
    )


def _lines(ledger: pd.DataFrame, status: str) -> list[str]:
    rows = ledger[ledger["status"] == status]
    return _printed(f"{status}: {path}: {reason}" for path, reason in zip(rows["path"], rows["reason"], strict=True))


def _printed(lines: Iterable[str]) -> list[str]:
    """Make lines fit for a terminal, and keep the first of those that are the same."""
    return list(dict.fromkeys(map(one_line, lines)))
