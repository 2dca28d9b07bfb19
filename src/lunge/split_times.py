"""The lowerings of a split stance, in which no foot moves, and when their steps begin and end."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from lunge.exercises.records import StepRules
from lunge.motion import Motion
from lunge.phase_times import Times, increasing
from lunge.poses import Floats
from lunge.stillness import Run, walk


class LoweringTimes(Times):
    """The times of one lowering between feet that stay where they are.

    Parameters
    ----------
    motion : Motion
    rules : StepRules
    first, last : int
        The frames in which the hips are highest before and after it.
    """

    def __init__(self, motion: Motion, rules: StepRules, first: int, last: int) -> None:
        super().__init__(motion, rules, first, last, (first, last))

    @cached_property
    def planted(self) -> tuple[int, int]:
        """All its frames: no foot moves."""
        return self.first, self.last

    @cached_property
    def half_open(self) -> int:
        """Its first frame: the feet are apart before it."""
        return self.first

    @cached_property
    def half_closed(self) -> int:
        """Its last frame: the feet are apart after it."""
        return self.last

    @cached_property
    def standing_height(self) -> float:
        """How high the hips are at the top: in a split stance lower than in standing."""
        return float(np.nanmax(self.height[self.first : self.last + 1]))

    @cached_property
    def lunge_s(self) -> tuple[float, float]:
        """When the depth is held, or, without a hold, the lowest plateau begins and ends, seconds."""
        start, end = self.hold_s
        if end > start:
            return start, end
        low = self.height <= self.bottom_height + self.rules.plateau_heights
        first = walk(self.bottom, -1, self.first, lambda i: not low[i - 1])
        last = walk(self.bottom, 1, self.last, lambda i: not low[i + 1])
        return float(self.motion.time_s[first]), float(self.motion.time_s[last])

    def split_marks(self) -> list[float]:
        """Return the four times that bound lowering, lunge and rising, seconds."""
        start, end = self.lunge_s
        down = self._stand_s(self.bottom, -1, self.level)
        return increasing([down, start, end, self._stand_s(self.bottom, 1, self.level)])


def lowerings(height: Floats, least: float) -> list[Run]:
    """Return the lowerings in a series of hip heights: the highest frames before and after each.

    Parameters
    ----------
    height : array (T,)
        Any unit; NaN is passed over.
    least : float
        Ups and downs smaller than this are none, in the unit of `height`.

    Returns
    -------
    list of (int, int)
        A series that begins or ends low begins or ends a lowering in its first or last frame.
    """
    seen = [int(i) for i in np.flatnonzero(np.isfinite(height))]
    out: list[Run] = []
    top = low = seen[0] if seen else 0
    sunk = False
    for i in seen:
        low = i if height[i] < height[low] else low
        rose = height[i] > height[low] + least
        if rose and (sunk or not out):
            out, sunk, top, low = [*out, (top, i)], False, i, i
        elif not sunk and height[i] >= height[top]:
            top, low = i, i if out else low  # before the first top, a rise from the lowest counts
            out[-1:] = [(first, i) for first, _ in out[-1:]]
        sunk = sunk or height[i] < height[top] - least
    return [*out, (top, seen[-1])] if sunk else out
