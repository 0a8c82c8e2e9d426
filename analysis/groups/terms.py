"""Which terms of a corpus are tested, and how often each article uses them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.association import ALPHA, TIE, dp_norm, exact_log_ratio_bound, log_likelihood, log_ratio
from analysis.draws import Array
from analysis.evidence import LEVEL, benjamini_hochberg
from analysis.groups.gate import Gate, Sums, Whole, gate, sums_of, weigh
from analysis.groups.place import Placed
from analysis.measured import Measured
from analysis.tables import GROUP_KEYNESS, GROUP_LIMITS
from analysis.text import stop_words as english_stop_words

#: Terms of up to so many words are tested: longer ones are mostly parts of each other.
LONGEST = 2
#: A tested term stands in so many articles, whatever `min_count` is.
MIN_ARTICLES = 5
#: So many terms are tested: those in most articles.
MOST_TERMS = 20_000
#: Terms named to say what a group is about.
ABOUT = 8


class Family(NamedTuple):
    """The tested terms: `terms` has term, order and `column`; `uses` a row for each article; `words` all words."""

    terms: pd.DataFrame
    uses: Any
    words: Array
    n_untested: int


def count_family(
    measured: Measured, placed: Placed, *, min_count: int, stop_words: bool, voices: tuple[str, ...]
) -> Family:
    """Choose the terms that are tested and count them in each article.

    Parameters
    ----------
    measured : Measured
    placed : Placed
    min_count : int
        Fewest uses, in all articles counted.
    stop_words : bool
        Whether terms that begin or end with a stop word may be tested.
    voices : tuple of str
        Whose words are counted.

    Returns
    -------
    Family
        Terms in the order of how many articles they stand in, then by term: nothing in it depends on names.
    """
    frames = {
        "placed": placed.articles[["article_id", "number"]],
        "spoken": pd.DataFrame({"voice": list(voices)}, dtype="str"),
        "stopped": pd.DataFrame({"word": sorted(english_stop_words())}, dtype="str"),
    }
    chosen = "FROM term_counts SEMI JOIN spoken USING (voice) JOIN placed USING (article_id)"
    words = measured.query(f'SELECT number, sum(n) AS n {chosen} WHERE "order" = 1 GROUP BY number', frames)
    of_article = np.zeros(len(placed.articles))
    of_article[words["number"].to_numpy()] = words["n"]
    edges = (
        ""
        if stop_words
        else (" AND split_part(term, ' ', 1) NOT IN (FROM stopped) AND split_part(term, ' ', -1) NOT IN (FROM stopped)")
    )
    candidates = measured.query(
        f'SELECT "order", term, count(DISTINCT number) AS n_articles {chosen} WHERE "order" <= $longest{edges} '
        f'GROUP BY "order", term HAVING n_articles >= $articles AND sum(n) >= $uses '
        f"ORDER BY n_articles DESC, term",
        frames, longest=LONGEST, articles=MIN_ARTICLES, uses=min_count,
    )  # fmt: skip
    terms = candidates.head(MOST_TERMS).assign(column=lambda rows: np.arange(len(rows), dtype=np.int32))
    asked = {**frames, "tested": terms[["order", "term", "column"]]}
    entries = measured.query(
        f'SELECT number, "column", CAST(n AS INTEGER) AS n {chosen} JOIN tested USING ("order", term) '
        f'WHERE "order" <= $longest',
        asked, longest=LONGEST,
    )  # fmt: skip
    shape = (len(placed.articles), len(terms))
    places = (entries["number"].to_numpy(), entries["column"].to_numpy())
    uses = sparse.coo_array((entries["n"].to_numpy(), places), shape=shape).tocsr()  # sums the voices
    uses.sort_indices()
    return Family(terms, uses, of_article, max(0, len(candidates) - MOST_TERMS))


def group_keyness(placed: Placed, family: Family, *, permutations: int, seed: int) -> dict[str, pd.DataFrame]:
    """Compare the terms of each group with those of all others together, the article as the unit.

    Parameters
    ----------
    placed : Placed
    family : Family
    permutations, seed : int
        Of the gate, see `gate.gate`.

    Returns
    -------
    dict of str to DataFrame
        `group_keyness`, by group and then by statistic, the largest first, then term; `group_limits`.
    """
    sides, tested = placed.sides, placed.tested
    own = sums_of(family.uses, family.words, sides, tested.size)
    said = gate(family.uses, family.words, sides, tested, permutations=permutations, seed=seed)
    holding = sums_of(family.uses.sign(), family.words, sides, tested.size).uses
    lower, upper = _intervals(family, sides, own, holding)
    q = _false_discovery(said.p)
    words, others = own.words[:, None], own.words.sum() - own.words[:, None]
    uses, rest = own.uses, own.uses.sum(0) - own.uses
    blank = np.where(tested[:, None], 1, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        measures = {
            "n": uses, "n_elsewhere": rest, "n_articles": holding, "n_articles_elsewhere": holding.sum(0) - holding,
            "rate": 1000 * uses / words, "rate_elsewhere": 1000 * rest / others,
            "log_ratio": log_ratio(uses, rest, words, others), "lower": lower * blank, "upper": upper * blank,
            "g2": log_likelihood(uses, rest, words, others), "burst": said.burst, "p": said.p,
            "p_adjusted": said.p_adjusted, "q": q, "dispersion": _dispersion(family, sides, tested.size),
        }  # fmt: skip
    names = placed.groups["group"].tolist()
    parts = []
    for side, name in enumerate(names):
        rows = family.terms[["order", "term"]].assign(group=name, **{key: some[side] for key, some in measures.items()})
        rows = rows.assign(size=said.statistic[side])
        parts.append(rows.sort_values(["size", "term"], ascending=[False, True]))
    table = pd.concat(parts) if parts else GROUP_KEYNESS.frame()
    table = GROUP_KEYNESS.frame({name: table[name] for name in GROUP_KEYNESS.names})
    passing = past_the_gate(table).groupby("group").size().reindex(names, fill_value=0)
    limits = [
        (
            name, own.words[side], own.words.sum() - own.words[side], len(family.terms), family.n_untested,
            passing[name], said.critical, _needed(side, placed, own, said), said.pack, permutations,
        )
        for side, name in enumerate(names)
    ]  # fmt: skip
    return {"group_keyness": table, "group_limits": GROUP_LIMITS.frame(limits)}


def past_the_gate(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of GROUP_KEYNESS that are a difference: adjusted p passes, and the interval is clear of zero."""
    return rows[(rows["p_adjusted"] <= ALPHA) & ((rows["lower"] > 0) | (rows["upper"] < 0))]


