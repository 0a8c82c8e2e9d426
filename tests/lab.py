"""JupyterLab as a user meets it: a server of its own on a copy of the project, and a page in a real browser.

Nothing of the project is changed and nothing of the user's is read: the copy, the settings and the history of the
server are in a folder that the test gives, and what the page asks of any other machine is refused and written down.
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
from urllib.parse import quote, urlsplit

import nbformat
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.paths import PROJECT

TOKEN = "only-on-this-machine"
#: Seconds after which a server that has not answered, or a cell that has not finished, will not do so.
START, FINISH = 60, 120
#: A folder for pictures of the pages; they are taken only where this variable of the environment names one.
PICTURES = "PARALLAX_PICTURES"

#: What Lab is told: keep every cell in the page, ask nobody for news, and leave out tips that cover the notebook.
_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}
#: What Lab itself logs as an error, whatever the notebook.
_OF_LAB: tuple[str, ...] = ()
#: Every cell that holds code has been run, or one of them has stopped the others, and the kernel waits.
_IDLE = """() => {
    const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].filter(
        cell => cell.querySelector('.cm-content')?.textContent.trim());
    const prompts = cells.map(cell => cell.querySelector('.jp-InputPrompt').textContent);
    const stopped = document.querySelector('[data-mime-type="application/vnd.jupyter.error"]');
    const kernel = document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status;
    return cells.length && kernel === 'idle' && !prompts.some(text => text.includes('*'))
        && (stopped || prompts.every(text => /\\d/.test(text)));
}"""
_STARTED = "() => [...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent.includes('*'))"


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
    # Where the pictures' fonts are listed is shared: to list them anew takes seconds and changes nothing.
    fonts = {"MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", str(Path.home() / ".config" / "matplotlib"))}
    environment = os.environ | fonts | {name: str(folder / place) for name, place in own.items()}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "notebooks", "--no-browser", "--allow-root",
                "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={_free_port()}", f"--IdentityProvider.token={TOKEN}",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
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


class Lab:
    """A page of JupyterLab: what a user does there, and what can then be seen.

    Attributes
    ----------
    page : playwright Page
    console : list of str
        What the page has logged as an error, without what Lab itself logs.
    abroad : list of str
        The addresses outside this machine that the page has asked for; none was reached.
    """

    def __init__(self, browser, server: Server, **options) -> None:
        self.server = server
        # Lab evaluates no code of a page, but axe is put in as a script.
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "bypass_csp": True} | options)
        self.context.set_default_timeout(20_000)
        self.context.route("**/*", self._only_here)
        self.page = self.context.new_page()
        self.console: list[str] = []
        self.abroad: list[str] = []
        self.page.on("console", lambda message: self._log(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self._log(str(error)))
        self.page.on("websocket", lambda socket: self._note(socket.url))

    def _log(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in _OF_LAB):
            self.console.append(text)

    def _note(self, url: str) -> bool:
        """Whether an address is on this machine; others are written down."""
        parts = urlsplit(url)
        here = parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"
        if not here:
            self.abroad.append(url)
        return here

    def _only_here(self, route) -> None:
        if self._note(route.request.url):
            route.continue_()
        else:
            route.abort()

    def open(self, name: str) -> None:
        """Open a notebook in a workspace that nothing else is in, and wait for its kernel."""
        address = f"{self.server.url}/lab/workspaces/own/tree/{quote(name)}.ipynb?reset&token={TOKEN}"
        self.page.goto(address)
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        # The indicator of the notebook says idle even before there is a kernel; the status bar does not.
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=START * 1000)

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of a menu."""
        self.page.get_by_role("menubar").first.get_by_text(menu, exact=True).click()
        self.page.locator(".lm-Menu").get_by_text(item, exact=True).click()

    def restart_and_run_all(self, timeout: float = FINISH) -> None:
        """Choose it in the menu, say yes, and wait until every cell has been run."""
        self.choose("Run", "Restart Kernel and Run All Cells…")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        self.page.wait_for_function(_STARTED)
        self.wait_until_idle(timeout)

    def wait_until_idle(self, timeout: float = FINISH) -> None:
        """Wait until every cell has been run, or one has stopped the others; `timeout` is in seconds."""
        self.page.wait_for_function(_IDLE, timeout=timeout * 1000)

    def cell_errors(self) -> list[str]:
        """What cells show of errors and warnings."""
        kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        return self.page.locator(", ".join(f"[data-mime-type='{kind}']" for kind in kinds)).all_inner_texts()

    def outputs(self) -> list[str]:
        """The text of what each cell of code shows, in order, empty for one that shows nothing."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").evaluate_all(
            "cells => cells.map(cell => [...cell.querySelectorAll('.jp-OutputArea-output')]"
            ".map(one => one.innerText).join('\\n'))"
        )

    def violations(self, within: str = ".jp-OutputArea-output") -> list[tuple[str, str]]:
        """What axe calls serious or critical inside of what is ours: rule and element."""
        found = Axe().run(self.page, context={"include": [[within]]}).response["violations"]
        return [
            (one["id"], node["html"])
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def picture(self, name: str, of: str = "") -> None:
        """Take a picture of the page, or of one thing on it, where pictures are wanted."""
        if folder := os.environ.get(PICTURES):
            shown = self.page.locator(of).first if of else self.page
            shown.screenshot(path=Path(folder) / f"{name}.png")

    def close(self) -> None:
        """Close the page; the server goes on."""
        self.context.close()
