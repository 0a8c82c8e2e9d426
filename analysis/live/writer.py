"""The widget that writes code into a new cell."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

#: The class of a panel's outermost element.
PANEL = "parallax-panel"


class CodeWriter(anywidget.AnyWidget):
    """Shows nothing until it is asked to write; meanwhile it sees to it that its panel gets the keys pressed there."""

    _esm = Path(__file__).parent.parent / "templates" / "live" / "writer.js"
    code = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int().tag(sync=True)

    def write(self, code: str) -> None:
        """Put code into a new cell below the one that shows this widget."""
        self.code = code
        self.asked += 1
