"""Find the articles of a corpus that are copies of one another, such as a wire story in several papers."""

from __future__ import annotations

import tempfile

import pandas as pd

from analysis.copies.alike import join_copies, share
from analysis.copies.read import Texts, read_texts
from analysis.measured import DAY, Measured
from analysis.schema import rows_of
from analysis.tables import BODY_KINDS, COPIES, COPIES_BY_GROUP, COPY_CLUSTERS, SHARED_COPIES

#: Characters of an opening that is quoted, at most.
_OPENING = 160


def find_copies(measured: Measured, groups: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find which articles are copies of one another, and what of them counts where copies count once.

    Two articles are copies if their runs of five words have a Jaccard similarity of .5 or more, or if .8 of the runs of
    the shorter stand in the longer, which is at most three times as long. Chains of copies make a set, so two articles
    of a set may have less in common. Which article is the original is not found out: what is copied, and when, the days
    of publication tell only where they are stated.

    Parameters
    ----------
    measured : Measured
    groups : DataFrame
        `article_id` and `group` of every article that is compared, in the order of the groups; articles that it leaves
        out are no part of the comparison.

    Returns
    -------
    dict of str to DataFrame
        `copies`, by set and then by day; `copy_clusters`, the largest first; `copies_by_group`, in the order of the
        groups; `shared_copies`. Neither names nor the order of the articles decide more than which of several articles
        with the very same text and day is named.

    Raises
    ------
    InputError
        A table that is needed is missing.
    """
    with tempfile.TemporaryFile() as file:
        return _find(measured, groups, read_texts(measured, file))


def _find(measured: Measured, groups: pd.DataFrame, texts: Texts) -> dict[str, pd.DataFrame]:
    order = {group: place for place, group in enumerate(dict.fromkeys(groups["group"]))}
    placed = groups[["article_id", "group"]].assign(
        text=[texts.text_of.get(article_id, -1) for article_id in groups["article_id"]]
    )
    sets = join_copies(texts.signatures, texts.shingles)
    compared = placed[placed["text"] >= 0]
    compared = compared.assign(set=[sets[text] for text in compared["text"]])
    found = compared[compared.groupby("set")["set"].transform("size") > 1]
    copies = _copies(measured, texts, found)
    clusters = _clusters(measured, copies, order)
    own = copies.drop(columns=["text", "set", "longest"])
    return {
        "copies": COPIES.frame({name: own[name] for name in COPIES.names}),
        "copy_clusters": clusters,
        "copies_by_group": _by_group(placed, own, order),
        "shared_copies": _shared(own, order),
    }


def _copies(measured: Measured, texts: Texts, found: pd.DataFrame) -> pd.DataFrame:
    """The rows of COPIES, with `text`, `set`, and `longest`: the longest text of the set."""
    days = measured.query(
        f"SELECT article_id, CAST({DAY} AS VARCHAR) AS day FROM articles SEMI JOIN found USING (article_id)",
        {"found": found[["article_id"]]},
    )
    rows = found.merge(days, on="article_id", how="left")
    rows["day"] = rows["day"].astype("str")
    rows["n_shingles"] = [texts.sizes[text] for text in rows["text"]]
    rows = rows.sort_values(["set", "n_shingles", "text"], ascending=[True, False, True])
    rows["longest"] = rows.groupby("set")["text"].transform("first")
    likeness = {
        (text, longest): share(texts.shingles(text), texts.shingles(longest))
        for text, longest in dict.fromkeys(zip(rows["text"], rows["longest"], strict=True))
    }
    shared = [likeness[pair] for pair in zip(rows["text"], rows["longest"], strict=True)]
    rows[["n_shared", "jaccard", "containment"]] = pd.DataFrame(
        shared, columns=["n_shared", "jaccard", "containment"], index=rows.index
    )
    sets = rows.groupby("set").agg(n=("text", "size"), first=("day", "min"), digest=("text", "min"))
    sets = sets.sort_values(["n", "first", "digest"], ascending=[False, True, True])
    rows["cluster"] = rows["set"].map(dict(zip(sets.index, range(1, len(sets) + 1), strict=True)))
    rows = rows.sort_values(["cluster", "day", "n_shingles", "text", "article_id"], ascending=[True, True, False, True, True])
    return rows.assign(counted=~rows.duplicated(["cluster", "group"])).reset_index(drop=True)


def _clusters(measured: Measured, copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """COPY_CLUSTERS; of several articles with the longest text, the earliest is quoted."""
    shown = copies[copies["text"] == copies["longest"]].drop_duplicates("cluster")
    openings = read_openings(measured, shown["article_id"].tolist())
    quoted = {row.cluster: openings[row.article_id] for row in rows_of(shown[["cluster", "article_id"]])}
    rows = []
    for cluster, own in copies.groupby("cluster"):
        names = sorted(set(own["group"]), key=order.__getitem__)
        days = own["day"].dropna()
        first, last = (days.min(), days.max()) if len(days) else (None, None)
        rows.append((
            cluster, len(own), own["text"].nunique(), len(names), ", ".join(names), first, last, *quoted[cluster],
        ))  # fmt: skip
    return COPY_CLUSTERS.frame(rows)


def read_openings(measured: Measured, article_ids: list[str]) -> dict[str, tuple[str, int, int, str]]:
    """Return the article_id, start, end and text of the first sentence of each article, or as much of it as is quoted."""
    kinds = ", ".join(f"'{kind}'" for kind in BODY_KINDS)
    found = measured.query(
        f"""SELECT article_id, start, "end", text FROM articles JOIN (
            SELECT article_id, arg_min(start, sentence) AS start, arg_min("end", sentence) AS "end"
            FROM sentences SEMI JOIN asked USING (article_id) WHERE kind IN ({kinds}) GROUP BY article_id
        ) USING (article_id)""",
        {"asked": pd.DataFrame({"article_id": pd.Series(article_ids, dtype="str")})},
    )
    openings = {}
    for row in rows_of(found):
        end = int(row.end)
        if end - row.start > _OPENING:
            space = row.text.rfind(" ", row.start + 1, row.start + _OPENING)
            end = space if space > 0 else int(row.start) + _OPENING
        openings[row.article_id] = (row.article_id, int(row.start), end, row.text[int(row.start) : end])
    return openings


def _by_group(placed: pd.DataFrame, copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """COPIES_BY_GROUP."""
    elsewhere = copies.groupby("cluster")["group"].transform("nunique") > 1
    counts = [
        placed["group"],
        placed.loc[placed["text"] >= 0, "group"],
        copies["group"],
        copies.loc[elsewhere, "group"],
        copies.loc[~copies["counted"], "group"],
    ]
    counted = [column.value_counts() for column in counts]
    return COPIES_BY_GROUP.frame((group, *(int(n.get(group, 0)) for n in counted)) for group in order)


def _shared(copies: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """SHARED_COPIES, in the order of the groups; two groups without a set in common have no row."""
    held = copies.groupby(["cluster", "group"]).size().rename("n").reset_index()
    pairs = held.merge(held[["cluster", "group"]].rename(columns={"group": "other"}), on="cluster")
    pairs = pairs[pairs["group"] != pairs["other"]]
    shared = pairs.groupby(["group", "other"]).agg(n_clusters=("cluster", "size"), n_articles=("n", "sum")).reset_index()
    shared = shared.sort_values(["group", "other"], key=lambda names: names.map(order))
    return SHARED_COPIES.frame({name: shared[name] for name in SHARED_COPIES.names})
