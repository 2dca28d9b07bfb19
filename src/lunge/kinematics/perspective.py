"""Undo perspective: what the picture would show if every point were as far away as the hips.

A knee nearer to the camera looks larger and farther from the picture's middle. The
metric points tell how much nearer; the person's height in the picture tells how far
away the person is, for a usual lens.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants
from lunge.poses import Poses


def focal_px(poses: Poses) -> float:
    """Return the focal length of a usual lens for a picture of this size, px."""
    return constants().perspective.focal_long_sides * max(poses.width_px, poses.height_px)


def without_perspective(poses: Poses, body: Body) -> Poses:
    """Return the poses with picture points moved to where the hips' distance would show them.

    Poses without a body height in the picture come back as they are.
    """
    if not np.isfinite(body.height_px) or not np.isfinite(body.px_per_m_standing):
        return poses
    distance_m = focal_px(poses) / body.px_per_m_standing
    nearer = 1.0 + poses.world_m[..., 2] / distance_m
    middle = np.array([poses.width_px / 2, poses.height_px / 2])
    return replace(poses, image_px=middle + (poses.image_px - middle) * nearer[..., None])
