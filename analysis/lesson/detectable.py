"""How large a difference would have to be to be seen: uses against none, by hand."""

from __future__ import annotations

from math import comb
from typing import NamedTuple

import pandas as pd

from analysis.association import log_likelihood
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.folding import lines
from analysis.lesson.rates import words_of
from analysis.lesson.shared import both_of
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.pipeline import PERMUTATIONS, compare_terms
from analysis.power import POWER
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.units import MIN_SENTENCES

#: Uses are counted from so many below those that pass to one above.
_BELOW = 3

#: What is said where no difference could be seen.
NEVER = "By the function: no number of uses would pass at these lengths."


class Limit(NamedTuple):
    """The smallest difference between two articles that passes: what G2 is to reach, and the uses that reach it."""

    names: tuple[str, str]
    words: tuple[int, int]
    n_tested: int
    critical: float
    needed: int
    least: int
    rate: float

    def g2(self, uses: int) -> float:
        """G2 of so many uses in the first article and none in the other."""
        return float(log_likelihood(uses, 0, *self.words))


def find_limit(tables: Tables, min_count: int = 3, seed: int = 1) -> Limit | None:
    """Ask the pipeline which uses in the first of two articles, and none in the other, would pass the gate.

    Returns
    -------
    Limit or None
        None where no term is tested; `needed` is 0 where no number of uses would pass.

    Raises
    ------
    InputError
        There is another number of articles; or as `compare_terms`.
    """
    one, other = both_of(tables)
    articles = tables["articles"].assign(group=tables["articles"]["article_id"])
    limits = compare_terms({**tables, "articles": articles}, min_count=min_count, seed=seed)["detectable"]
    here = next((row for row in rows_of(limits) if row.group == one), None)
    if here is None or pd.isna(here.critical_g2):
        return None
    words, names = words_of(tables), article_names(articles)
    return Limit(
        (names[one].value, names[other].value), (words[one], words[other]), here.n_tested, float(here.critical_g2),
        0 if pd.isna(here.n_needed) else int(here.n_needed), max(min_count, MIN_SENTENCES), float(here.detectable_rate),
    )  # fmt: skip


def show_detectable_steps(tables: Tables, min_count: int = 3, seed: int = 1) -> Shown:
    """Show the smallest difference that two articles of their length can show: uses against none, and the rate.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.
    min_count : int
        From how many uses in both a term is tested.
    seed : int
        Where the shuffles of the gate start.

    Raises
    ------
    InputError
        There is another number of articles; or as `compare_terms`.
    """
    found = find_limit(tables, min_count, seed)
    if found is None:
        return remark("No term is tested, so that there is no G2 that a term would have to reach.")
    (words, other), (name, other_name) = found.words, found.names
    last = found.needed or min_count
    uses = range(max(1, last - _BELOW), min(last + 1, words) + 1)
    g2 = [found.g2(n) for n in uses]
    rows = pd.DataFrame({"uses": list(uses), "g2": g2, "reached": [value >= found.critical for value in g2]})
    columns = {"uses": f"Uses in {name}, none in {other_name}", "g2": "G2", "reached": "Reaches it"}
    wanted = format_value(found.critical, ".2f")
    caption = f"{words:,} words against {other:,}: G2 is to reach {wanted}"
    head = lines(
        f"{how_many(found.n_tested, 'term')} are tested. In {PERMUTATIONS:,} shuffles of the sentences, the largest "
        f"G2 of any of them reaches {wanted} in 1 of 20: what passes the gate is to reach as much."
    )
    table = show_table(rows, columns, caption, {"g2": ".2f"})
    if not found.needed:
        return joined([head, table, lines(NEVER)])
    return joined([head, table, lines(*_told(found, words))])


def _told(found: Limit, words: int) -> list[str]:
    """What the number of uses needed says, and the rate that brings as many in four of five texts."""
    needed, rate = found.needed, found.rate
    fewer = [comb(words, n) * (rate / 1000) ** n * (1 - rate / 1000) ** (words - n) for n in range(needed)]
    chances = " + ".join(f"{chance:.3f}" for chance in fewer)
    return [
        f"By the function: {how_many(needed, 'use')}, each in a sentence of its own, and never fewer than "
        f"{found.least}; where they fill a text, it also counts how easily its sentences are dealt to one side.",
        f"{needed} / {words:,} × 1,000 = {format_value(1000 * needed / words, '.1f')} per 1,000 words; but a text with "
        f"that habit has now more uses, now fewer. At {format_value(rate, '.1f')} per 1,000, "
        f"{format_value(rate * words / 1000, '.1f')} are expected, and the chances of 0 to {needed - 1} are "
        f"{chances} = {sum(fewer):.2f}.",
        f"So {format_value(100 * (1 - sum(fewer)), '.0f')}\u00a0% of such texts would pass. By the function: "
        f"{format_value(rate, '.1f')} per 1,000 for {100 * POWER:.0f}\u00a0%.",
        "A smaller difference may be there and not be seen: that no term passes does not say that the texts are alike.",
    ]
