"""Where panels stand: one that is opened anew takes the place of the one before."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Protocol

from analysis.live.cells import running_cell


class _Closed(Protocol):
    def close(self) -> object: ...


class Places:
    """The panels that are open, by their places.

    What a cell showed in an earlier run is not in the page any more: its panels are closed when it opens one again. In
    one run it may open several, and other cells have their own. Where nobody says which cell runs, there is one panel
    of an exploration and a name.
    """

    def __init__(self) -> None:
        self._open: dict[Hashable, tuple[str, list[_Closed]]] = {}

    def take(self, exploration: Any, name: str, panel: _Closed) -> None:
        """Note that a panel is open, and close those whose place it takes."""
        cell, run = running_cell()
        place: Hashable = cell or (id(exploration), name)
        before, panels = self._open.get(place, ("", []))
        if not cell or before != run:
            for other in panels:
                other.close()
            panels = []
        self._open[place] = (run, [*panels, panel])
