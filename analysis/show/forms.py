"""The other forms of a word that texts use: "visits" and "visited" where "visit" is asked for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.chosen import listing
from analysis.claims.cells import Tables
from analysis.lemmas import is_form_of
from analysis.names import group_names
from analysis.schema import arrays_of, cells_of, owners_of
from analysis.terms import read_term
from analysis.voices import in_voices

#: Up to so many groups are named with each form, whether they use it or not; of more, those that use it.
_ALL = 4
#: Words joined by one are one word: "Iranian-backed".
_HYPHEN = "-"


class Words(NamedTuple):
    """The words of some voices, counted by article: each term, the place of its group among `groups`, and its uses."""

    terms: Any
    owners: NDArray[np.int64]
    n: NDArray[np.int64]
    groups: list[str]

    def by_group(self) -> dict[str, int]:
        """How many words each group has."""
        sums = np.bincount(self.owners, self.n, len(self.groups))
        return {group: int(n) for group, n in zip(self.groups, sums, strict=True)}


def words_of(tables: Tables, voices: str = "all") -> Words:
    """Return the words that are in these voices.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of what `measure` gives, `articles` (with `group`) and `term_counts`.
    voices : str
        "all", or voices joined by commas.
    """
    articles, counts = tables["articles"], tables["term_counts"]
    rows = in_voices(counts[counts["order"].to_numpy() == 1], voices)
    places, groups = pd.factorize(articles["group"])
    owners = owners_of(articles, rows)
    terms, n = (array[owners >= 0] for array in arrays_of(rows, ["term", "n"]))
    return Words(terms, places[owners[owners >= 0]], np.asarray(n, np.int64), [str(group) for group in groups])


def words_compared(tables: Tables) -> Words:
    """Return the words that the run compares, in its voices, whether they are tested or not.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        `keyness`.
    """
    keyness = tables["keyness"]
    places, groups = pd.factorize(keyness["group"])
    terms, n = arrays_of(keyness, ["term", "n"])
    return Words(terms, places, np.asarray(n, np.int64), [str(group) for group in groups])


def forms_line(tables: Tables, term: str, words: Words) -> str:
    """Name the other forms of a word that occur, with their uses in each group; nothing where there are none.

    Words that it is part of by a hyphen are named after these: they count as words of their own.

    Only a single word has other forms here, and only such as begin with its first letter: "went" is not found by "go".
    Which they are, `is_form_of` says; a word is taken for a name where it is most often written with a capital.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together, or the former alone.
    term : str
        In any spelling that counts as the same term.
    words : Words
        Where they are looked for.
    """
    order, wanted = read_term(term)
    if order > 1:
        return ""
    alike = np.flatnonzero(pd.Series(words.terms, copy=False).str.startswith(wanted[0]).to_numpy(bool))
    terms, counts = _counted(words, alike)
    near = [form for form in terms if form.removesuffix("s") == wanted.removesuffix("s")]
    written = _as_written(tables, near)
    capital = {form for form in near if written.get(form, form)[0].isupper()}
    named = capital if wanted in capital or wanted not in terms else set()
    found = {
        form: n
        for form, n in zip(terms, counts, strict=True)
        if form != wanted and is_form_of(form, wanted, names=form in named)
    }
    hyphened = np.flatnonzero(pd.Series(words.terms, copy=False).str.contains(_HYPHEN, regex=False).to_numpy(bool))
    compounds = {
        form: n
        for form, n in zip(*_counted(words, hyphened), strict=True)
        if form not in found and form != wanted and wanted in form.split(_HYPHEN)
    }
    told = [("Other forms that occur", found), ("With a hyphen", compounds)]
    return " ".join(f"{what}: {_listed(tables, forms, words)}." for what, forms in told if forms)


def _counted(words: Words, places: NDArray[np.int64]) -> tuple[list[str], list[NDArray[Any]]]:
    """The terms at some places of the words, each once, and their uses in each group."""
    numbers, known = pd.factorize(words.terms[places])
    sums = np.zeros((len(known), len(words.groups)))
    np.add.at(sums, (numbers, words.owners[places]), words.n[places])
    return cells_of(known), list(sums)


def _listed(tables: Tables, forms: dict[str, NDArray[Any]], words: Words) -> str:
    """Forms with their uses, those used most first."""
    names, written = group_names(tables["articles"]), _as_written(tables, list(forms))
    ordered = sorted(forms, key=lambda form: (-forms[form].sum(), form))
    return ", ".join(f"{written.get(form, form)} ({_uses(forms[form], words, names)})" for form in ordered)


def _uses(n: NDArray[Any], words: Words, names: dict[str, str]) -> str:
    few = len(words.groups) <= _ALL
    return listing([f"{names[group]} {int(own):,}" for group, own in zip(words.groups, n, strict=True) if own or few])


def _as_written(tables: Tables, forms: list[str]) -> dict[str, str]:
    """How these are most often written, where that is known: of as many uses, what comes first in the alphabet."""
    known = tables.get("surface_forms")
    if known is None or not forms:
        return {}
    own = known[known["term"].isin(forms)].groupby(["term", "surface"])["n"].sum().reset_index()
    own = own.sort_values(["n", "surface"], ascending=[False, True], kind="stable").drop_duplicates("term")
    return dict(zip(own["term"], own["surface"], strict=True))
