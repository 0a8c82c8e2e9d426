"""Whether two shares differ: Newcombe's interval from those of each, by hand."""

from __future__ import annotations

from math import hypot

from analysis.attribution.counts import DIMENSIONS, attribution_counts
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.evidence import newcombe_interval, wilson_interval
from analysis.lesson.folding import lines
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark


def show_difference_steps(tables: Tables) -> Shown:
    """Show whether a share differs between two articles: the kind of statement whose share differs most, worked out.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    one, other = both_of(tables)
    articles = tables["articles"].assign(group=tables["articles"]["article_id"])
    counts = attribution_counts(articles, *(tables[name] for name in ("sentences", "attributions", "spans")))
    counts = counts[counts["dimension"].isin(list(DIMENSIONS))]
    here, there = (counts[counts["group"] == side] for side in (one, other))
    if not (here["n_total"].any() and there["n_total"].any()):
        return remark("There is no statement on each side to take a share of.")
    names = article_names(articles)
    # Rounded, so that of equal differences the first is taken.
    row, row_there = max(
        zip(rows_of(here), rows_of(there), strict=True), key=lambda pair: round(abs(pair[0].difference), 9)
    )
    head = lines(
        f"“{row.category}”: {row.n} of {row.n_total} statements in {names[one].value}, {row_there.n} of "
        f"{row_there.n_total} in {names[other].value}. Of the shares of all kinds, sources and cues it differs "
        "most; the largest of several is large by choice, too."
    )
    told = difference_lines(row.n, row.n_total, row_there.n, row_there.n_total)
    return joined([head, lines(*told)])


def difference_lines(n: int, total: int, n_other: int, total_other: int) -> list[str]:
    """Work out Newcombe's interval of n of total less n_other of total_other, and say what it tells.

    Examples
    --------
    >>> difference_lines(8, 11, 0, 7)[-2]
    'By the function: 0.268 to 0.903.'
    """
    share, other = n / total, n_other / total_other
    low, high = (float(end) for end in wilson_interval(n, total))
    other_low, other_high = (float(end) for end in wilson_interval(n_other, total_other))
    apart = share - other
    below, above = hypot(share - low, other_high - other), hypot(high - share, other - other_low)
    lower, upper = (float(end) for end in newcombe_interval(n, total, n_other, total_other))
    inside = lower <= 0 <= upper
    return [
        f"Difference: {_number(share)} − {_number(other)} = {_number(apart)}.",
        f"Wilson's interval of each share: {_number(low)} to {_number(high)}, and {_number(other_low)} to "
        f"{_number(other_high)}.",
        "The lower end is where the first share is low and the second high. Both reaches at once: "
        f"√(({_number(share)} − {_number(low)})² + ({_number(other_high)} − {_number(other)})²) = {_number(below)}; "
        f"{_number(apart)} − {_number(below)} = {_number(apart - below)}.",
        "The upper end, the other way round: "
        f"√(({_number(high)} − {_number(share)})² + ({_number(other)} − {_number(other_low)})²) = {_number(above)}; "
        f"{_number(apart)} + {_number(above)} = {_number(apart + above)}.",
        f"By the function: {_number(lower)} to {_number(upper)}.",
        f"Zero is {'inside: so few statements leave it open whether' if inside else 'outside: by this measure'} the "
        "shares differ.",
    ]


def _number(value: float) -> str:
    return format_value(value, ".3f")
