"""How far two readers agree who filled the same sheet: Krippendorff's alpha of each question."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.counts import KINDS
from analysis.evidence import LEVEL
from analysis.inputs.decode import Unreadable, decode
from analysis.inputs.files import InputError, printable, read_bytes
from analysis.inputs.formats import listed, read_csv
from analysis.paths import project_path
from analysis.tables.coding import AGREEMENT

#: What may be answered, and in this order the questions of the sheet.
ANSWERS = {
    "is_attribution": ("yes", "no"),
    "act": ("statement", "attitude"),
    "kind": KINDS,
    "source_type": SOURCE_TYPES,
    "cue_class": (*CUE_CLASSES, "no cue"),
}
MAX_BYTES = 100_000_000
DRAWS = 2000


def agreement(first: str, second: str, seed: int = 1) -> pd.DataFrame:
    """Compare two filled sheets of the same sample.

    A question counts where both answered it; those after is_attribution are asked only where it is yes.

    Parameters
    ----------
    first, second : str
        CSV files; their rows may be in any order.
    seed : int
        Where the random draws of the intervals start.

    Returns
    -------
    DataFrame
        AGREEMENT, one row for each question.

    Raises
    ------
    InputError
        A sheet cannot be read, has no answer or one that is not accepted, or the two are not of one sample.

    References
    ----------
    K. Krippendorff 2011, Computing Krippendorff's alpha-reliability; A. F. Hayes & K. Krippendorff 2007, Answering the
    call for a standard reliability measure for coding data.
    """
    one, other = _read_sheet(first), _read_sheet(second)
    for name, held, sheet, theirs in ((second, other, first, one), (first, one, second, other)):
        lost = [item for item in theirs.index if item not in held.index]
        if lost:
            raise InputError(
                f"{printable(name)} lacks {len(lost)} of the {len(theirs)} items of {printable(sheet)}, first "
                f"{lost[0]!r}; both must be of one sample, with every row left in"
            )
    other = other.loc[one.index]
    rows = []
    for stream, (question, accepted) in enumerate(ANSWERS.items()):
        both = one[question].notna() & other[question].notna()
        codes = np.array([[accepted.index(answer) for answer in sheet[question][both]] for sheet in (one, other)])
        draw = np.random.default_rng([seed, stream])
        rows.append((question, len(one), int(both.sum()), *_agree(codes, accepted, draw)))
    return AGREEMENT.frame(rows)


def alpha(codes: np.ndarray) -> float:
    """Krippendorff's alpha for nominal codes, one row for each reader; NaN, undefined, where there is one code only.

    Examples
    --------
    >>> round(alpha(np.array([[0, 1, 0, 0], [0, 1, 1, 0]])), 3)
    0.533
    """
    if len(np.unique(codes[~np.isnan(codes)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal"))


def _agree(codes: np.ndarray, accepted: tuple[str, ...], draw: np.random.Generator) -> tuple[object, ...]:
    """Share alike, alpha, the ends of its interval, and why it is missing if it is."""
    nan = float("nan")
    n = codes.shape[1] if codes.ndim > 1 else 0
    if not n:
        return nan, nan, nan, nan, "no item was answered by both"
    same = float((codes[0] == codes[1]).mean())
    value = alpha(codes.astype(float))
    if np.isnan(value):
        return same, nan, nan, nan, f"every answer is {accepted[codes[0][0]]!r}, so that chance cannot be told apart"
    draws = [alpha(codes[:, draw.integers(0, n, n)].astype(float)) for _ in range(DRAWS)]
    lower, upper = np.nanpercentile(draws, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return same, value, float(lower), float(upper), None


def _read_sheet(path: str) -> pd.DataFrame:
    """The answers on a sheet, by item; missing where none was given."""
    name = printable(path)
    try:
        records = read_csv(decode(read_bytes(project_path(path), MAX_BYTES)).text, needs="item")
    except Unreadable as problem:
        raise InputError(f"{name}: {problem}; a sheet is the CSV file that code sample writes, filled") from None
    rows: dict[str, dict[str, str | None]] = {}
    for record in records:
        where = f"{name}, line {record.line}"
        missing = [column for column in ANSWERS if column not in record.fields]
        if record.problem or missing:
            fault = record.problem or f"no column {missing[0]!r}"
            raise InputError(f"{where}: {fault}; a sheet has the columns item, {', '.join(ANSWERS)}")
        item = record.fields["item"].strip()
        if not item or item in rows:
            raise InputError(f"{where}: the item {item!r} {'stands twice' if item else 'has no name'}")
        rows[item] = {question: _answer(where, question, record.fields[question]) for question in ANSWERS}
        answered = [question for question in ANSWERS if question != "is_attribution" and rows[item][question]]
        if rows[item]["is_attribution"] != "yes" and answered:
            raise InputError(f"{where}: {answered[0]} is answered where is_attribution is yes, and empty elsewhere")
    filled = pd.DataFrame.from_dict(rows, orient="index", columns=list(ANSWERS), dtype="str")
    if filled.isna().all(axis=None):
        raise InputError(f"{name}: nothing is filled in; the columns to fill are {listed(ANSWERS)}")
    return filled


def _answer(where: str, question: str, cell: str) -> str | None:
    given = " ".join(cell.split()).lower()
    if given and given not in ANSWERS[question]:
        raise InputError(f"{where}: {question} is {', '.join(ANSWERS[question])}, or empty; found {cell!r}")
    return given or None
