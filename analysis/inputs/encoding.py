"""Which encoding bytes are in, on what evidence, and where they are damaged; read a piece at a time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from analysis.inputs.trouble import Unreadable

_MARKS = (  # the longer marks first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_REPLACED = "\ufffd".encode()
#: What charset-normalizer may choose from: the encodings in which plain text still turns up.
LIKELY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "koi8_r", "cp932", "gb18030", "big5", "euc_jp", "cp949",
]  # fmt: skip
#: In short texts charset-normalizer takes these for noise; they are what English text from Windows has beside ASCII.
_PUNCTUATION = "‘’“”–—…•€£™\u00a0".encode("cp1252")
#: Of a long file, the bytes from its first damage on that a guess is made from.
_SAMPLE = 5_000_000

#: Gives the bytes of an input from its start, as often as it is called.
Pieces = Callable[[], Iterable[bytes]]


class Encoding(NamedTuple):
    """An encoding, how many bytes of a mark go before the text, and what has to be said about it."""

    name: str
    skip: int = 0
    note: str = ""
    warning: str = ""

    @property
    def errors(self) -> str:
        """Return how to decode: broken characters of UTF-8 are shown, which the warning says; others have none."""
        return "replace" if self.name == "utf-8" else "strict"


class Damage(NamedTuple):
    """The first byte that is not UTF-8, and how many characters of more than one byte are broken and whole."""

    at: int
    byte: int
    broken: int
    whole: int


def find_encoding(pieces: Pieces) -> Encoding:
    """Find the encoding of an input by its mark, as UTF-8, as UTF-8 with damage, or by a guess that is stated.

    It is read in pieces, so that an input of any length takes no more memory than a short one. Where the pieces break
    off with `Unreadable`, what came before it counts.

    Raises
    ------
    Unreadable
        The bytes are no text, or in no encoding that could be recognised.
    """
    head = _first_bytes(pieces, 4)
    mark, name = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", "utf-8"))
    if name != "utf-8":
        _check_wide(pieces, len(mark), name)
        return Encoding(name, len(mark), "byte order mark removed")
    damage = find_damage(pieces, len(mark))
    note = "byte order mark removed" if mark else ""
    if damage and (mark or damage.whole >= damage.broken):
        first = f"the first at byte {damage.at} (0x{damage.byte:02x})"
        broken = f"damaged UTF-8: broken characters shown as U+FFFD: {damage.broken}, {first}"
        return Encoding("utf-8", len(mark), note, broken)
    return _guess(pieces, damage) if damage else Encoding("utf-8", len(mark), note)


def find_damage(pieces: Pieces, skip: int = 0) -> Damage | None:
    """Find what is not UTF-8 in an input; None if all of it is.

    Raises
    ------
    Unreadable
        There is a NUL in it.
    """
    first: tuple[int, int] | None = None
    at, broken, whole, left = skip, 0, 0, b""
    for piece, last in _with_end(pieces, skip):
        if b"\0" in piece:
            place = at + len(left) + piece.index(b"\0")
            raise Unreadable(f"binary data, or UTF-16 without its byte order mark (byte {place} is NUL)")
        data = left + piece
        try:
            text, used = codecs.utf_8_decode(data, "strict", last)
        except UnicodeDecodeError as error:
            first = first or (at + error.start, data[error.start])
            text, used = codecs.utf_8_decode(data, "replace", last)
        if not text.isascii():
            shown = text.count("\ufffd")
            whole += len(text) - len(text.encode("ascii", "ignore")) - shown
            broken += shown - data[:used].count(_REPLACED)
        at, left = at + used, data[used:]
    return Damage(*first, broken, whole) if first else None


def marked(data: bytes) -> bool:
    """Whether bytes begin with a byte order mark."""
    return data.startswith(tuple(mark for mark, _ in _MARKS))


def _first_bytes(pieces: Pieces, count: int) -> bytes:
    head = b""
    with suppress(Unreadable):  # the input breaks off early: what there is of it counts
        for piece in pieces():
            head += piece[:count]
            if len(head) >= count:
                break
    return head[:count]


def _with_end(pieces: Pieces, skip: int) -> Iterable[tuple[bytes, bool]]:
    """Yield the pieces without the first `skip` bytes, and at the very end, if it is one, an empty last piece."""
    try:
        for piece in pieces():
            yield piece[skip:], False
            skip = max(0, skip - len(piece))
    except Unreadable:  # the input is cut off here; whoever reads it on will say so
        return
    yield b"", True


def _check_wide(pieces: Pieces, skip: int, name: str) -> None:
    """Raise if UTF-16 or UTF-32 is damaged or has NUL characters."""
    decoder = codecs.getincrementaldecoder(name)()
    read, characters = skip, 0
    for piece, last in _with_end(pieces, skip):
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, last)
        except UnicodeDecodeError as misfit:
            at = read - held + misfit.start
            size = sum(len(piece) for piece in pieces())
            raise Unreadable(f"damaged {name}: byte {at} of {size} does not fit ({misfit.reason})") from misfit
        if "\0" in text:
            at = characters + text.index("\0")
            raise Unreadable(f"binary data (character {at} of the {name} is NUL)")
        read, characters = read + len(piece), characters + len(text)


def _guess(pieces: Pieces, damage: Damage) -> Encoding:
    where = f"byte {damage.at} (0x{damage.byte:02x}) is not UTF-8"
    plain, sample, at = True, bytearray(), 0
    for piece, _ in _with_end(pieces, 0):
        if _CONTROL.search(piece):
            raise Unreadable(f"binary data ({where}, and there are control characters)")
        plain = plain and piece.translate(None, delete=_PUNCTUATION).isascii()
        at += len(piece)
        if at > damage.at and len(sample) < _SAMPLE:
            sample += piece
    if plain:
        return Encoding("cp1252", warning=f"{where}; guessed to be cp1252")
    from charset_normalizer import from_bytes  # imported here: few inputs need it

    matches = list(from_bytes(bytes(sample), cp_isolation=LIKELY, preemptive_behaviour=False))
    if matches:
        best = matches[0]
        ties = [m for m in matches if m.chaos <= best.chaos and m.coherence >= best.coherence]
        # Among equals the commonest: its letters are shared by half of Europe, so a tie is no evidence against it.
        fits = {name for match in ties for name in match.could_be_from_charset}
        name = "cp1252" if "cp1252" in fits else best.encoding
        if _fits(pieces, name):  # the guess was made on samples of the file
            return Encoding(name, warning=f"{where}; guessed to be {name}")
    raise Unreadable(f"{where}, and no other encoding could be recognised")


def _fits(pieces: Pieces, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for piece, last in _with_end(pieces, 0):
            decoder.decode(piece, last)
    except UnicodeDecodeError:
        return False
    return True
