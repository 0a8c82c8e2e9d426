"""The tested terms as a table to sort, search and choose from."""

from __future__ import annotations

import pandas as pd

from analysis.chosen import listing
from analysis.live.exploration import Exploration
from analysis.names import group_names
from analysis.nouns import how_many
from analysis.show.terms import find_terms
from analysis.show.views import INTERVAL, intervals

#: The columns of the table of terms: their headings, and the decimals that are shown.
_TERM_COLUMNS = {
    "surface": "Term", "name": "Text", "n": "Uses", "n_elsewhere": "Uses elsewhere", "log_ratio": "Log ratio",
    "interval": INTERVAL, "p_adjusted": "Adjusted p", "passes": "Passes gate",
    "rate": "Per 1,000 words", "rate_elsewhere": "Per 1,000 elsewhere", "z": "z",
    "n_sentences": "Sentences", "dispersion": "Dispersion",
}  # fmt: skip
_DECIMALS = {"rate": 1, "rate_elsewhere": 1, "log_ratio": 1, "z": 2, "p_adjusted": 4, "dispersion": 2}


def term_table(exploration: Exploration) -> pd.DataFrame:
    """The tested terms, the strongest evidence first; the interval of the log ratio stands in the order of its ends."""
    rows = find_terms(exploration.tables)
    ends = rows.sort_values(["lower", "upper"])
    written = list(dict.fromkeys(intervals(ends, "lower", "upper", ".1f")))
    rows = rows.assign(
        passes=rows["passes"].map({True: "yes", False: "no"}),
        interval=pd.Categorical(intervals(rows, "lower", "upper", ".1f"), written, ordered=True),
    )
    rows = rows.sort_values(["p_adjusted", "z"], ascending=[True, False], kind="stable").round(_DECIMALS)
    return rows[list(_TERM_COLUMNS)].rename(columns=_TERM_COLUMNS)


def term_caption(exploration: Exploration) -> str:
    """What the table has, and in how many words of each text the terms were counted."""
    words = exploration.tables["detectable"].set_index("group")["n_words"]
    names = group_names(exploration.tables["articles"])
    places = [f"{name} ({how_many(int(words[group]), 'word')} searched)" for group, name in names.items()]
    return f"Every term that is tested, in {listing(places)}"
