"""The evidence gate with a handful of sentences: how often chance alone makes a difference as large."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.association import TIE
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.draws import permuted_labels
from analysis.inputs.files import InputError
from analysis.lesson.folding import lines
from analysis.lesson.rates import commonest_term
from analysis.lesson.words import passages
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.pipeline import PERMUTATIONS
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.terms import concordance, read_term

#: Shuffles of the demonstration, and up to how many sentences it names them.
SHUFFLES, _NAMED = 12, 12
#: Shuffles that are shown one by one, at most.
_SHOWN = 4
#: What the gate does beyond that.
_REPORT = (
    f"A report shuffles {PERMUTATIONS:,} times, measures by G2 in the place of the difference, and holds each term "
    "against the largest that any term reaches."
)


class Deal(NamedTuple):
    """Sentences dealt to two sides: what was dealt, and for each deal (the first is the true one) what it gives."""

    term: str
    sides: tuple[str, str]
    labels: Any
    uses: Any
    words: Any
    difference: Any

    @property
    def reached(self) -> int:
        """In how many shuffles the difference is as large as the true one."""
        sizes = np.abs(self.difference)
        return int((sizes[1:] >= sizes[0] - TIE).sum())

    @property
    def p(self) -> float:
        """The share of all deals, the true one too, with a difference as large."""
        return (1 + self.reached) / len(self.labels)


def deal(tables: Tables, term: str = "", shuffles: int = SHUFFLES, seed: int = 1) -> Deal | None:
    """Shuffle the sentences between two sides and count a term on each: two articles, or the halves of one.

    Returns
    -------
    Deal or None
        None where there is nothing to shuffle: no term, or fewer than two sentences.

    Raises
    ------
    InputError
        There are more than two articles, or no shuffle is asked for.
    """
    if len(tables["articles"]) > 2 or shuffles < 1:
        raise InputError(
            "shuffles show one article or two, shuffled once or more; found "
            f"{len(tables['articles'])} articles and {shuffles} shuffles"
        )
    term = term or commonest_term(tables)
    rows = [row for row, _ in passages(tables) if row.n_words]
    ids = list(tables["articles"]["article_id"])
    if not term or len(rows) < 2 or len({row.article_id for row in rows}) < len(ids):
        return None
    if len(ids) == 2:
        names = article_names(tables["articles"])
        sides, labels = (names[ids[0]].value, names[ids[1]].value), [ids.index(row.article_id) for row in rows]
    else:
        sides, labels = ("first half", "second half"), [int(at >= (len(rows) + 1) // 2) for at in range(len(rows))]
    found = concordance(tables["articles"], tables["sentences"], term, tables["voices"])
    counted = found.groupby(["article_id", "sentence"]).size()
    uses = np.array([counted.get((row.article_id, row.sentence), 0) for row in rows])
    words = np.array([row.n_words for row in rows])
    dealt = np.vstack([labels, permuted_labels(labels, shuffles, (seed, 1))])
    by_side = [(dealt == side).astype(int) for side in (0, 1)]
    used, long = (np.stack([own @ values for own in by_side], axis=-1) for values in (uses, words))
    rate = 1000 * used / long
    return Deal(read_term(term)[1], sides, dealt, used, long, rate[:, 0] - rate[:, 1])


def show_shuffles(
    tables: Tables, term: str = "", shuffles: int = SHUFFLES, seed: int = 1, *, again: bool = False
) -> Shown:
    """Show how the evidence gate works: each shuffle of the sentences, and the share with a difference as large.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles, or of one, whose first half is then held against its second.
    term : str
        One to three words; empty: the word used most that is no stop word.
    shuffles : int
        How many are made; the first few are shown one by one.
    seed : int
        Where the random draws start.
    again : bool
        Whether what a report does was said just before, and is left out.

    Raises
    ------
    InputError
        As `deal`; or `term` has no word in it.
    """
    dealt = deal(tables, term, shuffles, seed)
    if dealt is None:
        return remark("There is nothing to shuffle: that takes a term, and a sentence on each of two sides.")
    one, other = dealt.sides
    n_sentences = dealt.labels.shape[1]
    few = n_sentences <= _NAMED
    rows = pd.DataFrame({
        "what": ["as they stand", *(f"shuffle {at}" for at in range(1, len(dealt.labels)))],
        "which": [" ".join(map(str, np.flatnonzero(labels == 0) + 1)) for labels in dealt.labels],
        "one": [_of(uses, words) for uses, words in zip(dealt.uses[:, 0], dealt.words[:, 0], strict=True)],
        "other": [_of(uses, words) for uses, words in zip(dealt.uses[:, 1], dealt.words[:, 1], strict=True)],
        "difference": dealt.difference,
        "reached": (np.abs(dealt.difference) >= abs(dealt.difference[0]) - TIE).tolist(),
    })  # fmt: skip
    columns = {"what": "Sentences"} | ({"which": f"In {one}"} if few else {})
    columns |= {"one": f"Uses in {one}", "other": f"Uses in {other}", "difference": "Difference per 1,000 words"}
    columns |= {"reached": "As large"}
    caption = (
        f"“{dealt.term}” in {how_many(n_sentences, 'sentence')}, titles and headings among them, "
        f"{how_many(shuffles, 'shuffle')}, seed {seed}"
    )
    table = show_table(rows.head(1 + _SHOWN), columns, caption, {"difference": ".1f"})
    rest = rows.iloc[1 + _SHOWN :]["reached"]
    more = [f"Of {how_many(len(rest), 'shuffle')} more, {int(rest.sum())} are as large."] if len(rest) else []
    return joined([table, lines(*more, *gate_lines(dealt), *([] if again else [_REPORT]))])


def gate_lines(dealt: Deal) -> list[str]:
    """Work out p from the shuffles."""
    shuffles = len(dealt.labels) - 1
    return [
        f"{dealt.reached} of {how_many(shuffles, 'shuffle')} reach the difference as it stands.",
        f"p = (1 + {dealt.reached}) / (1 + {shuffles}) = {format_value(dealt.p, '.2f')}: the order found counts as one "
        "of those that chance may bring.",
    ]


def _of(uses: int, words: int) -> str:
    return f"{uses} of {words:,}"
