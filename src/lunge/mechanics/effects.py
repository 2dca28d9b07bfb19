"""What a posture in the lunge does inside, with intervals: estimates of a model, for one person over time.

Errors of the angles are taken as independent and put through the model one by one; what no picture
shows (`lunge.mechanics.statics.Rule`) widens the interval by its whole band.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Final, Literal

import numpy as np

from lunge.mechanics.constants import constants
from lunge.mechanics.muscles import LegAngles, lengths_mm, muscle_model, standing_mm
from lunge.mechanics.statics import Posture, loads, plausible_loads, share_of_stoop, usual_rule

Name = Literal[
    "pelvis", "psoas", "rectus_femoris", "gluteus", "front_demand", "front_hip_share", "rear_knee", "lower_back"
]
Answer = Literal["more", "less", "unsure", "cannot_judge"]
Reason = Literal["view", "not_still", "no_stoop"]

UPRIGHT_THIGH_DEG: Final = 90.0
AGAINST_HALF: Final = ("front_hip_share", "lower_back")


@dataclass(frozen=True, slots=True)
class LungePosture:
    """A held lunge in degrees, as means over the hold or as their sds; NaN = not seen.

    Attributes
    ----------
    trunk_forward_deg, front_thigh_above_horizontal_deg, front_shank_forward_deg : float
        As in `lunge.mechanics.statics.Posture`.
    rear_thigh_back_deg, rear_knee_flexion_deg : float
    pelvis_forward_deg : float
        Of the pelvis beyond what the trunk's lean makes of it; 0 where no network sees it.
    """

    trunk_forward_deg: float
    front_thigh_above_horizontal_deg: float
    front_shank_forward_deg: float
    rear_thigh_back_deg: float
    rear_knee_flexion_deg: float
    pelvis_forward_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of one repetition.

    Attributes
    ----------
    name : str
    role : {'front', 'rear', 'both'}
        Of the leg that it belongs to.
    answer : {'more', 'less', 'unsure', 'cannot_judge'}
        Against standing, or of shares against a half: whether the whole interval says so.
    value, low, high : float or None
        With the ends of a 95 % interval. None where it is not judged.
    unit : str
        ``percent`` of the length in standing beyond it, ``Nm/kg``, or ``share``.
    reason : str or None
        Why it is not judged.
    """

    name: Name
    role: Literal["front", "rear", "both"]
    answer: Answer
    value: float | None
    low: float | None
    high: float | None
    unit: str
    reason: Reason | None


Measure = Callable[[LungePosture], float]


def effects_of(posture: LungePosture, sd: LungePosture, still: bool, stoop_deg: float | None = None) -> list[Effect]:
    """Return the effects of a held lunge.

    Parameters
    ----------
    posture, sd : LungePosture
        Means, and their standard deviations.
    still : bool
        Whether the body rests: loads are given only then.
    stoop_deg : float, optional
        How far the person's own trunk leans in a stoop; without it the lower back is not judged.

    Returns
    -------
    list of Effect
        One of each name, in their order. Nothing is said of legs on which nobody can stand: they were not well seen.
    """
    posture = _that_stands(posture)
    return [
        # The pelvis' error is wider than any tilt that an exercise changes: nothing can be said of it yet.
        Effect("pelvis", "both", "unsure", None, None, None, "deg", "view"),
        *_lengths(posture, sd),
        *_loads(posture, sd, still),
        _lower_back(posture, sd, stoop_deg),
    ]


def answer_of(name: Name, low: float, high: float) -> Answer:
    """Return what a 95 % interval says: against standing, or of shares against a half."""
    against = 0.5 if name in AGAINST_HALF else 0.0
    return "more" if low > against else "less" if high < against else "unsure"


def sd_of(measure: Measure, posture: LungePosture, sd: LungePosture) -> float:
    """Return the sd of a measure that independent errors of the angles make; those that are not known make NaN."""
    changes = []
    for name in (f.name for f in fields(LungePosture)):
        at, by = getattr(posture, name), getattr(sd, name)
        ahead, back = (measure(replace(posture, **{name: at + sign * by})) for sign in (1, -1))
        # An angle beyond the muscles' range on one side leaves the other side to say how steep it is.
        steps = [step for step in ((ahead - measure(posture)), (measure(posture) - back)) if np.isfinite(step)]
        changes.append(float(np.mean(steps)) if steps else np.nan)
    return float(np.linalg.norm(changes))


