"""What every panel of an exploration is: widgets that are shown, with what they show kept beside them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as widgets

from analysis.live.still import show_with_still
from analysis.show.shown import Shown


class Panel(ABC):
    """Widgets in the output of a cell.

    Parameters
    ----------
    widget : DOMWidget
        The outermost one.
    *ends : functions
        What ends whatever the panel follows; they are called when it is closed.
    """

    def __init__(self, widget: widgets.DOMWidget, *ends: Callable[[], None]) -> None:
        self.widget, self._ends = widget, [*ends]
        widget.observe(lambda _: self.close(), "comm")  # whoever closes the widget closes the panel

    @abstractmethod
    def still(self) -> Shown:
        """Return what it shows now, without controls."""

    def close(self) -> None:
        """Follow nothing any more, and give up the widgets, which leave the page; closed again, it stays closed."""
        while self._ends:
            self._ends.pop()()
        close_whole(self.widget)

    def _ipython_display_(self) -> None:
        show_with_still(self.widget, self._repr_mimebundle_())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give the widget, and for programs that show none what it shows."""
        still = self.still()
        return {**self.widget._repr_mimebundle_(), "text/html": still._repr_html_(), "text/plain": still.text}


def close_whole(widget: widgets.Widget) -> None:
    """Give up a widget and all that it is made of."""
    for one in [*_all_of(widget)]:
        one.close()


def _all_of(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget, and all that it is made of: what is in it, how it is laid out and set."""
    yield widget
    for name in widget.keys:
        held = getattr(widget, name)
        for one in held if isinstance(held, list | tuple) else [held]:
            if isinstance(one, widgets.Widget):
                yield from _all_of(one)
