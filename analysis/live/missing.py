"""Widgets that are not installed."""

from __future__ import annotations

#: What the controls are made with.
_WIDGETS = ("ipywidgets", "itables", "anywidget", "traitlets")


def missing_widgets(error: ModuleNotFoundError) -> str:
    """Return the package of widgets that was not found; empty, if what was not found is none.

    Examples
    --------
    >>> missing_widgets(ModuleNotFoundError(name="itables.widget")), missing_widgets(ModuleNotFoundError(name="json"))
    ('itables', '')
    """
    package = str(error.name).partition(".")[0]
    return package if package in _WIDGETS else ""
