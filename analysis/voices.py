"""Whose words are counted: every word of an article has one voice, and a run chooses among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.inputs.files import InputError

#: The voices that count by default.
COUNTED = ("author", "headline", "attributed", "quoted")
#: The voice of what is set aside: counted only if a run asks for it.
BOILERPLATE = "boilerplate"
#: All voices; `paint_voices` numbers them like this.
SPOKEN = (*COUNTED, BOILERPLATE)
#: What the setting `voices` may name.
VOICE_NAMES = ("all", *SPOKEN)


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


def paint_voices(length: int, rows: Iterable[Any]) -> bytearray:
    """Number the voice of every character of a text; where stretches overlap, the one that starts later wins.

    Parameters
    ----------
    length : int
        Of the text, in characters.
    rows : iterable of rows
        Those of VOICES for this text, in any order.

    Returns
    -------
    bytearray
        For each character the place of its voice in `SPOKEN`; what no row covers is the author's.
    """
    spoken = bytearray(length)
    for row in sorted(rows, key=lambda row: int(row.start)):
        spoken[row.start : row.end] = bytes([SPOKEN.index(row.voice)]) * (row.end - row.start)
    return spoken
