"""The way back that was too quick: known when it is over, and said in the step after it."""

from __future__ import annotations

from lunge.causal.phases import Phase
from lunge.coaching.records import Fault
from lunge.exercises.records import LUNGES, Check, Exercise
from lunge.live.constants import constants


class Tempo:
    """Times the way back of one person.

    Parameters
    ----------
    exercise : Exercise
    variant : str
        The variant that is being done.
    """

    def __init__(self, exercise: Exercise, variant: str) -> None:
        self._check = _check_of(exercise, variant)
        self._way = tuple(self._check.steps[0].split(" to ")) if self._check else ()
        self._since_s: float | None = None
        self._fault: Fault | None = None

    def step(self, phase: Phase, time_s: float) -> tuple[Fault, ...]:
        """Return the fault of a way back that was too quick, while the step after it is on."""
        if self._check is None or phase.step in self._way:
            self._since_s = time_s if self._since_s is None else self._since_s
            self._fault = None
            return ()
        if self._since_s is not None:
            # A wobble in the hold looks like a way back for a moment.
            self._fault = None if phase.step in LUNGES else self._judged(time_s - self._since_s, time_s)
            self._since_s = None
        if phase.step in ("lowering", "squat", "stepping_back"):
            self._fault = None
        return () if self._fault is None else (self._fault,)

    def _judged(self, took_s: float, time_s: float) -> Fault | None:
        check = self._check
        if check is None or check.limit[0] is None:
            return None
        missing_s = check.limit[0] - check.margin - constants().tempo.late_s - took_s
        if missing_s <= 0:
            return None
        return Fault(check.check, check.measure, check.steps[0], "low", time_s, missing_s / check.margin)


def _check_of(exercise: Exercise, variant: str) -> Check | None:
    return next((c for c in exercise.checks if c.check == "slow_return" and variant in c.variants), None)
