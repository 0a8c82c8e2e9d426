"""What stands under the headings of page furniture: teasers, embedded recordings, source lists, comments.

Such a section looks like the article: teasers are often sentences. So what it may claim depends on where it stands.
In the middle of the article a heading claims lines only; sentences it claims at the end of the page alone, and
only if they stand on their own ("He said", "But …" refer back, so the article goes on).
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise, takewhile

from analysis.page.blocks import is_address
from analysis.page.furniture import Block, Mark, mark_at_edge, worded_as

#: role of a heading -> what it and the blocks that it claims are marked as
SECTIONS = {
    "run": Mark("teaser", "run"),
    "loose": Mark("teaser", "run"),
    "inline": Mark("teaser", "run"),
    "media": Mark("caption", "media"),
    "list": Mark("sources", "list"),
}
_SHORT = 6
_SUMMARY = 60
_MEDIUM = r"(?:video|clip|footage|film|photo|photograph|picture|image|podcast|recording)s?"
_POINTS = re.compile(rf"\b(?:this|these) (?:short |full )?{_MEDIUM}\b|\b{_MEDIUM} (?:courtesy|credit|by|from|via)\b")
_READER = re.compile(r"reply|.{1,40} (?:says|said|wrote|writes):?|\d{1,4} (?:minute|hour|day|week|month|year)s? ago")
_REFERS_BACK = re.compile(
    r"[\"'“‘]|(?:he|she|they|it|this|these|those|his|her|their|its|but|and|so|or|nor|however|meanwhile|still|yet|then|also"
    r"|another|both|later|instead|there|such|i|we|you)\b"
)
_HE_SAID = re.compile(r"\b(?:he|she|they|it) (?:said|says|added|told|wrote)\b")
_SENTENCE_START = re.compile(r"(?:\A|[.!?][\"'”’)]?\s+)(?=\S)")


def mark_sections(blocks: list[Block], marks: dict[int, Mark], first: int) -> None:
    """Mark, from the end of the page upwards, the sections of page furniture; `marks` is added to.

    Parameters
    ----------
    blocks : list of Block
        The page.
    marks : dict of int to Mark
        What is boilerplate by its own look, by position in `blocks`.
    first : int
        The block with which the text begins; nothing before it is looked at.
    """
    prose_above = [0, *accumulate(int(block.closed and i not in marks) for i, block in enumerate(blocks))]
    _mark_comments(blocks, marks, first, prose_above)
    dated: list[int] = []
    stop = tail = len(blocks)  # where the section of a heading above would end; where the article has ended
    for i in range(len(blocks) - 1, first, -1):
        block = blocks[i]
        role = None if i in marks or not block.is_line else next((r for r in SECTIONS if worded_as(block, r)), None)
        if role:
            count = _CLAIMS[role](blocks[i + 1 : stop], tail <= stop and prose_above[i] >= 2)
            if count or (stop == i + 1 and tail <= stop):  # else it is a subheading of the article's own
                marks.update(dict.fromkeys(range(i, i + 1 + count), SECTIONS[role]))
        elif i not in marks and tail == i + 1:
            mark = mark_at_edge(block) or _listed_on_the_line(block)
            if mark:
                marks[i] = mark
            elif block.is_line and not block.bullet and marks.get(i + 1) == Mark("chrome", "byline"):
                dated.append(i)
        if role or i in marks:
            stop = i
        while tail > i and (tail - 1 in marks or tail - 1 in dated[-1:] or _is_loose_line(blocks[tail - 1])):
            tail -= 1
    if len(dated) >= 2:
        marks.update({j: Mark("teaser", "dated") for i in dated for j in (i, i + 1)})
    _mark_after(blocks, marks, tail)


def _claim_lines(section: list[Block], _at_end: bool) -> int:
    """Return how many blocks, from the first, are lines that could be headlines."""
    return sum(1 for _ in takewhile(lambda block: block.is_line, section))


def _claim_teasers(section: list[Block], at_end: bool) -> int:
    """Return how many blocks, from the first, are teasers: lines; at the end of the page also short texts of their own.

    Under a line only one text may stand, and two lines must have one: a single headline is followed by the article.
    """
    n_lines = _claim_lines(section, at_end)
    items = section[: len(section) - sum(1 for _ in takewhile(_is_loose_line, reversed(section)))]
    texts = [block for block in items if not block.is_line]
    paired = len(texts) >= 2 and not any(a.is_line == b.is_line for a, b in pairwise(items))
    convincing = at_end and (paired or len(texts) == len(items)) and all(_stands_alone(block) for block in texts)
    return len(items) if texts and convincing else n_lines


def _claim_loose(section: list[Block], at_end: bool) -> int:
    """Return the same for a heading that an article could have too: three teasers convince, or two lines."""
    count = _claim_teasers(section, at_end)
    n_lines = sum(block.is_line for block in section[:count])
    return count if count >= 3 or n_lines >= 2 or (at_end and count == n_lines) else 0


def _claim_captions(section: list[Block], at_end: bool) -> int:
    """Return how many blocks, from the first, describe the recording: one line; at the end also what points to it."""
    if not at_end:
        return int(len(section) > 1 and section[0].is_line)
    return sum(1 for _ in takewhile(lambda b: b.n_words <= 30 and (b.is_line or bool(_POINTS.search(b.key))), section))


def _claim_sources(section: list[Block], at_end: bool) -> int:
    """Return how many blocks are a list of sources: at the end of the page only, and all of it or nothing."""
    listed = at_end and all(is_address(b.text) or b.is_line or "http" in b.key for b in section)
    return len(section) if listed else 0


_CLAIMS = {
    "run": _claim_teasers,
    "loose": _claim_loose,
    "inline": _claim_lines,
    "media": _claim_captions,
    "list": _claim_sources,
}


def _listed_on_the_line(block: Block) -> Mark | None:
    """Return the mark of sources listed after a colon on the heading's own line, below the text."""
    heading, colon, rest = block.key.partition(":")
    if not (colon and rest) or block.closed or block.n_words > _SUMMARY:
        return None
    return SECTIONS["list"] if worded_as(block._replace(key=heading), "list") else None


