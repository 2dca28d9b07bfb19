"""What one held lunge does, per leg, each with its interval: stretch behind, load in front, the lower back.

Changes are against standing straight. An interval holds 95 %: the errors of the angles, the pelvis that
the usual network does not see, the spread between reference models, and the band of what no picture shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.muscles import LegAngles, lengths_mm, muscle_model, standing_mm
from lunge.mechanics.statics import Posture, by_rules, loads, share_of_stoop, usual_rule

Floats = NDArray[np.float64]

GLUTEUS: Final = ("glmax1", "glmax2", "glmax3")
PERCENT: Final = 100.0

Class = Literal["less", "unsure", "more"]
"""Against standing: surely less, not sure, surely more."""


@dataclass(frozen=True, slots=True)
class HeldLunge:
    """Angles of one held lunge, degrees, as a camera sees them from the side; NaN where it does not.

    Attributes
    ----------
    trunk_forward_deg, front_thigh_above_horizontal_deg, front_shank_forward_deg : float
    rear_thigh_back_deg : float
        From the vertical; the knee behind the hip is positive.
    rear_knee_flexion_deg : float
    """

    trunk_forward_deg: float
    front_thigh_above_horizontal_deg: float
    front_shank_forward_deg: float
    rear_thigh_back_deg: float
    rear_knee_flexion_deg: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, in the unit that its owner says."""

    value: float
    low: float
    high: float

    @property
    def against_zero(self) -> Class:
        """Whether it is surely more or less than zero."""
        return "more" if self.low > 0 else "less" if self.high < 0 else "unsure"


@dataclass(frozen=True, slots=True)
class HeldEffects:
    """What one held lunge does; model estimates.

    Attributes
    ----------
    pelvic_tilt : {'unsure'}
        The usual network does not see the pelvis.
    psoas_percent, rectus_femoris_percent : Estimate
        Change of length against standing, rear leg.
    gluteus_percent : Estimate
        Change of length against standing, front leg, mean of the muscle's three parts.
    demand_nm_per_kg : Estimate
        What the front hip and knee carry together.
    hip_share : Estimate
        The hip's part of it, of 1.
    rear_knee_nm_per_kg : Estimate
    front_foot_share : Estimate
        Of the weight, of 1.
    back_share_of_stoop : Estimate
        The lower back's load, of the way from upright to a stoop.
    """

    pelvic_tilt: Literal["unsure"]
    psoas_percent: Estimate
    rectus_femoris_percent: Estimate
    gluteus_percent: Estimate
    demand_nm_per_kg: Estimate
    hip_share: Estimate
    rear_knee_nm_per_kg: Estimate
    front_foot_share: Estimate
    back_share_of_stoop: Estimate


def held_effects(lunge: HeldLunge, sd: HeldLunge, stoop_deg: float | None = None) -> HeldEffects | None:
    """Return what a held lunge does; None where an angle is not known or out of the model's range.

    Parameters
    ----------
    lunge : HeldLunge
    sd : HeldLunge
        Of each angle.
    stoop_deg : float, optional
        The person's own stoop; the usual one if left out.
    """
    c = constants().effects
    stoop = c.stoop_deg if stoop_deg is None else stoop_deg
    at, spread = np.array(astuple(lunge)), np.array([*astuple(sd), c.pelvis_sd_deg])
    start = np.append(at, 0.0)
    if not np.isfinite(start).all() or not np.isfinite(spread).all():
        return None
    found = {name: _estimate(of, start, spread) for name, of in _MEASURES.items()}
    found["back_share_of_stoop"] = _estimate(lambda x: share_of_stoop(x[0], stoop), start, spread)
    if not all(np.isfinite(astuple(one)).all() for one in found.values()):
        return None
    rules = by_rules(_posture(start))
    found["psoas_percent"] = _stretched(found["psoas_percent"], c.psoas_model_factor)
    found["rectus_femoris_percent"] = _stretched(found["rectus_femoris_percent"], c.rectus_model_factor)
    for name, of in _RULED.items():
        values = [float(getattr(one, of)) for one in rules]
        found[name] = _within_rules(found[name], min(values), max(values))
    return HeldEffects(pelvic_tilt="unsure", **found)


