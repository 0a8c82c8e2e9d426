"""How many syllables hyphenation finds in a word: as many as Pyphen, from its patterns, in a tenth of the time.

Pyphen looks up every stretch of a word among its patterns. Here the letters are read once, from one state to the next:
a state is the longest beginning of a pattern that the letters read end in (Aho & Corasick 1975). States are worked out
when they are first come to, so that nothing is prepared for words that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: How patterns are kept by Pyphen: letters -> where the values of the gaps between them begin, and these values.
Patterns = Mapping[str, tuple[int, Sequence[int]]]
_GAP = 8


class _State(dict[str, Any]):
    """Where each next letter leads, and `marks`: what the patterns that end here say of the gaps up to here."""

    __slots__ = ("_hyphens", "_read", "marks")

    def __init__(self, hyphens: Hyphens, read: str, marks: int) -> None:
        super().__init__()
        self._hyphens, self._read, self.marks = hyphens, read, marks

    def __missing__(self, letter: str) -> _State:
        state = self[letter] = self._hyphens.after(self._read + letter)
        return state


class Hyphens:
    """Patterns of hyphenation, made to count the places where a word may be parted.

    A gap between two letters has the largest value that a pattern gives it, and a word may be parted where it is odd.
    Each gap has a byte of a number here, in which a value sets as many bits as there are values up to it: the largest
    of several is what `|` makes of them.

    Parameters
    ----------
    patterns : mapping
        Those of a `pyphen.HyphDict`.
    left, right : int
        The fewest letters before the first place and after the last.

    Raises
    ------
    ValueError
        The patterns have more than eight different values.
    """

    def __init__(self, patterns: Patterns, left: int = 2, right: int = 2) -> None:
        self._patterns, self._left, self._right = patterns, left, right
        self._beginnings = {letters[:n] for letters in patterns for n in range(len(letters) + 1)} | {""}
        values = sorted({value for _, gaps in patterns.values() for value in gaps if value})
        if len(values) > _GAP:
            raise ValueError(f"patterns of hyphenation have {_GAP} different values at most; these have {values}")
        self._bits = {0: 0} | {int(value): (2 << rank) - 1 for rank, value in enumerate(values)}
        odd = {self._bits[value] for value in values if value % 2}
        self._even = bytes(bits for bits in range(256) if bits not in odd)
        self._states: dict[str, _State] = {}
        self._start = self.after("")

    def after(self, read: str) -> _State:
        """Return the state in which some letters leave the one who has read them."""
        while read not in self._beginnings:
            read = read[1:]
        if read not in self._states:
            self._states[read] = _State(self, read, self._marks(read))
        return self._states[read]

    def count(self, word: str) -> int:
        """Count the places where a word in lower case may be parted.

        Examples
        --------
        >>> Hyphens({"at": (1, (1,)), "tt": (1, (1,)), "att": (1, (2,))}).count("latter")
        1
        """
        state, marks = self._start, 0
        for letter in f".{word}.":
            state = state[letter]
            marks = marks << _GAP | state.marks
        n_gaps = len(word) + 1 - self._left - self._right
        if n_gaps <= 0:
            return 0
        # The last two of all gaps are beside the dot that ends the word.
        inner = marks >> _GAP * (self._right + 1) & (1 << _GAP * n_gaps) - 1
        return len(inner.to_bytes(n_gaps, "big").translate(None, self._even))

    def _marks(self, read: str) -> int:
        """What the patterns that some letters end in say of the gaps; that after the last letter is the last byte."""
        marks = self.after(read[1:]).marks if read else 0
        offset, gaps = self._patterns.get(read, (0, ()))
        for gap, value in enumerate(gaps, start=offset):
            marks |= self._bits[value] << _GAP * (len(read) - gap)
        return marks
