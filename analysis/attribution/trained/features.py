"""What the tagger knows of each token: words, classes and shapes around it, quotation marks, and what the rules found.

A feature is a string. Features are made column by column, a whole article at a time: between paragraphs stand empty
tokens, so that no token sees past its own paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.attribution.trained.reading import Reading, shape, word_class

Column = list[str]

# As many empty tokens stand before, between and after paragraphs: no feature looks further.
_PAD = 3
_EDGE = "<>"
# Words that say which clause a token is in, after the last cue before it.
_MARKERS = frozenset(
    ("that", "to", "whether", "if", "how", "about", "for", "of", "as", "on", "who", "which", "because", "but",
     "and", "while", "when", "by")
)  # fmt: skip
_MARKS = frozenset((",", ":", ";", "—", "-", "--", "("))
#: How long the trace since the last cue may grow, in characters.
_TRACE = 12


def token_features(reading: Reading, clusters: Sequence[Mapping[str, str]]) -> Iterator[list[list[str]]]:
    """Give the features of each token, paragraph by paragraph.

    Parameters
    ----------
    reading : Reading
    clusters : sequence of mapping
        Of each word, the group of words that are used alike: few large groups, then many small ones.

    Yields
    ------
    list of list of str
        For each token of a paragraph, its features.
    """
    every = [list(row) for row in zip(*_columns(reading, clusters), strict=True)]
    for start, end in _padded_ranges(reading):
        yield every[start:end]


def _padded_ranges(reading: Reading) -> Iterator[tuple[int, int]]:
    for number, (start, end) in enumerate(reading.paragraphs):
        yield start + _PAD * (number + 1), end + _PAD * (number + 1)


def _columns(reading: Reading, clusters: Sequence[Mapping[str, str]]) -> Iterator[Column]:
    def padded(values: Sequence[str]) -> Column:
        column = [_EDGE] * _PAD
        for start, end in reading.paragraphs:
            column += values[start:end]
            column += [_EDGE] * _PAD
        return column

    lower = [word.lower() for word in reading.words]
    classes = [word_class(word) for word in reading.words]
    words, kinds, shapes = padded(lower), padded(classes), padded([shape(word) for word in reading.words])
    ruled = padded(reading.tags([vars(one) for one in reading.ruled]))
    quotes = padded([f"{inside:d}{edge}" for inside, edge in zip(reading.quoted, reading.quote_edges, strict=True)])

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
    yield [f"s={word[-3:]}" for word in words]
    yield _joined("qx", quotes, kinds)
    yield _joined("rw", ruled, words)
    yield _joined("rx", ruled, kinds)
    yield [f"rc={cue}" for cue in padded(_ruled_cues(reading))]
    for name, groups in zip("cd", clusters, strict=False):
        used = [groups.get(word, "-") for word in words]
        for offset in range(-2, 3):
            yield _shifted(name, used, offset)
        yield from _pairs(name, used) if name == "c" else ()
    yield from _sentence_columns(reading, classes, lower, padded, quotes)


def _sentence_columns(
    reading: Reading, classes: Column, lower: Column, padded: Callable[[Sequence[str]], Column], quotes: Column
) -> Iterator[Column]:
    """Where a token stands in its sentence: which cues stand around it, how far off, and what stands between."""
    before, traces, distances, firsts = _since_last_cue(reading, classes, lower)
    after, to_go = _until_next_cue(reading, classes)
    left, right, trace = padded(before), padded(after), padded(traces)
    yield [f"lc={cue}" for cue in left]
    yield [f"nc={cue}" for cue in right]
    yield [f"ln={one}|{other}{quote[:1]}" for one, other, quote in zip(left, right, quotes, strict=True)]
    yield [f"tr={one}" for one in trace]
    yield [f"tl={one}|{cue[:6]}" for one, cue in zip(trace, left, strict=True)]
    yield [f"fw={first}{quote[:1]}" for first, quote in zip(padded(firsts), quotes, strict=True)]
    yield [f"ld={distance}{cue[:6]}" for distance, cue in zip(padded(distances), left, strict=True)]
    yield [f"nd={distance}{cue[:6]}" for distance, cue in zip(padded(to_go), right, strict=True)]
    yield [f"se={edge}" for edge in padded(reading.sentence_edges)]
    yield [f"ps={place}" for place in padded(_places(reading))]


def _shifted(name: str, column: Column, offset: int) -> Column:
    edge = [_EDGE] * abs(offset)
    moved = column[offset:] + edge if offset >= 0 else edge + column[:offset]
    return [f"{name}{offset}={value}" for value in moved]


def _pairs(name: str, column: Column) -> Iterator[Column]:
    """Each value with the one before it, and with the one after it."""
    pairs = [f"{one}|{other}" for one, other in zip([_EDGE, *column], [*column, _EDGE], strict=True)]
    yield [f"{name}<{pair}" for pair in pairs[:-1]]
    yield [f"{name}>{pair}" for pair in pairs[1:]]


def _joined(name: str, one: Column, other: Column) -> Column:
    return [f"{name}={left}{right}" for left, right in zip(one, other, strict=True)]


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
        distances.append(str(_rounded(since)))
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
        distances.append(str(_rounded(until)))
        if classes[token].startswith("cue-") and not reading.quoted[token]:
            cue, until = classes[token], 0
        else:
            until += 1
    return cues[::-1], distances[::-1]


def _rounded(distance: int) -> int:
    """Round a distance down to one of few."""
    return next(step for step in (16, 12, 9, 6, 5, 4, 3, 2, 1, 0) if distance >= step)


def _places(reading: Reading) -> Column:
    """Which of the first tokens of its paragraph each is, and whether anything in that is quoted."""
    places = [""] * len(reading)
    for start, end in reading.paragraphs:
        quoted = any(reading.quoted[start:end])
        places[start:end] = [f"{min(at, 3)}{quoted:d}" for at in range(end - start)]
    return places