def stated_terms(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows past the gate, each term for the group that it is stated for: the one that differs most.

    Where one group alone uses a term, all others differ from their rest too; of two groups, either row mirrors the
    other, and that with the higher rate is kept.
    """
    passed = past_the_gate(rows)
    if rows["group"].nunique() == 2:
        return passed[passed["log_ratio"] > 0]
    size = passed["g2"].abs() / passed["burst"]
    return passed[size >= size.groupby(passed["term"]).transform("max") - TIE]


def _false_discovery(p: Array) -> Array:
    """The false discovery rate over all groups that are tested."""
    q = np.full(p.shape, np.nan)
    q[~np.isnan(p)] = benjamini_hochberg(p[~np.isnan(p)])
    return q


def _intervals(family: Family, sides: NDArray[np.int64], own: Sums, holding: Array) -> tuple[Array, Array]:
    """The ends of the interval of each log ratio: linearised over articles, exact bounds where a side has no use."""
    from scipy.special import stdtrit

    n_articles = np.bincount(sides, minlength=own.words.size)[:, None].astype(float)
    beside = sums_of(family.uses.multiply(family.words[:, None]).tocsr(), family.words, sides, own.words.size).uses
    squared = sums_of(family.uses.multiply(family.uses).tocsr(), family.words, sides, own.words.size).uses
    words = own.words[:, None]
    here = [own.uses, squared, beside, words, own.word_squares[:, None], n_articles, holding]
    rest = [part.sum(0) - part for part in here]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = _relative_variance(*here[:6]) + _relative_variance(*rest[:6])
        middle = log_ratio(own.uses, rest[0], words, rest[3])
        # As many independent pieces of evidence as articles that hold the term, on the side that has fewer of them.
        freedom = np.maximum(1, np.minimum(holding, rest[6]) - 1)
        reach = stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(spread) / np.log(2)
        lower, upper = middle - reach, middle + reach
        only_here, only_there = rest[0] == 0, own.uses == 0
        lower = np.where(only_here, exact_log_ratio_bound(np.maximum(holding, 1), words, rest[3]), lower)
        upper = np.where(only_there, -exact_log_ratio_bound(np.maximum(rest[6], 1), rest[3], words), upper)
    return np.where(only_there, -np.inf, lower), np.where(only_here, np.inf, upper)


def _relative_variance(
    uses: Array, squares: Array, beside: Array, words: Array, word_squares: Array, n: Array
) -> Array:
    """The variance of a rate over articles, by the square of the rate: of the ratio estimator, by linearisation.

    References
    ----------
    W. G. Cochran 1977, "Sampling Techniques", 6.4 and 6.12.
    """
    rate = uses / words
    residual: Array = np.maximum(squares - 2 * rate * beside + rate**2 * word_squares, 0)
    return n / (n - 1) * residual / uses**2


def _dispersion(family: Family, sides: NDArray[np.int64], n_sides: int) -> Array:
    """How evenly each term is spread over the articles of each group."""
    n_terms = len(family.terms)
    found = np.full((n_sides, n_terms), np.nan)
    for side in range(n_sides):
        own = np.flatnonzero((sides == side) & (family.words > 0))
        if own.size:
            part = family.uses[own].tocoo()
            found[side] = dp_norm(family.words[own], part.row, part.col, part.data, n_terms)
    return found


def _needed(side: int, placed: Placed, own: Sums, said: Gate) -> float:
    """The fewest uses, each in another article, against none elsewhere, that would pass."""
    most = int(np.bincount(placed.sides, minlength=own.words.size)[side])
    if np.isnan(said.critical) or not placed.tested[side]:
        return np.nan
    n = np.arange(MIN_ARTICLES, most + 1, dtype=float)[None, :]
    total = Whole(n, float(own.words.sum()), float(own.word_squares.sum()), np.ones(1))
    weighed, _ = weigh(Sums(n, own.words[[side]], own.word_squares[[side]]), total)
    passing = n[weighed > said.critical]
    return float(passing.min()) if passing.size else np.nan


def top_terms(placed: Placed, family: Family) -> list[str | None]:
    """What each group is about: the terms in most of its articles, none with a stop word in it."""
    holding = sums_of(family.uses.sign(), family.words, placed.sides, len(placed.groups)).uses
    plain = ~family.terms["term"].str.split().map(lambda words: bool(set(words) & english_stop_words())).astype(bool)
    about: list[str | None] = []
    for row in holding:
        rows = family.terms.assign(n=row)[plain.to_numpy() & (row > 0)]
        rows = rows.sort_values(["n", "term"], ascending=[False, True])
        about.append(", ".join(rows["term"].head(ABOUT)) or None)
    return about
