"""Run a notebook on sources and leave its report in a folder: papermill, then one self-contained page."""

from __future__ import annotations

import ast
import builtins
import copy
import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import analysis.sparing  # noqa: F401
from analysis.folder import write_file, write_files
from analysis.inputs.files import InputError, TooFewError
from analysis.memory import NOT_ENOUGH, says_so
from analysis.paths import PROJECT
from analysis.show.style import unstyled
from analysis.store import FINISHED

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

NOTEBOOKS = PROJECT / "notebooks"
_TYPES: dict[str, Callable[[str], Any]] = {"str": str, "int": int, "float": float}
_TITLE = re.compile(r"<h1>([^<]+)")
_ARTICLE = re.compile(r"<article [^>]*><h3>([^<]+)")
_NAMES_IN_TITLE = 8
_UNDESCRIBED = re.compile(r"<img\b(?![^<>]*\salt=)")
_HEADING = re.compile(r"<h2>([^<]+)")
#: Parameters that the command's own arguments set.
_BY_COMMAND = ("sources", "output")
#: Notebooks that read their sources themselves, since these may be what `measure` has written.
READ_THEMSELVES = ("corpus",)
#: A cell that runs longer than this has hung.
CELL_SECONDS = 3600.0


class RunFailedError(RuntimeError):
    """The notebook did not run to its end."""


def find_notebook(name: str) -> Path:
    """Return the path of a notebook of this package, by its name.

    Raises
    ------
    InputError
        There is none of that name; the message lists those there are.
    """
    names = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    if name not in names:
        raise InputError(f"there is no notebook {name!r}; there are {', '.join(names)}")
    return NOTEBOOKS / f"{name}.ipynb"


def find_report(name: str) -> Path:
    """Return the path of a notebook that writes a report, by its name: one that declares where its output goes.

    Raises
    ------
    InputError
        There is none of that name, or it writes none; the message lists those there are.
    """
    notebook = find_notebook(name)
    if "output" not in declared_parameters(notebook):
        writing = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if "output" in declared_parameters(path)]
        raise InputError(
            f"a report is made of a notebook that writes one, and {notebook.name} is for JupyterLab; "
            f"found {name!r}; there are {', '.join(path.stem for path in writing)}"
        )
    return notebook


def declared_parameters(notebook: Path) -> dict[str, dict[str, Any]]:
    """Read what a notebook's `parameters` cell declares: name to type, default and help, in its order."""
    import papermill

    found = papermill.inspect_notebook(str(notebook).replace("{", "{{").replace("}", "}}"))
    return {
        name: {
            "type": entry["inferred_type_name"],
            "default": ast.literal_eval(entry["default"]),
            "help": entry["help"],
        }
        for name, entry in found.items()
    }


def describe_parameters(notebook: Path) -> str:
    """List a notebook's parameters, with default and meaning, for `--help`."""
    lines = [f"parameters of {notebook.name} (set with -p NAME VALUE; sources and output are set by the command):"]
    for name, entry in declared_parameters(notebook).items():
        lines.append(f"  {name} ({entry['type']}, default {entry['default']!r}): {entry['help']}")
    return "\n".join(lines)


def check_parameters(notebook: Path, given: Mapping[str, str]) -> dict[str, Any]:
    """Turn parameters given as text into the types that the notebook declares.

    Raises
    ------
    InputError
        A name is not declared, or a value is not of its type; the message names what is.

    """
    declared = declared_parameters(notebook)
    typed = {}
    for name, text in given.items():
        if name in _BY_COMMAND:
            raise InputError(f"{name} is set by the command itself, not by -p: report SOURCES… --output DIR")
        if name not in declared:
            raise InputError(f"{notebook.name} has no parameter {name!r}; it declares {', '.join(declared)}")
        kind = declared[name]["type"]
        try:
            typed[name] = _convert(text, kind)
        except ValueError:
            raise InputError(f"{notebook.name} declares {name} as {kind}; found {text!r}") from None
    return typed


def _convert(text: str, kind: str) -> Any:
    if kind == "bool":
        if text.lower() not in ("true", "false"):
            raise ValueError(text)
        return text.lower() == "true"
    return _TYPES[kind](text)


@cache
def prepare() -> None:
    """Load what it takes to write a page, by writing one: before the forks that do so, or while a notebook runs."""
    from nbformat import v4

    shown = v4.new_output("display_data", {"text/html": "<p>shown</p>", "text/plain": "shown"})
    write_page(v4.new_notebook(cells=[v4.new_markdown_cell("# Title"), v4.new_code_cell("", outputs=[shown])]))


