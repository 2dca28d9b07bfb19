"""What the plan is asked with, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lunge.plan.prescription import Prescription
from lunge.plan.records import (
    Baseline,
    Habits,
    Illness,
    Kind,
    Morning,
    Reason,
    Rung,
    Screening,
    Session,
    Status,
    Targets,
    Variable,
)


@dataclass(frozen=True)
class History:
    """Everything that happened so far, in any order.

    Attributes
    ----------
    screenings : tuple of Screening
        The latest that is not after the day in question holds.
    baseline : Baseline, optional
    sessions : tuple of Session
    mornings : tuple of Morning
    illnesses : tuple of Illness
    habits : Habits
    prescription : Prescription, optional
    """

    screenings: tuple[Screening, ...] = ()
    baseline: Baseline | None = None
    sessions: tuple[Session, ...] = ()
    mornings: tuple[Morning, ...] = ()
    illnesses: tuple[Illness, ...] = ()
    habits: Habits = field(default_factory=Habits)
    prescription: Prescription | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What changed on a day, and why.

    Attributes
    ----------
    on : date
    kind : Kind
    rung : Rung
        Where the person stands from this day on.
    variable : Variable, optional
        With ``up`` and ``down``: the only one that changed.
    reasons : tuple of Reason
    """

    on: date
    kind: Kind
    rung: Rung
    variable: Variable | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What one day asks for.

    Attributes
    ----------
    on : date
    targets : Targets
    sessions : int
        Sets in all; 0 on a day of rest.
    sessions_left : int
    is_strength : bool
        A day of fewer, slower and harder sets.
    """

    on: date
    targets: Targets
    sessions: int
    sessions_left: int
    is_strength: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds today, and why.

    Attributes
    ----------
    status : Status
        A set may start only where it is ``go`` or ``baseline``.
    day : Day
    level : int
    stop_limit : int
        Comfort above it ends a set.
    reasons : tuple of Reason
        Why today is what it is, the most important first.
    cues : tuple of Reason
        What to look after on this person's way.
    log : tuple of Decision
        All decisions so far, the latest last.
    """

    status: Status
    day: Day
    level: int
    stop_limit: int
    reasons: tuple[Reason, ...]
    cues: tuple[Reason, ...]
    log: tuple[Decision, ...]
