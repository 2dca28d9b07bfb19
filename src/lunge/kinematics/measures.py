"""Measures of posture over time: landmarks in, named series out.

Names and signs are those of `contract.md`. *Forward*, *left* and *up* are the
person's heading and the vertical. Lengths are in body heights.

A picture shows lengths along the camera's axis as nothing, so each measure is
taken from the picture where the camera sees its plane (the sagittal plane from
the side, the frontal plane from the front and back), with the foreshortening of
the azimuth taken out, and left empty elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import aside_of_line, flexion, lengths, pairs, signed_angle_deg
from lunge.kinematics.body import Body, middle, middle_world
from lunge.kinematics.constants import constants
from lunge.kinematics.hands import hips_by_hands_deg
from lunge.kinematics.hips import hips_shift
from lunge.kinematics.planted import floor_px, planted_px
from lunge.kinematics.view import px_per_m
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import running_median


@dataclass(frozen=True)
class Frame:
    """How the person's own axes lie in the picture, per frame.

    Attributes
    ----------
    forward_px : array (T,)
        What one unit of length forward adds to x in the picture, in [-1, 1].
    left_px : array (T,)
        What one unit to the person's left adds to x in the picture.
    forward_seen, left_seen : array (T,)
        The same where enough of it shows to divide by, NaN elsewhere.
    heights_per_px : array (T,)
        Body heights that one pixel shows at the person.
    heights_per_m : float
        Body heights in one metre of the network's world.
    heading : array (T, 3)
        The heading in the network's metric axes.
    """

    forward_px: Floats
    left_px: Floats
    forward_seen: Floats
    left_seen: Floats
    heights_per_px: Floats
    heights_per_m: float
    heading: Floats

    @cached_property
    def sees_forward(self) -> bool:
        """Whether any frame shows enough of the way forward."""
        return bool(np.isfinite(self.forward_seen).any())

    @cached_property
    def sees_left(self) -> bool:
        """Whether any frame shows enough of the way to the left."""
        return bool(np.isfinite(self.left_seen).any())

    @cached_property
    def left(self) -> Floats:
        """The direction to the person's left (T, 3), in the network's metric axes."""
        return np.stack([-self.heading[:, 2], np.zeros(len(self.heading)), self.heading[:, 0]], axis=1)


def frame_of(poses: Poses, body: Body, azimuth: Floats) -> Frame:
    """Return the person's axes in the picture from the camera's azimuth (T,), degrees."""
    turn = np.radians(azimuth)
    scale = _standing_scale(poses, body)
    heading = np.stack([-np.sin(turn), np.zeros_like(turn), -np.cos(turn)], axis=1)
    forward, left = -np.sin(turn), np.cos(turn)
    seen = readable(forward), readable(left)
    return Frame(forward, left, *seen, 1.0 / (body.height_px * scale), 1.0 / world_height_m(body), heading)


def _standing_scale(poses: Poses, body: Body) -> Floats:
    """Return the scale (T,) against the one in `Body`: as in the standing before and after."""
    if not body.standing.any():
        return np.ones(len(poses))
    scale = running_median(poses.time_s, px_per_m(poses), constants().measures.scale_window_s) / body.px_per_m_standing
    out: Floats = np.interp(poses.time_s, poses.time_s[body.standing], scale[body.standing])
    return out


def readable(share: Floats) -> Floats:
    """Return the share of a length that shows, NaN where it is too small to divide by."""
    out: Floats = np.where(np.abs(share) >= constants().measures.least_plane_share, share, np.nan)
    return out


def measure_series(poses: Poses, body: Body, axes: Frame) -> dict[str, Floats]:
    """Return every measure (T,) by name; empty (NaN) where the view does not give it.

    Parameters
    ----------
    poses : Poses
        Smoothed landmarks with the legs' identity settled.
    body : Body
        Of the same person.
    axes : Frame
        Of the same frames.
    """
    planted = planted_px(poses, body, foot_ahead_heights(poses, body, axes))
    out: dict[str, Floats] = {}
    shift = hips_shift(poses, body, axes.forward_seen, axes.heights_per_px)
    out |= _legs(poses, axes, shift)
    for side in SIDES:
        out[f"{side}_knee_inward_heights"] = _knee_inward(poses, axes, side)
        knee = poses.image(f"{side}_knee")[:, 1]
        out[f"{side}_knee_height_heights"] = (floor_px(body, planted, side) - knee) * axes.heights_per_px
    out |= _trunk(poses, axes)
    out |= _pelvis(poses, axes)
    out |= _feet(poses, axes)
    out |= _hands(poses, body, axes)
    by_hands = hips_by_hands_deg(poses, body, out, axes.left_seen)
    level = np.where(np.isfinite(by_hands), by_hands, out["pelvic_obliquity_deg"])
    return out | {"hips_by_hands_deg": by_hands, "pelvic_obliquity_deg": level}


SAGITTAL_LEG: Final = (
    *("knee_flexion_deg", "hip_flexion_3pt_deg", "thigh_above_horizontal_deg", "thigh_forward_deg"),
    "shank_forward_deg",
)


def _legs(poses: Poses, axes: Frame, shift: Floats) -> dict[str, Floats]:
    """Return the series of `SAGITTAL_LEG` of both legs."""
    if not axes.sees_forward:
        names = [f"{side}_{name}" for side in SIDES for name in SAGITTAL_LEG]
        return dict(zip(names, _unseen(axes, len(names)), strict=True))
    both = zip(SAGITTAL_LEG, _leg_angles(poses, axes, shift), strict=True)
    return {f"{side}_{name}": series[:, i] for name, series in both for i, side in enumerate(SIDES)}


def _unseen(axes: Frame, count: int) -> list[Floats]:
    """Return series of a plane that no frame shows."""
    return [np.full(len(axes.forward_px), np.nan) for _ in range(count)]


def _leg_angles(poses: Poses, axes: Frame, shift: Floats) -> list[Floats]:
    """Return the series of `SAGITTAL_LEG`, each (T, 2): left and right at once, which is quicker for single frames."""
    unfolded = [_sagittal(_of_sides(poses.image_px, poses, p), axes) for p in ("shoulder", "hip", "knee", "ankle")]
    unfolded[1] = unfolded[1] + shift[:, None]
    thigh, shank = unfolded[2] - unfolded[1], unfolded[2] - unfolded[3]
    return [
        flexion(*unfolded[1:]),
        flexion(*unfolded[:3]),
        signed_angle_deg(thigh[..., 1], np.abs(thigh[..., 0])),
        signed_angle_deg(thigh[..., 0], thigh[..., 1]),
        signed_angle_deg(shank[..., 0], -shank[..., 1]),
    ]


def _of_sides(points: Floats, poses: Poses, part: str) -> Floats:
    """Return what there is of the left and the right of a part (T, 2, ...)."""
    out: Floats = points[:, _rows_of_sides(poses.names, part)]
    return out


@cache
def _rows_of_sides(names: tuple[str, ...], part: str) -> NDArray[np.intp]:
    return np.array([names.index(f"{side}_{part}") for side in SIDES])


def _knee_inward(poses: Poses, axes: Frame, side: str) -> Floats:
    if not axes.sees_left:
        return _unseen(axes, 1)[0]
    knee, hip, ankle = (poses.image(f"{side}_{p}") for p in ("knee", "hip", "ankle"))
    across = aside_of_line(knee, hip, ankle) * axes.heights_per_px - axes.forward_px * _knee_ahead(poses, axes, side)
    out: Floats = across / axes.left_seen * (-1.0 if side == "left" else 1.0)
    return out


def _knee_ahead(poses: Poses, axes: Frame, side: str) -> Floats:
    """Return how far the knee is ahead of the line from hip to ankle, from the metric points, heights.

    Unless the camera stands straight in front, that shows as sideways in the picture.
    """
    points = [poses.world(f"{side}_{part}") for part in ("knee", "hip", "ankle")]
    flat = [pairs((p * axes.heading).sum(1), p[:, 1]) for p in points]
    out: Floats = aside_of_line(*flat) * axes.heights_per_m
    return out


def _sagittal(points: Floats, axes: Frame) -> Floats:
    """Return picture points (T, K, 2) with x turned into forward, foreshortening taken out."""
    out = points.copy()
    out[..., 0] /= axes.forward_seen[:, None]
    return out


def _trunk(poses: Poses, axes: Frame) -> dict[str, Floats]:
    """Return the trunk's lean in both planes; what leans in the other one shows too, and is taken off."""
    trunk = (middle(poses, "shoulder") - middle(poses, "hip")) * axes.heights_per_px[:, None]
    world = (middle_world(poses, "shoulder") - middle_world(poses, "hip")) * axes.heights_per_m
    ahead, aside = (world * axes.heading).sum(1), (world * axes.left).sum(1)
    forward = (trunk[:, 0] - axes.left_px * aside) / axes.forward_seen
    left = (trunk[:, 0] - axes.forward_px * ahead) / axes.left_seen
    return {
        "trunk_forward_deg": signed_angle_deg(forward, -trunk[:, 1]),
        "trunk_side_deg": signed_angle_deg(left, -trunk[:, 1]),
    }


