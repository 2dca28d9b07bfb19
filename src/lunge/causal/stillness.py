"""Whether somebody holds still, as it shows frame by frame."""

from __future__ import annotations

from collections import deque

import numpy as np

from lunge.causal.constants import constants
from lunge.kinematics.view import view_kind

END_ON = ("front", "back")


class Held:
    """Whether the body holds still, with hysteresis and after a short while."""

    def __init__(self) -> None:
        self._held = False
        self.slow_since_s = np.inf
        """Since when it has been slow; infinite while it is not."""
        self.is_slow = True
        self.until_s = -np.inf
        """When it was last slow."""

    def step(self, time_s: float, speed_heights_per_s: float) -> bool:
        """Return whether it is held in the next frame."""
        c = constants().phases
        self.is_slow = speed_heights_per_s < c.held_heights_per_s
        if speed_heights_per_s > c.moving_heights_per_s:
            self._held, self.slow_since_s = False, np.inf
        elif self.is_slow:
            self.slow_since_s = min(self.slow_since_s, time_s)
            self._held = self._held or time_s - self.slow_since_s >= c.held_s
        self.until_s = time_s if np.isfinite(self.slow_since_s) else self.until_s
        return self._held

    def since_s(self, earliest_s: float, now_s: float) -> float:
        """Return when a hold that is known now began: known only when the body has been still for a while."""
        return max(earliest_s, min(now_s, self.slow_since_s - constants().filter.speed_s / 2))


class FeetSpeed:
    """How fast the feet part or close where they do so along the camera's line, and the picture hardly shows it."""

    def __init__(self) -> None:
        self._ahead: deque[tuple[float, float]] = deque()

    def step(self, time_s: float, left_ahead_heights: float, azimuth_deg: float) -> float:
        """Return the speed in the next frame, H/s; 0 where the picture shows it, or where it is not known."""
        if view_kind(azimuth_deg) not in END_ON or not np.isfinite(left_ahead_heights):
            self._ahead.clear()
            return 0.0
        while len(self._ahead) > 1 and time_s - self._ahead[1][0] >= constants().phases.feet_speed_s:
            self._ahead.popleft()
        self._ahead.append((time_s, left_ahead_heights))
        then_s, then = self._ahead[0]
        return abs(left_ahead_heights - then) / (time_s - then_s) if time_s > then_s else 0.0
