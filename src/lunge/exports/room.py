"""`Room`: the body's points in a room of the laboratory's kind, and the same at one rate.

x is the way the person faces, y is up, z is to the person's right; the floor is at
y = 0, and the middle of the feet while standing at x = z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lunge.exports.constants import constants
from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants as kinematics
from lunge.kinematics.measures import world_height_m
from lunge.measuring import prepared
from lunge.poses import SIDES, Floats
from lunge.records import Analysis


@dataclass(frozen=True)
class Room:
    """The body's points over time.

    Attributes
    ----------
    time_s : array, shape (T,)
        Seconds, strictly increasing.
    labels : tuple of str, length K
    points_m : array, shape (T, K, 3)
        Metres; NaN = not seen.
    confidence : array, shape (T, K)
        In [0, 1].
    height_m : float
        Of the person, in the same metres.
    rate_hz : float
        The median rate; exact after `evened`.
    """

    time_s: Floats
    labels: tuple[str, ...]
    points_m: Floats
    confidence: Floats
    height_m: float
    rate_hz: float

    def point(self, label: str) -> Floats:
        """Return the places (T, 3) of one point, m."""
        return self.points_m[:, self.labels.index(label)]

    def middle(self, part: str) -> Floats:
        """Return the point between left and right of a part (T, 3), m."""
        out: Floats = (self.point(f"left_{part}") + self.point(f"right_{part}")) / 2
        return out


def room_of(analysis: Analysis) -> Room:
    """Return the body's points of an analysis as they are in the room.

    The pose network gives points about the hips. Where the hips are is reckoned
    from the planted foot, which stays where it stood; walking is not in it.
    """
    ready = prepared(analysis.poses)
    poses, body = ready.seen, ready.seen_body
    tall = world_height_m(body)
    given = analysis.body.height_m
    scale = given / tall if given is not None and np.isfinite(tall) else 1.0
    turned = scale * _turned(poses.world_m, analysis.view.azimuth_deg or 0.0)
    room = Room(
        time_s=poses.time_s,
        labels=poses.names,
        points_m=turned,
        confidence=poses.confidence,
        height_m=scale * tall,
        rate_hz=_rate_hz(poses.time_s),
    )
    return _on_the_floor(room, body)


def _turned(points: Floats, azimuth_deg: float) -> Floats:
    """Return network points (T, K, 3) with x forward, y up and z to the right."""
    turn = np.radians(azimuth_deg)
    heading = np.array([-np.sin(turn), 0.0, -np.cos(turn)])
    right = np.array([heading[2], 0.0, -heading[0]])
    out: Floats = points @ np.column_stack([heading, [0.0, -1.0, 0.0], right])
    return out


def _on_the_floor(room: Room, body: Body) -> Room:
    home = {side: _home(room.point(f"{side}_ankle") - room.middle("ankle"), body) for side in SIDES}
    ahead = (room.point("left_ankle") - room.point("right_ankle"))[:, 0] / room.height_m
    share = np.clip(ahead / kinematics().planted.planted_heights, -1.0, 1.0)[:, None]
    left, right = (room.point(f"{side}_ankle") - home[side] for side in SIDES)
    planted = (1 + share) / 2 * left + (1 - share) / 2 * right
    placed = replace(room, points_m=room.points_m - planted[:, None])
    soles = [placed.point(f"{side}_{part}")[:, 1] for side in SIDES for part in ("heel", "foot_index")]
    floor = _home(np.mean(soles, axis=0)[:, None], body)[0]
    return replace(placed, points_m=placed.points_m - np.array([0.0, floor, 0.0]))


def _home(points: Floats, body: Body) -> Floats:
    """Return the median (D,) over quiet standing; over everything where it was never seen."""
    frames = body.standing if body.standing.any() else np.ones(len(points), bool)
    values = points[frames]
    out: Floats = np.nanmedian(values, axis=0) if np.isfinite(values).any() else np.zeros(points.shape[1])
    return out


def _rate_hz(time_s: Floats) -> float:
    return round(1.0 / float(np.median(np.diff(time_s))), 2) if len(time_s) > 1 else 1.0


def evened(room: Room) -> Room:
    """Return the same at a constant rate, the median one; less sure points are left out (NaN)."""
    grid = even_times(room)
    sure = room.confidence >= constants().points.least_seen_confidence
    points = np.where(sure[..., None], room.points_m, np.nan)
    return replace(
        room,
        time_s=grid,
        points_m=resampled(room.time_s, points, grid),
        confidence=resampled(room.time_s, room.confidence, grid),
    )


def even_times(room: Room) -> Floats:
    """Return times at the room's rate from the first frame to the last (N,), seconds."""
    length_s = float(room.time_s[-1] - room.time_s[0])
    count = int(np.floor(length_s * room.rate_hz + 0.5)) + 1
    out: Floats = np.minimum(room.time_s[0] + np.arange(count) / room.rate_hz, room.time_s[-1])
    return out if len(out) < 2 or out[-1] > out[-2] else out[:-1]


def resampled(time_s: Floats, values: Floats, grid: Floats) -> Floats:
    """Return series (T, ...) at other times (N, ...), on straight lines between neighbours.

    NaN where a neighbour is NaN, or the two are too far apart.
    """
    if len(time_s) < 2:
        return values
    after = np.clip(np.searchsorted(time_s, grid), 1, len(time_s) - 1)
    before = after - 1
    width = time_s[after] - time_s[before]
    share = ((grid - time_s[before]) / width).reshape(-1, *[1] * (values.ndim - 1))
    first, last = values[before], values[after]
    mixed = np.where(share == 0.0, first, np.where(share == 1.0, last, first + share * (last - first)))
    apart = (width > constants().gaps.longest_gap_s).reshape(share.shape) & (share > 0.0) & (share < 1.0)
    out: Floats = np.where(apart, np.nan, mixed)
    return out
