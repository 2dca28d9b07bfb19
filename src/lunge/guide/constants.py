"""The numbers of the guide, read once from ``guide.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class BeginConstants:
    """Of the question before a set."""

    valid_s: float


@dataclass(frozen=True, slots=True)
class CountConstants:
    """Of how a set's repetitions are counted for the plan."""

    least_findings_count: int


@dataclass(frozen=True, slots=True)
class DiaryConstants:
    """Of what is written into the diary later."""

    oldest_days: int
    longest_note_count: int


@dataclass(frozen=True, slots=True)
class KeepingConstants:
    """Of what is kept of the plan."""

    weeks_count: int


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    begin: BeginConstants
    counts: CountConstants
    diary: DiaryConstants
    keeping: KeepingConstants


@cache
def constants() -> Constants:
    """Return the constants of the guide."""
    return read(Constants, "lunge.guide", "guide.toml")
