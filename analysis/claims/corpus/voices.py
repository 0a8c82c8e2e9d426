"""Claims about whom groups give a voice: counts and shares, without a comparative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.cells import Tables, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Section
from analysis.claims.corpus.cells import named_groups
from analysis.evidence import LEVEL

#: The source types that the summary states; the others stand in the chart and its table.
TYPES_STATED = {"named person": "by named persons", "anonymous": "anonymous", "none": "by pronouns or nobody"}


def voice_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State how many statements each group has, and which share of them is given to which sources.

    Parameters and returns are those of `term_findings`.
    """
    section = Section("Voices", "voice", parameters)
    if parameters.get("attribution") == "none":
        section.say("attribution", "Attributions were not looked for: attributed text counts as that of the author.")
        return section.claims
    explained = False
    for group, name in named_groups(tables).items():
        total = row_cells(tables, "group_sources", group=group, period="", source_type=next(iter(TYPES_STATED)))
        if not total["n_total"].value:
            section.say("statements by source", "No statement by others was found in {name}.", {"name": name})
            continue
        items: list[str] = []
        parts: dict[str, Any] = {"name": name, "all": total["n_total"], "articles": total["n_articles"]}
        for place, (source_type, words) in enumerate(TYPES_STATED.items()):
            cells = row_cells(tables, "group_sources", group=group, period="", source_type=source_type)
            parts |= {f"{column}_{place}": cell for column, cell in cells.items()}
            interval = ""
            if pd.notna(cells["lower"].value):
                interval = ", " + ("" if explained else "{level:%} % interval ")
                interval += f"{{lower_{place}:%}} to {{upper_{place}:%}}"
                explained = True
            items.append(f"{{n_statements_{place}}} {words} ({{share_{place}:%}}\u00a0%{interval})")
        rest = total["n_total"].value - sum(parts[f"n_statements_{place}"].value for place in range(len(TYPES_STATED)))
        if rest:
            key = {"group": group, "period": ""}
            parts["n_rest"] = Cell(rest, "group_sources", key, "n_total − n_statements of the types stated")
            parts["rest"] = Cell(rest / total["n_total"].value, "group_sources", key, "1 − share of the types stated")
            items.append("{n_rest} by sources of other types ({rest:%}\u00a0%)")
        section.say(
            "statements by source",
            "{name} has {all} {all:statement|statements} in {articles} {articles:article|articles}: "
            f"{'; '.join(items)}.",
            {"level": parameter("level", LEVEL), **parts},
            main="all",
        )
    return section.claims
