"""A picture as the content of a PNG file, without a date.

A chart is flat areas and thin lines. PNG's filters of rows, of which libraries try all on each row, are made for
photographs: on charts they take longer than to compress, and the file is larger by a tenth.
"""

from __future__ import annotations

import struct
import zlib

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254
#: How hard it is compressed: on charts, harder takes half as long again and saves a tenth.
_LEVEL = 3
#: Bits of a colour, the type of pixels that are red, green and blue, and how many bytes these are.
_DEPTH, _COLOURS, _BYTES = 8, 2, 3
_METRE, _NO_FILTER = 1, b"\0"


def png_of(picture: Image.Image, dots: int) -> bytes:
    """Return the colours of a picture as PNG; if it has transparency, that is left out.

    Parameters
    ----------
    picture : Image
        Of mode RGB or RGBA.
    dots : int
        How many there are to an inch.

    Raises
    ------
    ValueError
        The picture has another mode.
    """
    if picture.mode not in ("RGB", "RGBA"):
        raise ValueError(f"a picture of mode RGB or RGBA was expected, not {picture.mode}")
    width, height = picture.size
    # Each row is followed by a byte 0, which names the filter of the next.
    rows = memoryview(picture.tobytes("raw", "RGB", _BYTES * width + len(_NO_FILTER)))
    compress = zlib.compressobj(_LEVEL)
    packed = compress.compress(_NO_FILTER), compress.compress(rows[: -len(_NO_FILTER)]), compress.flush()
    a_metre = round(dots / _INCH)
    return b"".join([
        _SIGNATURE,
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _DEPTH, _COLOURS, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">IIB", a_metre, a_metre, _METRE)),
        _chunk(b"IDAT", b"".join(packed)),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
