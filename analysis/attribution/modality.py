"""Whether something was said at all: what stands around a verb of saying that takes it back or makes it depend."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.complements import Predicate
from analysis.attribution.found import Range
from analysis.attribution.lexicon import NEGATIONS, classed_forms, cue_forms, word_set
from analysis.attribution.phrases import REACH, is_finite
from analysis.attribution.subjects import verb_group
from analysis.attribution.tokens import ADVERB, AND, AUX, COLON, COMMA, CUE, QUOTE, SEMICOLON, STOP, SUB, VERB, Tokens

_CONDITIONS = word_set("if unless whether")
_NOBODY = word_set("no neither none nobody")
_REFUSALS = word_set("refuse decline")
_SPEAKS = word_set("comment elaborate respond speak talk discuss disclose reveal address specify identify name give")
_WITHHELD = word_set(
    "refuse refuses refused refusing decline declines declined declining fail fails failed failing unable"
)
_AVOIDS = word_set("avoid avoids avoided avoiding without")
_TO_COME = word_set(
    "expected set due scheduled poised going gonna plans planned planning prepared preparing ready needs need needed"
    " ought supposed able has have required"
)
_NOT_DENIED = word_set("only just merely simply secret doubt words")  # "not only", "no secret"
_COMPARES = word_set("more less most least")
_WISHES = word_set("like love prefer rather")  # "would like"
_NOTHING = word_set("nothing no none")
#: How far after a verb a "no" takes it back: "made no mention", "showed little or no interest".
_NEAR = 5
_OPENS = frozenset((STOP, COMMA, QUOTE, SEMICOLON, SUB, COLON, AND))
#: How far a condition may stand from its subject: "if on Monday the minister says".
_REACH = 8


def modality_of(verb: Predicate, group: str) -> str:
    """Return the modality of what a cue verb reports, given that of its own verb group.

    Parameters
    ----------
    verb : Predicate
    group : {"asserted", "negated", "hypothetical"}
        What `verb_group` finds.

    Returns
    -------
    str
        "hypothetical" after a condition and in a question, and for what is yet to come; "negated" if nobody said it,
        or somebody would not say it.
    """
    tokens, source = verb.tokens, verb.source
    before = tokens.word(source[0] - 1)
    if _depends(tokens, source[0]):
        return "hypothetical"
    if tokens.words[source[0]] in _NOBODY or before in NEGATIONS or _refuses(verb):
        return "negated"
    if tokens.kind(source[0] - 1) == AUX and not verb.inverted:
        asks = tokens.kind(source[0] - 2) in (STOP, COMMA, QUOTE, SEMICOLON)  # "Had he said so, …", "Has he said so?"
        return "hypothetical" if asks and group == "asserted" else group
    earlier = tokens.kind(verb.begin - 2) in (CUE, VERB)
    if group == "asserted" and verb.shared and tokens.kind(verb.begin - 1) == AND and earlier:
        return verb_group(tokens, verb.begin - 2)[1]  # "did not confirm or deny"
    return group


def _depends(tokens: Tokens, subject: int) -> bool:
    """Whether a condition opens the clause of a subject: "if he says", "whether on Monday he said"."""
    for at in range(subject - 1, max(-1, subject - 1 - _REACH), -1):
        if tokens.kinds[at] == SUB and tokens.words[at] in _CONDITIONS:
            return True
        if tokens.kinds[at] in (STOP, COMMA, SEMICOLON, QUOTE, CUE) or is_finite(tokens, at):
            return False
    return False


def _refuses(verb: Predicate) -> bool:
    return is_refusal(verb.cue.lemma, verb.tokens.word(verb.at + 1), verb.tokens.word(verb.at + 2))


def is_refusal(lemma: str, follows: str, then: str) -> bool:
    """Whether somebody would not speak: "declined to say whether"; not "refused to leave"."""
    if lemma not in _REFUSALS or follows != "to":
        return False
    statement = any(cue.act == "statement" and cue.part == "verb" for cue, _ in cue_forms().get(then, ()))
    return statement or then in _SPEAKS


def modality_in_place(tokens: Tokens, cue: Range, head: int, source: Range | None) -> str:
    """Return the modality of a cue that was found without these rules: from its words and those around it.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    cue, source : (int, int)
        In tokens; no source is None.
    head : int
        The token of the cue that says what is done: "say" in "declined to say".
    """
    begin, modality = verb_group(tokens, head)
    first, before = verb_group(tokens, cue[0])  # "was bold enough to say": what stands before "was"
    begin = min(begin, first)
    if tokens.word(begin - 1) == "to" and begin > 1:
        begin = verb_group(tokens, begin - 2)[0]  # "is expected to say"
    leading, following = tokens.words[begin:head], tokens.words[head : cue[1]]
    if shared := _shared_auxiliary(tokens, begin, head, source):
        before = shared
    subject = source[0] if source else begin
    inverted = source is not None and source[1] <= begin and tokens.kind(subject - 1) == AUX
    if inverted and tokens.word(subject - 2) in NEGATIONS:
        return "negated"  # "nor did he say"
    if _depends(tokens, subject) or (inverted and tokens.kind(subject - 2) in _OPENS):
        return "hypothetical"
    nobody = source is not None and (tokens.words[subject] in _NOBODY or tokens.word(subject - 1) in NEGATIONS)
    if nobody or "negated" in (modality, before) or _takes_back(leading, following):
        return "negated"
    wish = tokens.words[head] in _WISHES
    if "hypothetical" in (modality, before) and not wish:
        return "hypothetical"
    return "hypothetical" if _is_to_come(leading) else "asserted"


def _shared_auxiliary(tokens: Tokens, begin: int, head: int, source: Range | None) -> str | None:
    """Return the modality that a verb takes from the one that it is joined to: "could reverse or reject"; None if none.

    Only a base form can share an auxiliary: "did not confirm or deny", not "would not go and said".
    """
    base = any(cue.lemma == tokens.words[head] for cue in classed_forms().get(tokens.words[head], {}).values())
    if not base or source is None or not source[1] < begin <= source[1] + REACH or tokens.kind(source[1]) != AUX:
        return None
    if tokens.kind(begin - 1) not in (AND, COMMA) and tokens.word(begin - 1) != "than":
        return None
    first = source[1]
    while tokens.kind(first) in (AUX, ADVERB):
        first += 1
    return verb_group(tokens, first)[1]


def _takes_back(leading: Sequence[str], following: Sequence[str]) -> bool:
    """Whether words of a cue say that nothing was said: "declined to say", "made no mention of", "said nothing"."""
    withheld = any(word in _WITHHELD for word in (*leading, *following[:1])) and "to" in (*leading, *following[1:2])
    withheld = withheld or not _AVOIDS.isdisjoint(leading)
    near = [*leading, *following[:_NEAR]]
    for at, word in enumerate(near[:-1]):
        denies = word in _NOTHING if at >= len(leading) else word in NEGATIONS or word.endswith("n't")
        if denies and near[at + 1] not in _NOT_DENIED:
            return True
    return withheld or (len(near) > len(leading) and near[-1] == "nothing")


def _is_to_come(leading: Sequence[str]) -> bool:
    """Whether words before a verb put it off: "is expected to say", "needs to explain", "is likely to announce"."""
    for at, word in enumerate(leading[:-1]):
        compared = leading[at - 1] in _COMPARES if at else False  # "are more likely to say"
        if leading[at + 1] == "to" and (word in _TO_COME or (word == "likely" and not compared)):
            return True
    return bool(leading) and leading[-1] in _TO_COME - {"has", "have"}
