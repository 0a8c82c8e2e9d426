"""Which groups of a corpus have copies of one text, and what of them counts."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pandas as pd

from analysis.copies.find import Copies
from analysis.measured import Measured
from analysis.tables import COPIES, COPIES_BY_GROUP, COPY_CLUSTERS, SHARED_COPIES


def copies_by_group(measured: Measured, found: Copies, placed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Put the copies of a corpus in the groups that it is compared by.

    Parameters
    ----------
    measured : Measured
    found : Copies
    placed : DataFrame
        article_id, group and `counted` of every article, in the order of the groups.

    Returns
    -------
    dict of str to DataFrame
        `copies`, by set and then by day; `copy_clusters`, the largest first; `copies_by_group` and `shared_copies`, in
        the order of the groups; two groups that have no set in common are not in the last.
    """
    order = {group: place for place, group in enumerate(dict.fromkeys(placed["group"]))}
    copies = found.articles.merge(placed[["article_id", "group", "counted"]], on="article_id")
    return {
        "copies": COPIES.frame({name: copies[name] for name in COPIES.names}),
        "copy_clusters": _clusters(measured, copies, order),
        "copies_by_group": _by_group(placed, found.compared, copies, order),
        "shared_copies": _shared(copies, order),
    }


def _clusters(measured: Measured, copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """COPY_CLUSTERS; of several articles with the longest text, the earliest is quoted."""
    shown = copies[copies["text"] == copies["longest"]].drop_duplicates("cluster")
    openings = measured.openings(shown["article_id"].tolist())
    quoted = dict(zip(shown["cluster"], shown["article_id"], strict=True))
    rows = []
    for cluster, own in copies.groupby("cluster"):
        names = sorted(set(own["group"]), key=order.__getitem__)
        days = own["day"].dropna()
        first, last = (days.min(), days.max()) if len(days) else (None, None)
        opening = openings[quoted[cluster]]
        rows.append((cluster, len(own), own["text"].nunique(), len(names), ", ".join(names), first, last, *opening))
    return COPY_CLUSTERS.frame(rows)


def _by_group(placed: pd.DataFrame, compared: set[str], copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """COPIES_BY_GROUP."""
    elsewhere = copies.groupby("cluster")["group"].transform("nunique") > 1
    columns = [
        placed["group"],
        placed.loc[placed["article_id"].isin(compared), "group"],
        copies["group"],
        copies.loc[elsewhere, "group"],
        copies.loc[~copies["counted"].astype("bool"), "group"],
    ]
    counts = [column.value_counts() for column in columns]
    return COPIES_BY_GROUP.frame((group, *(int(n.get(group, 0)) for n in counts)) for group in order)


def _shared(copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """SHARED_COPIES."""
    groups_of: dict[int, Counter[str]] = {}
    for cluster, group in zip(copies["cluster"], copies["group"], strict=True):
        groups_of.setdefault(cluster, Counter())[group] += 1
    shared: dict[tuple[str, str], list[int]] = {}
    for own in groups_of.values():
        for pair in permutations(own, 2):
            counts = shared.setdefault(pair, [0, 0])
            counts[0] += 1
            counts[1] += own[pair[0]]
    pairs = sorted(shared, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return SHARED_COPIES.frame((*pair, *shared[pair]) for pair in pairs)
