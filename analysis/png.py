"""A picture as the content of a PNG file, without a date.

A chart is flat areas and thin lines. PNG's filters of rows, of which libraries try all on each row, are made for
photographs: on charts they take longer than to compress, and the file is larger by a tenth.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254
#: How hard it is compressed: on charts, harder takes half as long again and saves a tenth.
_LEVEL = 3
#: Bits of a colour, and the type of pixels that are red, green and blue.
_DEPTH, _COLOURS = 8, 2
_METRE, _NO_FILTER = 1, 0


def png_of(picture: NDArray[np.uint8], dots: int) -> bytes:
    """Return a picture as PNG.

    Parameters
    ----------
    picture : array of uint8
        Rows of pixels of three colours, from the top: height by width by 3.
    dots : int
        How many there are to an inch.

    Raises
    ------
    ValueError
        The array has another shape.
    """
    height, width, colours = picture.shape
    rows = np.empty((height, 1 + width * colours), np.uint8)
    rows[:, 0] = _NO_FILTER
    rows[:, 1:] = picture.reshape(height, width * 3)
    a_metre = round(dots / _INCH)
    return b"".join([
        _SIGNATURE,
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _DEPTH, _COLOURS, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">IIB", a_metre, a_metre, _METRE)),
        _chunk(b"IDAT", zlib.compress(rows.data, _LEVEL)),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
