"""What an article is called, and what is known about it beside its text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from analysis.inputs.columns import METADATA
from analysis.inputs.decode import decode
from analysis.inputs.files import read_bytes, relative
from analysis.inputs.formats import read_csv
from analysis.inputs.item import Input
from analysis.inputs.trouble import Unreadable, listed

#: A larger sidecar is a mistake.
MAX_SIDECAR_BYTES = 100_000_000


def name_articles(inputs: Sequence[Input]) -> None:
    """Give each article its id: its name, or the shortest end of its path that tells it from its namesakes.

    A file becomes `folder/name.txt`, a record `file.csv:id`; an id that stands twice in one file gets its record
    number, and what is given twice is numbered in the order of the sources.
    """
    shared = Counter(item.name for item in inputs)
    alone = {item.name: item for item in inputs if shared[item.name] == 1}  # the most, by far: nothing else is kept
    places = {(item.path, item.record): item for item in inputs if shared[item.name] > 1}
    in_file = Counter((item.path, item.name) for item in places.values())
    names = {
        place: f"{item.name} (record {item.record})" if in_file[item.path, item.name] > 1 else item.name
        for place, item in places.items()
    }
    plain, level = dict(names), dict.fromkeys(names, 0)
    while True:
        for name in [name for name in names.values() if name in alone]:
            if item := alone.pop(name, None):
                place = (item.path, item.record)
                names[place], plain[place], level[place] = name, name, 0
        shared = Counter(names.values())
        behind = [place for place in names if shared[names[place]] > 1 and level[place] <= place[0].count("/")]
        if not behind:
            break
        for place in behind:
            path, record = place
            level[place] += 1
            end = "/".join(path.split("/")[-level[place] :])
            names[place] = end if record is None else f"{end}:{plain[place]}"
    taken: set[str] = set()
    for item in inputs:
        called = item.name if item.name in alone else names[item.path, item.record]
        unique, times = called, 1
        while unique in taken:
            times += 1
            unique = f"{called} ({times})"
        taken.add(unique)
        item.article_id = unique


def warn_of_doubles(inputs: Sequence[Input]) -> None:
    """Warn of every text that was met before, and of every id that stands twice in one file."""
    texts: dict[bytes, Input] = {}
    ids: dict[tuple[str, str], Input] = {}
    for item in inputs:
        first = texts.setdefault(item.digest, item)
        if first is not item:
            place = "" if item.record is None else f": record {item.record}"
            item.warnings = [*item.warnings, f"same text as {first.article_id!r}{place}"]
        if item.record is not None:
            first = ids.setdefault((item.path, item.name), item)
            if first is not item and first.record != item.record:
                place = f"record {first.record} of this file has the id {item.name!r} too"
                item.warnings = [*item.warnings, f"{place}; this one is called {item.article_id!r}"]


def join_sidecar(path: Path, here: Sequence[Input]) -> Iterator[Input]:
    """Add the metadata of `path`, an articles.csv, to the articles around and below it; yield what is wrong with it.

    An empty cell says nothing. A row stands for the article with its article_id, or with that name if no
    other article of the folder bears it.
    """
    given = partial(Input, path, relative(path))
    try:
        decoded = decode(read_bytes(path, MAX_SIDECAR_BYTES))
        records = read_csv(decoded.text, needs="article_id")
    except Unreadable as problem:
        yield given(f"{problem}; a sidecar has the column article_id and any of {', '.join(METADATA)} and others")
        return
    unread = "its column 'text' is not read: articles.csv in a folder holds metadata"
    warnings = [decoded.warning] * bool(decoded.warning) + [unread] * any("text" in row.fields for row in records[:1])
    if warnings:
        yield given(encoding=decoded.encoding, warnings=warnings)
    named: dict[str, list[Input]] = defaultdict(list)
    for item in here:
        for name in {item.name, str(item.article_id)}:
            named[name].append(item)
    seen: set[str] = set()
    for row in records:
        article_id = row.fields.get("article_id", "")
        meant = named.get(article_id, [])
        if row.problem:
            yield given(f"{row.problem}: line {row.line}", record=row.number)
        elif article_id in seen or len({(item.path, item.record) for item in meant}) != 1:
            known = listed(str(item.article_id) for item in meant or here)
            fault = f"names {'several articles' if meant else 'no article'}; there are {known}"
            fault = "stands twice; the first row counts" if article_id in seen else fault
            yield given(record=row.number, warnings=[f"the article_id {article_id!r} {fault}: line {row.line}"])
        else:
            said = {name: cell for name, cell in row.fields.items() if cell.strip()}
            for item in meant:
                said_here = {name: cell for name, cell in said.items() if name not in ("article_id", "text")}
                item.said = item.said | said_here
        seen.add(article_id)
