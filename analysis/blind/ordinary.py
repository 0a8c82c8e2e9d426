"""Which words are any text's: what a mask leaves readable, since they do not tell whose a text is."""

from __future__ import annotations

from analysis.lemmas import dictionary, lemma
from analysis.text import stop_words

#: Plurals by which papers and their pages are named.
_NAMED_SO = frozenset(("news", "times", "politics", "sports", "economics", "affairs", "reports", "headlines"))


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is an English word, as simplemma's dictionary or the list of stop words has it.

    Examples
    --------
    >>> [is_ordinary(word) for word in ("time", "readers", "who", "nytimes", "spiegel")]
    [True, True, True, False, False]
    """
    return word in stop_words() or dictionary().get_lemma(word, "en") is not None


def ends_a_sentence(word: str) -> bool:
    """Whether a word before a dot is a form that few hosts are named by: a stop word, or "ended" and "readers".

    A word in the form that a dictionary lists it under tells nothing: "trend" ends a sentence, and names a host.

    Examples
    --------
    >>> [ends_a_sentence(word) for word in ("ended", "here", "trend", "spiegel", "news", "times")]
    [True, True, False, False, False, False]
    """
    return word in stop_words() or (word not in _NAMED_SO and is_ordinary(word) and lemma(word) != word)
