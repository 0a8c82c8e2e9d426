"""Which words are forms of one word: "terrorists" and "terrorist"."""

from __future__ import annotations

from functools import cache, lru_cache

import pandas as pd
from simplemma import Lemmatizer
from simplemma.strategies import DictionaryLookupStrategy

from analysis.schema import as_strings
from analysis.tables import SENTENCE_TERMS
from analysis.text import stop_words

#: Letters of a word that a plural's s is looked for at.
_SHORTEST = 4


@cache
def dictionary() -> DictionaryLookupStrategy:
    """Return simplemma's English dictionary, without its rules for words that it does not hold: they bend names."""
    return DictionaryLookupStrategy()


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=dictionary())


@lru_cache(maxsize=100_000)
def lemma(term: str) -> str:
    """Return the lemma of an English word: the form that a dictionary lists it under, case folded like terms.

    The dictionary knows a word, not its use in a sentence: "meeting" counts as "meet", and some of its choices are
    odd ("skies" is "ski", "worse" is "wrong"). Words that it does not hold are their own lemma, most names
    ("Aliyev", "Hamas"), plurals of peoples ("Iranians", "Azeris") and hyphenated words ("Iranian-backed") among
    them; a name that is also a word counts as that word. Stop words stay stop words, and no other word becomes one:
    "US", as a term, is not "we".

    Parameters
    ----------
    term : str
        One word, as `text.as_term` gives it.

    References
    ----------
    A. Barbaresi, simplemma 2.0, its English dictionary.

    Examples
    --------
    >>> [lemma(term) for term in ("terrorists", "said", "iranian", "azeris", "u.s.", "gaza")]
    ['terrorist', 'say', 'iranian', 'azeris', 'u.s.', 'gaza']
    """
    found = _lemmatizer().lemmatize(term, lang="en").casefold()
    return found if (found in stop_words()) == (term in stop_words()) else term


def is_form_of(one: str, other: str, *, names: bool = False) -> bool:
    """Whether two terms are forms of one word: they have one lemma, or differ by a plural's s that no lemma tells of.

    Parameters
    ----------
    one, other : str
        Words, as `text.as_term` gives them.
    names : bool
        Whether both are written with capitals: then an s is a plural's even if the dictionary, which lists "Iranians"
        by itself, says nothing of it; not of words so short as "new".

    Examples
    --------
    >>> [is_form_of(one, "visit") for one in ("visits", "visited", "visitor")]
    [True, True, False]
    >>> is_form_of("news", "new"), is_form_of("iranians", "iranian"), is_form_of("iranians", "iranian", names=True)
    (False, False, True)
    """
    if lemma(one) == lemma(other):
        return True
    short, long = sorted((one, other), key=len)
    if long != f"{short}s" or len(short) < _SHORTEST:
        return False
    return names or dictionary().get_lemma(long, "en") is None


def by_lemma(sentence_terms: pd.DataFrame) -> pd.DataFrame:
    """Count lemmas instead of word forms.

    Parameters
    ----------
    sentence_terms : DataFrame
        SENTENCE_TERMS; terms of several words are passed over.

    Returns
    -------
    DataFrame
        SENTENCE_TERMS of order 1, whose terms are lemmas, by article, sentence and first use. The uses of a sentence
        sum to its words, as before.
    """
    words = sentence_terms[sentence_terms["order"] == 1]
    places, terms = pd.factorize(words["term"])
    lemmas = words.assign(term=as_strings(map(lemma, terms)).take(places))
    totals = lemmas.groupby(list(SENTENCE_TERMS.key), sort=False)["n"].sum().reset_index()
    return SENTENCE_TERMS.frame({name: totals[name] for name in SENTENCE_TERMS.names})
