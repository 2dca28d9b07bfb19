"""Count lowerings while they are done, for as long as one likes, in memory that does not grow.

Once somebody who was down is up again, the last half minute is looked at as a part of a video is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import lengths, signed_angle_deg
from lunge.kinematics.body import Body, middle_world, upright_frames
from lunge.kinematics.view import px_per_m
from lunge.lowering.constants import constants
from lunge.lowering.finding import lowerings
from lunge.measuring import Prepared, measured_as, prepared, with_known_body, without_frames
from lunge.poses import SIDES, Poses, joined
from lunge.records import Lowering


class LoweringCounter:
    """Takes landmarks as they come, and gives each lowering once.

    Parameters
    ----------
    model : {'lite', 'full', 'heavy'}
        The network that sees the landmarks.
    """

    def __init__(self, model: str = "full") -> None:
        self._model = model
        self._waiting: deque[Poses] = deque()
        self._known: Prepared | None = None
        self._down_s: float | None = None
        self._looked_s = self._counted_until_s = -np.inf
        self._goes_on = False

    def add(self, poses: Poses) -> tuple[Lowering, ...]:
        """Take the next landmarks, of one picture size, and return the lowerings that turned out to be over.

        Parameters
        ----------
        poses : Poses
            Raw, of one person, later than those before.
        """
        c, now = constants().counting, float(poses.time_s[-1])
        self._waiting.append(poses)
        down = may_be_down(poses)
        if down.any():
            self._down_s = float(poses.time_s[down][-1])
        if self._down_s is None:
            self._forget(now - c.window_s)
            return ()
        if now - self._down_s < c.settled_s and now - self._looked_s < c.look_every_s:
            return ()
        self._looked_s = now
        return self._look(now - c.settled_s)

    def finish(self) -> tuple[Lowering, ...]:
        """Return the lowerings that were not yet over, or not surely."""
        return self._look(np.inf) if self._waiting else ()

    def _look(self, settled_s: float) -> tuple[Lowering, ...]:
        """Return the new lowerings that end before a time, and forget what is not needed any more."""
        c, poses = constants().counting, joined(list(self._waiting))
        self._waiting = deque([poses])
        found = lowerings(measured_as(self._ready(poses), poses, self._model)) if poses.anybody.any() else ()
        under_way = next((low for low in found if low.end_s > settled_s and low.bottom_s > self._counted_until_s), None)
        over = [low for low in found if low.end_s <= settled_s]
        now, keep_s = float(poses.time_s[-1]), float(poses.time_s[-1]) - c.window_s
        if under_way is None:
            self._down_s = None
        elif now - under_way.start_s > c.longest_s:
            over.append(under_way)
        elif not self._goes_on:
            keep_s = min(keep_s, under_way.start_s - c.before_s)
        new = tuple(low for low in over if self._is_new(low, float(poses.time_s[0])))
        self._goes_on = self._goes_on or under_way in new
        self._forget(keep_s)
        return new

    def _is_new(self, low: Lowering, first_s: float) -> bool:
        if low.bottom_s <= self._counted_until_s:
            return False
        # What was counted before its end is met again as a lowering that was there from the beginning.
        from_the_beginning = low.start_s <= max(self._counted_until_s, first_s) + constants().finding.joined_s
        again = self._goes_on = self._goes_on and from_the_beginning
        self._counted_until_s = low.end_s
        return not again

    def _forget(self, before_s: float) -> None:
        while self._waiting and self._waiting[0].time_s[-1] < before_s:
            self._waiting.popleft()
        if self._waiting and self._waiting[0].time_s[0] < before_s:
            first = self._waiting[0]
            self._waiting[0] = first[int(np.searchsorted(first.time_s, before_s)) :]

    def _ready(self, poses: Poses) -> Prepared:
        """Return the landmarks with the body that was last seen standing, as large as the person is now."""
        ready = prepared(poses)
        if ready.seen_body.baseline == "standing":
            self._known = without_frames(ready)
        if self._known is None:
            return ready
        known = self._known
        share = _scale(ready.seen) / known.seen_body.px_per_m_standing
        if not np.isfinite(share):
            share = 1.0
        return with_known_body(
            ready, replace(known, seen_body=_scaled(known.seen_body, share), flat_body=_scaled(known.flat_body, share))
        )


def may_be_down(poses: Poses) -> NDArray[np.bool_]:
    """Return the frames (T,) in which somebody may be on the way down, quickly and rather too often."""
    c = constants().counting
    hip, ankle, shoulder = (middle_world(poses, part) for part in ("hip", "ankle", "shoulder"))
    joints = [[poses.world(f"{side}_{part}") for part in ("hip", "knee", "ankle")] for side in SIDES]
    legs = np.mean([lengths(knee - hip_) + lengths(ankle_ - knee) for hip_, knee, ankle_ in joints], axis=0)
    trunk = hip - shoulder
    lean = signed_angle_deg(np.hypot(trunk[:, 0], trunk[:, 2]), trunk[:, 1])
    out: NDArray[np.bool_] = ((ankle - hip)[:, 1] < c.low_legs_share * legs) | (lean > c.leaning_deg)
    return out


def _scale(poses: Poses) -> float:
    """Return how many pixels a metre has at the person, px/m; NaN where nobody was upright."""
    scale = px_per_m(poses)[upright_frames(poses)]
    return float(np.nanmedian(scale)) if np.isfinite(scale).any() else float("nan")


def _scaled(body: Body, share: float) -> Body:
    return replace(body, height_px=body.height_px * share, px_per_m_standing=body.px_per_m_standing * share)
