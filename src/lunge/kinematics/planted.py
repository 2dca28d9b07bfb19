"""The planted foot: the one place that stays where it is while everything else moves."""

from __future__ import annotations

import numpy as np

from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants
from lunge.poses import SIDES, Floats, Poses


def planted_px(poses: Poses, body: Body, left_ahead: Floats) -> Floats:
    """Return where the planted foot's ankle is in the picture (T, 2), px.

    The foot in front is the planted one; while the feet are together both count. Each
    foot is taken against its own place in standing: the farther foot stands higher in
    the picture, and the place must not jump when the weight goes over to it.

    Parameters
    ----------
    left_ahead : array (T,)
        How far the left foot is ahead of the right, body heights.
    """
    share = np.minimum(np.maximum(left_ahead / constants().planted.planted_heights, -1.0), 1.0)[:, None]
    left, right = (poses.image(f"{side}_ankle") - body.ankle_offset_px[side] for side in SIDES)
    out: Floats = (1 + share) / 2 * left + (1 - share) / 2 * right
    return out


def floor_px(body: Body, planted: Floats, side: str) -> Floats:
    """Return the floor's height in the picture under one leg's line of depth (T,), px.

    The sole of that foot while standing, carried along with the planted foot.
    """
    out: Floats = planted[:, 1] + body.sole_below_px[side]
    return out


def standing_median(points: Floats, body: Body) -> Floats:
    """Return the median (D,) of points (T, D) over quiet standing; zero if it was never seen."""
    if not body.standing.any():
        return np.zeros(points.shape[1])
    out: Floats = np.nanmedian(points[body.standing], axis=0)
    return out