def _pelvis(poses: Poses, axes: Frame) -> dict[str, Floats]:
    if not axes.sees_left:
        return dict(zip(("pelvic_obliquity_deg", "pelvic_rotation_deg"), _unseen(axes, 2), strict=True))
    across = poses.image("left_hip") - poses.image("right_hip")
    level = signed_angle_deg(-across[:, 1], across[:, 0] / axes.left_seen)
    world = poses.world("left_hip") - poses.world("right_hip")
    ahead, aside = (world * axes.heading).sum(1), (world * axes.left).sum(1)
    facing = np.where(np.isfinite(axes.left_seen), -signed_angle_deg(ahead, aside), np.nan)
    return {"pelvic_obliquity_deg": level, "pelvic_rotation_deg": facing}


def _feet(poses: Poses, axes: Frame) -> dict[str, Floats]:
    if not axes.sees_left:
        return dict(zip(("feet_apart_heights", "feet_apart_shoulder_widths"), _unseen(axes, 2), strict=True))
    ankles = poses.image("left_ankle") - poses.image("right_ankle")
    apart = np.abs(ankles[:, 0] / axes.left_seen) * axes.heights_per_px
    shoulders = np.abs((poses.image("left_shoulder") - poses.image("right_shoulder"))[:, 0] / axes.left_seen)
    return {
        "feet_apart_heights": apart,
        "feet_apart_shoulder_widths": apart / (shoulders * axes.heights_per_px),
    }


