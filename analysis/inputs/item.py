"""One input, read: its text and fields, or why it has none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.inputs.decode import Decoded, Unreadable, declared_encoding, decode
from analysis.inputs.files import Found, printable, read_bytes, relative
from analysis.inputs.formats import Record, format_of, read_csv, read_jsonl
from analysis.inputs.html import read_html

MAX_ARTICLE_BYTES = 5_000_000
#: Of a csv or jsonl file.
MAX_FILE_BYTES = 500_000_000
MAX_RECORDS = 1_000_000


@dataclass
class Input:
    """A file, or a record of one; with a `cause` it is rejected."""

    file: Path
    path: str
    cause: str = ""
    record: int | None = None
    encoding: str | None = None
    sha256: str | None = None
    #: The file's stem or the record's id; article_id is the same, made unique.
    name: str = ""
    article_id: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Return analysed, warned or rejected."""
        return "rejected" if self.cause else "warned" if self.warnings else "analysed"

    @property
    def reason(self) -> str | None:
        """Return all that is to be said about it; None if nothing."""
        return self.cause or "; ".join([*self.warnings, *self.notes]) or None


def read_input(found: Found) -> Iterator[Input]:
    """Read one file; what is in it comes as one input, or as one for each of its records.

    Yields
    ------
    Input
        In the order of the file; what cannot be read has a cause, and nothing is raised.
    """
    whole = Input(found.path, relative(found.path), found.problem, name=printable(found.path.stem))
    if found.problem:
        yield whole
        return
    try:
        suffix = found.path.suffix.lower()
        data = read_bytes(found.path, MAX_FILE_BYTES if suffix in (".csv", ".jsonl") else MAX_ARTICLE_BYTES)
        whole.sha256 = hashlib.sha256(data).hexdigest()
        kind = format_of(found.path.name, data)
        decoded = decode(data, declared_encoding(data) if kind == "html" else None)
        whole.encoding = decoded.encoding
        if kind in ("csv", "jsonl"):
            records = read_csv(decoded.text) if kind == "csv" else read_jsonl(decoded.text)
            if not 0 < len(records) <= MAX_RECORDS:
                raise Unreadable(f"{len(records):,} records; 1 to {MAX_RECORDS:,} are read")
            yield from (_record(whole, decoded, record) for record in records)
            return
        _fill(whole, decoded, kind)
    except Unreadable as problem:
        whole.cause = str(problem)
    yield whole


def _fill(whole: Input, decoded: Decoded, kind: str) -> None:
    whole.notes += [decoded.note] * bool(decoded.note)
    whole.warnings += [decoded.warning] * bool(decoded.warning)
    whole.fields = {"text": decoded.text}
    if not decoded.text.strip():
        raise Unreadable(f"no text: the file {'holds nothing but white space' if decoded.text else 'is empty'}")
    if kind == "html":
        page = read_html(decoded.text)
        whole.fields = {"text": page.text} | ({"title": page.title} if page.title else {})
        whole.notes.append(page.note)
        if not whole.file.suffix.lower().startswith(".htm"):
            whole.warnings.append(f"called {whole.file.suffix}, but it holds an HTML page and was read as one")
        whole.warnings += [page.warning] * bool(page.warning)


def _record(whole: Input, decoded: Decoded, record: Record) -> Input:
    text = record.fields.get("text", "")
    size = len(text.encode())
    problem = record.problem
    if not problem and not text.strip():
        problem = "its text is empty" if not text else "its text is nothing but white space"
    if not problem and size > MAX_ARTICLE_BYTES:
        problem = f"its text has {size:,} bytes; at most {MAX_ARTICLE_BYTES:,} are read"
    warnings = [decoded.warning] if decoded.warning else []
    if record.warning:
        warnings.append(f"{record.warning}: line {record.line}")
    given = record.fields.get("article_id", "")
    return Input(
        whole.file,
        whole.path,
        cause=f"{problem}: line {record.line}" if problem else "",
        record=record.number,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(record.raw.encode("utf-8", "surrogatepass")).hexdigest(),
        name=given if given.strip() else f"{whole.name}:{record.number}",
        fields=record.fields,
        warnings=warnings,
        notes=[decoded.note] if decoded.note else [],
    )
