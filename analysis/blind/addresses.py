"""Which stretches of a text are addresses: of pages, of mail, and handles; most tell whose a text is, many when."""

from __future__ import annotations

import regex

#: What ends the name of a host where nothing else shows that it is one.
_ENDS = r"(?:com|org|net|info|news|press|media|online|tv|edu|gov|int|eu|(?:co|com|org|net|gov|ac)\.[a-z]{2})"
_HOST = r"(?:[\p{L}\p{N}_-]+\.)+"
_ADDRESS = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}])
    (?: (?: https?:// | www\. ) \S+
      | [\p{{L}}\p{{N}}.+_-]+ @ {_HOST} \p{{L}}{{2,}}
      | {_HOST} (?: {_ENDS} (?![\p{{L}}\p{{N}}]) (?: / \S* )? | [a-z]{{2}} / \S+ )
      | @ [\p{{L}}\p{{N}}_]{{2,}}
    )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_AFTER = ".,;:!?…()[]{}<>'\"‘’“”«»"


def find_addresses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the addresses of pages and of mail, and the handles, of a stretch of text.

    Examples
    --------
    >>> text = "See https://gazette.example/2020/01/03 (or Gazette.com), write to ann@gazette.example, ask @Gazette."
    >>> [text[first:last] for first, last in find_addresses(text)]
    ['https://gazette.example/2020/01/03', 'Gazette.com', 'ann@gazette.example', '@Gazette']
    """
    stop = len(text) if end is None else end
    return [
        (found.start(), found.start() + len(found[0].rstrip(_AFTER))) for found in _ADDRESS.finditer(text, start, stop)
    ]
