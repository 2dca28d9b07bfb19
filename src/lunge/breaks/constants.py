"""The numbers of breaks, read once from ``breaks.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class SittingConstants:
    """Of when a break is due."""

    every_s: float
    shortest_s: float
    longest_s: float
    away_s: float
    idle_s: float
    gap_s: float


@dataclass(frozen=True, slots=True)
class OfferingConstants:
    """Of when it is offered."""

    calm_s: float
    unanswered_s: float
    snooze_s: float
    doing_s: float
    most_count: int
    quiet_from_hours: int
    quiet_until_hours: int


@dataclass(frozen=True, slots=True)
class ExerciseConstants:
    """Of what is done in it."""

    break_s: float
    hold_s: float
    repetitions_count: int


@dataclass(frozen=True, slots=True)
class LookingConstants:
    """Of how often the computer is asked."""

    every_s: float
    errand_s: float
    read_s: float
    calendar_s: float
    calendar_mib: float
    log_mib: float


@dataclass(frozen=True, slots=True)
class GlanceConstants:
    """Of the glances through the camera."""

    every_s: float
    empty_count: int
    lasting_s: float
    unused_s: float
    answer_s: float
    forgiven_s: float
    restarts_count: int
    somebody_confidence: float
    close_share: float
    lit_share: float
    dark_share: float
    flat_share: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    sitting: SittingConstants
    offering: OfferingConstants
    exercise: ExerciseConstants
    looking: LookingConstants
    glance: GlanceConstants


@cache
def constants() -> Constants:
    """Return the constants of breaks."""
    return read(Constants, "lunge.breaks", "breaks.toml")
