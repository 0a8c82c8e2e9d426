"""Judgements of texts read blind: one file holds those of any number of readers, and nothing in it is overwritten."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import regex

from analysis.blind.masks import blind_names, texts_key
from analysis.blind.questions import QUESTIONS, check_answers, read_answers
from analysis.claims.cells import Tables
from analysis.folder import write_file
from analysis.inputs.files import InputError, printable
from analysis.lists import list_rows, read_list
from analysis.paths import project_path
from analysis.schema import rows_of
from analysis.table_files import csv_of
from analysis.tables import JUDGEMENTS

_HASH = regex.compile(r"[0-9a-f]{64}")
#: What the CSV of a table puts before a cell that a spreadsheet would run.
_DEFUSED = regex.compile(r"'(?=[=+@＝＋－＠-])")


def record_judgement(
    path: str, tables: Tables, answers: Mapping[str, str], reader: str = "", when: str = ""
) -> pd.DataFrame:
    """Record what a reader judged of these texts, after all that is in the file already.

    Parameters
    ----------
    path : str
        A CSV file, made if it is missing; written whole or not at all.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    answers : mapping of str to str
        By the names of `QUESTIONS`.
    reader, when : str
        As they are to stand there; both may be empty. All who give no name are one reader, who judges once.

    Returns
    -------
    DataFrame
        JUDGEMENTS: all that the file holds now.

    Raises
    ------
    InputError
        An answer is missing, unknown or not accepted; this reader has judged these texts before; the file holds
        something else, or cannot be written.
    """
    told = check_answers(answers, list(blind_names(tables).values()))
    before, key = read_judgements(path), texts_key(tables)
    reader, when = _written(reader), _written(when)
    if has_judged(before, tables, reader):
        raise InputError(
            f"a judgement is recorded once; {printable(path)!r} holds one of these texts by {reader or 'no name'!r}: "
            "another reader's is accepted, or another file"
        )
    rows = [(key, reader, when or None, name, answer) for name, answer in told.items()]
    after = JUDGEMENTS.frame([*before.itertuples(index=False, name=None), *rows])
    try:
        write_file(project_path(path), csv_of(after))
    except OSError as problem:
        raise InputError(f"the judgement file {printable(path)!r} cannot be written ({problem.strerror})") from problem
    return after


def read_judgements(path: str) -> pd.DataFrame:
    """Read what readers judged; a file that is not there yet holds nothing.

    Parameters
    ----------
    path : str
        The CSV file of `record_judgement`.

    Returns
    -------
    DataFrame
        JUDGEMENTS, in the order of the file.

    Raises
    ------
    InputError
        The file cannot be read, has other columns, or a line that no judgement has; the message names the line.
    """
    if not path.strip():
        raise InputError(
            "a judgement is recorded in a file; found no name of one, a path such as 'judgement.csv' is accepted"
        )
    if not project_path(path).exists():
        return JUDGEMENTS.frame()
    name, known = printable(path), [one.name for one in QUESTIONS]
    lines = list_rows(read_list(path, "the judgement file"), name)
    header = lines[0][1] if lines else []
    if header != JUDGEMENTS.names:
        raise InputError(
            f"{name} should have the columns {', '.join(JUDGEMENTS.names)}; it has {', '.join(header) or 'none'}"
        )
    rows: dict[tuple[str, str, str], tuple[str | None, ...]] = {}
    for number, written in lines[1:]:
        cells = [_DEFUSED.sub("", cell, count=1) if cell.startswith("'") else cell for cell in written]
        if len(cells) != len(header):
            raise InputError(f"{name}, line {number}: each line has {len(header)} cells; found {len(cells)}")
        texts, reader, recorded, question, answer = cells
        if not _HASH.fullmatch(texts) or question not in known or not answer.strip():
            raise InputError(
                f"{name}, line {number}: a line has the hash of the texts, one of {', '.join(known)}, and an answer; "
                f"found {texts[:20]!r}, {question!r}, {answer!r}"
            )
        if (texts, reader, question) in rows:
            raise InputError(
                f"{name}, line {number}: a reader answers a question once; {reader!r} answers {question} twice"
            )
        rows[texts, reader, question] = (texts, reader, recorded or None, question, answer)
    frame = JUDGEMENTS.frame(list(rows.values()))
    return frame.assign(reader=frame["reader"].fillna(""))


def open_judgements(path: str, tables: Tables, answers: str = "", reader: str = "", when: str = "") -> pd.DataFrame:
    """Record answers, if any are given and they do not stand there yet, and read all that the file holds.

    Parameters
    ----------
    path, tables, reader, when
        As in `record_judgement`.
    answers : str
        Name and answer with a colon between them, joined by semicolons; empty: nothing is recorded.

    Returns
    -------
    DataFrame
        JUDGEMENTS. The same answers of the same reader again change nothing.

    Raises
    ------
    InputError
        As `record_judgement` and `read_judgements`; or the answers are not written like this.
    """
    held = read_judgements(path)
    if not answers.strip():
        return held
    told = check_answers(given := read_answers(answers), list(blind_names(tables).values()))
    own = held[(held["texts"] == texts_key(tables)) & (held["reader"] == _written(reader))]
    if dict(zip(own["question"], own["answer"], strict=True)) == told:
        return held
    return record_judgement(path, tables, given, reader, when)


def judgements_of(judgements: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Keep the judgements of these texts.

    Raises
    ------
    InputError
        One of them lacks an answer, or has one that these texts do not accept.
    """
    names = list(blind_names(tables).values())
    own = judgements[judgements["texts"] == texts_key(tables)].reset_index(drop=True)
    for _, rows in own.groupby("reader", sort=False):
        check_answers({row.question: row.answer for row in rows_of(rows)}, names)
    return own


def has_judged(judgements: pd.DataFrame, tables: Tables, reader: str) -> bool:
    """Say whether a reader has judged these texts; one who gives no name is the reader whose name is empty."""
    return bool(((judgements["texts"] == texts_key(tables)) & (judgements["reader"] == _written(reader))).any())


def _written(given: str) -> str:
    """A name or a day as it stands in the file: on one line, with single spaces."""
    return " ".join(given.split())
