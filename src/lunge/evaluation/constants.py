"""The numbers that decide how answers are compared with truth, read once from ``evaluation.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class MatchingConstants:
    """Of which repetition found is which true one."""

    tolerance_s: float


@dataclass(frozen=True, slots=True)
class SwapsConstants:
    """Of how often left and right legs are exchanged."""

    apart_share: float


@dataclass(frozen=True, slots=True)
class SyntheticConstants:
    """Of the truth of rendered clips."""

    bottom_heights: float


@dataclass(frozen=True, slots=True)
class TrialsConstants:
    """Of the trials of motion capture."""

    capture_fps: float
    camera_fps: float
    eyes_heights: float


@dataclass(frozen=True, slots=True)
class MarkersConstants:
    """Of the way from markers to joint centres."""

    hip_ahead_share: float
    hip_ahead_m: float
    hip_up_share: float
    hip_up_m: float
    hip_aside_share: float
    hip_aside_m: float
    marker_radius_m: float
    half_knee_m: float
    half_ankle_m: float
    shoulder_down_share: float


@dataclass(frozen=True, slots=True)
class EvaluationConstants:
    """All of them."""

    matching: MatchingConstants
    swaps: SwapsConstants
    synthetic: SyntheticConstants
    trials: TrialsConstants
    markers: MarkersConstants


@cache
def constants() -> EvaluationConstants:
    """Return the constants of the evaluation."""
    return read(EvaluationConstants, "lunge.evaluation", "evaluation.toml")
