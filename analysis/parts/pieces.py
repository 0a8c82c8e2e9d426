"""Have parts measured, whatever becomes of the processes that do it: again, then in halves, down to one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from analysis.parts.part import Measured, Part, join
from analysis.parts.record import Failed

#: Gives each part with what was measured, in any order, and None where the process that was to do it has died.
Work = Callable[[Iterable[Part]], Iterator[tuple[Part, Measured | None]]]
DIED = "the process that measured it died"


class Done(NamedTuple):
    """A part that was measured, but for the articles that could not be."""

    part: Part
    measured: Measured
    failed: tuple[Failed, ...]


def measure_all(parts: Iterable[Part], work: Work, nothing: Callable[[Part], Measured]) -> Iterator[Done]:
    """Measure parts.

    A part whose process dies is measured once more, since the fault may be another's. If it dies again, and if
    measuring raises, the part is halved until the article is found that makes it do so; that one fails, by its place.

    Parameters
    ----------
    parts : iterable of Part
    work : callable
    nothing : callable
        Measures a part without articles, where this cannot die.

    Yields
    ------
    Done
        As soon as all of a part is measured.
    """
    pieces: dict[tuple[int, int], list[tuple[Part, Measured]]] = defaultdict(list)
    failed: dict[tuple[int, int], list[Failed]] = defaultdict(list)
    whole: dict[tuple[int, int], Part] = {}
    deaths: Counter[tuple[int, int, range]] = Counter()
    waiting = iter(parts)
    while True:
        again: list[Part] = []
        for piece, measured in work(waiting):
            known = (piece.number, piece.turn)
            name = (*known, piece.places)
            original = whole.setdefault(known, piece)  # its first try is that of the whole
            if measured is not None and not measured.problem:
                pieces[known].append((piece, measured))
            else:
                deaths[name] += measured is None
                if measured is None and deaths[name] == 1:
                    again.append(piece)
                elif len(piece.places) > 1:
                    again += piece.halves()
                else:
                    failed[known] += [(piece.places.start, measured.problem if measured else DIED)] * len(piece.places)
                    empty = piece.piece(piece.places[:0])
                    pieces[known].append((empty, nothing(empty)))
            if sum(len(one.places) for one, _ in pieces[known]) + len(failed[known]) == len(original.places):
                done = sorted(pieces.pop(known), key=lambda one: (one[0].places.start, one[0].places.stop))
                bad = tuple(sorted(failed.pop(known, ())))
                del whole[known]
                yield Done(original, join(original, [measured for _, measured in done]), bad)
        if not again:
            return
        waiting = iter(again)
