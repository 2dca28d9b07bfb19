"""The step of somebody whose feet are hidden or out of the picture, read from the trunk.

Who stands or squats keeps the trunk over the feet, or falls. So when, seen from the
side, the shoulders have moved back and stay there, a foot has gone back to bear them:
the trunk moves by about half of the step, and the hips go with it. Whoever sits down on
a seat moves the shoulders back, too, but by straightening up over hips that stay where
they are. Which foot it was is taken from what little of the legs is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.body import Body, middle
from lunge.kinematics.constants import constants
from lunge.kinematics.measures import Frame
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import running_median
from lunge.stillness import runs_of


def shift_heights(poses: Poses, body: Body, axes: Frame, part: str) -> Floats:
    """Return how far the middle of a part, such as the shoulders, is ahead of its place in standing (T,), heights.

    NaN where the camera does not see the person from the side, or standing was never seen.
    """
    if not body.standing.any():
        return np.full(len(poses), np.nan)
    across = middle(poses, part)[:, 0]
    home = np.interp(poses.time_s, poses.time_s[body.standing], across[body.standing])
    side_on = np.abs(axes.forward_px) > constants().hidden_step.side_on_share
    shift = (across - home) * axes.heights_per_px / np.where(side_on, axes.forward_px, np.nan)
    out: Floats = np.where(side_on, shift, np.nan)
    return out


def feet_hidden(poses: Poses) -> NDArray[np.bool_]:
    """Return the frames (T,) in which at least one leg below the hip is not really seen, or out of the picture."""
    c = constants().hidden_step
    legs = []
    for side in SIDES:
        names = [f"{side}_{part}" for part in ("knee", "ankle", "heel")]
        legs.append(np.mean([poses.seen(n) for n in names], axis=0))
    seen = running_median(poses.time_s, np.fmin(*legs), c.seen_window_s)
    size = np.array([poses.width_px, poses.height_px])
    feet = np.stack([poses.image(f"{side}_ankle") for side in SIDES])
    outside = ((feet < 0) | (feet > size)).any(axis=(0, 2)).astype(float)
    gone = running_median(poses.time_s, outside, c.seen_window_s) > 1 / 2
    return np.asarray((seen < c.feet_seen_confidence) | gone, bool)


def hidden_steps(
    poses: Poses, shift: Floats, hips_shift: Floats, left_ahead: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return how far the left foot is ahead (T,) with steps of hidden feet put in, and which frames those are.

    Parameters
    ----------
    poses : Poses
    shift, hips_shift : array (T,)
        From `shift_heights`, of the shoulders and of the hips.
    left_ahead : array (T,)
        As far as the feet are seen, body heights.
    """
    c = constants().hidden_step
    back = np.nan_to_num(-shift)
    shifted, at_home = back > c.least_shift_heights, back < c.least_shift_heights
    moved = shifted & feet_hidden(poses)
    out = left_ahead.copy()
    hidden = np.zeros(len(out), bool)
    known = at_home & np.isfinite(left_ahead)
    calm = float(np.median(left_ahead[known])) if known.any() else 0.0
    for first, last in runs_of(shifted):
        part = slice(first, last + 1)
        took_hips = hips_shift[first] - np.nanmedian(hips_shift[part]) > c.least_hips_heights
        if moved[part].mean() <= 1 / 2 or not took_hips:
            continue
        side = 1.0 if float(np.nanmedian(left_ahead[part])) > calm else -1.0
        out[part], hidden[part] = side * c.steps_per_shift * back[part], True
    return out, hidden
