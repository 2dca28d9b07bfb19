"""The effects as functions of a case: lengths beyond standing, loads, efforts, and the lower back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.cases import Case
from lunge.mechanics.constants import constants
from lunge.mechanics.effort import GLUTEUS, QUADRICEPS, Wanted, activations, index_of
from lunge.mechanics.lowered import squat_loads
from lunge.mechanics.muscles import lengths_mm, muscle_model
from lunge.mechanics.postures import front_leg, rear_leg
from lunge.mechanics.statics import Loads, Rule, loads, plausible_rules, share_of_stoop, usual_rule

Floats = NDArray[np.float64]

# fmt: off
Name = Literal[
    "pelvis", "psoas", "rectus_femoris", "gluteus", "front_demand", "front_hip_share", "rear_knee", "lower_back",
    "front_gluteus_effort", "front_thigh_effort", "rear_thigh_effort",
]
# fmt: on
Role = Literal["front", "rear", "both"]
Measure = Callable[[Case], Floats]


@dataclass(frozen=True, slots=True)
class Row:
    """One effect.

    Attributes
    ----------
    name : str
    role : {'front', 'rear', 'both'}
    unit : str
    muscle : str
        Of a length: as in `lunge.mechanics.muscles.muscle_model`.
    at_rest : bool
        Whether it holds for a body at rest alone.
    """

    name: Name
    role: Role
    unit: str
    muscle: str = ""
    at_rest: bool = False


ROWS: Final = (
    Row("psoas", "rear", "percent", "psoas"),
    Row("rectus_femoris", "rear", "percent", "recfem"),
    Row("gluteus", "front", "percent", "glmax3"),
    Row("front_demand", "front", "Nm/kg", at_rest=True),
    Row("front_hip_share", "front", "share", at_rest=True),
    Row("rear_knee", "rear", "Nm/kg", at_rest=True),
    Row("lower_back", "both", "share"),
    Row("front_gluteus_effort", "front", "share", at_rest=True),
    Row("front_thigh_effort", "front", "share", at_rest=True),
    Row("rear_thigh_effort", "rear", "share", at_rest=True),
)
LOADS: Final[dict[str, Callable[[Loads, float], Floats]]] = {
    "front_demand": lambda found, size: size * found.demand_nm_per_kg,
    "front_hip_share": lambda found, size: found.hip_share,
    "rear_knee": lambda found, size: size * found.rear_knee_nm_per_kg,
}


def measures_of(row: Row) -> list[Measure]:
    """Return a row's estimate for each value of what no picture shows, the usual one first."""
    if row.muscle:
        return [lambda case: stretch_percent(case, row)]
    if row.name == "lower_back":
        aheads = (constants().geometry.trunk_com_m[0], *constants().ground.trunk_ahead_band)
        return [lambda case, ahead=ahead: _lower_back(case, ahead) for ahead in aheads]  # type: ignore[misc]
    of = _effort if row.name.endswith("_effort") else _load
    return [lambda case, rule=rule: of(case, row.name, rule) for rule in plausible_rules()]  # type: ignore[misc]


def model_sd_share(row: Row) -> float:
    """Return how far reference models differ, as a share of a change of length; 0 for what they do not tell apart."""
    c = constants().effects
    shares = {"psoas": c.psoas_model_sd_share, "recfem": c.recfem_model_sd_share, "glmax3": c.glutes_model_sd_share}
    return shares.get(row.muscle, 0.0)


def lengths_of(case: Case, row: Row) -> tuple[Floats, Floats]:
    """Return a muscle's lengths in the lunge and in standing, millimetres, of a body of the model's size."""
    leg = rear_leg if row.role == "rear" else front_leg
    share, at = usual_rule().pelvis_lean_share, muscle_model().index(row.muscle)
    hold, standing = (lengths_mm(leg(posture, share))[..., at] for posture in (case.hold, case.standing))
    return hold, standing


def stretch_percent(case: Case, row: Row) -> Floats:
    """Return how much longer than in standing a row's muscle is, percent."""
    hold, standing = lengths_of(case, row)
    out: Floats = 100.0 * (hold / standing - 1.0)
    return out


def _load(case: Case, name: str, rule: Rule) -> Floats:
    return LOADS[name](_loads(case, rule), case.size)


def _loads(case: Case, rule: Rule) -> Loads:
    found: Loads = case.once(("loads", rule), lambda: loads(case.hold, rule))
    return found


def _lower_back(case: Case, ahead_m: float) -> Floats:
    return share_of_stoop(case.hold.trunk_forward_deg, case.stoop_deg, case.standing.trunk_forward_deg, ahead_m)


def _effort(case: Case, name: str, rule: Rule) -> Floats:
    """Return a muscle's effort in the lunge as a share of that in the squat; NaN where the squat asks nothing of it."""
    role, muscle, _ = name.split("_")
    muscles = GLUTEUS if muscle == "gluteus" else QUADRICEPS
    here = index_of(_lunge_activations(case, role, rule), muscles)
    squatting = index_of(_squat_activations(case, rule.pelvis_lean_share), muscles)
    asked = squatting > constants().effort.least_squat_share
    shape = np.broadcast_shapes(here.shape, squatting.shape)
    out: Floats = np.divide(here, squatting, out=np.full(shape, np.nan), where=np.broadcast_to(asked, shape))
    return out


def _lunge_activations(case: Case, role: str, rule: Rule) -> Floats:
    def find() -> Floats:
        found, share = _loads(case, rule), rule.pelvis_lean_share
        if role == "front":
            hip, knee = found.front_hip_nm_per_kg, found.front_knee_nm_per_kg
            return activations(front_leg(case.hold, share), Wanted(-hip, -knee, -found.front_ankle_nm_per_kg))
        wanted = Wanted(found.rear_hip_nm_per_kg, -found.rear_knee_nm_per_kg, -found.rear_ankle_nm_per_kg)
        return activations(rear_leg(case.hold, share), wanted)

    out: Floats = case.once((role, rule), find)
    return out


def _squat_activations(case: Case, share: float) -> Floats:
    def find() -> Floats:
        found, angles = squat_loads(case.squat, share), front_leg(case.squat, share)
        return activations(angles, Wanted(-found.hip_nm_per_kg, -found.knee_nm_per_kg, -found.ankle_nm_per_kg))

    out: Floats = case.once(("squat", share), find)
    return out
