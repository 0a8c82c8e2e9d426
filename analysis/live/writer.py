"""The widget that serves a panel: it writes code into a new cell, and says when the kernel works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import anywidget
import ipywidgets as widgets
import traitlets

from analysis.live.scripts import rules, script

#: The class of a panel's outermost element; further ones of the panel that changes the others, and of those.
PANEL, LEADS, FOLLOWS = "parallax-panel", "parallax-leads", "parallax-follows"


class CodeWriter(anywidget.AnyWidget):
    """Shows nothing until it is asked to write; meanwhile it serves its panel.

    It sees to it that the panel gets the keys pressed there, says there that the kernel works from a change until all
    that follows is done, and tells of links to what the page does not show.
    """

    _esm = script("keys", "working", "writer")
    _css = rules("panel")
    code = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int().tag(sync=True)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Say that the kernel works, for programs whose page does not see by itself how long it does."""
        self.send({"working": True})
        try:
            yield
        finally:
            self.send({"working": False})

    def reach(self, anchor: str) -> None:
        """Go to an anchor as soon as the page has it."""
        self.send({"reach": anchor})

    def write(self, code: str) -> None:
        """Put code into a new cell below the one that shows this widget."""
        self.code = code
        self.asked += 1

    def button(self, code: Callable[[], str], tooltip: str) -> widgets.Button:
        """Return a button that writes what a function gives when it is pressed."""
        button = widgets.Button(description="Write the call", tooltip=tooltip).add_class("parallax-writes")
        button.on_click(lambda _: self.write(code()))
        return button
