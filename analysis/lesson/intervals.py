"""How far a log ratio can be trusted: sentences drawn anew, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf, isnan, log2
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.association import ALPHA, log_ratio
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.draws import resampled_weights, sums_by_side
from analysis.inputs.files import InputError
from analysis.keyness import keyness
from analysis.lesson.ends import end_lines
from analysis.lesson.folding import lines
from analysis.lesson.rates import commonest_term
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.passages import all_passages
from analysis.pipeline import DRAWS
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.terms import read_term
from analysis.units import count_uses, units_of

#: Draws of the demonstration.
EXAMPLE_DRAWS = 12
#: Draws that are shown one by one, at most.
_SHOWN = 4
_UNTESTED = "none, since the word stands in a single sentence"


class Drawn(NamedTuple):
    """Sentences of two texts drawn anew: for each side what each draw gives, and what is found."""

    term: str
    holding: list[int]
    words_found: list[int]
    uses: Any
    words: Any
    ratios: Any


def draw(tables: Tables, term: str, draws: int = EXAMPLE_DRAWS, seed: int = 1) -> Drawn | None:
    """Draw the sentences of each of two articles anew, as the function does, and count a word in them.

    Returns
    -------
    Drawn or None
        None where a side has fewer than two sentences with a word, or neither has the term.

    Raises
    ------
    InputError
        There is another number of articles, or `term` is not one word.
    """
    sides = both_of(tables)
    order, wanted = read_term(term)
    if order != 1:
        raise InputError(f"this lesson takes a term of one word; found {term!r}")
    counted = count_uses(*_apart(tables))
    if wanted not in counted.terms:
        return None
    units = units_of(counted, "sentence", np.array([counted.terms.index(wanted)]))
    own = [counted.groups.index(side) for side in sides]
    if min((units.labels == side).sum() for side in own) < 2:
        return None
    weights = resampled_weights(units.labels, draws, (seed, 1))
    uses, words = (
        sums_by_side(weights, units.labels, counts, 2)[own, :, 0] for counts in (units.counts, units.words[:, None])
    )
    holding = [int((units.counts[units.labels == side] > 0).sum()) for side in own]
    found = [int(units.words[units.labels == side].sum()) for side in own]
    return Drawn(wanted, holding, found, uses, words, log_ratio(uses[0], uses[1], words[0], words[1]))


def show_interval_steps(tables: Tables, term: str = "", draws: int = EXAMPLE_DRAWS, seed: int = 1) -> Shown:
    """Show how the interval of a log ratio comes about: sentences drawn anew, the log ratios in order, and their ends.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.
    term : str
        One word; empty: the word used most that is no stop word.
    draws : int
        How many are made; the first few are shown one by one.
    seed : int
        Where the random draws start.

    Raises
    ------
    InputError
        As `draw`; or no draw is asked for.
    """
    both_of(tables)
    if draws < 1:
        raise InputError(f"an interval takes one draw or more; found {draws}")
    term = term or commonest_term(tables)
    drawn = draw(tables, term, draws, seed) if term else None
    if drawn is None:
        return remark("There is nothing to draw anew: that takes a term, and two sentences on each side.")
    names = [name.value for name in article_names(tables["articles"]).values()]
    if not all(drawn.holding):
        return lines(*bound_lines(tables, drawn, names))
    columns = {"what": "Sentences"} | {
        str(side): f"“{drawn.term}” in {name}, uses of words" for side, name in enumerate(names)
    }
    rows = pd.DataFrame({"what": [f"draw {at}" for at in range(1, draws + 1)], "ratio": drawn.ratios}).assign(**{
        str(side): [f"{int(n)} of {int(of):,}" for n, of in zip(drawn.uses[side], drawn.words[side], strict=True)]
        for side in (0, 1)
    })  # fmt: skip
    caption = f"From each text as many sentences as it has are drawn, some twice and some not at all; seed {seed}"
    table = show_table(rows.head(_SHOWN), columns | {"ratio": "Log ratio"}, caption, {"ratio": ".2f"})
    more = [f"And {draws - _SHOWN} draws more."] if draws > _SHOWN else []
    told = [
        *more,
        *end_lines(drawn.ratios),
        *function_lines(tables, drawn.term, draws, seed),
        "With zero inside, it is left open which of the two texts uses the word at the higher rate.",
    ]
    return joined([table, lines(*told)])


def bound_lines(tables: Tables, drawn: Drawn, names: Sequence[str]) -> list[str]:
    """Where one side has no use: the bound that stands in the place of the interval."""
    here = 0 if drawn.holding[0] else 1
    n = drawn.holding[here]
    words, words_other = (int(drawn.words_found[side]) for side in (here, 1 - here))
    share = ALPHA ** (1 / n)
    bound = log2(share / (1 - share)) + log2(words_other / words)
    told = [
        f"“{drawn.term}” is not found in {names[1 - here]} ({how_many(words_other, 'word')} searched). However often "
        "its sentences are drawn anew, there is nothing that could vary: in the place of an interval there is a bound.",
        f"{how_many(n, 'sentence')} of {names[here]} {'has' if n == 1 else 'have'} it. Were the share of this "
        f"side below {ALPHA} ^ (1 / {n}) = {share:.3f}, that all fall to it would be rarer than 1 in 20.",
        f"As a log ratio: log₂({share:.3f} / {1 - share:.3f} × {words_other:,} / {words:,}) = {_number(bound)}, "
        "at least.",
    ]
    row = _of_the_run(tables, drawn.term, 1, 1, here)
    return [*told, f"By the function: {_written(row, _UNTESTED)}."]


def function_lines(tables: Tables, term: str, draws: int, seed: int = 1) -> list[str]:
    """The interval that the function gives, from the same draws and from as many as a report takes."""
    few, many = (_of_the_run(tables, term, times, seed) for times in (draws, DRAWS))
    return [
        f"By the function, from the same draws: {_written(few, _UNTESTED)}.",
        f"By the function, from {DRAWS:,} draws as in a report: {_written(many, _UNTESTED)}.",
    ]


def _of_the_run(tables: Tables, term: str, draws: int, seed: int, side: int = 0) -> tuple[float, float]:
    """The ends that the function gives for one of the articles, from so many draws."""
    rows, _ = keyness(*_apart(tables), min_count=1, stop_words=True, seed=seed, permutations=1, draws=draws)
    (row,) = rows_of(rows[(rows["group"] == tables["articles"]["article_id"].iloc[side]) & (rows["term"] == term)])
    return row.lower, row.upper


def _apart(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Each article as a group of its own, with its sentences and the terms in them."""
    articles = tables["articles"].assign(group=tables["articles"]["article_id"])
    return articles, all_passages(articles, tables["sentences"], tables["regions"]), tables["sentence_terms"]


def _written(ends: tuple[float, float], missing: str) -> str:
    """An interval, or the bound of it that there is."""
    lower, upper = ends
    if isnan(lower):
        return missing
    if isinf(upper):
        return f"{_number(lower)} at least"
    return f"{_number(upper)} at most" if isinf(lower) else f"{_number(lower)} to {_number(upper)}"


def _number(value: float) -> str:
    return format_value(value, ".2f")
