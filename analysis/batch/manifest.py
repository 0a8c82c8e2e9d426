"""The entries of a manifest: a file .csv or .yaml that lists reports by name, sources and parameters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.inputs.files import InputError

SUFFIXES = (".csv", ".yaml", ".yml")
#: A manifest is written by hand: more than this is no manifest.
_BYTES = 10_000_000
#: A list of entries with a list of sources and a mapping of parameters each is three deep.
_DEPTH = 10


def read_entries(path: Path) -> Iterator[Any]:
    """Read the entries of a manifest one by one.

    Parameters
    ----------
    path : Path
        A file whose name ends in one of SUFFIXES.

    Yields
    ------
    Any
        As a rule a mapping with name, sources and parameters, all words as they are written; of a line that cannot be
        read a text that says why. Whatever else stands in the manifest is given as it is.

    Raises
    ------
    InputError
        The file is too large, no UTF-8, or no list of entries.
    """
    if (size := path.stat().st_size) > _BYTES:
        raise InputError(f"{path}: {size:,} bytes; a manifest has at most {_BYTES:,}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from None
    yield from _csv_entries(text, path) if path.suffix.lower() == ".csv" else _yaml_entries(text, path)


def _csv_entries(text: str, path: Path) -> Iterator[Any]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = _lines(reader)
    head = next((line for line in lines if line), [])
    names = [cell.strip() for cell in head] if isinstance(head, list) else []
    if {"name", "sources"} - set(names) or len(set(names)) < len(names):
        raise InputError(
            f"{path}: its first line should name the columns, name and sources among them, each once; found "
            f"{', '.join(names)!r}"
        )
    for line in lines:
        if isinstance(line, str):
            yield line
        elif line and len(line) != len(names):
            yield f"line {reader.line_num} has {len(line)} cells, the first line {len(names)}"
        elif line:
            given = {name: cell.strip() for name, cell in zip(names, line, strict=True)}
            parameters = {name: cell for name, cell in given.items() if name not in ("name", "sources") and cell}
            yield {"name": given["name"], "sources": given["sources"], "parameters": parameters}


def _lines(reader: Any) -> Iterator[list[str] | str]:
    """The cells of each line; of one that cannot be read, what is wrong."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"line {reader.line_num}: broken quotation marks ({error})"


def _yaml_entries(text: str, path: Path) -> Iterable[Any]:
    import yaml

    # It knows lists, mappings and text only: 007 stays 007, no tag makes an object, and << does not multiply.
    loader = yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):  # first, since the composer of libyaml has no limit but the stack
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEPTH:
                raise InputError(f"{path}: nested more than {_DEPTH} deep (line {event.start_mark.line + 1})")
            if tag := getattr(event, "tag", None):
                raise InputError(f"{path}: a tag {tag!r} (line {event.start_mark.line + 1}); a manifest has none")
        entries = yaml.load(text, Loader=loader)
    except InputError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{path}: not YAML ({' '.join(str(error).split())})") from None
    if not isinstance(entries, list):
        raise InputError(f"{path}: a list of reports was expected, each with name, sources and parameters")
    return entries
