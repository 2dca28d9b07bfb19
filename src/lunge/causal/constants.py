"""The numbers that decide something where frames are judged as they come, read once from ``causal.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class FilterConstants:
    """Of smoothing without the future."""

    still_cutoff_hz: float
    cutoff_hz_per_heights_per_s: float
    rate_cutoff_hz: float
    longest_gap_s: float
    turn_every_s: float
    speed_s: float


@dataclass(frozen=True, slots=True)
class BaselineConstants:
    """Of the quiet standing at the start."""

    collect_s: float
    longest_gap_s: float


@dataclass(frozen=True, slots=True)
class PhaseConstants:
    """Of the step that is on."""

    low_heights: float
    standing_heights: float
    held_heights_per_s: float
    moving_heights_per_s: float
    feet_speed_s: float
    held_s: float
    closing_heights: float
    rising_heights: float
    left_s: float
    settled_s: float
    settled_anyway_s: float


@dataclass(frozen=True, slots=True)
class FormConstants:
    """Of faults that are on."""

    back_inside_share: float
    again_s: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    filter: FilterConstants
    baseline: BaselineConstants
    phases: PhaseConstants
    form: FormConstants


@cache
def constants() -> Constants:
    """Return the constants of judging without the future."""
    return read(Constants, "lunge.causal", "causal.toml")
