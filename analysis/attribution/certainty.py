"""Which finds of the rules are certain enough inside what somebody says, where less of a sentence can be read.

Statements and beliefs with a clause or a quotation are kept; intents, objects and nouns of speech are not. Of 70 that
were kept in political news (PolNeAR 1.0, training part), read by hand, 63 were right; the conditions were set with
these articles in view.
"""

from __future__ import annotations

from analysis.attribution.complements import QUESTIONS
from analysis.attribution.found import Found, Range
from analysis.attribution.lexicon import AUXILIARIES, common_verbs, word_set
from analysis.attribution.phrases import can_speak, has_verb, is_finite, noun_slots
from analysis.attribution.subjects import verb_group
from analysis.attribution.tokens import AND, AUX, COMMA, PRONOUN, QUOTE, SEMICOLON, SUB, THAT, VERB, Tokens

#: The rules that are trusted inside what somebody says.
TRUSTED = frozenset(("according", "after", "as", "clause", "colon", "quote"))
#: The words of a reported clause, at least: "it ended".
_FEWEST = 2
#: So long may "that" with a noun be: "that harsh reality".
_OBJECT = 4
#: None of them stands between the start of a clause and its verb, if it is certain to be one.
_BREAKS = frozenset((AND, COMMA, SEMICOLON, SUB, THAT))
_NO_CLAUSES = word_set("when as")
#: What one says of oneself tells of nobody else: "I've said", "we'd hope".
_SELVES = word_set("i we you")
_BE = word_set("is are was were be been being am 's 're isn't aren't wasn't weren't")


def is_certain(tokens: Tokens, found: Found) -> bool:
    """Whether what a rule finds in a stretch is certain enough where the subject of a verb may stand outside of it.

    Parameters
    ----------
    tokens : Tokens
        The stretch.
    found : Found
        What the rule made of it.

    Examples
    --------
    >>> from analysis.attribution.rules import find
    >>> from analysis.attribution.tokens import tokenize
    >>> texts = ("that Ray warned that it rained", "that Ray wants to go")
    >>> tokens = [tokenize(text, [(0, len(text))], []) for text in texts]
    >>> [[is_certain(here, found) for found in find(here)] for here in tokens]
    [[True], [False]]
    """
    at, source = found.cue_tokens[0], found.source
    if found.rule not in TRUSTED or (source and not _is_another(tokens, source)):
        return False
    begin, _ = verb_group(tokens, at)
    if found.cue.part == "verb" and tokens.words[at].endswith("ing") and _BE.isdisjoint(tokens.words[begin:at]):
        return False  # "for suggesting that", "and insisting that": whose it is may not be read here
    if noun_slots(tokens.words[at]) and tokens.kind(begin - 1) == AND:
        return False  # "policies and comments that"
    if found.rule == "quote" and "speech" not in found.cue.frames and not _says_something(tokens, found):
        return False  # "maintains “full control” of it"
    return found.rule != "clause" or all(_is_clause(tokens, at, *part) for part in found.content)


def _is_another(tokens: Tokens, source: Range) -> bool:
    """Whether a source is somebody who can speak, and not the one who speaks here."""
    if tokens.words[source[0]].split("'")[0] in _SELVES:
        return False
    return tokens.kinds[source[0]] == PRONOUN or can_speak(tokens, source)


def _says_something(tokens: Tokens, found: Found) -> bool:
    """Whether a quotation that stands right after its cue is more than a name for something: it has a verb."""
    first = found.content[0][0]
    if tokens.kinds[first] != QUOTE or first != found.cue_tokens[1]:
        return True
    words = tokens.text[tokens.starts[first] : tokens.ends[first]].lower().split()
    return any(word.strip("\"'“”‘’.,;:!?") in common_verbs() | AUXILIARIES for word in words)


def _is_clause(tokens: Tokens, cue: int, first: int, stop: int) -> bool:
    """Whether words can be a reported clause: not "that", "that were held", "when he left", "the same of Lee"."""
    kind, word = tokens.kinds[first], tokens.words[first]
    if word in _NO_CLAUSES or stop - first < _FEWEST:
        return False
    if kind == THAT:
        opened = tokens.kind(first + 1) == PRONOUN  # "that it rained"
        long = stop - first > _OBJECT or QUOTE in tokens.kinds[first:stop]
        return tokens.kind(first + 1) not in (AUX, VERB) and (long or opened or has_verb(tokens, first + 1, stop))
    if word in QUESTIONS or kind == QUOTE:
        return True
    if noun_slots(tokens.words[cue]):
        return False  # "the requests | it has received"
    verb = next((at for at in range(first, stop) if is_finite(tokens, at)), first)
    return verb > first and _BREAKS.isdisjoint(tokens.kinds[first:verb])
