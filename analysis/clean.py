"""What on a scraped page is the article, what is not, and why.

Nothing is cut: what is not the article becomes a region with a kind and a reason, so that every position keeps
pointing into the article's own text. Where the evidence is thin the text stays in: a lost sentence is worse than a
button that was counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, pairwise
from typing import Any

from analysis.page.blocks import mark_length, split_blocks
from analysis.page.furniture import Block, Mark, count_networks, mark_anywhere, mark_at_edge, read_block
from analysis.page.sections import mark_sections
from analysis.schema import per_article
from analysis.tables import REGIONS

MODES = ("on", "off")
REASONS = {
    "title": "Stands before the text, which takes up its words.",
    "heading": "A short line that no full stop ends, with text below it.",
    "time": "The time of an entry in a running report.",
    "bullet": "Begins with a bullet mark or the number of a list.",
    "chrome": "Worded like a button, label, notice or menu of the page.",
    "share": "Invites the reader to share, follow or send the article.",
    "teaser": "Points to another article.",
    "caption": "Captions a picture or recording, or credits its maker.",
    "before": "A short line before the title that is no sentence.",
    "after": "A short line after the end of the text that is no sentence.",
    "byline": "Gives the writer, date or age of an article, outside its text.",
    "menu": "A row of links outside the text.",
    "rule": "A dividing line without a word.",
    "repeat": "Repeats the title.",
    "dated": "One of several lines below the text that each carry an age or date, as links to other articles do.",
    "run": "Belongs to a list of other articles, or heads it.",
    "media": "Belongs to an embedded picture or recording, or heads it.",
    "list": "Belongs to the list of sources after the end of the text, or heads it.",
    "comments": "Belongs to the comments of readers, or heads them.",
}
_ANNOUNCED = re.compile(r"(?:watch|listen|video|in pictures|graphic|more): .")
_MARKS = ".,:;!?'\"“”‘()"
_SPOKEN = re.compile(r"^[\"'“‘]|[.!?] ")


@dataclass(frozen=True)
class Region:
    """A stretch of text that is not plain body; `boilerplate` is its kind of boilerplate, None for the rest."""

    start: int
    end: int
    kind: str
    boilerplate: str | None
    reason: str


def find_regions(text: str) -> list[Region]:
    r"""Find the title, subheadings, bullets and boilerplate of one page.

    What is in no region is a paragraph of the body: a block of `split_blocks` is in one region or in none.

    Parameters
    ----------
    text : str
        The page's text.

    Returns
    -------
    list of Region
        In order of position, disjoint; empty if the text is blank or all body. The mark of a heading ("## ") stands
        outside its region, the mark of a bullet inside.

    References
    ----------
    Kohlschütter, Fankhauser & Nejdl (2010), Boilerplate detection using shallow text features: shortness, position
    and neighbours decide, more than words.

    Examples
    --------
    >>> page = "Menu\n\nFerry sails\n\nThe ferry sails again, the port said today.\n\nRelated stories\n\nPort to grow"
    >>> [(page[r.start : r.end], r.boilerplate or r.kind) for r in find_regions(page)]
    [('Menu', 'chrome'), ('Ferry sails', 'title'), ('Related stories', 'teaser'), ('Port to grow', 'teaser')]
    """
    blocks = [read_block(text, start, end) for start, end in split_blocks(text)]
    marks = {i: mark for i, block in enumerate(blocks) if (mark := mark_anywhere(block))}
    _mark_share_rows(blocks, marks)
    first = _first_prose(blocks, marks)
    taken_up = cache(lambda: _words_taken_up(blocks, first))  # which few pages are asked for
    title = _find_title(blocks, marks, first, taken_up)
    if title is not None:
        marks.pop(title, None)
    _mark_before(blocks, marks, title, first, taken_up)
    if title is not None:
        _mark_repeats(blocks, marks, title)
    mark_sections(blocks, marks, first)
    if not any(block.closed and i not in marks for i, block in enumerate(blocks)):
        marks = {}  # nothing would be left of the article
    headings = _find_headings(blocks, marks, title)
    regions = []
    for i, block in enumerate(blocks):
        if i in marks:
            regions.append(Region(block.start, block.end, "boilerplate", marks[i].kind, REASONS[marks[i].reason]))
        elif i == title or i in headings:
            kind = "title" if i == title else "heading"
            reason = "time" if block.is_time else kind
            regions.append(Region(block.start + mark_length(block.text), block.end, kind, None, REASONS[reason]))
        elif block.bullet:
            regions.append(Region(block.start, block.end, "bullet", None, REASONS["bullet"]))
    return regions


@per_article(REGIONS, reads=("text",))
def clean(article: Any, *, mode: str = "on") -> Iterator[tuple[int, int, str, str | None, str]]:
    r"""Mark what of each page is title, subheading, bullet or boilerplate; nothing is cut.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES.
    mode : {"on", "off"}
        "off" keeps everything in: no boilerplate is marked; title, headings and bullets are.

    Returns
    -------
    DataFrame
        REGIONS, one row for each region, by article and position; an article that is all body has none.

    Raises
    ------
    ValueError
        `mode` is neither "on" nor "off".

    Examples
    --------
    >>> import pandas as pd
    >>> page = "Rain falls\nIt rained all day on the coast.\nAdvertisement"
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": [page]})
    >>> clean(articles)["kind"].tolist()
    ['title', 'boilerplate']
    """
    if mode not in MODES:
        raise ValueError(f"clean is 'on' (boilerplate is left out) or 'off' (everything stays in); it was {mode!r}")
    for region in find_regions(article.text):
        if mode == "on" or region.boilerplate is None:
            yield region.start, region.end, region.kind, region.boilerplate, region.reason


def _mark_share_rows(blocks: list[Block], marks: dict[int, Mark]) -> None:
    """Mark names of social networks that stand one under another, or beside an invitation to share."""
    alone = {i for i, block in enumerate(blocks) if count_networks(block)}
    inviting = alone | {i for i, mark in marks.items() if mark.kind == "share"}
    marks.update({i: Mark("share", "share") for i in alone - set(marks) if i - 1 in inviting or i + 1 in inviting})


def _first_prose(blocks: list[Block], marks: Mapping[int, Mark]) -> int:
    """Return the first unmarked block that is a statement of some length; the number of blocks if there is none."""
    return next((i for i, b in enumerate(blocks) if i not in marks and b.n_words >= 6 and not b.is_line), len(blocks))


def _find_title(
    blocks: list[Block], marks: dict[int, Mark], first: int, taken_up: Callable[[], set[str]]
) -> int | None:
    """Return the line before the text whose words the text takes up; failing that, the likeliest by its length."""
    if first == len(blocks):
        return None
    lines = [i for i, b in enumerate(blocks[:first]) if i not in marks and b.is_line and not b.bullet]
    lines = [i for i in lines if not mark_at_edge(blocks[i])]
    choices = (
        [i for i in lines if blocks[i].text.startswith("# ")],
        [i for i in lines if blocks[i].n_words >= 3 and len(_content_words(blocks[i]) & taken_up()) >= 2],
        [i for i in lines if blocks[i].n_words >= 4],
        [i for i in lines if blocks[i].n_words >= 2][-1:],
        lines[-1:],
    )
    # "Watch: …" may be a teaser, but on a page without another line it is the headline.
    announced = [i for i in range(first) if i in marks and _ANNOUNCED.match(blocks[i].key)]
    announced = [i for i in announced if len(_content_words(blocks[i]) & taken_up()) >= 2]
    stopped = [first] if _is_title_case(blocks[first]) else []  # some pages end the headline with a full stop
    title = next((choice[0] for choice in (*choices, announced, stopped) if choice), None)
    # The page's own title, which may carry the site's name, often comes before the article's.
    copies = [i for i in lines if title is not None and _is_copy(blocks[title].key, blocks[i].key)]
    return copies[-1] if copies else title


def _words_taken_up(blocks: list[Block], first: int) -> set[str]:
    """Return the words of some length that stand in the first paragraphs of the text."""
    keys = (block.key.split() for block in blocks[first : first + 40])
    return {word.strip(_MARKS) for word in set(chain.from_iterable(keys)) if len(word) >= 4}


def _content_words(block: Block) -> set[str]:
    return {word.strip(_MARKS) for word in block.key.split() if len(word) >= 4}


def _is_title_case(block: Block) -> bool:
    """Tell whether a block is one sentence at most whose Longer Words Begin With Capitals."""
    if block.n_words > 20 or ". " in block.key:
        return False
    longer = [word.lstrip("\"'“‘(") for word in block.text.split() if len(word) >= 4]
    return len(longer) >= 3 and sum(word[:1].isupper() for word in longer) >= 0.8 * len(longer)


def _is_copy(longer: str, title: str) -> bool:
    """Tell whether `longer` is the title, alone or followed by a site's name."""
    return longer == title or (longer.startswith(title) and bool(re.match(r" ?[|·•»–—-] ", longer[len(title) :])))


