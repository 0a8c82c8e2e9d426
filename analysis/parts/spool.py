"""What was read, put away on disk in chunks, until every article has its name."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.corpus import by_article
from analysis.inputs.item import Input
from analysis.inputs.reading import Reading, articles_frame


class Size(NamedTuple):
    """The most that a part holds: articles, and characters of their texts where it has more than one."""

    articles: int = 500
    characters: int = 20_000_000


#: What a part is, if nothing else is said, and one that holds all there is.
SIZE, ENDLESS = Size(), Size(10**12, 10**15)
#: Inputs of a part for each of its articles, the rejected ones among them: these are held in memory with it.
_INPUTS_PER_ARTICLE = 20


def hash_of_texts(inputs: Iterable[Input]) -> str:
    """Hash the texts of a part, in their order."""
    digest = hashlib.sha256()
    for item in inputs:
        digest.update(item.digest)
    return digest.hexdigest()


#: What an article is called, and what a sidecar says of it.
_Settled = tuple[str | None, dict[str, str]]


class Spooled:
    """Articles that are built when they are asked for; to be sent, they are taken from the disk as they lie there.

    Parameters
    ----------
    read : callable
        Gives the chunk of a part.
    columns : sequence of str
    settled : callable, optional
        Gives what was found out about each article when all inputs were read.
    """

    def __init__(
        self, read: Callable[[], bytes], columns: Sequence[str], settled: Callable[[], list[_Settled]] | None
    ) -> None:
        self._read = read
        self._columns = columns
        self._settled = settled

    def __call__(self) -> pd.DataFrame:
        """Return ARTICLES, with further columns."""
        articles = [item for item in pickle.loads(self._read()) if not item.cause]
        settled = self._settled() if self._settled else [(item.name, item.said) for item in articles]
        for item, (article_id, said) in zip(articles, settled, strict=True):
            item.article_id, item.said = article_id, said
        return by_article(articles_frame(articles, self._columns))

    def __reduce__(self) -> tuple[Any, ...]:
        return Spooled, (partial(_same, self._read()), self._columns, self._settled and partial(_same, self._settled()))


def _same(value: Any) -> Any:
    return value


class Spool:
    """The inputs of a run in the order in which they are read, cut into parts by this order alone.

    A single part stays in memory, and nothing is written.

    Parameters
    ----------
    folder : Path
        Where the chunks go; made when the first is written.
    size : Size
    """

    def __init__(self, folder: Path, size: Size) -> None:
        self._folder = folder
        self.size = size
        self._waiting: list[Input] = []
        self._articles = self._characters = 0
        #: For each part, which of the articles it has.
        self.bounds: list[range] = []

    def fill(self, reading: Reading) -> Iterator[int]:
        """Read inputs, and give the number of each part that is complete and on disk.

        The last part is complete with the last input; a single one is given no number until it is asked for as 0.
        """
        for item in reading:
            n_characters = 0 if item.cause else len(item.fields["text"])
            if self._is_full(item, n_characters):
                yield self._put_away()
            self._waiting.append(item)
            self._articles += not item.cause
            self._characters += n_characters
        if self.bounds:
            yield self._put_away()
        else:
            self.bounds.append(range(self._articles))

    def chunk(self, number: int, articles: list[Input]) -> list[Input]:
        """Return the inputs of a part, whole, with what has been found out about each article since.

        Parameters
        ----------
        number : int
        articles : list of Input
            All articles of the run, of `Reading.articles`.
        """
        path = self._path(number)
        if path.exists():
            with path.open("rb") as file:
                inputs: list[Input] = pickle.load(file)
        else:
            inputs = self._waiting
        light = iter(articles[place] for place in self.bounds[number])
        for item in inputs:
            if not item.cause:
                item.complete(next(light))
        return inputs

    def sent(self, number: int, articles: Sequence[Input], columns: Sequence[str], *, named: bool) -> Spooled:
        """Return the articles of a part that is on disk, to be built wherever they are measured.

        Parameters
        ----------
        number : int
        articles : sequence of Input
            All articles of the run, of `Reading.articles`.
        columns : sequence of str
        named : bool
            Whether all articles have their ids, and sidecars were read; else they are called by their names.
        """

        def settled() -> list[_Settled]:
            return [(articles[place].article_id, articles[place].said) for place in self.bounds[number]]

        return Spooled(self._path(number).read_bytes, columns, settled if named else None)

    def _is_full(self, item: Input, n_characters: int) -> bool:
        """Whether an input is one too many for the part."""
        if len(self._waiting) >= _INPUTS_PER_ARTICLE * self.size.articles:
            return True
        if item.cause or not self._articles:
            return False
        return self._articles == self.size.articles or self._characters + n_characters > self.size.characters

    def _put_away(self) -> int:
        number = len(self.bounds)
        start = self.bounds[-1].stop if self.bounds else 0
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._path(number).open("wb") as file:  # read by this run alone: it need not outlast it
            pickle.dump(self._waiting, file, protocol=pickle.HIGHEST_PROTOCOL)
        self.bounds.append(range(start, start + self._articles))
        self._waiting, self._articles, self._characters = [], 0, 0
        return number

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:05}.inputs"
