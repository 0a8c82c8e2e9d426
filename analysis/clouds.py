"""Word clouds on one scale: the same rate has the same size on every side."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from PIL import Image
from wordcloud import WordCloud

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.drawing import INK, STYLE, WIDTH, Chart, new_figure, no_data, shortened
from analysis.names import group_names, in_order, with_surface
from analysis.schema import rows_of

#: Terms in each cloud, at most, and the fewest uses of a term that is shown.
TERMS_SHOWN = 45
FEWEST = 2
_SIZE = (560, 250)
_SMALLEST, _LARGEST = 9, 58
#: What is not transparent at all.
_OPAQUE = 255


class _Picture(AxesImage):
    """A picture of greys, which Pillow brings to the size of its panel in a tenth of matplotlib's time."""

    def __init__(self, panel: Axes, picture: Image.Image) -> None:
        super().__init__(panel)
        self._picture = picture
        self.set_data(np.asarray(picture))

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False) -> Any:
        """Return the colours of the picture's dots from the lowest row up, and where their corner is."""
        del renderer, unsampled
        left, right, bottom, top = self.get_extent()
        corners = self.get_transform().transform([[left, bottom], [right, top]]) * magnification
        (x, y), (x_end, y_end) = np.rint(corners).astype(int).tolist()
        fitted = self._picture.resize((x_end - x, y_end - y), Image.Resampling.BILINEAR)
        shades = np.asarray(fitted)[::-1]
        colours = np.stack([shades, shades, shades, np.full_like(shades, _OPAQUE)], axis=-1)
        return colours, x / magnification, y / magnification, None


def chart_word_clouds(tables: Tables, seed: int = 1) -> Chart:
    """Draw one word cloud for each group, letter height in proportion to the rate, on one scale for all.

    A long word takes more room than a short one at the same rate: read sizes, not areas.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    seed : int
        For the places of the words.

    Returns
    -------
    Chart
        Its rows are the terms drawn: group, term, surface, n, rate, size (pixels).
    """
    names = group_names(tables["articles"])
    keyness = tables["keyness"]
    rows = keyness[keyness["n"] >= FEWEST].sort_values(["n", "term"], ascending=[False, True])
    rows = rows.groupby("group", sort=False).head(TERMS_SHOWN)[["group", "term", "n", "rate"]]
    rows = in_order(names, rows)
    rows = with_surface(rows, tables)
    rows = rows[rows["surface"].map(_can_be_drawn).astype(bool)].reset_index(drop=True)
    rows, clouds = _lay_out(rows, list(names), seed)
    title = "Letter height: rate per thousand words"
    figure, panels = new_figure(title, [(WIDTH - 0.2) * _SIZE[1] / _SIZE[0] + 0.3] * len(names))
    with mpl.rc_context(STYLE):
        for panel, (group, name) in zip(panels, names.items(), strict=True):
            panel.set_title(shortened(name))
            if (cloud := clouds[group]) is None:
                no_data(
                    panel,
                    "No term is frequent enough to be drawn on this scale.",
                )
            else:
                picture = _Picture(panel, cloud.to_image())
                panel.set_aspect("equal")
                panel.add_image(picture)
                picture.set_extent(picture.get_extent())  # and with it the limits of the panel
                panel.set_axis_off()
    drawn = ", ".join(f"{name} {int((rows['group'] == group).sum())}" for group, name in names.items())
    lowest = f" of {format_value(rows['rate'].min(), '.1f')} or more uses per thousand words" if len(rows) else ""
    caption = (
        "Letter height is in proportion to the rate per thousand words, on one scale for all texts; stop words are "
        f"left out. Drawn are terms{lowest}, at most {TERMS_SHOWN} a text ({drawn}); rarer ones would be too small, "
        "and scripts that the font lacks are left out. "
        "Frequent is not distinctive: the chart of log ratios shows what sets the texts apart."
    )
    described = [
        f"{name}: " + ", ".join(
            f"{row.surface} {format_value(row.rate, '.1f')}" for row in rows_of(rows[rows["group"] == group].head(10))
        )
        for group, name in names.items()
    ]  # fmt: skip
    alt = "Word clouds. Most used terms with their rate per thousand words. " + "; ".join(described) + "."
    return Chart("word_clouds", title, caption, alt, rows, figure)


def _lay_out(rows: pd.DataFrame, groups: list[str], seed: int) -> tuple[pd.DataFrame, dict[str, WordCloud | None]]:
    """Place every word at its size; where one does not fit, draw all clouds on a smaller scale.

    A word that fits on no scale is left out, so that the rows are those drawn.
    """
    for largest in range(_LARGEST, _SMALLEST - 1, -7):
        sizes = (largest * rows["rate"] / rows["rate"].max()).round() if len(rows) else rows["rate"]
        sized = rows.assign(size=sizes.fillna(0).astype("int64"))
        sized = sized[sized["size"] >= _SMALLEST].reset_index(drop=True)
        drawn: dict[str, tuple[WordCloud | None, set[str]]] = {}
        for group in groups:
            own = sized[sized["group"] == group]
            drawn[group] = _cloud(own, seed)
            if largest > _SMALLEST and not drawn[group][1].issuperset(own["surface"]):
                break
        else:
            break
    placed = [row.surface in drawn[row.group][1] for row in rows_of(sized)]
    kept = pd.Series(placed, index=sized.index, dtype="bool")  # of no rows, an empty list would choose no columns
    return sized[kept].reset_index(drop=True), {group: cloud for group, (cloud, _) in drawn.items()}


def _cloud(rows: pd.DataFrame, seed: int) -> tuple[WordCloud | None, set[str]]:
    """One cloud, None without words, and the words that were placed at their size."""
    if rows.empty:
        return None, set()
    sizes = {str(row.surface): int(row.size) for row in rows_of(rows[["surface", "size"]])}
    cloud = WordCloud(
        width=_SIZE[0], height=_SIZE[1], scale=2, font_path=_font(),
        prefer_horizontal=1.0, relative_scaling=1, max_font_size=max(sizes.values()), min_font_size=1, font_step=1,
        mode="L", background_color="white", color_func=lambda *_, **__: INK, random_state=seed, margin=3,
    )  # fmt: skip
    # wordcloud scales each size by the ratio of neighbouring frequencies: whole sizes come out as they went in.
    cloud.generate_from_frequencies(sizes)
    placed = {word: size for (word, _), size, *_ in cloud.layout_}
    return cloud, {word for word, size in placed.items() if sizes[word] == size}


def _font() -> str:
    return str(mpl.font_manager.findfont("DejaVu Sans:bold"))


def _can_be_drawn(surface: str) -> bool:
    """Tell whether the font has every character of a term."""
    return all(ord(character) in _characters() for character in surface)


@cache
def _characters() -> frozenset[int]:
    return frozenset(mpl.font_manager.get_font(_font()).get_charmap())
