"""Make one report of a batch, in a process of its own, and say what became of it."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.batch.jobs import Job
from analysis.corpus import read_corpus, rejection_lines
from analysis.folder import FolderBusyError, staged
from analysis.inputs.files import InputError, TooFewError
from analysis.memory import NOT_ENOUGH
from analysis.paths import project_path

#: The disk, not the report, is at fault: nothing that follows can be written either.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO)
#: What is left of the number of an error that a notebook has raised.
_NUMBER = re.compile(r"\[Errno (\d+)\]")
#: Inputs of one report that are named in its line; its own ledger has them all.
_NAMED = 12


class DamagedError(Exception):
    """A finished report is not what its run has left any more."""


@dataclass(frozen=True)
class Outcome:
    """What became of a report.

    `status` is that of the ledger: analysed, warned or rejected; `unwritable` if nothing more can be written.
    """

    status: str
    reason: str = ""
    n_inputs: int = 0
    n_rejected: int = 0
    outputs: tuple[str, ...] = ()
    unwritable: bool = False


def make_report(
    job: Job, notebook: Path, parameters: Mapping[str, Any], output: str, *, engine: str, seconds: float
) -> Outcome:
    """Make a report and put it in its place; whatever goes wrong is its outcome.

    Parameters
    ----------
    job : Job
    notebook : Path
    parameters : mapping
        The notebook's parameters, `sources` and `output` aside.
    output : str
        The report's folder, as the user would have named it.
    engine : str
        What papermill runs the notebook with.
    seconds : float
        How long a cell may take.
    """
    from analysis.report import RunFailedError, run_notebook, save_report

    try:
        with staged(project_path(output).absolute()) as stage:
            settings = {**parameters, "sources": "\n".join(job.sources), "output": str(stage)}
            done = run_notebook(notebook, settings, engine=engine, seconds=seconds)
            save_report(done, stage, output)
    except TooFewError as error:  # why there are so few stands with the inputs, of which no ledger is left
        lines = rejection_lines(read_corpus("\n".join(job.sources))[1])
        return Outcome("rejected", _joined([str(error), *(line.removeprefix("rejected: ") for line in lines)]))
    except InputError as error:
        return Outcome("rejected", str(error))
    except (RunFailedError, MemoryError) as error:
        told, start = str(error) or NOT_ENOUGH, f"{notebook.name} failed"
        return Outcome("rejected", f"failed{told[len(start) :]}" if told.startswith(start) else f"failed: {told}")
    except OSError as error:
        return unwritten(error)
    return outcome_of(project_path(output))


def unwritten(error: OSError) -> Outcome:
    """Say what became of a report that could not be put in its place."""
    if isinstance(error, FolderBusyError):
        return Outcome("rejected", str(error))
    numbered = _NUMBER.match(str(error))
    number = int(numbered[1]) if numbered else error.errno
    return Outcome("rejected", f"cannot be written: {error}", unwritable=number in _UNWRITABLE)


def outcome_of(folder: Path) -> Outcome:
    """Say what became of a report that is in its place, by the ledger of its inputs.

    Raises
    ------
    DamagedError
        The ledger is not what the report has written.
    """
    try:
        return _outcome(folder)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DamagedError(f"the ledger in {folder} cannot be read ({type(error).__name__}: {error})") from error


def _outcome(folder: Path) -> Outcome:
    *lines, rest = (folder / "ledger.jsonl").read_text(encoding="utf-8").split("\n")
    if rest or not lines:
        raise ValueError("its last line is torn")
    entries = [json.loads(line) for line in lines]
    rejected = [entry for entry in entries if entry["status"] == "rejected"]
    warned = [entry for entry in entries if entry["status"] == "warned"]
    outputs: list[str] = next((entry["outputs"] for entry in entries if entry["outputs"]), [])
    told = [f"{entry['path']}: {entry['reason']}" for entry in rejected or warned]
    what = f"{len(rejected)} of {len(entries)} inputs rejected: " if rejected else ""
    return Outcome(
        "warned" if told else "analysed", f"{what}{_joined(told)}" if told else "", len(entries), len(rejected),
        tuple(outputs),
    )  # fmt: skip


def _joined(told: Sequence[str]) -> str:
    """Join what is said of the inputs of a report, the same only once, and of much the first: it becomes one line.

    Examples
    --------
    >>> _joined(["a: empty", "b: empty", "a: empty"])
    'a: empty; b: empty'
    """
    different = [*dict.fromkeys(told)]
    more = len(different) - _NAMED
    return "; ".join([*different[:_NAMED], *[f"and {more:,} more"] * (more > 0)])
