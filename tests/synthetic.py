"""Texts with nothing, or with one planted term, to tell them apart: what the evidence is calibrated on.

A text is a list of sentences, a sentence an array of word numbers, and a paragraph three sentences. Frequencies fall
like Zipf's, sentences differ in length, and words come in clusters, as they do in prose: a word of a sentence is often
said again in it, and a paragraph may have a subject of its own, a few words it says more often than others do.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from analysis.evidence import max_t
from analysis.power import detectable_rate, power, uses_needed
from analysis.units import Units

VOCABULARY = 1500
#: The number of the planted word, which no text has by itself.
PLANTED = VOCABULARY
#: Share of words that repeat an earlier one of their sentence.
REPEATED = 0.15
MIN_COUNT, MIN_SENTENCES = 3, 2
#: Sentences of a paragraph.
PARAGRAPH = 3
#: How much paragraphs differ in subject: the share of a paragraph's words that come from so few of its own.
MILD, STRONG = {"topic": 0.1, "topic_words": 15}, {"topic": 0.25, "topic_words": 6}

_SHARES = 1 / (np.arange(VOCABULARY) + 3)
_UP_TO = np.cumsum(_SHARES) / _SHARES.sum()


def _draw(rng, n):
    return np.minimum(_UP_TO.searchsorted(rng.random(n), side="right"), VOCABULARY - 1)


def make_text(rng, n_words, lengths=(5, 35), topic=0.0, topic_words=0):
    """Draw sentences of 5 to 35 words until there are about so many words."""
    text, n = [], 0
    while n < n_words:
        if topic and len(text) % PARAGRAPH == 0:
            own = _draw(rng, topic_words)
        sentence = _draw(rng, rng.integers(lengths[0], lengths[1] + 1))
        if topic:
            on_topic = rng.random(sentence.size) < topic
            sentence[on_topic] = rng.choice(own, on_topic.sum())
        for place in np.flatnonzero(rng.random(sentence.size) < REPEATED):
            sentence[place] = sentence[rng.integers(0, place + 1)]
        text.append(sentence)
        n += sentence.size
    return text


def plant(rng, text, rate):
    """Put the planted word in the place of any word with a probability of `rate` in a thousand."""
    return [np.where(rng.random(sentence.size) < rate / 1000, PLANTED, sentence) for sentence in text]


def units_of_texts(texts, unit="sentence"):
    """The units of the gate as `analysis.units` makes them, with their uses of each tested word."""
    sentences = [sentence for text in texts for sentence in text]
    words = np.array([sentence.size for sentence in sentences], dtype=float)
    place = np.repeat(np.arange(len(sentences)), words.astype(int)) * (VOCABULARY + 1) + np.concatenate(sentences)
    counts = np.bincount(place, minlength=len(sentences) * (VOCABULARY + 1)).reshape(len(sentences), -1)
    tested = (counts.sum(0) >= MIN_COUNT) & ((counts > 0).sum(0) >= MIN_SENTENCES)
    counts = counts[:, tested].astype(float)
    labels = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    if unit == "paragraph":
        tops = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
        starts = np.concatenate([np.arange(top, end, PARAGRAPH) for top, end in pairwise(tops)])
        labels, words, counts = labels[starts], np.add.reduceat(words, starts), np.add.reduceat(counts, starts, axis=0)
    return Units(labels, words, counts), np.flatnonzero(tested)


def random_halves(rng, all_units, n):
    """Deal the units of each text in turn out to two halves.

    The gate deals them out in the same way, so that its error is nominal by construction: halves test the code.
    """
    for number in range(n):
        units = all_units[number % len(all_units)]
        yield units._replace(labels=rng.permutation(np.arange(units.labels.size) % 2))


def independent_pairs(rng, n, unit="sentence", n_words=(900, 900), lengths=((5, 35), (5, 35)), **topics):
    """Draw two texts, each by itself, in which every word is as probable in the one as in the other.

    Here the error is nominal only as far as the units are exchangeable, as in two articles by the same rules.
    """
    for _ in range(n):
        pair = [make_text(rng, n_words[side], lengths[side], **topics) for side in (0, 1)]
        yield units_of_texts(pair, unit)[0]


def family_wise_error(rng, divided, permutations):
    """The share of pairs of texts without a difference, or of halves, in which any term passes the gate."""
    passes = []
    for units in divided:
        gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
        passes.append((gate.p_adjusted <= 0.05).any())
    return float(np.mean(passes))


def planted_power(rng, pairs, n_words, permutations):
    """Power for a term of the detectable rate, planted in the first of two texts: measured, and as computed.

    The rate is the one that is reported for the texts before anything is planted. Each pair is planted once: plantings
    in one pair share its other words, and are fewer than they look. Also returned is the share of passes that have the
    direction planted.
    """
    passed, towards, computed = 0, 0, []
    for _ in range(pairs):
        texts = [make_text(rng, n_words), make_text(rng, n_words)]
        units, _ = units_of_texts(texts)
        words = np.bincount(units.labels, units.words)
        gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
        needed = max(uses_needed(0, words, np.bincount(units.labels), gate.largest), MIN_COUNT)
        rate = detectable_rate(int(words[0]), needed)
        computed.append(power(rate, int(words[0]), needed))
        units, tested = units_of_texts([plant(rng, texts[0], rate), texts[1]])
        gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
        column = np.flatnonzero(tested == PLANTED)
        if column.size and gate.p_adjusted[0, column[0]] <= 0.05:
            passed += 1
            uses = units.counts[:, column[0]]
            towards += uses[units.labels == 0].sum() > uses[units.labels == 1].sum()
    return passed / pairs, float(np.mean(computed)), towards / max(1, passed)
