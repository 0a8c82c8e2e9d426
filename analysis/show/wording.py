"""The words of the two-sided lists that each text uses in its own voice, in context."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.wording import by_count
from analysis.names import group_names
from analysis.schema import rows_of
from analysis.show.contexts import SHOWN, column, side_by_side, use_list, with_context
from analysis.show.shown import Anchors, Shown, note
from analysis.sides import foreign_groups
from analysis.wording_lists import SIDES

_NOTE = (
    "Listed are expressions that writers on the two sides of a contrast choose. Most were listed by hand for this "
    "program; the table of wording names the source of each. That a word is listed says nothing about whether it is "
    "right. Counted is the author’s voice alone: not titles, quotations or attributed text."
)


def show_wording(tables: Tables, k: int = SHOWN) -> Shown:
    """Show the listed expressions in context, by contrast, both lists alike, a column for each text.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    k : int
        Uses that are shown for each text and contrast, at most.
    """
    wording, counts = tables["wording"], tables["wording_counts"]
    found = with_context(tables["loaded_wording"], tables)
    uses_of = dict(iter(found.groupby(["group", "contrast"], sort=False)))
    counted = _counted(counts)
    withheld, anchors = foreign_groups(tables["articles"], tables["notes"]), Anchors(tables)
    parts, lines = [Markup('<p class="key">{}</p>').format(_NOTE)], [_NOTE]
    used = [contrast for contrast in dict.fromkeys(wording["contrast"]) if contrast in set(counts["contrast"])]
    for contrast in used:
        heading = contrast[:1].upper() + contrast[1:]
        parts.append(Markup("<h3>{}</h3>").format(heading))
        lines.append(heading)
        columns = []
        for group, name in group_names(tables["articles"]).items():
            own = uses_of.get((group, contrast), found.iloc[:0])
            if group in withheld:
                told = ["not looked for: not all of the text is English"]
                body = note(told[0])
            else:
                told = [f"{side}: {', '.join(counted[group, contrast, side]) or 'none found'}" for side in SIDES]
                uses, in_context = use_list(own.head(k), anchors)
                body = Markup("").join(Markup('<p class="side">{}</p>').format(side) for side in told)
                body += uses if len(own) else Markup("")
                told += in_context
            columns.append(column(name, body, level=4))
            lines += [f"  {name}", *(f"    {line}" for line in told)]
        parts += [side_by_side(columns), _lists(wording[wording["contrast"] == contrast])]
    absent = [contrast for contrast in dict.fromkeys(wording["contrast"]) if contrast not in used]
    if absent:
        last = f"Looked for, none found in any text: {', '.join(absent)}."
        parts.append(note(last))
        lines.append(last)
    return Shown(str(Markup("").join(parts)), "\n".join(lines))


def _counted(counts: pd.DataFrame) -> dict[tuple[str, str, str], list[str]]:
    """The expressions of each list that each group uses, by count and alphabet."""
    counted: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows_of(by_count(counts)):
        counted[row.group, row.contrast, row.side].append(f"“{row.expression}” {row.n}")
    return counted


def _lists(rows: pd.DataFrame) -> Markup:
    """All that was looked for in one contrast, folded away, with where the choice of words is discussed."""
    lists = Markup("").join(
        Markup("<p>{}: {}</p>").format(
            side, ", ".join(f"“{word}”" for word in rows.loc[rows["side"] == side, "expression"])
        )
        for side in SIDES
    )
    sources = dict.fromkeys(f"{row.source} ({row.date})" for row in rows_of(rows))
    return Markup('<details class="lists"><summary>Looked for</summary>{}<p>Sources: {}.</p></details>').format(
        lists, "; ".join(sources)
    )
