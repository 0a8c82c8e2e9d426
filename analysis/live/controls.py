"""What can be chosen of a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.inputs.files import InputError
from analysis.live.exploration import Exploration

Options = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Control:
    """A choice of a view.

    Parameters
    ----------
    name : str
        Of its value.
    label : str
        What a reader sees.
    kind : {"text", "choice", "share"}
        Any text, with suggestions; one of the options; a number from 0 to 1.
    options : function of an Exploration, optional
        What there is to choose: what is shown of it, and its value; the first is the default.
    """

    name: str
    label: str
    kind: str
    options: Callable[[Exploration], Options] | None = None

    def found(self, exploration: Exploration) -> Options:
        """Return what there is to choose; nothing, where that cannot be had: what is shown says why."""
        try:
            return self.options(exploration) if self.options else ()
        except InputError:
            return ()

    def default(self, exploration: Exploration) -> Any:
        """Return the value before anything is chosen."""
        return self.first(self.found(exploration))

    def first(self, found: Options) -> Any:
        """Return the default among what was found to choose."""
        return 0.0 if self.kind == "share" else found[0][1] if found else ""
