"""How a figure becomes SVG and PNG: matplotlib's renderers, which here remember how much room a text takes.

To shape a text and to look up its outlines is most of what a rendering costs, and labels, names of metrics and numbers
of ticks recur: between laying out and drawing, between figures, and between the forks of a process that has drawn.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath
from PIL import Image

#: Dots an inch of a PNG; the unit of an SVG is a point.
DOTS, POINTS = 200, 72
#: How hard PNG is compressed: on charts, harder takes half as long again and saves nothing.
_LEVEL = 3
#: Texts whose size or outlines are remembered: those of some dozens of reports.
_REMEMBERED = 8192
_MATPLOTLIBS = TextToPath()
_RULER = RendererAgg(1, 1, DOTS)  # type: ignore[no-untyped-call]


class _Outlines(TextToPath):
    """Turns text into outlines, the same text of a font once."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
        """Return the room that a text takes, in points."""
        return _points_taken(s, prop.copy(), ismath)

    def get_glyphs_with_font(
        self,
        font: FT2Font,
        s: str,
        glyph_map: Any = None,
        return_new_glyphs_only: bool = False,
        *,
        features: Any = None,
        language: Any = None,
    ) -> Any:
        """Return the places of the outlines of a text, and the outlines: of those not in `glyph_map`, if so asked."""
        if not return_new_glyphs_only or features or language:
            return super().get_glyphs_with_font(
                font, s, glyph_map, return_new_glyphs_only, features=features, language=language
            )
        placed, outlines, boxes = _outlined(font, s)
        known = glyph_map or {}
        return placed, {name: outline for name, outline in outlines.items() if name not in known}, boxes


@lru_cache(_REMEMBERED)
def _points_taken(text: str, font: FontProperties, ismath: Any) -> Any:
    return _MATPLOTLIBS.get_text_width_height_descent(text, font, ismath)


@lru_cache(_REMEMBERED)
def _outlined(font: FT2Font, text: str) -> Any:
    return _MATPLOTLIBS.get_glyphs_with_font(font, text)


@lru_cache(_REMEMBERED)
def _dots_taken(text: str, font: FontProperties, ismath: Any) -> Any:
    return _RULER.get_text_width_height_descent(text, font, ismath)  # type: ignore[no-untyped-call]


class _SVG(RendererSVG):
    """Writes SVG."""

    def __init__(self, figure: Figure, file: io.StringIO, dots: float) -> None:
        width, height = figure.get_size_inches() * POINTS
        super().__init__(width, height, file, image_dpi=dots, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
        self._text2path = _Outlines()


class _Dots(RendererAgg):
    """Draws dots."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
        """Return the room that a text takes, in dots."""
        return _dots_taken(s, prop.copy(), ismath)


class _LaidOut(FigureCanvasSVG):
    """Lays a figure out with the renderer that draws it: left to itself, matplotlib would make one more."""

    def __init__(self, figure: Figure, file: io.StringIO) -> None:
        super().__init__(figure)
        dots = figure.dpi
        figure.dpi = POINTS
        self._renderer = _SVG(figure, file, dots)

    def get_renderer(self) -> RendererSVG:
        """Return the renderer: matplotlib asks for it to lay out."""
        return self._renderer


def svg_of(figure: Figure) -> bytes:
    """Return a figure as SVG, text as outlines, without a date. This lays the figure out, once for all renderings."""
    file = io.StringIO()
    renderer = _LaidOut(figure, file).get_renderer()
    figure.draw(renderer)
    renderer.finalize()  # type: ignore[no-untyped-call]
    figure.set_layout_engine("none")
    return file.getvalue().encode()


def png_of(figure: Figure) -> bytes:
    """Return a figure that is laid out and has no transparent part as PNG, without a date."""
    figure.set_dpi(DOTS)
    canvas = FigureCanvasAgg(figure)
    renderer = _Dots(*canvas.get_width_height(), DOTS)  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    buffer = io.BytesIO()
    size = int(renderer.width), int(renderer.height)
    picture = Image.frombuffer("RGBA", size, renderer.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")  # type: ignore[no-untyped-call]
    picture.save(buffer, "png", compress_level=_LEVEL, dpi=(DOTS, DOTS))
    return buffer.getvalue()
