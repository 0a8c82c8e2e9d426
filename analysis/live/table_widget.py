"""A table that can be sorted and searched, and of which a row can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
import pandas as pd
from itables.widget import ITable

from analysis.live.calls import failed
from analysis.live.exploration import Exploration
from analysis.show.shown import remark

#: A row can be chosen with the keyboard too.
_ONE_ROW: dict[str, Any] = {"style": "single", "keys": True}


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
            self.widget.children = [widgets.HTML(failed(error)._repr_html_())]
            self._shown = None
            return
        self._first = table.iloc[:, 0].astype(str).tolist()
        if self._shown is None:
            written = [at for at, dtype in enumerate(table.dtypes) if isinstance(dtype, pd.CategoricalDtype)]
            self._shown = ITable(
                table,
                columnDefs=[{"className": "dt-right", "targets": written}],  # as other numbers stand
                select=_ONE_ROW,
                showIndex=False,
                maxBytes=0,  # all rows: a table that leaves some out finds no term that it left out
                lengthMenu=[10, 25, 100],
            )
            self._shown.observe(self._selected, "selected_rows")
            self.widget.children = [self._told, self._shown]
        else:
            self._shown.update(table, selected_rows=[])
        self._told.value = remark(f"{caption}.")._repr_html_()  # the table's own caption is not drawn, and is markup

    def _selected(self, change: dict[str, list[int]]) -> None:
        if change["new"]:
            self._chosen(self._first[change["new"][-1]])
