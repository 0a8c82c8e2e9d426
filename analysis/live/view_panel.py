"""A view with its controls, as widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from analysis.live.calls import failed, make, together, write_code
from analysis.live.controls import Control
from analysis.live.exploration import Exploration
from analysis.live.panel import Panel
from analysis.live.table_widget import Chooser
from analysis.live.turns import in_turn
from analysis.live.views import ASKED_FOR, View
from analysis.live.writer import FOLLOWS, PANEL, CodeWriter
from analysis.show.shown import Shown, remark


class ViewPanel(Panel):
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
        self._made: Sequence[Shown] = ()
        self._followed = self._state()
        self._offered: dict[str, Any] = {}
        self._old = False
        self.controls = {control.name: _widget(control) for control in view.controls}
        self.body = widgets.HTML()
        self.chooser = Chooser(view.table, view.caption, self._chosen) if view.table and view.caption else None
        self.writer = CodeWriter()
        self.button = self.writer.button(
            lambda: write_code(self._written(), exploration), "Put the code of this view into a new cell"
        )
        self.asking = widgets.Button(description="Work it out")
        self.writer.on_msg(lambda _, message, __: exploration.lead_to(str(message.get("wanted", ""))))
        self.writer.when_shown(self._catch_up)
        self.asking.on_click(lambda _: self._fill())
        for widget in self.controls.values():
            widget.observe(lambda _: self._fill(), "value")
        if self.chooser:
            next(iter(self.controls.values())).observe(self._left, "value")
        row = widgets.Box([*self.controls.values()], layout=widgets.Layout(flex_flow="row wrap"))
        top = [self.chooser.widget] if self.chooser else []
        parts = [*top, row, self.asking, self.body, self.button, self.writer]
        ends = [exploration.follow(self._follow)]
        if view.texts:
            ends.append(exploration.follow_links(self._reach))
        super().__init__(widgets.VBox(parts, layout=widgets.Layout(width="100%")), *ends)
        for name in (PANEL, FOLLOWS):
            self.widget.add_class(name)
        self.refresh()

    @in_turn
    def refresh(self) -> None:
        """Offer what there is to choose now, and make the view anew; what cannot be had is a sentence in its place."""
        try:
            self._renew()
        except Exception as error:
            self._put([failed(error)])

    def _follow(self) -> None:
        """Make the view anew where a choice that was changed concerns it; if no page shows it, once one does."""
        before, articles, contents = self._followed
        now = self._followed = self._state()
        changed = {name for name, value in vars(now[0]).items() if value != getattr(before, name)}
        same = articles is now[1] and all(
            now[2][name] == held for name, held in contents.items() if name not in changed
        )
        if not same or not changed or not changed <= self._view.spared:
            self._old = True
            if self.writer.seen != 0:
                self._catch_up()

    def _state(self) -> tuple[Any, ...]:
        """What the view is of: the choices, the articles, and what is in the files that choices name."""
        return self._exploration.choices, self._exploration.articles, self._exploration.contents

    @in_turn
    def _catch_up(self) -> None:
        """Make the view anew if it is of choices that are not the present ones."""
        if self._old:
            self._old = False
            self.refresh()

    @in_turn
    def _reach(self, article_id: str, anchor: str) -> None:
        """Show the article that a link leads to, and go to its sentence."""
        self._catch_up()
        self.controls["article"].value = article_id
        self.writer.reach(anchor)

    def _renew(self) -> None:
        self._held = True
        try:
            for control in self._view.controls:
                offered = self._offered.get(control.name)
                self._offered[control.name] = _offer(self.controls[control.name], control, self._exploration, offered)
            if self.chooser:
                self.chooser.refresh(self._exploration)
        finally:
            self._held = False
        waiting = self._view.waits(self._exploration)
        self.asking.layout.display = "" if waiting else "none"
        if waiting:
            self._put([remark(f"{ASKED_FOR}.")])
            self._made = [self._view.plain(self._exploration)]  # without the button there is the call to ask by
        else:
            self._fill()

    @in_turn
    def _fill(self) -> None:
        if not self._held:
            self._put(make(self._calls(), self._exploration))

    def _put(self, made: Sequence[Shown]) -> None:
        """Show what was made, and keep it: what is shown without controls is not made a second time."""
        self._made = made
        self.body.value = together(made)._repr_html_()

    def _calls(self) -> Sequence[Any]:
        values = {name: widget.value for name, widget in self.controls.items()}
        return self._view.calls(self._exploration, values)

    def _written(self) -> Sequence[Any]:
        """The calls that make all that is seen, the table that a row is chosen from with it."""
        return [*([self._view.listed] if self._view.listed else []), *self._calls()]

    @in_turn
    def _chosen(self, value: str) -> None:
        next(iter(self.controls.values())).value = value

    @in_turn
    def _left(self, change: dict[str, Any]) -> None:
        if self.chooser:
            self.chooser.leave(change["new"])

    @in_turn
    def still(self) -> Shown:
        """Return what the panel shows, and the table that a row is chosen from with it."""
        listed = [self._view.listed] if self._view.listed else []
        return together([*make(listed, self._exploration), *self._made])


def _widget(control: Control) -> Any:
    """The widget of a control."""
    wide: dict[str, Any] = {
        "layout": widgets.Layout(width="24rem", max_width="calc(100% - 4px)"),
        "style": {"description_width": "8rem"},
    }
    if control.kind == "text":
        return widgets.Combobox(description=control.label, continuous_update=False, **wide)
    if control.kind == "share":
        return widgets.BoundedFloatText(description=control.label, min=0, max=1, step=0.05, **wide)
    return widgets.Dropdown(description=control.label, options=[("", "")], **wide)


def _offer(widget: Any, control: Control, exploration: Exploration, offered: Any) -> Any:
    """Offer the options there are now, keep a value that somebody chose and that is still one, and return the default.

    `offered` is the default of the last time: a text that is still that was typed by nobody.
    """
    if control.kind == "share":
        return None
    found, value = control.found(exploration), widget.value
    default = control.first(found)
    if control.kind == "text":
        widget.options = [label for label, _ in found]
        widget.value = default if value in ("", offered) else value
        return default
    options = list(found) or [("none found", "")]
    widget.options = options
    widget.value = value if value in {one for _, one in options} else options[0][1]
    return default
