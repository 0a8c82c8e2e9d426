"""The widget that a form has beside its fields: it shows nothing, and sees to it that what is entered arrives."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from analysis.live.scripts import script


class FormKeeper(anywidget.AnyWidget):
    """Lets something be done once all that was entered has arrived.

    A field that changes twice at once sends the second value when the first was received; a button pressed meanwhile
    goes before it. So the page is asked back, and its answer comes after all that it had to send. In the form that it
    stands in, it also keeps the notebook from taking the keys that are pressed.
    """

    _esm = script("keys", "form")
    asked = traitlets.Int().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)

    def __init__(self, done: Callable[[], object]) -> None:
        super().__init__()
        self.observe(lambda _: done(), "answered")

    def ask(self) -> None:
        """Ask the page whether all has been sent; `done` is called when it says so."""
        self.asked += 1
