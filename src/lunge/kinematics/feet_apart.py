"""How far one foot is ahead of the other, by three witnesses.

Seen end-on, above all from behind, the network's depth shows a step far too short. The picture shows it in two other
ways: a camera that is higher than the feet sees the nearer foot lower, and the knee in front is the higher one. None of
them says by itself how long the step is, but together they say well whether there is one.
"""

from __future__ import annotations

import numpy as np

from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants
from lunge.kinematics.measures import Frame, foot_ahead_heights
from lunge.kinematics.planted import standing_median
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
        The metric points' own, or, where it is more, all witnesses together in units of the metric points' error.

    Notes
    -----
    Readings with different errors tell best from nothing what they show when each is divided by its own error and they
    are added; the sum's error is the square root of their number. Seen from the side the metric points need no help.
    """
    c = constants().feet_apart
    metric = foot_ahead_heights(seen, body, axes)
    feet = c.feet_weight * _lower_left(seen, body, "foot_index") * axes.left_px
    knees = -c.knees_weight * _lower_left(seen, body, "knee") * np.abs(axes.left_px)
    together = (metric + (feet + knees) * axes.heights_per_px) / np.sqrt(3)
    out: Floats = np.where(np.abs(together) > np.abs(metric), together, metric)
    return out


def _lower_left(seen: Poses, body: Body, part: str) -> Floats:
    """Return how much lower the left one of a pair shows than the right, against standing (T,), px."""
    down = (seen.image(f"left_{part}") - seen.image(f"right_{part}"))[:, 1]
    out: Floats = down - standing_median(down[:, None], body)
    return out
