"""A table that can be sorted and searched, and of which a row can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import pandas as pd
from itables.widget import ITable

from analysis.live.calls import failed
from analysis.live.exploration import Exploration
from analysis.live.panel import close_whole
from analysis.show.shown import remark

#: A row can be chosen with the keyboard too. All rows are given: a table that leaves some out finds no term that it
#: left out.
_OPTIONS: dict[str, Any] = {
    "select": {"style": "single", "keys": True}, "maxBytes": 0, "lengthMenu": [10, 25, 100],
}  # fmt: skip


class Chooser:
    """The table of a view as a widget.

    Parameters
    ----------
    table : function of an Exploration
        What to show; the first column is what a row is chosen by, and numbers that are written out are categories in
        their order.
    caption : function of an Exploration
        What the table has, and of how many words.
    chosen : function of a string
        Called with the first cell of each row that is chosen.
    """

    def __init__(
        self,
        table: Callable[[Exploration], pd.DataFrame],
        caption: Callable[[Exploration], str],
        chosen: Callable[[str], None],
    ) -> None:
        self._table, self._caption, self._chosen = table, caption, chosen
        self._shown: ITable | None = None
        self._first: list[str] = []
        self._told = widgets.HTML()
        self.widget = widgets.VBox([])

    def refresh(self, exploration: Exploration) -> None:
        """Show the table anew."""
        try:
            table, caption = self._table(exploration), self._caption(exploration)
        except Exception as error:
            self._told.value = failed(error)._repr_html_()
            self.widget.children = [self._told]
            if self._shown is not None:  # a page would draw it a second time, which itables does not bear
                close_whole(self._shown)
            self._shown = None
            return
        self._first = table.iloc[:, 0].astype(str).tolist()
        written = [at for at, dtype in enumerate(table.dtypes) if isinstance(dtype, pd.CategoricalDtype)]
        # As other numbers stand; an update takes anew what hangs on the columns.
        columns: dict[str, Any] = {"showIndex": False, "columnDefs": [{"className": "dt-right", "targets": written}]}
        if self._shown is None:
            self._shown = ITable(table, **_OPTIONS, **columns)
            self._shown.observe(self._selected, "selected_rows")
        else:
            self._shown.update(table, selected_rows=[], **_OPTIONS, **columns)
        self.widget.children = [self._told, self._shown]
        self._told.value = remark(f"{caption}.")._repr_html_()  # the table's own caption is not drawn, and is markup

    def leave(self, value: str) -> None:
        """Mark no row as chosen any more, if another value is."""
        shown = self._shown
        if shown is not None and any(self._first[row] != value for row in shown.selected_rows):
            shown.selected_rows = []

    def _selected(self, change: dict[str, list[int]]) -> None:
        if change["new"]:
            self._chosen(self._first[change["new"][-1]])
