"""Who is in the picture: quiet standing, and the scale and baseline that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import flexion, signed_angle_deg
from lunge.kinematics.constants import constants
from lunge.kinematics.view import px_per_m, turn_rad
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import rate, smooth

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Body:
    """What quiet standing tells about a person.

    Attributes
    ----------
    baseline : {'standing', 'fallback'}
        Whether quiet standing was seen. If not, the upright moments stand in.
    height_px : float
        Body height in the picture at the standing place, px.
    px_per_m_standing : float
        Scale of the network's metres at that place, px/m.
    standing : array of bool, shape (T,)
        The frames of quiet standing.
    hip_above_ankle_heights : float
        Mid-hip over the ankles, in body heights.
    shoulder_width_heights : float
        Between the shoulders' joint centres, in body heights, from the metric points.
    thigh_heights, shank_heights, trunk_heights : float
        Segment lengths in body heights, from the metric points.
    trunk_seen_heights : float
        Middle of the hips to middle of the shoulders as the picture shows them, in body heights.
    knee_flexion_deg : dict of str to float
        What each knee reads while standing: the network's offset, taken off later.
    ankle_offset_px : dict of str to array (2,)
        Where each ankle is from the middle of both while standing; zero if standing was not seen.
    sole_below_px : dict of str to float
        How far each sole is below the middle of the ankles while standing; zero if standing was not seen.
    trunk_lean_deg, trunk_ahead_heights : float
        The trunk's lean and how far its mass is ahead of the feet while standing, from the metric points; zero if
        standing was not seen.
    """

    baseline: str
    height_px: float
    px_per_m_standing: float
    standing: Mask
    hip_above_ankle_heights: float
    shoulder_width_heights: float
    thigh_heights: float
    shank_heights: float
    trunk_heights: float
    trunk_seen_heights: float
    knee_flexion_deg: dict[str, float]
    ankle_offset_px: dict[str, Floats]
    sole_below_px: dict[str, float]
    trunk_lean_deg: float
    trunk_ahead_heights: float


def middle(points: Poses, part: str) -> Floats:
    """Return the point between left and right of a part in the picture (T, 2), px."""
    out: Floats = (points.image(f"left_{part}") + points.image(f"right_{part}")) / 2
    return out


def middle_world(points: Poses, part: str) -> Floats:
    """Return the point between left and right of a part (T, 3), m."""
    out: Floats = (points.world(f"left_{part}") + points.world(f"right_{part}")) / 2
    return out


def trunk_lean_deg(points: Poses) -> Floats:
    """Return the trunk's lean from the vertical in any direction (T,), degrees."""
    trunk = middle_world(points, "hip") - middle_world(points, "shoulder")
    out: Floats = signed_angle_deg(np.hypot(trunk[:, 0], trunk[:, 2]), trunk[:, 1])
    return out


def trunk_ahead_m(points: Poses, heading: Floats) -> Floats:
    """Return how far the mass of trunk, head and arms is ahead of the middle of the feet along a heading (T, 3), m."""
    shoulder, hip, ankle, toe = (middle_world(points, part) for part in ("shoulder", "hip", "ankle", "foot_index"))
    mass = hip + constants().body.trunk_mass_share * (shoulder - hip)
    out: Floats = ((mass - (ankle + toe) / 2) * heading).sum(1)
    return out


def eye_to_ankle_px(poses: Poses) -> Floats:
    """Return how far the ankles are below the eyes in the picture (T,), px."""
    out: Floats = middle(poses, "ankle")[:, 1] - middle(poses, "eye")[:, 1]
    return out


def upright_frames(poses: Poses) -> Mask:
    """Return the frames in which somebody is upright with straight legs and feet together."""
    c = constants().body
    straight = np.ones(len(poses), bool)
    for side in SIDES:
        bend = flexion(*(poses.world(f"{side}_{part}") for part in ("hip", "knee", "ankle")))
        thigh = poses.world(f"{side}_knee") - poses.world(f"{side}_hip")
        tilt = signed_angle_deg(np.hypot(thigh[:, 0], thigh[:, 2]), thigh[:, 1])
        straight &= (bend < c.straight_knee_deg) & (tilt < c.upright_deg)
    lean = trunk_lean_deg(poses)
    feet = poses.world("left_ankle") - poses.world("right_ankle")
    length = np.linalg.norm(middle_world(poses, "eye") - middle_world(poses, "ankle"), axis=1)
    apart = np.linalg.norm(feet[:, [0, 2]], axis=1) / length * c.eye_to_ankle_heights
    out: Mask = straight & (lean < c.upright_deg) & (apart < 2 * c.together_heights)
    return out


