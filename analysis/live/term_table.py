"""The tested terms as a table to sort, search and choose from."""

from __future__ import annotations

import pandas as pd

from analysis.live.exploration import Exploration
from analysis.show.terms import find_terms

#: The columns of the table of terms: their headings, and the decimals that are shown.
_TERM_COLUMNS = {
    "surface": "Term", "name": "Text", "n": "Uses", "n_elsewhere": "Uses elsewhere", "log_ratio": "Log ratio",
    "lower": "95 % from", "upper": "95 % to", "p_adjusted": "Adjusted p", "passes": "Passes gate",
    "rate": "Per 1,000 words", "rate_elsewhere": "Per 1,000 elsewhere", "z": "z",
    "n_sentences": "Sentences", "dispersion": "Dispersion",
}  # fmt: skip
_DECIMALS = {
    "rate": 1, "rate_elsewhere": 1, "log_ratio": 1, "lower": 1, "upper": 1, "z": 2, "p_adjusted": 4, "dispersion": 2,
}  # fmt: skip


def term_table(exploration: Exploration) -> pd.DataFrame:
    """The tested terms, the strongest evidence first, and the ends of the interval of the log ratio."""
    rows = find_terms(exploration.tables).sort_values(["p_adjusted", "z"], ascending=[True, False], kind="stable")
    rows = rows.assign(passes=rows["passes"].map({True: "yes", False: "no"})).round(_DECIMALS)
    return rows[list(_TERM_COLUMNS)].rename(columns=_TERM_COLUMNS)
