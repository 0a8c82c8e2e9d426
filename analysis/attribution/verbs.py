"""The rule for cue verbs: whether a form is a verb where it stands, and whose."""

from __future__ import annotations

from analysis.attribution.appositions import apposition_end, name_end
from analysis.attribution.complements import QUESTIONS, Predicate, complement
from analysis.attribution.content import clause_end
from analysis.attribution.found import Found, Range
from analysis.attribution.lexicon import BASE, ING, PARTICIPLE, PAST, THIRD, Cue, word_set
from analysis.attribution.modality import modality_of
from analysis.attribution.phrases import (
    can_speak,
    has_verb,
    is_noun,
    noun_phrase_after,
    noun_phrase_before,
)  # fmt: skip
from analysis.attribution.subjects import clause_subject, subject_before, verb_group
from analysis.attribution.tokens import (
    ADVERB,
    AND,
    AUX,
    CLOSE,
    COMMA,
    CUE,
    DET,
    GENITIVE,
    NAME,
    NUMBER,
    PREP,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
    THAT,
    VERB,
    WORD,
    Tokens,
)  # fmt: skip

_BE = word_set("is are was were be been being am 's 're")
_HAVE = word_set("has have had having 've 's hasn't haven't hadn't")
_NOT_SPEAKERS = word_set("i we you there that which this it")
_NEEDS_SPEAKER = word_set("object infinitive evidence as preposition")
_STANDING_DETERMINERS = word_set("some many others most several all few both those")
_PLURALS = word_set("they who people police women men media others data children percent")
_SINGULAR_PRONOUNS = word_set("he she it who everyone everybody someone nobody")
_PASSIVE_TOLD = word_set("ask tell inform assure remind")


def verb(tokens: Tokens, at: int, cue: Cue, slot: int, last: Found | None) -> Found | None:
    """Return what the cue verb at `at` attributes; `last` is the attribution found before it."""
    if not _is_verb(tokens, at, slot):
        return None
    begin, modality = verb_group(tokens, at)
    group = tokens.words[begin:at]
    be = any(word in _BE for word in group) or tokens.word(at - 1) in _BE
    if be and slot in (PAST, PARTICIPLE):
        return _passive(tokens, at, begin, cue, modality)
    if slot == PARTICIPLE and not any(word in _HAVE for word in group):
        return None
    inverted = shared = False
    if slot == ING and not be:
        source, shared = _participle_subject(tokens, at, begin, last), True
    elif tokens.word(at - 1) == "to":
        went_on = tokens.words[max(0, at - 3) : at - 1] in (["went", "on"], ["goes", "on"], ["gone", "on"])
        source = subject_before(tokens, verb_group(tokens, at - 3)[0]) if went_on else None
    elif tokens.kind(begin - 1) == AND or (tokens.kind(begin - 1) == COMMA and _continues(tokens, begin, last)):
        source, shared = _shared_subject(tokens, begin, last), True
    else:
        source = _inverted_subject(tokens, at, begin) if cue.frames & {"after", "quote"} else None
        inverted = source is not None
        source = source or subject_before(tokens, begin)
    if source is None or tokens.words[source[0]] in _NOT_SPEAKERS:
        return None
    if not inverted and not _agrees(tokens, source, slot, begin, at):
        return None
    if inverted:
        source = (source[0], apposition_end(tokens, source))
    predicate = Predicate(tokens, at, begin, cue, source, inverted, shared)
    said = complement(predicate, source[1] if inverted else at + 1)
    if said is None:
        return None
    if (said.frame in _NEEDS_SPEAKER or cue.cue_class == "endorsing") and not can_speak(tokens, source):
        return None
    return Found(said.frame, cue, (at, said.cue_end), source, said.content, modality_of(predicate, modality))


def _is_verb(tokens: Tokens, at: int, slot: int) -> bool:
    """Whether the form at `at` can be a verb: not "the report", "his claims", "an estimated", "of note"."""
    before, after = tokens.kind(at - 1), tokens.kind(at + 1)
    if before in (DET, GENITIVE):
        return tokens.words[at - 1] in _STANDING_DETERMINERS and slot in (BASE, PAST)
    if before == PREP and tokens.words[at - 1] != "to":
        return slot == ING and tokens.words[at - 1] in ("by", "in", "after", "before", "for")
    if slot in (BASE, THIRD) and after in (AUX, VERB):
        return False  # "five other states will vote"
    return not (tokens.word(at + 1) == "by" and before not in (AUX, ADVERB))