def stretch_percent(muscle: str, role: Literal["front", "rear"]) -> Measure:
    """Return the measure of how much longer than in standing a muscle is, in percent.

    Parameters
    ----------
    muscle : str
        As in `lunge.mechanics.muscles.muscle_model`.
    role : {'front', 'rear'}
        Of the leg.
    """
    at = muscle_model().index(muscle)

    def measure(posture: LungePosture) -> float:
        angles = front_leg(posture) if role == "front" else rear_leg(posture)
        return float(100.0 * (lengths_mm(angles)[at] / standing_mm()[at] - 1.0))

    return measure


def rear_leg(posture: LungePosture) -> LegAngles:
    """Return the rear leg's hip and knee; the ankle stays at 0: no muscle of an effect crosses it."""
    return LegAngles(_pelvis_deg(posture) - posture.rear_thigh_back_deg, posture.rear_knee_flexion_deg, 0.0)


def front_leg(posture: LungePosture) -> LegAngles:
    """Return the front leg's hip and knee; the ankle stays at 0: no muscle of an effect crosses it."""
    thigh = UPRIGHT_THIGH_DEG - posture.front_thigh_above_horizontal_deg
    return LegAngles(_pelvis_deg(posture) + thigh, thigh + posture.front_shank_forward_deg, 0.0)


def _pelvis_deg(posture: LungePosture) -> float:
    return usual_rule().pelvis_lean_share * posture.trunk_forward_deg + posture.pelvis_forward_deg


def _that_stands(posture: LungePosture) -> LungePosture:
    """Return the posture, without its legs where its mass is not over its feet: then an angle of them is wrong."""
    share = float(loads(_at_rest(posture)).front_share)
    if not (share < 0.0 or share > 1.0):
        return posture
    return replace(posture, front_thigh_above_horizontal_deg=np.nan, rear_thigh_back_deg=np.nan)


def _lengths(posture: LungePosture, sd: LungePosture) -> list[Effect]:
    c = constants().effects
    rows: tuple[tuple[Name, str, Literal["front", "rear"], float], ...] = (
        ("psoas", "psoas", "rear", c.psoas_model_sd_share),
        ("rectus_femoris", "recfem", "rear", c.recfem_model_sd_share),
        ("gluteus", "glmax3", "front", c.glutes_model_sd_share),
    )
    out = []
    for name, muscle, role, model_share in rows:
        measure = stretch_percent(muscle, role)
        value = measure(posture)
        half = c.interval_sd_factor * float(np.hypot(sd_of(measure, posture, sd), model_share * value))
        out.append(_effect(name, role, "percent", (value - half, value, value + half)))
    return out


def _loads(posture: LungePosture, sd: LungePosture, still: bool) -> list[Effect]:
    rows: tuple[tuple[Name, Literal["front", "rear"], str, str], ...] = (
        ("front_demand", "front", "Nm/kg", "demand_nm_per_kg"),
        ("front_hip_share", "front", "share", "hip_share"),
        ("rear_knee", "rear", "Nm/kg", "rear_knee_nm_per_kg"),
    )
    if not still:
        return [_silent(name, role, unit, "not_still") for name, role, unit, _ in rows]
    found = plausible_loads(_at_rest(posture))
    out = []
    for name, role, unit, of in rows:
        ends = [float(getattr(one, of)) for one in found]
        half = constants().effects.interval_sd_factor * sd_of(
            lambda p, of=of: float(getattr(loads(_at_rest(p)), of)),  # type: ignore[misc]
            posture,
            sd,
        )
        out.append(_effect(name, role, unit, (min(ends) - half, ends[0], max(ends) + half)))
    return out


def _lower_back(posture: LungePosture, sd: LungePosture, stoop_deg: float | None) -> Effect:
    c = constants().effects
    if stoop_deg is None or not stoop_deg >= c.stoop_least_deg:
        return _silent("lower_back", "both", "share", "no_stoop")

    def measure(p: LungePosture) -> float:
        return float(share_of_stoop(p.trunk_forward_deg, stoop_deg))

    value, half = measure(posture), c.interval_sd_factor * sd_of(measure, posture, sd)
    return _effect("lower_back", "both", "share", (value - half, value, value + half))


def _at_rest(posture: LungePosture) -> Posture:
    named = {f.name: getattr(posture, f.name) for f in fields(LungePosture) if f.name != "pelvis_forward_deg"}
    return Posture(**named)


def _effect(
    name: Name,
    role: Literal["front", "rear", "both"],
    unit: str,
    ends: tuple[float, float, float],
) -> Effect:
    low, value, high = ends
    if not np.isfinite(ends).all():
        return _silent(name, role, unit, "view")
    return Effect(name, role, answer_of(name, low, high), value, low, high, unit, None)


def _silent(name: Name, role: Literal["front", "rear", "both"], unit: str, reason: Reason) -> Effect:
    return Effect(name, role, "cannot_judge", None, None, None, unit, reason)
