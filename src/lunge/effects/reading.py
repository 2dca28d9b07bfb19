"""Postures that were seen, from series: the held lunge, the person's own standing and squat, with their errors."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.constants import constants as kinematics
from lunge.kinematics.error_model import people_sd
from lunge.mechanics.constants import constants
from lunge.mechanics.effects import Posture, Seen
from lunge.mechanics.lowered import squat
from lunge.poses import SIDES
from lunge.records import Repetition, Step
from lunge.signals import Signals

Mask = NDArray[np.bool_]

HELD: Final = "lunge"
SQUATS: Final = ("squat", "squat_2")
SERIES: Final = {
    "trunk_forward_deg": "trunk_forward_deg",
    "front_thigh_above_horizontal_deg": "front_thigh_above_horizontal_deg",
    "front_shank_forward_deg": "front_shank_forward_deg",
    "rear_thigh_back_deg": "rear_thigh_from_vertical_deg",
    "rear_knee_flexion_deg": "rear_knee_flexion_deg",
}
OTHER: Final[dict[str, Literal["left", "right"]]] = {"left": "right", "right": "left"}


def within(signals: Signals, step: Step) -> Mask:
    """Return the frames (T,) of a step."""
    out: Mask = (signals.time_s >= step.start_s) & (signals.time_s <= step.end_s)
    return out


def held_lunge(signals: Signals, frames: Mask, view: str | None) -> Seen:
    """Return the lunge in some frames: means, and the errors that real people in their clothes have.

    Errors within one hold belong together: their mean is as uncertain as one frame.
    """
    values = {name: _mean(signals.values[of][frames]) for name, of in SERIES.items()}
    sds = {name: _sd(signals, of, frames, view) for name, of in SERIES.items()}
    return Seen(Posture(**values), Posture(**sds, pelvis_forward_deg=constants().effects.pelvis_sd_deg))


def own_standing(signals: Signals, quiet: Mask, repetition: Repetition) -> Seen | None:
    """Return the person's own standing, with the legs named as in a repetition; None where it was not seen.

    Parameters
    ----------
    signals : Signals
    quiet : array of bool (T,)
        The frames of quiet standing before the first repetition.
    repetition : Repetition
    """
    if quiet.sum() < kinematics().body.fewest_frames:
        return None
    rear = repetition.stepping_leg
    legs = SIDES if rear is None else (OTHER[rear], rear)
    named = {
        "trunk_forward_deg": ("trunk_forward_deg", 1.0),
        "front_thigh_above_horizontal_deg": (f"{legs[0]}_thigh_above_horizontal_deg", 1.0),
        "front_shank_forward_deg": (f"{legs[0]}_shank_forward_deg", 1.0),
        "rear_thigh_back_deg": (f"{legs[1]}_thigh_forward_deg", -1.0),
        "rear_knee_flexion_deg": (f"{legs[1]}_knee_flexion_deg", 1.0),
    }
    values = {name: sign * _mean(_series(signals, of)[quiet]) for name, (of, sign) in named.items()}
    if not np.isfinite(list(values.values())).all():
        return None
    sds = {name: _sd(signals, of, quiet, repetition.view.kind) for name, (of, _) in named.items()}
    return Seen(Posture(**values, rear_ankle_dorsiflexion_deg=0.0), Posture(**sds))


def own_squat(signals: Signals, repetition: Repetition) -> Seen | None:
    """Return the squat of a repetition, both legs alike; None where there is none or it was not seen."""
    frames = np.zeros(len(signals), bool)
    for name in SQUATS:
        step = repetition.step(name)
        frames |= within(signals, step) if step is not None else False
    parts = ("thigh_above_horizontal_deg", "shank_forward_deg")
    names = [["trunk_forward_deg"], *([f"{side}_{part}" for side in SIDES] for part in parts)]
    values = [_mean(np.array([_mean(_series(signals, of)[frames]) for of in group])) for group in names]
    if not np.isfinite(values).all():
        return None
    trunk, thigh, shank = (_sd(signals, group[0], frames, repetition.view.kind) for group in names)
    sd = Posture(trunk, thigh, shank, thigh, 0.0, pelvis_forward_deg=constants().effects.pelvis_sd_deg)
    return Seen(squat(*values), sd)


def _series(signals: Signals, name: str) -> NDArray[np.float64]:
    return signals.values.get(name, np.full(len(signals), np.nan))


def _sd(signals: Signals, name: str, frames: Mask, view: str | None) -> float:
    """Return the error that people are shown: what was measured, widened to what the literature gives for people."""
    own = _mean(signals.sds.get(name, np.full(len(signals), np.nan))[frames])
    return float(np.fmax(own, people_sd(name, view)))


def _mean(series: NDArray[np.float64]) -> float:
    seen = series[np.isfinite(series)]
    return float(seen.mean()) if seen.size else float("nan")
