"""What is masked in each text, and the texts with it masked, in an order that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.blind.addresses import find_addresses
from analysis.blind.dates import find_dates
from analysis.blind.publishers import find_publishers, publisher_names
from analysis.claims.cells import Tables
from analysis.findings import text_hashes
from analysis.inputs.files import InputError, TooFewError
from analysis.schema import each_article, rows_of
from analysis.tables import VOICES
from analysis.wording import find_wording
from analysis.wording_lists import read_wording

#: What a mask may hide. Where two kinds overlap, the first has the mask.
KINDS = ("outlet or author", "address", "date", "wording")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Mask:
    """A stretch of a text that is hidden: where it stands, and what kind of thing it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Masked:
    """A text as it is read blind: its name, the hash of the whole text, and its paragraphs.

    A paragraph is its kind and its pieces: what stands there verbatim, or a block in the place of what is hidden, each
    with whether it is a block.
    """

    name: str
    sha256: str
    paragraphs: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]

    @property
    def text(self) -> str:
        """The text, paragraphs apart."""
        return "\n\n".join("".join(piece for piece, _ in pieces) for _, pieces in self.paragraphs)


def blind_names(tables: Tables) -> dict[str, str]:
    """Name the texts "Text one", "Text two" …, in an order that the hashes of the texts decide.

    Returns
    -------
    dict of str to str
        article_id to name, in the order of the names.

    Raises
    ------
    InputError
        There are fewer than two texts, or groups are compared.
    """
    articles = tables["articles"]
    if len(articles) < 2:
        raise TooFewError(f"texts are read blind side by side, two or more of them; found {len(articles)}")
    if (articles["group"] != articles["article_id"]).any():
        raise InputError("texts are read blind where each stands for itself; found groups of them")
    hashes = text_hashes(tables)
    ordered = sorted(hashes, key=lambda article_id: hashes[article_id])
    numbers = [*_NUMBERS, *map(str, range(len(_NUMBERS) + 1, len(ordered) + 1))]
    return {article_id: f"Text {number}" for article_id, number in zip(ordered, numbers, strict=False)}


def find_masks(tables: Tables) -> dict[str, list[Mask]]:
    """Find what is masked in each text: names that tell whose it is, addresses, dates, and loaded words.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Returns
    -------
    dict of str to list of Mask
        By article_id, in the order of the text and in any voice; none overlap, and none crosses from one sentence to
        the next.
    """
    articles, sentences = tables["articles"], tables["sentences"]
    names = publisher_names(articles)
    foreign = tables["notes"].loc[tables["notes"]["subject"] == "language", "article_id"]
    lists = tables["wording"] if "wording" in tables else read_wording()
    loaded = find_wording(articles[~articles["article_id"].isin(foreign)], sentences, VOICES.frame(), lists)
    masks: dict[str, list[Mask]] = {}
    for article, own, uses in each_article(articles, sentences, loaded):
        found = [(row.start, row.end, "wording") for row in uses]
        for row in own:
            found += [(*span, KINDS[0]) for span in find_publishers(names, article.text, row.start, row.end)]
            found += [(*span, "address") for span in find_addresses(article.text, row.start, row.end)]
            found += [(*span, "date") for span in find_dates(article.text, row.start, row.end)]
        masks[article.article_id] = list(_apart(found))
    return masks


def _apart(found: list[tuple[int, int, str]]) -> Iterator[Mask]:
    """Join what overlaps to one mask, of the kind that comes first in `KINDS`."""
    reach, joined = -1, list[list[tuple[int, int, str]]]()
    for stretch in sorted(found):
        if stretch[0] < reach:
            joined[-1].append(stretch)
        else:
            joined.append([stretch])
        reach = max(reach, stretch[1])
    for several in joined:
        yield Mask(several[0][0], max(end for _, end, _ in several), min((k for *_, k in several), key=KINDS.index))


def mask_articles(tables: Tables) -> list[Masked]:
    """Return the texts as they are read blind, in an order that the hashes of the texts decide.

    Left out are boilerplate, and what is known of an article beside its text: title, address, file. All that is not
    masked stands verbatim.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Raises
    ------
    InputError
        There are fewer than two texts, or groups are compared.
    """
    names, hashes, masks = blind_names(tables), text_hashes(tables), find_masks(tables)
    read = {
        article.article_id: _paragraphs(article.text, sentences, masks[article.article_id])
        for article, sentences in each_article(tables["articles"], tables["sentences"])
    }
    return [Masked(name, hashes[own], read[own]) for own, name in names.items()]


def _paragraphs(
    text: str, sentences: list[Any], masks: list[Mask]
) -> tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]:
    paragraphs = []
    for _, group in groupby(sentences, key=lambda row: row.paragraph):
        own = list(group)
        pieces: list[tuple[str, bool]] = []
        for row in own:
            inside = [mask for mask in masks if row.start <= mask.start < row.end]
            pieces += [(" ", False)] * bool(pieces)
            at = row.start
            for mask in inside:
                pieces += [(text[at : mask.start], False), (block_of(text, mask), True)]
                at = mask.end
            pieces.append((text[at : row.end], False))
        paragraphs.append((own[0].kind, tuple(piece for piece in pieces if piece[0])))
    return tuple(paragraphs)


def block_of(text: str, mask: Mask) -> str:
    """Return what stands in the place of a mask: its kind, and whether it hides one word or several.

    Examples
    --------
    >>> block_of("On Dec. 8 they met", Mask(3, 9, "date"))
    '[date, several words]'
    """
    several = len(text[mask.start : mask.end].split()) > 1
    return f"[{mask.kind}, several words]" if several else f"[{mask.kind}]"


def texts_key(tables: Tables) -> str:
    """Return one hash for all the texts, whatever their order and their names: what a judgement is on."""
    return sha256("".join(sorted(text_hashes(tables).values())).encode()).hexdigest()


def masked_stretches(tables: Tables) -> pd.DataFrame:
    """List what the masks hide: the text's name, the kind, what stands there, and how often."""
    texts = {row.article_id: row.text for row in rows_of(tables["articles"])}
    masks = find_masks(tables)
    rows = [
        (name, mask.kind, " ".join(texts[own][mask.start : mask.end].split()))
        for own, name in blind_names(tables).items()
        for mask in sorted(masks[own], key=lambda mask: (KINDS.index(mask.kind), mask.start))
    ]
    frame = pd.DataFrame(rows, columns=["text", "kind", "stretch"], dtype="str")
    return frame.groupby(["text", "kind", "stretch"], sort=False).size().rename("n").reset_index()
