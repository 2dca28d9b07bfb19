"""The length of a step, from where both feet are in the picture and where the person heads."""

from __future__ import annotations

import numpy as np

from lunge.kinematics.measures import Frame
from lunge.kinematics.perspective import focal_px
from lunge.poses import Floats, Poses


def step_length_heights(seen: Poses, axes: Frame, left_ahead: Floats) -> Floats:
    """Return how far the balls of the feet are apart along the heading (T,), body heights.

    Parameters
    ----------
    seen : Poses
        As the picture shows them, perspective and all.
    axes : Frame
        Of the same frames.
    left_ahead : array (T,)
        Its sign tells which foot is in front.

    Returns
    -------
    array (T,)
        NaN where the camera sees less than half of a length along the heading.

    Notes
    -----
    The rear foot stands a step s behind the front one on the heading (x, z): in the picture
    u_rear = f (X - s x) / (Z - s z), which is solved for s. The network's own depth of the
    feet along the heading is not needed; it is too small for a foot that is far behind. The
    hips are half-way between the feet, so the front foot is s z / 2 beyond their distance.
    How far the feet stand apart sideways shows too, unless the camera is square to the side,
    and is taken off.
    """
    focal, unit = focal_px(seen), axes.heights_per_px
    across = {side: seen.image(f"{side}_foot_index")[:, 0] - seen.width_px / 2 for side in ("left", "right")}
    left_is_front = left_ahead >= 0
    front = np.where(left_is_front, across["left"], across["right"])
    rear = np.where(left_is_front, across["right"], across["left"])
    depth = axes.heading[:, 2]
    sideways = np.where(left_is_front, 1.0, -1.0) * _left_of(seen, axes) * axes.left_px
    at_hips = (unit * (front - rear) - sideways) / (axes.forward_seen - rear / focal * depth)
    once = at_hips * (1 + depth * at_hips / (2 * focal * unit))
    out: Floats = np.abs(at_hips * (1 + depth * once / (2 * focal * unit)))
    return out


def _left_of(seen: Poses, axes: Frame) -> Floats:
    """Return how far the left foot is to the left of the right one (T,), body heights, from the metric points."""
    out: Floats = ((seen.world("left_ankle") - seen.world("right_ankle")) * axes.left).sum(1) * axes.heights_per_m
    return out
