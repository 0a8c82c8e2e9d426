"""Where something was said, in place of a verb: "“…,” the ministry in a statement", "Lee, in an interview: “…”"."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.attribution.citing import Cited
from analysis.attribution.content import clause_end, trailing_start
from analysis.attribution.lexicon import word_set
from analysis.attribution.phrases import can_speak, has_verb, noun_phrase_after, noun_phrase_before
from analysis.attribution.tokens import COLON, COMMA, QUOTE, Tokens

_OCCASIONS = word_set(
    "statement interview tweet post email e-mail letter speech release memo message note filing briefing op-ed column"
    " editorial video address blog conference"
)
#: How far such a noun may stand from its article, and how much after it: "an emailed press release on Monday".
_NOUN, _TAIL = 4, 8


def find_occasions(tokens: Tokens) -> Iterator[Cited]:
    """Yield what somebody is quoted for by the occasion alone, in order."""
    for at in range(len(tokens)):
        if tokens.words[at] == "in" and tokens.word(at + 1) in ("a", "an"):
            found = _occasion(tokens, at)
            if found:
                yield found


def _occasion(tokens: Tokens, at: int) -> Cited | None:
    first, stop = tokens.sentence(at)
    nouns = [look for look in range(at + 2, min(stop, at + 2 + _NOUN)) if tokens.words[look] in _OCCASIONS]
    if not nouns or has_verb(tokens, at + 2, nouns[0]):
        return None
    cue = (at, nouns[0] + 1)
    end = cue[1]
    while end < min(stop, cue[1] + _TAIL) and tokens.kinds[end] not in (COLON, COMMA, QUOTE):
        end += 1
    if has_verb(tokens, cue[1], end):
        return None
    if at == first:
        source = noun_phrase_after(tokens, end + 1) if tokens.kind(end) == COMMA else None
        colon = source[1] if source else end
    else:
        edge = at - (tokens.kinds[at - 1] == COMMA)
        source = noun_phrase_before(tokens, edge - 1, first) if edge > first else None
        colon = end
    if source is None or not can_speak(tokens, source):
        return None
    if colon + 1 < stop and tokens.kinds[colon] == COLON and tokens.kinds[colon + 1] == QUOTE:
        opens = at == first or source[0] == first
        content = (colon + 1, clause_end(tokens, colon + 1, stop))
        return Cited("occasion, before", source, (cue,), (content,)) if opens else None
    quote = source[0] - 1 - (tokens.kind(source[0] - 1) == COMMA)
    if end < stop or at == first or quote < first or tokens.kinds[quote] != QUOTE:
        return None
    return Cited("occasion, after", source, (cue,), ((trailing_start(tokens, quote + 1), quote + 1),))