def class_of_demand(demand_nm_per_kg: float) -> Literal["light", "middle", "strong"]:
    """Return how much the front leg carries, in three classes."""
    low, high = constants().effects.demand_nm_per_kg
    return "light" if demand_nm_per_kg < low else "strong" if demand_nm_per_kg > high else "middle"


def _posture(x: Floats) -> Posture:
    return Posture(*(float(value) for value in x[: len(fields(HeldLunge))]))


def _percent(x: Floats, side: Literal["front", "rear"], names: tuple[str, ...]) -> float:
    """Return the mean change of muscles against standing, percent; the last of `x` tilts the pelvis forward."""
    pelvis = usual_rule().pelvis_lean_share * x[0] + x[5]
    if side == "rear":
        angles = LegAngles(pelvis - x[3], max(float(x[4]), 0.0), 0.0)
    else:
        angles = LegAngles(90.0 - x[1] + pelvis, max(float(90.0 - x[1] + x[2]), 0.0), 0.0)
    rows = [muscle_model().index(name) for name in names]
    share = lengths_mm(angles)[rows] / standing_mm()[rows]
    return PERCENT * (float(np.mean(share)) - 1.0)


_MEASURES: Final[dict[str, Callable[[Floats], float | Floats]]] = {
    "psoas_percent": lambda x: _percent(x, "rear", ("psoas",)),
    "rectus_femoris_percent": lambda x: _percent(x, "rear", ("recfem",)),
    "gluteus_percent": lambda x: _percent(x, "front", GLUTEUS),
    "demand_nm_per_kg": lambda x: loads(_posture(x)).demand_nm_per_kg,
    "hip_share": lambda x: loads(_posture(x)).hip_share,
    "rear_knee_nm_per_kg": lambda x: loads(_posture(x)).rear_knee_nm_per_kg,
    "front_foot_share": lambda x: loads(_posture(x)).front_share,
}
_RULED: Final = {
    "demand_nm_per_kg": "demand_nm_per_kg",
    "hip_share": "hip_share",
    "rear_knee_nm_per_kg": "rear_knee_nm_per_kg",
    "front_foot_share": "front_share",
}


def _estimate(of: Callable[[Floats], float | Floats], at: Floats, sd: Floats) -> Estimate:
    """Return a value with its interval, the errors of the angles independent, to first order."""
    c = constants().effects
    value = float(of(at))
    slopes = [
        (float(of(at + c.step_deg * row)) - float(of(at - c.step_deg * row))) / (2 * c.step_deg)
        for row in np.eye(len(at))
    ]
    half = c.interval_factor * float(np.sqrt(np.sum((np.array(slopes) * sd) ** 2)))
    return Estimate(value, value - half, value + half)


def _stretched(one: Estimate, factor: float) -> Estimate:
    """Return an estimate whose interval also holds another model's value, which is larger or smaller by a factor."""
    others = (one.value * factor, one.value / factor)
    below, above = one.value - one.low, one.high - one.value
    low, high = min(*others, one.value), max(*others, one.value)
    return Estimate(
        one.value,
        one.value - float(np.hypot(below, one.value - low)),
        one.value + float(np.hypot(above, high - one.value)),
    )


def _within_rules(one: Estimate, low: float, high: float) -> Estimate:
    """Return an estimate whose interval holds the band of all plausible rules, too."""
    below, above = one.value - one.low, one.high - one.value
    return Estimate(
        one.value,
        one.value - float(np.hypot(below, max(one.value - low, 0.0))),
        one.value + float(np.hypot(above, max(high - one.value, 0.0))),
    )