def body_from_poses(poses: Poses) -> Body:
    """Return the body of the person in a clip.

    Parameters
    ----------
    poses : Poses
        Smoothed landmarks of the whole clip, or of the part before now.

    Returns
    -------
    Body
        With NaN lengths when nobody was ever seen.
    """
    c = constants().body
    tall = eye_to_ankle_px(poses)
    upright = upright_frames(poses)
    trunk = smooth(poses.time_s, (middle(poses, "hip") + middle(poses, "shoulder")) / 2, c.still_smoothing_s)
    speed = np.linalg.norm(rate(poses.time_s, trunk), axis=1) / np.maximum(tall, 1.0) * c.eye_to_ankle_heights
    standing = upright & (speed < c.still_heights_per_s)
    baseline = "standing" if standing.sum() >= c.fewest_frames else "fallback"
    frames = standing if baseline == "standing" else _tallest(tall, upright)
    return _body(poses, frames, standing, baseline)


def _tallest(tall: Floats, upright: Mask) -> Mask:
    """Return the frames in which the person stands tallest: what comes nearest to standing."""
    c = constants().body
    pool = np.where(upright, tall, np.nan) if upright.sum() >= c.fewest_frames else tall
    if not np.isfinite(pool).any():
        return np.zeros(len(tall), bool)
    out: Mask = pool >= np.nanpercentile(pool, c.tallest_percentile)
    return out


def _body(poses: Poses, frames: Mask, standing: Mask, baseline: str) -> Body:
    def median(series: Floats) -> float:
        values = series[frames]
        return float(np.nanmedian(values)) if np.isfinite(values).any() else float("nan")

    share = constants().body.eye_to_ankle_heights
    metres = median(middle_world(poses, "ankle")[:, 1] - middle_world(poses, "eye")[:, 1]) / share
    height_px = median(eye_to_ankle_px(poses)) / share
    hip = median(middle(poses, "ankle")[:, 1] - middle(poses, "hip")[:, 1]) / height_px

    def length(first: str, second: str) -> float:
        both = [np.linalg.norm(poses.world(f"{s}_{first}") - poses.world(f"{s}_{second}"), axis=1) for s in SIDES]
        return median((both[0] + both[1]) / 2) / metres

    shoulders = np.linalg.norm(poses.world("left_shoulder") - poses.world("right_shoulder"), axis=1)
    knees = {
        side: median(flexion(*(poses.image(f"{side}_{part}") for part in ("hip", "knee", "ankle")))) for side in SIDES
    }
    return Body(
        baseline=baseline,
        height_px=height_px,
        px_per_m_standing=median(px_per_m(poses)),
        standing=standing,
        hip_above_ankle_heights=hip,
        shoulder_width_heights=median(shoulders) / metres,
        thigh_heights=length("hip", "knee"),
        shank_heights=length("knee", "ankle"),
        trunk_heights=median(np.linalg.norm(middle_world(poses, "shoulder") - middle_world(poses, "hip"), axis=1))
        / metres,
        trunk_seen_heights=median(np.linalg.norm(middle(poses, "shoulder") - middle(poses, "hip"), axis=1)) / height_px,
        knee_flexion_deg=knees,
        ankle_offset_px={side: _ankle_offset_px(poses, standing, side) for side in SIDES},
        sole_below_px={side: _sole_below_px(poses, standing, side) for side in SIDES},
        trunk_lean_deg=float(_standing_median(trunk_lean_deg(poses)[:, None], standing)[0]),
        trunk_ahead_heights=float(_standing_median(trunk_ahead_m(poses, _facing(poses))[:, None], standing)[0])
        / metres,
    )


def _facing(poses: Poses) -> Floats:
    """Return where hips and shoulders face (T, 3), in the network's metric axes."""
    turn = turn_rad(poses)
    out: Floats = np.stack([-np.sin(turn), np.zeros_like(turn), -np.cos(turn)], axis=1)
    return out


def _ankle_offset_px(poses: Poses, standing: Mask, side: str) -> Floats:
    return _standing_median(poses.image(f"{side}_ankle") - middle(poses, "ankle"), standing)


def _sole_below_px(poses: Poses, standing: Mask, side: str) -> float:
    sole = np.fmax(poses.image(f"{side}_heel")[:, 1], poses.image(f"{side}_foot_index")[:, 1])
    return float(_standing_median((sole - middle(poses, "ankle")[:, 1])[:, None], standing)[0])


def _standing_median(points: Floats, standing: Mask) -> Floats:
    if not standing.any():
        return np.zeros(points.shape[1])
    out: Floats = np.nanmedian(points[standing], axis=0)
    return out
