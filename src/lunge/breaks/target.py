"""What a break asks for, and whether the plan wants no reminder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lunge.breaks.constants import constants
from lunge.plan.answers import Plan
from lunge.plan.records import Status
from lunge.storage.records import PlanDecision

SILENT: Final[frozenset[Status]] = frozenset({"paused", "rest", "ill", "stop", "ask_first"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a break asks for.

    Attributes
    ----------
    hold_s : float
    repetitions : int
        A side.
    """

    hold_s: float
    repetitions: int


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
    asked = int(plan.get("repetitions", usual.repetitions_count))
    return Target(float(plan.get("hold_s", usual.hold_s)), min(asked, usual.repetitions_count))


def decision_on(decisions: Sequence[PlanDecision], day: date) -> PlanDecision | None:
    """Return the newest decision of a day or before; None without one."""
    return max((one for one in decisions if one.day <= day), key=lambda one: (one.day, one.at), default=None)


def is_silent(plan: Plan) -> bool:
    """Return whether the plan wants no reminder today: it pauses, rests, waits for an illness or for a doctor.

    Where only the questions before the first set are open, a reminder leads to them.
    """
    return plan.status in SILENT
