"""A view with its controls, as widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from analysis.live.calls import sentence, show, write_code
from analysis.live.choosing import Chooser
from analysis.live.controls import Control
from analysis.live.exploration import Exploration
from analysis.live.still import show_with_still
from analysis.live.views import FEW, View
from analysis.live.writer import PANEL, CodeWriter
from analysis.show.shown import remark

_WIDE = {
    "layout": widgets.Layout(width="24rem", max_width="100%"),
    "style": {"description_width": "8rem"},
}


class Panel:
    """The controls of a view above, what it shows below, and a button that writes the call.

    Parameters
    ----------
    exploration : Exploration
        Each change of its choices makes the view anew.
    view : View
    """

    def __init__(self, exploration: Exploration, view: View) -> None:
        self._exploration, self._view = exploration, view
        self._held = False
        self.controls = {control.name: _widget(control) for control in view.controls}
        self.body = widgets.HTML()
        self.chooser = Chooser(view.table, self._chosen) if view.table else None
        self.writer = CodeWriter()
        self.button = widgets.Button(description="Write the call", tooltip="Put the code of this view into a new cell")
        self.asking = widgets.Button(description="Work it out")
        self.button.on_click(lambda _: self.writer.write(write_code(self._calls(), exploration)))
        self.asking.on_click(lambda _: self._fill())
        for widget in self.controls.values():
            widget.observe(lambda _: self._fill(), "value")
        row = widgets.Box([*self.controls.values()], layout=widgets.Layout(flex_flow="row wrap"))
        top = [self.chooser.widget] if self.chooser else []
        parts = [*top, row, self.asking, self.body, self.button, self.writer]
        self.widget = widgets.VBox(parts, layout=widgets.Layout(width="100%"))
        self.widget.add_class(PANEL)
        self.refresh()
        exploration.follow(self.refresh)

    def refresh(self) -> None:
        """Offer what there is to choose now, and make the view anew; what cannot be had is a sentence in its place."""
        try:
            self._renew()
        except Exception as error:
            self.body.value = remark(sentence(error))._repr_html_()

    def _renew(self) -> None:
        self._held = True
        try:
            for control in self._view.controls:
                _offer(self.controls[control.name], control, self._exploration)
            if self.chooser:
                self.chooser.refresh(self._exploration)
        finally:
            self._held = False
        waiting = self._view.waits(self._exploration)
        self.asking.layout.display = "" if waiting else "none"
        if waiting:
            self.body.value = remark(
                f"With more than {FEW} articles this is worked out when it is asked for."
            )._repr_html_()
        else:
            self._fill()

    def _fill(self) -> None:
        if not self._held:
            self.body.value = show(self._calls(), self._exploration)._repr_html_()

    def _calls(self) -> Sequence[Any]:
        values = {name: widget.value for name, widget in self.controls.items()}
        return self._view.calls(self._exploration, values)

    def _chosen(self, value: str) -> None:
        next(iter(self.controls.values())).value = value

    def _ipython_display_(self) -> None:
        show_with_still(self.widget, self._repr_mimebundle_())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give the widget, and for programs that show none the same view without controls."""
        plain = self._view.plain(self._exploration)
        return {**self.widget._repr_mimebundle_(), "text/html": plain._repr_html_(), "text/plain": plain.text}


def _widget(control: Control) -> Any:
    """The widget of a control."""
    if control.kind == "text":
        return widgets.Combobox(description=control.label, continuous_update=False, **_WIDE)
    if control.kind == "share":
        return widgets.BoundedFloatText(description=control.label, min=0, max=1, step=0.05, **_WIDE)
    return widgets.Dropdown(description=control.label, options=[("", "")], **_WIDE)


def _offer(widget: Any, control: Control, exploration: Exploration) -> None:
    """Offer the options there are now, and keep the value if it is still one of them."""
    if control.kind == "share":
        return
    found, value = control.found(exploration), widget.value
    if control.kind == "text":
        widget.options = [label for label, _ in found]
        widget.value = value or control.default(exploration)
        return
    options = list(found) or [("none", "")]
    widget.options = options
    widget.value = value if value in {one for _, one in options} else options[0][1]
