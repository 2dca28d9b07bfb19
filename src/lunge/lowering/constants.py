"""The numbers of `lowering.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class FindingConstants:
    """When somebody is down, and from when to when."""

    low_heights: float
    bent_deg: float
    joined_s: float
    shortest_s: float
    begun_heights: float
    begun_deg: float
    bottom_share: float
    least_seen_share: float
    together_heights: float
    step_s: float


@dataclass(frozen=True, slots=True)
class KindConstants:
    """What tells the kinds apart."""

    stoop_deg: float
    stoop_heights: float
    legless_stoop_deg: float
    apart_heights: float
    seat_lean_deg: float
    seat_behind_heights: float


@dataclass(frozen=True, slots=True)
class KneelingConstants:
    """What tells a rear knee on the floor from one above it."""

    hips_heights: float


@dataclass(frozen=True, slots=True)
class ExerciseConstants:
    """What tells a lunge of the exercise from one at work."""

    at_hip_heights: float
    reaching_heights: float
    raised_heights: float
    low_hand_heights: float
    one_hand_heights: float


@dataclass(frozen=True, slots=True)
class LoadConstants:
    """Plain statics of the lower back, and its classes."""

    trunk_mass_share: float
    trunk_arm_m: float
    gravity_m_per_s2: float
    low_share: float
    middle_share: float


@dataclass(frozen=True, slots=True)
class CountingConstants:
    """How lowerings are counted while they are done."""

    low_legs_share: float
    leaning_deg: float
    look_every_s: float
    window_s: float
    before_s: float
    settled_s: float
    longest_s: float


@dataclass(frozen=True, slots=True)
class LoweringConstants:
    """The sections of the file."""

    finding: FindingConstants
    kind: KindConstants
    kneeling: KneelingConstants
    exercise: ExerciseConstants
    load: LoadConstants
    counting: CountingConstants


@cache
def constants() -> LoweringConstants:
    """Return the numbers, read once."""
    return read(LoweringConstants, "lunge.lowering", "lowering.toml")
