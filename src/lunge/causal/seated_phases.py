"""The step that is on for somebody on a seat, frame by frame: the trunk rests, and only a leg moves."""

from __future__ import annotations

from typing import Final

from lunge.causal.constants import constants
from lunge.causal.phases import Phase, Side
from lunge.causal.reading import Reading
from lunge.causal.stillness import Held
from lunge.exercises.records import StepRules

HOLD: Final = "seated_lunge"


class SeatedPhases:
    """Follows one person who sits through the steps.

    Parameters
    ----------
    rules : StepRules
        Of the exercise.
    """

    def __init__(self, rules: StepRules) -> None:
        self._rules = rules
        self._step, self._since_s = "standing", 0.0
        self._front: Side | None = None
        self._farthest = 0.0
        self._settled = True
        self._held = Held()

    def step(self, now: Reading) -> Phase:
        """Return the step that is on in the next frame."""
        held = self._held.step(now.time_s, now.fastest_heights_per_s)
        step = self._next(now, held)
        if step != self._step:
            self._enter(step, now)
        self._farthest = max(self._farthest, abs(now.left_ahead_heights))
        return Phase(self._step, self._since_s, self._front, self._settles(now), self._held.is_slow)

    def _enter(self, step: str, now: Reading) -> None:
        if step == "stepping_back" or (step == HOLD and self._step != "returning"):
            self._farthest = 0.0
        self._since_s = self._held.since_s(self._since_s, now.time_s) if step == HOLD else now.time_s
        self._step = step
        if step == "stepping_back":
            self._front = "left" if now.left_ahead_heights > 0 else "right"
        elif step in ("standing", "sitting"):
            self._front = None
        self._settled = self._settled and step != HOLD

    def _next(self, now: Reading, held: bool) -> str:
        if now.drop_heights < constants().phases.standing_heights:
            return "standing"
        apart = abs(now.left_ahead_heights)
        if apart < self._rules.closes_heights:
            return self._side_by_side(now, held)
        if self._front is None:
            return "stepping_back" if self._step == "sitting" and apart > self._rules.opens_heights else self._step
        return self._apart(now, held, apart)

    def _side_by_side(self, now: Reading, held: bool) -> str:
        """Return the step with both feet in front: whoever came back or went down sits once still."""
        low = now.drop_heights > self._rules.least_drop_heights
        return "sitting" if (held and low) or self._step == "sitting" else self._back()

    def _apart(self, now: Reading, held: bool, apart: float) -> str:
        closes = self._farthest - apart > constants().phases.closing_heights
        if held and not closes:
            return HOLD
        left = now.time_s - self._held.until_s >= constants().phases.left_s
        return self._back() if closes or left else self._step

    def _back(self) -> str:
        """Return the way back for whoever held the lunge; a step that was broken off goes on until it is back."""
        return "returning" if self._step == HOLD else self._step

    def _settles(self, now: Reading) -> bool:
        """Return whether this is the frame in which the rest after a repetition has lasted long enough."""
        if self._settled or self._front is not None:
            return False
        c = constants().phases
        resting_s = now.time_s - self._since_s
        quiet_s = min(resting_s, now.time_s - self._held.slow_since_s)
        self._settled = quiet_s >= c.settled_s or resting_s >= c.settled_anyway_s
        return self._settled
