"""Which runs of five words an article has, each as one number, and the few numbers that stand for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from analysis.text import WORD_OR_NUMBER, as_term

Shingles = NDArray[np.uint64]
Signature = NDArray[np.uint32]

#: Words of a shingle: as many in a row are hardly ever shared by chance.
SHINGLE = 5
#: Numbers of a signature. The share of equal ones in two signatures estimates the Jaccard similarity of the shingles.
SIGNATURE = 128
#: Where the permutations of the signatures start.
_SEED = 1
#: What the first, second, … word of a shingle is multiplied by: odd numbers of 64 bits, the same on every machine.
_PLACES = tuple(
    np.uint64(int.from_bytes(blake2b(bytes([place]), digest_size=8).digest(), "little") | 1) for place in range(SHINGLE)
)
#: As many different words, with the punctuation around them, are remembered.
_REMEMBERED = 1 << 17
#: A signature takes 32 bits of a shingle: the upper ones, which every bit of every word reaches.
_UPPER = np.uint64(32)


def find_shingles(text: str, stretches: Iterable[tuple[int, int]]) -> Shingles:
    """Find the runs of five words in a row that a text has, each once.

    Words are taken as terms, numbers as they are written: two reports on matches or markets that differ in their
    figures alone are no copies. A run goes on from one stretch into the next.

    Parameters
    ----------
    text : str
    stretches : iterable of (start, end)
        What is read of it, in order; code points.

    Returns
    -------
    array of uint64
        A number of 64 bits for each different run, in rising order, the same in every process and on every machine;
        empty if the stretches have fewer than five words. That any two of a million different runs share a number has
        a probability of about one in forty million.

    References
    ----------
    Broder 1997, "On the resemblance and containment of documents".

    Examples
    --------
    >>> one, other = ("He said that 12 ships had sailed.", "He said that 13 ships had sailed.")
    >>> len(find_shingles(one, [(0, 33)])), len(np.intersect1d(*(find_shingles(t, [(0, 33)]) for t in (one, other))))
    (3, 0)
    """
    pieces = chain.from_iterable(text[start:end].split() for start, end in stretches)
    words = np.fromiter(chain.from_iterable(map(_words, pieces)), dtype=np.uint64)
    n = len(words) - SHINGLE + 1
    if n < 1:
        return np.empty(0, dtype=np.uint64)
    runs = np.zeros(n, dtype=np.uint64)
    for place, factor in enumerate(_PLACES):
        runs += words[place : place + n] * factor  # modulo 2 to the 64th, as unsigned numbers are
    return np.unique(runs)


@lru_cache(_REMEMBERED)
def _words(piece: str) -> tuple[int, ...]:
    """The numbers of the words in a piece between white space, which no word runs across."""
    return tuple(_number(as_term(word)) for word in WORD_OR_NUMBER.findall(piece))


def _number(term: str) -> int:
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def sign(shingles: Shingles) -> Signature:
    """Return the MinHash signature of a set of shingles, in 32 bits.

    References
    ----------
    Broder et al. 1998, "Min-wise independent permutations"; computed by datasketch, scheme "affine32".
    """
    signature = _blank().copy()
    signature.update_batch((shingles >> _UPPER).tolist())
    numbers: Signature = signature.hashvalues
    return numbers


@lru_cache(1)
def _blank() -> MinHash:
    """A signature of nothing; making one draws the permutations, which a copy shares."""
    return MinHash(num_perm=SIGNATURE, seed=_SEED, scheme="affine32", hashfunc=int)
