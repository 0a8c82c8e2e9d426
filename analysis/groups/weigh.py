"""Uses summed over the articles of groups, and a difference of rates weighed by how uses come in bursts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
#: What is summed instead of uses: from these, and the articles that they are in.
Weight = Callable[[Array, NDArray[np.int64]], Array]

# Uses that are held in another type at once.
_USES = 2_000_000


class Sums(NamedTuple):
    """What is summed over the articles of each side.

    `uses` has a row for each side and a column for each term; `words` and `word_squares`, the sum of the squared
    lengths of its articles, have an entry for each side.
    """

    uses: Array
    words: Array
    word_squares: Array


class Whole(NamedTuple):
    """What is known of all articles together, however they are dealt: the same sums, and the burst of each term."""

    uses: Array
    words: float
    word_squares: float
    burst: Array


def sums_of(uses: Any, words: Array, sides: NDArray[np.int64], n_sides: int) -> Sums:
    """Sum uses and words over the articles of each side.

    Parameters
    ----------
    uses : sparse array, shape (articles, terms)
    words : array, shape (articles,)
    sides : array, shape (articles,)
    n_sides : int
    """
    lengths = (np.bincount(sides, some, n_sides).astype(float) for some in (words, words**2))
    return Sums(summed(uses, sides, n_sides), *lengths)


def summed(uses: Any, sides: NDArray[np.int64], n_sides: int, weigh: Weight | None = None) -> Array:
    """Sum what `weigh` makes of the uses, by default the uses, over the articles of each side.

    Parameters
    ----------
    uses, sides, n_sides
        As in `sums_of`.
    weigh : callable, optional
        From some uses and the number of the article of each, as many values.

    Returns
    -------
    array, shape (n_sides, terms)
    """
    sums = np.zeros((n_sides, uses.shape[1]))
    # A few articles at a time: a copy of all uses, in another type, would take as much memory again.
    step = max(1, _USES * uses.shape[0] // max(1, uses.nnz))
    for top in range(0, uses.shape[0], step):
        some = uses[top : top + step].astype(float)
        if weigh is not None:
            some.data = weigh(some.data, top + np.repeat(np.arange(some.shape[0]), np.diff(some.indptr)))
        sums += (chooser(sides[top : top + step], n_sides, float) @ some).toarray()
    return sums


def chooser(sides: NDArray[np.int64], n_sides: int, dtype: Any) -> Any:
    """A sparse array that sums the rows of each side."""
    ones = np.ones(sides.size, dtype=dtype)
    return sparse.csr_array((ones, (sides, np.arange(sides.size))), shape=(n_sides, sides.size))


def whole_of(uses: Any, words: Array) -> Whole:
    """Sum over all articles, and say how much the uses of each term come in bursts.

    The burst is the variance of the uses over articles, given their words, by that of as many uses that come one by
    one; at least 1.

    Examples
    --------
    >>> uses = sparse.csr_array([[1, 4], [1, 0], [1, 0], [1, 0]])
    >>> whole_of(uses, np.full(4, 100.0)).burst.tolist()
    [1.0, 3.0]
    """
    everywhere = np.zeros(words.size, dtype=np.int64)
    total, squares, beside = (
        summed(uses, everywhere, 1, weight)[0] for weight in (None, squared, lambda n, article: n * words[article])
    )
    n_words, word_squares = float(words.sum()), float((words**2).sum())
    rate = total / max(1.0, n_words)
    residual = squares - 2 * rate * beside + rate**2 * word_squares
    return Whole(total, n_words, word_squares, np.maximum(1, residual / np.maximum(total, 1)))


def squared(uses: Array, _article: NDArray[np.int64]) -> Array:
    """The squares of some uses."""
    return uses**2


def weigh(here: Sums, whole: Whole, squares: Array | None = None) -> tuple[Array, Array]:
    """Return |G2| of each term on each side against all others, divided by its burst there, and that burst.

    Uses of a term come together in articles, more so for some terms than for others, and the more so the longer the
    articles are: where a term's rate goes from article to article as it does in all of them, the variance of its uses
    in an article of w words is r·w·(1 + c·w). The burst of all articles gives c, the lengths of a side's articles its
    own burst.

    Parameters
    ----------
    here : Sums
    whole : Whole
    squares : array, shape (sides, terms), optional
        Sums of the squared uses of each article: then the burst of a side is no less than that of its own uses, which
        may all stand in one article.

    Returns
    -------
    weighed, burst : array, shape (sides, terms)

    References
    ----------
    J. N. K. Rao & A. J. Scott 1984, "On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data": a statistic is divided by its design effect.
    """
    own, own_words, own_squares = here.uses, here.words[:, None], here.word_squares[:, None]
    rest, rest_words, rest_squares = whole.uses - own, whole.words - own_words, whole.word_squares - own_squares
    with np.errstate(divide="ignore", invalid="ignore"):
        length = whole.word_squares / max(1.0, whole.words)
        bursts = [
            1 + (whole.burst - 1) * np.nan_to_num(word_squares / words / length, nan=1.0)
            for words, word_squares in ((own_words, own_squares), (rest_words, rest_squares))
        ]
        if squares is not None:
            total = squares.sum(0)
            held = (own, squares, own_words, own_squares), (rest, total - squares, rest_words, rest_squares)
            bursts = [np.maximum(one, _burst_of(*some, whole.burst)) for one, some in zip(bursts, held, strict=True)]
        # The variance of the difference of rates, by its variance if uses came one by one.
        burst = (bursts[0] * rest_words + bursts[1] * own_words) / whole.words
        share = own_words / whole.words
        inside = _times_log(own, whole.uses * share) + _times_log(rest, whole.uses * (1 - share))
        others, own_others, rest_others = whole.words - whole.uses, own_words - own, rest_words - rest
        outside = _times_log(own_others, others * share) + _times_log(rest_others, others * (1 - share))
        weighed = 2 * np.maximum(inside + outside, 0) / burst
    return np.nan_to_num(weighed), burst


def _burst_of(uses: Array, squares: Array, words: Array, word_squares: Array, prior: Array) -> Array:
    """The burst of the uses of one side, with one use added that has the burst of all articles."""
    expected = np.nan_to_num(uses**2 * (word_squares / words**2))
    burst: Array = (np.maximum(squares - expected, 0) + prior) / (uses + 1)
    return burst


def _times_log(observed: Array, expected: Array) -> Array:
    """Observed times ln(observed / expected), which is 0 where nothing is observed."""
    return observed * np.log(np.where(observed > 0, observed / expected, 1))
