"""Read the texts of a corpus once, and keep of each what finds its copies: little in memory, the rest on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO

import numpy as np
from numpy.typing import NDArray

from analysis.copies.shingles import SIGNATURE, Shingles, find_shingles, sign
from analysis.measured import Measured

_NEEDED = ("articles", "regions", "sentences")
_TEXTS = """
    SELECT article_id, text, starts, ends FROM articles LEFT JOIN (
        SELECT article_id, list(start ORDER BY start) AS starts, list("end" ORDER BY start) AS ends
        FROM regions WHERE kind <> 'bullet' GROUP BY article_id
    ) USING (article_id)
"""


class Shelf:
    """The shingles of many texts, in an open file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ends = [0]

    def add(self, shingles: Shingles) -> None:
        """Put those of a further text at the end."""
        self._file.write(shingles.tobytes())
        self._ends.append(self._ends[-1] + shingles.nbytes)

    def __getitem__(self, place: int) -> Shingles:
        start, end = self._ends[place], self._ends[place + 1]
        self._file.seek(start)
        return np.frombuffer(self._file.read(end - start), dtype=np.uint64)


@dataclass
class Texts:
    """The articles of a corpus, and the different texts that they have.

    Attributes
    ----------
    text_of : dict of str to int
        For each article with a shingle, the place of its text; the others are too short to be compared.
    digests : list of bytes
        The hash of each text's shingles, in rising order: an order that nothing but the texts decides.
    sizes : list of int
        How many shingles each text has.
    signatures : array of uint32, shape (texts, 128)
    shelf : Shelf
        The shingles, in the order in which the texts were met.
    met : list of int
        For each text, when it was met.
    """

    text_of: dict[str, int]
    digests: list[bytes]
    sizes: list[int]
    signatures: NDArray[np.uint32]
    shelf: Shelf
    met: list[int]

    def shingles(self, text: int) -> Shingles:
        """The shingles of a text."""
        return self.shelf[self.met[text]]


def read_texts(measured: Measured, file: IO[bytes]) -> Texts:
    """Read the body of every article: sentences and bullets, without title, headings and boilerplate.

    Parameters
    ----------
    measured : Measured
    file : binary file
        Empty, to be written and read; it holds the shingles, some four thousand bytes an article.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    measured.require(_NEEDED, "copies are found")
    shelf = Shelf(file)
    met: dict[bytes, int] = {}
    text_of: dict[str, int] = {}
    sizes: list[int] = []
    signatures = bytearray()
    for batch in measured.batches(_TEXTS):
        for article_id, text, starts, ends in zip(*(batch[name] for name in batch), strict=True):
            shingles = find_shingles(text, _between(len(text), starts, ends))
            if not len(shingles):
                continue
            digest = blake2b(shingles.tobytes(), digest_size=16).digest()
            if digest not in met:
                met[digest] = len(met)
                shelf.add(shingles)
                sizes.append(len(shingles))
                signatures += sign(shingles).tobytes()
            text_of[article_id] = met[digest]
    digests = sorted(met)
    places = [met[digest] for digest in digests]
    rank = dict(zip(places, range(len(places)), strict=True))
    return Texts(
        {article_id: rank[text] for article_id, text in text_of.items()},
        digests,
        [sizes[place] for place in places],
        np.frombuffer(signatures, dtype=np.uint32).reshape(-1, SIGNATURE)[places],
        shelf,
        places,
    )


def _between(
    length: int, starts: NDArray[np.int64] | None, ends: NDArray[np.int64] | None
) -> Iterator[tuple[int, int]]:
    """The stretches of a text that lie between some others."""
    at = 0
    for start, end in zip(
        () if starts is None else starts.tolist(), () if ends is None else ends.tolist(), strict=True
    ):
        yield at, start
        at = end
    yield at, length
