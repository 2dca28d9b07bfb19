"""BlazePose's constants, read once from ``blazepose.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class DetectorConstants:
    """Of the person detector."""

    input_px: int
    strides: tuple[int, ...]
    anchors_per_layer: int
    anchor_offset: float
    keypoints: int
    score_clip: float
    min_score: float
    min_iou: float


@dataclass(frozen=True, slots=True)
class RegionConstants:
    """Of the square that is cut out around a person."""

    scale: float
    rotation_target_deg: float


@dataclass(frozen=True, slots=True)
class SteadyingConstants:
    """Of the filter that holds the region still."""

    min_cutoff_hz: float
    cutoff_per_speed: float
    speed_cutoff_hz: float


@dataclass(frozen=True, slots=True)
class LandmarkConstants:
    """Of the landmark network."""

    input_px: int
    points: int
    body_points: int
    centre_point: int
    scale_point: int
    heatmap_kernel: int
    heatmap_min_confidence: float
    min_presence: float


@dataclass(frozen=True, slots=True)
class TrackerConstants:
    """Of following one person."""

    look_around_s: float
    jump_share: float
    size_jump_factor: float
    latest_s: float
    edge_weight: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    detector: DetectorConstants
    region: RegionConstants
    landmarks: LandmarkConstants
    steadying: SteadyingConstants
    tracker: TrackerConstants


@cache
def constants() -> Constants:
    """Return the constants of BlazePose."""
    return read(Constants, "lunge.pose", "blazepose.toml")
