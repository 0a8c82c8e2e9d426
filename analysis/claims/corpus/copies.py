"""Claims about copies: which articles have the text of another one, in which groups, and what of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.claims.cells import Tables, listed, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Part, Quotation, Section, look_up
from analysis.claims.corpus.cells import named_groups
from analysis.copies.alike import CONTAINMENT, JACCARD
from analysis.copies.shingles import SHINGLE
from analysis.schema import rows_of

#: As many pairs of groups are named, those with the most texts in common.
_PAIRS = 3


def copy_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State how many articles are copies, of each group alike, and which groups have texts in common.

    Parameters and returns are those of `opening_findings`.
    """
    section = Section("Copies", "copies", parameters)
    clusters = tables["copy_clusters"]
    n_compared, n_articles, n_copies, n_aside = (
        total(tables, "copies_by_group", name) for name in ("n_compared", "n_articles", "n_copies", "n_set_aside")
    )
    rule: dict[str, Part] = {
        "size": parameter("words of a run", SHINGLE),
        "jaccard": parameter("least Jaccard similarity of copies", JACCARD),
        "containment": parameter("least share of a copy in the longer text", CONTAINMENT),
    }
    if clusters.empty:
        section.say(
            "copies",
            "No copies found: of {n_compared} {n_compared:article|articles} compared, no two have {jaccard:%} % of "
            "their runs of {size} words in common, or {containment:%} % of those of the shorter.",
            {"n_compared": n_compared, **rule},
            main="n_compared",
        )
    else:
        once = "of each text one is counted in a group, {n_aside} set aside"
        aside = once if n_aside.value else "all are counted"
        section.say(
            "copies",
            "Of {n_compared} articles compared, {n_copies} have a copy: {n_texts} {n_texts:text|texts}, each in two "
            f"articles or more; {aside}. "
            "Copies have {jaccard:%} % of their runs of {size} words in common, or {containment:%} % of those of the "
            "shorter.",
            {
                "n_compared": n_compared,
                "n_copies": n_copies,
                "n_texts": Cell(len(clusters), "copy_clusters", {}, "number of rows"),
                "n_aside": n_aside,
                **rule,
            },
            main="n_copies",
        )
    if n_compared.value < n_articles.value:
        few = Cell(n_articles.value - n_compared.value, "copies_by_group", {}, "sum of n_articles − sum of n_compared")
        section.say(
            "too short",
            "Too short to be compared: {few} {few:article|articles}; a run needs {size} words.",
            {"few": few, "size": rule["size"]},
        )
    if clusters.empty:
        return section.claims
    for group, name in named_groups(tables).items():
        section.say(
            "copies in a group",
            "{name}: {n_copies} of {n_compared} {n_compared:article|articles} {n_copies:has|have} a copy, "
            "{n_elsewhere} in another group; {n_set_aside} set aside.",
            {"name": name, **row_cells(tables, "copies_by_group", group=group)},
            main="n_copies",
        )
    _state_shared(section, tables)
    _state_largest(section, tables)
    return section.claims


def total(tables: Tables, table: str, column: str) -> Cell:
    """The sum of a column, as a cell."""
    return Cell(int(tables[table][column].sum()), table, {}, f"sum of {column}")


def _state_shared(section: Section, tables: Tables) -> None:
    """Which groups have texts in common, two by two, in the order of how many; either way round is the same."""
    names = named_groups(tables)
    order = {group: place for place, group in enumerate(names)}
    shared = tables["shared_copies"]
    once = shared[shared["group"].map(order) < shared["other"].map(order)]
    n_more = Cell(len(once) - _PAIRS, "shared_copies", {}, "pairs of groups that are not named")
    once = once.sort_values("n_clusters", ascending=False, kind="stable").head(_PAIRS)
    if once.empty:
        section.say("shared copies", "No text was found in two groups.")
        return
    text, parts = listed(
        (
            "{name_@} and {other_@} ({n_@} {n_@:text|texts})",
            {
                "name": names[row.group],
                "other": names[row.other],
                "n": row_cells(tables, "shared_copies", group=row.group, other=row.other)["n_clusters"],
            },
        )
        for row in rows_of(once)
    )
    more = "; {n_more} more {n_more:pair|pairs} of groups" if n_more.value > 0 else ""
    section.say("shared copies", f"Groups that have copies of one text: {text}{more}.", {"n_more": n_more, **parts})


def _state_largest(section: Section, tables: Tables) -> None:
    """The set with the most articles, by how it begins."""
    row = next(rows_of(tables["copy_clusters"]))
    cells = look_up_row(tables, "copy_clusters", "cluster", int(row.cluster))
    groups = "one group" if row.n_groups == 1 else "{n_groups} groups"
    section.say(
        "largest set of copies",
        f"{{n_articles}} articles in {groups} are copies of one text, which states at the beginning: {{opening}}.",
        {**cells, "opening": Quotation(row.opening, row.article_id, int(row.start), int(row.end))},
        main="n_articles",
    )


def look_up_row(tables: Tables, table: str, key: str, value: int) -> dict[str, Part]:
    """All cells of the row of a table that has a running number."""
    return dict(look_up(table, tables[table], {key: value}))
