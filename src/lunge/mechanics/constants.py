"""The numbers of the body's mechanics, read once from ``mechanics.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class MusclesConstants:
    """Of muscle lengths."""

    hip_deg: tuple[float, ...]
    knee_deg: tuple[float, ...]
    ankle_deg: tuple[float, ...]
    psoas_mm_per_deg: float


@dataclass(frozen=True, slots=True)
class SegmentsConstants:
    """Of how the mass is spread."""

    pelvis_share: float
    trunk_share: float
    thigh_share: float
    shank_share: float
    foot_share: float


@dataclass(frozen=True, slots=True)
class GeometryConstants:
    """Of where joints and centres of mass are."""

    hip_m: tuple[float, ...]
    l5s1_m: tuple[float, ...]
    pelvis_com_m: tuple[float, ...]
    trunk_com_m: tuple[float, ...]
    femur_m: float
    tibia_m: float
    hip_to_shoulder_m: float
    thigh_com_m: float
    shank_com_m: float
    ankle_m: float
    heel_m: tuple[float, ...]
    ball_m: tuple[float, ...]
    toe_m: tuple[float, ...]
    foot_com_m: tuple[float, ...]
    model_height_m: float


@dataclass(frozen=True, slots=True)
class GroundConstants:
    """Of the forces of the ground."""

    meeting_factor: float
    meeting_factor_band: tuple[float, ...]
    front_pressure_share: float
    rear_pressure_share: float
    pelvis_lean_share: float
    pelvis_lean_share_band: tuple[float, ...]
    trunk_ahead_band: tuple[float, ...]
    rear_ankle_deg: float
    beside_foot_m: float
    gravity_m_per_s2: float


@dataclass(frozen=True, slots=True)
class SquatConstants:
    """Of the squat of the exercise, where the person's own was not seen."""

    trunk_forward_deg: float
    thigh_above_horizontal_deg: float
    shank_forward_deg: float


@dataclass(frozen=True, slots=True)
class EffortConstants:
    """Of how much of their strength muscles use."""

    flexion_share: tuple[float, ...]
    extension_share: tuple[float, ...]
    hip_deg: tuple[float, ...]
    knee_deg: tuple[float, ...]
    ankle_deg: tuple[float, ...]
    grid_count: int
    force_length_factor: float
    reserve_share: float
    near_share: float
    steps_count: int
    halvings_count: int
    least_squat_share: float
    low_share: float
    middle_share: float


@dataclass(frozen=True, slots=True)
class RestConstants:
    """Of when the body is taken to be at rest."""

    slow_g_share: float
    smoothing_s: float
    limited_smoothing_s: float
    least_slow_s: float
    least_hold_s: float


@dataclass(frozen=True, slots=True)
class FiguresConstants:
    """Of what bodies of one height and mass differ by."""

    length_sd_share: float
    moment_sd_share: float


@dataclass(frozen=True, slots=True)
class EffectsConstants:
    """Of what is said of a repetition."""

    interval_sd_factor: float
    inside_share: float
    draws_count: int
    least_known_share: float
    alike_share: tuple[float, ...]
    pelvis_sd_deg: float
    psoas_model_sd_share: float
    recfem_model_sd_share: float
    glutes_model_sd_share: float
    back_low_share: float
    back_middle_share: float
    stoop_least_deg: float


@dataclass(frozen=True, slots=True)
class MechanicsConstants:
    """All of them."""

    muscles: MusclesConstants
    segments: SegmentsConstants
    geometry: GeometryConstants
    ground: GroundConstants
    squat: SquatConstants
    effort: EffortConstants
    rest: RestConstants
    figures: FiguresConstants
    effects: EffectsConstants


@cache
def constants() -> MechanicsConstants:
    """Return the constants of the mechanics."""
    return read(MechanicsConstants, "lunge.mechanics", "mechanics.toml")
