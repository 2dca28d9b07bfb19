"""From landmarks to judged repetitions: the one way that every source takes.

Pure: arrays in, records out. `session` gives it landmarks from files and cameras.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lunge.checks import Judged, findings, in_form_s
from lunge.constants import constants
from lunge.exercises.records import HOLDS, Exercise
from lunge.geometry import circular_mean_deg
from lunge.kinematics.body import Body
from lunge.kinematics.error_model import sd_series
from lunge.kinematics.roles import role_series
from lunge.kinematics.view import view_kind
from lunge.kinematics.visibility import visibility
from lunge.measuring import Measured
from lunge.motion import Motion
from lunge.others import other_movements
from lunge.phases import Episode, episodes
from lunge.poses import Floats
from lunge.records import BodyInfo, Finding, OtherMovement, Repetition, Target, View
from lunge.signals import Signals

LEGS: Final = ("front", "rear", "both")
"""What cannot be judged in a repetition whose feet are hidden."""


@dataclass(frozen=True)
class Judgement:
    """Everything that landmarks alone give."""

    body: Body
    azimuth_deg: Floats
    repetitions: tuple[Repetition, ...]
    landed: tuple[bool, ...]
    """Per repetition, whether its last foot was seen to land."""
    other_movements: tuple[OtherMovement, ...]
    signals: Signals
    step_names: tuple[str, ...]


def judged(measured: Measured, exercise: Exercise, target: Target) -> Judgement:
    """Return the repetitions in what was measured, judged.

    Parameters
    ----------
    measured : Measured
    exercise : Exercise
    target : Target
    """
    found = episodes(measured.motion, exercise)
    clip = _Clip(measured, exercise, target)
    repetitions = tuple(_repetition(clip, e, i + 1) for i, e in enumerate(e for e in found if e.steps))
    return Judgement(
        body=measured.body,
        azimuth_deg=measured.azimuth_deg,
        repetitions=repetitions,
        landed=tuple(e.landed for e in found if e.steps),
        other_movements=other_movements(measured.motion, found, exercise.rules),
        signals=_signals(clip, found),
        step_names=_step_names(measured.motion, measured.body, repetitions),
    )


@dataclass(frozen=True)
class _Clip:
    measured: Measured
    exercise: Exercise
    target: Target


def view_of(azimuth: float, scatter: float) -> View:
    """Return the view of a mean azimuth and its scatter over frames, degrees; None throughout when it is NaN."""
    if not np.isfinite(azimuth):
        return View(None, None, None)
    sd = float(np.hypot(scatter, constants().judging.view_sd_deg))
    return View(round(azimuth, 1), round(sd, 1), view_kind(azimuth))


def _repetition(clip: _Clip, episode: Episode, index: int) -> Repetition:
    seen = clip.measured
    time = seen.poses.time_s
    inside = (time >= episode.start_s) & (time <= episode.end_s)
    azimuth = circular_mean_deg(seen.azimuth_deg[inside])
    hidden, outside = visibility(seen.raw, episode.front)
    if episode.hidden:
        hidden |= {role: np.ones(len(time), bool) for role in LEGS}
    case = Judged(
        episode=episode,
        time_s=time,
        series=role_series(seen.series, seen.body, episode.front),
        hidden=hidden,
        outside=outside,
        azimuth_deg=azimuth,
        situation=seen.situation,
        has_baseline=seen.body.baseline == "standing",
        target=clip.target,
    )
    found = findings(case, clip.exercise.checks)
    by_measure = {f.measure: f.value for f in found if f.step == "lunge"}
    return Repetition(
        index=index,
        variant=episode.kind,
        stepping_leg=episode.stepping,
        complete=episode.complete,
        start_s=round(episode.start_s, 3),
        bottom_s=round(episode.bottom_s, 3),
        end_s=round(episode.end_s, 3),
        steps=tuple(replace(s, start_s=round(s.start_s, 3), end_s=round(s.end_s, 3)) for s in episode.steps),
        holds_s=_holds(case, clip.exercise, found),
        step_length=_in_unit(by_measure.get("step_length_heights"), clip.target.height_m),
        step_length_unit="heights" if clip.target.height_m is None else "m",
        front_thigh_above_horizontal_deg=by_measure.get("front_thigh_above_horizontal_deg"),
        view=view_of(azimuth, 0.0),
        findings=found,
    )


def _in_unit(heights: float | None, height_m: float | None) -> float | None:
    if heights is None:
        return None
    return round(heights if height_m is None else heights * height_m, 3)


def _holds(case: Judged, exercise: Exercise, found: tuple[Finding, ...]) -> dict[str, float]:
    out: dict[str, float] = {}
    for step in case.episode.steps:
        if step.name in HOLDS:
            out[f"{step.name}_hold_s"] = round(step.duration_s, 3)
            out[f"{step.name}_hold_in_form_s"] = in_form_s(case, exercise.checks, found, step)
    return out


def _step_names(motion: Motion, body: Body, repetitions: tuple[Repetition, ...]) -> tuple[str, ...]:
    names = np.where(body.standing, "standing", "").astype("U20")
    for repetition in repetitions:
        for step in repetition.steps:
            names[(motion.time_s >= step.start_s) & (motion.time_s < step.end_s)] = step.name
    return tuple(str(n) for n in names)


ROLES: Final = (
    "front_thigh_above_horizontal_deg",
    "front_knee_flexion_deg",
    "front_shank_forward_deg",
    "rear_thigh_from_vertical_deg",
    "rear_knee_flexion_deg",
    "rear_knee_height_heights",
)


def _signals(clip: _Clip, found: list[Episode]) -> Signals:
    """Return the series of the contract: both legs', the trunk's, and the roles' inside repetitions."""
    seen = clip.measured
    time = seen.poses.time_s
    values = {n: v for n, v in seen.series.items() if not n.startswith(("left_hand", "right_hand", "hips_by_hands"))}
    sds = {name: sd_series(name, seen.situation) for name in values}
    for name in ROLES:
        values[name], sds[name] = np.full(len(time), np.nan), np.full(len(time), np.nan)
    for episode in (e for e in found if e.steps):
        inside = (time >= episode.start_s) & (time <= episode.end_s)
        roles = role_series(seen.series, seen.body, episode.front)
        for name in ROLES:
            values[name][inside] = roles[name][inside]
            sds[name][inside] = sd_series(name, seen.situation, episode.front)[inside]
    return _in_lengths(time, values, sds, clip.target.height_m)


def _in_lengths(time: Floats, values: dict[str, Floats], sds: dict[str, Floats], height_m: float | None) -> Signals:
    """Return the signals with lengths in metres when the height is known."""
    factor = 1.0 if height_m is None else height_m
    out_values: dict[str, Floats] = {}
    out_sds: dict[str, Floats] = {}
    for name, series in values.items():
        length = name.endswith("_heights")
        new = name if not length or height_m is None else name.removesuffix("_heights") + "_m"
        out_values[new] = series * (factor if length else 1.0)
        out_sds[new] = np.where(np.isfinite(series), sds[name] * (factor if length else 1.0), np.nan)
    return Signals(time, out_values, out_sds)


def body_info(body: Body, height_m: float | None) -> BodyInfo:
    """Return what is said about the body in the JSON; unknown lengths are None."""

    def known(value: float) -> float | None:
        return round(value, 4) if np.isfinite(value) else None

    return BodyInfo(
        height_m=height_m,
        baseline="standing" if body.baseline == "standing" else "fallback",
        thigh_heights=known(body.thigh_heights),
        shank_heights=known(body.shank_heights),
        trunk_heights=known(body.trunk_heights),
    )
