"""What kind of source a noun phrase names."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.lexicon import source_terms, word_set
from analysis.attribution.tokens import AND, CLOSE, COMMA, NAME, OPEN, PREP, PRONOUN, REL

_UNNAMED = word_set("anonymity anonymous unnamed unidentified")
_PERSON_ENDINGS = ("ists", "ist", "ians", "ian", "crats", "crat", "men", "man", "women", "woman", "ologists", "ologist")


def source_type_of(words: Sequence[str], kinds: Sequence[str]) -> str:
    """Return the source type of a source given as tokens; "none" for a pronoun, which names nobody."""
    if len(words) == 1 and kinds[0] == PRONOUN:
        return "none"
    return kind_of(words, kinds) or "group"


def kind_of(words: Sequence[str], kinds: Sequence[str]) -> str | None:
    """Return the source type of a noun phrase given as tokens; None if its head is nothing that speaks."""
    terms = source_terms()
    if not words:
        return None
    if any(word in _UNNAMED for word in words):
        return "anonymous"
    if len(words) == 1 and kinds[0] == PRONOUN:
        return {"it": "institution or government", "they": "group"}.get(words[0], "named person")
    if words[0] in ("his", "her", "their") and len(words) == 1:
        return "named person" if words[0] != "their" else "group"
    stop = next((i for i, k in enumerate(kinds) if i and (k in (PREP, COMMA, OPEN, REL, CLOSE, "-"))), len(words))
    head = list(words[:stop])
    classes = list(kinds[:stop])
    if any(w in ("ai", "chatbot", "bot") or w.endswith(".ai") for w in head):
        return "machine"
    full = " ".join(w for w in head if w not in ("the", "a", "an"))
    if full in terms:
        return terms[full]
    last = head[-1]
    known = terms.get(last)
    if classes[-1] == NAME:
        if known:
            return known
        tail = " ".join(head[-2:])
        if tail in terms:
            return terms[tail]
        return "named person"
    if known:
        return known
    if last.endswith(_PERSON_ENDINGS):
        return "group"
    if classes[-1] in ("w", "Q") and len(head) > 1 and AND in classes:
        return kind_of(head[: classes.index(AND)], classes[: classes.index(AND)])
    return None
