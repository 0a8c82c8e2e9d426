"""Word clouds on one scale: the same rate has the same size on every side."""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import Colormap, NoNorm
from numpy.typing import NDArray
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
#: White, where black is 0.
_SHADES = 255


class _Shades(Colormap):
    """Draws a shade of grey, from 0 to 1, as it is.

    A picture of shades is laid on the dots as that of three equal colours is, in a quarter of the memory.
    """

    def __init__(self) -> None:
        super().__init__("shades", _SHADES + 1)

    def __call__(self, X: Any, *_: Any, **__: Any) -> Any:  # noqa: N803
        """Return the colours of an array of shades as matplotlib asks for them, in numbers up to 255."""
        shades = (np.asarray(X) * _SHADES).astype(np.uint8)
        return np.stack([shades, shades, shades, np.full_like(shades, _SHADES)], axis=-1)


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
                panel.imshow(
                    _shades_of(cloud),
                    norm=NoNorm(),
                    cmap=_Shades(),
                    interpolation="bilinear",
                    interpolation_stage="data",
                )
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


def _shades_of(cloud: WordCloud) -> NDArray[np.float64]:
    """The picture of a cloud, from 0 for black to 1 for white, as exact as matplotlib keeps that of a colour."""
    shades: NDArray[np.float64] = np.divide(cloud.to_array(), _SHADES, dtype=np.float32).astype(np.float64)
    return shades


def _font() -> str:
    return str(mpl.font_manager.findfont("DejaVu Sans:bold"))


def _can_be_drawn(surface: str) -> bool:
    """Tell whether the font has every character of a term."""
    return all(ord(character) in _characters() for character in surface)


@cache
def _characters() -> frozenset[int]:
    return frozenset(mpl.font_manager.get_font(_font()).get_charmap())
