"""Pictures as PNG."""

import io

import numpy as np
import pytest
from PIL import Image

from analysis.png import png_of


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 5, 3), (300, 7, 3)])
def test_every_pixel_is_kept(shape):
    picture = np.random.default_rng(1).integers(0, 256, shape, dtype="uint8")
    with Image.open(io.BytesIO(png_of(picture, 200))) as read:
        read.verify()
    with Image.open(io.BytesIO(png_of(picture, 200))) as read:
        assert read.mode == "RGB"
        assert np.array_equal(np.asarray(read), picture)


def test_it_says_how_large_a_dot_is_and_nothing_else():
    made = png_of(np.zeros((2, 3, 3), dtype="uint8"), 200)
    with Image.open(io.BytesIO(made)) as read:
        assert read.info["dpi"] == pytest.approx((200, 200), abs=0.01)
    kinds = [kind for kind in (b"IHDR", b"pHYs", b"tIME", b"tEXt", b"gAMA", b"IDAT", b"IEND") if kind in made]
    assert kinds == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]


def test_a_view_is_written_as_a_copy_would_be():
    picture = np.random.default_rng(1).integers(0, 256, (4, 6, 4), dtype="uint8")
    assert png_of(picture[..., :3], 72) == png_of(picture[..., :3].copy(), 72)


def test_pixels_of_four_colours_are_refused():
    with pytest.raises(ValueError, match="reshape"):
        png_of(np.zeros((2, 3, 4), dtype="uint8"), 200)
