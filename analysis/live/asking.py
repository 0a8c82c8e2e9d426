"""Where the questions on texts read blind are answered: in a form, where a reader sits before it, else in a setting."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from analysis.blind.show import show_questions
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.live.cells import running_cell
from analysis.live.missing import missing_widgets
from analysis.show.shown import joined, remark


def ask_blind(
    tables: Tables, judgement: str, reader: str = "", when: str = "", *, folder: str = "", claims: Sequence[Claim] = ()
) -> Any:
    """Ask a reader what is to be judged of texts read blind.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    judgement : str
        The file in which judgements are recorded, as in `record_judgement`.
    reader, when : str
        What stands in the form to begin with; both may be empty.
    folder : str
        Where the form exports to; empty: a folder beside the file, called as it is, with "-export" after it.
    claims : sequence of Claim
        As in `show_judgement`.

    Returns
    -------
    object
        Where a program shows this cell to a reader, a form that records the answers, and then lifts the masks.
        Everywhere else, as in a run by papermill, what `show_questions` gives. Where the widgets of the form are not
        installed, the same with a sentence that says so.

    Raises
    ------
    InputError
        There are fewer than two texts, or groups are compared.
    """
    questions = show_questions(tables)
    if not is_shown_to_a_reader():
        return questions
    try:
        panel = import_module("analysis.live.blind_panel").BlindPanel
    except ModuleNotFoundError as missing:
        lacking = missing_widgets(missing)
        if not lacking:
            raise
        said = f"There is no form here, since {lacking}; answers are given as a setting."
        return joined([remark(said), questions])
    return panel(tables, judgement, reader, when, folder=folder, claims=claims)


def is_shown_to_a_reader() -> bool:
    """Whether the cell that runs now stands before a reader: only what shows it knows of cells."""
    return bool(running_cell().cell)
