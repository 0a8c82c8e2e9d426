r"""What a file holds: by its first bytes where they tell, else by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from analysis.inputs.trouble import Unreadable

ACCEPTED = (
    "accepted are txt, md, html, htm, docx, csv, tsv, json, jsonl, ndjson and parquet, "
    "and those of text with .gz or .zst behind"
)
#: What is one file for one article, and what is a file of records.
WHOLE = ("text", "html", "docx")
RECORDS = ("csv", "jsonl", "json", "parquet")
#: Bytes that tell what a file holds.
HEAD = 4096
_FORMATS = {
    ".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".docx": "docx", ".csv": "csv", ".tsv": "csv",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_COMPRESSED = {".gz": "gzip", ".zst": "Zstandard"}
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
        (rb"PK(?:\x03\x04|\x05\x06)", "ZIP archive"),
        (rb"PAR1", "Parquet"),
        (rb"\xd0\xcf\x11\xe0", "old office document such as doc, or a locked one"),
        (rb"\x1f\x8b", "gzip"),
        (rb"BZh[1-9]1AY", "bzip2"),
        (rb"\xfd7zXZ", "xz"),
        (rb"\x28\xb5\x2f\xfd", "Zstandard"),
        (rb"SQLite format 3", "SQLite"),
        (rb".{4}ftyp", "MP4"),
    )
)
_MARK = rb"(?:\xef\xbb\xbf)?\s{0,99}"
_PAGE = re.compile(_MARK + rb"(?:<\?xml[^>]{0,99}>\s{0,99})?<(?:!doctype html|html)\b", re.IGNORECASE)
_ARRAY = re.compile(_MARK + rb"\[\s{0,99}(?:\{|\Z)")
_OBJECT = re.compile(_MARK + rb'\{\s{0,99}"')
#: How a warning names what a file turned out to be.
_NAMED = {
    "html": "an HTML page", "docx": "a docx document", "json": "a JSON array", "jsonl": "JSON Lines",
    "parquet": "Parquet",
}  # fmt: skip


class Kind(NamedTuple):
    """What to read a file as, what it is packed with, and a warning if its name says otherwise."""

    format: str
    packed: str = ""
    warning: str = ""


def signature(data: bytes) -> str:
    r"""Return what the first bytes give away, such as PNG; empty for text.

    Examples
    --------
    >>> signature(b"%PDF-1.7"), signature(b"A text")
    ('PDF', '')
    """
    return next((name for pattern, name in _SIGNATURES if pattern.match(data)), "")


def refuse_binary(data: bytes) -> None:
    r"""Raise `Unreadable` if bytes are a picture, an archive or anything else that has a signature and is not text.

    Examples
    --------
    >>> refuse_binary(b"\x89PNG\r\n")
    Traceback (most recent call last):
    analysis.inputs.trouble.Unreadable: binary data (PNG)
    """
    if name := signature(data):
        raise Unreadable(f"binary data ({name})")


def packing_of(head: bytes) -> str:
    """Return what a file is packed with: gzip, Zstandard or nothing."""
    return name if (name := signature(head)) in _COMPRESSED.values() else ""


def name_within(name: str) -> str:
    """Return the name of what is in a file: without a suffix that tells of the packing, be it true or not.

    Examples
    --------
    >>> name_within("news.jsonl.gz"), name_within("news.jsonl")
    ('news.jsonl', 'news.jsonl')
    """
    path = PurePath(name)
    return path.stem if path.suffix.lower() in _COMPRESSED else name


def format_of(name: str, head: bytes, packed: str = "") -> Kind:
    """Return what to read a file as, judged by its first bytes as they are unpacked and by its name.

    A file that cannot be read as its name says, but beyond doubt as something else that is read here, is read as
    that, with a warning.

    Parameters
    ----------
    name : str
        The file's name, with all its suffixes.
    head : bytes
        At least `HEAD` bytes, or all there are.
    packed : str
        What the file is packed with, of `packing_of`.

    Raises
    ------
    Unreadable
        It is binary and nothing that is read here, or its name ends in none of the accepted suffixes.
    """
    within = name_within(name)
    suffix = PurePath(within).suffix
    named = _FORMATS.get(suffix.lower())
    found = signature(head)
    if named is None:
        if packed and not suffix:
            raise Unreadable(f"its name does not say what is packed in it, as NAME.jsonl.gz would; {ACCEPTED}")
        refuse_binary(b"" if found in ("ZIP archive", "Parquet") and not packed else head)
        what = f"a {suffix} file" if suffix else "no suffix"
        raise Unreadable(f"{what}; {ACCEPTED}")
    held = _held(named, head, found)
    if packed and held in ("docx", "parquet"):
        raise Unreadable(f"{_NAMED[held]} packed with {packed}; unpack it first, since it is packed by itself")
    doubt = f"called {suffix}, but it holds {_NAMED[held]} and was read as one" if held != named else ""
    return Kind(held, packed, doubt.replace("was read as one", "was read as that") if held in RECORDS else doubt)


def _held(named: str, head: bytes, found: str) -> str:
    if found == "ZIP archive":
        return "docx"  # any other archive is named once its list of files has been read
    if found == "Parquet":
        return "parquet"
    refuse_binary(head)
    if _PAGE.match(head):
        return "html"
    if named == "docx":
        raise Unreadable("no docx document: it is no ZIP archive, or has lost its beginning")
    if named == "parquet":
        raise Unreadable("no Parquet: it does not begin with PAR1")
    if named == "jsonl" and _ARRAY.match(head):
        return "json"
    return "jsonl" if named == "csv" and _OBJECT.match(head) else named