def _stands_alone(block: Block) -> bool:
    """Tell whether a block is a short text that refers to nothing above it, as a teaser must."""
    if block.n_words > _SUMMARY or block.bullet:
        return False
    starts = [found.end() for found in _SENTENCE_START.finditer(block.key)]
    back = any(_REFERS_BACK.match(block.key, start) for start in starts) or _HE_SAID.search(block.key)
    return len(starts) <= 3 and not back


def _is_loose_line(block: Block) -> bool:
    return block.is_line and block.n_words <= _SHORT and not block.bullet


def _mark_comments(blocks: list[Block], marks: dict[int, Mark], first: int, prose_above: list[int]) -> None:
    """Mark the readers' comments: below a heading that counts or invites them, all to the end of the page."""
    headings = (i for i in range(first + 1, len(blocks)) if prose_above[i] >= 2 and worded_as(blocks[i], "comments"))
    start = next(headings, len(blocks))
    below = range(start + 1, len(blocks))
    spoken = any(_READER.fullmatch(blocks[i].key) for i in below if blocks[i].n_words <= 8)
    if spoken or all(i in marks or blocks[i].is_line for i in below):
        marks.update({i: Mark("chrome", "comments") for i in range(start, len(blocks)) if i not in marks})


def _mark_after(blocks: list[Block], marks: dict[int, Mark], tail: int) -> None:
    """Mark the short lines that stand among furniture after the end of the text."""
    begun = next((i for i in range(tail, len(blocks)) if i in marks and marks[i].kind != "caption"), len(blocks))
    for i in range(begun, len(blocks)):
        if i not in marks and _is_loose_line(blocks[i]):
            marks[i] = Mark("chrome", "after")
