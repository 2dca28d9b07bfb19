"""What a break asks for, and whether the plan wants no reminder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lunge.breaks.constants import constants
from lunge.plan.answers import Plan
from lunge.plan.records import LEGS, Leg, Status
from lunge.storage.records import PlanDecision

SILENT: Final[frozenset[Status]] = frozenset({"paused", "rest", "ill", "stop", "ask_first"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a break asks for.

    Attributes
    ----------
    hold_s : float
    repetitions : int
        With each of the legs.
    legs : tuple of {'left', 'right'}
        Those that step back.
    """

    hold_s: float
    repetitions: int
    legs: tuple[Leg, ...] = LEGS


def target_from(plan: dict[str, Any] | None) -> Target:
    """Return what a break asks for: as many repetitions as fit into it, and the plan's hold where there is one.

    Parameters
    ----------
    plan : dict, optional
        The targets of a decision of the plan; those of a movement that is no lunge do not count.
    """
    usual = constants().exercise
    if not plan or plan.get("movement", "lunge") != "lunge":
        return Target(usual.hold_s, usual.repetitions_count)
    most = {leg: _most(plan, leg) for leg in LEGS}
    legs = tuple(leg for leg in LEGS if most[leg])
    asked = min(most[leg] for leg in legs)
    return Target(float(plan.get("hold_s", usual.hold_s)), asked, legs)


def _most(plan: dict[str, Any], leg: Leg) -> int:
    """Return how many repetitions of a break a leg does; decisions of earlier versions name no leg."""
    usual = constants().exercise.repetitions_count
    own = plan.get(f"most_{leg}")
    return min(usual, int(plan.get("repetitions", usual)), usual if own is None else int(own))


def decision_on(decisions: Sequence[PlanDecision], day: date) -> PlanDecision | None:
    """Return the newest decision of a day or before; None without one."""
    return max((one for one in decisions if one.day <= day), key=lambda one: (one.day, one.at), default=None)


def is_silent(plan: Plan) -> bool:
    """Return whether the plan wants no reminder today: it pauses, rests, waits for an illness or for a doctor.

    Where only the questions before the first set are open, a reminder leads to them.
    """
    return plan.status in SILENT
