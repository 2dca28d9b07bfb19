"""The numbers that decide something between landmarks and measures, read once from ``kinematics.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class BodyConstants:
    """Of quiet standing, and the scale that follows from it."""

    eye_to_ankle_heights: float
    still_heights_per_s: float
    straight_knee_deg: float
    upright_deg: float
    together_heights: float
    still_smoothing_s: float
    fewest_frames: int
    tallest_percentile: float
    trunk_mass_share: float


@dataclass(frozen=True, slots=True)
class ViewConstants:
    """Of where the camera stands."""

    lopsided_deg: float
    turn_window_s: float
    feet_together_trunks: float
    span_deg: float
    fewest_scale_points: int


@dataclass(frozen=True, slots=True)
class MeasuresConstants:
    """Of what is read from the picture, and where."""

    least_plane_share: float
    least_seen_confidence: float
    scale_window_s: float


@dataclass(frozen=True, slots=True)
class FeetApartConstants:
    """Of a step that is seen by three witnesses."""

    feet_weight: float
    knees_weight: float


@dataclass(frozen=True, slots=True)
class HiddenStepConstants:
    """Of a step that is read from the trunk."""

    steps_per_shift: float
    least_shift_heights: float
    least_hips_heights: float
    feet_seen_confidence: float
    seen_window_s: float
    side_on_share: float


@dataclass(frozen=True, slots=True)
class HipsConstants:
    """Of hips that are put where the trunk's length says."""

    farthest_heights: float
    trust_share: float


@dataclass(frozen=True, slots=True)
class PerspectiveConstants:
    """Of the lens."""

    focal_long_sides: float


@dataclass(frozen=True, slots=True)
class PlantedConstants:
    """Of the foot that stays where it is."""

    planted_heights: float


@dataclass(frozen=True, slots=True)
class RolesConstants:
    """Of hands on the hips."""

    at_hip_heights: float
    on_hip_heights: tuple[float, float]
    hanging_heights: float
    bent_elbow_deg: float


@dataclass(frozen=True, slots=True)
class SidesConstants:
    """Of legs that the network exchanges."""

    trust_legs_per_frame: float
    pass_over_legs_per_s: float
    longest_passed_over_s: float
    leg_length_percentile: float


@dataclass(frozen=True, slots=True)
class VisibilityConstants:
    """Of legs that are hidden."""

    hidden_below_confidence: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    body: BodyConstants
    view: ViewConstants
    measures: MeasuresConstants
    feet_apart: FeetApartConstants
    hidden_step: HiddenStepConstants
    hips: HipsConstants
    perspective: PerspectiveConstants
    planted: PlantedConstants
    roles: RolesConstants
    sides: SidesConstants
    visibility: VisibilityConstants


@cache
def constants() -> Constants:
    """Return the constants of the kinematics."""
    return read(Constants, "lunge.kinematics", "kinematics.toml")
