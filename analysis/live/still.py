"""What a panel shows, kept beside its controls: a saved notebook and a page have it where no controls are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from analysis.show.shown import remark

_VIEW = "application/vnd.jupyter.widget-view+json"
#: Said where the controls are not drawn.
UNDRAWN = "Run this cell to have its controls."
#: An output of which it is certain that no widget comes: it shows what is none, its widget was not found, or is gone.
_TOLD = "[data-mime-type], .jupyter-widgets, .lm-mod-hidden"
#: What is shown is hidden where the widget is drawn. Where it is not, JupyterLab writes into the output of the widget,
#: the one before, that it is looking for a model, or that there is none; that output is hidden until the widget is in
#: it. While it is looking, the controls may come yet.
_RULES = """\
:root:has(.{drawn}) .still-{drawn} {{ display: none; }}
.jp-OutputArea-child:has(+ .jp-OutputArea-child .still-{drawn}):not(:has(.{drawn})) {{ display: none; }}
.jp-OutputArea-child:has(> .jp-OutputArea-output:not({told})) + * .still-{drawn} .undrawn {{ display: none; }}
"""


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
    rules = _RULES.format(drawn=drawn, told=_TOLD)
    said = f'<div class="undrawn">{remark(UNDRAWN)._repr_html_()}</div>'
    still = f'<div class="still-{drawn}"><style>{rules}</style>{said}{bundle["text/html"]}</div>'
    display({"text/html": still, "text/plain": bundle["text/plain"]}, raw=True)
