"""Left and right: repair of frames in which the network swaps the legs.

A planted foot stays where it is, and a moving one moves smoothly. Where one
frame exchanges left and right, both jump; the labelling that lets all leg points
travel least is the true one, and whole clips are settled at once by dynamic
programming over the two labellings of each frame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.constants import constants
from lunge.poses import Floats, Poses

LEG: Final = ("knee", "ankle", "heel", "foot_index")


def swapped_frames(poses: Poses) -> NDArray[np.bool_]:
    """Return the frames (T,) in which the legs' labels are better exchanged.

    Parameters
    ----------
    poses : Poses
        Raw landmarks. Frames without a person cost nothing and break the chain.
    """
    left = np.concatenate([poses.image(f"left_{p}") for p in LEG], axis=1)
    right = np.concatenate([poses.image(f"right_{p}") for p in LEG], axis=1)
    length = _leg_length(poses)
    points = np.stack([np.concatenate([left, right], 1), np.concatenate([right, left], 1)]) / length
    return _cheapest(points)


def _leg_length(poses: Poses) -> float:
    hip, ankle = poses.image("left_hip"), poses.image("left_ankle")
    reach = np.linalg.norm(hip - ankle, axis=1)
    return float(np.nanpercentile(reach, constants().sides.leg_length_percentile)) if np.isfinite(reach).any() else 1.0


def _cheapest(points: Floats) -> NDArray[np.bool_]:
    """Return the cheapest labelling of frames; `points` (2, T, D) holds both of each."""
    frames = points.shape[1]
    cost = np.zeros(2)
    back = np.zeros((frames, 2), np.int8)
    own = np.array([0.0, constants().sides.trust_legs_per_frame])
    for t in range(1, frames):
        travel = np.linalg.norm(points[:, None, t] - points[None, :, t - 1], axis=2)
        travel = np.nan_to_num(travel, nan=0.0)
        total = travel + cost[None, :]
        back[t] = total.argmin(1)
        cost = total.min(1) + own
        cost -= cost.min()
    label = int(cost.argmin())
    out = np.zeros(frames, bool)
    for t in range(frames - 1, -1, -1):
        out[t] = bool(label)
        label = int(back[t, label])
    return out


def with_sides_settled(poses: Poses) -> tuple[Poses, NDArray[np.bool_]]:
    """Return the poses with swapped legs exchanged back, and which frames those are (T,)."""
    swapped = swapped_frames(poses)
    if not swapped.any():
        return poses, swapped
    order = exchanged_order(poses.names)
    image, world, seen = poses.image_px.copy(), poses.world_m.copy(), poses.confidence.copy()
    image[swapped] = image[swapped][:, order]
    world[swapped] = world[swapped][:, order]
    seen[swapped] = seen[swapped][:, order]
    return replace(poses, image_px=image, world_m=world, confidence=seen), swapped


def exchanged_order(names: tuple[str, ...]) -> NDArray[np.int_]:
    """Return where each point comes from when the legs below the hip change places (K,)."""
    order = np.arange(len(names))
    for part in LEG:
        left, right = names.index(f"left_{part}"), names.index(f"right_{part}")
        order[left], order[right] = right, left
    return order
