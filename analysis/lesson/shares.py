"""Statements counted by kind, source and cue, and how far a share of a few can be trusted: by hand."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pandas as pd

from analysis.attribution.counts import DIMENSIONS, asserted_statements, attribution_counts
from analysis.attribution.given import sources_by_group
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.evidence import CHI_SQUARE, wilson_interval
from analysis.lesson.folding import lines
from analysis.lesson.words import first_article
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table

#: Counts and sources that are shown, at most.
_SHOWN, _SOURCES = 5, 3
#: What the counts of statements are called.
_COUNTED = {"kind": "Kind", "source_type": "Source", "cue_class": "Class of the cue"}


def show_share_steps(tables: Tables) -> Shown:
    """Show how many statements are of which kind, with the interval of one share worked out, and each source's words.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives; of several articles the first is shown.
    """
    first = first_article(tables)
    made = asserted_statements(first["attributions"])
    if made.empty:
        return remark("There is no statement to count: nobody is quoted or cited, or nothing was looked for.")
    counts = attribution_counts(*(first[name] for name in ("articles", "sentences", "attributions", "spans")))
    rows = []
    for row in rows_of(counts):
        if row.dimension in DIMENSIONS and row.n:
            missing = "no cue" if row.dimension == "cue_class" else "none"
            by_hand = int((made[row.dimension].fillna(missing) == row.category).sum())
            ends = f"{format_value(100 * row.lower, '.0f')} to {format_value(100 * row.upper, '.0f')}"
            rows.append((row.category, _COUNTED[row.dimension], by_hand, row.n, row.n_total, row.share, ends))
    names = ["category", "what", "n", "given", "n_total", "share", "interval"]
    columns = dict(
        zip(names, ("Which", "What", "By hand", "By the function", "Of", "Share, %", "95\u00a0% interval"), strict=True)
    )
    caption = f"Statements counted{'' if len(rows) <= _SHOWN else f', the first {_SHOWN} of {len(rows)} counts'}"
    table = show_table(pd.DataFrame(rows[:_SHOWN], columns=names), columns, caption, {"share": "%"})
    category, _, n, *_ = rows[0]
    return joined([table, lines(f"The interval of “{category}”:", *share_lines(n, len(made))), _sources(first)])


def share_lines(n: int, total: int) -> list[str]:
    """Work out Wilson's interval of n of total; the last line is what the function gives.

    Examples
    --------
    >>> share_lines(3, 9)[-1]
    'By the function: 12.1 to 64.6\\xa0%.'
    """
    z2 = CHI_SQUARE
    middle = (n + z2 / 2) / (total + z2)
    reach = sqrt(z2 * (n * (total - n) / total + z2 / 4)) / (total + z2)
    lower, upper = (float(end) for end in wilson_interval(n, total))
    return [
        f"Middle: ({n} + {z2:.2f} / 2) / ({total} + {z2:.2f}) = {middle:.3f}.",
        f"Reach: √({z2:.2f} × ({n} × {total - n} / {total} + {z2:.2f} / 4)) / ({total} + {z2:.2f}) = {reach:.3f}.",
        f"From {middle:.3f} − {reach:.3f} to {middle:.3f} + {reach:.3f} the share of a long text of this kind may "
        f"lie, by {how_many(total, 'statement')}.",
        f"By the function: {format_value(100 * lower, '.1f')} to {format_value(100 * upper, '.1f')}\u00a0%.",
    ]


def _sources(first: dict[str, Any]) -> Shown:
    """The words given to each source."""
    given = sources_by_group(*(first[name] for name in ("articles", "attributions", "spans", "sentences", "labels")))
    columns = {"source": "Source", "source_type": "Type", "n": "Statements", "n_words": "Words given to it"}
    more = f"; the first {_SOURCES} of {len(given)} sources" if len(given) > _SOURCES else ""
    return show_table(
        given.head(_SOURCES), columns, f"Words of what each source is said to have said, by the function{more}"
    )
