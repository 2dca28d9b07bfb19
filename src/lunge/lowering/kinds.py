"""Tell the way somebody went down from the posture at the bottom."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.body import middle, middle_world
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
    """Return whether the rear knee rests on the floor, which landmarks hardly show: how high the hips are tells best.

    Who kneels has the hips as low as the rear thigh is long. Each reading of that errs in its own way, so that the
    mean of several tells more than one.
    """
    poses, front = seen.poses, leg_in_front(seen, low)
    rear = "right" if front == "left" else "left"
    axes = frame_of(poses, seen.body, seen.azimuth_deg)
    hips = middle_world(poses, "hip")
    others = (
        (poses.world(f"{front}_ankle") - hips)[low, 1] * axes.heights_per_m,
        (poses.world(f"{rear}_foot_index") - hips)[low, 1] * axes.heights_per_m,
        (poses.image(f"{rear}_foot_index") - middle(poses, "hip"))[low, 1] * axes.heights_per_px[low],
    )
    height = (middle_of(seen.motion.hip_height[low]) + float(np.mean([middle_of(one) for one in others]))) / 2
    return height < constants().kneeling.hips_heights


def greatest_drop_heights(seen: Measured, run: Run) -> float:
    """Return how far the hips went down, body heights; what would be below the floor is no reading."""
    drop = seen.motion.drop[run[0] : run[1] + 1]
    return float(np.nanmax(np.where(drop < seen.motion.standing_height, drop, np.nan), initial=0.0))


def legs_out_share(seen: Measured, low: NDArray[np.int_]) -> float:
    """Return in how much of the time the legs are made up: the knees out of the picture, or the hips below the feet."""
    size = np.array([seen.raw.width_px, seen.raw.height_px])
    knees = np.stack([seen.raw.image(f"{side}_knee")[low] for side in SIDES])
    outside = ((knees < 0) | (knees > size)).any(axis=2).all(axis=0)
    upside_down = seen.motion.drop[low] >= seen.motion.standing_height
    return float((outside | upside_down).mean()) if len(low) else 0.0


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
