"""Where relative paths start."""

from __future__ import annotations

import os
from pathlib import Path

#: A variable of the environment: the folder that stands for `/`, below which the files of a run were laid out.
ROOT = "PARALLAX_ROOT"
#: The folder that holds analysis/, notebooks/ and seeds/.
PROJECT = Path(__file__).resolve().parent.parent


def project_path(path: str | Path) -> Path:
    """Take a relative path from where the run started; in JupyterLab, which starts in notebooks/, from its parent.

    Where the files of a run were laid out below a folder, as on a machine of a cluster, an absolute one leads there.

    Examples
    --------
    >>> project_path("seeds/a.txt").as_posix()
    'seeds/a.txt'
    """
    root = os.environ.get(ROOT)
    if root and Path(path).is_absolute() and not Path(path).is_relative_to(root):
        return Path(f"{root}{path}")
    return Path("..", path) if Path.cwd() == PROJECT / "notebooks" else Path(path)
