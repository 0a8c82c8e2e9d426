"""What a find cannot mean, however probable it is to a model: a false "X said" is worse than one that is missed.

Each guard is for a kind of find that models had right in fewer than half of the cases, in articles of publishers that
they were not trained on, and that grammar speaks against.
"""

from __future__ import annotations

from analysis.attribution.classes import head_of_cue
from analysis.attribution.lexicon import DETERMINERS
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.reading import Reading, word_class

_MARKS = frozenset(",;:—–-")
#: How many words of a name may stand between "deny" and what is denied to it.
_NAME = 3


def guarded(reading: Reading, one: Linked) -> Linked | None:
    """Return an attribution as far as it can be meant; None if it cannot.

    - In "both sides met, amid claims that", the claims are nobody's: a cue that is a noun has no source in a clause
      that ended before it.
    - In "he met the speaker to discuss it", nobody has said anything yet: a bare infinitive tells what something is
      for.
    - In "denied Iran a road", nothing was said to be untrue.

    Parameters
    ----------
    reading : Reading
    one : Linked

    Returns
    -------
    Linked or None
    """
    if not one.cue:
        return one
    words = [reading.words[at].lower() for piece in one.cue for at in range(piece.start, piece.end)]
    if words[0] == "to" and one.source and _is_beside(reading, one.source[0].end, one.cue[0].start):
        return None
    _, head = head_of_cue(words)
    if head.lemma == "deny" and _is_withheld(reading, one):
        return None
    if head.part == "noun" and one.source and _ends_clause(reading, one.source[0].end, one.cue[0].start):
        return one._replace(source=())
    return one


def _is_beside(reading: Reading, start: int, end: int) -> bool:
    """Whether one range of tokens follows another, with a mark between at most."""
    return start == end or (start + 1 == end and reading.words[start] in _MARKS)


def _ends_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether a verb, or a mark that ends a clause, stands among some tokens."""
    kinds = (word_class(word) for word in reading.words[start:end])
    return any(kind in _MARKS or kind == "verb" or kind.startswith("cue-v") for kind in kinds)


def _is_withheld(reading: Reading, one: Linked) -> bool:
    """Whether what is denied is a name and then another thing: "denied Iran a road"."""
    content = one.content[0] if one.content else None
    if content is None or content.start != one.cue[-1].end:
        return False
    at = content.start
    while at < content.end and reading.words[at][:1].isupper():
        at += 1
    return 0 < at - content.start <= _NAME and at < content.end and reading.words[at].lower() in DETERMINERS
