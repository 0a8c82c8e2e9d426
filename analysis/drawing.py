"""What every chart shares: one look, one palette, one way to be shown, saved and described."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from markupsafe import escape
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation, Transform

from analysis.panel import Panel
from analysis.rendering import POINTS, Rendered, render

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

#: Narrow, so that text stays readable when a phone shows it at half size.
WIDTH = 5.0
#: The height of a row that holds the marks of two sides.
ROW = 0.27
INK, GREY, FAINT = "#1c1c1c", "#5a5a5a", "#d9d9d9"
#: How far the name of a row stands from its panel, as a label from its tick's place, and how far a note, in points.
_OFF, _BESIDE = 7.0, 6.0
#: As many characters of a legend fit in one line.
_LEGEND_CHARACTERS = 60
MARKERS = ("o", "D", "s", "^", "v", "P", "X", "h")
STYLE: dict[RcKeyType, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titley": 1.0,  # where it would be put: without it, ticks are laid out once more to see if any stands there
    "axes.labelcolor": GREY,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": GREY,
    "ytick.color": INK,
    "ytick.left": False,
    "text.color": INK,
    "text.parse_math": False,
    "svg.hashsalt": "parallax",
    "svg.fonttype": "path",
    "figure.facecolor": "white",
}


@dataclass
class Chart:
    """A drawn figure with the words that go with it, made from the same rows.

    Attributes
    ----------
    name : str
        File name in figures/, without ending.
    title : str
        The question it answers.
    caption, alt : str
        How to read it; what it shows, for those who do not see it.
    rows : DataFrame
        What is drawn, one row for each mark.
    figure : Figure
    """

    name: str
    title: str
    caption: str
    alt: str
    rows: pd.DataFrame
    figure: Figure

    @property
    def png(self) -> bytes:
        """The figure as PNG, 200 dots an inch, without a date."""
        return self._rendered.png

    @property
    def svg(self) -> bytes:
        """The figure as SVG, text as outlines, without a date."""
        return self._rendered.svg

    @cached_property
    def _rendered(self) -> Rendered:
        for panel in self.figure.axes:
            for axis in (panel.xaxis, panel.yaxis):
                if not axis.label.get_text():
                    axis.set_label_coords(0, 0)  # or ticks are laid out once more to find a place for no label
        with mpl.rc_context(STYLE):
            return render(self.figure)

    def _repr_html_(self) -> str:
        source = base64.b64encode(self.svg).decode("ascii")
        return (
            f'<figure class="chart"><img src="data:image/svg+xml;base64,{source}" alt="{escape(self.alt)}">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"


def colours(n: int) -> list[str]:
    """Return `n` colours from dark to light: cividis, which keeps its order in grey and for colour-blind readers.

    The light end is left out, since it is too pale on white.

    References
    ----------
    J. R. Nuñez, C. R. Anderton, R. S. Renslow 2018, Optimizing colormaps with consideration for color vision
    deficiency.
    """
    cividis = mpl.colormaps["cividis"]
    return [mpl.colors.to_hex(cividis(0.08 + 0.38 * place / max(1, n - 1))) for place in range(n)]


def new_figure(title: str, heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
    """Make a figure of stacked panels, `heights` in inches, with the title set flush left above them."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, sum(heights) + 0.45), layout="constrained")
        FigureCanvasAgg(figure)
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        panels = figure.subplots(
            len(heights), 1, squeeze=False,
            gridspec_kw={"height_ratios": list(heights)}, subplot_kw={"axes_class": Panel},
        )  # fmt: skip
    return figure, [panel for row in panels for panel in row]


def shortened(name: str, longest: int = 34) -> str:
    """Shorten a name in its middle for a figure; caption and alt text have it whole.

    Examples
    --------
    >>> shortened("2024-05-01-gazette-council-bridge", 20)
    '2024-05-01…il-bridge'
    """
    half = (longest - 1) // 2
    return name if len(name) <= longest else f"{name[: longest - 1 - half]}…{name[-half:]}"


