"""A server of JupyterLab on a copy of the project, that ends with the test.

Nothing of the project is changed and nothing of the user's is read: the copy, the settings and the history of the
server are in a folder that the test gives.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import nbformat
import psutil
import pytest

from analysis.paths import PROJECT

TOKEN = "only-on-this-machine"
#: Seconds after which a server that has not answered will not do so.
START = 60
#: What Lab is told: keep every cell in the page, ask nobody for news, and leave out tips that cover the notebook.
_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address and the copy of the project that it shows."""

    url: str
    project: Path

    def set_parameters(self, name: str, copy: str = "", **values: object) -> str:
        """Give parameters other values in a copy of a notebook, as a user would type them; return its name."""
        notebook = nbformat.read(self.project / "notebooks" / f"{name}.ipynb", as_version=4)
        cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
        for parameter, value in values.items():
            pattern = rf"(?m)^({parameter}: \w+ = ).*?(  #|$)"
            cell.source, found = re.subn(pattern, lambda old, new=value: f"{old[1]}{new!r}{old[2]}", cell.source)
            assert found == 1, parameter
        nbformat.write(notebook, self.project / "notebooks" / f"{copy or name}.ipynb")
        return copy or name

    def write_notebook(self, name: str, *cells: str) -> str:
        """Make a notebook of some cells of code; return its name."""
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(made, self.project / "notebooks" / f"{name}.ipynb")
        return name


@contextlib.contextmanager
def running_lab(folder: Path) -> Iterator[Server]:
    """Copy the project below a folder and serve its notebooks as `make lab` does, until the block ends.

    Parameters
    ----------
    folder : Path
        An empty folder, for the copy and for everything that the server writes.
    """
    project = folder / "project"
    for name in ("analysis", "notebooks", "seeds"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name, setting in _SETTINGS.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    own = {
        "HOME": "home", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
    }  # fmt: skip
    # The list of fonts is shared: to make it takes seconds, of which a cell would tell, and changes nothing.
    fonts = {"MPLCONFIGDIR": matplotlib.get_cachedir()}
    environment = os.environ | fonts | {name: str(folder / place) for name, place in own.items()}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
                "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={_free_port()}", f"--IdentityProvider.token={TOKEN}",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
                "--LanguageServerManager.autodetect=False",
            ],
            cwd=project, env=environment | {"PYTHONPATH": str(project)}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield Server(_address(process, folder), project)
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Wait until a server answers and has written down where it is."""
    written = folder / "runtime" / f"jpserver-{process.pid}.json"
    latest = time.monotonic() + START
    while process.poll() is None and time.monotonic() < latest:
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(written.read_text())
            with socket.create_connection(("127.0.0.1", found["port"]), timeout=1):
                return f"http://127.0.0.1:{found['port']}"
        time.sleep(0.05)
    pytest.fail(f"no JupyterLab came: {(folder / 'log').read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and the kernels that it started, which are in groups of their own, whether it still listens or not."""
    started = []
    with contextlib.suppress(psutil.NoSuchProcess):
        started = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(started, timeout=3)
    for one in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
