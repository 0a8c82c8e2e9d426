"""Papermill's own engine, which starts a kernel, with the cell named at which that died or hung."""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NBClientEngine, NotebookExecutionManager


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """Runs the cells of a notebook in a kernel that is started for them."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        **options: Any,
    ) -> None:
        """Run the cells in order, up to the first that fails.

        Parameters are those of papermill's engine.

        Raises
        ------
        DeadKernelError
            The kernel ended in the middle of a cell.
        CellTimeoutError
            A cell took longer than `execution_timeout`.
        """
        try:
            super().execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
        except DeadKernelError as error:
            raise DeadKernelError(f"kernel died at cell {_last_begun(nb_man)}") from error
        except CellTimeoutError as error:
            raise CellTimeoutError(f"cell {_last_begun(nb_man)} took longer than {execution_timeout:g} s") from error


def _last_begun(nb_man: NotebookExecutionManager) -> int:
    """The place of the last cell that is not waiting any more."""
    status = [cell.metadata.get("papermill", {}).get("status") for cell in nb_man.nb.cells]
    return max((place for place, own in enumerate(status) if own not in (None, nb_man.PENDING)), default=0)
