"""What an attribution is, from its spans alone, so that every engine classes the same words the same way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.attribution.anonymity import asks_for_anonymity
from analysis.attribution.appositions import type_in_place
from analysis.attribution.classes import UNKNOWN, head_of_cue
from analysis.attribution.complements import QUESTIONS
from analysis.attribution.found import Range
from analysis.attribution.lexicon import AUXILIARIES, common_verbs, source_terms, word_set
from analysis.attribution.modality import is_refusal, modality_in_place
from analysis.attribution.sources import UNNAMED_PERSONS, without_name
from analysis.attribution.tokens import ADVERB, AUX, CUE, NAME, STOP, TIME, VERB, WORD, Tokens, tokenize
from analysis.quotes import pair_quotes

Span = tuple[int, int]

#: How far around a source or cue is read, how much of either, and how much of each part of what is said; characters.
#: The bounds keep every description cheap, whatever the spans.
_AROUND, _LONGEST, _SAID, _ORDER = 240, 400, 5_000, 60
_OPENING = ('"', "“", "„", "«", "''", "``", "‘")
_MARKS = frozenset("\"'“”„‟«»‘’`")
_PRONOUNS = word_set(
    "he she it they i we you who which that whom him her them me us his its their my our your this these everyone"
    " himself herself themselves itself or and he/she s/he"
)
#: With one of these alone a view is told, not a statement: "popular among Democrats", "for Lee, it is over".
_VIEWS = word_set("for among against with behind")


@dataclass(frozen=True)
class Description:
    """The characters of an attribution, in the words of the ATTRIBUTIONS table; `cue_class` is None without a cue."""

    act: str
    kind: str
    source_type: str
    cue_class: str | None
    modality: str


def describe(
    text: str, sentences: Sequence[Span], source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span]
) -> Description:
    """Say of an attribution what kind of source, cue and act it is, and whether it was said at all.

    Parameters
    ----------
    text : str
    sentences : sequence of (start, end)
        In order; they bound what is read around the spans, and may be empty.
    source, cue, content : sequence of (start, end)
        Code points, end exclusive, in order; each may be empty. What lies outside the text is not read.

    Returns
    -------
    Description
        A pronoun has the source type "none", for it names nobody. A cue that no list holds makes a neutral statement.

    Examples
    --------
    >>> text = "The mayor did not say whether it is over."
    >>> describe(text, [(0, 41)], [(0, 9)], [(18, 21)], [(22, 40)])
    Description(act='statement', kind='indirect', source_type='office or role', cue_class='neutral', modality='negated')
    """
    source, cue, content = (_inside(text, spans) for spans in (source, cue, content))
    kind = _kind(text, content)
    tokens = _tokens(text, sentences, [*source[:1], *cue], content)
    speaker = _range(tokens, source[:1])
    asks = bool(source) and speaker is None  # the source stands too far from its cue
    beside = _tokens(text, sentences, source[:1], content) if asks else tokens
    source_type = _type_of(beside, _range(beside, source[:1]))
    at_cue = [at for part in cue for at in _positions(tokens, part)]
    words = [tokens.words[at] for at in at_cue]
    head, found = head_of_cue(words)
    if found is UNKNOWN and kind == "indirect" and source_type not in ("document", "media outlet") and words:
        found = replace(found, cue_class="belief", act="attitude") if words[0] in _VIEWS else found
    if found.lemma in ("ask", "tell") and kind == "indirect" and _is_order(text, content):
        found = replace(found, cue_class="speech act")
    modality = "asserted"
    if head is not None:
        modality = modality_in_place(tokens, (at_cue[0], at_cue[-1] + 1), at_cue[head], speaker)
        ahead = [*text[cue[-1][1] : cue[-1][1] + _ORDER].lower().split(), "", ""]
        modality = "negated" if modality == "asserted" and is_refusal(found.lemma, *ahead[:2]) else modality
    return Description(found.act, kind, source_type, found.cue_class if cue else None, modality)


def _inside(text: str, spans: Sequence[Span]) -> list[Span]:
    """Cut spans to the text; those without a character are left out."""
    cut = ((max(0, start), min(end, len(text))) for start, end in spans)
    return sorted((start, end) for start, end in cut if start < end)


def _tokens(text: str, sentences: Sequence[Span], spans: Sequence[Span], content: Sequence[Span]) -> Tokens:
    """Return the tokens of the sentences around some spans; what is said is one token, so that nothing in it counts.

    Spans that stand too far from the last one, the cue, are not read.
    """
    if not spans:
        return Tokens(text)
    left, right = spans[-1][0], min(spans[-1][1], spans[-1][0] + _LONGEST)
    for start, end in reversed(spans[:-1]):
        if max(right, end) - min(left, start) <= _LONGEST:
            left, right = min(left, start), max(right, end)
    low, high = max(0, left - _AROUND), min(len(text), right + _AROUND)
    first = max(0, bisect_right(sentences, left, key=_start) - 1)
    last = bisect_left(sentences, right, key=_start)
    around = [(max(low, start), min(high, end)) for start, end in sentences[first : max(last, first + 1)]]
    around = [(start, end) for start, end in around if start < end and start <= right and end >= left]
    if not around or around[0][0] > left or around[-1][1] < right:
        around = [(low, high)]
    said = [part for part in content if not any(part[0] < end and start < part[1] for start, end in spans)]
    near = [(max(start, around[0][0]), min(end, around[-1][1])) for start, end in said]
    return tokenize(text, around, [(start, end) for start, end in near if start < end])


def _start(span: Span) -> int:
    return span[0]


def _positions(tokens: Tokens, span: Span) -> range:
    """Return the tokens that begin inside a span."""
    return range(bisect_left(tokens.starts, span[0]), bisect_left(tokens.starts, span[1]))


def _range(tokens: Tokens, spans: Sequence[Span]) -> Range | None:
    """Return the first of some spans in tokens, from its first word; None if there is none or it is not among them."""
    at = _positions(tokens, spans[0]) if spans else range(0)
    first = next((look for look in at if tokens.words[look][0].isalnum()), None)
    return None if first is None else (first, at.stop)


def _type_of(tokens: Tokens, source: Range | None) -> str:
    if source is None:
        return "none"
    words = tokens.words[slice(*source)]
    pronoun = all(word in _PRONOUNS for word in words)
    _name(tokens, source)
    found = "none" if pronoun else type_in_place(tokens, source)
    if found in (*UNNAMED_PERSONS, "none"):
        found = without_name(found, words[0]) if asks_for_anonymity(tokens.words) else found
    return found


def _name(tokens: Tokens, source: Range) -> None:
    """Read the words of a source as parts of a name or a noun phrase: "Will", "Mark Cuban", "the claims office"."""
    for at in range(*source):
        surface, kind = tokens.text[tokens.starts[at] : tokens.ends[at]], tokens.kinds[at]
        opens = tokens.kind(at - 1) == STOP and source[1] - source[0] > 1
        if kind in (CUE, VERB, AUX, TIME, ADVERB) and surface[:1].isupper() and not opens:
            tokens.kinds[at] = WORD if tokens.words[at] in source_terms() else NAME
        elif kind in (CUE, VERB):
            tokens.kinds[at] = WORD


def _is_order(text: str, content: Sequence[Span]) -> bool:
    """Whether what is said is an infinitive: "asked | workers to leave", "told him | to leave"; not "he had to"."""
    for start, end in content[:1]:
        words = text[start : min(end, start + _ORDER)].lower().split()
        if "to" in words:
            before = words[: words.index("to")]
            return not any(word in AUXILIARIES or word in common_verbs() or word in QUESTIONS for word in before)
    return False


def _kind(text: str, content: Sequence[Span]) -> str:
    """Return whether what is said stands in quotation marks: all of it (direct), nothing (indirect), some (mixed)."""
    inside = outside = 0
    for start, end in content:
        stop = min(end, start + _SAID)
        low, high = start, stop
        while low > max(0, start - 2) and text[low - 1] in _MARKS:
            low -= 1
        while high < min(len(text), stop + 2) and text[high] in _MARKS:
            high += 1
        quotes = pair_quotes(text, low, high)
        unclosed = text[low:stop].startswith(_OPENING) and not (quotes and quotes[0][0] == low)
        covered = [(low, high)] if unclosed else quotes
        at = low
        for left, right in [*covered, (high, high)]:
            outside += any(map(str.isalnum, text[at:left]))
            inside += any(map(str.isalnum, text[left:right]))
            at = right
    return "mixed" if inside and outside else "direct" if inside else "indirect"
