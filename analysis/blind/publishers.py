"""By which names a text could be told: outlets, labels, authors and addresses of all articles that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import pandas as pd
import regex

from analysis.blind.ordinary import is_ordinary
from analysis.text import as_term, stop_words

#: A shorter name ("A") stands for anything.
_SHORTEST = 3
#: A part of a host from so many letters on is a name in any case.
_LONG = 4
_APART = regex.compile(r"\s*(?:[,;&\n]|\band\b)\s*")
#: An outlet that is called so, "AP", is told by two letters.
_INITIALS = regex.compile(r"\p{Lu}{2}")
_BY = regex.compile(r"by\s+", regex.IGNORECASE)
_THE = regex.compile(r"the\s+(?=\S)", regex.IGNORECASE)
_BETWEEN = regex.compile(r"[\s‐‑-]+")
#: Words by which newspapers are called, where they stand in capitals: they need no "the" to tell.
_PAPERS = frozenset(
    ("chronicle", "courier", "daily", "dispatch", "examiner", "express", "gazette", "globe", "guardian", "herald",
     "independent", "inquirer", "journal", "mirror", "observer", "post", "sentinel", "standard", "telegraph", "times",
     "tribune", "weekly")
)  # fmt: skip
#: "LONDON, Jan. 3 (Agency) –" at the beginning of a sentence.
_DATELINE = regex.compile(
    r"\p{Lu}[\p{L}.'’/]*(?:,?\s[\p{Lu}\p{N}][\p{L}\p{N}.'’/]*){0,4}\s\((?P<agency>\p{Lu}[^\n()]{1,30})\)\s?[–—-]"
)
_APART_OR_CAPITAL = r"(?:[\s_‐‑-]+|(?-i:(?<=\p{Ll})(?=\p{Lu})|(?=\p{Lu}\p{Ll})))"
#: A host, and what of it names whose it is: "nytimes" in "www.nytimes.com", "bbc" in "news.bbc.co.uk".
_HOST = regex.compile(
    r"(?:(?P<before>[\p{L}\p{N}-]+)\.)*(?P<own>(?!(?:ac|co|com|edu|gov|net|org)\.)[\p{L}\p{N}-]+)"
    r"\.(?:(?:ac|co|com|edu|gov|net|org)\.)?\p{L}{2,}"
)
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
        Outlets and labels, without a "The" before them; each author, and the surname; the hosts of addresses, and what
        names them, as `host_names` has it. The longest first. Names of one or two letters and stop words are left
        out: they would mask half of a text; but not an outlet of two capitals.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["The Gazette"], "label": ["A"], "author": ["By C. Writer and D. Penman"],
    ...     "url": ["https://www.gazette.example/1"]})
    >>> publisher_names(articles)
    ['gazette.example', 'C. Writer', 'D. Penman', 'Gazette', 'Penman', 'Writer']
    """
    names: list[str] = []
    agencies: list[str] = []
    for outlet, label, author, url in zip(
        *(articles[name] for name in ("outlet", "label", "author", "url")), strict=True
    ):
        names += [_THE.sub("", one.strip(), count=1) for one in (outlet, label) if isinstance(one, str)]
        if isinstance(author, str):
            author = author.title() if author.isupper() else author
            authors = _APART.split(_BY.sub("", author.strip(), count=1))
            surnames = [one.split()[-1] for one in authors if one.strip()]
            names += [*authors, *(name.title() if name.isupper() else name for name in surnames)]
        host = _host(url) if isinstance(url, str) else ""
        own = [part for one in (host, outlet, label) if isinstance(one, str) for part in host_names(one)]
        names += [host, *own]
        short = [*own, outlet.strip()] if isinstance(outlet, str) else own
        agencies += [name for name in short if _INITIALS.fullmatch(name)]
    kept = {" ".join(name.split()) for name in names}
    told = {name for name in kept if _tells(name)} | {name for name in agencies if as_term(name) not in stop_words()}
    return sorted(told, key=lambda name: (-len(name), name))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address at all
        return ""


