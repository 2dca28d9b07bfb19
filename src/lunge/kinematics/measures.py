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

    @property
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
    for side in SIDES:
        out |= _leg(poses, axes, side, shift)
        knee = poses.image(f"{side}_knee")[:, 1]
        out[f"{side}_knee_height_heights"] = (floor_px(body, planted, side) - knee) * axes.heights_per_px
    out |= _trunk(poses, axes)
    out |= _pelvis(poses, axes)
    out |= _feet(poses, axes)
    trunks = _trunks(poses, body, axes)
    for side in SIDES:
        out[f"{side}_hand_to_hip_heights"] = _hand_to_hip(poses, body, side)
        arm = [poses.world(f"{side}_{part}") for part in ("shoulder", "elbow", "wrist")]
        out[f"{side}_hand_elbow_flexion_deg"] = flexion(*arm)
        out[f"{side}_hand_above_hip_heights"] = _hand_above_hip(poses, trunks, side)
    by_hands = hips_by_hands_deg(poses, body, out, axes.left_seen)
    level = np.where(np.isfinite(by_hands), by_hands, out["pelvic_obliquity_deg"])
    return out | {"hips_by_hands_deg": by_hands, "pelvic_obliquity_deg": level}


SAGITTAL_LEG: Final = (
    *("knee_flexion_deg", "hip_flexion_3pt_deg", "thigh_above_horizontal_deg", "thigh_forward_deg"),
    "shank_forward_deg",
)


def _leg(poses: Poses, axes: Frame, side: str, shift: Floats) -> dict[str, Floats]:
    angles = _leg_angles(poses, axes, side, shift) if np.isfinite(axes.forward_seen).any() else _unseen(axes, 5)
    inward = _knee_inward(poses, axes, side) if np.isfinite(axes.left_seen).any() else _unseen(axes, 1)[0]
    named = {f"{side}_{name}": series for name, series in zip(SAGITTAL_LEG, angles, strict=True)}
    return named | {f"{side}_knee_inward_heights": inward}


def _unseen(axes: Frame, count: int) -> list[Floats]:
    """Return series of a plane that no frame shows."""
    return [np.full(len(axes.forward_px), np.nan) for _ in range(count)]


def _leg_angles(poses: Poses, axes: Frame, side: str, shift: Floats) -> list[Floats]:
    """Return the series of `SAGITTAL_LEG`."""
    unfolded = [_sagittal(poses.image(f"{side}_{p}"), axes.forward_seen) for p in ("shoulder", "hip", "knee", "ankle")]
    unfolded[1] = unfolded[1] + shift
    thigh, shank = unfolded[2] - unfolded[1], unfolded[2] - unfolded[3]
    return [
        flexion(*unfolded[1:]),
        flexion(*unfolded[:3]),
        signed_angle_deg(thigh[:, 1], np.abs(thigh[:, 0])),
        signed_angle_deg(thigh[:, 0], thigh[:, 1]),
        signed_angle_deg(shank[:, 0], -shank[:, 1]),
    ]


def _knee_inward(poses: Poses, axes: Frame, side: str) -> Floats:
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


def _sagittal(points: Floats, share: Floats) -> Floats:
    """Return picture points (T, 2) with x turned into forward, foreshortening taken out."""
    return pairs(points[:, 0] / share, points[:, 1])


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
    if not np.isfinite(axes.left_seen).any():
        return dict(zip(("pelvic_obliquity_deg", "pelvic_rotation_deg"), _unseen(axes, 2), strict=True))
    across = poses.image("left_hip") - poses.image("right_hip")
    level = signed_angle_deg(-across[:, 1], across[:, 0] / axes.left_seen)
    world = poses.world("left_hip") - poses.world("right_hip")
    ahead, aside = (world * axes.heading).sum(1), (world * axes.left).sum(1)
    facing = np.where(np.isfinite(axes.left_seen), -signed_angle_deg(ahead, aside), np.nan)
    return {"pelvic_obliquity_deg": level, "pelvic_rotation_deg": facing}


def _feet(poses: Poses, axes: Frame) -> dict[str, Floats]:
    if not np.isfinite(axes.left_seen).any():
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


def _wrist_seen(poses: Poses, side: str) -> NDArray[np.bool_]:
    return np.asarray(poses.seen(f"{side}_wrist") >= constants().measures.least_seen_confidence, bool)


def _hand_to_hip(poses: Poses, body: Body, side: str) -> Floats:
    away = poses.world(f"{side}_wrist") - poses.world(f"{side}_hip")
    distance = lengths(away) / world_height_m(body)
    out: Floats = np.where(_wrist_seen(poses, side), distance, np.nan)
    return out


def _trunks(poses: Poses, body: Body, axes: Frame) -> tuple[Floats, Floats]:
    """Return the trunk's direction, hips to shoulders, over what one height is there: metric (T, 3), picture (T, 2)."""
    out = []
    for at, unit in ((middle_world, 1.0 / world_height_m(body)), (middle, axes.heights_per_px)):
        trunk = at(poses, "shoulder") - at(poses, "hip")
        out.append(trunk * (unit / lengths(trunk))[:, None])
    return out[0], out[1]


def _hand_above_hip(poses: Poses, trunks: tuple[Floats, Floats], side: str) -> Floats:
    """Return how far the wrist is above the hip along the trunk, mean of metric points and picture."""
    metric, picture = (
        ((at(f"{side}_wrist") - at(f"{side}_hip")) * trunk).sum(1)
        for at, trunk in zip((poses.world, poses.image), trunks, strict=True)
    )
    out: Floats = np.where(_wrist_seen(poses, side), (metric + picture) / 2, np.nan)
    return out
