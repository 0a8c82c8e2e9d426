"""Figures are rendered as matplotlib itself would, however often a text was seen before."""

import base64
import io
import os
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from analysis.drawing import STYLE, beside, draw_interval, label_rows, new_figure
from analysis.panel import Panel
from analysis.rendering import render


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
        lower.imshow(np.full((2, 2, 3), (0, 40, 200), dtype="uint8"), extent=(0, 1, 0, 0.5), aspect="auto")
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
    figure.set_dpi(200)  # that of pictures in it
    with mpl.rc_context(STYLE):
        FigureCanvasSVG(figure).print_svg(expected, metadata={"Date": None, "Creator": None})
        assert render(_figure(labels)).svg == render(_figure(labels)).svg == expected.getvalue()


def _as_matplotlib_draws(figure: Figure) -> Image.Image:
    """A figure that was laid out, as the PNG that matplotlib makes of it."""
    drawn = io.BytesIO()
    figure.set_dpi(200)
    with mpl.rc_context(STYLE):
        FigureCanvasAgg(figure).print_png(drawn)
    return Image.open(drawn)


@TEXTS
def test_png_is_matplotlibs_but_for_a_dot_or_two_beside_a_text_and_has_no_transparency(labels):
    figure = _figure(labels)
    with mpl.rc_context(STYLE):
        made = render(figure).png
        assert made == render(_figure(labels)).png
    drawn, plain = Image.open(io.BytesIO(made)), _as_matplotlib_draws(figure)
    assert drawn.mode == "RGB"
    assert "Software" not in drawn.info
    assert drawn.info["dpi"] == plain.info["dpi"]
    one, other = (np.asarray(picture.convert("RGB").reduce(8), dtype=float) for picture in (drawn, plain))
    assert np.abs(one - other).max() < 100
    assert (np.abs(one - other) > 32).mean() < 0.01


def test_each_dot_is_matplotlibs_where_a_text_begins_at_a_whole_dot():
    figure, (panel,) = new_figure("", [2.0])
    with mpl.rc_context(STYLE):
        panel.set_axis_off()
        panel.set_xlim(0, 10)
        panel.set_ylim(0, 10)
        inches = figure.dpi_scale_trans
        figure.text(40 / 200, 30 / 200, "The bridge, café — AV", color="#123456", transform=inches)
        panel.text(7, 1, "turned", rotation=90)
        panel.plot([0, 3, 11], [2, 9.3, 4.1], linestyle="--", color="#aa1111")
        panel.plot([1, 2.2, 3.7], [5.1, 6.6, 7.3], marker="o", markersize=7, markerfacecolor="white", linestyle="none")
        panel.scatter([4, 5, 6], [4, 5, 6.5], s=[13, 20, 40], color=["#123456", "#aa1111", "#11aa11"])
        panel.add_patch(Rectangle((8, 2), 1.5, 3.3, facecolor="white", edgecolor="#123456", hatch="///"))
        round_, cut_off = Circle((5, 8), 2, transform=panel.transData), Rectangle((3, 7), 4, 2, facecolor="#cccc11")
        panel.add_patch(cut_off)
        cut_off.set_clip_path(round_)
        panel.imshow(np.arange(12).reshape(3, 4), extent=(0, 2, 2, 4), aspect="auto")
        made = render(figure).png
    expected = _as_matplotlib_draws(figure).convert("RGB")
    assert Image.open(io.BytesIO(made)).tobytes() == expected.tobytes()


def test_a_picture_of_greys_is_embedded_as_such():
    figure, (panel,) = new_figure("", [1.0])
    with mpl.rc_context(STYLE):
        panel.imshow(np.stack([np.arange(12, dtype="uint8").reshape(3, 4) * 20] * 3, axis=-1))
        made = render(figure)
    (embedded,) = re.findall(rb"base64,\n([^\"]+)", made.svg)
    picture = Image.open(io.BytesIO(base64.b64decode(embedded)))
    assert picture.mode == "L"
    levels = {level for _, level in picture.getcolors()}
    assert levels == set(range(0, 240, 20))
    assert levels <= {colour[0] for _, colour in Image.open(io.BytesIO(made.png)).getcolors(99999)}


@pytest.mark.parametrize("rotation", [0, 60])
def test_a_panel_is_drawn_as_axes_of_matplotlib_are(rotation):
    def drawn(**kind):
        with mpl.rc_context(STYLE):
            figure = Figure(figsize=(4, 3), layout="constrained")
            panel = figure.add_subplot(**kind)
            panel.plot([0, 3], [1, 2])
            panel.set_xticks([0, 1, 2.5], ["none", "one", "more"], rotation=rotation)
            panel.xaxis.tick_top()
            panel.tick_params(axis="x", length=5)
            panel.tick_params(axis="y", labelsize=7)
            panel.set_ylabel("rate")
            return render(figure)

    assert drawn(axes_class=Panel) == drawn()


def test_a_label_of_a_panel_is_changed_by_itself():
    panel = Figure().add_subplot(axes_class=Panel)
    panel.set_xticks([0, 1, 2], ["none", "one", "two"])
    first, second, third = panel.get_xticklabels()
    second.set(fontsize=20, color="red", rotation=30)
    assert (first.get_fontsize(), first.get_color(), first.get_rotation()) == (
        third.get_fontsize(), third.get_color(), third.get_rotation(),
    )  # fmt: skip
    assert (second.get_fontsize(), second.get_color(), second.get_rotation()) == (20, "red", 30)
    assert [label.get_text() for label in (first, second, third)] == ["none", "one", "two"]
    assert first.get_fontsize() != 20


def test_a_size_is_remembered_for_its_font():
    small, large = _figure(["mayor"]), _figure(["mayor"])
    for label in large.axes[0].texts:
        label.set_fontsize(20)
    with mpl.rc_context(STYLE):
        render(small), render(large)
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
    render(figure)
    before = _places_in_fonts()
    assert before
    child = os.fork()
    if not child:  # the words of before, whose glyphs stand elsewhere now, and another
        figure = _figure(["mayor", "a river", "Quay §4"])
        render(figure)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert _places_in_fonts() == before
