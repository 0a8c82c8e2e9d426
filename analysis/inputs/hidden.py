r"""Characters that a reader does not see, or takes for others: told of, and left in the text as they are."""

from __future__ import annotations

import re

_ASCII = bytes(range(128))
#: Without any of these there is nothing to tell of; most texts have none, so that they are looked for first.
_SUSPECT = re.compile("[\u200b-\u200d\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007fͰ-ϿЀ-ԯ]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_KINDS = (
    # Between letters of scripts that join, and between the parts of an emoji, the joiners belong to the spelling.
    ("zero-width characters", re.compile("[\u200b\u2060-\u2064\ufeff]|(?<=[A-Za-z0-9])[\u200c\u200d](?=[A-Za-z0-9])")),
    ("characters that turn the direction", re.compile("[\u202a-\u202e\u2066-\u2069]")),
    ("tag characters", re.compile("(?<![\U000e0000-\U000e007f\U0001f3f4])[\U000e0000-\U000e007f]+")),
)
#: A word of Latin letters with one of another script that looks the same, or the other way round.
_MIXED = re.compile("[A-Za-z][Ͱ-ϿЀ-ԯ]|[Ͱ-ϿЀ-ԯ][A-Za-z]")
_ALIKE = frozenset("АВЕЅІЈКМНОРСТХУаеіјорсухѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_WORD = re.compile(r"\w{1,100}")


def hidden_characters(text: str) -> str:
    r"""Say which characters of a text are hidden from its reader, how many, and where the first is; empty if none.

    Joiners as Persian spells with them, emoji, flags, and turned directions where letters run from right to left are
    none of these.

    Examples
    --------
    >>> hidden_characters("a pa\u200bper")
    'hidden characters left in: zero-width characters: 1, the first at character 4'
    >>> hidden_characters("A paper, plainly.")
    ''
    """
    beyond = text.encode("utf-8", "surrogatepass").translate(None, delete=_ASCII)
    if not _SUSPECT.search(beyond.decode("utf-8", "surrogatepass")):
        return ""
    said = []
    turned = bool(_RIGHT_TO_LEFT.search(text.replace("\ufeff", "")))
    for name, pattern in _KINDS:
        found = [match.start() for match in pattern.finditer(text)]
        if found and not (turned and "direction" in name):
            said.append(f"{name}: {len(found)}, the first at character {found[0]}")
    if _MIXED.search(text):
        words = [match for match in _WORD.finditer(text) if _looks_alike(match[0])]
        if words:
            said.append(
                f"words with letters of another script: {len(words)}, the first at character {words[0].start()}"
            )
    return f"hidden characters left in: {'; '.join(said)}" if said else ""


def _looks_alike(word: str) -> bool:
    """Whether a word has Latin letters, and beside them letters of another script that look like Latin ones."""
    return bool(_MIXED.search(word)) and any(letter in _ALIKE for letter in word)
