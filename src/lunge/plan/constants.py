"""The rules of the plan, read once from ``rules.toml``; another set of them can be passed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class ComfortRules:
    """Zones of comfort, 0 to 10."""

    amber_points: int
    stop_limit_points: int
    lowest_limit_points: int
    morning_up_points: int
    morning_down_points: int


@dataclass(frozen=True, slots=True)
class UpRules:
    """When one thing gets harder."""

    least_sessions: int
    least_days: int
    within_days: int
    form_share: float
    effort_points: int


@dataclass(frozen=True, slots=True)
class DownRules:
    """When one thing gets easier because of the form."""

    form_share: float
    form_sessions: int


@dataclass(frozen=True, slots=True)
class PauseRules:
    """When to stop practising and ask."""

    downs_count: int
    within_days: int


@dataclass(frozen=True, slots=True)
class TrendRules:
    """When comfort gets worse over two weeks."""

    week_days: int
    rise_points: float
    above_points: float
    least_answers_count: int


@dataclass(frozen=True, slots=True)
class AbsenceRules:
    """What a time without practice does."""

    after_days: int


@dataclass(frozen=True, slots=True)
class ScheduleRules:
    """How often."""

    first_week_sessions: int
    more_a_week_sessions: int
    most_sessions: int
    focus_days: int
    focus_gap_days: int
    focus_sessions: int


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """Before the first set."""

    valid_days: int
    older_years: int
    baseline_repetitions: int


@dataclass(frozen=True, slots=True)
class ProgressRules:
    """What counts as a change."""

    certainty_factor: float
    lasting_share: float
    month_days: int
    least_values_count: int
    comfort_points: int
    comfort_share: float


@dataclass(frozen=True, slots=True)
class SelfTestRules:
    """Of the self-test."""

    every_days: int
    depth_deg: float
    hold_s: float
    repetitions_count: int


@dataclass(frozen=True, slots=True)
class PrescriptionRules:
    """Of prescriptions that `lunge prescribe` writes."""

    longest_weeks: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All of them."""

    comfort: ComfortRules
    up: UpRules
    down: DownRules
    pause: PauseRules
    trend: TrendRules
    absence: AbsenceRules
    schedule: ScheduleRules
    screening: ScreeningRules
    progress: ProgressRules
    self_test: SelfTestRules
    prescription: PrescriptionRules


@cache
def constants() -> Rules:
    """Return the rules that the program ships with."""
    return read(Rules, "lunge.plan", "rules.toml")
