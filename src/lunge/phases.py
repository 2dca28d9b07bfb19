"""Find repetitions and their steps in the motion of a person.

An *episode* is a time in which one foot is ahead of the other. Which foot moved
to open it, how low the hips went, and what came before tell a reverse lunge from
everything that looks like one; the trunk's speed tells where steps begin and end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lunge.exercises.records import Exercise, StepRules, Variant
from lunge.motion import Motion
from lunge.phase_times import Times
from lunge.records import Step
from lunge.seated_times import SeatedTimes
from lunge.split_times import LoweringTimes, lowerings

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Episode:
    """A time with one foot ahead, in frame numbers.

    `kind` is the name of the variant, or what it is instead. `steps` is empty
    unless it is a repetition. `hidden`: the feet were not seen, and the step is read
    from the trunk. The lowerings of one split stance share its `first` and `last`.
    """

    kind: str
    first: int
    last: int
    front: Side
    stepping: Side | None
    bottom_s: float
    start_s: float
    end_s: float
    steps: tuple[Step, ...]
    complete: bool
    landed: bool
    hidden: bool = False


def other(side: Side) -> Side:
    """Return the other side."""
    return "right" if side == "left" else "left"


def episodes(motion: Motion, exercise: Exercise) -> list[Episode]:
    """Return every episode of a motion, in time order.

    Parameters
    ----------
    motion : Motion
        Of one person; NaN where nobody was seen.
    exercise : Exercise
        Gives the rules and the variants.
    """
    stances = _merged(motion, exercise.rules, stance_intervals(motion, exercise.rules))
    return [e for i in range(len(stances)) for e in _of_stance(motion, exercise, stances, i)]


def _of_stance(motion: Motion, exercise: Exercise, stances: list[tuple[int, int]], index: int) -> list[Episode]:
    """Return the lowerings of one stance where the exercise asks for them, else the stance as a whole."""
    split = exercise.variant("split")
    if split is not None and not _switches(motion, exercise.rules, stances, index):
        repetitions = _lowerings(motion, exercise.rules, split, stances[index])
        if repetitions:
            return repetitions
    episode = _episode(motion, exercise, stances, index)
    return [] if episode is None else [episode]


def _lowerings(motion: Motion, rules: StepRules, variant: Variant, stance: tuple[int, int]) -> list[Episode]:
    """Return the repetitions of a split stance: the hips go down and up while both feet stay where they are.

    Whoever steps into the stance stands in it first, and rises before stepping out: going
    down with the step, or to push off for it, is none.
    """
    first, last = stance
    whole = Times(motion, rules, first, last, stance)
    landed, lifted = whole.planted
    height = motion.hip_height[landed : lifted + 1]
    if not np.isfinite(height).any():
        return []
    drop = float(np.nanmax(height) - np.nanmin(height))
    least = max(rules.least_drop_heights, rules.again_share * drop)
    front: Side = "left" if float(np.nanmedian(motion.left_ahead[first : last + 1])) > 0 else "right"
    out = [
        _lowering(LoweringTimes(motion, rules, landed + a, landed + b), variant, front)
        for a, b in lowerings(height, least)
    ]
    settled = -np.inf if whole.starts_inside else motion.time_s[landed] + rules.blip_s
    return [
        replace(e, first=first, last=last) for e in out if e.start_s >= settled and (e.complete or not whole.closes)
    ]


def _lowering(times: LoweringTimes, variant: Variant, front: Side) -> Episode:
    return _done(times, times.split_marks(), variant, front, None)


def stance_intervals(motion: Motion, rules: StepRules) -> list[tuple[int, int]]:
    """Return the frames (first, last) of every time with one foot ahead, with hysteresis."""
    ahead = motion.left_ahead
    out: list[tuple[int, int]] = []
    first, sign = -1, 0.0
    for i, value in enumerate(ahead):
        if first < 0:
            if abs(value) > rules.opens_heights:
                first, sign = i, float(np.sign(value))
        elif value * sign < rules.closes_heights:
            out.append((first, i - 1))
            first = i if abs(value) > rules.opens_heights else -1
            sign = float(np.sign(value))
    if first >= 0:
        out.append((first, len(ahead) - 1))
    return [(a, b) for a, b in out if motion.time_s[b] - motion.time_s[a] >= rules.shortest_s]


def _merged(motion: Motion, rules: StepRules, stances: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the intervals with those joined between which no foot moved: depth was misread for a moment."""
    out: list[tuple[int, int]] = []
    for first, last in stances:
        if out and _feet_stayed(motion, rules, out[-1], (first, last)):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out


def _feet_stayed(motion: Motion, rules: StepRules, before: tuple[int, int], after: tuple[int, int]) -> bool:
    if motion.left_ahead[before[1]] * motion.left_ahead[after[0]] <= 0:
        return False
    if motion.time_s[after[0]] - motion.time_s[before[1]] < rules.shortest_s:
        return True
    between, stance = slice(before[1], after[0] + 1), slice(before[0], before[1] + 1)
    travel = [
        np.nanmax(np.linalg.norm(f[between] - np.nanmedian(f[stance], axis=0), axis=1)) for f in motion.feet.values()
    ]
    return float(np.nanmax(travel)) < rules.least_heights


