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

    Attributes
    ----------
    seen : int or None
        In how many places pages show it; a page that is gone told of nothing. None where no page has told of any.
    """

    _esm = script("keys", "working", "writer")
    _css = rules("panel")
    code = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.seen: int | None = None
        self._shown: list[Callable[[], object]] = []
        self.on_msg(lambda _, message, __: self._count(message.get("shown")))

    def when_shown(self, shown: Callable[[], object]) -> None:
        """Call a function whenever a page shows the widget in a further place."""
        self._shown.append(shown)

    def _count(self, change: object) -> None:
        """Count the places: a page tells of one more, or of one less."""
        if isinstance(change, int):
            self.seen = max(0, (self.seen or 0) + change)
            for shown in self._shown if change > 0 else ():
                shown()

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
