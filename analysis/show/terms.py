"""The terms that were tested: all of them as a table, and those that a reader asks for."""

from __future__ import annotations

import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import NAMED, Tables
from analysis.inputs.files import accept
from analysis.names import group_names, in_order, with_surface
from analysis.nouns import how_many
from analysis.show.forms import forms_line, words_compared
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.show.views import INTERVAL, intervals
from analysis.terms import read_term
from analysis.text import stop_words

#: What terms can be sorted by, and the smallest comes first of these.
SORTED_BY = (
    "z", "surface", "name", "n", "n_elsewhere", "rate", "rate_elsewhere", "log_ratio", "lower", "upper", "p_adjusted",
    "passes", "n_sentences", "dispersion",
)  # fmt: skip
_UPWARD = ("surface", "name", "p_adjusted", "dispersion")


def find_terms(tables: Tables) -> pd.DataFrame:
    """List every tested term in every group: how often, how much more often than elsewhere, and whether it passes.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Returns
    -------
    DataFrame
        Of KEYNESS `group`, `term`, n, n_elsewhere, rate, rate_elsewhere, log_ratio, lower, upper, z, p_adjusted,
        n_sentences and dispersion; `surface`, the term as the group writes it, else as another does; `name`, the
        group's; and `passes`, whether it is past the evidence gate. By group, the highest z first.
    """
    rows = tables["keyness"]
    rows = with_surface(rows[rows["tested"]], tables)
    forms = tables["surface_forms"].drop_duplicates("term").set_index("term")["surface"]
    names = group_names(tables["articles"])
    rows = rows.assign(
        surface=rows["surface"].fillna(rows["term"].map(forms)).fillna(rows["term"]),
        name=rows["group"].map(names),
        passes=rows["p_adjusted"] <= ALPHA,
    )
    columns = [
        "surface", "name", "n", "n_elsewhere", "rate", "rate_elsewhere", "log_ratio", "lower", "upper", "z",
        "p_adjusted", "passes", "n_sentences", "dispersion", "group", "term",
    ]  # fmt: skip
    return in_order(names, rows.sort_values(["z", "term"], ascending=[False, True]))[columns]


def show_terms(tables: Tables, k: int = 2 * NAMED, search: str = "", by: str = "z") -> Shown:
    """Show the terms that each group uses more than the others: counts, rates, log ratio, and the evidence.

    The last columns count the author's own words alone, whatever voices the run compares.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    k : int
        Terms shown for each group, at most.
    search : str
        Only terms with these letters in them, in any spelling that counts as the same; also those that are used alike.
        Other forms of the word that occur are named.
    by : str
        The column of `find_terms` that terms are sorted by: what is large comes first, but p, dispersion and words
        from the lowest. It is z, if not said.

    Raises
    ------
    InputError
        There is no such column, or no word in `search`.
    """
    accept("by", by, SORTED_BY)
    rows = find_terms(tables)
    others = ""
    if search.strip():
        order, wanted = read_term(search)
        others = forms_line(tables, search, words_compared(tables))
        rows = rows[rows["term"].str.contains(wanted, regex=False) & (rows["log_ratio"] >= 0)]
        if rows.empty:
            return remark(" ".join(filter(None, [_not_found(tables, search.strip(), order, wanted), others])))
    else:
        rows = rows[rows["log_ratio"] > 0]
    rows = rows.sort_values([by, "z", "term"], ascending=[by in _UPWARD, False, True], kind="stable")
    rows = in_order(group_names(tables["articles"]), rows.groupby("group", sort=False).head(k))
    author = tables["keyness_author"][["group", "term", "n", "n_elsewhere", "p_adjusted"]]
    rows = rows.merge(author, on=["group", "term"], how="left", suffixes=("", "_author"))
    rows[["n_author", "n_elsewhere_author"]] = rows[["n_author", "n_elsewhere_author"]].fillna(0).astype("int64")
    rows["interval"] = intervals(rows, "lower", "upper", ".1f")
    columns = {
        "surface": "Term", "name": "Text", "n": "Uses", "n_elsewhere": "Uses elsewhere",
        "rate": "Per 1,000 words", "rate_elsewhere": "Elsewhere", "log_ratio": "Log ratio", "interval": INTERVAL,
        "p_adjusted": "Adjusted p", "n_sentences": "Sentences", "dispersion": "Dispersion",
        "n_author": "Author's uses", "n_elsewhere_author": "Authors' elsewhere",
        "p_adjusted_author": "Adjusted p, author",
    }  # fmt: skip
    formats = {
        "rate": ".1f", "rate_elsewhere": ".1f", "log_ratio": ".1f", "p_adjusted": "p", "dispersion": ".2f",
        "p_adjusted_author": "p",
    }  # fmt: skip
    shown = show_table(rows, columns, _caption(k, search.strip(), by, columns), formats)
    return joined([shown, remark(others)]) if others else shown


def _caption(k: int, search: str, by: str, columns: dict[str, str]) -> str:
    """What the table has: the default is said in the words of the report."""
    named = columns | {"z": "z", "lower": "lower end of the interval", "upper": "upper end of the interval"}
    named["passes"] = "whether they pass"
    if not search:
        what = "with the highest z" if by == "z" else f"used more than elsewhere, by {named[by]}"
        return f"Terms {what}: at most {k} for each side"
    return (
        f"Tested terms with “{search}” in them, where they are used as much as elsewhere or more, by {named[by]}: "
        + (f"at most {k} for each side")
    )


def _not_found(tables: Tables, search: str, order: int, wanted: str) -> str:
    """Say why no term is shown: there is none, or none that was tested."""
    if order > 1:
        return f"Tested are single words; “{search}” has {order}. Words in context show where it is used."
    keyness = tables["keyness"]
    used = keyness[keyness["term"].str.contains(wanted, regex=False)].groupby("group")["n"].sum()
    if wanted in stop_words() and not (keyness["term"] == wanted).any():
        return f"“{search}” is a stop word, and this run tests none."
    words = tables["detectable"].set_index("group")["n_words"]
    texts = ", ".join(
        f"{how_many(int(used.get(group, 0)), 'use')} in {name} ({how_many(int(words[group]), 'word')} searched)"
        for group, name in group_names(tables["articles"]).items()
    )
    if used.sum():
        return f"No term with “{search}” in it is used often enough to be tested: {texts}."
    return f"“{search}” is not found: {texts}."
