"""A button that makes the report with the present choices, and links to it."""

from __future__ import annotations

import shlex
from threading import Thread
from typing import Any
from urllib.parse import quote

import ipywidgets as widgets
from markupsafe import Markup

from analysis.live.exploration import Exploration
from analysis.live.panel import Panel
from analysis.live.report_command import report_code, report_command
from analysis.live.report_making import making_of
from analysis.live.writer import FOLLOWS, PANEL, CodeWriter
from analysis.show.shown import Shown, joined, remark

#: Where the report goes, unless another folder is named.
_FOLDER = "outputs/explore"
#: JupyterLab brings a tab forward that has the same file, with what it had.
_OPEN = "A tab that shows an earlier report of this folder keeps it until it is reloaded."


class ReportPanel(Panel):
    """Makes the report in a process of its own, while the other panels go on.

    What is being made, or was made last, is found by every panel of the exploration, also by one that is opened later.
    """

    def __init__(self, exploration: Exploration) -> None:
        self._exploration = exploration
        self.output = widgets.Text(
            value=_FOLDER, description="Folder", continuous_update=False,
            style={"description_width": "8rem"}, layout=widgets.Layout(width="28rem", max_width="calc(100% - 4px)"),
        )  # fmt: skip
        self.button = widgets.Button(description="Make the report")
        self.command, self.state, self.link = widgets.HTML(), widgets.HTML(), widgets.Output()
        self._making = making_of(exploration)
        self.button.on_click(lambda _: self.start())
        self.output.observe(lambda _: self.refresh(), "value")
        self.writer = CodeWriter()
        self.write = self.writer.button(
            lambda: report_code(self._command()), "Put the code that makes the report into a new cell"
        )
        parts = [self.output, self.button, self.command, self.state, self.link, self.write, self.writer]
        super().__init__(widgets.VBox(parts), exploration.follow(self.refresh), self._making.follow(self._tell))
        for name in (PANEL, FOLLOWS):
            self.widget.add_class(name)
        self.refresh()

    def refresh(self) -> None:
        """Say what the report will be made with."""
        self.command.value = self.still()._repr_html_()
        self._tell()

    def start(self) -> Thread:
        """Make the report; when it is done, link to it. Asked for again meanwhile, it is made once."""
        return self._making.start(self._command(), self._output())

    def _tell(self) -> None:
        """Say what became of the report, and link to it."""
        making = self._making
        self.button.disabled = making.runs
        said = [making.said] if making.said else []
        if said and making.command != self._command():
            said.append(remark(f"That is of other choices: python -m analysis {shlex.join(making.command)}."))
        self.state.value = joined(said)._repr_html_() if said else ""
        shown: tuple[dict[str, Any], ...] = ()
        if making.page:
            link = Markup('<p>Open <a href="{}" target="_blank">{}</a>. {}</p>').format(
                quote(making.page), making.page, _OPEN
            )
            shown = ({"output_type": "display_data", "data": {"text/html": str(link)}, "metadata": {}},)
        if self.link.outputs != shown:
            self.link.outputs = shown

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