def _episode(motion: Motion, exercise: Exercise, stances: list[tuple[int, int]], index: int) -> Episode | None:
    first, last = stances[index]
    rules = exercise.rules
    inside = slice(first, last + 1)
    if not np.isfinite(motion.hip_height[inside]).any():
        return None
    front: Side = "left" if float(np.nanmedian(motion.left_ahead[inside])) > 0 else "right"
    times = Times(motion, rules, first, last, _bounds(motion, stances, index))
    if not np.isfinite(motion.hip_height[times.planted[0] : times.planted[1] + 1]).any():
        return None
    kind = _kind(motion, exercise, times, front)
    kind = kind or ("jumping_lunge" if _switches(motion, rules, stances, index) else "")
    variant = exercise.variant(times.begins) if kind == "" else None
    if variant is None:
        return _plain(motion, times, kind or "lunge", front)
    if variant.entry == "seated":
        return _on_seat(times, variant, front)
    return _repetition(times, variant, front)


def _bounds(motion: Motion, stances: list[tuple[int, int]], index: int) -> tuple[int, int]:
    """Return the frames between the neighbouring episodes."""
    before = stances[index - 1][1] + 1 if index else 0
    after = stances[index + 1][0] - 1 if index + 1 < len(stances) else len(motion.time_s) - 1
    return before, after


def _plain(motion: Motion, times: Times, kind: str, front: Side) -> Episode:
    start, end = float(motion.time_s[times.first]), float(motion.time_s[times.last])
    bottom = float(motion.time_s[times.bottom])
    return Episode(kind, times.first, times.last, front, None, bottom, start, end, (), False, True)


def _kind(motion: Motion, exercise: Exercise, times: Times, front: Side) -> str:
    """Return what the episode is instead of a repetition, or an empty string."""
    rules = exercise.rules
    if times.drop < rules.least_drop_heights:
        return "step"
    if times.bottoms > 1:
        return "split_squat"
    if times.overshoot > rules.jump_heights:
        return "jumping_lunge"
    if times.hidden:
        return ""
    if times.rest_before_s < rules.rests_before_s and _reaches(motion, rules, times):
        return "pick_up"
    if times.begins == "seated" and exercise.variant("seated") is None:
        return "seated_lunge"
    return _kind_by_feet(motion, rules, times, front)


def _reaches(motion: Motion, rules: StepRules, times: Times) -> bool:
    """Return whether a hand goes down past the hip while the trunk bends: for something, not to the hip."""
    inside = slice(times.planted[0], times.planted[1] + 1)
    below = motion.hip_height[inside] - motion.lowest_hand[inside] > rules.hand_below_hip_heights
    return bool((below & (motion.trunk_lean_deg[inside] > rules.reaching_lean_deg)).any())


def _switches(motion: Motion, rules: StepRules, stances: list[tuple[int, int]], index: int) -> bool:
    """Return whether the legs change places next to the episode faster than two feet can be set down."""
    for before, after in ((index - 1, index), (index, index + 1)):
        if before < 0 or after >= len(stances):
            continue
        a, b = stances[before][1], stances[after][0]
        opposite = motion.left_ahead[a] * motion.left_ahead[b] < 0
        if opposite and motion.time_s[b] - motion.time_s[a] < rules.switch_s:
            return True
    return False


def _kind_by_feet(motion: Motion, rules: StepRules, times: Times, front: Side) -> str:
    """Return what the feet say: a reverse lunge plants the front foot before, during and after."""
    rear = other(front)
    if not times.starts_inside:
        moved = _mover(motion, rules, times.before_opening, times.opened)
        if moved == front:
            return "forward_lunge"
        if moved != rear:
            return "unclear"
    if times.closes:
        back = _mover(motion, rules, times.opened, times.after_closing)
        if back == front:
            return "backward_walk"
    return "split_squat" if times.starts_inside else ""


def _mover(motion: Motion, rules: StepRules, before: slice, after: slice) -> Side | None:
    """Return the foot that travelled between two times, None if neither or both did, or one was not seen."""
    travel: dict[Side, float] = {}
    for side in ("left", "right"):
        there, here = motion.feet[side][after], motion.feet[side][before]
        if not (np.isfinite(there).any() and np.isfinite(here).any()):
            return None
        travel[side] = float(np.linalg.norm(np.nanmedian(there, axis=0) - np.nanmedian(here, axis=0)))
    more: Side = "left" if travel["left"] >= travel["right"] else "right"
    if travel[more] < rules.least_heights or travel[more] < rules.least_ratio * travel[other(more)]:
        return None
    return more


def _repetition(times: Times, variant: Variant, front: Side) -> Episode:
    rear = other(front)
    marks = times.lowered_marks() if variant.entry == "lowered" else times.standing_marks(rear)
    return replace(_done(times, marks, variant, front, rear), landed=times.closes, hidden=times.hidden)


def _on_seat(plain: Times, variant: Variant, front: Side) -> Episode:
    """Return a repetition on a seat: nobody rises there, so it is complete when the foot is back."""
    rear = other(front)
    bounds = plain.floor, plain.ceiling
    times = SeatedTimes(plain.motion, plain.rules, (plain.first, plain.last), bounds, rear)
    done = _done(times, times.seated_marks(), variant, front, rear)
    return replace(done, complete=times.closes, landed=times.closes)


def _done(
    times: Times | LoweringTimes, marks: list[float], variant: Variant, front: Side, stepping: Side | None
) -> Episode:
    """Return a repetition whose steps lie between the marks, seconds."""
    steps = tuple(Step(name, start, end) for name, start, end in zip(variant.steps, marks[:-1], marks[1:], strict=True))
    return Episode(
        kind=variant.name,
        first=times.first,
        last=times.last,
        front=front,
        stepping=stepping,
        bottom_s=times.bottom_s,
        start_s=marks[0],
        end_s=marks[-1],
        steps=steps,
        complete=times.rise_share >= times.rules.least_rise_share,
        landed=True,
    )
