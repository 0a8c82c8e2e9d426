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
from analysis.groups.gate import Gate, gate
from analysis.groups.place import Placed
from analysis.groups.weigh import Sums, Whole, squared, summed, sums_of, weigh
from analysis.measured import Measured
from analysis.schema import rows_of
from analysis.tables import GROUP_KEYNESS, GROUP_LIMITS
from analysis.text import stop_words as english_stop_words

#: Terms of up to so many words are tested: longer ones are mostly parts of each other.
LONGEST = 2
#: A tested term stands in so many articles, whatever `min_count` is.
MIN_ARTICLES = 5
#: So many terms are tested: those in most articles, where an article counts once for each voice that uses the term.
MOST_TERMS = 20_000
# Entries that are read at once.
_ENTRIES = 500_000
#: Terms named to say what a group is about.
ABOUT = 8


class Family(NamedTuple):
    """The tested terms: `terms` has a row, and `uses` a column, for each; `words` are all words of each article."""

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
        Terms in the order of how many articles and voices they stand in, then by term: nothing in it depends on names.
    """
    frames = {
        "placed": placed.articles[["article_id", "number"]],
        "stopped": pd.DataFrame({"word": sorted(english_stop_words())}, dtype="str"),
    }
    spoken = "voice IN ({})".format(", ".join(f"'{voice}'" for voice in voices))
    chosen = f"FROM term_counts JOIN placed USING (article_id) WHERE {spoken}"
    words = measured.query(f'SELECT number, sum(n) AS n {chosen} AND "order" = 1 GROUP BY number', frames)
    of_article = np.zeros(len(placed.articles))
    of_article[words["number"].to_numpy()] = words["n"]
    edges = (
        ""
        if stop_words
        else (" AND split_part(term, ' ', 1) NOT IN (FROM stopped) AND split_part(term, ' ', -1) NOT IN (FROM stopped)")
    )
    # A row is a term in an article and voice: counting the articles themselves takes far more memory, and waits until
    # the terms are few.
    candidates = measured.query(
        'SELECT *, count(*) OVER () AS n_terms FROM ('
        f'SELECT "order", term, count(*) AS n_rows {chosen} AND "order" <= $longest{edges} '
        'GROUP BY "order", term HAVING n_rows >= $articles AND sum(n) >= $uses'
        ") ORDER BY n_rows DESC, term LIMIT $most",
        frames, longest=LONGEST, articles=MIN_ARTICLES, uses=min_count, most=MOST_TERMS,
    )  # fmt: skip
    terms = candidates[["order", "term"]].assign(column=np.arange(len(candidates), dtype=np.int32))
    n_untested = int(candidates["n_terms"].iloc[0]) - len(candidates) if len(candidates) else 0
    asked = {**frames, "tested": terms}
    uses = _count_uses(measured, asked, spoken, (len(placed.articles), len(terms)))
    enough = np.flatnonzero(np.bincount(uses.indices, minlength=len(terms)) >= MIN_ARTICLES)
    uses = uses if enough.size == len(terms) else uses[:, enough]
    return Family(terms.iloc[enough].reset_index(drop=True), uses, of_article, n_untested)


def _count_uses(measured: Measured, frames: dict[str, pd.DataFrame], spoken: str, shape: tuple[int, int]) -> Any:
    """How often each article uses each tested term: rows as the articles are numbered, filled as they are met.

    All entries at once, with where each belongs, would take several times the memory of what is made of them.
    """
    chosen = (
        'FROM term_counts JOIN tested USING ("order", term) JOIN placed USING (article_id) '
        f'WHERE {spoken} AND "order" <= $longest'
    )
    sizes = measured.query(f"SELECT number, count(*) AS n {chosen} GROUP BY number", frames, longest=LONGEST)
    ends = np.zeros(shape[0] + 1, dtype=np.int64)
    ends[sizes["number"].to_numpy() + 1] = sizes["n"]
    ends = np.cumsum(ends)
    # Numbers of 32 bits hold two thousand million uses.
    ends = ends.astype(np.int32) if ends[-1] <= np.iinfo(np.int32).max else ends
    columns, counts = np.empty(ends[-1], dtype=ends.dtype), np.empty(ends[-1], dtype=np.float32)
    filled = ends[:-1].copy()
    asked = f'SELECT number, "column", CAST(n AS FLOAT) AS n {chosen}'
    for batch in measured.batches(asked, _ENTRIES, frames, longest=LONGEST):
        order = np.argsort(batch["number"].to_numpy(), kind="stable")
        number = batch["number"].to_numpy()[order]
        met, first, n = np.unique(number, return_index=True, return_counts=True)
        place = np.repeat(filled[met] - first, n) + np.arange(number.size)
        columns[place], counts[place] = batch["column"].to_numpy()[order], batch["n"].to_numpy()[order]
        filled[met] += n.astype(ends.dtype)
    uses = sparse.csr_array((counts, columns, ends), shape=shape)
    uses.sum_duplicates()  # the voices
    return uses


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
    holding = summed(family.uses, sides, tested.size, _once)
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
    """Keep the rows of GROUP_KEYNESS or GROUP_READABILITY that are a difference: p passes, no zero in the interval."""
    return rows[(rows["p_adjusted"] <= ALPHA) & ((rows["lower"] > 0) | (rows["upper"] < 0))]


def stated_terms(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows past the gate, each term for the group that it is stated for: the one that differs most.

    Where one group alone uses a term, all others differ from their rest too; of two groups, either row mirrors the
    other, and that with the higher rate is kept. A word that has the counts of a longer term it is part of is left out.
    """
    passed = past_the_gate(rows)
    if rows["group"].nunique() == 2:
        return _longest(passed[passed["log_ratio"] > 0])
    size = passed["g2"].abs() / passed["burst"]
    return _longest(passed[size >= size.groupby(passed["term"]).transform("max") - TIE])


