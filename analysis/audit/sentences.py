"""Whether the claims hold by themselves: each sentence, number, quotation and span, against inputs and texts."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from analysis.audit.difference import NOTHING, DifferenceError, differs, first_difference
from analysis.audit.stored import Stored
from analysis.claims.claim import Actor, Cell, Claim, Name, Part, Quotation, Word


def check_claims(stored: Stored, texts: Mapping[str, str]) -> str:
    """Check every claim as it is stored, in order: its number, its inputs, its words, and the texts it cites.

    Parameters
    ----------
    stored : Stored
    texts : mapping of article_id to text
        As the sources hold them now.

    Returns
    -------
    str
        What was checked, with counts.

    Raises
    ------
    DifferenceError
        At the first claim in which something does not hold.
    """
    quotations = numbers = spans = 0
    counted: dict[str, int] = {}
    for number, record in enumerate(stored.claims, start=1):
        name = str(record.get("id"))
        where = f"claims.json: claim {name!r}"
        if record.get("number") != number:
            raise differs(f"{where}: its number", record.get("number"), number)
        slug = name.rpartition("-")[0]
        if not slug:
            raise DifferenceError(f"claims.json: claim number {number} has no id of a section and a number")
        counted[slug] = counted.get(slug, 0) + 1
        if name != f"{slug}-{counted[slug]}":
            raise differs(f"claims.json: claim number {number}: its id", name, f"{slug}-{counted[slug]}")
        claim = _claim(record, where)
        behind = {article_id: stored.run["texts"].get(article_id) for article_id, _, _ in claim.spans}
        for field, recorded in (("parameters", "parameters"), ("articles", "texts")):
            if field == "articles" and record.get(field) == behind:  # of a corpus, a claim names only what it quotes
                continue
            if found := first_difference(record.get(field), stored.run[recorded], field):
                path, here, there = found
                raise differs(f"{where}, {path}, against {recorded} in run.json", here, there)
        for part in claim.parts.values():
            if isinstance(part, Quotation):
                _check_quotation(part, texts, where)
                quotations += 1
        for article_id, start, end in claim.spans:
            if article_id not in texts or not 0 <= start < end <= len(texts[article_id]):
                raise DifferenceError(f"{where}: its span {start} to {end} is not in the text of {article_id!r}")
            spans += 1
        numbers += _check_sentence(claim, str(record.get("text")), where)
    return f"claims.json: {len(stored.claims)} claims, {quotations} quotations, {numbers} numbers, {spans} spans hold"


def compare_claims(stored: Stored, expected: list[dict[str, Any]]) -> str:
    """Compare the stored claims with those that the inputs give anew, one by one and field by field."""
    ids, expected_ids = ([record.get("id") for record in records] for records in (stored.claims, expected))
    for place, expected_id in enumerate(expected_ids):
        found = ids[place] if place < len(ids) else NOTHING
        if found == expected_id:
            continue
        if expected_id not in ids:
            raise DifferenceError(f"claims.json: claim {expected_id!r} follows from the inputs; it is not there")
        if found not in expected_ids:
            raise DifferenceError(f"claims.json: claim {found!r} does not follow from the inputs")
        raise differs(f"claims.json: claim number {place + 1}", found, expected_id)
    if len(ids) > len(expected_ids):
        raise DifferenceError(f"claims.json: claim {ids[len(expected_ids)]!r} does not follow from the inputs")
    for record, wanted in zip(stored.claims, expected, strict=True):
        if difference := first_difference(record, wanted):
            path, found, recomputed = difference
            raise differs(f"claims.json: claim {record['id']!r}, {path}", found, recomputed)
    return f"claims.json: {len(expected)} claims are what the inputs give anew"


def _claim(record: Mapping[str, Any], where: str) -> Claim:
    """Build the claim again from its record."""
    try:
        return Claim(
            id=str(record["id"]),
            section=str(record["section"]),
            statistic=str(record["statistic"]),
            template=str(record["template"]),
            parts={name: _part(given) for name, given in record["inputs"].items()},
            spans=tuple((str(span["article_id"]), int(span["start"]), int(span["end"])) for span in record["spans"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DifferenceError(f"{where}: not as the program writes a claim ({type(error).__name__}: {error})") from None
    except ValueError as error:
        raise DifferenceError(f"{where}: {error}") from None


def _part(given: Any) -> Part:
    """Build one input of a claim again; what it is shows in its keys."""
    match given:
        case {"quotation": str(quoted), "article_id": str(article_id), "start": int(start), "end": int(end)}:
            return Quotation(quoted, article_id, start, end)
        case {"value": value, "table": str(table), "key": dict(key), "column": str(column)}:
            return Cell(value, table, key, column)
        case {"name": str(name), "group": str(group)}:
            return Name(name, group)
        case {"word": str(word)}:
            return Word(word)
        case {"actor": str(actor)}:
            return Actor(actor)
    raise ValueError(f"an input is none that the program knows: {given!r}")


def _check_quotation(part: Quotation, texts: Mapping[str, str], where: str) -> None:
    """A quotation stands in its article, at its span, letter by letter."""
    if part.article_id not in texts:
        raise DifferenceError(f"{where}: it quotes an article {part.article_id!r}, which the sources do not hold")
    cited = texts[part.article_id][part.start : part.end] if part.start >= 0 else ""
    if cited != part.value:
        raise differs(
            f"{where}: its quotation, against {part.start} to {part.end} of {part.article_id!r}", part.value, cited
        )


def _check_sentence(claim: Claim, text: str, where: str) -> int:
    """The sentence is its template filled from its inputs, piece by piece; returns how many numbers it states."""
    fields = [name for _, name, _, _ in string.Formatter().parse(claim.template) if name is not None]
    try:
        pieces = claim.pieces
    except (TypeError, ValueError) as error:
        raise DifferenceError(f"{where}: an input cannot be written as its template says ({error})") from None
    place = 0
    for piece, part in pieces:
        name = fields.pop(0) if part is not None else None
        if not text.startswith(piece, place):
            what = "its text" if name is None else f"its text, against the input {name!r}"
            raise differs(f"{where}, {what}", text[place : place + len(piece)], piece)
        place += len(piece)
    if place != len(text):
        raise DifferenceError(f"{where}, its text: {text[place:]!r} stands after what its template gives")
    return sum(isinstance(part, Cell) and any(c.isdigit() for c in piece) for piece, part in pieces)
