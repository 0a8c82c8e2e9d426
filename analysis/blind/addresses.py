"""Which stretches of a text are addresses: of pages, of mail, and handles; most tell whose a text is, many when."""

from __future__ import annotations

import regex

from analysis.blind.ordinary import ends_a_sentence

#: What ends the name of a host where nothing else shows that it is one.
_ENDS = r"(?:com|org|net|info|news|press|media|online|tv|edu|gov|int|eu|io|ai|app|(?:co|com|org|net|gov|ac)\.[a-z]{2})"
#: Endings of countries that are no English words; after others, "it", "no", "us", a missing blank would be an address.
_COUNTRIES = (
    "(?:ae|ar|au|az|ba|bd|bg|br|ca|ch|cl|cn|co|cy|cz|de|dk|dz|ec|ee|eg|es|fi|fr|ge|gh|gr|hk|hr|hu|ie|il|iq|ir|jo|jp|ke"
    "|kr|kw|kz|lb|lk|lt|lu|lv|ly|md|mk|mt|mx|ng|nl|np|nz|pe|ph|pk|pl|pt|qa|ro|rs|ru|sa|se|sg|si|sk|sy|th|tn|tr|tw|tz|ua"
    "|ug|uk|uy|ve|vn|za)"
)
_WORDS = "(?:al|am|as|at|be|by|do|et|id|in|is|it|la|ma|me|my|no|so|to|us)"
#: A name of a host is short, so that the search ends soon in any text.
_HOST = r"(?:[\p{L}\p{N}_-]{1,63}\.){1,8}"
_ADDRESS = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}])
    (?: (?i: https?:// | www\. ) \S+
      | [\p{{L}}\p{{N}}.+_-]{{1,64}}+ @ {_HOST} \p{{L}}{{2,}}
      | {_HOST} (?i: {_ENDS} / \S* | [a-z]{{2}} / \S+ )
        # "It ended.Online readers" is a missing blank; what it leaves in small letters is told apart below.
      | (?: {_HOST} (?: {_ENDS} | {_COUNTRIES} )
          | (?: [\p{{L}}\p{{N}}_-]{{2,63}} \. ){{2,8}} {_WORDS}
          | (?: [\p{{Lu}}\p{{N}}_-]{{2,63}} \. ){{1,8}} (?: {_ENDS.upper()} | {_COUNTRIES.upper()} )
        ) (?![\p{{L}}\p{{N}}])
      | @ [\p{{L}}\p{{N}}_]{{2,}}
    )
    """,
    regex.VERBOSE,
)
#: Endings that begin a sentence too, or a word of it, "de facto" and "co-operation": behind a single word in small
#: letters and without a path, the word decides.
_DOUBTFUL = regex.compile(r"(?P<word>\p{Ll}+)\.(?:online|co|de)")
_LATIN = regex.compile(r"\s(?:facto|jure|novo)(?!\p{L})")
_AFTER = ".,;:!?…()[]{}<>'\"‘’“”«»"


def find_addresses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the addresses of pages and of mail, and the handles, of a stretch of text.

    Where no path follows, a host is told by its ending, in small letters or all in capitals. What a missing blank has
    joined, "it ended.online readers", is none: where the ending could begin a sentence, a stop word or an inflected
    form before it ends one. Any other word before it is taken for a host: in doubt it is one.

    Examples
    --------
    >>> text = "See https://gazette.example/2020/01/03 (or Gazette.com), write to ann@gazette.example, ask @Gazette."
    >>> [text[first:last] for first, last in find_addresses(text)]
    ['https://gazette.example/2020/01/03', 'Gazette.com', 'ann@gazette.example', '@Gazette']
    >>> [text[first:last] for text in ("It ended.online readers", "by trend.online") for first, last in
    ...  find_addresses(text)]
    ['trend.online']
    """
    stop = len(text) if end is None else end
    found = (
        (match.start(), match.start() + len(match[0].rstrip(_AFTER))) for match in _ADDRESS.finditer(text, start, stop)
    )
    return [(first, last) for first, last in found if not _lacks_a_blank(text, first, last)]


def _lacks_a_blank(text: str, start: int, end: int) -> bool:
    """Whether a stretch is the end of a sentence and the beginning of the next."""
    doubtful = _DOUBTFUL.fullmatch(text, start, end)
    if doubtful is None:
        return False
    return ends_a_sentence(doubtful["word"]) or (text.endswith(".de", start, end) and bool(_LATIN.match(text, end)))
