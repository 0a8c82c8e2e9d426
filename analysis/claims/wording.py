"""Claims about wording: which words of the two-sided lists a text uses in its own voice. Counts, no comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, cell, listed, sides, spans_of, whole_text
from analysis.claims.claim import Claim, Part, Quotation, Section, Span
from analysis.claims.labels import state_labels
from analysis.schema import rows_of
from analysis.sides import foreign_groups

#: Expressions that are named for each text, at most.
WORDS_NAMED = 3


def wording_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """What each text calls the same actors, and which listed words its author chooses: a section of the summary.

    Parameters and returns are those of `term_findings`.
    """
    section = Section("Words they choose", "wording", parameters)
    state_labels(section, tables)
    state_wording(section, tables)
    return section.claims


def state_wording(section: Section, tables: Tables) -> None:
    """Say for each text which listed expressions its author uses most; the same form for each.

    Parameters
    ----------
    section : Section
        Where the claims are added.
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    """
    counts, withheld = tables["wording_counts"], foreign_groups(tables["articles"], tables["notes"])
    uses = tables["loaded_wording"].merge(tables["articles"][["article_id", "group"]], on="article_id")
    texts: list[str] = []
    parts: dict[str, Part] = {}
    spans: list[Span] = []
    for place, (group, name) in enumerate(sides(tables)):
        if group in withheld:
            section.say(
                "wording",
                "Listed words were not looked for in {name}: not all of its text is English.",
                {"name": name},
                spans=whole_text(tables, group),
            )
            continue
        used = by_count(counts[counts["group"] == group])["expression"].tolist()
        named = used[:WORDS_NAMED]
        own = uses[(uses["group"] == group) & uses["expression"].isin(named)]
        items: list[tuple[str, dict[str, Part]]] = []
        for expression in named:
            fields: dict[str, Part] = {
                f"word_{place}": _quote(own[own["expression"] == expression]),
                f"n_{place}": cell(tables, "wording_counts", "n", group=group, expression=expression),
            }
            items.append((f"{{word_{place}_@}} ({{n_{place}_@}})", fields))
        text, quoted = listed(items)
        more = ", among others," if len(used) > len(named) else ""  # their number would be a score
        texts.append(f"{text or 'none found'}{more} in {{name_{place}}}")
        parts |= quoted
        parts[f"name_{place}"] = name
        spans += spans_of(own)
    if texts:
        template = f"Listed words in author voice: {'; '.join(texts)}."
        section.say("wording", template, parts, spans=spans or whole_text(tables))


def by_count(counts: pd.DataFrame) -> pd.DataFrame:
    """Order WORDING_COUNTS rows by count, then alphabet, without those that are none."""
    rows = counts[counts["n"] > 0].sort_values("expression", key=lambda words: words.str.casefold(), kind="stable")
    return rows.sort_values("n", ascending=False, kind="stable")


def _quote(uses: pd.DataFrame) -> Quotation:
    """Quote the first use that is written as it is listed, else the first of the commonest form."""
    counts = uses["surface"].value_counts()

    def likeness(row: Any) -> tuple[bool, bool, int]:
        same = row.surface.casefold() == row.expression.casefold()
        return row.surface == row.expression, same, int(counts[row.surface])

    row = max(rows_of(uses), key=likeness)  # of equals, the first
    return Quotation(row.surface, row.article_id, row.start, row.end)
