"""Find lowerings in the motion of a person, and tell their kind.

Whoever goes down lowers the hips or bends the trunk; both show from every side.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import lengths
from lunge.kinematics.measures import frame_of
from lunge.lowering.constants import constants
from lunge.lowering.kinds import greatest_drop_heights, kind_of, leg_in_front, legs_out_share, middle_of
from lunge.measuring import Measured
from lunge.poses import SIDES
from lunge.records import Lowering, Repetition
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
    low = _low_frames(seen, repetition)
    away = [middle_of(seen.series[f"{side}_hand_to_hip_heights"][low]) for side in SIDES]
    return float(np.nanmax(away, initial=0.0)) <= constants().exercise.at_hip_heights


def is_pick_up(seen: Measured, repetition: Repetition) -> bool:
    """Return whether a lunge was one to pick something up: one hand reaches away from the hip, and the other does not.

    Both hands that hang, or rest on the thigh, are a matter of form. An arm behind the body is not seen.
    """
    c, poses, low = constants().exercise, seen.poses, _low_frames(seen, repetition)
    unit = frame_of(poses, seen.body, seen.azimuth_deg).heights_per_m
    arms = [(poses.world(f"{side}_wrist") - poses.world(f"{side}_hip"))[low] * unit for side in SIDES]
    (away, below), (other_away, other_below) = sorted(
        ((middle_of(lengths(arm)), middle_of(arm[:, 1])) for arm in arms), reverse=True
    )
    if not (away > c.reaching_heights and below > -c.raised_heights):
        return False
    return below > c.low_hand_heights or float(np.hypot(away - other_away, below - other_below)) > c.one_hand_heights


def _low_frames(seen: Measured, repetition: Repetition) -> NDArray[np.bool_]:
    time = seen.motion.time_s
    inside = (time >= repetition.start_s) & (time <= repetition.end_s)
    out: NDArray[np.bool_] = inside & (seen.motion.drop > constants().finding.low_heights)
    return out


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
    lean = middle_of(motion.trunk_lean_deg[low])
    kind = kind_of(seen, run, (first, last), low)
    if kind in ("lunge", "kneel"):
        first, last = _with_the_step(seen, (first, last))
    return Lowering(
        kind=kind,
        start_s=round(float(motion.time_s[first]), 3),
        bottom_s=round(float(np.median(motion.time_s[low])), 3),
        end_s=round(float(motion.time_s[last]), 3),
        lead_leg=leg_in_front(seen, low) if kind in ("lunge", "kneel") else None,
        result="seen" if _seen_share(seen, run, low) >= constants().finding.least_seen_share else "cannot_judge",
        drop_heights=round(greatest_drop_heights(seen, run), 3),
        trunk_lean_deg=round(lean, 1) if np.isfinite(lean) else None,
    )


def _reach(seen: Measured, run: Run) -> Run:
    """Return the frames in which the body begins to go down and is up again."""
    c, motion = constants().finding, seen.motion
    up = ~((motion.drop > c.begun_heights) | (motion.trunk_lean_deg > c.begun_deg))
    last = len(up) - 1
    return walk(run[0], -1, 0, lambda i: bool(up[i])), walk(run[1], 1, last, lambda i: bool(up[i]))


def _with_the_step(seen: Measured, reach: Run) -> Run:
    """Return the frames from where the feet part until they are together again; at most a step's time more."""
    c, time = constants().finding, seen.motion.time_s
    together = np.abs(seen.motion.left_ahead) < c.together_heights
    first = walk(reach[0], -1, int(np.searchsorted(time, time[reach[0]] - c.step_s)), lambda i: bool(together[i]))
    last = int(np.searchsorted(time, time[reach[1]] + c.step_s)) - 1
    return first, walk(reach[1], 1, max(last, reach[1]), lambda i: bool(together[i]))


def _seen_share(seen: Measured, run: Run, low: NDArray[np.int_]) -> float:
    """Return in how much of the time the trunk is seen, and at the bottom the knees are in the picture."""
    trunk = np.isfinite(seen.motion.trunk_lean_deg[run[0] : run[1] + 1])
    return min(float(trunk.mean()), 1.0 - legs_out_share(seen, low))


def _bottom(seen: Measured, run: Run) -> NDArray[np.int_]:
    """Return the frames at the bottom: where hips and trunk together are almost as low as they get."""
    c, motion = constants().finding, seen.motion
    frames = np.arange(run[0], run[1] + 1)
    depth = motion.drop[frames] / c.low_heights + motion.trunk_lean_deg[frames] / c.bent_deg
    if not np.isfinite(depth).any():
        return frames
    out: NDArray[np.int_] = frames[depth >= c.bottom_share * np.nanmax(depth)]
    return out
