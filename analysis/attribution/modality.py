"""Whether something was said at all: what stands around a verb of saying that takes it back or makes it depend."""

from __future__ import annotations

from analysis.attribution.complements import Predicate
from analysis.attribution.lexicon import NEGATIONS, cue_forms, word_set
from analysis.attribution.phrases import is_finite
from analysis.attribution.subjects import verb_group
from analysis.attribution.tokens import AND, AUX, COMMA, CUE, QUOTE, SEMICOLON, STOP, SUB, VERB, Tokens

_CONDITIONS = word_set("if unless whether")
_NOBODY = word_set("no neither none nobody")
_REFUSALS = word_set("refuse decline")
_SPEAKS = word_set("comment elaborate respond speak talk discuss disclose reveal address specify identify name give")
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
    """Whether somebody would not speak: "declined to say whether"; not "refused to leave"."""
    tokens, at = verb.tokens, verb.at + 2
    if verb.cue.lemma not in _REFUSALS or tokens.word(at - 1) != "to":
        return False
    statement = any(cue.act == "statement" and cue.part == "verb" for cue, _ in cue_forms().get(tokens.word(at), ()))
    return statement or tokens.word(at) in _SPEAKS
