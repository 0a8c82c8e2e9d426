"""Which words are any text's: what a mask leaves readable, since they do not tell whose a text is."""

from __future__ import annotations

from analysis.lemmas import dictionary, lemma
from analysis.text import stop_words


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is an English word, as simplemma's dictionary or the list of stop words has it.

    Examples
    --------
    >>> [is_ordinary(word) for word in ("time", "readers", "who", "nytimes", "spiegel")]
    [True, True, True, False, False]
    """
    return word in stop_words() or dictionary().get_lemma(word, "en") is not None


def ends_a_sentence(word: str) -> bool:
    """Whether a word before a dot is a form that few hosts are named by: a stop word, or an inflected one, "ended".

    A plural tells nothing, nor does a word in the form that a dictionary lists it under: "voices" and "trend" end
    sentences, and name hosts.

    Examples
    --------
    >>> [ends_a_sentence(word) for word in ("ended", "here", "trend", "spiegel", "voices", "times")]
    [True, True, False, False, False, False]
    """
    return word in stop_words() or (is_ordinary(word) and lemma(word) != word and not word.endswith("s"))