def host_names(host: str) -> list[str]:
    """List by which words a host would be told where it is not written out.

    Parameters
    ----------
    host : str
        An outlet may be called by its host; what is no host has no such words.

    Returns
    -------
    list of str
        The name before the ending, and parts before it that are no English words. A name of four letters or more in
        small letters, to be found in any case, if it is no English word; else with a capital, so that "time" stays
        readable where time.com is read, and without a "the" that is joined to it. One of three letters in capitals.

    Examples
    --------
    >>> [host_names(host) for host in ("www.nytimes.com", "news.bbc.co.uk", "time.com", "theguardian.com", "Gazette")]
    [['nytimes'], ['BBC'], ['Time'], ['theguardian', 'Guardian'], []]
    """
    found = _HOST.fullmatch(host.strip().lower())
    if found is None:
        return []
    own = found["own"]
    names = [part for part in found.captures("before") if len(part) >= _LONG and not is_ordinary(part)]
    if len(own) < _LONG:
        return [*names, own.upper()]
    if is_ordinary(own):
        return [*names, own.capitalize()]
    rest = own.removeprefix("the")
    return [*names, own, *([rest.capitalize()] if rest != own and len(rest) >= _LONG and is_ordinary(rest) else [])]


def _tells(name: str) -> bool:
    return len(name) >= _SHORTEST and any(map(str.isalpha, name)) and as_term(name) not in stop_words()


def find_publishers(names: Sequence[str], text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find these names in a text.

    A name of one word that begins with a capital counts in any case behind one, MCDONALD as McDonald: the outlet "Time"
    is not the word "time". One in small letters that is no English word counts in any case, as nytimes,
    and where capitals begin the words in it. Any other
    counts as it is written, or all in capitals, and one of two or three capitals as it is written. A name of several
    words, or with a dot in it, counts in any case, and written as one word, as after "#". Its last word counts alone
    where "the" stands before it, or where it is a word by which newspapers are called. Where a text begins with a place
    and an agency in brackets, the agency counts, whatever its name.

    Examples
    --------
    >>> text = "Time and TIME told the daily gazette’s time, says the Gazette, a Gazette man, #DailyGazette."
    >>> [text[first:last] for first, last in find_publishers(["Daily Gazette", "Time"], text)]
    ['Time', 'TIME', 'daily gazette', 'Gazette', 'Gazette', 'DailyGazette']
    """
    stop = len(text) if end is None else end
    found = [match.span() for name in names for match in _pattern(name).finditer(text, start, stop)]
    agency = _DATELINE.match(text, start, stop)
    return sorted({*found, *([agency.span("agency")] if agency else [])})


def _pattern(name: str) -> regex.Pattern[str]:
    words = [word for word in _BETWEEN.split(name) if word]
    written = _written(words)
    if len(words) > 1 or "." in name:
        written = f"(?i:{written})"
        if words[-1][:1].isupper():
            before = "" if words[-1].lower() in _PAPERS else r"(?<=\b(?i:the)\s)"
            written += rf"|{before}(?=\p{{Lu}})(?i:{_written(words[-1:])})"
    elif name[:1].isupper() and (name != name.upper() or len(name) > _SHORTEST):
        written = rf"(?=\p{{Lu}})(?i:{written})"
    elif name == name.lower() and len(name) >= _LONG and not is_ordinary(name):
        written = rf"(?i:{written})|(?=\p{{Lu}}){_taken_apart(name)}"
    elif name != name.upper():
        written = f"(?:{written}|{_written([name.upper()])})"
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{written})(?![\p{{L}}\p{{N}}])")


def _taken_apart(name: str) -> str:
    """The pattern of a name in small letters as several words with capitals: "washingtonpost" is Washington Post."""
    return r"(?:[\s‐‑-](?=\p{Lu}))?".join(f"(?i:{regex.escape(letter)})" for letter in name)


def _written(words: Sequence[str]) -> str:
    """The pattern of a name with white space, a hyphen or nothing between its words, and any apostrophe.

    Where the first or last word is shorter than three letters, nothing stands between words only before a capital:
    "NY Times" is NYTimes, but "Ann E" is not Anne.
    """
    escaped = [_APOSTROPHES.sub("['’ʼ]?", regex.escape(word, special_only=True)) for word in words]
    short = any(sum(map(str.isalpha, word)) < _SHORTEST for word in (words[0], words[-1]))
    return (_APART_OR_CAPITAL if short else r"[\s_‐‑-]*").join(escaped)
