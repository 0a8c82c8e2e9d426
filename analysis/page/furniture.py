"""How the furniture of a news page looks, one block at a time: labels, menus, dates, credits, share buttons.

The wordings are data (data/boilerplate.csv). They are matched against whole blocks, never inside them: a sentence
that speaks of "related articles" is no furniture.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from analysis.page.blocks import is_bullet, is_closed, mark_length

#: Characters; furniture is short, and the patterns never see more than this.
LONGEST_WORDING = 400
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)\Z")
_MENU = re.compile(r"\s[|>›»·•/]\s|[|›»]")
_BYLINE = re.compile(r"(?:[Bb]y|BY|(?:Words|Text|Report) by)\s+[A-Z]")
_CREDIT = re.compile(
    r"(?:^|[.!?”\"]\s*|[(\[|–—]\s?)"
    r"(?i:(?:file )?(?:photo|picture|image|video|graphic|illustration)s?|photographs?|credit)"
    r"(?i: credit| courtesy| by| of)?\s?[:/]\s?[A-Z][^.:()]{1,60}[)\]]?\Z"
)
_LETTER = re.compile(r"[^\W_]")
_CREDIT_PARTS = re.compile(r"\s*/\s*|\s+via\s+|,\s+")
_ISSUED = re.compile(r"\b(?:published|updated|posted)\b")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?\Z", re.IGNORECASE)
_DATE_WORD = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,2}[:.h]\d{2}(?:am|pm)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|[ap]\.?m\.?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|published|updated|posted|modified|last|on|at|ago|an?|gmt|utc|bst|[cempw][ds]?e?t"
    r"|(?:minute|min|hour|hr|day|week|month|year)s?|yesterday|today"
)


class Mark(NamedTuple):
    """Why a block is boilerplate: its kind, and the name of the reason."""

    kind: str
    reason: str


class Block(NamedTuple):
    """A paragraph, bullet or heading, with the shape that the rules look at."""

    start: int
    end: int
    text: str
    #: the text folded for matching: lower case, without links' addresses and marks
    key: str
    n_words: int
    #: ends as a sentence does
    closed: bool
    bullet: bool

    @property
    def is_line(self) -> bool:
        """Whether it could be a headline: some words that do not end as a statement does."""
        if self.n_words > 30:
            return False
        return not self.closed or (self.n_words <= 20 and self.text.rstrip(" *_").endswith(("?", "!")))

    @property
    def is_time(self) -> bool:
        """Whether it is a time of day and nothing else."""
        return bool(_TIME.match(self.text))


def read_block(text: str, start: int, end: int) -> Block:
    """Return one block of a text with its shape.

    Examples
    --------
    >>> block = read_block("## [Related stories](/more):", 0, 28)
    >>> block.key, block.n_words, block.is_line
    ('related stories:', 3, True)
    """
    block = text[start:end]
    mark = mark_length(block)
    # Most blocks have one space between their words, and so has the key. Of white space, only the space is printable.
    spaced = block.isprintable() and "  " not in block
    n_words = block.count(" ") + 1 if spaced else len(block.split())
    key = block[mark : mark + LONGEST_WORDING + 1]
    linked = "](" in key
    key = (_LINK.sub(r"\1", key) if linked else key).casefold().replace("’", "'").strip("*_#>[]»›→▶ \t")
    if linked or not spaced:
        key = " ".join(key.split())
    return Block(start, end, block, key, n_words, is_closed(block), mark > 0 and is_bullet(block))


@cache
def wordings() -> dict[str, re.Pattern[str]]:
    """Return a pattern of the wordings of page furniture for each role; its groups are the kinds of boilerplate."""
    lines = resources.files("analysis").joinpath("data/boilerplate.csv").read_text(encoding="utf-8").splitlines()
    roles: dict[str, dict[str, list[str]]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        roles.setdefault(row["role"], {}).setdefault(row["kind"], []).append(row["pattern"])
    return {role: re.compile("|".join(_kind(role, *each) for each in kinds.items())) for role, kinds in roles.items()}


def _kind(role: str, kind: str, patterns: list[str]) -> str:
    return f"(?P<{kind}>(?:{'|'.join(patterns)}){':' * (role == 'prefix')})"


def worded_as(block: Block, role: str) -> str | None:
    """Return the kind of boilerplate whose wording of this role the block has; None if it has none.

    Parameters
    ----------
    block : Block
    role : str
        A role of data/boilerplate.csv.

    Examples
    --------
    >>> worded_as(read_block("Share this article", 0, 18), "line")
    'share'
    >>> worded_as(read_block("Share this article with me, she said.", 0, 37), "line")
    """
    if len(block.key) > LONGEST_WORDING or (role == "prefix" and not (":" in block.key and block.is_line)):
        return None
    key = block.key.rstrip(":!… ")
    pattern = wordings()[role]
    found = pattern.match(key) if role in ("opening", "prefix") else pattern.fullmatch(key)
    return found.lastgroup if found else None


def mark_anywhere(block: Block) -> Mark | None:
    """Return the mark of a block that its own look gives away, wherever it stands.

    Examples
    --------
    >>> mark_anywhere(read_block("Boats in the harbour (Photo: Ann Oak)", 0, 37))
    Mark(kind='caption', reason='caption')
    """
    kind = worded_as(block, "line") or worded_as(block, "opening") or worded_as(block, "prefix")
    if kind:
        return Mark(kind, kind)
    if not _LETTER.search(block.text):
        return Mark("chrome", "rule")
    if block.n_words <= 60 and (_IMAGE.match(block.text) or _credits(block.text[-90:])):
        return Mark("caption", "caption")
    return Mark("share", "share") if count_networks(block) >= 2 else None


def mark_at_edge(block: Block) -> Mark | None:
    """Return the mark of a block that is boilerplate only before the text begins or after it has ended.

    Examples
    --------
    >>> mark_at_edge(read_block("Home > News > Sea", 0, 17))
    Mark(kind='chrome', reason='menu')
    >>> mark_at_edge(read_block("3 March 2021, 09:15", 0, 19))
    Mark(kind='chrome', reason='byline')
    >>> mark_at_edge(read_block("The sea", 0, 7))
    """
    kind = worded_as(block, "edge") or ("share" if count_networks(block) else None)
    if kind:
        return Mark(kind, kind)
    if block.n_words > 30 or block.closed or len(block.key) > LONGEST_WORDING:
        return None
    issued = _ISSUED.search(block.key)  # "Reuters Published 20 Oct": what stands before is a name
    key = block.key[issued.start() :] if issued and len(block.key[: issued.start()].split()) <= 4 else block.key
    words = [word.strip("():;·–-") for word in re.split(r"[\s,|]+", key)]
    dated = any(character.isdigit() for character in block.key)
    if (dated and all(_DATE_WORD.fullmatch(word) for word in words if word)) or (
        block.n_words <= 10 and _BYLINE.match(block.text.strip("*_ "))
    ):
        return Mark("chrome", "byline")
    parts = [part for part in _MENU.split(block.key) if part.strip()]
    return Mark("chrome", "menu") if len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts) else None


def count_networks(block: Block) -> int:
    """Return how many share buttons ("Facebook", "Copy") the block consists of; 0 if it holds anything else."""
    if block.n_words > 20 or len(block.key) > LONGEST_WORDING:
        return 0
    network = wordings()["network"]
    if not network.match(block.key):
        return 0
    names = [name.strip() for name in re.split(r"[|,/·•]", block.key)]
    return len(names) if all(network.fullmatch(name) for name in names) else 0


def _credits(end: str) -> bool:
    """Tell whether a block whose end this is credits a picture: "(Photo: Ann Oak)", "Ann Oak/AP via Getty Images"."""
    signed = ":" in end or "/" in end  # without which there is no credit; as most blocks are
    return (signed and _CREDIT.search(end) is not None) or _credits_agency(end)


def _credits_agency(end: str) -> bool:
    """Tell whether a block ends by crediting a picture: "(AFP/Ann Oak)", "Ann Oak/AP via Getty Images".

    A name must stand beside the agency's, since a news report too may end in "(AFP)".
    """
    bare = end.rstrip(")] ")
    if bare.endswith((".", "!", "?")):  # as most blocks do: no name stands after their last sentence
        return False
    tail = re.split(r"[.!?(\[—]", bare)[-1].strip()
    parts = _CREDIT_PARTS.split(tail)
    if len(parts) < 2 or not all(part[:1].isupper() and len(part.split()) <= 4 for part in parts):
        return False
    agency = wordings()["agency"]
    known = [bool(agency.fullmatch(part.casefold())) for part in parts]
    return any(known) and not all(known)
