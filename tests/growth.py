"""Whether time grows with the length of what is read, and not with its square: what `pytest -m growth` asks."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

T = TypeVar("T")
#: The longer input is so many times the shorter one. Its square would be sixty-four times.
TIMES = 8
#: So many times the time of the shorter one is allowed: what fits in a cache of the processor is read faster.
ALLOWED = 24
#: Other work on the machine only ever lengthens a time, so that one good try of these is enough.
TRIES = 3


def assert_linear(read: Callable[[T], object], make: Callable[[int], T], n: int) -> None:
    """Fail where `read` takes far longer for `make(n)` than for `make(n // 8)`, in processor time, each made before."""

    def spent(given: T) -> float:
        gc.collect()
        gc.disable()  # it would walk, again and again, what other tests have left
        try:
            start = time.process_time()
            read(given)
            return time.process_time() - start
        finally:
            gc.enable()

    read(make(n // TIMES))  # what is loaded once
    ratios = []
    for at in range(TRIES):  # another length each time, lest a text be known already
        short, long = spent(make((n - at) // TIMES)), spent(make(n - at))
        ratios.append(long / max(short, 1e-3))
        if ratios[-1] <= ALLOWED:
            return
    pytest.fail(f"{TIMES} times the length took {', '.join(f'{ratio:.0f}' for ratio in ratios)} times as long")
