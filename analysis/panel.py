"""The panels of charts: matplotlib's axes, with ticks only where there are any."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick, XAxis, YAxis


class _Alike(Axis):
    """An axis whose ticks are all made alike.

    Matplotlib makes a tick of either size for each axis, whether it has any or not, and of the first it copies each
    part onto the next; that takes longer than to make it, and changes nothing where ticks are made alike.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        self.majorTicks: list[Tick] = []
        self.minorTicks: list[Tick] = []
        super().__init__(*given, **more)

    def reset_ticks(self) -> None:
        """Forget all ticks."""
        self.majorTicks, self.minorTicks = [], []

    def _copy_tick_props(self, src: Tick, dest: Tick) -> None:
        """Leave a tick as it was made."""


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
