"""Commands from a distance: a raised hand."""

from __future__ import annotations

import numpy as np

from lunge.kinematics.body import eye_to_ankle_px
from lunge.kinematics.constants import constants as kinematics
from lunge.live.constants import constants
from lunge.poses import SIDES, Poses


class RaisedHand:
    """Notices a hand that is held above the head for a while."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._taken_s = -np.inf

    def step(self, frame: Poses) -> bool:
        """Return whether a raised hand counts in this frame; once for each time it is raised."""
        c = constants().gestures
        now = float(frame.time_s[0])
        if not is_raised(frame):
            self._since_s = None
            return False
        self._since_s = now if self._since_s is None else self._since_s
        if now - self._since_s < c.raise_s or now - self._taken_s < c.rest_s:
            return False
        self._since_s, self._taken_s = np.inf, now
        return True


def is_raised(frame: Poses) -> bool:
    """Return whether a wrist is above the nose in one frame."""
    nose = float(frame.image("nose")[0, 1])
    sure = [s for s in SIDES if frame.seen(f"{s}_wrist")[0] >= kinematics().measures.least_seen_confidence]
    above = [up for s in sure if (up := nose - float(frame.image(f"{s}_wrist")[0, 1])) > 0.0]
    if not above:
        return False
    tall = float(eye_to_ankle_px(frame)[0]) / kinematics().body.eye_to_ankle_heights
    return max(above) > constants().gestures.raised_heights * tall
