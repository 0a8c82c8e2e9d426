"""What the tagger knows of each token: words, classes and shapes around it, quotation marks, and what the rules found.

A feature is a string. Features are made column by column, many paragraphs at a time: between them stand empty tokens,
so that no token sees past its own paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.attribution.engine import Span
from analysis.attribution.trained.reading import Reading, shape, word_class

Column = list[str]

# As many empty tokens stand before, between and after paragraphs: no feature looks further.
_PAD = 3
_EDGE = "<>"
#: Paragraphs are taken together until they have as many tokens: what bounds the memory that their features take.
_TOGETHER = 4000
# Words that say which clause a token is in, after the last cue before it.
_MARKERS = frozenset(
    ("that", "to", "whether", "if", "how", "about", "for", "of", "as", "on", "who", "which", "because", "but",
     "and", "while", "when", "by")
)  # fmt: skip
_MARKS = frozenset((",", ":", ";", "—", "-", "--", "("))
#: How long the trace since the last cue may grow, in characters.
_TRACE = 12
#: Distances, rounded down to one of few; the last stands for all beyond.
_ROUNDED = ("0", "1", "2", "3", "4", "5", "6", "6", "6", "9", "9", "9", "12", "12", "12", "12", "16")


def token_features(reading: Reading, clusters: Sequence[Mapping[str, str]]) -> Iterator[list[tuple[str, ...]]]:
    """Give the features of each token, paragraph by paragraph.

    Parameters
    ----------
    reading : Reading
    clusters : sequence of mapping
        Of each word, the group of words that are used alike: few large groups, then many small ones.

    Yields
    ------
    list of tuple of str
        For each token of a paragraph, its features.
    """
    known = _Known(reading)
    for paragraphs in _together(reading.paragraphs):
        every = list(zip(*_columns(known, paragraphs, clusters), strict=True))
        at = _PAD
        for start, end in paragraphs:
            yield every[at : at + end - start]
            at += end - start + _PAD


def _together(paragraphs: Sequence[Span]) -> Iterator[list[Span]]:
    """Divide paragraphs into stretches of not too many tokens."""
    taken: list[Span] = []
    n_tokens = 0
    for start, end in paragraphs:
        taken.append((start, end))
        n_tokens += end - start + _PAD
        if n_tokens >= _TOGETHER:
            yield taken
            taken, n_tokens = [], 0
    if taken:
        yield taken


class _Known:
    """What is known of each token of an article by itself or by its sentence, in parallel lists."""

    def __init__(self, reading: Reading) -> None:
        self.words = [word.lower() for word in reading.words]
        self.classes = [word_class(word) for word in reading.words]
        self.shapes = [shape(word) for word in reading.words]
        self.ruled = reading.tags([vars(one) for one in reading.ruled])
        self.quotes = ["01"[inside] + edge for inside, edge in zip(reading.quoted, reading.quote_edges, strict=True)]
        self.ruled_cues = _ruled_cues(reading)
        self.before, self.traces, self.distances, self.firsts = _since_last_cue(reading, self.classes, self.words)
        self.after, self.to_go = _until_next_cue(reading, self.classes)
        self.edges = reading.sentence_edges
        self.places = _places(reading)


def _columns(known: _Known, paragraphs: Sequence[Span], clusters: Sequence[Mapping[str, str]]) -> Iterator[Column]:
    def padded(values: Sequence[str]) -> Column:
        column = [_EDGE] * _PAD
        for start, end in paragraphs:
            column += values[start:end]
            column += [_EDGE] * _PAD
        return column

    words, kinds, shapes = padded(known.words), padded(known.classes), padded(known.shapes)
    ruled, quotes = padded(known.ruled), padded(known.quotes)
    for offset in range(-2, 3):
        yield _shifted("w", words, offset)
        yield _shifted("r", ruled, offset)
    for offset in range(-3, 4):
        yield _shifted("x", kinds, offset)
    for offset in (-1, 0, 1):
        yield _shifted("h", shapes, offset)
        yield _shifted("q", quotes, offset)
    yield from _pairs("w", words)
    yield from _pairs("x", kinds)
    yield from _pairs("r", ruled)
    yield _named("s=", [word[-3:] for word in words])
    yield _named("qx=", _joined(quotes, kinds))
    yield _named("rw=", _joined(ruled, words))
    yield _named("rx=", _joined(ruled, kinds))
    yield _named("rc=", padded(known.ruled_cues))
    for name, groups in zip("cd", clusters, strict=False):
        used = [groups.get(word, "-") for word in words]
        for offset in range(-2, 3):
            yield _shifted(name, used, offset)
        yield from _pairs(name, used) if name == "c" else ()
    # Where a token stands in its sentence: which cues stand around it, how far off, and what stands between.
    left, right, trace = padded(known.before), padded(known.after), padded(known.traces)
    short, near, inside = [cue[:6] for cue in left], [cue[:6] for cue in right], [quote[:1] for quote in quotes]
    yield _named("lc=", left)
    yield _named("nc=", right)
    yield _named("ln=", [f"{one}|{other}{quote}" for one, other, quote in zip(left, right, inside, strict=True)])
    yield _named("tr=", trace)
    yield _named("tl=", [f"{one}|{cue}" for one, cue in zip(trace, short, strict=True)])
    yield _named("fw=", _joined(padded(known.firsts), inside))
    yield _named("ld=", _joined(padded(known.distances), short))
    yield _named("nd=", _joined(padded(known.to_go), near))
    yield _named("se=", padded(known.edges))
    yield _named("ps=", padded(known.places))


def _named(name: str, column: Column) -> Column:
    """Write a column with the name of its feature before each value; of equal values there is one copy."""
    coded = {value: name + value for value in set(column)}
    return [coded[value] for value in column]


def _shifted(name: str, column: Column, offset: int) -> Column:
    edge = [_EDGE] * abs(offset)
    return _named(f"{name}{offset}=", column[offset:] + edge if offset >= 0 else edge + column[:offset])


def _pairs(name: str, column: Column) -> Iterator[Column]:
    """Each value with the one before it, and with the one after it."""
    pairs = [f"{one}|{other}" for one, other in zip([_EDGE, *column], [*column, _EDGE], strict=True)]
    yield _named(f"{name}<", pairs[:-1])
    yield _named(f"{name}>", pairs[1:])


def _joined(one: Column, other: Column) -> Column:
    return [left + right for left, right in zip(one, other, strict=True)]


def _ruled_cues(reading: Reading) -> Column:
    """The act and the confidence of each cue that the rules found, at its first token."""
    cues = ["-"] * len(reading)
    for one in reading.ruled:
        for token in list(reading.tokens_in(one.cue[0]))[:1] if one.cue else ():
            cues[token] = f"{one.act[0]}{one.confidence:.1f}"
    return cues


def _since_last_cue(reading: Reading, classes: Column, lower: Column) -> tuple[Column, Column, Column, Column]:
    """Of each token, from the left: the last cue of its sentence, the words since, how many, and the first class."""
    cues, traces, distances, firsts = [], [], [], []
    cue = trace = first = ""
    since, sentence = 0, -1
    for token, kind in enumerate(classes):
        if reading.sentence[token] != sentence:
            sentence, cue, trace, since, first = reading.sentence[token], "", "", 0, kind
        cues.append(cue)
        traces.append(trace)
        distances.append(_ROUNDED[min(since, 16)])
        firsts.append(first)
        if kind.startswith("cue-") and not reading.quoted[token]:
            cue, trace, since = kind, "", 0
            continue
        since += 1
        word = lower[token]
        if len(trace) < _TRACE:
            if word in _MARKERS:
                trace += f"{word} "
            elif word in _MARKS:
                trace += word
            elif kind in ("verb", "aux") and "V" not in trace[-2:]:
                trace += "V"
    return cues, traces, distances, firsts


def _until_next_cue(reading: Reading, classes: Column) -> tuple[Column, Column]:
    """Of each token, from the right: the next cue of its sentence, and how far it is."""
    cues, distances = [], []
    cue = ""
    until, sentence = 0, -1
    for token in range(len(classes) - 1, -1, -1):
        if reading.sentence[token] != sentence:
            sentence, cue, until = reading.sentence[token], "", 0
        cues.append(cue)
        distances.append(_ROUNDED[min(until, 16)])
        if classes[token].startswith("cue-") and not reading.quoted[token]:
            cue, until = classes[token], 0
        else:
            until += 1
    return cues[::-1], distances[::-1]


def _places(reading: Reading) -> Column:
    """Which of the first tokens of its paragraph each is, and whether anything in that is quoted."""
    places = [""] * len(reading)
    for start, end in reading.paragraphs:
        quoted = any(reading.quoted[start:end])
        first = [f"{at}{quoted:d}" for at in range(4)]
        places[start:end] = [*first, *first[-1:] * (end - start - len(first))][: end - start]
    return places
