"""What is left out however probable a model finds it: a false "X said" is worse than one that is missed.

Each guard is for a kind of find that is more often wrong than right, and that another reading explains better. Of what
they stop in articles of publishers that models were not trained on (PolNeAR 1.0, 840 articles), 2 of 8 nouns, 7 of 22
infinitives and 0 of 1 denials were right.
"""

from __future__ import annotations

from analysis.attribution.classes import head_of_cue
from analysis.attribution.lexicon import DETERMINERS, PREPOSITIONS, word_set
from analysis.attribution.trained.decoding import Piece, tokens_of
from analysis.attribution.trained.linking import Linked
from analysis.attribution.trained.reading import Reading, word_class

_MARKS = frozenset(",;:—–-")
#: How many words, at most, a name has between "deny" and what is denied to it.
_LONGEST_NAME = 3
#: After these, who stands before an infinitive does what it says: "led him to deny", "prompting Israel to warn".
_CAUSES = word_set(
    "led leads leading lead prompted prompts prompting prompt forced forces forcing force caused causes causing drove "
    "pushed compelled moved"
)
#: So is who is told apart by it: "the first senator to suggest".
_RANKS = word_set("first second third last latest only")


def guarded(reading: Reading, one: Linked) -> Linked | None:
    """Return an attribution, without its source, or not at all, where another reading of its words is likelier.

    What is quoted is left as it is.

    - "Both sides met, amid allegations that it rained": a noun does not belong to a source from which a verb or a
      mark parts it. In "Smith, in a statement, that" it does.
    - "He met the speaker to discuss it": an infinitive directly after a source that does not begin its sentence tells
      what somebody is met, asked or free for. In "led the speaker to say", "the first speaker to say" it was said.
    - "Denied Iran a road": what is not given, not what is not true.

    Parameters
    ----------
    reading : Reading
    one : Linked

    Returns
    -------
    Linked or None
    """
    if not one.cue or (one.content and reading.quoted[one.content[0].start]):
        return one
    words = [reading.words[at].lower() for at in tokens_of(one.cue)]
    _, head = head_of_cue(words)
    if head.lemma == "deny" and _is_withheld(reading, one):
        return None
    if not one.source:
        return one
    left, right = one.source[0], one.cue[0]
    if words[0] == "to" and head.part == "verb" and _is_beside(reading, left, right) and _is_governed(reading, left):
        return None
    if head.part == "noun" and words[0] not in PREPOSITIONS and _are_parted(reading, left, right):
        return one._replace(source=())
    return one


def _is_beside(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether one span follows another, with a mark between them at most."""
    between = reading.words[left.end : right.start]
    return left.end <= right.start and (not between or (len(between) == 1 and between[0] in _MARKS))


def _is_governed(reading: Reading, source: Piece) -> bool:
    """Whether something before a source may say what it is for; not so what makes it do it, or tells it apart."""
    at = source.start - 1
    if at < 0 or reading.sentence[at] != reading.sentence[source.start] or reading.words[at].lower() in _CAUSES:
        return False
    return not any(word.lower() in _RANKS for word in reading.words[source.start : source.end])


def _are_parted(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether a verb or a mark stands between two spans."""
    kinds = [word_class(word) for word in reading.words[left.end : right.start]]
    return any(kind in _MARKS or kind == "verb" or kind.startswith("cue-v") for kind in kinds)


def _is_withheld(reading: Reading, one: Linked) -> bool:
    """Whether what is denied is a name and then a thing, "Iran a road", and no clause: "Iran the aggressor had won"."""
    if not one.content or one.content[0].start != one.cue[-1].end:
        return False
    content = one.content[0]
    words = reading.words[content.start : content.end]
    length = 0
    while length < len(words) and words[length][:1].isupper() and words[length].lower() not in DETERMINERS:
        length += 1
    named = 0 < length <= _LONGEST_NAME and length < len(words) and words[length].lower() in DETERMINERS
    return named and not any(word_class(word) in ("verb", "aux") for word in words[length:])
