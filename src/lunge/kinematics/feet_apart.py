"""How far one foot is ahead of the other, by two witnesses.

Seen end-on, above all from behind, the network's depth shows a step far too short. The picture shows
it in its own way: a camera that is higher than the feet sees the nearer foot lower. Neither says by
itself how long the step is, but both together say well whether there is one.
"""

from __future__ import annotations

import numpy as np

from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants
from lunge.kinematics.measures import Frame, foot_ahead_heights
from lunge.kinematics.planted import ankle_offset_px
from lunge.poses import Floats, Poses


def left_ahead_heights(seen: Poses, body: Body, axes: Frame) -> Floats:
    """Return how far the left foot is ahead of the right (T,), body heights: enough to tell that it is.

    Parameters
    ----------
    seen : Poses
        As the picture shows them, perspective and all.
    body : Body
        Of the same landmarks.
    axes : Frame
        Of the same frames.

    Returns
    -------
    array (T,)
        The metric points' own, or, where it is more, both witnesses in units of the metric points' error.

    Notes
    -----
    Two readings with errors s1 and s2 tell best from nothing what both show when each is divided by its own error
    and they are added; the sum's error is the square root of two.
    """
    metric = foot_ahead_heights(seen, body, axes)
    both = (metric + constants().feet_apart.metric_per_picture * _lower_in_picture(seen, body, axes)) / np.sqrt(2)
    out: Floats = np.where(np.abs(both) > np.abs(metric), both, metric)
    return out


def _lower_in_picture(seen: Poses, body: Body, axes: Frame) -> Floats:
    """Return how much lower the left foot shows than the right, against standing, heights (T,).

    Signed so that ahead is positive: from behind, the foot that is ahead is farther and shows higher.
    """
    down = {side: (seen.image(f"{side}_ankle") - ankle_offset_px(seen, body, side))[:, 1] for side in ("left", "right")}
    out: Floats = (down["left"] - down["right"]) * axes.heights_per_px * axes.left_px
    return out
