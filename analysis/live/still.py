"""What a panel shows, kept beside its controls: a saved notebook and a page have it where no controls are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
from IPython.display import display

_VIEW = "application/vnd.jupyter.widget-view+json"


def show_with_still(widget: widgets.DOMWidget, bundle: Mapping[str, Any]) -> None:
    """Show a widget, and below it what it shows, which is hidden wherever the widget itself is drawn.

    Front ends choose one form of an output, and prefer the widget even where they cannot draw it: in a notebook that is
    opened again without its kernel, or a page without the web. So that is an output of its own.

    Parameters
    ----------
    widget : DOMWidget
    bundle : mapping
        Of the panel: the widget's view, and the HTML and text of what it shows.
    """
    drawn = f"parallax-{widget.model_id}"
    widget.add_class(drawn)
    display({_VIEW: bundle[_VIEW], "text/plain": "Controls, where they can be drawn."}, raw=True)
    hide = f"<style>:root:has(.{drawn}) .still-{drawn} {{ display: none; }}</style>"
    still = f'<div class="still-{drawn}">{hide}{bundle["text/html"]}</div>'
    display({"text/html": still, "text/plain": bundle["text/plain"]}, raw=True)