def add_legend(figure: Figure, names: Sequence[str]) -> None:
    """Put a legend of the sides under the panels, in as many columns as fit, and make room for it."""
    labels = [shortened(name) for name in names]
    columns = max(1, min(len(labels), _LEGEND_CHARACTERS // (max(map(len, labels)) + 4)))
    handles = [
        Line2D([], [], color=colour, marker=MARKERS[place % len(MARKERS)], linestyle="none", label=label)
        for place, (label, colour) in enumerate(zip(labels, colours(len(labels)), strict=True))
    ]
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height + 0.24 * -(-len(labels) // columns) + 0.1)
    with mpl.rc_context(STYLE):
        figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False, handletextpad=0.2)


def draw_interval(
    panel: Axes, y: float, value: float, lower: float, upper: float, *, colour: str, marker: str, filled: bool = True
) -> None:
    """Draw a value with its interval; what goes on beyond the panel ends in an arrow, a missing interval is no line."""
    left, right = panel.get_xlim()
    missing = pd.isna(lower) or pd.isna(upper)
    low, high = (value, value) if missing else (lower, upper)
    if not missing and low < right and high > left:
        ends = [max(low, left), min(high, right)]
        add_line(panel, ends, [y, y], color=colour, linewidth=1.6, solid_capstyle="butt", zorder=2)
    for beyond, edge, arrow in ((low < left, left, "<"), (high > right, right, ">")):
        if beyond:
            add_line(panel, [edge], [y], marker=arrow, color=colour, markersize=4, clip_on=False, zorder=2)
    add_line(
        panel, [value], [y], marker=marker, markersize=6, color=colour, zorder=3, linestyle="none",
        markerfacecolor=colour if filled else "white", markeredgewidth=1.4,
    )  # fmt: skip


def add_line(panel: Axes, x: list[float], y: list[float], **look: Any) -> None:
    """Add what `panel.plot` would; that also reads formats and units, and sees to limits, which all charts set."""
    _add(panel, Line2D(x, y, **look))


def add_bar(panel: Axes, left: float, bottom: float, width: float, height: float, **look: Any) -> None:
    """Add what `panel.bar` would, in the same way."""
    _add(panel, Rectangle((left, bottom), width, height, **look))


def _add(panel: Axes, mark: Artist) -> None:
    """Add a mark; of one that ends with its panel, matplotlib would find out for each layout that it takes no room."""
    panel.add_artist(mark)
    mark.set_in_layout(not mark.get_clip_on())


def label_rows(panel: Axes, labels: Sequence[str]) -> None:
    """Label the rows of a panel from the top down, with a faint line under each."""
    name_rows(panel, labels)
    panel.set_ylim(len(labels) - 0.4, -0.6)
    underline(panel, range(len(labels)), 0.5)


def name_rows(panel: Axes, names: Sequence[str], below: float = 0.0) -> None:
    """Write the names of rows, from the top down, at the left edge of their panel, so much below the rows.

    They stand where labels of ticks would, each of which is drawn of five parts, four of them unseen.
    """
    panel.yaxis.set_visible(False)
    left = _off_the_edge(panel, -_OFF)
    for row, name in enumerate(names):
        panel.text(0, row + below, name, transform=left, ha="right", va="center_baseline", color=INK)


def underline(panel: Axes, y: Sequence[float], linewidth: float) -> None:
    """Draw faint lines from edge to edge, below all else."""
    across = panel.get_yaxis_transform(which="grid")
    ends, heights = [0, 1, math.nan] * len(y), [at for row in y for at in (row, row, math.nan)]
    add_line(panel, ends, heights, color=FAINT, linewidth=linewidth, zorder=0, transform=across)


def beside(panel: Axes, y: float, text: str) -> None:
    """Write a small note at the right edge of a row."""
    panel.text(1, y, text, transform=_off_the_edge(panel, _BESIDE), va="center", fontsize=8.5, color=GREY)


def _off_the_edge(panel: Axes, points: float) -> Transform:
    """Lead from a share of the width and a row to a place so many points to the right."""
    return panel.get_yaxis_transform() + ScaledTranslation(points / POINTS, 0, panel.figure.dpi_scale_trans)


def no_data(panel: Axes, reason: str) -> None:
    """Say in the panel why there is nothing to draw."""
    panel.set_axis_off()
    panel.text(0, 0.5, reason, transform=panel.transAxes, va="center", color=GREY)
