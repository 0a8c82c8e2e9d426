"""What kind of source a noun phrase names."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.anonymity import asks_for_anonymity, insider_end, is_person
from analysis.attribution.lexicon import source_terms, word_set
from analysis.attribution.tokens import (
    AND,
    CLOSE,
    COMMA,
    DASH,
    DET,
    GENITIVE,
    NAME,
    NUMBER,
    OPEN,
    PREP,
    PRONOUN,
    REL,
    TIME,
    WORD,
)

_POSSESSIVES = word_set("his her their its")
_UNNAMED = word_set("anonymous unnamed unidentified")
_PERSON_ENDINGS = ("ists", "ist", "ians", "ian", "crats", "crat", "men", "man", "women", "woman", "ologists", "ologist")
_PLURAL_ENDINGS = ("ists", "ians", "crats", "ics")
_NATION_ENDINGS = ("ian", "ican", "ese", "ist", "crat")
_ONE, _MANY = word_set("a an one another"), word_set("some several many most few")
_PARTS = word_set(
    "all most some many much several few both each none any half third quarter rest majority minority plurality number"
    " handful couple pair trio one two three four five six seven eight nine ten dozens scores hundreds thousands"
    " percent share bulk plenty lot lots army armies"
)
_REFLEXIVES = word_set("himself herself itself themselves alone")
_ARTICLES = word_set("the a an this that these those his her their its")
#: "Secretary of state Ann Lee", "chief of staff Ann Lee": what an office is of, and no place.
_POSTS = word_set("state staff defense defence house commons treasury education labor labour")
_TITLES = word_set("mr mrs ms miss dr sen rep gov gen lt col sgt capt prof rev sir dame senator mr. mrs. ms. dr.")
_CHAMBERS = word_set("congress parliament senate house cabinet council knesset bundestag assembly legislature")
#: Words that are surnames as well: without an article they are.
_SURNAMES = word_set(
    "baker barber bishop bowler butler carpenter clerk cook dean driver elder farmer fisher gardener guy hunter keeper"
    " king lord marshal mason miner page palmer pitcher player pope prince provost ranger rector rider sailor sergeant"
    " shepherd singer star tailor usher warden waters porter merchant champion guest usher young"
    " french english irish welsh german"
)
#: What ends the name of an organisation, beside what is one as a common noun.
_ORGANISATIONS = word_set(
    "action airways analytics associates capital co committee corp energy enterprises fellowship financial group groups"
    " holdings inc international labs limited llc llp logistics ltd media mills motors movement network partners plc"
    " policy programme project records securities services solutions steel stores studios systems technologies trade"
    " ventures watch works worldwide athletic fc rovers united wanderers city county town albion rangers"
)
_STATIONS = word_set("radio tv channel")
_DOERS = ("er", "or", "ant", "ee", "eer")
#: The types that an unnamed person may have.
UNNAMED_PERSONS = ("office or role", "group")


def source_type_of(words: Sequence[str], kinds: Sequence[str]) -> str:
    """Return the source type of a source given as tokens; "none" for a pronoun, which names nobody."""
    if len(words) == 1 and (kinds[0] == PRONOUN or words[0] in _POSSESSIVES):
        return "none"
    return kind_of(words, kinds) or _by_number(words, kinds)


def _by_number(words: Sequence[str], kinds: Sequence[str]) -> str:
    """Return the type of people of whom no list knows: one by an article and an ending, else a group."""
    stop = _head_end(words, kinds)
    one = kinds[0] == DET and words[0] not in _MANY and kinds[stop - 1] == WORD
    return "office or role" if one and words[stop - 1].endswith(_DOERS) else "group"


def _head_end(words: Sequence[str], kinds: Sequence[str]) -> int:
    """Return where a noun phrase ends but for what is attached to it."""
    for at in range(1, len(kinds)):
        kind = kinds[at]
        if kind == DASH and kinds[at - 1] == NUMBER:
            continue  # "the 50-state poll"
        if kind in (PREP, COMMA, OPEN, REL, CLOSE, DASH, TIME):
            return at
        if kind == DET and kinds[at - 1] in (NAME, WORD) and words[at] in _ARTICLES:
            return at  # "the poll the same month"
        participle = kind == WORD and words[at].endswith(("ing", "ed")) and words[at - 1] in source_terms()
        seen = kind == WORD and words[at - 1] in source_terms() and words[at + 1 : at + 2] == ["by"]
        if seen or (participle and kinds[at + 1 : at + 2] in ([DET], [PREP], [NAME])):
            return at  # "the officers running the country", "a letter seen by the paper"
    return len(kinds)


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
    stop = _head_end(words, kinds)
    for at in range(1, min(stop + 1, len(words))):
        if insider_end(words, kinds, at):
            kind = _kind_of_head(words[:at], kinds[:at])
            return "anonymous" if is_person(words[at - 1]) or kind == "office or role" else kind
    if words[stop : stop + 1] == ["of"] and len(words) > stop + 1 and not asks_for_anonymity(words[stop:]):
        part = _part_of(words, kinds, stop)
        if part:
            return part
    kind = _kind_of_head(words[:stop], kinds[:stop])
    if kind == "office or role" and _is_holder(words, kinds, stop):
        return "named person"
    if kind == "anonymous" and words[stop - 1] in ("source", "sources") and words[stop : stop + 1] == ["of"]:
        return None  # a source of energy
    return without_name(kind or "group") if stop < len(words) and asks_for_anonymity(words[stop:]) else kind


def _is_holder(words: Sequence[str], kinds: Sequence[str], of: int) -> bool:
    """Whether a name follows an office of two words: "secretary of state Ann Lee"; or "a farmer named Joe Dent"."""
    if words[of : of + 1] in (["named"], ["called"]) and kinds[of + 1 : of + 2] == [NAME]:
        return True
    return any(words[at] in _POSTS and kinds[at + 1] == NAME for at in range(of + 1, min(of + 3, len(words) - 1)))


def has_title(words: Sequence[str]) -> bool:
    """Whether a name begins with a title, as names of persons do: "Mr. Lee"."""
    return words[0] in _TITLES


def _part_of(words: Sequence[str], kinds: Sequence[str], of: int) -> str | None:
    """Return the type of "most of the candidates": that of the whole, but some of a party are a group; else None."""
    if words[of - 1] in ("member", "members"):
        return "office or role" if _CHAMBERS.intersection(words[of + 1 :]) else None
    if words[of - 1] not in _PARTS and not words[of - 1].endswith("%"):
        return None
    whole = kind_of(words[of + 1 :], kinds[of + 1 :])
    last = words[of + _head_end(words[of + 1 :], kinds[of + 1 :])]
    many = last.endswith("s") and whole not in ("named person", None)
    return whole if many or whole == "anonymous" else "group"


def _kind_of_head(words: Sequence[str], kinds: Sequence[str]) -> str | None:
    """Return the source type of a noun phrase without what is attached to it; None if it is nothing that speaks."""
    terms = source_terms()
    head, classes = list(words), list(kinds)
    if len(head) > 1 and (classes[-1] == GENITIVE or head[-1] in _REFLEXIVES):
        head, classes = head[:-1], classes[:-1]
    if any(word in _UNNAMED for word in head):
        return "anonymous"
    surname = [at for at in range(1, len(head)) if head[at - 1] == "ai" and classes[at] == NAME]  # "Ai Jun"
    if any(w in ("ai", "chatbot", "bot") or w.endswith(".ai") for w in head) and not surname:
        return "machine"
    full = " ".join(w for w in head if w not in ("the", "a", "an"))
    if len(head) > 1 and " ".join(head) in terms:
        return terms[" ".join(head)]  # "The Hill"
    if full in terms:
        return _or_surname(head, classes, terms[full])
    first = _first_of_several(head, classes)
    if first:
        return first
    last = head[-1]
    known = terms.get(last) or terms.get(last.rsplit("-", 1)[-1])
    if classes[-1] == NAME:
        return _kind_of_name(head, known)
    if known:
        return _or_surname(head, classes, known)
    if last.endswith(_PERSON_ENDINGS):
        return "group" if last.endswith((*_PLURAL_ENDINGS, "men", "women")) or head[0] in _MANY else "office or role"
    if classes[-1] == NUMBER:  # "Channel 4"; "nine in ten"
        return terms.get(head[-2], "group") if len(head) > 1 else "group"
    return None


def _or_surname(head: Sequence[str], classes: Sequence[str], known: str) -> str:
    bare = DET not in classes and head[-1] in _SURNAMES and classes[-1] in (NAME, WORD)
    return "named person" if bare and known in UNNAMED_PERSONS else known


def _kind_of_name(head: Sequence[str], known: str | None) -> str:
    """Return the source type of a noun phrase that ends in a capital."""
    last, tail = head[-1], " ".join(head[-2:])
    if len(head) > 1 and has_title(head) and not last.endswith("s"):
        return "named person"
    if tail in source_terms():
        return source_terms()[tail]
    if len(head) > 1 and (last in _ORGANISATIONS or "&" in head):
        return "institution or government"
    if known:
        bare = known in UNNAMED_PERSONS and last in _SURNAMES and head[-2:-1] != ["the"]
        return "named person" if bare else known
    if head[0] in _ONE and last.endswith(_NATION_ENDINGS):  # "a Norwegian"
        return "office or role"
    if head[0] in _STATIONS:
        return "media outlet"
    many = (
        head[0] in _MANY or last.endswith(_PLURAL_ENDINGS) or (head[0] == "the" and len(head) == 2 and _is_plural(last))
    )
    return "group" if many else "named person"


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _first_of_several(head: Sequence[str], classes: Sequence[str]) -> str | None:
    """Return the type of the first of joined sources: "Ann Lee and other critics"; None for "mayor and host Lee"."""
    at = next((at for at in range(1, len(head) - 1) if classes[at] == AND), 0)
    if not at:
        return None
    second, last = head[at + 1], classes[-1]
    title = classes[at - 1] == WORD and last == NAME and classes[at + 1] != DET and source_terms().get(head[-1]) is None
    alone = classes[at + 1] == DET or second == "other" or at + 2 == len(head)
    common = last == WORD or source_terms().get(head[-1]) in UNNAMED_PERSONS
    shared = classes[at - 1] == NAME and common and not alone  # "Norport and Westland officials"
    return None if title or shared else kind_of(head[:at], classes[:at])
