"""Where the hips are, from what the trunk's length says.

Where the hip is flexed, the network draws the hips too high: towards the shoulders, by 2 to 5 % of the body
height. But a trunk keeps the length that it has in standing. Seen from the side, the hips lie at that
length below the shoulders.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import lengths, pairs
from lunge.kinematics.body import Body, middle
from lunge.kinematics.constants import constants
from lunge.poses import Floats, Poses


def hips_shift(poses: Poses, body: Body, forward_px: Floats, heights_per_px: Floats) -> Floats:
    """Return how far both hips are to be moved along the trunk (T, 2), px: x forward, y down.

    Parameters
    ----------
    poses : Poses
        Without perspective.
    body : Body
        Gives the trunk's length in standing.
    forward_px : array (T,)
        What one unit of length forward adds to x in the picture; NaN where it is not read.
    heights_per_px : array (T,)

    Returns
    -------
    array (T, 2)
        Zero where the trunk is not seen and for somebody who was not seen standing.

    Notes
    -----
    The trunk's length in the sagittal plane is its height in the picture and its width over `forward_px`:
    an error of the width grows as 1 / `forward_px`, its variance as the square, and so the shift is
    weighted by `forward_px` squared: half as much at 45 degrees as from the side.
    """
    if body.baseline != "standing":
        return np.zeros((len(poses), 2))
    c = constants().hips
    trunk = middle(poses, "hip") - middle(poses, "shoulder")
    sagittal = pairs(trunk[:, 0] / forward_px, trunk[:, 1])
    length = lengths(sagittal)
    short = body.trunk_seen_heights - length * heights_per_px
    limited = c.trust_share * np.clip(short, -c.farthest_heights, c.farthest_heights) * forward_px**2 / heights_per_px
    shift = sagittal * (limited / np.maximum(length, 1.0))[:, None]
    known: NDArray[np.bool_] = np.asarray(np.isfinite(shift).all(axis=1))
    out: Floats = np.where(known[:, None], shift, 0.0)
    return out
