"""A judgement and the figures beside it, as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from analysis.blind.beside import figures_beside
from analysis.blind.judgement import has_judged, judgements_of
from analysis.blind.show import show_judgement
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.folder import write_files
from analysis.inputs.files import InputError
from analysis.paths import project_path
from analysis.table_files import csv_of
from analysis.tables import BESIDE, JUDGEMENTS

_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>Answers beside figures</title>\n</head>\n<body>\n<h1>Answers beside figures</h1>\n{}\n</body>\n</html>\n"
)


def judged_tables(tables: Tables, judgements: pd.DataFrame, reader: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables that a run of the blind reading adds: the judgements of these texts, and the figures beside.

    Parameters
    ----------
    tables, judgements, reader
        As in `show_judgement`.

    Returns
    -------
    dict of str to DataFrame
        `judgements` and `beside`; both are empty until this reader has judged the texts.
    """
    if not has_judged(judgements, tables, reader):
        return {"judgements": JUDGEMENTS.frame(), "beside": BESIDE.frame()}
    return {"judgements": judgements_of(judgements, tables), "beside": figures_beside(tables)}


def save_blind(
    folder: str | Path, tables: Tables, claims: Sequence[Claim], judgements: pd.DataFrame, reader: str = ""
) -> list[Path]:
    """Write what was judged of these texts, and the figures beside it.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing; files of the same names in it are replaced.
    tables, claims, judgements, reader
        As in `show_judgement`.

    Returns
    -------
    list of Path
        `judgement.csv`, `beside.csv` and `beside.html`.

    Raises
    ------
    InputError
        This reader has not judged these texts yet, or the folder cannot be written.
    """
    judged = judged_tables(tables, judgements, reader)
    if judged["judgements"].empty:
        whose = f"by {reader!r}" if reader.strip() else "without a name"
        raise InputError(
            f"what is exported is a judgement of these texts {whose}; found none, record_judgement makes one"
        )
    where = project_path(folder)
    shown = show_judgement(tables, claims, judgements, reader)
    page = _PAGE.format(Markup(shown._repr_html_()))  # with the rules of its look
    files: list[tuple[Path, bytes | str]] = [
        (where / "judgement.csv", csv_of(judged["judgements"])),
        (where / "beside.csv", csv_of(judged["beside"])),
        (where / "beside.html", str(page)),
    ]
    try:
        write_files(files)
    except OSError as problem:
        raise InputError(f"the folder {str(folder)!r} cannot be written ({problem.strerror})") from problem
    return [path for path, _ in files]
