"""How often the gate of groups errs on corpora in which no group differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.association import ALPHA
from analysis.groups.place import Placed
from analysis.groups.terms import Family, group_keyness, past_the_gate

#: Corpora of each line, deals of each gate, and tested terms of each corpus.
CORPORA, DEALS, TERMS = 300, 99, 150
#: Uses in a thousand words of the commonest term and the rarest.
_RATES = (5.0, 0.05)


class Kind(NamedTuple):
    """Two groups without a difference: articles of each, median words of each, how lengths and rates vary.

    `spread` is the standard deviation of the logarithm of lengths; `burst` the squared coefficient of variation of a
    term's rate from article to article: 0 where uses come one by one.
    """

    sizes: tuple[int, int]
    lengths: tuple[float, float]
    spread: float
    burst: float


KINDS = {
    "2 × 50 articles of like length, uses one by one": Kind((50, 50), (500, 500), 0, 0),
    "2 × 50 articles of like length, uses in bursts": Kind((50, 50), (500, 500), 0, 3),
    "2 × 50 articles, lengths from a third to three times, uses in bursts": Kind((50, 50), (500, 500), 0.55, 3),
    "2 × 50 articles, one side four times as long, uses in bursts": Kind((50, 50), (1200, 300), 0.3, 3),
    "100 articles four times as long as 400 others, uses in bursts": Kind((100, 400), (1200, 300), 0.3, 3),
}


def group_errors(kind: Kind, n: int = CORPORA, seed: int = 1) -> tuple[float, float]:
    """Return in which share of made corpora any term passes: by its adjusted p, and by its interval too."""
    rng = np.random.default_rng(seed)
    by_p = stated = 0
    for _ in range(n):
        keyness = _compared(*_made(kind, rng))
        by_p += bool((keyness["p_adjusted"] <= ALPHA).any())
        stated += len(past_the_gate(keyness)) > 0
    return by_p / n, stated / n


def group_calibration() -> Iterator[str]:
    """Say how often the gate of groups errs on each kind of corpus."""
    reach = 2 * (ALPHA * (1 - ALPHA) / CORPORA) ** 0.5
    yield (
        f"  family-wise error of the gate of groups, {CORPORA} corpora of {TERMS} terms each, {DEALS} deals a test; "
        f"nominal {ALPHA:.3f}, two standard errors {reach:.3f}"
    )
    for name, kind in KINDS.items():
        by_p, stated = group_errors(kind)
        yield f"  {name:<78}{by_p:6.3f}    with the interval, as it is stated: {stated:.3f}"


def _made(kind: Kind, rng: np.random.Generator) -> tuple[Any, NDArray[np.float64], NDArray[np.int64]]:
    """Uses, words and sides of a corpus in which every article draws its rates from the same distribution."""
    sides = np.repeat([0, 1], kind.sizes)
    words = np.round(np.array(kind.lengths)[sides] * np.exp(kind.spread * rng.standard_normal(sides.size)))
    rates = np.geomspace(*_RATES, TERMS) / 1000
    varied = rng.gamma(1 / kind.burst, kind.burst, (sides.size, TERMS)) if kind.burst else 1.0
    uses = rng.poisson(words[:, None] * rates * varied).astype(np.float32)
    kept = (np.count_nonzero(uses, axis=0) >= 5) & (uses.sum(0) >= 5)
    return sparse.csr_array(uses[:, kept]), words, sides


def _compared(uses: Any, words: NDArray[np.float64], sides: NDArray[np.int64]) -> pd.DataFrame:
    """GROUP_KEYNESS of made uses."""
    groups = pd.DataFrame({"group": ["one", "other"], "evidence": True})
    articles = pd.DataFrame({"article_id": "a", "number": range(sides.size), "side": sides, "day": ""})
    terms = pd.DataFrame({"order": 1, "term": [f"t{column:03}" for column in range(uses.shape[1])]})
    placed = Placed(groups, articles, articles)
    return group_keyness(placed, Family(terms, uses, words, 0), permutations=DEALS, seed=1)["group_keyness"]
