"""Pictures as PNG."""

import io

import numpy as np
import pytest
from PIL import Image

from analysis.png import png_of


def picture_of(*shape):
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, shape, dtype="uint8"))


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 5, 3), (300, 7, 3), (40, 700, 4), (3000, 90, 3)])
def test_every_pixel_is_kept(shape):
    picture = picture_of(*shape)
    with Image.open(io.BytesIO(png_of(picture, 200))) as read:
        read.verify()
    with Image.open(io.BytesIO(png_of(picture, 200))) as read:
        assert read.mode == "RGB"
        assert np.array_equal(np.asarray(read), np.asarray(picture)[..., :3])


def test_it_says_how_large_a_dot_is_and_nothing_else():
    made = png_of(Image.new("RGB", (3, 2)), 200)
    with Image.open(io.BytesIO(made)) as read:
        assert read.info["dpi"] == pytest.approx((200, 200), abs=0.01)
    kinds = [kind for kind in (b"IHDR", b"pHYs", b"tIME", b"tEXt", b"gAMA", b"IDAT", b"IEND") if kind in made]
    assert kinds == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]


def test_a_picture_of_greys_is_refused():
    with pytest.raises(ValueError, match="not L"):
        png_of(Image.new("L", (3, 2)), 200)
