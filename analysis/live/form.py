"""The widget that a form has beside its fields: it shows nothing, and sees to it that what is entered arrives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from analysis.live.scripts import script


class FormKeeper(anywidget.AnyWidget):
    """Lets something be done once all that was entered has arrived.

    A field that changes twice at once sends the second value when the first was received; a button pressed meanwhile
    goes before it, and a front end may hand the messages of each widget to a thread of its own. So the page is asked
    back, and its answer has what stands in the fields. In the form that it stands in, it also keeps the notebook from
    taking the keys that are pressed.

    Parameters
    ----------
    done : function
        Called when the page has answered, and the fields have what it told.
    fields : sequence of widgets
        Those of the form: of each, the index of what is chosen, or the value.
    """

    _esm = script("keys", "form")
    asked = traitlets.Int().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    fields = traitlets.List(traitlets.Unicode()).tag(sync=True)
    entered = traitlets.Dict().tag(sync=True)

    def __init__(self, done: Callable[[], object], fields: Sequence[Any] = ()) -> None:
        super().__init__(fields=[field.model_id for field in fields])
        self._fields, self._done = fields, done
        self.observe(lambda _: self._answer(), "answered")

    def _answer(self) -> None:
        for field in self._fields:
            told = self.entered.get(field.model_id)
            if told is not None:
                setattr(field, "index" if field.has_trait("index") else "value", told)
        self._done()

    def ask(self) -> None:
        """Ask the page whether all has been sent; `done` is called when it says so."""
        self.asked += 1
