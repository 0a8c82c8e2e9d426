"""Whether the figures are those that the inputs give."""

from __future__ import annotations

import io
from pathlib import Path

from analysis.audit.difference import DifferenceError
from analysis.audit.stored import Stored
from analysis.audit.versions import DRAWING, doubt, other_versions

_SIGNATURE = 8
#: A chunk of a PNG: its length and its kind before what it holds, a checksum after it.
_NUMBER, _HEAD, _SUM = 4, 8, 4


def compare_figures(stored: Stored, again: Path) -> str:
    """Compare the figures: the same files, byte for byte.

    Where the run was made with other versions of what draws, a PNG may be compressed otherwise, if every pixel of it
    and all else in it is the same.

    Parameters
    ----------
    stored : Stored
    again : Path
        The folder of the run made again.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        At the first figure that differs, in alphabetical order.
    """
    there, wanted = ({path.name for path in (folder / "figures").glob("*")} for folder in (stored.folder, again))
    recompressed = 0
    for name in sorted(wanted | there):
        if name not in there:
            raise DifferenceError(f"figures/{name}: the run wrote this file; it is not there")
        if name not in wanted:
            raise DifferenceError(f"figures/{name}: the run writes no such file")
        path = stored.folder / "figures" / name
        found, expected = path.read_bytes() if path.is_file() else b"", (again / "figures" / name).read_bytes()
        if found == expected:
            continue
        if not (name.endswith(".png") and other_versions(stored, DRAWING) and same_pixels(found, expected)):
            raise DifferenceError(f"figures/{name}: not the picture that the inputs give{doubt(stored, 'picture')}")
        recompressed += 1
    pixels = f", of these as pixels, compressed otherwise: {recompressed}" if recompressed else ""
    return f"figures: {len(wanted)} files, byte for byte{pixels}"


def same_pixels(found: bytes, expected: bytes) -> bool:
    """Whether two PNG files are one picture that was compressed in two ways.

    Parameters
    ----------
    found, expected : bytes
        Of these, `expected` is known to be a PNG.
    """
    from PIL import Image

    if _but_pixels(found) != _but_pixels(expected):  # size, depth, further frames, colours, what follows the end
        return False
    try:
        with Image.open(io.BytesIO(found)) as one, Image.open(io.BytesIO(expected)) as other:
            return bool(one.mode == other.mode and one.size == other.size and one.tobytes() == other.tobytes())
    except Exception:  # whatever a damaged picture makes Pillow raise
        return False


def _but_pixels(png: bytes) -> list[bytes]:
    """Take from a PNG everything but its compressed pixels, chunk by chunk."""
    chunks, place = [png[:_SIGNATURE]], _SIGNATURE
    while place < len(png):
        end = place + _HEAD + int.from_bytes(png[place : place + _NUMBER], "big") + _SUM
        if png[place + _NUMBER : place + _HEAD] != b"IDAT":
            chunks.append(png[place:end])
        place = end
    return chunks
