"""Whether there is memory enough to begin, and whether it was for want of it that something failed."""

from __future__ import annotations

import os
import resource

#: Bytes of addresses without which a command is not begun: more than it takes to load all that it needs and to
#: measure, or compare, a few sentences. Of what is not named here, the largest.
#: Below that OpenBLAS, which numpy and scipy bring, asks again and again for what it is not given, and never ends.
LEAST = {"measure": 1_000_000_000}
LEAST_OF_OTHERS = 2_000_000_000
NOT_ENOUGH = "not enough memory"
#: What the system says where it can give no more, to Python and to what loads a library.
_SAID = (
    "[Errno 12]", "failed to map segment", "cannot allocate memory", "Cannot allocate memory",
    "Failed to launch worker thread", "can't start new thread",
)  # fmt: skip
_KINDS = ("OSError", "ImportError", "ArrowException", "RuntimeError")


def lacked(error: BaseException | None) -> bool:
    """Whether an error says so, or one in whose handling it was raised.

    Examples
    --------
    >>> lacked(MemoryError()), lacked(OSError(12, "Cannot allocate memory")), lacked(OSError(28, "No space left"))
    (True, True, False)
    """
    while error is not None:
        if isinstance(error, MemoryError) or says_so(type(error).__name__, str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


def says_so(kind: str, message: str) -> bool:
    """Whether an error of which only the name of its class and its message are left says so.

    Examples
    --------
    >>> says_so("ArrowMemoryError", "malloc of size 64 failed")
    True
    >>> says_so("ImportError", "x.so: failed to map segment from shared object"), says_so("ImportError", "no x")
    (True, False)
    >>> says_so("ValueError", "failed to map segment")
    False
    """
    if kind in _KINDS:
        return any(said in message for said in _SAID)
    return kind.endswith("MemoryError")


def refuse_too_little(command: str) -> None:
    """Raise MemoryError, with both sizes, where the system lets this process have too little for a command to begin."""
    least = LEAST.get(command, LEAST_OF_OTHERS)
    for limit, option in ((resource.RLIMIT_AS, "-v"), (resource.RLIMIT_DATA, "-d")):
        given, _ = resource.getrlimit(limit)
        if given == resource.RLIM_INFINITY:
            continue
        # Arrow's own would set a billion bytes of addresses aside where it gets them, and leave too few for the rest.
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        if given < least:
            raise MemoryError(
                f"{NOT_ENOUGH}: this process may have {given:,} bytes (ulimit {option}); {least:,} are needed to begin"
            )
