"""What the report finds: all claims in the order in which they are read, and their Markdown and JSON."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain, groupby
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
_BREAK = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\s*")
#: Unseen characters that belong to how a word is written, and turn no direction: soft hyphen, non-joiner, joiner.
_OF_WORDS = frozenset("\u00ad\u200c\u200d\t")
_HIDDEN = frozenset(("Cc", "Cf"))
#: Letters and digits of scripts that run from right to left, which turn what stands beside them.
_LEFTWARDS = frozenset(("R", "AL", "AN"))
_FIRST_STRONG, _END_OF_ISOLATE = "\u2068", "\u2069"


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
    opening = [headline_findings(tables, parameters), opening_findings(tables, parameters)]
    if tables["articles"]["group"].duplicated().any():  # the headlines of many articles would hide what was compared
        opening.reverse()
    return [
        *chain.from_iterable(opening),
        *term_findings(tables, parameters),
        *shared_findings(tables, parameters),
        *wording_findings(tables, parameters),
        *readability_findings(tables, parameters),
        *attribution_findings(tables, parameters),
        *scope_findings(tables, parameters),
    ]


def write_summary(claims: Sequence[Claim]) -> str:
    """Write the claims as Markdown: a heading for each section, then its claims with their numbers in claims.json.

    Text that came from an article or a file name is escaped, so that it can form neither markup nor a link, and
    cannot turn the direction of the sentence that it stands in.
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
        text = escape_markdown(one_direction(_BREAK.sub(" ", piece)), start=not written)
        written.append(f"**{text}**" if isinstance(part, Name) else text)
    return "".join(written)


def one_direction(text: str) -> str:
    """Keep a text from turning what stands around it: controls by their code, and in an isolate if it runs leftwards.

    Examples
    --------
    >>> one_direction("a\\u202eb"), one_direction("co\\u00adop")
    ('a[U+202E]b', 'co\\xadop')
    >>> one_direction("“שלום”") == "\\u2068“שלום”\\u2069"
    True
    """
    seen = "".join(f"[U+{ord(character):04X}]" if _is_hidden(character) else character for character in text)
    leftwards = any(unicodedata.bidirectional(character) in _LEFTWARDS for character in seen)
    return f"{_FIRST_STRONG}{seen}{_END_OF_ISOLATE}" if leftwards else seen


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _OF_WORDS


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
    records = [
        {"number": number, **claim.as_record(_behind(claim, hashes) if "groups" in tables else hashes)}
        for number, claim in enumerate(claims, start=1)
    ]
    return json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _behind(claim: Claim, hashes: Mapping[str, str]) -> dict[str, str]:
    """The hashes of the articles that a claim quotes: of a corpus, no claim names all."""
    return {article_id: hashes[article_id] for article_id in dict.fromkeys(span[0] for span in claim.spans)}
