"""JupyterLab as a user meets it: a page in a real browser, what is done there, and what can then be seen.

What the page asks of any other machine is refused and written down. Nothing waits for a clock: a condition of the page
is waited for, and its time limit only says when to give up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from lab_server import START, TOKEN, Server

#: Seconds after which cells that have not finished will not do so.
FINISH = 120
#: A folder for pictures of the pages; they are taken only where this variable of the environment names one.
PICTURES = "PARALLAX_PICTURES"
#: What a cell shows.
OUTPUT = ".jp-Notebook .jp-OutputArea-output"

#: What Lab itself logs as an error, whatever the notebook.
_OF_LAB = ("^Could not restore the debugger state",)  # it asked a kernel about debugging that was just then restarted
#: Every cell that holds code has been run, or one of them has stopped the others, and the kernel waits.
_IDLE = """() => {
    const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].filter(
        cell => cell.querySelector('.cm-content')?.textContent.trim());
    const prompts = cells.map(cell => cell.querySelector('.jp-InputPrompt').textContent);
    const stopped = document.querySelector('[data-mime-type="application/vnd.jupyter.stderr"]');
    const kernel = document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status;
    return cells.length && kernel === 'idle' && !prompts.some(text => text.includes('*'))
        && (stopped || prompts.every(text => /\\d/.test(text)));
}"""
_STARTED = "() => [...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent.includes('*'))"
#: Milliseconds from the last thing done on the page to the first frame in which a condition holds.
_WATCH = """until => {
    let done;
    for (const kind of ['click', 'keydown', 'input', 'change'])
        document.addEventListener(kind, () => { done = performance.now(); }, true);
    window.__seen = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`not seen: ${until}`)), 20000);
        const look = () => done !== undefined && eval(until)()
            ? resolve(performance.now() - done) : requestAnimationFrame(look);
        look();
    });
}"""


class Lab:
    """A page of JupyterLab.

    Attributes
    ----------
    page : playwright Page
    ours : playwright Locator
        What the cells show; all else on the page is JupyterLab's.
    known : list of str
        Patterns of errors that are passed over: what Lab itself logs, and what a test adds.
    console : list of str
        What the page has logged as an error, without these.
    abroad : list of str
        The addresses outside this machine that the page has asked for; none was reached.
    """

    def __init__(self, browser, server: Server, **options) -> None:
        self.server = server
        # Lab keeps scripts of others out of its page; axe is one.
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "bypass_csp": True} | options)
        self.context.set_default_timeout(20_000)
        self.context.route("**/*", self._only_here)
        self.page = self.context.new_page()
        self.ours = self.page.locator(OUTPUT)
        self.known = [*_OF_LAB]
        self.console: list[str] = []
        self.abroad: list[str] = []
        self.page.on("console", lambda message: self._log(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self._log(str(error)))
        self.page.on("websocket", lambda opened: self._is_here(opened.url))

    def _log(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.known):
            self.console.append(text)

    def _is_here(self, url: str) -> bool:
        """Whether an address is on this machine; others are written down."""
        parts = urlsplit(url)
        here = parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"
        if not here:
            self.abroad.append(url)
        return here

    def _only_here(self, route) -> None:
        if self._is_here(route.request.url):
            route.continue_()
        else:
            route.abort()

    def open(self, name: str) -> None:
        """Open a notebook in a workspace that nothing else is in, and wait for its kernel."""
        self.page.goto(f"{self.server.url}/lab/workspaces/own/tree/notebooks/{quote(name)}.ipynb?reset&token={TOKEN}")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        # The indicator of the notebook says idle even before there is a kernel; the status bar does not.
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=START * 1000)

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of a menu of JupyterLab."""
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
        """What cells show of warnings and tracebacks, which Lab shows as one kind of output."""
        return self.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()

    def outputs(self) -> list[str]:
        """The text of what each cell of code shows, in order, empty for one that shows nothing."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").evaluate_all(
            "cells => cells.map(cell => [...cell.querySelectorAll('.jp-OutputArea-output')]"
            ".map(one => one.innerText).join('\\n'))"
        )

    def violations(self, within: str = ".jp-OutputArea-output") -> list[tuple[str, str]]:
        """What axe calls serious or critical inside of what is ours: rule and element."""
        found = Axe().run(self.page, context={"include": [[within]]}).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        return [(one["id"], node["html"]) for one in serious for node in one["nodes"]]

    def picture(self, name: str, start: str = "", of: str = "") -> None:
        """Take a picture of the page, or of one thing on it, where pictures are wanted.

        `start` and `of` are CSS selectors: what the notebook is scrolled to, and what alone is on the picture.
        """
        folder = os.environ.get(PICTURES)
        if not folder:
            return
        if start:
            self.page.locator(start).first.evaluate("one => one.scrollIntoView()")
        shown = self.page.locator(of).first if of else self.page
        shown.screenshot(path=Path(folder) / f"{name}.png")

    def close(self) -> None:
        """Close the page and end its kernels; the server goes on."""
        self.page.close()
        api, key = f"{self.server.url}/api/kernels", {"Authorization": f"token {TOKEN}"}
        for kernel in self.context.request.get(api, headers=key).json():
            self.context.request.delete(f"{api}/{kernel['id']}", headers=key)
        self.context.close()

    # What a user does with widgets

    def widget_ready(self, kind: str = ".jupyter-widgets") -> None:
        """Wait until widgets are drawn: the first of any kind, or of that which a CSS selector names."""
        self.ours.locator(kind).first.wait_for()

    def tab(self, name: str) -> None:
        """Turn to a tab."""
        self.ours.get_by_role("tab", name=name, exact=True).click()

    def write(self, label: str, text: str) -> None:
        """Write into the field of that label, in place of what stood there, and press Enter."""
        self.ours.get_by_label(label, exact=True).fill(text)
        self.keyboard("Enter")

    def pick(self, label: str, *options: str) -> None:
        """Choose one or several of the list of that label."""
        self.ours.get_by_label(label, exact=True).select_option(list(options))

    def tick(self, label: str) -> None:
        """Tick a box, or take the tick away."""
        self.ours.get_by_label(label, exact=True).click()

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.ours.get_by_role("button", name=name, exact=True).click()

    def upload(self, *files: Path) -> None:
        """Choose files for the first place that takes some."""
        with self.page.expect_file_chooser() as chooser:
            self.ours.locator(".widget-upload").first.click()
        chooser.value.set_files([str(file) for file in files])

    def search(self, text: str, table: int = 0) -> None:
        """Write into the search field of a table; only tables of more than ten rows have one."""
        self.ours.locator(".dt-container").nth(table).get_by_role("searchbox").fill(text)

    def row(self, text: str, table: int = 0):
        """The first row of a table that says this somewhere."""
        return self.ours.locator(".dt-container").nth(table).locator("tbody tr").filter(has_text=text).first

    def keyboard(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """The text of what the keyboard is at."""
        return str(self.page.evaluate("document.activeElement.textContent")).strip()

    def measure(self, action: Callable[[], object], until: str) -> float:
        """Time what a user waits: milliseconds from the last click or key of an action to what it brings.

        Parameters
        ----------
        action : callable
            What the user does; it ends without waiting.
        until : str
            A JavaScript function that is true once the page shows what it should, and was not before.
        """
        assert not self.page.evaluate(f"({until})()"), f"the page showed it before: {until}"
        self.page.evaluate(_WATCH, f"({until})")
        action()
        return float(self.page.evaluate("window.__seen"))
