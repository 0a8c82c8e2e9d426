"""A button that makes the report with the present choices, and links to it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from threading import Thread
from urllib.parse import quote

import ipywidgets as widgets
from IPython.display import HTML
from markupsafe import Markup

from analysis.live.calls import sentence
from analysis.live.exploration import Exploration
from analysis.live.panel import Panel
from analysis.live.report_command import report_code, report_command
from analysis.live.writer import FOLLOWS, PANEL, CodeWriter
from analysis.paths import project_path
from analysis.show.shown import Shown, remark

#: Where the report goes, unless another folder is named.
_FOLDER = "outputs/explore"


class ReportPanel(Panel):
    """Makes the report in a process of its own, while the other panels go on."""

    def __init__(self, exploration: Exploration) -> None:
        self._exploration = exploration
        self.output = widgets.Text(
            value=_FOLDER, description="Folder", continuous_update=False,
            style={"description_width": "8rem"}, layout=widgets.Layout(width="28rem", max_width="calc(100% - 4px)"),
        )  # fmt: skip
        self.button = widgets.Button(description="Make the report")
        self.command, self.state, self.link = widgets.HTML(), widgets.HTML(), widgets.Output()
        self._making: Thread | None = None
        self.button.on_click(lambda _: self.start())
        self.output.observe(lambda _: self.refresh(), "value")
        self.writer = CodeWriter()
        self.write = self.writer.button(
            lambda: report_code(self._command()), "Put the code that makes the report into a new cell"
        )
        parts = [self.output, self.button, self.command, self.state, self.link, self.write, self.writer]
        super().__init__(widgets.VBox(parts), exploration.follow(self.refresh))
        for name in (PANEL, FOLLOWS):
            self.widget.add_class(name)
        self.refresh()

    def refresh(self) -> None:
        """Say what the report will be made with."""
        self.command.value = self.still()._repr_html_()

    def start(self) -> Thread:
        """Make the report; when it is done, link to it. Asked for again meanwhile, it is made once."""
        if self._making and self._making.is_alive():
            return self._making
        self.button.disabled = True
        self.state.value = remark("The report is being made …")._repr_html_()
        self.link.outputs = ()
        self._making = Thread(target=self._make, args=(self._command(), self._output()), daemon=True)
        self._making.start()
        return self._making

    def still(self) -> Shown:
        """Return the command that makes the same."""
        command = "python -m analysis " + shlex.join(self._command())
        other = "" if self._exploration.choices.statements == "asserted" else (
            " The report counts statements that were made, whatever counts as one here."
        )  # fmt: skip
        return remark(f"The same by command: {command}.{other}")

    def _output(self) -> str:
        """The folder named; the first one, if none is."""
        return self.output.value.strip() or _FOLDER

    def _command(self) -> list[str]:
        return report_command(self._exploration.choices, len(self._exploration.articles), self._output())

    def _make(self, command: Sequence[str], output: str) -> None:
        try:
            said = self._made(command, output)
        except Exception as error:  # in a thread of its own nobody else would say so
            said = f"No report was made. {sentence(error)}"
        self.state.value = remark(said)._repr_html_()
        self.button.disabled = False

    def _made(self, command: Sequence[str], output: str) -> str:
        """Make the report and say how that ended."""
        run = [sys.executable, "-m", "analysis", *command]
        done = subprocess.run(run, check=False, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode not in (0, 3):
            lines = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
            return f"No report was made: {lines[-1]}"
        page = project_path(output) / "report.html"
        link = Markup('Open <a href="{}" target="_blank">{}</a>').format(quote(page.as_posix()), page.as_posix())
        self.link.append_display_data(HTML(str(link)))
        return "The report is made." if done.returncode == 0 else "The report is made; some inputs were rejected."