def _agrees(tokens: Tokens, source: Range, slot: int, begin: int, at: int) -> bool:
    """Whether subject and form agree: a base form needs a plural, "he" a third person."""
    if AUX in tokens.kinds[begin:at]:
        return True
    inside = range(*source)
    if slot == BASE:
        opener, last = tokens.words[source[0]], tokens.kinds[source[1] - 1]
        return (
            opener in _STANDING_DETERMINERS
            or last == CLOSE
            or any(tokens.words[look] in _PLURALS or tokens.kinds[look] == AND for look in inside)
            or any(tokens.words[look].endswith("s") and tokens.kinds[look] in (WORD, NAME, CUE) for look in inside)
        )
    if slot == THIRD and tokens.kinds[source[0]] in (WORD, NUMBER) and not can_speak(tokens, source):
        return False  # "battleground states where": no verb
    return slot != THIRD or tokens.kinds[source[0]] != PRONOUN or tokens.words[source[0]] in _SINGULAR_PRONOUNS


def _continues(tokens: Tokens, begin: int, last: Found | None) -> bool:
    """Whether a verb after a comma goes on with the subject of the cue before it: "rejected it, denied it and"."""
    near = last is not None and last.cue.part == "verb" and 0 < begin - last.cue_tokens[1] < 30
    return near and tokens.kind(begin - 2) != QUOTE and not is_noun(tokens, begin - 2)


def _shared_subject(tokens: Tokens, begin: int, last: Found | None) -> Range | None:
    """Find the subject of a verb after "and": that of the cue before it in the sentence, or of the clause."""
    start = tokens.sentence(begin)[0]
    if last and last.source and last.cue.part == "verb" and last.cue_tokens[0] >= start:
        return last.source
    return clause_subject(tokens, begin)


def _participle_subject(tokens: Tokens, at: int, begin: int, last: Found | None) -> Range | None:
    """Read ", emphasizing that …": the subject of the sentence; "with Aliyev insisting that …": what follows "with"."""
    before = tokens.kind(begin - 1)
    reports = tokens.kind(at + 1) in (THAT, QUOTE)
    if before == COMMA or (reports and before in (PREP, AND)):
        if last and last.source and last.cue_tokens[0] >= tokens.sentence(begin)[0]:
            return last.source
        return clause_subject(tokens, begin)
    phrase = noun_phrase_before(tokens, begin - 1)
    return phrase if phrase and (tokens.word(phrase[0] - 1) == "with" or reports) else None


def _inverted_subject(tokens: Tokens, at: int, begin: int) -> Range | None:
    """Read "…, said Smith": the subject after the verb, when a comma or a quotation stands before it."""
    comma = tokens.kind(begin - 1) == COMMA
    quoted = tokens.kind(begin - 2 if comma else begin - 1) == QUOTE
    if begin != at or not (quoted or (comma and begin - tokens.sentence(begin)[0] > 3)):
        return None
    phrase = noun_phrase_after(tokens, at + 1)
    if not phrase:
        return None
    if tokens.kinds[phrase[0]] == PRONOUN and tokens.kind(phrase[1]) not in (COMMA, STOP):
        return None
    end = apposition_end(tokens, phrase)
    closed = tokens.kind(end) in (COMMA, STOP, SEMICOLON, PREP) and not has_verb(tokens, phrase[0], end)
    return phrase if quoted or closed else None


def _passive(tokens: Tokens, at: int, begin: int, cue: Cue, modality: str) -> Found | None:
    """Read "it was reported that …", "was asked whether …", "was criticized by Smith"."""
    subject = subject_before(tokens, begin)
    after, stop = at + 1, tokens.sentence(at)[1]
    impersonal = tokens.kind(after) == THAT and subject and tokens.words[subject[0]] == "it" and "clause" in cue.frames
    told = cue.lemma in _PASSIVE_TOLD and (tokens.word(after) in QUESTIONS or tokens.kind(after) == THAT)
    if impersonal or told:
        return Found("clause", cue, (at, after), None, ((after, clause_end(tokens, after, stop)),), modality)
    if subject and tokens.word(after) == "by" and cue.frames & {"object", "quote"}:
        source = noun_phrase_after(tokens, at + 2)
        if source and can_speak(tokens, source):
            source = (source[0], name_end(tokens, source))
            return Found("passive", cue, (at, at + 2), source, (subject,), modality)
    return None
