"""The numbers that decide what stands in exported files, read once from ``exports.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class PointsConstants:
    """Of the points of the body."""

    least_seen_confidence: float


@dataclass(frozen=True, slots=True)
class PelvisConstants:
    """Of where the pelvis is."""

    origin_ahead_heights: float
    origin_above_heights: float


@dataclass(frozen=True, slots=True)
class GapsConstants:
    """Of gaps in time."""

    longest_gap_s: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    points: PointsConstants
    pelvis: PelvisConstants
    gaps: GapsConstants


@cache
def constants() -> Constants:
    """Return the constants of this package."""
    return read(Constants, "lunge.exports", "exports.toml")
