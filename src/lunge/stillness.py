"""Runs of stillness, and when a speed passes a level: what steps are bounded by."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.poses import Floats

Run = tuple[int, int]
"""First and last frame."""


def walk(frame: int, step: int, end: int, found: Callable[[int], bool]) -> int:
    """Return the first frame from `frame` on, by `step`, for which `found` is true; `end` if there is none."""
    i = frame
    while i != end and not found(i):
        i += step
    return i


def runs_of(mask: NDArray[np.bool_], first: int = 0, last: int | None = None) -> list[Run]:
    """Return the runs of true frames between two frames, both included."""
    frames = np.flatnonzero(mask[first : None if last is None else last + 1]) + first
    if not len(frames):
        return []
    groups = np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1)
    return [(int(g[0]), int(g[-1])) for g in groups]


def longest_joined(runs: list[Run], belong: Callable[[Run, Run], bool]) -> Run:
    """Return the longest run after joining neighbours that belong together; `runs` must not be empty."""
    merged = [runs[0]]
    for run in runs[1:]:
        if belong(merged[-1], run):
            merged[-1] = (merged[-1][0], run[1])
        else:
            merged.append(run)
    return max(merged, key=lambda r: r[1] - r[0])


def crossing_s(time_s: Floats, speed: Floats, frame: int, direction: int, level: float) -> float:
    """Return when the speed first passes a level going away from a still frame.

    Parameters
    ----------
    time_s, speed : array, shape (T,)
        Seconds; any unit.
    frame : int
        Where it is still.
    direction : {1, -1}
        Whether to look after or before it.
    level : float
        In the unit of `speed`.

    Returns
    -------
    float
        Seconds, between frames; the time of `frame` when the level is not passed within a second.
    """
    i, farthest_s = frame, constants().stillness.farthest_s
    while 0 <= i + direction < len(time_s):
        here, there = speed[i], speed[i + direction]
        if here <= level < there:
            part = (level - here) / (there - here)
            return float(time_s[i] + part * (time_s[i + direction] - time_s[i]))
        if not np.isfinite(there) or abs(time_s[i + direction] - time_s[frame]) > farthest_s:
            break
        i += direction
    return float(time_s[frame])
