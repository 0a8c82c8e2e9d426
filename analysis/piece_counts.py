"""What is counted of the words of a piece: length and familiarity for readability, script and stop words."""

from __future__ import annotations

from functools import lru_cache
from struct import Struct

import numpy as np
import regex
from numpy.typing import NDArray

from analysis.memo import Memo
from analysis.numbered import Numbered
from analysis.pieces import surfaces
from analysis.syllables import judged
from analysis.tables import SENTENCE_COUNTS
from analysis.text import as_term, stop_words

#: What is counted: what SENTENCES counts, then the words in Latin script, and the English stop words.
COUNTED = (*(column.name for column in SENTENCE_COUNTS), "n_latin", "n_stop_words")
_COUNTS = Struct(f"={len(COUNTED)}I")
_LATIN = regex.compile(r"\p{Latin}")


def _count(piece: str) -> bytes:
    words = surfaces(piece)
    if len(words) == 1:  # as most pieces have
        return _COUNTS.pack(*_of_word(words[0]))
    return _COUNTS.pack(*map(sum, zip(*map(_of_word, words), strict=True))) if words else bytes(_COUNTS.size)


def _of_word(surface: str) -> tuple[int, ...]:
    """What one word adds to each count."""
    term = surface.lower() if surface.isascii() and surface.isalpha() else as_term(surface)
    letters, syllables, hard = judged(surface, term)
    many = syllables >= 3
    # Every term begins with a letter, so one of ASCII has a Latin one.
    latin = term.isascii() or _LATIN.search(term) is not None
    return 1, letters, syllables, many, letters > 6, hard, hard and many, latin, term in stop_words()


_PIECES: Memo[bytes] = Memo(_count, times=2)


@lru_cache(maxsize=4)
def count_passages(pieces: Numbered) -> NDArray[np.int64]:
    """Add up what is counted of the words of passages.

    Parameters
    ----------
    pieces : Numbered
        Those of the passages.

    Returns
    -------
    array of int
        A row for each passage, and a column for each of `COUNTED`.
    """
    records = b"".join(map(_PIECES.__getitem__, [*pieces.distinct, ""]))
    counted = np.frombuffer(records, np.uint32).reshape(-1, len(COUNTED)).astype(np.int64)
    # The empty piece stands last, so that every passage begins at a piece; one without any is given that of the next.
    number = np.append(pieces.number, len(pieces.distinct))
    begins = pieces.lengths.cumsum() - pieces.lengths
    totals: NDArray[np.int64] = np.add.reduceat(counted.take(number, axis=0), begins, axis=0)
    totals[pieces.lengths == 0] = 0
    return totals
