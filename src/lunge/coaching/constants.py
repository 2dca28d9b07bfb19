"""The numbers that decide when the coach speaks, read once from ``policy.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class SpeechConstants:
    """Of everything that is said and shown."""

    gap_s: float
    shown_s: float
    moved_on_s: float
    late_s: float


@dataclass(frozen=True, slots=True)
class SetupConstants:
    """Of what is missing before a set, or during it."""

    missing_s: float
    gap_s: float
    again_s: float


@dataclass(frozen=True, slots=True)
class GuideConstants:
    """Of leading through the steps."""

    squeeze_s: float
    relax_s: float
    again_s: float
    pace_from_s: float
    return_s: float


@dataclass(frozen=True, slots=True)
class HoldConstants:
    """Of holds."""

    last_s: float
    long_s: float
    counted_s: float
    short_s: float


@dataclass(frozen=True, slots=True)
class NotesConstants:
    """Of telling how far the set is."""

    halfway_repetitions: int


@dataclass(frozen=True, slots=True)
class PraiseConstants:
    """Of praise."""

    every_repetitions: int


@dataclass(frozen=True, slots=True)
class FaultsConstants:
    """Of form cues.

    Attributes
    ----------
    persistence : dict of str to float
        A check's name with ``_s`` to how long its fault must last, in seconds; the most important first.
    """

    gap_s: float
    safety_checks: tuple[str, ...]
    afterwards_checks: tuple[str, ...]
    persistence: dict[str, float]


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    speech: SpeechConstants
    setup: SetupConstants
    guide: GuideConstants
    hold: HoldConstants
    notes: NotesConstants
    praise: PraiseConstants
    faults: FaultsConstants


@cache
def constants() -> Constants:
    """Return the constants of the coaching policy."""
    return read(Constants, "lunge.coaching", "policy.toml")


@cache
def importance() -> dict[str, int]:
    """Return the place of each check among the faults: small is important."""
    return {row.removesuffix("_s"): place for place, row in enumerate(constants().faults.persistence)}