def run_notebook(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    engine: str = "forked",
    seconds: float = CELL_SECONDS,
    progress: bool = False,
) -> NotebookNode:
    """Execute a notebook with papermill and return it with its outputs.

    Parameters
    ----------
    notebook : Path
    parameters : mapping
        What its `parameters` cell declares, by name.
    engine : {"forked", "kernel"}
        Whether its cells run in a fork of this process, or in a kernel that is started for them.
    seconds : float
        How long a cell may take.
    progress : bool
        Whether to show a bar on stderr.

    Raises
    ------
    InputError
        The notebook found its sources or settings unusable; its message.
    RunFailedError
        A cell failed, the kernel died, or the last cell did not say that the run is complete.
    MemoryError
        A cell failed for want of memory.
    """
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors

    from analysis.forked.engine import ForkedEngine
    from analysis.kernel import KernelEngine

    papermill_engines.register("forked", ForkedEngine)  # known too where the package is not installed
    papermill_engines.register("kernel", KernelEngine)
    source = nbformat.read(notebook, as_version=4)
    try:
        # Papermill's own way from here writes the notebook out at its end, for no file if none is asked for.
        prepared = papermill.execute_notebook(
            source, None, dict(parameters), engine_name=engine, kernel_name="python3", prepare_only=True
        )
        done: NotebookNode = papermill_engines.execute_notebook_with_engine(
            engine,
            prepared,
            kernel_name=papermill_engines.nb_kernel_name(engine_name=engine, nb=prepared, name="python3"),
            progress_bar=progress,
            execution_timeout=seconds,
            **({"meanwhile": prepare} if engine == "forked" else {}),
            extra_arguments=["--log-level=50"],  # ipykernel tells of its ports, and of every cell that fails
        )
        raise_for_execution_errors(done, None)
    except papermill.PapermillExecutionError as error:
        for kind in (InputError, TooFewError):
            if error.ename == kind.__name__:
                raise kind(error.evalue) from None
        if says_so(error.ename, error.evalue):
            raise MemoryError(f"{notebook.name} failed at cell {error.cell_index}: {NOT_ENOUGH}") from error
        kind_of = getattr(builtins, error.ename, None)
        if isinstance(kind_of, type) and issubclass(kind_of, OSError):  # a full disk, say
            raise OSError(error.evalue) from None
        raise RunFailedError(
            f"{notebook.name} failed at cell {error.cell_index}: {error.ename}: {error.evalue}"
        ) from error
    except (DeadKernelError, CellTimeoutError) as error:
        raise RunFailedError(f"{notebook.name} failed: {error}") from error
    for place, cell in enumerate(done.cells):  # papermill gives its own cell a random id
        cell["id"] = f"cell-{place}"
    code = [cell for cell in done.cells if cell.cell_type == "code"]
    if not code or FINISHED not in json.dumps(code[-1].get("outputs", [])):
        raise RunFailedError(f"{notebook.name} stopped before its last cell had said {FINISHED!r}")
    return done


def write_parameters(parameters: Mapping[str, Any]) -> str:
    """Return the code by which papermill sets these parameters in a notebook, one a line.

    Examples
    --------
    >>> print(write_parameters({"sources": "seeds", "seed": 1}), end="")
    # Parameters
    sources = "seeds"
    seed = 1
    """
    from papermill.translators import PythonTranslator

    return str(PythonTranslator.codify(dict(parameters)))


def write_page(notebook: NotebookNode) -> str:
    """Turn an executed notebook into one self-contained page: no code, no script, no request.

    Its title is the notebook's heading and the names of the articles whose texts it shows.
    """
    shown = copy.deepcopy(notebook)
    for cell in shown.cells:
        if cell.cell_type == "code":  # warnings of libraries are for whoever opens the notebook
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
            for output in cell.outputs:  # the page has its own style
                if isinstance(found := output.get("data", {}).get("text/html"), str):
                    output["data"]["text/html"] = unstyled(found)
    body = _render(shown)
    entries = [f'<li><a href="#{_anchor(text)}">{text.strip()}</a></li>' for text in _HEADING.findall(body)]
    body = _HEADING.sub(lambda found: f'<h2 id="{_anchor(found[1])}">{found[1]}', body)
    title = ": ".join([*_TITLE.findall(body)[:1], ", ".join(_ARTICLE.findall(body)[:_NAMES_IN_TITLE])])
    return body.replace("<!-- contents -->", "".join(entries)).replace("<!-- title -->", title)


def _render(notebook: NotebookNode) -> str:
    """Fill in the template.

    nbconvert then parses the page and writes it anew, which takes ten times as long, to make its own classes of cells
    focusable, which this template has none of, and to say that an image has no description. Only for that it is asked.
    """
    from nbconvert.exporters.templateexporter import TemplateExporter

    exporter = _exporter()
    body, _ = TemplateExporter.from_notebook_node(exporter, notebook)
    if _UNDESCRIBED.search(body):
        body, _ = exporter.from_notebook_node(notebook)
    return str(body)


@cache
def _exporter() -> HTMLExporter:
    """What turns notebooks into pages; its templates are compiled once."""
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML

    exporter = HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(Path(__file__).parent / "templates")],
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True,
        require_js_url="", mathjax_url="", embed_images=True,
        optimistic_validation=True,
    )  # fmt: skip
    exporter.register_filter("highlight_code", Highlight2HTML(parent=exporter))  # templates name it, and show no code
    return exporter


def _anchor(heading: str) -> str:
    return "-".join(re.findall(r"[a-z]+", html.unescape(heading).lower()))


def _renamed(value: Any, old: str, new: str) -> Any:
    """Replace a path in all strings of a notebook, also where it stands quoted as code."""
    if isinstance(value, str):
        old_quoted, new_quoted = (json.dumps(path, ensure_ascii=False)[1:-1] for path in (old, new))
        return value.replace(old_quoted, new_quoted).replace(old, new)
    if isinstance(value, list):
        return [_renamed(item, old, new) for item in value]
    if isinstance(value, dict):
        return type(value)({key: _renamed(item, old, new) for key, item in value.items()})
    return value


def save_report(notebook: NotebookNode, stage: Path, output: str) -> None:
    """Write report.html and report.ipynb into the staging folder, and enter them in its ledger.

    The notebook names the folder that was asked for, not the one it was staged in.
    """
    import nbformat

    page, executed = write_page(notebook), nbformat.writes(_renamed(notebook, str(stage), output))
    write_files([(stage / "report.html", page), (stage / "report.ipynb", executed)])
    ledger = stage / "ledger.jsonl"
    entries = [json.loads(line) for line in ledger.read_text(encoding="utf-8").split("\n")[:-1]]
    for entry in entries:
        if entry["outputs"]:
            entry["outputs"] = sorted([*entry["outputs"], "report.html", "report.ipynb"])
    write_file(ledger, "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries))
