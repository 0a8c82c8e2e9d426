"""How a figure becomes SVG and PNG: matplotlib's renderers, which here remember how much room a text takes.

To shape a text and to look up its outlines is most of what a rendering costs, and labels, names of metrics and numbers
of ticks recur: between laying out and drawing, between figures, and between the forks of a process that has drawn.
What is remembered names a font by its files: an open font is of no use in a fork, which would move the place at which
all others read.
"""

from __future__ import annotations

import io
import os
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, RenderMode
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D, Bbox, TransformedPath
from numpy.typing import NDArray
from PIL import Image

from analysis.png import png_of

#: Dots an inch of a PNG; the unit of an SVG is a point.
DOTS, POINTS = 200, 72
_DOTS_A_POINT = DOTS / POINTS
_ENLARGING = np.diag([_DOTS_A_POINT, _DOTS_A_POINT, 1.0])
#: Texts whose size or outlines are remembered: those of some dozens of reports.
_REMEMBERED = 8192
#: FreeType counts in 64ths of a dot, and in 65536ths where it multiplies.
_PARTS, _ONE = 64, 0x10000
#: What is not transparent at all.
_OPAQUE = 255
#: The share of a text's width that stands before the place it is aligned to.
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
#: The tables of a font that say how high its lines are: name, gap, reach up and down; the first that there is.
_HEIGHTS = (
    ("OS/2", "sTypoLineGap", "sTypoAscender", "sTypoDescender"),
    ("hhea", "lineGap", "ascent", "descent"),
)
Files = tuple[FontPath, ...]
_MATPLOTLIBS = TextToPath()
_RULER = RendererAgg(1, 1, DOTS)  # type: ignore[no-untyped-call]


def _files_of(font: FontProperties) -> Files:
    """Return the files of a font, and of those that have what it lacks."""
    return tuple(fontManager._find_fonts_by_props(font))


class _Outlines(TextToPath):
    """Turns text into outlines, the same text of a font once."""

    #: The font that was asked for last, and its files.
    _asked: tuple[FT2Font | None, Files] = (None, ())

    def _get_font(self, prop: FontProperties) -> FT2Font:
        font: FT2Font = super()._get_font(prop)  # type: ignore[misc]
        self._asked = font, _files_of(prop)
        return font

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
        asked, files = self._asked
        if font is not asked or not return_new_glyphs_only or features or language:
            return super().get_glyphs_with_font(
                font, s, glyph_map, return_new_glyphs_only, features=features, language=language
            )
        placed, outlines, boxes = _outlined(files, s)
        known = glyph_map or {}
        return placed, {name: outline for name, outline in outlines.items() if name not in known}, boxes


@lru_cache(_REMEMBERED)
def _points_taken(text: str, font: FontProperties, ismath: Any) -> Any:
    return _MATPLOTLIBS.get_text_width_height_descent(text, font, ismath)


@lru_cache(_REMEMBERED)
def _outlined(files: Files, text: str) -> Any:
    font = get_font(files)
    font.set_size(_MATPLOTLIBS.FONT_SCALE, _MATPLOTLIBS.DPI)
    return _MATPLOTLIBS.get_glyphs_with_font(font, text)


@lru_cache(_REMEMBERED)
def _line_height(font: FontProperties, dots: float) -> tuple[float, float, float] | tuple[None, None, None]:
    """How far a line of text reaches up and down, and how far lines are apart, at so many dots an inch.

    A font may not say: then matplotlib measures it.
    """
    face: Any = get_font(_files_of(font))
    for table, gap, up, down in _HEIGHTS:
        if measured := face.get_sfnt_table(table):
            scale = 1 / face.get_sfnt_table("head")["unitsPerEm"] * font.get_size_in_points() * dots / POINTS
            return measured[up] * scale, -measured[down] * scale, measured[gap] * scale
    return None, None, None


@lru_cache(_REMEMBERED)
def _shaped(text: str, font: FontProperties) -> tuple[tuple[FontPath, int, float, float], ...]:
    """The glyphs of a text: file, number, and place on the line in dots."""
    face = _RULER._prepare_font(font)  # type: ignore[no-untyped-call]
    laid_out = face._layout(text, flags=get_hinting_flag(), features=None, language=None)  # type: ignore[no-untyped-call]
    return tuple((_file_of(item.ft_object), item.glyph_index, item.x, item.y) for item in laid_out)


def _file_of(face: FT2Font) -> FontPath:
    return FontPath(os.fsdecode(face.fname), face.face_index)


@lru_cache(_REMEMBERED)
def _glyph_drawn(file: FontPath, size: float, glyph: int, right: int, up: int) -> tuple[NDArray[np.uint8], int, int]:
    """A glyph as dots, so many 64ths of a dot right and up of a corner; where its left and its top edge are."""
    face = get_font(file)
    face.set_size(size, DOTS)
    face._set_transform([[_ONE, 0], [0, _ONE]], [right, up])  # type: ignore[attr-defined]
    drawn = face._render_glyph(glyph, get_hinting_flag(), RenderMode.NORMAL)  # type: ignore[attr-defined, no-untyped-call]
    return np.array(drawn.buffer), drawn.left, drawn.top


@lru_cache(_REMEMBERED)
def _dots_taken(text: str, font: FontProperties, ismath: Any) -> Any:
    return _RULER.get_text_width_height_descent(text, font, ismath)  # type: ignore[no-untyped-call]


class Rendered(NamedTuple):
    """A figure as SVG, text as outlines, and as PNG; both without a date."""

    svg: bytes
    png: bytes