def _mark_before(
    blocks: list[Block], marks: dict[int, Mark], title: int | None, first: int, taken_up: Callable[[], set[str]]
) -> None:
    """Mark menus, dates and bylines before the text, and short lines before the title.

    A line of which the text takes up every word stays in: it may be the title after all.
    """
    for i in range(first if first < len(blocks) else 0):
        block = blocks[i]
        if i in marks or i == title:
            continue
        mark = mark_at_edge(block)
        if mark and not block.is_time:
            marks[i] = mark
        elif title is not None and i < title and block.is_line and block.n_words <= 6:
            own = _content_words(block) if block.n_words >= 2 else set()
            if not own or not own <= taken_up():
                marks[i] = Mark("chrome", "before")


def _mark_repeats(blocks: list[Block], marks: dict[int, Mark], title: int) -> None:
    """Mark further copies of the title: alone, with the site's name, or after a word or two and a colon."""
    key = blocks[title].key
    for i, block in enumerate(blocks):
        if i == title or i in marks or blocks[title].n_words < 3 or not block.is_line:
            continue
        lead = block.key.removesuffix(key)
        if _is_copy(block.key, key):
            marks[i] = Mark("chrome", "repeat")
        elif lead != block.key and lead.endswith(": ") and len(lead.split()) <= 3:
            marks[i] = Mark("share", "repeat")


