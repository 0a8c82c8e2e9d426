"""The scripts and rules of the widgets that are made here."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "templates" / "live"


def script(*names: str) -> str:
    """Return the script of a widget, with those before it whose functions it calls: a widget is given one module."""
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)


def rules(name: str) -> str:
    """Return rules of how widgets look."""
    return (_FOLDER / f"{name}.css").read_text(encoding="utf-8")
