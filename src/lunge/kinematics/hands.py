"""Level hips read from the hands on them.

The network's hip points hardly follow a pelvis that drops to one side. But the exercise puts the hands on the hips, to
feel them: the wrists then ride on the iliac crests, and their line tilts with the pelvis. Arms and hands are never
quite alike, so that the line is taken against the own standing with the hands on the hips, or, where they were put
there only later, against the moments with the feet together, in a squat or on a seat, facing the same way.
"""

from __future__ import annotations

import numpy as np

from lunge.geometry import signed_angle_deg
from lunge.kinematics.body import Body
from lunge.kinematics.roles import hands_on_hips
from lunge.kinematics.view import feet_together
from lunge.poses import SIDES, Floats, Poses


def hips_by_hands_deg(poses: Poses, body: Body, series: dict[str, Floats], left_px: Floats) -> Floats:
    """Return how much higher the left hip is than in standing, by the line of the wrists (T,), degrees.

    Parameters
    ----------
    poses : Poses
    body : Body
        Tells the frames of quiet standing.
    series : dict of str to array (T,)
        The hands' places, as `measure_series` gives them.
    left_px : array (T,)
        What one unit to the person's left adds to x in the picture; NaN where it is not read.

    Returns
    -------
    array (T,)
        NaN in frames without both hands on the hips, and everywhere when they never were with the feet together.

    Notes
    -----
    Over the held lunges of rendered people seen end-on the error has a standard deviation of 2.4 degrees and follows
    truth with a slope of 0.94; the hip points' are 6.6 degrees and 0.71 (`bench/pelvis.py`).
    """
    line = wrist_line_deg(poses, series, left_px)
    known = np.isfinite(line)
    own = line[known & body.standing]
    if len(own):
        out: Floats = line - np.median(own)
        return out
    out = np.full(len(line), np.nan)
    beside = known & feet_together(poses)
    for facing in (left_px > 0, left_px < 0):
        own = line[beside & facing]
        out[facing] = line[facing] - np.median(own) if len(own) else np.nan
    return out


def wrist_line_deg(poses: Poses, series: dict[str, Floats], left_px: Floats) -> Floats:
    """Return how much higher the left wrist is while both hands are on the hips (T,), degrees.

    Parameters as in `hips_by_hands_deg`; NaN in frames without both hands on the hips.
    """
    if not np.isfinite(left_px).any():
        return np.full(len(poses), np.nan)
    both = np.all([np.isfinite(series[f"{side}_hand_to_hip_heights"]) for side in SIDES], axis=0)
    resting = both & (hands_on_hips(series) == 1.0)
    across = poses.image("left_wrist") - poses.image("right_wrist")
    out: Floats = np.where(resting, signed_angle_deg(-across[:, 1], across[:, 0] / left_px), np.nan)
    return out
