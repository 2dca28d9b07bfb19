"""`Motion`: the few series that tell when something happens, whatever the view.

Steps and repetitions are found from how high the hips are, how far one foot is
ahead of the other, how fast the trunk moves, and which foot moves. All are in
body heights, so that they mean the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.kinematics.body import Body, middle, middle_world
from lunge.kinematics.constants import constants as kinematics
from lunge.kinematics.feet_apart import left_ahead_heights
from lunge.kinematics.hidden_step import feet_hidden, hidden_steps, trunk_shift_heights
from lunge.kinematics.measures import Frame, frame_of, world_height_m
from lunge.kinematics.planted import planted_px
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import rate, smooth


@dataclass(frozen=True)
class Motion:
    """What the phases are read from; every array has shape (T,) unless said otherwise.

    Attributes
    ----------
    time_s : seconds, strictly increasing
    hip_height : mid-hip over the ankles
    standing_height : the same while standing (float)
    left_ahead : how far the left foot is ahead of the right along the heading
    speed : of trunk and knees in the picture, heights/s
    depth_speed : of the trunk towards the camera or away from it, where it tells; 0 elsewhere
    rise_speed : of the hips up or down
    hip_speed : of the mid-hip alone, heights/s
    feet : dict of side to array (T, 2), where each foot is in the picture,
        in standing heights from its corner
    foot_speed : dict of side to array, heights/s
    feet_speed : of one foot against the other, heights/s: a camera that sways moves both
    lower_body : array (T, 3, 2), mid-hip and knees against the planted foot
    lowest_hand : height of the lower wrist over the ankles
    trunk_lean_deg : of the trunk from the vertical, any direction
    trunk_ahead : how far the mass of trunk, head and arms is ahead of the middle of the feet
    sideways : how far the feet are apart across the heading
    from_behind : 1 while the camera sees the person's back, else 0
    hidden : bool, where the step is read from the trunk because a foot is hidden
    """

    time_s: Floats
    hip_height: Floats
    standing_height: float
    left_ahead: Floats
    speed: Floats
    depth_speed: Floats
    rise_speed: Floats
    hip_speed: Floats
    feet: dict[str, Floats]
    foot_speed: dict[str, Floats]
    feet_speed: Floats
    lower_body: Floats
    lowest_hand: Floats
    trunk_lean_deg: Floats
    trunk_ahead: Floats
    sideways: Floats
    from_behind: Floats
    hidden: NDArray[np.bool_]

    @property
    def drop(self) -> Floats:
        """How far the hips are lower than in standing."""
        out: Floats = self.standing_height - self.hip_height
        return out


def motion_from_poses(poses: Poses, body: Body, azimuth: Floats) -> Motion:
    """Return the motion of a person.

    Parameters
    ----------
    poses : Poses
        Smoothed landmarks with the legs' identity settled.
    body : Body
        Of the same person.
    azimuth : array (T,)
        Where the camera stands, degrees.
    """
    axes = frame_of(poses, body, azimuth)
    unit = axes.heights_per_px
    metres = world_height_m(body)
    feet = {side: (poses.image(f"{side}_ankle") + poses.image(f"{side}_heel")) / 2 for side in SIDES}
    ankles = poses.world("left_ankle") - poses.world("right_ankle")
    trunk = middle_world(poses, "hip") - middle_world(poses, "shoulder")
    ahead = left_ahead_heights(poses, body, axes)
    planted = planted_px(poses, body, ahead)
    ahead, hidden = hidden_steps(poses, trunk_shift_heights(poses, body, axes), ahead)
    planted = _where_it_stood(poses, body, planted, hidden)
    hip_height = _hip_height(poses, unit, planted)
    hands = np.fmax(poses.world("left_wrist")[:, 1], poses.world("right_wrist")[:, 1])
    floor = np.fmax(poses.world("left_ankle")[:, 1], poses.world("right_ankle")[:, 1])
    return Motion(
        time_s=poses.time_s,
        hip_height=hip_height,
        standing_height=_standing_height(hip_height, body),
        left_ahead=ahead,
        speed=_body_speed(poses, unit, planted, bool(hidden.any())),
        depth_speed=_depth_speed(poses, axes, ahead),
        rise_speed=np.abs(rate(poses.time_s, smooth(poses.time_s, hip_height, constants().motion.speed_smoothing_s))),
        hip_speed=_speed(poses.time_s, middle(poses, "hip"), unit),
        feet={side: feet[side] / body.height_px for side in SIDES},
        foot_speed={side: _speed(poses.time_s, feet[side], unit) for side in SIDES},
        feet_speed=_speed(poses.time_s, feet["left"] - feet["right"], unit),
        lower_body=_lower_body(poses, planted) * unit[:, None, None],
        lowest_hand=(floor - hands) / metres,
        trunk_lean_deg=np.degrees(np.arctan2(np.hypot(trunk[:, 0], trunk[:, 2]), trunk[:, 1])),
        trunk_ahead=_trunk_ahead(poses, axes),
        sideways=np.abs((ankles * axes.left).sum(1)) / metres,
        hidden=hidden,
        from_behind=(axes.left_px < -((1 - kinematics().hidden_step.side_on_share ** 2) ** 0.5)).astype(float),
    )


def _hip_height(poses: Poses, unit: Floats, planted: Floats) -> Floats:
    """Return how high the mid-hip is over the planted foot, heights (T,)."""
    out: Floats = (planted[:, 1] - middle(poses, "hip")[:, 1]) * unit
    return out


def _where_it_stood(poses: Poses, body: Body, planted: Floats, hidden: NDArray[np.bool_]) -> Floats:
    """Return the planted foot's place (T, 2), px, with that of standing where it is hidden."""
    if not hidden.any() or not body.standing.any():
        return planted
    home = [np.interp(poses.time_s, poses.time_s[body.standing], planted[body.standing, axis]) for axis in (0, 1)]
    out: Floats = np.where(hidden[:, None], np.stack(home, axis=1), planted)
    return out