def foot_ahead_heights(poses: Poses, body: Body, axes: Frame) -> Floats:
    """Return how far the left foot is ahead of the right along the heading (T,), body heights, in every view."""
    ankles = poses.world("left_ankle") - poses.world("right_ankle")
    out: Floats = (ankles * axes.heading).sum(1) / world_height_m(body)
    return out


def world_height_m(body: Body) -> float:
    """Return the body height in the network's metres; about the true one, but not quite."""
    return body.height_px / body.px_per_m_standing


def _hands(poses: Poses, body: Body, axes: Frame) -> dict[str, Floats]:
    """Return how far the wrists are from the hips, how far above them along the trunk, and how the elbows are bent."""
    arms = [_of_sides(poses.world_m, poses, part) for part in ("shoulder", "elbow", "wrist")]
    away = arms[2] - _of_sides(poses.world_m, poses, "hip")
    seen = _of_sides(poses.confidence, poses, "wrist") >= constants().measures.least_seen_confidence
    series = {
        "hand_to_hip_heights": np.where(seen, lengths(away) / world_height_m(body), np.nan),
        "hand_elbow_flexion_deg": flexion(*arms),
        "hand_above_hip_heights": np.where(seen, _hands_above_hips(poses, body, axes, away), np.nan),
    }
    return {f"{side}_{name}": both[:, i] for name, both in series.items() for i, side in enumerate(SIDES)}


def _hands_above_hips(poses: Poses, body: Body, axes: Frame, away_m: Floats) -> Floats:
    """Return how far the wrists are above the hips along the trunk (T, 2), mean of metric points and picture."""
    in_picture = _of_sides(poses.image_px, poses, "wrist") - _of_sides(poses.image_px, poses, "hip")
    metric, picture = (
        (hands * trunk[:, None]).sum(-1)
        for hands, trunk in zip((away_m, in_picture), _trunks(poses, body, axes), strict=True)
    )
    out: Floats = (metric + picture) / 2
    return out


def _trunks(poses: Poses, body: Body, axes: Frame) -> tuple[Floats, Floats]:
    """Return the trunk's direction, hips to shoulders, over what one height is there: metric (T, 3), picture (T, 2)."""
    out = []
    for at, unit in ((middle_world, 1.0 / world_height_m(body)), (middle, axes.heights_per_px)):
        trunk = at(poses, "shoulder") - at(poses, "hip")
        out.append(trunk * (unit / lengths(trunk))[:, None])
    return out[0], out[1]
