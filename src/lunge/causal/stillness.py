"""Whether somebody holds still, as it shows frame by frame."""

from __future__ import annotations

import numpy as np

from lunge.causal.constants import constants


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
