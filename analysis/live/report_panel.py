"""A button that makes the report with the present choices, and links to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import ipywidgets as widgets
from IPython.display import FileLink

from analysis.live.exploration import Exploration
from analysis.live.report_command import report_command
from analysis.paths import project_path
from analysis.show.shown import remark


class ReportPanel:
    """Makes the report in a process of its own, while the other panels go on."""

    def __init__(self, exploration: Exploration) -> None:
        self._exploration = exploration
        self.output = widgets.Text(
            value="outputs/explore", description="Folder", continuous_update=False,
            style={"description_width": "8rem"}, layout=widgets.Layout(width="28rem", max_width="100%"),
        )  # fmt: skip
        self.button = widgets.Button(description="Make the report")
        self.state, self.link = widgets.HTML(), widgets.Output()
        self.button.on_click(lambda _: self.start())
        self.widget = widgets.VBox([self.output, self.button, self.state, self.link])
        exploration.follow(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the report will be made with."""
        command = "python -m analysis " + " ".join(map(_quoted, self._command()))
        other = "" if self._exploration.choices.statements == "asserted" else (
            " The report counts statements that were made, whatever counts as one here."
        )  # fmt: skip
        self.state.value = remark(f"The same by command: {command}.{other}")._repr_html_()

    def start(self) -> Thread:
        """Make the report; when it is done, link to it."""
        self.button.disabled = True
        self.state.value = remark("The report is being made …")._repr_html_()
        self.link.outputs = ()
        thread = Thread(target=self._make, args=(self._command(), self.output.value), daemon=True)
        thread.start()
        return thread

    def _command(self) -> Sequence[str]:
        return report_command(self._exploration.choices, len(self._exploration.articles), self.output.value)

    def _make(self, command: Sequence[str], output: str) -> None:
        done = subprocess.run([sys.executable, "-m", "analysis", *command], check=False, capture_output=True, text=True)
        page = project_path(output) / "report.html"
        if done.returncode in (0, 3):
            said = "The report is made." if done.returncode == 0 else "The report is made; some inputs were rejected."
            self.link.append_display_data(FileLink(Path(page), result_html_prefix="Open ", result_html_suffix=""))
        else:
            lines = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
            said = f"No report was made: {lines[-1]}"
        self.state.value = remark(said)._repr_html_()
        self.button.disabled = False

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give the widget, and for programs that show none the command that makes the report."""
        bundle: dict[str, Any] = {**self.widget._repr_mimebundle_(), "text/html": self.state.value}
        return bundle


def _quoted(part: str) -> str:
    return part if part and all(c.isalnum() or c in "-_./" for c in part) else f"{part!r}"
