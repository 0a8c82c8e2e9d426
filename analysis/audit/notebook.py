"""Whether the executed notebook is the one that the inputs give: cells, outputs and metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from analysis.audit.difference import NOTHING, DifferenceError, differs, first_difference
from analysis.audit.moved import as_recorded_html, as_recorded_text
from analysis.audit.stored import Stored, read_text
from analysis.audit.versions import doubt
from analysis.report import write_parameters

NAME = "report.ipynb"
_TIMES = ("start_time", "end_time", "duration")
#: A library says so the first time that it runs on a machine.
_ONCE = "Matplotlib is building the font cache; this may take a moment.\n"


def compare_notebook(stored: Stored, again: Path, renamed: Mapping[str, str]) -> str:
    """Compare the executed notebook: all that it holds but times, counters, and versions of what ran it.

    The parameters that papermill wrote into it are held against run.json.

    Parameters
    ----------
    stored : Stored
    again : Path
        The folder of the run made again.
    renamed : mapping of str to str
        What the run recorded, for paths that were moved since.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        At the first cell that differs, or else at what differs in the metadata.
    """
    found, expected = _read(stored.read(NAME)), _read(read_text(again / NAME, NAME))
    try:
        _check_parameters(stored, found)
        found, expected = (_comparable(notebook, renamed) for notebook in (found, expected))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise DifferenceError(f"{NAME}: not as papermill writes it ({type(error).__name__}: {error})") from None
    cells = found.pop("cells"), expected.pop("cells")
    for number, (one, other) in enumerate(zip_longest(*cells, fillvalue=NOTHING), start=1):
        if one is NOTHING or other is NOTHING:
            raise DifferenceError(f"{NAME}, cell {number}: the run has {len(cells[1])} cells; found {len(cells[0])}")
        if difference := first_difference(one, other):
            raise _differs(stored, f"{NAME}, cell {number}", difference)
    if difference := first_difference(found, expected):
        raise differs(f"{NAME}, {difference[0]}", *difference[1:])
    outputs = sum(len(cell.get("outputs", [])) for cell in cells[1])
    return f"{NAME}: {len(cells[1])} cells, {outputs} outputs, and their metadata"


def _differs(stored: Stored, where: str, difference: tuple[str, Any, Any]) -> DifferenceError:
    path, one, other = difference
    error = differs(f"{where}, {path}", one, other)
    pictured = any(isinstance(value, str) and "data:image" in value for value in (one, other))
    return DifferenceError(f"{error}{doubt(stored, 'picture')}") if pictured else error


def _read(content: str) -> dict[str, Any]:
    """Read a notebook that is written as the program writes one: no key twice, nothing hidden."""
    try:
        notebook = json.loads(content)
        written = json.dumps(notebook, indent=1, ensure_ascii=False)
    except (ValueError, RecursionError) as error:
        raise DifferenceError(f"{NAME}: no notebook ({error})") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise DifferenceError(f"{NAME}: no notebook (it has no cells)")
    if content != written:
        lines = zip_longest(content.split("\n"), written.split("\n"))
        number = next((number for number, (one, other) in enumerate(lines, start=1) if one != other), 0)
        raise DifferenceError(f"{NAME}, line {number}: not as the program writes a notebook")
    return notebook


def _check_parameters(stored: Stored, notebook: Mapping[str, Any]) -> None:
    """What papermill injected is what it says that it was given, and that is what run.json records."""
    given = notebook["metadata"]["papermill"]["parameters"]
    for name, value in given.items():
        recorded = stored.parameters.get(name, NOTHING)
        if name != "output" and (difference := first_difference(value, recorded)):
            raise differs(f"{NAME}, parameter {name!r}, against run.json", *difference[1:])
    for number, cell in enumerate(notebook["cells"], start=1):
        if _is_injected(cell):
            # one a line, in the order of the command; the metadata is in that of the alphabet
            source, expected = "".join(cell["source"]), write_parameters(given)
            if difference := first_difference(sorted(source.splitlines()), sorted(expected.splitlines())):
                raise differs(f"{NAME}, cell {number}, its lines sorted, line {difference[0]}", *difference[1:])


def _is_injected(cell: Mapping[str, Any]) -> bool:
    return "injected-parameters" in cell["metadata"].get("tags", [])


def _comparable(notebook: dict[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Take out of a notebook what differs from run to run, and put the recorded paths in."""
    for cell in notebook["cells"]:
        cell.pop("execution_count", None)
        cell["metadata"].pop("execution", None)
        _drop(cell["metadata"].get("papermill"), *_TIMES)
        if _is_injected(cell):
            del cell["source"]
        for output in cell.get("outputs", []):
            output.pop("execution_count", None)
            for kind, content in output.get("data", {}).items() if renamed else ():
                if kind == "text/html":
                    output["data"][kind] = as_recorded_html("".join(content), renamed)
                elif kind == "text/plain":
                    output["data"][kind] = as_recorded_text("".join(content), renamed)
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if not _says_once(output)]
    metadata = notebook["metadata"]
    _drop(metadata.get("kernelspec"), "display_name")
    _drop(metadata.get("language_info"), "version")
    _drop(metadata["papermill"], *_TIMES, "version", "parameters")
    return notebook


def _says_once(output: Mapping[str, Any]) -> bool:
    return output["output_type"] == "stream" and output["name"] == "stderr" and "".join(output["text"]) == _ONCE


def _drop(held: dict[str, Any] | None, *names: str) -> None:
    if held:
        for name in names:
            held.pop(name, None)
