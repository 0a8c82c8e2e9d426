"""By which names a text could be told: outlets, labels, authors and addresses of all articles that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import pandas as pd
import regex

from analysis.text import as_term, stop_words

#: A shorter name ("A") stands for anything.
_SHORTEST = 3
_APART = regex.compile(r"\s*(?:[,;&\n]|\band\b)\s*")
_BY = regex.compile(r"by\s+", regex.IGNORECASE)
_THE = regex.compile(r"the\s+(?=\S)", regex.IGNORECASE)
_APOSTROPHES = regex.compile(r"['’ʼ]")


def publisher_names(articles: pd.DataFrame) -> list[str]:
    """List the names that would tell which text is whose.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES.

    Returns
    -------
    list of str
        Outlets and labels, without a "The" before them; each author, and the surname; the hosts of addresses. The
        longest first. Names of one or two letters and stop words are left out: they would mask half of a text.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["The Gazette"], "label": ["A"], "author": ["By C. Writer and D. Penman"],
    ...     "url": ["https://www.gazette.example/1"]})
    >>> publisher_names(articles)
    ['gazette.example', 'C. Writer', 'D. Penman', 'Gazette', 'Penman', 'Writer']
    """
    names: list[str] = []
    for outlet, label, author, url in zip(
        *(articles[name] for name in ("outlet", "label", "author", "url")), strict=True
    ):
        names += [_THE.sub("", one.strip(), count=1) for one in (outlet, label) if isinstance(one, str)]
        if isinstance(author, str):
            authors = _APART.split(_BY.sub("", author.strip(), count=1))
            names += [*authors, *(one.split()[-1] for one in authors if one.strip())]
        names.append(_host(url) if isinstance(url, str) else "")
    kept = {" ".join(name.split()) for name in names}
    return sorted((name for name in kept if _tells(name)), key=lambda name: (-len(name), name))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address at all
        return ""


def _tells(name: str) -> bool:
    return len(name) >= _SHORTEST and any(map(str.isalpha, name)) and as_term(name) not in stop_words()


def find_publishers(names: Sequence[str], text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find these names in a text.

    A name of one word counts as it is written, or all in capitals: the outlet "Time" is not the word "time". One of
    several words, or with a dot in it, counts in any case, and its last word alone where "the" stands before it.

    Examples
    --------
    >>> text = "Time and TIME told the daily gazette’s time, says the Gazette."
    >>> [text[first:last] for first, last in find_publishers(["Daily Gazette", "Time"], text)]
    ['Time', 'TIME', 'daily gazette', 'Gazette']
    """
    stop = len(text) if end is None else end
    found = [match.span() for name in names for match in _pattern(name).finditer(text, start, stop)]
    return sorted(set(found))


def _pattern(name: str) -> regex.Pattern[str]:
    written = _written(name)
    if " " in name or "." in name:
        *_, last = name.split()
        written = f"(?i:{written})" + rf"|(?<=\b[Tt]he\s){_written(last)}" * (last != name and last[0].isupper())
    elif name != name.upper():
        written = f"(?:{written}|{_written(name.upper())})"
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{written})(?![\p{{L}}\p{{N}}])")


def _written(name: str) -> str:
    """The pattern of a name with any white space or hyphen between its words, and any apostrophe."""
    words = [_APOSTROPHES.sub("['’ʼ]", regex.escape(word, special_only=True)) for word in name.split()]
    return r"[\s‐‑-]+".join(words)
