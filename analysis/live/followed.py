"""Who is told of a change of choices, and of links to what the page does not show."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any


class Followed:
    """Something that others follow."""

    def __init__(self) -> None:
        self._followers: list[Callable[[], None]] = []
        self._reached: list[Callable[[str, str], None]] = []
        #: The panels that are open where nobody says in which cell, by name.
        self.panels: dict[str, Any] = {}
        #: The making of its report, once somebody has asked for it.
        self.report: Any = None

    def follow(self, follower: Callable[[], None], *, first: bool = False) -> Callable[[], None]:
        """Call a function after every change of a choice; one that fails costs no other. Return what ends that.

        `first` calls it before those that follow already.
        """
        self._followers.insert(0 if first else len(self._followers), follower)
        return lambda: self._followers.remove(follower)

    def follow_links(self, reached: Callable[[str, str], None]) -> Callable[[], None]:
        """Call a function with the article and the anchor of each link to a sentence that the page does not show.

        Return what ends that.
        """
        self._reached.append(reached)
        return lambda: self._reached.remove(reached)

    def tell(self) -> None:
        """Call who follows the choices."""
        tell_each(self._followers)

    def reach(self, article_id: str, anchor: str) -> None:
        """Call who follows links."""
        tell_each(self._reached, article_id, anchor)


def tell_each(followers: Iterable[Callable[..., None]], *told: str) -> None:
    """Call each of these functions; one that fails is warned of, and costs no other."""
    for follower in [*followers]:
        try:
            follower(*told)
        except Exception as error:  # what it follows has happened, and whoever else follows is told
            warnings.warn(f"what follows a choice failed: {type(error).__name__}: {error}", stacklevel=4)
