"""What the report finds: all claims in the order in which they are read, and their Markdown and JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.claims.attribution import attribution_findings
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim, Name
from analysis.claims.opening import headline_findings, opening_findings, scope_findings
from analysis.claims.overlap import shared_findings
from analysis.claims.readability import readability_findings
from analysis.claims.terms import term_findings
from analysis.claims.wording import wording_findings
from analysis.schema import rows_of

_LIST_MARK = re.compile(r"^(\d*)([-+.)])")
_BREAK = re.compile(r"\s*[\r\n]+\s*")


def find_claims(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State everything that the tables let the report say, in the order in which it is read.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    parameters : mapping
        The run's settings: attribution, syllables, seed, permutations, draws.

    Returns
    -------
    list of Claim
    """
    return [
        *opening_findings(tables, parameters),
        *headline_findings(tables, parameters),
        *term_findings(tables, parameters),
        *shared_findings(tables, parameters),
        *wording_findings(tables, parameters),
        *readability_findings(tables, parameters),
        *attribution_findings(tables, parameters),
        *scope_findings(tables, parameters),
    ]


def write_summary(claims: Sequence[Claim]) -> str:
    """Write the claims as Markdown: a heading for each section, then its claims with their numbers in claims.json.

    Text that came from an article or a file name is escaped, so that it can form neither markup nor a link.
    """
    lines = ["# Summary"]
    for heading, section in groupby(enumerate(claims, start=1), key=lambda numbered: numbered[1].section):
        lines += ["", f"## {heading}", ""]
        lines += [f"{number}. {_markdown(claim)}" for number, claim in section]
    return "\n".join(lines) + "\n"


def _markdown(claim: Claim) -> str:
    """Write one sentence as Markdown, with the names of the texts in bold."""
    written: list[str] = []
    for piece, part in claim.pieces:
        text = escape_markdown(_BREAK.sub(" ", piece), start=not written)
        written.append(f"**{text}**" if isinstance(part, Name) else text)
    return "".join(written)


def escape_markdown(text: str, *, start: bool = True) -> str:
    """Put a backslash before every character that Markdown or HTML could read as markup.

    Parameters
    ----------
    text : str
    start : bool
        Whether the text begins a line, where a number with a dot or a dash would begin a list.
    """
    escaped = "".join(f"\\{character}" if character in "\\`*_{}[]<>#|~$&!" else character for character in text)
    return (_LIST_MARK.sub(r"\1\\\2", escaped) if start else escaped).replace("://", ":\\//")


def text_hashes(tables: Tables) -> dict[str, str]:
    """Return the SHA-256 of each article's whole text, as UTF-8."""
    articles = tables["articles"]
    if "text_sha256" in articles:  # what is left of the texts are excerpts
        return {str(row.article_id): str(row.text_sha256) for row in rows_of(articles)}
    return {
        row.article_id: hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
        for row in rows_of(articles)
    }


def write_claims(claims: Sequence[Claim], tables: Tables) -> str:
    """Write the claims as JSON: sentence, template, cells, spans, and the hashes of the articles behind them."""
    hashes = text_hashes(tables)
    records = [{"number": number, **claim.as_record(hashes)} for number, claim in enumerate(claims, start=1)]
    return json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