def _standing_height(hip_height: Floats, body: Body) -> float:
    if body.standing.any():
        return float(np.nanmedian(hip_height[body.standing]))
    if body.baseline == "standing":
        return body.hip_above_ankle_heights
    percentile = constants().motion.standing_height_percentile
    return float(np.nanpercentile(hip_height, percentile)) if np.isfinite(hip_height).any() else float("nan")


def _lower_body(poses: Poses, planted: Floats) -> Floats:
    """Return mid-hip and knees against the planted foot (T, 3, 2), px: rocking the trunk leaves them alone."""
    points = np.stack([middle(poses, "hip"), *(poses.image(f"{s}_knee") for s in SIDES)], axis=1)
    out: Floats = smooth(poses.time_s, points - planted[:, None], constants().motion.shake_smoothing_s)
    return out


def _body_speed(poses: Poses, unit: Floats, planted: Floats, hidden: bool) -> Floats:
    """Return the median speed of shoulders, hips and both knees.

    Knees belong to it: seen from the side, the weight shifts to one leg before a
    step without moving the trunk in the picture, but the knees turn. Hidden knees
    jitter, and are left out.
    """
    points = [middle(poses, "shoulder"), middle(poses, "hip"), *(poses.image(f"{s}_knee") for s in SIDES)]
    shake = smooth(poses.time_s, planted, constants().motion.shake_smoothing_s)
    speeds = [_speed(poses.time_s, p - shake, unit) for p in points]
    out: Floats = np.median(speeds, axis=0)
    if hidden:
        trunk = [_speed(poses.time_s, p, unit) for p in points[:2]]
        out = np.where(feet_hidden(poses), np.mean(trunk, axis=0), out)
    return out


def _depth_speed(poses: Poses, axes: Frame, left_ahead: Floats) -> Floats:
    """Return how fast the trunk moves along the heading against the planted foot, as far as the picture lacks it.

    Seen from the front, a step back or forward moves the trunk away from the camera or towards it, which the picture
    hardly shows. The metric points do, with more noise; from behind there is nothing but noise in their depth.
    """
    c = constants().motion
    share = np.clip(left_ahead / kinematics().planted.planted_heights, -1.0, 1.0)[:, None]
    foot = (1 + share) / 2 * poses.world("left_ankle") + (1 - share) / 2 * poses.world("right_ankle")
    trunk = (middle_world(poses, "shoulder") + middle_world(poses, "hip")) / 2
    ahead = ((trunk - foot) * axes.heading).sum(1) * axes.heights_per_m
    speed = np.abs(rate(poses.time_s, smooth(poses.time_s, ahead, c.depth_smoothing_s)))
    out: Floats = np.nan_to_num(speed) * c.depth_trust_share * np.clip(axes.left_px, 0.0, None)
    return out


def _trunk_ahead(poses: Poses, axes: Frame) -> Floats:
    shoulder, hip, ankle, toe = (middle_world(poses, part) for part in ("shoulder", "hip", "ankle", "foot_index"))
    mass = hip + constants().motion.trunk_mass_share * (shoulder - hip)
    out: Floats = ((mass - (ankle + toe) / 2) * axes.heading).sum(1) * axes.heights_per_m
    return out


def _speed(time_s: Floats, points: Floats, unit: Floats) -> Floats:
    smoothed = smooth(time_s, points, constants().motion.speed_smoothing_s)
    out: Floats = np.linalg.norm(rate(time_s, smoothed), axis=1) * unit
    return out
