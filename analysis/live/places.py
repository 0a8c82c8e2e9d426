"""Where panels stand: one that is opened anew takes the place of the one before."""

from __future__ import annotations

from typing import Protocol

from analysis.live.cells import running_cell
from analysis.live.followed import Followed


class _Closed(Protocol):
    def close(self) -> object: ...


class Places:
    """The panels that are open, by their places.

    What a cell showed in an earlier run is not in the page any more: its panels are closed when it opens one again. In
    one run it may open several, and other cells have their own. Where nobody says which cell runs, there is one panel
    of an exploration and a name.
    """

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, list[_Closed]]] = {}

    def take(self, exploration: Followed, name: str, panel: _Closed) -> None:
        """Note that a panel is open, and close those whose place it takes."""
        cell, run = running_cell()
        if not cell:  # kept by the exploration, so that both go when nobody has it any more
            if name in exploration.panels:
                exploration.panels[name].close()
            exploration.panels[name] = panel
            return
        before, panels = self._open.get(cell, ("", []))
        if before != run:
            for other in panels:
                other.close()
            panels = []
        self._open[cell] = (run, [*panels, panel])
