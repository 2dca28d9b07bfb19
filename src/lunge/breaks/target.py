"""What a break asks for, and whether the plan rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lunge.breaks.constants import constants
from lunge.storage.records import PlanDecision


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


def rests_on(decisions: Sequence[PlanDecision], day: date) -> bool:
    """Return whether the plan pauses on a day."""
    found = decision_on(decisions, day)
    return found is not None and found.what == "pause"
