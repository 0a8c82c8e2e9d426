"""Whose words are counted: every word of an article has one voice, and a run chooses among them."""

from __future__ import annotations

import pandas as pd

from analysis.inputs.files import InputError

#: The voices that count by default.
COUNTED = ("author", "headline", "attributed", "quoted")
#: The voice of what is set aside: counted only if a run asks for it.
BOILERPLATE = "boilerplate"
#: What the setting `voices` may name.
VOICE_NAMES = ("all", *COUNTED, BOILERPLATE)


def chosen_voices(setting: str = "all") -> tuple[str, ...]:
    """Return the voices that a setting names, each once, in the order of `VOICE_NAMES`.

    Parameters
    ----------
    setting : str
        "all", which leaves boilerplate out, or voices joined by commas.

    Raises
    ------
    InputError
        A name is no voice, or none is named.

    Examples
    --------
    >>> chosen_voices("quoted, author")
    ('author', 'quoted')
    >>> chosen_voices() == COUNTED
    True
    """
    named = [name.strip() for name in setting.split(",")]
    for name in named:
        if name not in VOICE_NAMES:
            raise InputError(f"voices accepts {', '.join(VOICE_NAMES)}, joined by commas; found {name!r}")
    wanted = {*named, *(COUNTED if "all" in named else ())}
    return tuple(name for name in VOICE_NAMES[1:] if name in wanted)


def in_voices(rows: pd.DataFrame, setting: str = "all") -> pd.DataFrame:
    """Keep the rows of a table with a column `voice` that are in the voices a setting names."""
    return rows[rows["voice"].isin(chosen_voices(setting))]
