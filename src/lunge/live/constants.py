"""The numbers that decide something in a live session, read once from ``live.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class SettingUpConstants:
    """Of what must be seen before a set begins."""

    quiet_s: float
    again_quiet_s: float
    dark_share: float
    covered_share: float
    near_share: float
    far_share: float
    tilted_deg: float
    edge_share: float
    slow_hz: float
    rate_window_s: float
    still_window_s: float
    still_heights_per_s: float


@dataclass(frozen=True, slots=True)
class GestureConstants:
    """Of a raised hand."""

    raised_heights: float
    raise_s: float
    rest_s: float


@dataclass(frozen=True, slots=True)
class TempoConstants:
    """Of a way back that is too quick."""

    late_s: float


@dataclass(frozen=True, slots=True)
class SetConstants:
    """Of the whole set."""

    done_after_s: float
    over_s: float


@dataclass(frozen=True, slots=True)
class MeterConstants:
    """Of the meters of stretch and load."""

    every_s: float
    full_stretch_share: float
    full_hip_stretch_share: float
    full_load_nm_per_kg: float
    much_stretch_share: float
    much_load_nm_per_kg: float
    fastest_heights_per_s: float
    again_s: float
    settle_s: float
    leaning_deg: float
    upright_deg: float


@dataclass(frozen=True, slots=True)
class HouseworkConstants:
    """Of housework before the camera."""

    word_every_s: float
    longest_gap_s: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    setting_up: SettingUpConstants
    gestures: GestureConstants
    tempo: TempoConstants
    set: SetConstants
    meters: MeterConstants
    housework: HouseworkConstants


@cache
def constants() -> Constants:
    """Return the constants of live sessions."""
    return read(Constants, "lunge.live", "live.toml")
