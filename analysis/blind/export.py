"""A judgement and the figures beside it, as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from analysis.blind.beside import figures_beside
from analysis.blind.judgement import judgements_of
from analysis.blind.show import show_judgement
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.folder import write_files
from analysis.inputs.files import InputError
from analysis.paths import project_path
from analysis.table_files import csv_of
from analysis.tables import BESIDE

_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>Answers beside figures</title>\n</head>\n<body>\n<h1>Answers beside figures</h1>\n{}\n</body>\n</html>\n"
)


def judged_tables(tables: Tables, judgements: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables that a run of the blind reading adds: the judgements of these texts, and the figures beside.

    Returns
    -------
    dict of str to DataFrame
        `judgements` and `beside`; of the figures none, until the texts are judged.
    """
    own = judgements_of(judgements, tables)
    return {"judgements": own, "beside": figures_beside(tables) if len(own) else BESIDE.frame()}


def save_blind(folder: str | Path, tables: Tables, claims: Sequence[Claim], judgements: pd.DataFrame) -> list[Path]:
    """Write what was judged of these texts, and the figures beside it.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing; files of the same names in it are replaced.
    tables, claims, judgements
        As in `show_judgement`.

    Returns
    -------
    list of Path
        `judgement.csv`, `beside.csv` and `beside.html`.

    Raises
    ------
    InputError
        These texts are not judged yet, or the folder cannot be written.
    """
    judged = judged_tables(tables, judgements)
    if judged["judgements"].empty:
        raise InputError("what is exported is a judgement of these texts; found none, record_judgement makes one")
    where = project_path(folder)
    page = _PAGE.format(Markup(show_judgement(tables, claims, judgements)._repr_html_()))  # with the rules of its look
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
