"""Widgets that are not installed."""

from __future__ import annotations

from importlib.util import find_spec

#: What the controls are made with.
_WIDGETS = ("ipywidgets", "itables", "anywidget", "traitlets")


def missing_widgets(error: ModuleNotFoundError) -> str:
    """Say which packages of widgets are not installed, if one was not found; empty, if what was not found is none.

    Examples
    --------
    >>> missing_widgets(ModuleNotFoundError(name="json"))
    ''
    """
    first = str(error.name).partition(".")[0]
    if first not in _WIDGETS:
        return ""
    names = [name for name in _WIDGETS if name == first or find_spec(name) is None]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{listed} {'is' if len(names) == 1 else 'are'} not installed"
