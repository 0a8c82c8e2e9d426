"""A fork of this process in which cells are run one by one."""

from __future__ import annotations

import contextlib
import platform
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, cast

from nbclient.exceptions import CellTimeoutError, DeadKernelError

from analysis.workers.process import fork

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from analysis.forked.session import Ran

#: What a notebook says of the language of its cells.
LANGUAGE: dict[str, Any] = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": platform.python_version(),
}


class Child:
    """A fork of this process with a Python session of its own, for the time of a `with`."""

    def __enter__(self) -> Child:
        """Fork."""
        self._process = fork(_serve)
        return self

    def __exit__(self, *_: object) -> None:
        """End the fork, and whatever it has started."""
        self._process.end()

    def run(
        self, index: int, cell: NotebookNode, seconds: float | None, meanwhile: Callable[[], object] | None = None
    ) -> Ran:
        """Run a cell.

        Parameters
        ----------
        index : int
            Its place in the notebook.
        cell : NotebookNode
        seconds : float or None
            How long it may take.
        meanwhile : callable, optional
            What to do until it is done.

        Raises
        ------
        DeadKernelError
            The fork has ended.
        CellTimeoutError
            The cell took longer.
        """
        line = self._process.connection
        try:
            line.send((index, cell.source))
            if meanwhile:
                meanwhile()
            if not line.poll(seconds):
                raise CellTimeoutError(f"cell {index} took longer than {seconds:g} s")
            ran = line.recv()
        except (EOFError, ConnectionError):
            raise DeadKernelError(f"kernel died at cell {index}") from None
        if isinstance(ran, str):
            raise DeadKernelError(f"kernel died at cell {index}: {ran}")
        return cast("Ran", ran)


def _serve(line: Connection) -> None:
    """Run the cells that come, until none can come any more."""
    from analysis.forked.session import Session

    try:
        session = Session()
        while True:
            line.send(session.run(*line.recv()))
    except EOFError:
        return
    except Exception as error:  # told to whoever waits for the cell; nobody does in a fork that the cell itself made
        with contextlib.suppress(OSError):
            line.send(f"{type(error).__name__}: {error}")
