"""What kind of source a noun phrase names."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.anonymity import asks_for_anonymity, insider_end, is_person
from analysis.attribution.lexicon import source_terms, word_set
from analysis.attribution.tokens import AND, CLOSE, COMMA, NAME, OPEN, PREP, PRONOUN, REL

_POSSESSIVES = word_set("his her their its")
_UNNAMED = word_set("anonymous unnamed unidentified")
_PERSON_ENDINGS = ("ists", "ist", "ians", "ian", "crats", "crat", "men", "man", "women", "woman", "ologists", "ologist")
_PLURAL_ENDINGS = ("ists", "ians", "crats")
_NATION_ENDINGS = ("ian", "ican", "ese", "ist", "crat")
_ONE, _MANY = word_set("a an one another"), word_set("some several many most few")
#: The types that an unnamed person may have.
UNNAMED_PERSONS = ("office or role", "group")


def source_type_of(words: Sequence[str], kinds: Sequence[str]) -> str:
    """Return the source type of a source given as tokens; "none" for a pronoun, which names nobody."""
    if len(words) == 1 and (kinds[0] == PRONOUN or words[0] in _POSSESSIVES):
        return "none"
    return kind_of(words, kinds) or "group"


def without_name(source_type: str, opener: str = "") -> str:
    """Return the type of a source that asks not to be named, given its first word; a person with a name keeps it.

    Examples
    --------
    >>> without_name("office or role"), without_name("named person", "ann"), without_name("named person", "another")
    ('anonymous', 'named person', 'anonymous')
    """
    unnamed = source_type in UNNAMED_PERSONS or source_type == "none" or opener in _ONE | _MANY
    return "anonymous" if unnamed and source_type in (*UNNAMED_PERSONS, "none", "named person") else source_type


def kind_of(words: Sequence[str], kinds: Sequence[str]) -> str | None:
    """Return the source type of a noun phrase given as tokens; None if its head is nothing that speaks."""
    if not words:
        return None
    if len(words) == 1 and kinds[0] == PRONOUN:
        return {"it": "institution or government", "they": "group"}.get(words[0], "named person")
    if words[0] in _POSSESSIVES and len(words) == 1:
        return {"its": "institution or government", "their": "group"}.get(words[0], "named person")
    stop = len(words)
    for at in range(1, len(words)):
        if insider_end(words, kinds, at):
            kind = _kind_of_head(words[:at], kinds[:at])
            return "anonymous" if is_person(words[at - 1]) or kind == "office or role" else kind
        if kinds[at] in (PREP, COMMA, OPEN, REL, CLOSE, "-"):
            stop = at
            break
    kind = _kind_of_head(words[:stop], kinds[:stop])
    if kind == "anonymous" and words[stop - 1] in ("source", "sources") and words[stop : stop + 1] == ["of"]:
        return None  # a source of energy
    return without_name(kind or "group") if stop < len(words) and asks_for_anonymity(words[stop:]) else kind


def _kind_of_head(words: Sequence[str], kinds: Sequence[str]) -> str | None:
    """Return the source type of a noun phrase without what is attached to it; None if it is nothing that speaks."""
    terms = source_terms()
    head, classes = list(words), list(kinds)
    if any(word in _UNNAMED for word in head):
        return "anonymous"
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
        one = head[0] in _ONE and last.endswith(_NATION_ENDINGS)  # "a Norwegian"
        unnamed = one or head[0] in _MANY or last.endswith(_PLURAL_ENDINGS)
        return "group" if unnamed else "named person"
    if known:
        return known
    if last.endswith(_PERSON_ENDINGS):
        return "group"
    if classes[-1] in ("w", "Q") and len(head) > 1 and AND in classes:
        return kind_of(head[: classes.index(AND)], classes[: classes.index(AND)])
    return None
