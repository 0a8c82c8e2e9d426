"""Figures are rendered as matplotlib itself would, however often a text was seen before."""

import io
import os
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from analysis.drawing import STYLE, beside, draw_interval, label_rows, new_figure
from analysis.rendering import png_of, svg_of


def _figure(labels: list[str]) -> Figure:
    figure, (upper, lower) = new_figure("The bridge", [1.0, 1.0])
    with mpl.rc_context(STYLE):
        for panel in (upper, lower):
            panel.set_xlim(0, 2)
            label_rows(panel, labels)
            draw_interval(panel, 0, 1.0, 0.5, float("inf"), colour="#123456", marker="o", filled=False)
            beside(panel, 0, "3 : 1")
        lower.set_xlabel("rate")
        lower.set_ylabel("turned")
        lower.imshow(np.zeros((2, 2, 3), dtype="uint8"), extent=(0, 1, 0, 0.5), aspect="auto")
    return figure


TEXTS = pytest.mark.parametrize(
    "labels",
    [
        pytest.param(["mayor", "river"], id="words"),
        pytest.param(["mayor", "mayor"], id="a word twice"),
        pytest.param(["café — naïve", "fi ffl AV"], id="accents, ligatures and kerning"),
        pytest.param(["$x$", "a_b"], id="what would be a formula"),
        pytest.param(["one\ntwo", ""], id="two lines, and nothing"),
    ],
)


@TEXTS
def test_svg_is_matplotlibs_byte_for_byte(labels):
    expected, figure = io.BytesIO(), _figure(labels)
    with mpl.rc_context(STYLE):
        FigureCanvasSVG(figure).print_svg(expected, metadata={"Date": None, "Creator": None})
        assert svg_of(_figure(labels)) == svg_of(_figure(labels)) == expected.getvalue()


@TEXTS
def test_png_has_the_pixels_of_matplotlibs_and_no_transparency(labels):
    expected, figure, own = io.BytesIO(), _figure(labels), _figure(labels)
    with mpl.rc_context(STYLE):
        for laid_out in (figure, own):
            svg_of(laid_out)
        figure.set_dpi(200)
        FigureCanvasAgg(figure).print_png(expected)
        made = png_of(own)
    assert made == png_of(own)
    drawn, plain = Image.open(io.BytesIO(made)), Image.open(expected)
    assert drawn.mode == "RGB"
    assert "Software" not in drawn.info
    assert drawn.info["dpi"] == plain.info["dpi"]
    assert drawn.tobytes() == plain.convert("RGB").tobytes()


def test_a_size_is_remembered_for_its_font():
    small, large = _figure(["mayor"]), _figure(["mayor"])
    for label in large.axes[0].get_yticklabels():
        label.set_fontsize(20)
    with mpl.rc_context(STYLE):
        svg_of(small), svg_of(large)
    assert large.axes[0].get_position().x0 > small.axes[0].get_position().x0


def _places_in_fonts():
    """Where each font file that this process has open is read next."""
    places = {}
    for link in Path("/proc/self/fd").iterdir():
        if link.exists() and link.resolve().suffix == ".ttf":
            places[link.name] = Path("/proc/self/fdinfo", link.name).read_text(encoding="ascii").split("\n")[0]
    return places


@pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="the system does not say where files are read")
def test_a_fork_reads_fonts_by_itself():
    figure = _figure(["mayor", "river"])
    svg_of(figure), png_of(figure)
    before = _places_in_fonts()
    assert before
    child = os.fork()
    if not child:  # the words of before, whose glyphs stand elsewhere now, and another
        figure = _figure(["mayor", "a river", "Quay §4"])
        svg_of(figure), png_of(figure)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert _places_in_fonts() == before
