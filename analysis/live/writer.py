"""The widget that writes code into a new cell."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import ipywidgets as widgets
import traitlets

from analysis.live.scripts import script

#: The class of a panel's outermost element.
PANEL = "parallax-panel"


class CodeWriter(anywidget.AnyWidget):
    """Shows nothing until it is asked to write; meanwhile it serves its panel.

    It sees to it that the panel gets the keys pressed there, and tells of links to what the page does not show.
    """

    _esm = script("writer")
    code = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int().tag(sync=True)

    def reach(self, anchor: str) -> None:
        """Go to an anchor as soon as the page has it."""
        self.send({"reach": anchor})

    def write(self, code: str) -> None:
        """Put code into a new cell below the one that shows this widget."""
        self.code = code
        self.asked += 1

    def button(self, code: Callable[[], str], tooltip: str) -> widgets.Button:
        """Return a button that writes what a function gives when it is pressed."""
        button = widgets.Button(description="Write the call", tooltip=tooltip)
        button.on_click(lambda _: self.write(code()))
        return button
