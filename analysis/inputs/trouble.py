"""What is wrong with an input, in one class and one way of listing names."""

from __future__ import annotations

from collections.abc import Iterable


class Unreadable(ValueError):  # noqa: N818 - it names the input's state, as the message does
    """An input that cannot be read; the message is the cause, without the input's name."""


def listed(names: Iterable[str], at_most: int = 12) -> str:
    """Write out names for a message, the first few of many.

    Examples
    --------
    >>> print(listed(["text", "day", "url"], 2), listed([]), sep="; ")
    'text', 'day' and 1 more; none
    """
    quoted = [repr(name[:60]) for name in names]
    more = f" and {len(quoted) - at_most} more" if len(quoted) > at_most else ""
    return f"{', '.join(quoted[:at_most]) or 'none'}{more}"
