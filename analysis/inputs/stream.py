"""The records of one file, one by one: no more of it is in memory than the record at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from analysis.inputs.columns import Columns, read_mapping
from analysis.inputs.encoding import Encoding, find_encoding
from analysis.inputs.expand import Content
from analysis.inputs.files import opened
from analysis.inputs.formats import Record, csv_records
from analysis.inputs.json_records import JsonLinesError, json_records, jsonl_records
from analysis.inputs.kinds import HEAD, RECORDS, Kind, format_of, packing_of
from analysis.inputs.lines import Lines
from analysis.inputs.parquet import parquet_records
from analysis.inputs.trouble import Unreadable

#: A record has more than its text, and JSON may write a character in twelve.
_RECORD_TO_ARTICLE = 8


class Limits(NamedTuple):
    """The most that is read: bytes of an article's text, bytes of a file of records (packed and not), and records."""

    article: int = 5_000_000
    file: int = 500_000_000
    records: int = 1_000_000


#: For what is held in memory as a whole.
LIMITS = Limits()
#: For what is read as a stream.
STREAMED = Limits(file=1_000_000_000_000, records=1_000_000_000)


@dataclass
class Stream:
    """The records of one file, of a format in `kinds.RECORDS`.

    Iterating gives each `Record` in the order of the file. What is wrong with one record is its problem; what is wrong
    with the file raises `Unreadable` where it is found, after the records before it. `encoding` is known from the
    first record on; Parquet has none.
    """

    path: Path
    kind: Kind
    limits: Limits = LIMITS
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: Encoding | None = None
    warnings: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Record]:
        """Read the file; of more records than the limit, the first."""
        self.warnings = [self.kind.warning] * bool(self.kind.warning)
        records = self._parquet() if self.kind.format == "parquet" else self._text(self.kind.format)
        number = 0
        for record in islice(records, self.limits.records):
            number += 1
            yield record
        if not number:
            raise Unreadable(f"0 records; 1 to {self.limits.records:,} are read")
        if number == self.limits.records and next(records, None):
            raise Unreadable(f"more than {number:,} records; at most {number:,} are read")

    def _parquet(self) -> Iterator[Record]:
        return parquet_records(self.path, self.limits.file, Columns(self.mapping))

    def _text(self, form: str) -> Iterator[Record]:
        content = Content(self.path, self.limits.file, self.kind.packed)
        found = self.encoding = find_encoding(content.pieces)
        longest = self.limits.article * _RECORD_TO_ARTICLE
        # Every line end of csv is kept as it is; a line of JSON ends in a line feed and in nothing else.
        newline = "" if form == "csv" else "\n"

        def text() -> TextIO:
            return content.text(found.name, found.errors, skip=found.skip, newline=newline)

        if form == "csv":
            yield from csv_records(lambda: Lines(text(), longest), Columns(self.mapping))
        elif form == "jsonl":
            yield from jsonl_records(Lines(text(), longest), Columns(self.mapping, keys=True))
        else:
            try:
                pieces = content.decoded(found.name, found.errors, skip=found.skip)
                yield from json_records(pieces, longest, Columns(self.mapping, keys=True))
            except JsonLinesError:
                self.warnings.append("called .json, but it holds JSON Lines and was read as that")
                yield from jsonl_records(Lines(text(), longest), Columns(self.mapping, keys=True))


def iter_records(
    path: Path, columns: str | Mapping[str, str] | None = None, limits: Limits = STREAMED
) -> Iterator[Record]:
    """Read the records of a file of any size one by one.

    Parameters
    ----------
    path : Path
        A file of csv, jsonl, json or Parquet; all but the last may be packed as gz or zst.
    columns : str or mapping, optional
        Which columns are to be taken for what: "text=body, outlet=source".
    limits : Limits

    Yields
    ------
    Record
        With its number and line, as it is written, its fields, and what is wrong with it.

    Raises
    ------
    Unreadable
        The file is none of these, cannot be read on, or goes beyond the limits.
    """
    kind = kind_of(path, limits.file)
    if kind.format not in RECORDS:
        raise Unreadable(f"one article, not records; records are in {', '.join(RECORDS)}")
    return iter(Stream(path, kind, limits, read_mapping(columns)))


def kind_of(path: Path, limit: int = STREAMED.file) -> Kind:
    """Find what a file is to be read as, by its first bytes and its name.

    Raises
    ------
    Unreadable
        It is no regular file, or nothing that is read here.
    """
    with opened(path, max(limit, 0)) as file:
        head = file.read(HEAD)
    packed = packing_of(head)
    if packed:
        head = Content(path, limit, packed).head(HEAD)
    return format_of(path.name, head, packed)
