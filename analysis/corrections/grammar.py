"""What the value of a correction may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.attribution import CUE_CLASSES, SOURCE_TYPES
from analysis.attribution.counts import ACTS, KINDS
from analysis.names import BOILERPLATE_NAMES

Span = tuple[int, int]

#: Whole blocks are corrected to one of these; the last are kinds of boilerplate.
REGION_VALUES = ("body", "title", "heading", "bullet", *BOILERPLATE_NAMES)
VOICE_VALUES = ("author", "headline", "quoted", "attributed")
LABEL_KINDS = ("person", "state", "organisation", "place", "event", "name")
#: What of an attribution is one of a few words …
WORDS = {
    "act": ACTS,
    "kind": KINDS,
    "modality": ("asserted", "negated", "hypothetical"),
    "source_type": SOURCE_TYPES,
    "cue_class": CUE_CLASSES,
}
#: … and what is a stretch of text.
STRETCHES = ("source", "cue", "content")
NONE = "none"
#: A spreadsheet may have made the hyphen a dash.
_STRETCH = re.compile(r"\s*(\d{1,12})\s*[-–]\s*(\d{1,12})\s*")


@dataclass(frozen=True)
class Change:
    """What a correction does to an attribution: removes it, adds one of this act, or changes some of its fields."""

    remove: bool = False
    adds: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


def parse_change(value: str) -> Change:
    """Read the value of a correction of an attribution.

    Raises
    ------
    ValueError
        It is not of the grammar; the message says what is accepted.

    Examples
    --------
    >>> parse_change("statement; source=4-11; cue_class=neutral")
    Change(remove=False, adds='statement', words={'cue_class': 'neutral'}, spans={'source': ((4, 11),)})
    """
    if value.strip() == NONE:
        return Change(remove=True)
    first, *rest = (part.strip() for part in value.split(";"))
    adds = first if first in ACTS else None
    words: dict[str, str] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    for part in rest if adds else (first, *rest):
        key, equals, given = (piece.strip() for piece in part.partition("="))
        if not equals or key not in (*WORDS, *STRETCHES):
            raise ValueError(
                f"an attribution is corrected by none, or by {', '.join((*WORDS, *STRETCHES))}, each with = and its "
                f"value, joined by ; and led by statement or attitude to add one; found {part!r}"
            )
        if key in words or key in spans:
            raise ValueError(f"{key} stands twice in {value!r}")
        if adds and key in ("act", "content"):
            raise ValueError(
                f"what is added has its act from the first word and its content from start and end; found {part!r}"
            )
        if key in STRETCHES:
            spans[key] = _parse_stretch(key, given)
        elif given in WORDS[key]:
            words[key] = given
        else:
            raise ValueError(f"{key} accepts {', '.join(WORDS[key])}; found {given!r}")
    return Change(adds=adds, words=words, spans=spans)


def _parse_stretch(key: str, given: str) -> tuple[Span, ...]:
    """Read "START-END+START-END"; "none" is no stretch, which content cannot be."""
    if given == NONE and key != "content":
        return ()
    parts = [_STRETCH.fullmatch(part) for part in given.split("+")]
    spans = [(int(part[1]), int(part[2])) for part in parts if part]
    if len(spans) < len(parts) or any(start >= end for start, end in spans):
        or_none = "" if key == "content" else ", or none"
        raise ValueError(f"{key} is START-END, parts joined by +{or_none}; found {given!r}")
    return tuple(sorted(spans))


def parse_label(value: str) -> tuple[str | None, str | None]:
    """Read the value of a correction of a label: kind (None if not given) and actor (None to take the label away).

    Examples
    --------
    >>> parse_label("place: Tehran"), parse_label("Tehran"), parse_label("none")
    (('place', 'Tehran'), (None, 'Tehran'), (None, None))
    """
    if value.strip() == NONE:
        return None, None
    kind, colon, actor = (piece.strip() for piece in value.partition(":"))
    if colon and kind in LABEL_KINDS and actor:
        return kind, actor
    return None, value.strip()


def check_value(what: str, value: str) -> None:
    """Check the value of a correction.

    Raises
    ------
    ValueError
        It is not accepted; the message says what is.
    """
    closed = {"region": REGION_VALUES, "voice": VOICE_VALUES}.get(what)
    if closed and value not in closed:
        raise ValueError(f"a {what} is {', '.join(closed[:-1])} or {closed[-1]}; found {value!r}")
    if what == "attribution":
        parse_change(value)
    if what == "label" and value.rstrip().endswith(":"):
        kinds = ", ".join(LABEL_KINDS)
        raise ValueError(f"a label is ACTOR, KIND: ACTOR (a kind is {kinds}), or none; found {value!r}")
