"""How much the pages of a Parquet file unpack to, read from the pages themselves: its metadata may say anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from analysis.inputs.trouble import Unreadable

#: One page is unpacked as a whole.
MAX_PAGE_BYTES = 256_000_000
#: Bytes of a page header that are read at first, and at most.
_HEADER, _LONGEST_HEADER = 1 << 10, 1 << 24
_DEEP = 16
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 11, 12


class DamagedPageError(ValueError):
    """There is no page where there should be one."""


def unpacked_size(file: BinaryIO, group: Any, wanted: Mapping[str, str]) -> int:
    """Add up what the pages of some columns of a row group unpack to, unpacking nothing.

    A library makes room for as much as a header announces before it unpacks, so this is looked at first.

    Parameters
    ----------
    file : BinaryIO
        The Parquet file.
    group : pyarrow.parquet.RowGroupMetaData
    wanted : mapping
        The columns that are to be read, by name.

    Returns
    -------
    int
        In bytes. Strings that many rows share count once.

    Raises
    ------
    Unreadable
        A single page would unpack to more than is read.
    DamagedPageError
        A header is none.
    """
    unpacked = 0
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema in wanted or column.path_in_schema.split(".")[0] in wanted:
            starts = [column.data_page_offset, column.dictionary_page_offset or column.data_page_offset]
            at, end = min(starts), min(starts) + column.total_compressed_size
            while at < end:
                length, page, packed = _page_header(file, at)
                if page > MAX_PAGE_BYTES:
                    raise Unreadable(f"a page that unpacks to {page:,} bytes; at most {MAX_PAGE_BYTES:,} are read")
                unpacked += page
                at += length + packed
    return unpacked


def _page_header(file: BinaryIO, at: int) -> tuple[int, int, int]:
    """Read a page header: its own length, and the page's size unpacked and packed."""
    size = _HEADER
    while True:
        file.seek(max(0, at))
        data = file.read(size)
        reader = Compact(data)
        try:
            fields = reader.struct()
        except (IndexError, KeyError, RecursionError):
            fields = {}
            if len(data) == size < _LONGEST_HEADER:  # statistics may be as long as a text
                size *= 4
                continue
        unpacked, packed = fields.get(2, -1), fields.get(3, -1)
        if unpacked < 0 or packed < 0:
            raise DamagedPageError(f"no page at byte {at:,}")
        return reader.at, unpacked, packed


class Compact:
    """Thrift's compact protocol, as far as a page header needs it: the integers of a struct, the rest passed over."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int = 0) -> dict[int, int]:
        """Read a struct: field number to value, of those fields that are integers."""
        if depth > _DEEP:
            raise RecursionError
        fields: dict[int, int] = {}
        number = 0
        while (head := self._byte()) & 15 != _STOP:
            number = number + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            if kind in (_TRUE, _FALSE):
                continue
            value = self._value(kind, depth)
            if value is not None:
                fields[number] = value
        return fields

    def _value(self, kind: int, depth: int) -> int | None:
        if _BYTE < kind < _DOUBLE:
            return self._integer()
        if kind == _STRUCT:
            self.struct(depth + 1)
        elif kind in (_LIST, _SET):
            head = self._byte()
            for _ in range(head >> 4 if head >> 4 < 15 else self._unsigned()):
                self._element(head & 15, depth)
        elif kind == _MAP:
            count = self._unsigned()
            kinds = self._byte() if count else 0
            for _ in range(count):
                self._element(kinds >> 4, depth)
                self._element(kinds & 15, depth)
        else:
            self._pass({_BYTE: 1, _DOUBLE: 8}[kind] if kind != _BINARY else self._unsigned())
        return None

    def _element(self, kind: int, depth: int) -> None:
        if kind in (_TRUE, _FALSE):
            self._pass(1)
        else:
            self._value(kind, depth + 1)

    def _pass(self, count: int) -> None:
        self.at += count
        if self.at > len(self._data):
            raise IndexError

    def _byte(self) -> int:
        self._pass(1)
        return self._data[self.at - 1]

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise IndexError

    def _integer(self) -> int:
        """Read a zigzag integer."""
        value = self._unsigned()
        return (value >> 1) ^ -(value & 1)
