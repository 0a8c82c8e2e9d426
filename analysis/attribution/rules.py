"""From a cue to the attribution it makes: whose words or thoughts, and which."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.attribution.appositions import apposition_end
from analysis.attribution.content import clause_end, object_end, trailing_start
from analysis.attribution.found import Found
from analysis.attribution.lexicon import Cue, cue_forms, word_set
from analysis.attribution.phrases import (
    can_speak,
    has_verb,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
    opens_phrase,
)  # fmt: skip
from analysis.attribution.subjects import clause_subject, subject_before, verb_group
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    COLON,
    COMMA,
    CUE,
    DASH,
    DET,
    GENITIVE,
    NAME,
    PREP,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
    SUB,
    THAT,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip
from analysis.attribution.verbs import verb

#: Two cues that are no single word of cues.csv.
ACCORDING = Cue("according to", "phrase", "neutral", "statement", frozenset())
SPEAKER = Cue(":", "mark", "neutral", "statement", frozenset())
_SPREAD = word_set("surfaced emerged circulated spread appeared")


def find(tokens: Tokens) -> Iterator[Found]:
    """Yield what each cue of the stretch attributes, in order of the cues."""
    last: Found | None = None
    for at in range(len(tokens)):
        word = tokens.words[at]
        found = None
        if tokens.kinds[at] == CUE:
            for cue, slot in cue_forms()[word]:
                if cue.part == "verb":
                    found = verb(tokens, at, cue, slot, last)
                elif cue.part == "noun":
                    found = noun(tokens, at, cue)
                else:
                    found = adjective(tokens, at, cue)
                if found:
                    break
        elif word == "according" and tokens.word(at + 1) == "to":
            found = according(tokens, at)
        elif tokens.kinds[at] == COLON:
            found = colon(tokens, at)
        if found and all(left < right for left, right in found.content):
            yield found
            last = found


def according(tokens: Tokens, at: int) -> Found | None:
    """Read "According to Smith, …", "…, according to Smith", "…, according to Smith, …"."""
    first, stop = tokens.sentence(at)
    source = noun_phrase_after(tokens, at + 2)
    if not source:
        return None
    before = tokens.kind(at - 1)
    opening = at - first <= 1 or before in (AND, SUB, THAT) or (before == COMMA and at - first <= 3)
    comma = source[1]
    while opening and comma < min(stop, at + 25) and tokens.kinds[comma] not in (COMMA, QUOTE):
        comma += 1
    if opening and comma < stop and tokens.kinds[comma] == COMMA and not has_verb(tokens, source[1], comma):
        source = (source[0], comma)
    end = apposition_end(tokens, source)
    if opening and tokens.kind(end) != COMMA:
        end = source[1]  # "According to Smith, the plant is shut": no apposition
    source = (source[0], end)
    rest = (end + 1 if tokens.kind(end) == COMMA else end, stop)
    if opening:
        content = [(rest[0], clause_end(tokens, rest[0], stop))] if rest[0] < stop else []
    else:
        edge = at - 1 if before in (COMMA, DASH) else at
        content = [(trailing_start(tokens, edge), edge)]
        if tokens.kind(end) == COMMA and before == COMMA and tokens.kind(rest[0]) in (AUX, VERB, CUE):
            content.append(rest)
    content = [part for part in content if part[1] > part[0]]
    return Found("according", ACCORDING, (at, at + 2), source, tuple(content)) if content else None


def colon(tokens: Tokens, at: int) -> Found | None:
    """Read "Smith: “…”" — a name, a colon, and a quotation that opens a paragraph or a sentence."""
    if tokens.kind(at + 1) != QUOTE:
        return None
    source = noun_phrase_before(tokens, at - 1)
    if not source or source[0] != tokens.sentence(at)[0] or tokens.kinds[source[0]] not in (NAME, DET, WORD):
        return None
    return Found("colon", SPEAKER, (at, at + 1), source, ((at + 1, at + 2),))


def adjective(tokens: Tokens, at: int, cue: Cue) -> Found | None:
    """Read "Smith is confident that …", "remain wary of …", "…, aware that …"."""
    begin, modality = verb_group(tokens, at)
    linked = begin < at or tokens.kind(at - 1) == VERB
    after = at + 1
    if tokens.word(after) not in cue.frames:
        return None
    if tokens.kind(after) == PREP and not opens_phrase(tokens, after + 1):
        return None
    if linked:
        begin = begin - 1 if begin == at else begin
        begin, modality = verb_group(tokens, begin) if tokens.kind(begin) == VERB else (begin, modality)
        source = subject_before(tokens, begin)
    elif tokens.kind(at - 1) == COMMA and tokens.kind(after) == THAT:
        source = clause_subject(tokens, at)
    else:
        return None
    if not can_speak(tokens, source):
        return None
    stop = tokens.sentence(at)[1]
    end = clause_end(tokens, after, stop) if tokens.kind(after) == THAT else object_end(tokens, after, stop)
    return Found("adjective", cue, (at, at + 1), source, ((after, end),), modality)


def noun(tokens: Tokens, at: int, cue: Cue) -> Found | None:
    """Read "Allegations that …", "his claim that …", "Reports surfaced this year that …"."""
    if tokens.kind(at - 1) in (AUX, PRONOUN, ADVERB) or tokens.word(at - 1) in ("no", "to"):
        return None
    that = at + 1
    cue_end = at + 1
    if tokens.kind(that) != THAT:
        if tokens.word(at + 1) not in _SPREAD:
            return None
        cue_end = at + 2
        while that < min(len(tokens), at + 9) and tokens.kinds[that] not in (THAT, STOP, COMMA, SEMICOLON, QUOTE):
            that += 1
        if tokens.kind(that) != THAT:
            return None
    if tokens.kind(that + 1) in (AUX, VERB, CUE) and not is_noun(tokens, that + 1):
        return None  # a relative clause: "reports that show"
    source = None
    if tokens.kind(at - 1) == GENITIVE:
        source = noun_phrase_before(tokens, at - 2)
    elif tokens.word(at - 1) in ("his", "her", "their", "its"):
        source = (at - 1, at)
    end = clause_end(tokens, that, tokens.sentence(at)[1])
    return Found("noun", cue, (at, cue_end), source, ((that, end),))
