"""How doubt is told: of a source, by how many of its attributions are doubtful; of a word, by all that attribute it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.attribution.counts import is_doubtful
from analysis.schema import each_article
from analysis.stretches import Stretches
from analysis.tables import CORRECTIONS

#: The word that marks an attribution that is more likely wrong than right.
DOUBTFUL = "doubtful"
_KEY = ["article_id", "attribution"]


def doubt_among(n: int, n_sure: int) -> str:
    """Say how many attributions are doubtful, of so many of which `n_sure` are not; nothing where none is.

    Examples
    --------
    >>> doubt_among(1, 0), doubt_among(3, 2), doubt_among(3, 3)
    ('doubtful', '1 of 3 doubtful', '')
    """
    if n == n_sure:
        return ""
    return f"{n - n_sure:,} of {n:,} {DOUBTFUL}" if n_sure else DOUBTFUL


def with_doubt(name: str, n: int, n_sure: int) -> str:
    """Write the name of a source, followed in brackets by how many of its attributions are doubtful.

    Examples
    --------
    >>> with_doubt("close", 1, 0), with_doubt("Ann", 2, 2)
    ('close (doubtful)', 'Ann')
    """
    doubt = doubt_among(n, n_sure)
    return f"{name} ({doubt})" if doubt else name


def is_doubtfully_attributed(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> NDArray[np.bool_]:
    """Whether each use is in the attributed voice only by attributions that are doubtful.

    A word is in that voice by the content of every attribution it stands in, but for direct ones, and those inside
    another's words. One that a person put into that voice is not doubtful.

    Parameters
    ----------
    rows : DataFrame
        Uses, with article_id, start and voice.
    tables : mapping of str to DataFrame
        `articles`, `attributions` and `spans`.
    """
    found = np.zeros(len(rows), bool)
    if "attributions" not in tables:  # nothing was looked for
        return found
    made = tables["attributions"]
    made = made.assign(doubtful=is_doubtful(made))[made["nested_in"].isna() & (made["kind"] != "direct")]
    if not made["doubtful"].any():
        return found
    uses = rows.assign(place=np.arange(len(rows)))[(rows["voice"] == "attributed").to_numpy()]
    spans = tables["spans"]
    contents = spans[(spans["role"] == "content") & spans["article_id"].isin(uses["article_id"])]
    contents = contents.merge(made[[*_KEY, "doubtful"]], on=_KEY)
    corrected = tables["corrections"] if "corrections" in tables else CORRECTIONS.frame()
    corrected = corrected[(corrected["what"] == "voice") & (corrected["status"] == "applied")]
    for _, own, covering, by_hand in each_article(tables["articles"], uses, contents, corrected):
        stretches, certain = Stretches(covering), Stretches(by_hand)
        for use in own:
            if certain.touching(use.start, use.start + 1):
                continue
            doubts = [span.doubtful for span in stretches.touching(use.start, use.start + 1)]
            found[use.place] = bool(doubts) and all(doubts)
    return found
