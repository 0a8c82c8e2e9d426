"""Which attributions are counted as statements: made or not, statement or attitude, and how certain: by hand."""

from __future__ import annotations

import pandas as pd

from analysis.attribution.counts import SURE, asserted_statements, is_doubtful, without_doubtful
from analysis.claims.cells import Tables
from analysis.lesson.folding import lines, opening
from analysis.lesson.marking import place_namer
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark, show_table

#: Attributions that are shown, at most.
ATTRIBUTIONS = 6
#: What an attribution is counted as.
_ATTITUDE, _UNMADE, _INSIDE = "attitude", "not made", "inside another's words"
_TOLD = (
    "An attitude is believed, feared or wished, not said; “did not say” and “would say” are not made. Doubtful is more "
    "likely wrong than right, in source or content."
)
_SHARES = "Shares are of all that were made, the doubtful too; the count without them stands beside."
_MADE, _DOUBTFUL = "made", "made, doubtful"


def show_certainty_steps(tables: Tables, k: int = ATTRIBUTIONS, *, again: bool = False) -> Shown:
    """Show which attributions are counted as statements that were made, which are doubtful, and how many of each.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Attributions shown, at most, from the first.
    again : bool
        Whether the rule was said just before, and is left out.
    """
    found = tables["attributions"]
    if found.empty:
        return remark("No attribution was found, so that there is none to be certain of.")
    given = ["–" if pd.isna(value) else f"{value:.2f}" for value in found["confidence"]]
    judged = found.assign(
        where=list(map(place_namer(tables), rows_of(found))),
        verdict=verdicts(found),
        confidence=given,
        content=list(map(opening, found["content"])),
    )
    columns = {
        "where": "Sentence", "source": "Source", "cue": "Cue", "content": "What is said", "act": "Act",
        "modality": "Modality", "confidence": "Confidence", "verdict": "Counted as",
    }  # fmt: skip
    names = " and ".join(name.value for name in article_names(tables["articles"]).values())
    caption = f"Attributions of {names} judged: {min(k, len(found))} of {len(found)}"
    return joined(
        [
            show_table(judged.head(k), columns, caption),
            lines(*([] if again else [_TOLD]), *certainty_lines(found), *([] if again else [_SHARES])),
        ]
    )


def verdicts(attributions: pd.DataFrame) -> list[str]:
    """Say of each attribution why it is not counted as a statement that was made, or that it is, and whether surely."""
    told = []
    for row, doubtful in zip(rows_of(attributions), is_doubtful(attributions), strict=True):
        if row.act == "attitude":
            told.append(_ATTITUDE)
        elif row.modality != "asserted":
            told.append(_UNMADE)
        elif not pd.isna(row.nested_in):
            told.append(_INSIDE)
        else:
            told.append(_DOUBTFUL if doubtful else _MADE)
    return told


def certainty_lines(attributions: pd.DataFrame) -> list[str]:
    """Count the attributions by what they are counted as, by hand and by the functions."""
    told = verdicts(attributions)
    aside = {name: told.count(name) for name in (_ATTITUDE, _UNMADE, _INSIDE)}
    made, doubtful = len(told) - sum(aside.values()), told.count(_DOUBTFUL)
    statements = asserted_statements(attributions)
    return [
        f"{how_many(len(told), 'attribution')}: {how_many(aside[_ATTITUDE], 'attitude')}, {aside[_UNMADE]} not made, "
        f"{aside[_INSIDE]} inside another's words.",
        f"Left: {len(told)} − {aside[_ATTITUDE]} − {aside[_UNMADE]} − {aside[_INSIDE]} = {made} made. By the "
        f"function: {len(statements)}.",
        f"Of these {doubtful} doubtful, with a confidence below {SURE}. Without: {made} − {doubtful} = "
        f"{made - doubtful}. By the function: {len(without_doubtful(statements))}.",
    ]
