"""Articles to measure: those of PARALLAX_CORPUS, a file or folder, as far as there are enough; else made of paragraphs.

A corpus of recombined paragraphs has no new words after the first hundred articles, which flatters whatever remembers
words. About one word in twelve is therefore made up, the rare ones ever more so: the vocabulary grows as that of news
does, to some 27,000 words in 1,200 articles and 150,000 in 20,000, with the power .6 of the number of articles. Where
that is asked for, `settled` articles go without: their vocabulary is that of the paragraphs.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus import read_corpus
from bench.clocks import PROJECT

_PARAGRAPHS = 10
_LONG = re.compile(r"[A-Za-z]{5,}")
_NEW = 0.13
#: Made-up words have the ranks of a Lomax distribution of this scale and power, which is Zipf's with a flat top.
_SCALE, _POWER = 3000, -1.5
_BEGINNINGS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "z",
]
_MIDDLES, _ENDINGS = (
    ["a", "e", "i", "o", "u", "ai", "ea", "ou"],
    ["b", "ck", "d", "f", "g", "l", "ll", "m", "n", "nd", "ng", "p", "r", "rt", "s", "st", "t", "x"],
)
_OUTLETS = ("Courier", "Gazette", "Herald", "Post")


def given() -> str:
    """The file or folder of articles that the user named, or nothing."""
    return os.environ.get("PARALLAX_CORPUS", "")


def describe() -> str:
    """What the articles are."""
    return f"from {given()}" if given() else "made of the paragraphs of seeds/, with words of their own"


def texts(n: int, settled: bool = False) -> list[str]:
    """So many texts."""
    return list(islice(_texts(settled), n))


def corpus(n: int, settled: bool = False) -> pd.DataFrame:
    """So many articles, each its own group."""
    ids = [f"article-{number}" for number in range(n)]
    first = read_corpus(str(PROJECT / "seeds"))[0].head(1)
    made = pd.concat([first] * n, ignore_index=True)
    return made.assign(article_id=ids, group=ids, title=None, label=None, text=texts(n, settled)).astype(
        {"title": "str", "label": "str"}
    )


def write(path: Path, n: int, settled: bool = False) -> Path:
    """Write so many articles as Parquet, a thousand in a row group, with outlets and days."""
    names = ["article_id", "outlet", "published", "text"]
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(path, schema) as writer:
        for part in _batches(enumerate(islice(_texts(settled), n)), 1000):
            rows = [
                (f"article-{number:07}", _OUTLETS[number % 4], f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", text)
                for number, text in part
            ]
            writer.write_table(pa.table([list(column) for column in zip(*rows, strict=True)], schema=schema))
    return path


def _texts(settled: bool) -> Iterator[str]:
    """Texts without end: those that were given, each once, then recombined paragraphs."""
    paragraphs, whole = _source()
    yield from whole
    rng = random.Random(1)
    while True:
        drawn = rng.sample(paragraphs, _PARAGRAPHS)
        yield "\n\n".join(drawn if settled else (_renewed(paragraph, rng) for paragraph in drawn))


@cache
def _source() -> tuple[list[str], list[str]]:
    whole = read_corpus(given())[0]["text"].tolist() if given() else []
    from_seeds = read_corpus(str(PROJECT / "seeds"))[0]["text"].tolist()
    lines = [line.strip() for text in whole or from_seeds for line in text.split("\n")]
    return list(dict.fromkeys(line for line in lines if len(line) > 150)), whole


def _renewed(paragraph: str, rng: random.Random) -> str:
    """A paragraph with some of its longer words made up."""

    def word(found: re.Match[str]) -> str:
        if rng.random() >= _NEW:
            return found[0]
        made = _made_up(int(_SCALE * ((1 - rng.random()) ** _POWER - 1)))
        return made.capitalize() if found[0][0].isupper() else made

    return _LONG.sub(word, paragraph)


def _made_up(rank: int) -> str:
    """The made-up word of a rank; the rarer, the longer."""
    syllables = []
    while rank or len(syllables) < 2:
        rank, beginning = divmod(rank, len(_BEGINNINGS))
        rank, middle = divmod(rank, len(_MIDDLES))
        syllables.append(_BEGINNINGS[beginning] + _MIDDLES[middle])
    return "".join(syllables) + _ENDINGS[sum(map(ord, syllables[0])) % len(_ENDINGS)]


def _batches(items: Iterator, size: int) -> Iterator[list]:
    while part := list(islice(items, size)):
        yield part
