"""The pelvis's tilt, where a network sees the pelvis."""

from __future__ import annotations

import numpy as np

from lunge.geometry import signed_angle_deg
from lunge.kinematics.measures import Frame
from lunge.poses import SIDES, Floats, Poses


def pelvic_tilt_deg(poses: Poses, axes: Frame) -> Floats:
    """Return how far the front of the pelvis is lower than its back (T,), degrees; NaN where it is not seen.

    Parameters
    ----------
    poses : Poses
        Smoothed landmarks with the points of `PELVIS`.
    axes : Frame
        Of the same frames.

    Notes
    -----
    The line from PSIS to ASIS of each side in the sagittal plane, mean of the sides
    that are seen: 0 level, positive tilted forward (anterior). Somebody who stands
    has about 10; what tells is the change against that.
    """
    sides = []
    for side in SIDES:
        line = poses.image(f"{side}_asis") - poses.image(f"{side}_psis")
        sides.append(signed_angle_deg(line[:, 1], line[:, 0] / axes.forward_seen))
    seen = np.isfinite(sides)
    total = np.where(seen, sides, 0.0).sum(0)
    out: Floats = np.where(seen.any(0), total / np.maximum(seen.sum(0), 1), np.nan)
    return out
