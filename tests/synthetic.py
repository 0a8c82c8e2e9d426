"""Texts with nothing, or with one planted term, to tell them apart: what the evidence is calibrated on.

A text is a list of sentences, a sentence an array of word numbers. Frequencies fall like Zipf's, sentences differ in
length, and words come in clusters, as they do in prose: a word of a sentence is often said again in it.
"""

from __future__ import annotations

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


def make_text(rng, n_words):
    """Draw sentences of 5 to 35 words until there are about so many words."""
    shares = 1 / (np.arange(VOCABULARY) + 3)
    text, n = [], 0
    while n < n_words:
        sentence = rng.choice(VOCABULARY, size=rng.integers(5, 36), p=shares / shares.sum())
        for place in np.flatnonzero(rng.random(sentence.size) < REPEATED):
            sentence[place] = sentence[rng.integers(0, place + 1)]
        text.append(sentence)
        n += sentence.size
    return text


def plant(rng, text, rate):
    """Put the planted word in the place of any word with a probability of `rate` in a thousand."""
    return [np.where(rng.random(sentence.size) < rate / 1000, PLANTED, sentence) for sentence in text]


def units_of_texts(texts):
    """The units of the gate as `analysis.units` makes them: sentences, with their uses of each tested word."""
    sentences = [sentence for text in texts for sentence in text]
    counts = np.zeros((len(sentences), VOCABULARY + 1))
    for row, sentence in enumerate(sentences):
        np.add.at(counts[row], sentence, 1)
    tested = (counts.sum(0) >= MIN_COUNT) & ((counts > 0).sum(0) >= MIN_SENTENCES)
    labels = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return Units(labels, counts.sum(1), counts[:, tested]), np.flatnonzero(tested)


def divide(rng, units):
    """Deal the units out to two halves at random."""
    return units._replace(labels=rng.permutation(np.arange(units.labels.size) % 2))


def family_wise_error(rng, all_units, halves, permutations):
    """The share of random halves, of each text in turn, in which any term passes the gate."""
    passes = 0
    for number in range(halves):
        units = divide(rng, all_units[number % len(all_units)])
        gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
        passes += bool((gate.p_adjusted <= 0.05).any())
    return passes / halves


def planted_power(rng, pairs, n_words, plantings, permutations):
    """Power for a term of the detectable rate, planted in the first of two texts: measured, and as computed.

    The rate is the one that is reported for the texts before anything is planted. Also returned is the share of
    passes that have the direction planted.
    """
    passed, towards, computed = 0, 0, []
    for _ in range(pairs):
        texts = [make_text(rng, n_words), make_text(rng, n_words)]
        units, _ = units_of_texts(texts)
        words = [int(units.words[units.labels == side].sum()) for side in (0, 1)]
        gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
        needed = max(uses_needed(*words, gate.critical), MIN_COUNT)
        rate = detectable_rate(words[0], needed)
        computed.append(power(rate, words[0], needed))
        for _ in range(plantings):
            units, tested = units_of_texts([plant(rng, texts[0], rate), texts[1]])
            gate = max_t(units.counts, units.words, units.labels, 2, permutations=permutations, rng=rng)
            column = np.flatnonzero(tested == PLANTED)
            if column.size and gate.p_adjusted[0, column[0]] <= 0.05:
                passed += 1
                uses = units.counts[:, column[0]]
                towards += uses[units.labels == 0].sum() > uses[units.labels == 1].sum()
    return passed / (pairs * plantings), float(np.mean(computed)), towards / max(1, passed)
