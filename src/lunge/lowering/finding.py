"""Find lowerings in the motion of a person, and tell their kind.

Whoever goes down lowers the hips or bends the trunk; both show from every side.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import signed_angle_deg
from lunge.lowering.constants import constants
from lunge.measuring import Measured
from lunge.poses import SIDES, Floats
from lunge.records import Lowering, LoweringKind, Repetition
from lunge.stillness import Run, runs_of, walk


def lowerings(seen: Measured, done: Iterable[Repetition] = ()) -> tuple[Lowering, ...]:
    """Return every lowering, in time order.

    Parameters
    ----------
    seen : Measured
        A part of a video.
    done : iterable of Repetition
        Repetitions of the exercise: they are no lowerings.

    Returns
    -------
    tuple of Lowering
        Without the load on the back: see `with_back_loads`.
    """
    found = [_lowering(seen, run) for run in _runs(seen)]
    taken = [(r.start_s, r.end_s) for r in done]
    return tuple(low for low in found if not any(start <= low.bottom_s <= end for start, end in taken))


def is_exercise(seen: Measured, repetition: Repetition) -> bool:
    """Return whether a repetition is the exercise, done with the hands on the hips: at work they are elsewhere."""
    if not any(f.check == "hands_on_hips" and f.result == "pass" for f in repetition.findings):
        return False
    time = seen.motion.time_s
    down = (time >= repetition.start_s) & (time <= repetition.end_s)
    down &= seen.motion.drop > constants().finding.low_heights
    away = [_median(seen.series[f"{side}_hand_to_hip_heights"][down]) for side in SIDES]
    return float(np.nanmax(away, initial=0.0)) <= constants().exercise.at_hip_heights


def _runs(seen: Measured) -> list[Run]:
    """Return the first and last frame of each time in which somebody is down."""
    c, motion = constants().finding, seen.motion
    down = (motion.drop > c.low_heights) | (motion.trunk_lean_deg > c.bent_deg)
    merged: list[Run] = []
    for run in runs_of(down):
        if merged and motion.time_s[run[0]] - motion.time_s[merged[-1][1]] < c.joined_s:
            merged[-1] = (merged[-1][0], run[1])
        else:
            merged.append(run)
    return [run for run in merged if motion.time_s[run[1]] - motion.time_s[run[0]] >= c.shortest_s]


def _lowering(seen: Measured, run: Run) -> Lowering:
    motion = seen.motion
    first, last = _reach(seen, run)
    low = _bottom(seen, run)
    drop = float(np.nanmax(motion.drop[run[0] : run[1] + 1], initial=0.0))
    lean = _median(motion.trunk_lean_deg[low])
    kind = _kind(seen, run, (first, last), low, drop)
    seen_share = float(np.isfinite(motion.trunk_lean_deg[run[0] : run[1] + 1]).mean())
    ahead = _median(motion.left_ahead[low])
    return Lowering(
        kind=kind,
        start_s=round(float(motion.time_s[first]), 3),
        bottom_s=round(float(np.median(motion.time_s[low])), 3),
        end_s=round(float(motion.time_s[last]), 3),
        lead_leg=("left" if ahead > 0 else "right") if kind in ("lunge", "kneel") else None,
        result="seen" if seen_share >= constants().finding.least_seen_share else "cannot_judge",
        drop_heights=round(drop, 3),
        trunk_lean_deg=round(lean, 1) if np.isfinite(lean) else None,
    )


def _reach(seen: Measured, run: Run) -> Run:
    """Return the frames in which the body begins to go down and is up again."""
    c, motion = constants().finding, seen.motion
    up = ~((motion.drop > c.begun_heights) | (motion.trunk_lean_deg > c.begun_deg))
    last = len(up) - 1
    return walk(run[0], -1, 0, lambda i: bool(up[i])), walk(run[1], 1, last, lambda i: bool(up[i]))


def _bottom(seen: Measured, run: Run) -> NDArray[np.int_]:
    """Return the frames at the bottom: where hips and trunk together are almost as low as they get."""
    c, motion = constants().finding, seen.motion
    frames = np.arange(run[0], run[1] + 1)
    depth = motion.drop[frames] / c.low_heights + motion.trunk_lean_deg[frames] / c.bent_deg
    if not np.isfinite(depth).any():
        return frames
    out: NDArray[np.int_] = frames[depth >= c.bottom_share * np.nanmax(depth)]
    return out


def _kind(seen: Measured, run: Run, reach: Run, low: NDArray[np.int_], drop: float) -> LoweringKind:
    c, motion = constants().kind, seen.motion
    if drop < c.stoop_heights or _median(motion.trunk_lean_deg[low]) > c.stoop_deg:
        return "stoop"
    if float(np.nanmax(np.abs(motion.left_ahead[reach[0] : reach[1] + 1]), initial=0.0)) > c.apart_heights:
        return "lunge" if _thighs_apart_deg(seen, low) >= c.lunge_thighs_deg else "kneel"
    return "sit" if _is_on_seat(seen, run) else "squat"


def _thighs_apart_deg(seen: Measured, low: NDArray[np.int_]) -> float:
    """Return by how much the two thighs' angles from the horizontal differ at the bottom."""
    tilts = []
    for side in SIDES:
        thigh = seen.poses.world(f"{side}_knee")[low] - seen.poses.world(f"{side}_hip")[low]
        tilts.append(signed_angle_deg(thigh[:, 1], np.hypot(thigh[:, 0], thigh[:, 2])))
    return abs(_median(tilts[0] - tilts[1]))


def _is_on_seat(seen: Measured, run: Run) -> bool:
    """Whether the body could not balance on its feet most of the time; from behind the lean does not show."""
    c, motion = constants().kind, seen.motion
    down = slice(run[0], run[1] + 1)
    upright = _median(motion.trunk_lean_deg[down]) < c.seat_lean_deg
    behind = _median(motion.trunk_ahead[down]) < -c.seat_behind_heights
    return upright and behind and _median(motion.from_behind[down]) < 1 / 2


def _median(series: Floats) -> float:
    return float(np.nanmedian(series)) if np.isfinite(series).any() else float("nan")
