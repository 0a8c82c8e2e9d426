"""Panels of an exploration by their names, and what stands in their place where there are no widgets."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from analysis.inputs.files import accept
from analysis.live.exploration import Exploration
from analysis.live.missing import missing_widgets
from analysis.live.places import Places
from analysis.live.views import VIEWS, find_view
from analysis.show.shown import joined, remark

#: The panels that are no views, and what does the same without them.
_OTHERS = {
    "choices": ("choices_panel", "ChoicesPanel", 'exploration.choose(voices="author") changes a choice'),
    "report": ("report_panel", "ReportPanel", "python -m analysis report makes the report"),
}
#: All panels of this process.
_PLACES = Places()


def open_panel(exploration: Exploration, name: str) -> Any:
    """Open a panel of an exploration.

    A cell that is run again closes what it opened before; other cells keep theirs, so that two terms, say, can be
    looked at side by side, and each change of a choice is followed by both. Where the program does not say which cell
    runs, a panel that is opened anew closes the one of its name.

    Parameters
    ----------
    exploration : Exploration
        What `explore` gives.
    name : str
        "choices", a view ("terms", "texts", "sources", "labels", "overlap", "readability", "claims"), or "report".

    Returns
    -------
    object
        Controls with what they show; where ipywidgets or itables is missing, the view alone, which says so.

    Raises
    ------
    InputError
        There is no panel of that name; the message lists those there are.
    """
    accept("panel", name, (*VIEWS, *_OTHERS))
    try:
        if name in _OTHERS:
            module, kind, _ = _OTHERS[name]
            panel = getattr(import_module(f"analysis.live.{module}"), kind)(exploration)
        else:
            panel = import_module("analysis.live.view_panel").ViewPanel(exploration, find_view(name))
    except ModuleNotFoundError as missing:
        lacking = missing_widgets(missing)
        if not lacking:
            raise
        said = remark(f"There are no controls here, since {lacking}.")
        if name in _OTHERS:
            return joined([said, remark(f"Without controls, {_OTHERS[name][2]}.")])
        return joined([said, find_view(name).plain(exploration)])
    _PLACES.take(exploration, name, panel)
    return panel
