"""Where relative paths start."""

from __future__ import annotations

from pathlib import Path

#: The folder that holds analysis/, notebooks/ and seeds/.
PROJECT = Path(__file__).resolve().parent.parent


def project_path(path: str | Path) -> Path:
    """Take a relative path from where the run started; in JupyterLab, which starts in notebooks/, from its parent.

    Examples
    --------
    >>> project_path("seeds/a.txt").as_posix()
    'seeds/a.txt'
    """
    return Path("..", path) if Path.cwd() == PROJECT / "notebooks" else Path(path)
