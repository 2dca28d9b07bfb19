"""Tell the way somebody went down from the posture at the bottom."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import flexion
from lunge.kinematics.body import middle
from lunge.kinematics.measures import frame_of
from lunge.lowering.constants import constants
from lunge.measuring import Measured
from lunge.poses import SIDES, Floats
from lunge.records import LoweringKind
from lunge.stillness import Run

Side = Literal["left", "right"]


def kind_of(seen: Measured, run: Run, reach: Run, low: NDArray[np.int_]) -> LoweringKind:
    """Return the kind of a lowering: the best guess, whatever was seen of it.

    Parameters
    ----------
    seen : Measured
    run, reach : (first, last)
        The frames in which the person is down, and those from the begin of going down until up again.
    low : array of int
        The frames at the bottom.
    """
    c, motion = constants().kind, seen.motion
    lean = middle_of(motion.trunk_lean_deg[low])
    if legs_out_share(seen, low) > 1 / 2:
        # Legs that are out of the picture are made up: only the trunk tells.
        return "stoop" if lean > c.legless_stoop_deg else "squat"
    drop = greatest_drop_heights(seen, run)
    if lean / c.stoop_deg > drop / c.stoop_heights:
        return "stoop"
    if float(np.nanmax(np.abs(motion.left_ahead[reach[0] : reach[1] + 1]), initial=0.0)) > c.apart_heights:
        return "kneel" if knee_is_down(seen, low) else "lunge"
    return "sit" if _is_on_seat(seen, run) else "squat"


def leg_in_front(seen: Measured, low: NDArray[np.int_]) -> Side:
    """Return the leg that is in front at the bottom."""
    return "left" if middle_of(seen.motion.left_ahead[low]) > 0 else "right"


def knee_is_down(seen: Measured, low: NDArray[np.int_]) -> bool:
    """Return whether the rear knee rests on the floor, which the picture hardly shows: the hips and front knee tell.

    Who kneels has the hips as low as the rear thigh is long, and lower than in a lunge; so the front knee bends more.
    """
    c, poses, front = constants().kneeling, seen.poses, leg_in_front(seen, low)
    unit = frame_of(poses, seen.body, seen.azimuth_deg).heights_per_px[low]
    height = middle_of((poses.image(f"{front}_ankle")[low] - middle(poses, "hip")[low])[:, 1] * unit)
    bend = middle_of(flexion(*(poses.world(f"{front}_{part}")[low] for part in ("hip", "knee", "ankle"))))
    return c.bend_weight * (bend - c.bend_deg) > c.hips_weight * (height - c.hips_heights)


def greatest_drop_heights(seen: Measured, run: Run) -> float:
    """Return how far the hips went down, body heights; what would be below the floor is no reading."""
    drop = seen.motion.drop[run[0] : run[1] + 1]
    return float(np.nanmax(np.where(drop < seen.motion.standing_height, drop, np.nan), initial=0.0))


def legs_out_share(seen: Measured, low: NDArray[np.int_]) -> float:
    """Return in how much of the time both knees are out of the picture."""
    size = np.array([seen.raw.width_px, seen.raw.height_px])
    knees = np.stack([seen.raw.image(f"{side}_knee")[low] for side in SIDES])
    outside = ((knees < 0) | (knees > size)).any(axis=2).all(axis=0)
    return float(outside.mean()) if len(low) else 0.0


def _is_on_seat(seen: Measured, run: Run) -> bool:
    """Whether the body could not balance on its feet most of the time; from behind the lean does not show."""
    c, motion = constants().kind, seen.motion
    down = slice(run[0], run[1] + 1)
    upright = middle_of(motion.trunk_lean_deg[down]) < c.seat_lean_deg
    behind = middle_of(motion.trunk_ahead[down]) < -c.seat_behind_heights
    return upright and behind and middle_of(motion.from_behind[down]) < 1 / 2


def middle_of(series: Floats) -> float:
    """Return the median of what is known; NaN where nothing is."""
    return float(np.nanmedian(series)) if np.isfinite(series).any() else float("nan")