class _Dots(RendererAgg):
    """Draws dots."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
        """Return the room that a text takes, in dots."""
        return _dots_taken(s, prop.copy(), ismath)

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
        return _line_height(prop.copy(), DOTS)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a text from a whole dot on, so that its letters are as sharp as they can be, and most of them the same.

        Else as matplotlib does, which draws each glyph anew; here a glyph is drawn once.
        """
        odd = angle or ismath or not gc.get_antialiased()
        if odd or (mtext is not None and (mtext.get_fontfeatures() or mtext.get_language())):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        size = prop.get_size_in_points()
        first, line = round(x), round(y)
        for file, glyph, along, above in _shaped(s, prop.copy()):
            # A glyph looks the same a whole number of dots farther.
            right, rest_right = divmod(round(_PARTS * along), _PARTS)
            up, rest_up = divmod(round(_PARTS * above), _PARTS)
            dots, left, top = _glyph_drawn(file, size, glyph, rest_right, rest_up)
            self._renderer.draw_text_image(dots, first + right + left, line - up - top + len(dots), 0, gc)


class _Both(RendererSVG):
    """Writes SVG, and hands each mark on to what draws dots: to find out what there is to draw takes the longest.

    Where marks and texts stand is found out for SVG, and holds for dots, which are only so many to a point.
    """

    def __init__(self, figure: Figure, file: io.StringIO) -> None:
        width, height = figure.get_size_inches() * POINTS
        super().__init__(width, height, file, image_dpi=DOTS, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
        self._text2path = _Outlines()
        self.dots = _Dots(width * _DOTS_A_POINT, height * _DOTS_A_POINT, DOTS)  # type: ignore[no-untyped-call]

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
        return _line_height(prop.copy(), POINTS)

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803
        """Draw a line or an area."""
        super().draw_path(gc, path, transform, rgbFace)  # type: ignore[no-untyped-call]
        self.dots.draw_path(_enlarged(gc), path, _in_dots(transform), rgbFace)  # type: ignore[no-untyped-call]

    def draw_markers(
        self,
        gc: Any,
        marker_path: Any,
        marker_trans: Any,
        path: Any,
        trans: Any,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """Draw the same mark at each of some places."""
        super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)  # type: ignore[no-untyped-call]
        self.dots.draw_markers(_enlarged(gc), marker_path, _in_dots(marker_trans), path, _in_dots(trans), rgbFace)

    def draw_path_collection(self, *given: Any, **more: Any) -> None:
        """Draw many marks, one by one."""
        RendererBase.draw_path_collection(self, *given, **more)

    def draw_gouraud_triangles(self, *_: Any) -> NoReturn:
        """Refuse what no chart has."""
        raise NotImplementedError("triangles of several colours are drawn by no chart")

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a text."""
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
        right = x * _DOTS_A_POINT
        if mtext is not None and not angle:  # hinted letters are wider or narrower than their outlines
            share = _BEFORE[mtext.get_horizontalalignment()]
            outlines, dots = (each.get_text_width_height_descent(s, prop, ismath)[0] for each in (self, self.dots))
            right += share * (outlines * _DOTS_A_POINT - dots)
        self.dots.draw_text(_enlarged(gc), right, y * _DOTS_A_POINT, s, prop, angle, ismath, mtext)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Draw a picture that has as many dots an inch as there will be; one of greys alone is embedded as such."""
        red, green, blue, opacity = np.moveaxis(im, -1, 0)
        grey = opacity.min() == _OPAQUE and bool((red == green).all() and (red == blue).all())
        super().draw_image(gc, x, y, red if grey else im, transform)  # type: ignore[no-untyped-call]
        self.dots.draw_image(_enlarged(gc), x * _DOTS_A_POINT, y * _DOTS_A_POINT, im)

    def option_scale_image(self) -> bool:
        """Tell matplotlib that pictures come in as many dots as there will be."""
        return False


def _in_dots(transform: Any) -> Any:
    """Return the matrix that leads to dots where a transform leads to points."""
    return _ENLARGING @ transform.get_matrix()


def _enlarged(gc: Any) -> GraphicsContextBase:
    """Return how something is drawn in dots: as in points, as wide as it is, but cut off where the same place is."""
    large = GraphicsContextBase()
    large.copy_properties(gc)
    if (cut := gc.get_clip_rectangle()) is not None:
        large._cliprect = Bbox(cut.get_points() * _DOTS_A_POINT)  # type: ignore[attr-defined]
    path, transform = gc.get_clip_path()
    if path is not None:
        large.set_clip_path(TransformedPath(path, Affine2D(_in_dots(transform))))
    return large


class _LaidOut(FigureCanvasSVG):
    """Lays a figure out with the renderer that draws it: left to itself, matplotlib would make one more."""

    def __init__(self, figure: Figure, file: io.StringIO) -> None:
        super().__init__(figure)
        figure.dpi = POINTS
        self._renderer = _Both(figure, file)

    def get_renderer(self) -> _Both:
        """Return the renderer: matplotlib asks for it to lay out."""
        return self._renderer


def render(figure: Figure) -> Rendered:
    """Lay out a figure that has no transparent part, and draw it: once, as SVG and as PNG of 200 dots an inch."""
    file = io.StringIO()
    renderer = _LaidOut(figure, file).get_renderer()
    figure.draw(renderer)
    renderer.finalize()  # type: ignore[no-untyped-call]
    figure.set_layout_engine("none")
    drawn = Rendered(file.getvalue().encode(), _png_of(renderer.dots))
    del renderer.dots  # the figure keeps its renderer, which need not keep millions of dots
    return drawn


def _png_of(drawn: _Dots) -> bytes:
    """The dots without their transparency."""
    width, height = int(drawn.width), int(drawn.height)
    picture = Image.frombuffer("RGBA", (width, height), drawn.buffer_rgba(), "raw", "RGBA", 0, 1)  # type: ignore[no-untyped-call]
    return png_of(picture, DOTS)
