"""The records of JSON: one object in each line (jsonl), an array of objects, or an object that holds one (json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from analysis.inputs.columns import Columns
from analysis.inputs.formats import Record
from analysis.inputs.json_text import DECODER, TOO_DEEP, TOO_LONG, BrokenJsonError, JsonText, unique
from analysis.inputs.lines import Lines, LongLine
from analysis.inputs.trouble import Unreadable, listed

#: Keys under which an object may hold its array of articles.
HOLDERS = ("articles", "data", "documents", "docs", "hits", "items", "news", "records", "results", "rows", "stories")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAID = "its keys are"


class JsonLinesError(ValueError):
    """What was to be read as one JSON value is several, one after the other."""


def jsonl_records(lines: Lines, columns: Columns) -> Iterator[Record]:
    """Read the records of a JSON Lines file one by one: an object in each line; strings exactly as they are.

    Other values are kept as their JSON; null and NaN are missing. A lone surrogate, which is no character, is
    replaced by U+FFFD with a warning, so that every position stays what it was. A line that cannot be read has a
    problem, and reading goes on with the next; blank lines are none.

    Examples
    --------
    >>> import io
    >>> lines = Lines(io.StringIO('{"id": 7, "text": "a"}\\n[1]\\n'), 100)
    >>> [record.fields or record.problem for record in jsonl_records(lines, Columns(keys=True))]
    [{'article_id': '7', 'text': 'a'}, "a JSON list where an object with the key 'text' was expected"]
    """
    number = line = 0
    while True:
        line += 1
        try:
            raw = next(lines).removesuffix("\n")
        except StopIteration:
            return
        except LongLine as problem:
            number += 1
            yield Record(number, line, "", {}, str(problem))
            continue
        if raw.strip():
            number += 1
            try:
                value = DECODER.decode(raw)
            except json.JSONDecodeError as error:
                yield Record(
                    number, line, raw, {}, f"not JSON ({error.msg.removesuffix(' at')} at character {error.pos})"
                )
            except RecursionError:
                yield Record(number, line, raw, {}, TOO_DEEP)
            except Unreadable as problem:
                yield Record(number, line, raw, {}, str(problem))
            except ValueError:  # the one thing Python's reader has against valid JSON
                yield Record(number, line, raw, {}, TOO_LONG)
            else:
                yield record_of(value, number, line, raw, columns)


def json_records(pieces: Iterator[str], limit: int, columns: Columns) -> Iterator[Record]:
    """Read the records of one JSON value one by one: an array of objects, an object that holds one, or one object.

    The array may stand under one of `HOLDERS`; what else such an object holds is not read. Where the JSON is broken,
    the records before that are kept.

    Parameters
    ----------
    pieces : iterator of str
        The text, in pieces of any length.
    limit : int
        The most characters that a record may have.
    columns : Columns

    Raises
    ------
    JsonLinesError
        Another object follows the first.
    Unreadable
        It is neither.
    """
    text = JsonText(pieces, limit)
    begin = text.peek()
    if begin == "[":
        yield from _array(text, columns)
    elif begin == "{":
        yield from _object(text, columns)
    else:
        found = f"it begins with {begin!r}" if begin else "there is nothing in it"
        raise Unreadable(f"no JSON array of objects, and no object; {found}")
    if rest := text.peek():
        raise Unreadable(f"not JSON ({rest!r} after its end: line {text.line})")


def record_of(value: Any, number: int, line: int, raw: str, columns: Columns) -> Record:
    """Make a record of what a JSON object holds, or of what another value has against being one."""
    if not isinstance(value, dict):
        expected = f"where an object with the key {columns.given.get(columns.needs, columns.needs)!r} was expected"
        return Record(number, line, raw, {}, f"a JSON {_type(value)} {expected}")
    try:
        choice = columns.choose(list(value), _SAID)
    except Unreadable as problem:
        return Record(number, line, raw, {}, str(problem))
    named = dict(zip(choice.targets, value.values(), strict=True))
    text = named[columns.needs]
    if not isinstance(text, str):
        return Record(number, line, raw, {}, f"its {columns.needs!r} is a JSON {_type(text)}, not a string")
    fields = {name: as_text(given) for name, given in named.items() if name and given is not None}
    fields = {_whole(name): _whole(field) for name, field in fields.items()}
    lone = _SURROGATE.search(text) if fields[columns.needs] != text else None
    warning = f"lone surrogates shown as U+FFFD, the first at character {lone.start()}" if lone else ""
    return Record(number, line, raw, fields, "", warning, choice.note)


def as_text(value: Any) -> str:
    """Write a value as a cell: a string as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _array(text: JsonText, columns: Columns) -> Iterator[Record]:
    text.take("[")
    number = 0
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        number += 1
        text.peek()
        line = text.line
        try:
            value, raw, problem = text.value()
            yield Record(number, line, raw, {}, problem) if problem else record_of(value, number, line, raw, columns)
            line = text.line
            if text.take(",", "]") == "]":
                return
        except BrokenJsonError as trouble:
            raise Unreadable(f"{trouble}: line {line}") from trouble


def _object(text: JsonText, columns: Columns) -> Iterator[Record]:
    """Read an object that holds an array of records, or is one record."""
    line, held = text.line, ""
    pairs: list[tuple[str, Any]] = []
    text.take("{")
    while text.peek() != "}":
        key, _, _ = text.value()
        text.take(":")
        text.peek()
        if str(key).lower() in HOLDERS and text.holds_objects():
            if held:
                raise Unreadable(f"arrays of records under {held!r} and {key!r}; only the first was read")
            held = str(key)
            yield from _array(text, columns)
        else:
            value, _, _ = text.value()
            pairs.append((str(key), value))
        if text.take(",", "}") == "}":
            break
    else:
        text.take("}")
    if held:
        return
    if text.peek() == "{":
        raise JsonLinesError
    record = record_of(unique(pairs), 1, line, json.dumps(dict(pairs)), columns)
    if record.problem.startswith("no key"):
        raise Unreadable(f"{record.problem}, and no array of objects stands under any of {listed(HOLDERS)}")
    yield record


def _type(value: Any) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _whole(text: str) -> str:
    """Show lone surrogates, which cannot be encoded, as U+FFFD."""
    with suppress(UnicodeEncodeError):
        text.encode()
        return text
    return _SURROGATE.sub("\ufffd", text)
