"""The step of somebody whose feet are hidden or out of the picture, read from the trunk.

Who stands or squats keeps the trunk over the feet, or falls. So when, seen from the
side, the shoulders have moved back and stay there, a foot has gone back to bear them:
the trunk moves by about half of the step. Which foot it was is taken from what little
of the legs is seen.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.body import Body, middle
from lunge.kinematics.measures import Frame
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import running_median
from lunge.stillness import runs_of

STEPS_PER_SHIFT: Final = 2.0
"""The trunk is half-way between the feet in a lunge: vertical ground force is shared about equally
(49 to 62 % in front, mechanics.md section 5)."""

LEAST_SHIFT_HEIGHTS: Final = 0.06
"""Sway and the hips' own way in a squat stay below this; half of the shortest step is 0.1 H."""

SEEN_FEET: Final = 0.7
"""Mean confidence of a leg below the hip: both legs stay above it in a lunge in full view
(0.9 to 1.0), and one falls below when furniture or the picture's edge hides a foot (0.3 to 0.6)."""

SEEN_WINDOW_S: Final = 1.0

SIDE_ON_SHARE: Final = 0.64
"""Sine of 40°: the camera is within 50° of the side."""


def trunk_shift_heights(poses: Poses, body: Body, axes: Frame) -> Floats:
    """Return how far the shoulders are ahead of where they are in standing (T,), body heights.

    NaN where the camera does not see the person from the side, or standing was never seen.
    """
    if not body.standing.any():
        return np.full(len(poses), np.nan)
    across = middle(poses, "shoulder")[:, 0]
    home = np.interp(poses.time_s, poses.time_s[body.standing], across[body.standing])
    side_on = np.abs(axes.forward_px) > SIDE_ON_SHARE
    shift = (across - home) * axes.heights_per_px / np.where(side_on, axes.forward_px, np.nan)
    out: Floats = np.where(side_on, shift, np.nan)
    return out


def feet_hidden(poses: Poses) -> NDArray[np.bool_]:
    """Return the frames (T,) in which at least one leg below the hip is not really seen, or out of the picture."""
    legs = []
    for side in SIDES:
        names = [f"{side}_{part}" for part in ("knee", "ankle", "heel")]
        legs.append(np.mean([poses.seen(n) for n in names], axis=0))
    seen = running_median(poses.time_s, np.fmin(*legs), SEEN_WINDOW_S)
    size = np.array([poses.width_px, poses.height_px])
    feet = np.stack([poses.image(f"{side}_ankle") for side in SIDES])
    outside = ((feet < 0) | (feet > size)).any(axis=(0, 2)).astype(float)
    gone = running_median(poses.time_s, outside, SEEN_WINDOW_S) > 1 / 2
    return np.asarray((seen < SEEN_FEET) | gone, bool)


def hidden_steps(poses: Poses, shift: Floats, left_ahead: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return how far the left foot is ahead (T,) with steps of hidden feet put in, and which frames those are.

    Parameters
    ----------
    poses : Poses
    shift : array (T,)
        From `trunk_shift_heights`.
    left_ahead : array (T,)
        As far as the feet are seen, body heights.
    """
    back = np.nan_to_num(-shift)
    moved = (back > LEAST_SHIFT_HEIGHTS) & feet_hidden(poses)
    out = left_ahead.copy()
    hidden = np.zeros(len(out), bool)
    calm = float(np.nanmedian(left_ahead[back < LEAST_SHIFT_HEIGHTS])) if (back < LEAST_SHIFT_HEIGHTS).any() else 0.0
    for first, last in runs_of(back > LEAST_SHIFT_HEIGHTS):
        part = slice(first, last + 1)
        if moved[part].mean() <= 1 / 2:
            continue
        side = 1.0 if float(np.nanmedian(left_ahead[part])) > calm else -1.0
        out[part], hidden[part] = side * STEPS_PER_SHIFT * back[part], True
    return out, hidden
