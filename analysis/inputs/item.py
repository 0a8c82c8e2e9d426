"""One input, read: its text and fields, or why it has none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from analysis.inputs.decode import declared_encoding, decode
from analysis.inputs.docx import read_docx
from analysis.inputs.expand import Content
from analysis.inputs.files import Found, changed, printable, refuse_larger, relative, state_of
from analysis.inputs.formats import Record
from analysis.inputs.hidden import hidden_characters
from analysis.inputs.html import read_html
from analysis.inputs.kinds import RECORDS, Kind, name_within
from analysis.inputs.stream import LIMITS, Limits, Stream, kind_of
from analysis.inputs.trouble import Unreadable

#: Of many light inputs, none has a list or a mapping of its own before there is something to put in.
_NONE: dict[str, str] = {}
_NOTHING: list[str] = []
_CHANGED = "changed while it was read; the same command again reads it as it is then"
#: A docx document of one article may hold its pictures.
_PICTURES = 20


@dataclass(slots=True)
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
    #: What a sidecar says of it, which goes before its own fields.
    said: dict[str, str] = field(default_factory=dict)
    #: The SHA-256 of its text.
    digest: bytes = b""

    @property
    def status(self) -> str:
        """Return analysed, warned or rejected."""
        return "rejected" if self.cause else "warned" if self.warnings else "analysed"

    @property
    def reason(self) -> str | None:
        """Return all that is to be said about it; None if nothing."""
        return self.cause or "; ".join([*self.warnings, *self.notes]) or None

    def light(self) -> Input:
        """Return what it is named by, without its content, and without what is said of it so far."""
        return Input(
            self.file, self.path, record=self.record, name=self.name, fields=_NONE, warnings=_NOTHING,
            notes=_NOTHING, said=_NONE, digest=self.digest,
        )  # fmt: skip

    def complete(self, light: Input) -> None:
        """Take over what was found out about its light self when all inputs were read."""
        self.article_id, self.said = light.article_id, light.said
        self.warnings = [*self.warnings, *light.warnings]


def read_input(found: Found, mapping: Mapping[str, str] | None = None, limits: Limits = LIMITS) -> Iterator[Input]:
    """Read one file; what is in it comes as one input, or as one for each of its records.

    Records come one by one: nothing of a file of records is held but the one at hand.

    Parameters
    ----------
    found : Found
    mapping : mapping of str to str, optional
        Which columns are to be taken for what, of `read_mapping`.
    limits : Limits

    Yields
    ------
    Input
        In the order of the file; what cannot be read has a cause, and nothing is raised. Where a file of records
        cannot be read on, a last input says why.
    """
    whole = Input(found.path, relative(found.path), found.problem, name=printable(found.path.stem))
    if found.problem:
        yield whole
        return
    try:
        before = state_of(found.path)
        kind = kind_of(found.path, limits.file)
        whole.name = printable(Path(name_within(found.path.name)).stem)
        if kind.format in RECORDS:
            stream = Stream(found.path, kind, limits, mapping or {})
            for record in stream:
                yield _record(whole, stream, record)
            if changed(found.path, before):
                raise Unreadable(_CHANGED)
            return
        _fill(whole, kind, limits)
        if changed(found.path, before):
            raise Unreadable(_CHANGED)
    except UnicodeDecodeError:  # in an encoding in which all of it was a moment ago
        if not changed(found.path, before):
            raise
        whole.cause = _CHANGED
    except Unreadable as problem:
        whole.cause = str(problem)
        if whole.sha256 is None:
            whole.sha256 = _hash(found.path, limits)
    yield whole


def _hash(path: Path, limits: Limits) -> str | None:
    """Hash a file that is rejected; None if it cannot be read at all."""
    digest = hashlib.sha256()
    with suppress(Unreadable):
        for piece in Content(path, limits.file).pieces():
            digest.update(piece)
        return digest.hexdigest()
    return None


def _fill(whole: Input, kind: Kind, limits: Limits) -> None:
    data = Content(whole.file, limits.article * (_PICTURES if kind.format == "docx" else 1), kind.packed).whole()
    whole.sha256 = hashlib.sha256(data).hexdigest()
    whole.warnings += [kind.warning] * bool(kind.warning)
    if kind.format == "docx":
        document = read_docx(data)
        stated = {"title": document.title, "author": document.author, "created": document.created}
        whole.fields = {"text": document.text} | {name: value for name, value in stated.items() if value}
        whole.notes += [document.note] * bool(document.note)
        if not document.text:
            raise Unreadable("no text: the document has neither paragraphs nor tables with text")
    else:
        decoded = decode(data, declared_encoding(data) if kind.format == "html" else None)
        whole.encoding = decoded.encoding
        whole.notes += [decoded.note] * bool(decoded.note)
        whole.warnings += [decoded.warning] * bool(decoded.warning)
        whole.fields = {"text": decoded.text}
        if not decoded.text.strip():
            raise Unreadable(f"no text: the file {'holds nothing but white space' if decoded.text else 'is empty'}")
        if kind.format == "html":
            page = read_html(decoded.text)
            whole.fields = {"text": page.text} | ({"title": page.title} if page.title else {})
            whole.notes.append(page.note)
            whole.warnings += [page.warning] * bool(page.warning)
    refuse_larger(len(whole.fields["text"].encode()), limits.article)
    hidden = hidden_characters(whole.fields["text"])
    whole.warnings += [hidden] * bool(hidden)


def _record(whole: Input, stream: Stream, record: Record) -> Input:
    text = record.fields.get("text", "")
    problem = record.problem
    if not problem and not text.strip():
        problem = "its text is empty" if not text else "its text is nothing but white space"
    most = stream.limits.article
    if not problem and 4 * len(text) > most and (size := len(text.encode())) > most:
        problem = f"its text has {size:,} bytes; at most {most:,} are read"
    read_in = stream.encoding
    warnings = [*stream.warnings, *([read_in.warning] if read_in and read_in.warning else [])]
    for warning in (record.warning, "" if problem else hidden_characters(text)):
        if warning:
            warnings.append(f"{warning}: {record.place}")
    notes = [note for note in (read_in.note if read_in else "", record.note) if note]
    given = record.fields.get("article_id", "")
    return Input(
        whole.file,
        whole.path,
        cause=f"{problem}: {record.place}" if problem else "",
        record=record.number,
        encoding=read_in.name if read_in else None,
        sha256=hashlib.sha256(record.raw.encode("utf-8", "surrogatepass")).hexdigest(),
        name=given if given.strip() else f"{whole.name}:{record.number}",
        fields=record.fields,
        warnings=warnings,
        notes=notes,
    )
