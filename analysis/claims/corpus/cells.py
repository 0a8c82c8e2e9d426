"""How claims about groups of a corpus take what they say out of the tables."""

from __future__ import annotations

import pandas as pd

from analysis.claims.cells import Tables
from analysis.claims.claim import Name, Part, Word
from analysis.names import group_names


def named_groups(tables: Tables) -> dict[str, Name]:
    """The groups and how they are called, in the order in which they are shown."""
    groups = tables["groups"]["group"]
    called = group_names(pd.DataFrame({"article_id": "", "group": groups, "label": None}))
    return {group: Name(name, group) for group, name in called.items()}


def others(group: str, tables: Tables) -> Part:
    """What a group is compared with: the other one by name, or all others."""
    rest = [name for other, name in named_groups(tables).items() if other != group]
    return rest[0] if len(rest) == 1 else Word("the other groups")
