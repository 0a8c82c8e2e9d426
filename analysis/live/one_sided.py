"""Articles that are not compared, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.inputs.files import InputError

#: Groups that are compared, at most: each with all others together, and what is shown has a column for each.
MOST = 40


class OneSided(dict[str, pd.DataFrame]):
    """The tables of articles that are not compared: whoever asks for a comparison is told why."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], reason: str) -> None:
        super().__init__(tables)
        self.reason = reason

    def __missing__(self, name: str) -> pd.DataFrame:
        raise InputError(self.reason)


def refuse_too_many(articles: pd.DataFrame) -> None:
    """Refuse to compare more groups than a reader can follow and a kernel work out while somebody waits.

    Raises
    ------
    InputError
        There are more than `MOST`.
    """
    if (n := articles["group"].nunique()) > MOST:
        raise InputError(
            f"at most {MOST} groups are compared here; found {n}: choose by what the articles are grouped, a column "
            "of the articles.csv beside them, say"
        )
