"""Results that are kept, each worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Kept:
    """The results of long work, by what they depend on; the one that was not asked for the longest goes first.

    Parameters
    ----------
    most : int
        How many results are kept.

    Examples
    --------
    >>> kept = Kept(2)
    >>> [kept.get(key, lambda: key.upper()) for key in ("a", "b", "a", "c")]
    ['A', 'B', 'A', 'C']
    >>> "a" in kept, "b" in kept
    (True, False)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: dict[Hashable, Any] = {}
        self._turn = Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._results

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the result under a key; what `make` gives, if there is none."""
        with self._turn:
            known, result = key in self._results, self._results.get(key)
        if not known:
            result = make()
        with self._turn:
            self._results.pop(key, None)
            self._results[key] = result
            for oldest in list(self._results)[: -self._most]:
                del self._results[oldest]
        return result
