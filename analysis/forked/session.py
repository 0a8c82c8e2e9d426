"""Run the code of cells in this process, and collect what a notebook shows of it."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import os
import sys
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from ipykernel.jsonutil import encode_images
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from analysis.forked.streams import Stream

#: What a cell shows, as nbformat writes it.
Output = dict[str, Any]
#: Figures that a cell draws with pyplot stand under it, as they do with a kernel.
INLINE = "module://matplotlib_inline.backend_inline"


class Ran(NamedTuple):
    """A cell that was run: the outputs of each cell that has changed, the number of the run, whether it failed."""

    outputs: dict[int, list[Output]]
    execution_count: int
    failed: bool


class Outputs:
    """The outputs of the cells of a notebook, and which have changed since they were last taken."""

    def __init__(self) -> None:
        self._by_cell: dict[int, list[Output]] = {}
        self._displays: dict[str, list[tuple[int, Output]]] = {}
        self._changed: set[int] = set()
        self._clear = False
        self._cell = 0

    def begin(self, cell: int) -> None:
        """Let what follows stand under a cell."""
        self._cell, self._clear = cell, False
        self._by_cell[cell] = []
        self._changed.add(cell)

    def add(self, output: Output, display: str | None = None) -> None:
        """Add an output; text that follows text of the same stream is joined to it."""
        own = self._by_cell[self._cell]
        output = _writable(output)
        if self._clear:
            self.clear()
        if display:
            self._displays.setdefault(display, []).append((self._cell, output))
        if own and output["output_type"] == "stream" and own[-1].get("name") == output["name"]:
            own[-1]["text"] += output["text"]
        else:
            own.append(output)

    def update(self, display: str, output: Output) -> None:
        """Change what was displayed under a name, wherever it stands."""
        output = _writable(output)
        for cell, shown in self._displays.get(display, ()):
            shown |= {"data": output["data"], "metadata": output["metadata"]}
            self._changed.add(cell)

    def clear(self, *, wait: bool = False) -> None:
        """Remove what stands under the cell, at once or when something is to stand in its place."""
        self._clear = wait
        if not wait:
            self._by_cell[self._cell].clear()

    def take(self) -> dict[int, list[Output]]:
        """Return the outputs of each cell that has changed."""
        changed = {cell: self._by_cell[cell] for cell in sorted(self._changed)}
        self._changed = set()
        return changed


class _Stream(io.TextIOBase):
    """A standard stream whose text stands under the cell."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name = name
        self._outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.add({"output_type": "stream", "name": self.name, "text": text})
        return len(text)


class _Hook(DisplayHook):
    """Shows the value of a cell's last expression."""

    outputs: Outputs

    def write_output_prompt(self) -> None:
        """The number stands in the output itself."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        self.outputs.add(_shown("execute_result", format_dict, md_dict) | {"execution_count": self.prompt_count})

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Shows what a cell displays."""

    outputs: Outputs

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        source: Any = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        del source
        output = _shown("display_data", data, metadata)
        name = (transient or {}).get("display_id")
        if update and name:
            self.outputs.update(name, output)
        else:
            self.outputs.add(output, name)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait=wait)


class _Shell(InteractiveShell):
    """Shows an error as an output of its own, asks nobody anything, and neither reads nor writes a user's profile."""

    outputs: Outputs

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """There is none."""

    def init_profile_dir(self, profile_dir: str | None) -> None:
        """There is none."""

    def ask_exit(self) -> NoReturn:
        """End the notebook, as Python's own `exit` does."""
        raise SystemExit

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            {"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        )

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window."""


class Session:
    """A Python session for the cells of one notebook, in this process, which it changes."""

    def __init__(self) -> None:
        self._outputs = Outputs()
        self._streams = {"stdout": Stream(1), "stderr": Stream(2)}
        _leave_the_caller()
        config = Config(
            HistoryManager={"enabled": False, "hist_file": ":memory:"}, InteractiveShell={"autoawait": True}
        )
        self._shell: InteractiveShell = _Shell.instance(
            config=config, displayhook_class=_Hook, display_pub_class=_Publisher
        )
        parts: list[Any] = [self._shell, self._shell.displayhook, self._shell.display_pub]
        for part in parts:
            part.outputs = self._outputs
        if "matplotlib.pyplot" in sys.modules:  # what this process has drawn before is nothing of the notebook's
            sys.modules["matplotlib.pyplot"].close("all")
            self._shell.run_line_magic("matplotlib", "inline")

    def run(self, cell: int, code: str) -> Ran:
        """Run the code of a cell; whatever it raises is an output.

        What comes past Python, from C code and other processes, stands after all else.
        """
        self._outputs.begin(cell)
        number = self._shell.execution_count
        out, err = (_Stream(name, self._outputs) for name in ("stdout", "stderr"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            result = self._shell.run_cell(code, store_history=True)
        for name, stream in self._streams.items():
            if text := stream.take():
                self._outputs.add({"output_type": "stream", "name": name, "text": text})
        return Ran(self._outputs.take(), number, not result.success)


def _leave_the_caller() -> None:
    """Give up what the code that forked this process has set up for itself, and a kernel would not have."""
    os.environ["MPLBACKEND"] = INLINE
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = INLINE
    if "" not in sys.path:  # a notebook may import what lies beside it
        sys.path.insert(0, "")
    sys.stdin = io.StringIO()
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    importlib.reload(warnings)  # what it makes of warnings for the time of a `with`
    InteractiveShell.clear_instance()


def _shown(kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any] | None) -> Output:
    return {"output_type": kind, "data": encode_images(dict(data)), "metadata": dict(metadata or {})}


def _writable(value: Any) -> Any:
    """Write out what no file can hold, half of a pair of surrogates, in all text of an output."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode(errors="backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return value
