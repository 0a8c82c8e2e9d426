"""Which parts are to be measured: those that an earlier run has not kept, the first while others are still read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analysis.inputs.item import Input
from analysis.inputs.reading import Reading
from analysis.parts.part import Part, digest_of
from analysis.parts.record import Record
from analysis.parts.spool import Spool


class Plan:
    """The parts of a run.

    What an article is called is known when all are read, and so is what sidecars say of it. Parts are measured before,
    as if the articles were called by their names, where nothing has spoken against it; those for which it turns out
    otherwise are given out again.

    Parameters
    ----------
    reading : Reading
    spool : Spool
    record : Record
    tables : sequence of str
        The tables that are to be there of each part.
    """

    def __init__(self, reading: Reading, spool: Spool, record: Record, tables: Sequence[str]) -> None:
        self._reading = reading
        self._spool = spool
        self._record = record
        self._tables = tables
        self._names: set[str] = set()
        self._turns: dict[int, int] = {}
        #: What else belongs into the ledger, once all is read.
        self.troubles: list[Input] = []

    def parts(
        self, complete: Iterator[int], settled: Callable[[int], object], recalled: Callable[[int], object]
    ) -> Iterator[Part]:
        """Give the parts that are to be measured.

        Parameters
        ----------
        complete : iterator of int
            The parts that are read, of `Spool.fill`.
        settled : callable
            Called with the number of all articles when this is known.
        recalled : callable
            Called with the number of articles of each part that an earlier run has kept.
        """
        for number in complete:
            if self._is_plain(number) and not self._record.knows(number):
                self._turns[number] = 0
                yield self._part(number, named=False)
        self.troubles = self._reading.settle()
        settled(len(self._reading.articles))
        for number, bounds in enumerate(self._spool.bounds):
            if number in self._turns and self._is_named_so(number):
                continue
            self._turns[number] = self._turns.get(number, -1) + 1
            part = self._part(number, named=True)
            if self._record.knows(number) and self._record.recall(number, digest_of(part.articles), self._tables):
                recalled(len(bounds))
            else:
                yield part

    def is_last(self, part: Part) -> bool:
        """Whether a part was not given out again since."""
        return self._turns[part.number] == part.turn

    def _part(self, number: int, *, named: bool) -> Part:
        load = self._spool.sent(number, self._reading.articles, self._reading.columns, named=named)
        return Part(number, self._turns[number], range(len(self._spool.bounds[number])), load)

    def _is_plain(self, number: int) -> bool:
        """Whether the articles of a part will be called by their names, as far as is known, without a sidecar near."""
        plain = True
        for place in self._spool.bounds[number]:
            item = self._reading.articles[place]
            plain &= item.name not in self._names
            plain &= not self._reading.told or self._reading.told.isdisjoint(item.file.parents)
            self._names.add(item.name)
        return plain

    def _is_named_so(self, number: int) -> bool:
        articles = [self._reading.articles[place] for place in self._spool.bounds[number]]
        return all(item.article_id == item.name and not item.said for item in articles)
