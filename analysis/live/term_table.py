"""The tested terms as a table to sort, search and choose from."""

from __future__ import annotations

import pandas as pd

from analysis.chosen import listing
from analysis.claims.claim import format_value
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
_DECIMALS = {"rate": 1, "rate_elsewhere": 1, "p_adjusted": 4}
#: What may be below zero or missing is written here, with the minus sign and dash of other views: the table itself
#: would write a hyphen and "NaN".
_WRITTEN = {"log_ratio": ".1f", "z": ".2f", "dispersion": ".2f"}


def term_table(exploration: Exploration) -> pd.DataFrame:
    """The tested terms, the strongest evidence first; what is written, such as intervals, stands in order of size."""
    rows = find_terms(exploration.tables)
    rows = rows.sort_values(["p_adjusted", "z"], ascending=[True, False], kind="stable")
    rows = rows.assign(
        passes=rows["passes"].map({True: "yes", False: "no"}),
        interval=_ordered(rows, ["lower", "upper"], intervals(rows, "lower", "upper", ".1f")),
        **{name: _ordered(rows, [name], _written(rows[name], spec)) for name, spec in _WRITTEN.items()},
    )
    return rows.round(_DECIMALS)[list(_TERM_COLUMNS)].rename(columns=_TERM_COLUMNS)


def _written(values: pd.Series, spec: str) -> list[str]:
    """Write numbers as the report does; a missing one as a dash."""
    return ["–" if pd.isna(value) else format_value(float(value), spec) for value in values]


def _ordered(rows: pd.DataFrame, by: list[str], written: list[str]) -> pd.Categorical:
    """What is written of rows, so that it is sorted by these columns and not by its letters."""
    in_order = rows.assign(written=written).sort_values(by)["written"]
    return pd.Categorical(written, list(dict.fromkeys(in_order)), ordered=True)


def term_caption(exploration: Exploration) -> str:
    """What the table has, and in how many words of each text the terms were counted."""
    words = exploration.tables["detectable"].set_index("group")["n_words"]
    names = group_names(exploration.tables["articles"])
    places = [f"{name} ({how_many(int(words[group]), 'word')} searched)" for group, name in names.items()]
    return f"Every term that is tested, in {listing(places)}"