def shown_terms(rows: pd.DataFrame, k: int) -> pd.DataFrame:
    """Keep the rows of GROUP_KEYNESS that chart and table show: at most `k` of each group, in the order of the gate.

    Those stated for the group come first, then whatever differs most; with a higher or a lower rate, but of two groups,
    which mirror each other, with the higher one.
    """
    stated = stated_terms(rows).index
    if rows["group"].nunique() == 2:
        rows = rows[rows["log_ratio"] > 0]
    first = rows.assign(other=~rows.index.isin(stated)).sort_values("other", kind="stable")
    return rows.loc[first.groupby("group", sort=False).head(k).index.sort_values()]


def _longest(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out words that are only used, as far as the counts show, in a longer term that is among the rows."""
    covered = {
        (row.group, word, row.n, row.n_elsewhere)
        for row in rows_of(rows[rows["order"] > 1])
        for word in row.term.split(" ")
    }
    kept = [row.order > 1 or (row.group, row.term, row.n, row.n_elsewhere) not in covered for row in rows_of(rows)]
    return rows[pd.Series(kept, index=rows.index, dtype="bool")]


def _false_discovery(p: Array) -> Array:
    """The false discovery rate over all groups that are tested."""
    q = np.full(p.shape, np.nan)
    q[~np.isnan(p)] = benjamini_hochberg(p[~np.isnan(p)])
    return q


def _intervals(family: Family, sides: NDArray[np.int64], own: Sums, holding: Array) -> tuple[Array, Array]:
    """The ends of the interval of each log ratio: linearised over articles, exact bounds where a side has no use."""
    from scipy.special import stdtrit

    n_articles = np.bincount(sides, minlength=own.words.size)[:, None].astype(float)
    n_sides = own.words.size
    squares = summed(family.uses, sides, n_sides, squared)
    beside = summed(family.uses, sides, n_sides, lambda n, article: n * family.words[article])
    words = own.words[:, None]
    here = [own.uses, squares, beside, words, own.word_squares[:, None], n_articles, holding]
    rest = [part.sum(0) - part for part in here]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = _relative_variance(*here[:6]) + _relative_variance(*rest[:6])
        middle = log_ratio(own.uses, rest[0], words, rest[3])
        # As many independent pieces of evidence as articles that hold the term, on either side.
        freedom = np.maximum(1, holding + rest[6] - 2)
        reach = stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(spread) / np.log(2)
        lower, upper = middle - reach, middle + reach
        only_here, only_there = rest[0] == 0, own.uses == 0
        lower = np.where(only_here, exact_log_ratio_bound(np.maximum(holding, 1), words, rest[3]), lower)
        upper = np.where(only_there, -exact_log_ratio_bound(np.maximum(rest[6], 1), rest[3], words), upper)
    return np.where(only_there, -np.inf, lower), np.where(only_here, np.inf, upper)


def _once(uses: Array, _article: NDArray[np.int64]) -> Array:
    """One for each article that holds a term."""
    return np.ones_like(uses)


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
    holding = summed(family.uses, placed.sides, len(placed.groups), _once)
    plain = ~family.terms["term"].str.split().map(lambda words: bool(set(words) & english_stop_words())).astype(bool)
    about: list[str | None] = []
    for row in holding:
        rows = family.terms.assign(n=row)[plain.to_numpy() & (row > 0)]
        rows = rows.sort_values(["n", "term"], ascending=[False, True])
        about.append(", ".join(rows["term"].head(ABOUT)) or None)
    return about
