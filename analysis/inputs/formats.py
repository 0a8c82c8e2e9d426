"""What a file holds: one text (txt, md, html), or records with a text and its metadata each (csv, jsonl)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, NamedTuple

from analysis.inputs.decode import Unreadable

ACCEPTED = "accepted are txt, md, html, htm, csv and jsonl"
#: Input columns that mean something here; `id` is another name for article_id. All others are kept as they are.
METADATA = ("title", "outlet", "label", "author", "published", "url")
_FORMATS = {".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".csv": "csv", ".jsonl": "jsonl"}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,99}>\s{0,99})?<(?:!doctype html|html)\b", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(NamedTuple):
    """A record: its number and line, counted from 1, its fields as written, or the problem that it has."""

    number: int
    line: int
    raw: str
    fields: dict[str, str]
    problem: str = ""
    warning: str = ""


def format_of(name: str, data: bytes) -> str:
    """Return what to read a file as: text, html, csv or jsonl; a page that is called .txt or .md is still html.

    Raises
    ------
    Unreadable
        The name ends in none of the accepted suffixes.
    """
    suffix = PurePath(name).suffix
    kind = _FORMATS.get(suffix.lower())
    if kind is None:
        raise Unreadable(f"{f'a {suffix} file' if suffix else 'no suffix'}; {ACCEPTED}")
    return "html" if kind == "text" and _PAGE.match(data) else kind


@contextmanager
def fields_as_long_as(source: str) -> Iterator[None]:
    """Let the csv module read a source whose fields may be as long as an article."""
    previous = csv.field_size_limit(len(source) + 1)
    try:
        yield
    finally:
        csv.field_size_limit(previous)


def read_csv(source: str, needs: str = "text") -> list[Record]:
    r"""Read the records of a CSV file whose separator is a comma, semicolon or tab; cells exactly as written.

    Parameters
    ----------
    source : str
        With a header line.
    needs : str
        The column that must be there.

    Returns
    -------
    list of Record
        In order; a record that cannot be read has a problem, and reading goes on with the next line.

    Raises
    ------
    Unreadable
        There is no such column, or a column stands twice.

    Examples
    --------
    >>> read_csv("id;text\n007;NA\n")[0].fields
    {'article_id': '007', 'text': 'NA'}
    """
    with fields_as_long_as(source):
        separator = next((mark for mark in ",;\t" if needs in _column_names(_header(source, mark))), None)
        if separator is None:
            raise Unreadable(f"no column {needs!r}; its first line names {listed(_header(source, ','))}")
        rows = list(_csv_rows(source, separator))
    names = _column_names(rows[0][1])
    doubled = [name for name in names if name and names.count(name) > 1]
    if doubled:
        raise Unreadable(f"the column {doubled[0]!r} stands twice; its first line names {listed(rows[0][1])}")
    records = []
    for number, (line, cells, problem) in enumerate(rows[1:], 1):
        if not problem and len(cells) != len(names):
            problem = f"{len(cells)} cells where the first line has {len(names)}"
        fields = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        records.append(Record(number, line, json.dumps(cells), fields, problem))
    return records


def read_jsonl(source: str) -> list[Record]:
    r"""Read the records of a JSON Lines file: one object in each line; strings exactly as they are.

    Other values are kept as their JSON; null and NaN are missing. A lone surrogate, which is no character,
    is replaced by U+FFFD with a warning, so that every position stays what it was.

    Returns
    -------
    list of Record
        In order; a line that cannot be read has a problem, and reading goes on with the next. Blank lines are none.

    Examples
    --------
    >>> [record.fields or record.problem for record in read_jsonl('{"id": 7, "text": "a"}\n[1]\n')]
    [{'article_id': '7', 'text': 'a'}, "a JSON list where an object with the key 'text' was expected"]
    """
    lines = ((line, raw) for line, raw in enumerate(source.split("\n"), 1) if raw.strip())
    return [_json_record(number, line, raw) for number, (line, raw) in enumerate(lines, 1)]


def listed(names: Iterable[str], at_most: int = 12) -> str:
    """Write out names for a message, the first few of many."""
    quoted = [repr(name[:60]) for name in names]
    more = f" and {len(quoted) - at_most} more" if len(quoted) > at_most else ""
    return f"[{', '.join(quoted[:at_most])}]{more}"


def _json_record(number: int, line: int, raw: str) -> Record:
    try:
        fields = _json_fields(json.loads(raw, parse_constant=lambda _: None, object_pairs_hook=_unique))
    except json.JSONDecodeError as error:
        return Record(number, line, raw, {}, f"not JSON ({error.msg} at character {error.pos})")
    except RecursionError:
        return Record(number, line, raw, {}, "JSON nested too deeply")
    except Unreadable as problem:
        return Record(number, line, raw, {}, str(problem))
    except ValueError:  # the one thing Python's reader has against valid JSON
        return Record(number, line, raw, {}, "a number with more digits than can be read")
    lone = _SURROGATE.search(fields["text"])
    warning = f"lone surrogates shown as U+FFFD, the first at character {lone.start()}" if lone else ""
    return Record(number, line, raw, {_whole(name): _whole(text) for name, text in fields.items()}, "", warning)


def _json_fields(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Unreadable(f"a JSON {_json_type(value)} where an object with the key 'text' was expected")
    named = list(zip(_column_names(value), value.values(), strict=True))
    texts = [given for name, given in named if name == "text"]
    if len(texts) != 1:
        raise Unreadable(f"{len(texts) or 'no'} key{'s' * bool(texts)} 'text'; its keys are {listed(value)}")
    if not isinstance(texts[0], str):
        raise Unreadable(f"its 'text' is a JSON {_json_type(texts[0])}, not a string")
    return {name: _as_text(given) for name, given in named if name and given is not None}


def _json_type(value: Any) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise Unreadable("a key stands twice")
    return value


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _csv_rows(source: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    rows = csv.reader(io.StringIO(source, newline=""), delimiter=separator, strict=True)
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            yield line, [], f"broken quotation marks ({problem})"
        else:
            if cells:
                yield line, cells, ""


def _header(source: str, separator: str) -> list[str]:
    return next((cells for _, cells, _ in _csv_rows(source, separator)), [])


def _column_names(given: Iterable[str]) -> list[str]:
    """Name columns as the tables do: case and spaces aside, and with `id` for article_id unless both are there."""
    known = {"article_id", "id", "text", *METADATA}
    names = [name.strip().lower() if name.strip().lower() in known else name.strip() for name in given]
    return names if "article_id" in names else ["article_id" if name == "id" else name for name in names]
