"""Count lowerings while they are done, for as long as one likes, in memory that does not grow.

The last half minute is looked at again and again, as a part of a video is; a lowering counts once it is over.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lunge.kinematics.body import Body, upright_frames
from lunge.kinematics.view import px_per_m
from lunge.lowering.constants import constants
from lunge.lowering.finding import lowerings
from lunge.measuring import Prepared, measured_as, prepared, with_known_body, without_frames
from lunge.poses import Poses, joined
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
        self._waiting: list[Poses] = []
        self._known: Prepared | None = None
        self._looked_s = -np.inf
        self._counted_until_s = -np.inf
        self._goes_on = False

    def add(self, poses: Poses) -> tuple[Lowering, ...]:
        """Take the next landmarks, of one picture size, and return the lowerings that turned out to be over.

        Parameters
        ----------
        poses : Poses
            Raw, of one person, later than those before.
        """
        self._waiting.append(poses)
        now = float(poses.time_s[-1])
        if now - self._looked_s < constants().counting.look_every_s:
            return ()
        self._looked_s = now
        return self._look(now - constants().counting.settled_s)

    def finish(self) -> tuple[Lowering, ...]:
        """Return the lowerings that were not yet over, or not surely."""
        return self._look(np.inf) if self._waiting else ()

    def _look(self, settled_s: float) -> tuple[Lowering, ...]:
        """Return the new lowerings that end before a time, and forget what is not needed any more."""
        poses = joined(self._waiting)
        found = lowerings(measured_as(self._ready(poses), poses, self._model)) if poses.anybody.any() else ()
        under_way = next((low for low in found if low.end_s > settled_s and low.bottom_s > self._counted_until_s), None)
        over = [low for low in found if low.end_s <= settled_s]
        if under_way is not None and poses.time_s[-1] - under_way.start_s > constants().counting.longest_s:
            over.append(under_way)
        new = tuple(low for low in over if self._is_new(low, float(poses.time_s[0])))
        if under_way in new:
            self._goes_on = True
        self._forget(poses, under_way)
        return new

    def _is_new(self, low: Lowering, first_s: float) -> bool:
        if low.bottom_s <= self._counted_until_s:
            return False
        # What was counted before its end is met again as a lowering that was there from the beginning.
        again = self._goes_on and low.start_s <= max(self._counted_until_s, first_s)
        self._goes_on = again
        self._counted_until_s = low.end_s
        return not again

    def _forget(self, poses: Poses, under_way: Lowering | None) -> None:
        c = constants().counting
        keep_s = float(poses.time_s[-1]) - c.window_s
        if under_way is not None and not self._goes_on:
            keep_s = min(keep_s, under_way.start_s - c.before_s)
        self._waiting = [poses[int(np.searchsorted(poses.time_s, keep_s)) :]]

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


def _scale(poses: Poses) -> float:
    """Return how many pixels a metre has at the person, px/m; NaN where nobody was upright."""
    scale = px_per_m(poses)[upright_frames(poses)]
    return float(np.nanmedian(scale)) if np.isfinite(scale).any() else float("nan")


def _scaled(body: Body, share: float) -> Body:
    return replace(body, height_px=body.height_px * share, px_per_m_standing=body.px_per_m_standing * share)
