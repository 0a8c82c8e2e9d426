"""Whether one of two texts is harder to read: sentences drawn anew and shuffled, and formulas that have to agree."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.association import ALPHA, TIE
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.claims.readability import FAMILIES, agreeing_formulas
from analysis.draws import permuted_labels, permuted_sums, resampled_weights, sums_by_side
from analysis.evidence import LEVEL
from analysis.formulas import score
from analysis.lesson.ends import end_lines
from analysis.lesson.folding import lines
from analysis.lesson.shared import both_of
from analysis.names import METRIC_NAMES, article_names
from analysis.pipeline import DRAWS, PERMUTATIONS
from analysis.readability import STATED, WORDS_NEEDED, count_units, readability_by_group
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.sides import foreign_groups

#: Draws and shuffles of the demonstration.
TIMES = 12


class Read(NamedTuple):
    """A row for each formula, with the interval and p of the difference; of the stated one, draws and shuffles too."""

    rows: pd.DataFrame
    drawn: Any
    dealt: Any


def read_both(tables: Tables, draws: int, shuffles: int, seed: int = 1) -> Read | None:
    """Score two articles, their sentences drawn anew and their sentences shuffled, as the function does; short too.

    Returns
    -------
    Read or None
        None where a text is not English, or has fewer than two sentences.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    sides = both_of(tables)
    articles = tables["articles"].assign(group=tables["articles"]["article_id"])
    if foreign_groups(articles, tables["notes"]):
        return None
    groups, units = count_units(articles, tables["sentences"], "sentence")
    own = [groups.index(side) for side in sides]
    labels, counts = units.index.get_level_values("group").to_numpy(dtype=int), units.to_numpy(dtype=float)
    if min((labels == side).sum() for side in own) < 2:
        return None
    found, drawn, dealt = (
        score(sums[own], list(FAMILIES))
        for sums in (
            sums_by_side(np.ones((1, labels.size)), labels, counts, 2),
            sums_by_side(resampled_weights(labels, draws, (seed, 0)), labels, counts, 2),
            permuted_sums(permuted_labels(labels, shuffles, (seed, 1)), counts, 2),
        )
    )
    rows = []
    for metric in FAMILIES:
        one, other = (float(values[0]) for values in found[metric])
        lower, upper = np.quantile(drawn[metric][0] - drawn[metric][1], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        reached = int((np.abs(dealt[metric][0] - dealt[metric][1]) >= abs(one - other) - TIE).sum())
        p = (1 + reached) / (1 + shuffles)
        rows.append((metric, one, other, one - other, float(lower), float(upper), p, reached))
    columns = ["metric", "one", "other", "difference", "lower", "upper", "p", "reached"]
    table = pd.DataFrame(rows, columns=columns).assign(family=list(FAMILIES.values()))
    clear = (table["lower"] > 0) | (table["upper"] < 0)
    return Read(
        table.assign(passes=(clear & (table["p"] <= ALPHA)).tolist()),
        drawn[STATED][0] - drawn[STATED][1],
        dealt[STATED][0] - dealt[STATED][1],
    )


def show_reading_steps(tables: Tables, seed: int = 1) -> Shown:
    """Show when one of two articles is called harder to read: the difference, its interval, its p, and other formulas.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.
    seed : int
        Where the random draws start.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    few, many = read_both(tables, TIMES, TIMES, seed), read_both(tables, DRAWS, PERMUTATIONS, seed)
    if few is None or many is None:
        return remark("This takes two English texts of two sentences or more.")
    names = [name.value for name in article_names(tables["articles"]).values()]
    first = next(rows_of(few.rows))
    steps = lines(
        f"{METRIC_NAMES[STATED]}: {names[0]} {_number(first.one)}, {names[1]} {_number(first.other)}. Difference: "
        f"{_number(first.difference)}.",
        f"The same with the sentences of each text drawn anew, {TIMES} times.",
        *end_lines(few.drawn),
        f"With the sentences shuffled between the texts, {TIMES} times: "
        f"{', '.join(map(_number, sorted(few.dealt.tolist())))}. As large, above or below zero: "
        f"{first.reached}. p = (1 + {first.reached}) / (1 + {TIMES}) = {_number(first.p)}.",
    )
    shown = many.rows.assign(
        name=many.rows["metric"].map(METRIC_NAMES),
        interval=[f"{_number(row.lower)} to {_number(row.upper)}" for row in rows_of(many.rows)],
    )
    columns = {
        "name": "Formula", "family": "Judges a word by", "difference": "Difference", "interval": "95\u00a0% interval",
        "p": "p", "passes": "Passes",
    }  # fmt: skip
    caption = f"The same with {DRAWS:,} draws and {PERMUTATIONS:,} shuffles"
    table = show_table(shown, columns, caption, {"difference": ".2f", "p": "p"})
    return joined([steps, table, lines(*_rule(tables, many.rows, names, seed))])


def _rule(tables: Tables, rows: pd.DataFrame, names: list[str], seed: int) -> list[str]:
    """Which of the texts is called harder, if either: by hand from what passes, and by the function."""
    first = next(rows_of(rows))
    agree = [row for row in rows_of(rows) if row.passes and row.difference * first.difference > 0]
    others = [METRIC_NAMES[row.metric] for row in agree if row.family != first.family]
    by_hand = _said(first.passes and bool(others), names, first.difference)
    told = [
        f"One passes if its interval is clear of zero and p is at most {ALPHA}. Harder to read is said only if the "
        f"{METRIC_NAMES[STATED]} passes and, in the same direction, a formula that judges a word by something else.",
        f"By hand: {by_hand}" + (f"; in agreement: {', '.join(others)}." if first.passes and others else "."),
    ]
    articles = tables["articles"].assign(group=tables["articles"]["article_id"])
    given = readability_by_group(
        articles, tables["sentences"], metrics=list(FAMILIES), seed=seed, permutations=PERMUTATIONS, draws=DRAWS
    )
    if given["difference"].isna().all():
        return [
            *told,
            f"By the function: neither; a text of fewer than {WORDS_NEEDED} words is not scored, so that there is no "
            "difference from it.",
        ]
    agreeing = agreeing_formulas({**tables, "readability_by_group": given}, articles["group"].iloc[0])
    return [*told, f"By the function: {_said(bool(agreeing), names, first.difference)}."]


def _said(is_stated: bool, names: list[str], difference: float) -> str:
    return f"{names[0 if difference > 0 else 1]} is harder" if is_stated else "neither is called harder"


def _number(value: float) -> str:
    return format_value(value, ".2f")
