"""What the settings of a run may be: refused before anything is measured, since measuring takes its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from analysis.attribution.engines import extractor
from analysis.corrections import read_corrections
from analysis.inputs.columns import read_mapping
from analysis.inputs.files import InputError, accept
from analysis.labels import read_aliases
from analysis.terms import read_term
from analysis.voices import chosen_voices
from analysis.wording_lists import read_wording

#: The words that a setting accepts.
ACCEPTED = {
    "clean": ("on", "off"),
    "stop_words": ("in", "out"),
    "unit": ("sentence", "paragraph"),
    "text": ("full", "excerpts"),
    "copies": ("once", "all"),
    "lesson": ("folded", "open", "off"),
}
#: What reads a setting that is more than a word, and refuses it.
_READERS: Mapping[str, Callable[[str], Any]] = {
    "voices": chosen_voices,
    "terms": lambda terms: [read_term(term) for term in terms.split(",") if term.strip()],
    "aliases": read_aliases,
    "wording": read_wording,
    "corrections": read_corrections,
    "attribution": extractor,
    "columns": read_mapping,
}


def check_settings(settings: Mapping[str, Any]) -> None:
    """Check the settings of a run; a setting that is not given is none to refuse.

    Parameters
    ----------
    settings : mapping
        By name, those of `compare` and `measure`, with `terms` and `text`; others are passed over.

    Raises
    ------
    InputError
        A value is not accepted, or a file that a setting names, or the model of an engine, cannot be read.
    """
    for name, words in ACCEPTED.items():
        if name in settings:
            accept(name, settings[name], words)
    for name, read in _READERS.items():
        if name in settings:
            read(settings[name])
    check_numbers(settings.get("seed", 0), settings.get("min_count", 1))
    if settings.get("jobs", 1) < 1:
        raise InputError(f"jobs is 1 or more; found {settings['jobs']}")


def check_numbers(seed: int, min_count: int) -> None:
    """Check the settings that are numbers.

    Raises
    ------
    InputError
        `seed` is below 0 or `min_count` below 1.
    """
    if seed < 0 or min_count < 1:
        raise InputError(f"seed is 0 or more and min_count 1 or more; found {seed} and {min_count}")