def _find_headings(blocks: list[Block], marks: Mapping[int, Mark], title: int | None) -> set[int]:
    """Return the subheadings: short lines that no full stop ends, each with text below it.

    Questions are subheadings only where most of them head a text of some length: in an interview they are speech.
    """
    body = [i for i in range(len(blocks)) if i not in marks and i != title]
    marked = {i for i in body if blocks[i].text.startswith("#") and mark_length(blocks[i].text)}
    times = {i for i in body if blocks[i].is_time}
    short = {i for i in body if blocks[i].n_words <= 14 and not blocks[i].bullet} - marked - times
    questions = {i for i in short if blocks[i].key.endswith("?") and not _SPOKEN.search(blocks[i].key)}
    heading_text = sum(i in questions and _is_text(blocks[below]) for i, below in pairwise(body))
    headings = marked | (times if len(times) >= 2 else set())
    if 2 * heading_text >= len(questions):
        headings |= questions - set(body[-1:])
    plain = {i for i in short if not blocks[i].closed and blocks[i].key[-1:] not in tuple(":;,-–—")}
    for is_plain, group in groupby(body, plain.__contains__):
        lines = list(group)
        if is_plain and len(lines) <= 2 and lines[-1] != body[-1]:  # more lines in a row are verse or a list
            headings |= set(lines)
    return headings


def _is_text(block: Block) -> bool:
    return block.bullet or block.n_words >= 20
