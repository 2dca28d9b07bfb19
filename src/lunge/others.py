"""Name what was done instead of the exercise, where the motion tells."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.exercises.records import StepRules
from lunge.motion import Motion
from lunge.phases import Episode
from lunge.records import OtherMovement

NAMES: Final = {
    "forward_lunge": "forward_lunge",
    "split_squat": "split_squat",
    "pick_up": "picking_up",
    "jumping_lunge": "jumping_lunge",
    "seated_lunge": "seated_lunge",
    "backward_walk": "walking",
    "unclear": "lunge",
    "lunge": "lunge",
    "step": "stepping",
}


def other_movements(motion: Motion, episodes: list[Episode], rules: StepRules) -> tuple[OtherMovement, ...]:
    """Return what else was done, in time order; quiet standing and small steps are left out."""
    out = [OtherMovement(NAMES[e.kind], e.start_s, e.end_s) for e in episodes if not e.steps and e.kind != "step"]
    out += _walking(episodes)
    free = np.ones(len(motion.time_s), bool)
    for e in episodes:
        free &= (motion.time_s < e.start_s) | (motion.time_s > e.end_s)
        free[e.first : e.last + 1] = False
    c = constants().others
    low = motion.drop > rules.least_drop_heights
    wide = motion.sideways > c.wide_heights
    bent = motion.trunk_lean_deg > c.bent_deg
    out += _named("side_lunge", motion, free & low & wide)
    out += _named("squat", motion, free & low & ~wide & ~_around(bent, low))
    out += _named("bending", motion, free & bent & ~wide)
    return tuple(sorted(out, key=lambda m: m.start_s))


def _around(bent: NDArray[np.bool_], low: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the frames of those lowerings in which the trunk bends far: no squat."""
    out = np.zeros(len(low), bool)
    for group in _groups(low):
        out[group[0] : group[-1] + 1] = bent[group].any()
    return out


def _groups(mask: NDArray[np.bool_]) -> list[NDArray[np.int_]]:
    frames = np.flatnonzero(mask)
    return np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1) if len(frames) else []


def _named(kind: str, motion: Motion, mask: NDArray[np.bool_]) -> list[OtherMovement]:
    spans = [(float(motion.time_s[g[0]]), float(motion.time_s[g[-1]])) for g in _groups(mask)]
    return [OtherMovement(kind, a, b) for a, b in spans if b - a >= constants().others.shortest_s]


def _walking(episodes: list[Episode]) -> list[OtherMovement]:
    """Return walks: two or more small steps with changing legs close together."""
    steps = [e for e in episodes if e.kind == "step"]
    next_step_s = constants().others.next_step_s
    out: list[OtherMovement] = []
    run: list[Episode] = []
    for e in [*steps, None]:
        if e is not None and (not run or e.start_s - run[-1].end_s < next_step_s):
            run.append(e)
            continue
        if len(run) > 1:
            out.append(OtherMovement("walking", run[0].start_s, run[-1].end_s))
        run = [e] if e is not None else []
    return out
