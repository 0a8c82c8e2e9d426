"""Bytes to text: which encoding an input is in, on what evidence, and what is not text at all."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

_MARKS = (  # the longer marks first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (rb"\x89PNG", "PNG"),
        (rb"\xff\xd8\xff", "JPEG"),
        (rb"GIF8[79]a", "GIF"),
        (rb"RIFF.{4}WEBP", "WebP"),
        (rb"II\*\x00|MM\x00\*", "TIFF"),
        (rb"%PDF-", "PDF"),
        (rb"\{\\rtf", "RTF"),
        (rb"PK\x03\x04", "ZIP archive or office document such as docx"),
        (rb"PAR1", "Parquet"),
        (rb"\xd0\xcf\x11\xe0", "old office document such as doc"),
        (rb"\x1f\x8b", "gzip"),
        (rb"BZh[1-9]1AY", "bzip2"),
        (rb"\xfd7zXZ", "xz"),
        (rb"\x28\xb5\x2f\xfd", "Zstandard"),
        (rb"SQLite format 3", "SQLite"),
        (rb".{4}ftyp", "MP4"),
    )
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?\bcharset|\?xml\b[^<>]{0,300}?\bencoding)\s{0,9}=[\s"']{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: What charset-normalizer may choose from: the encodings in which plain text still turns up.
_LIKELY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "koi8_r", "cp932", "gb18030", "big5", "euc_jp", "cp949",
]  # fmt: skip
#: In short texts charset-normalizer takes these for noise; they are what English text from Windows has beside ASCII.
_PUNCTUATION = "‘’“”–—…•€£™\u00a0".encode("cp1252")
#: What a page may declare; a page that says Latin-1 or ASCII means windows-1252, as in every browser.
_DECLARABLE = {
    **{name: name for name in ("utf-8", "cp1258", "koi8-u", "mac-roman", "mac-cyrillic", "iso2022_jp", *_LIKELY)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    "ascii": "cp1252", "iso8859-1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "koi8-r": "koi8_r", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip


class Unreadable(ValueError):  # noqa: N818 - it names the input's state, as the message does
    """An input that cannot be read; the message is the cause, without the input's name."""


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
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, len(mark), encoding)
    codec = _DECLARABLE.get(_canonical(declared)) if declared else None
    text, damage = _as_utf8(data)
    if codec not in (None, "utf-8") and (damage or data.isascii()):
        with suppress(UnicodeDecodeError):  # declared falsely, of which what follows warns
            return Decoded(data.decode(str(codec)), str(codec))
    if damage:
        return _repair(data, text, damage) or _guess(data, damage)
    doubt = f"declared as {declared}, but its bytes are UTF-8; read as UTF-8" if codec not in (None, "utf-8") else ""
    return Decoded(text, "utf-8", warning=doubt)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares in its first 4,096 bytes; None if it does not."""
    found = _DECLARATION.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def refuse_binary(data: bytes) -> None:
    r"""Raise `Unreadable` if bytes are a picture, an archive or anything else that is not text.

    Examples
    --------
    >>> refuse_binary(b"\x89PNG\r\n")
    Traceback (most recent call last):
    analysis.inputs.decode.Unreadable: binary data (PNG)
    """
    for signature, name in _SIGNATURES:
        if signature.match(data):
            raise Unreadable(f"binary data ({name})")
    if b"\0" in data and not data.startswith(tuple(mark for mark, encoding in _MARKS if encoding != "utf-8")):
        at = data.index(b"\0")
        raise Unreadable(f"binary data, or UTF-16 without its byte order mark (byte {at} is NUL)")


def _decode_marked(data: bytes, skip: int, encoding: str) -> Decoded:
    note = "byte order mark removed"
    if encoding == "utf-8":
        text, damage = _as_utf8(data[skip:])
        return Decoded(text, encoding, note, _broken(data[skip:], text, damage, skip) if damage else "")
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as misfit:
        at = misfit.start + skip
        raise Unreadable(f"damaged {encoding}: byte {at} of {len(data)} does not fit ({misfit.reason})") from misfit
    if "\0" in text:
        raise Unreadable(f"binary data (character {text.index(chr(0))} of the {encoding} is NUL)")
    return Decoded(text, encoding, note)


def _as_utf8(data: bytes) -> tuple[str, UnicodeDecodeError | None]:
    """Decode as UTF-8; with broken characters as U+FFFD and the first damage, if there is any."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as damage:
        return data.decode("utf-8", "replace"), damage


def _repair(data: bytes, text: str, damage: UnicodeDecodeError) -> Decoded | None:
    """Read UTF-8 with a few broken characters; None if the whole ones do not outweigh them."""
    whole = sum(not character.isascii() for character in text) - text.count("\ufffd")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    return Decoded(text, "utf-8", warning=_broken(data, text, damage, 0)) if whole >= broken else None


def _broken(data: bytes, text: str, damage: UnicodeDecodeError, skipped: int) -> str:
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    first = f"the first at byte {damage.start + skipped} (0x{data[damage.start]:02x})"
    return f"damaged UTF-8: broken characters shown as U+FFFD: {broken}, {first}"


def _guess(data: bytes, damage: UnicodeDecodeError) -> Decoded:
    where = f"byte {damage.start} (0x{data[damage.start]:02x}) is not UTF-8"
    if _CONTROL.search(data):
        raise Unreadable(f"binary data ({where}, and there are control characters)")
    guessed = f"{where}; guessed to be"
    if data.translate(None, delete=_PUNCTUATION).isascii():
        return Decoded(data.decode("cp1252"), "cp1252", warning=f"{guessed} cp1252")
    from charset_normalizer import from_bytes  # imported here: few inputs need it

    matches = list(from_bytes(data, cp_isolation=_LIKELY, preemptive_behaviour=False))
    if matches:
        best = matches[0]
        ties = [m for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence]
        # Among equals the commonest: its letters are shared by half of Europe, so a tie is no evidence against it.
        fits = {name for match in ties for name in match.could_be_from_charset}
        encoding = "cp1252" if "cp1252" in fits else best.encoding
        with suppress(UnicodeDecodeError):  # the guess was made on samples of the file
            return Decoded(data.decode(encoding), encoding, warning=f"{guessed} {encoding}")
    raise Unreadable(f"{where}, and no other encoding could be recognised")


def _canonical(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
