"""The cell that runs now."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple


class Run(NamedTuple):
    """A run of a cell: the id of the cell, and that of the message that asked for this run; empty where nobody says."""

    cell: str
    message: str


def running_cell() -> Run:
    """Return the run of the cell that runs now.

    A program that shows notebooks asks the kernel for a cell by the id of that cell, so that it can mark it. What runs
    notebooks unseen, as papermill and nbconvert do, sends the code alone; a script has no cell at all.

    Examples
    --------
    >>> running_cell()
    Run(cell='', message='')
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    asked: dict[str, Any] = getattr(shell, "get_parent", dict)() or {}
    cell, message = (asked.get("metadata") or {}).get("cellId"), (asked.get("header") or {}).get("msg_id")
    return Run(str(cell or ""), str(message or ""))
