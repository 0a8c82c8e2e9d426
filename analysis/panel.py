"""The panels of charts: matplotlib's axes, with ticks only where there are any."""

from __future__ import annotations

from typing import Any, TypeVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick, XAxis, YAxis

Made = TypeVar("Made", bound=Artist)
#: What a tick is made of.
_PARTS = ("tick1line", "tick2line", "gridline", "label1", "label2")


class _Alike(Axis):
    """An axis whose ticks are all alike: one is made, the others are twins of it.

    Matplotlib makes a tick of either size for each axis, whether it has any or not, and makes each of the others anew,
    of five lines and texts, to copy onto it what the first has.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        self.majorTicks: list[Tick] = []
        self.minorTicks: list[Tick] = []
        super().__init__(*given, **more)

    def reset_ticks(self) -> None:
        """Forget all ticks."""
        self.majorTicks, self.minorTicks = [], []

    def _get_tick(self, major: bool) -> Tick:
        if there := self.majorTicks if major else self.minorTicks:
            twin = _twin(there[0])
            for part in _PARTS:
                setattr(twin, part, _twin(getattr(twin, part)))
            for label in (twin.label1, twin.label2):
                label.set_fontproperties(label.get_fontproperties())  # of which it takes a copy
            return twin
        made: Tick = super()._get_tick(major)  # type: ignore[misc]
        return made

    def _copy_tick_props(self, src: Tick, dest: Tick) -> None:
        """Leave a twin as it is."""


def _twin(artist: Made) -> Made:
    """Return what looks like an artist, and can be put elsewhere."""
    twin = object.__new__(type(artist))
    twin.__dict__.update(artist.__dict__)
    return twin


class _Across(_Alike, XAxis):
    pass


class _Down(_Alike, YAxis):
    pass


class Panel(Axes):
    """One of the stacked panels of a chart."""

    def _init_axis(self) -> None:
        self.xaxis = _Across(self, clear=False)
        self.yaxis = _Down(self, clear=False)
        for side, axis in (("bottom", self.xaxis), ("top", self.xaxis), ("left", self.yaxis), ("right", self.yaxis)):
            self.spines[side].register_axis(axis)
