"""The scripts of the widgets that are made here."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "templates" / "live"


def script(name: str) -> str:
    """Return the script of a widget, and before it what all of them have: a widget is given one module."""
    return "\n".join((_FOLDER / f"{file}.js").read_text(encoding="utf-8") for file in ("keys", name))
