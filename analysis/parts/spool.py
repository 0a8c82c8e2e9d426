"""What was read, put away on disk in chunks, until every article has its name."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.inputs.item import Input
from analysis.inputs.reading import Reading


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
        digest.update(hashlib.sha256(item.fields["text"].encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()


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
