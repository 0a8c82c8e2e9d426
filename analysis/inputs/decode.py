"""Bytes to text: an input that is held as a whole, and what it declares of itself."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from analysis.inputs.encoding import LIKELY, find_damage, find_encoding, marked
from analysis.inputs.kinds import refuse_binary
from analysis.inputs.trouble import Unreadable

__all__ = ["Decoded", "Unreadable", "declared_encoding", "decode"]

_DECLARATION = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?\bcharset|\?xml\b[^<>]{0,300}?\bencoding)\s{0,9}=[\s"']{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: What a page may declare; a page that says Latin-1 or ASCII means windows-1252, as in every browser.
_DECLARABLE = {
    **{name: name for name in ("utf-8", "cp1258", "koi8-u", "mac-roman", "mac-cyrillic", "iso2022_jp", *LIKELY)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    "ascii": "cp1252", "iso8859-1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "koi8-r": "koi8_r", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what has to be said about it: `warning` if it may be wrong."""

    text: str
    encoding: str
    note: str = ""
    warning: str = ""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    r"""Read bytes as text; nothing is replaced or guessed without saying so.

    The order is: byte order mark, the declared encoding, strict UTF-8, damaged UTF-8 (most of its longer
    characters are whole), a guess. Bytes that are UTF-8 beyond doubt are read so whatever a page declares.

    Parameters
    ----------
    data : bytes
    declared : str, optional
        The encoding that the input itself names.

    Returns
    -------
    Decoded
        Line ends and all characters as they are in the file; only the byte order mark is gone.

    Raises
    ------
    Unreadable
        The bytes are no text, or in no encoding that could be recognised.

    Examples
    --------
    >>> decode("café".encode("utf-8-sig")).note
    'byte order mark removed'
    >>> decode(b"It\x92s a caf\xe9.")[::3]
    ('It’s a café.', 'byte 2 (0x92) is not UTF-8; guessed to be cp1252')
    """
    refuse_binary(data)
    codec = _DECLARABLE.get(_canonical(declared)) if declared else None
    doubt = ""
    if codec not in (None, "utf-8") and not marked(data):
        if find_damage(lambda: [data]) or data.isascii():
            with suppress(UnicodeDecodeError):  # declared falsely, of which what follows warns
                return Decoded(data.decode(str(codec)), str(codec))
        else:
            doubt = f"declared as {declared}, but its bytes are UTF-8; read as UTF-8"
    found = find_encoding(lambda: [data])
    text = data[found.skip :].decode(found.name, found.errors)
    return Decoded(text, found.name, found.note, found.warning or doubt)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares in its first 4,096 bytes; None if it does not."""
    found = _DECLARATION.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _canonical(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
