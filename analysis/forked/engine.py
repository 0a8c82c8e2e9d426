"""A papermill engine that runs each notebook in a fork of this process: no kernel to start, nothing to import again.

Whatever a notebook does to its process (options, variables of the environment, the working folder, a crash) ends with
the fork, so that nothing leaks from one run to the next. `papermill --engine forked` works too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TextIO

from nbformat import NotebookNode, from_dict
from papermill.engines import Engine, NotebookExecutionManager
from papermill.log import logger

from analysis.forked.child import LANGUAGE, Child


class ForkedEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a Python notebook in a fork of the calling process, which should have no other threads.

    What a cell prints and displays stands under it, and after that what its C code and its other processes have written
    to the standard streams by the time it ends. What a notebook registers with `atexit` does not run.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        allow_errors: bool = False,
        log_output: bool = False,
        stdout_file: TextIO | None = None,
        stderr_file: TextIO | None = None,
        meanwhile: Callable[[], object] | None = None,
        **_: Any,
    ) -> None:
        """Run the cells in order, up to the first that fails.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Papermill's record of the run, whose notebook gets the outputs.
        kernel_name : str
            Not used: the kernel is this Python.
        execution_timeout : float, optional
            Seconds that a cell may take; no limit if 0 or less.
        allow_errors : bool
            Whether to go on after a cell that fails.
        log_output : bool
            Whether what cells show goes to papermill's log as well.
        stdout_file, stderr_file : file, optional
            Where what cells print goes as well.
        meanwhile : callable, optional
            What this process does while the first cell runs, as a rule that of the imports.

        Raises
        ------
        DeadKernelError
            The child process ended in the middle of a cell.
        CellTimeoutError
            A cell took longer than `execution_timeout`.
        """
        del kernel_name
        limit = execution_timeout if execution_timeout and execution_timeout > 0 else None
        nb_man.nb.metadata["language_info"] = dict(LANGUAGE)
        files = {"stdout": stdout_file, "stderr": stderr_file}
        with Child() as child:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    tags = cell.metadata.get("tags", ())
                    if cell.cell_type == "code" and cell.source.strip() and "skip-execution" not in tags:
                        ran = child.run(index, cell, limit, meanwhile)
                        meanwhile = None
                        for place, outputs in ran.outputs.items():
                            nb_man.nb.cells[place].outputs = [from_dict(output) for output in outputs]
                        cell.execution_count = ran.execution_count
                        for output in cell.outputs:
                            _pass_on(output, files, log_output)
                        if ran.failed and not allow_errors and "raises-exception" not in tags:
                            nb_man.cell_exception(cell, cell_index=index)
                            return
                finally:
                    nb_man.cell_complete(cell, cell_index=index)


def _pass_on(output: NotebookNode, files: Mapping[str, TextIO | None], log: bool) -> None:
    """Write an output where papermill was asked to, as it does with what a kernel sends."""
    if output.output_type == "stream":
        if log:
            (logger.warning if output.name == "stderr" else logger.info)(output.text)
        if (file := files[output.name]) is not None:
            file.write(output.text)
            file.flush()
    elif log and "text/plain" in output.get("data", {}):
        logger.info(output.data["text/plain"])
