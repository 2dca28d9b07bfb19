"""The step that is on, frame by frame: a state machine over the hips, the feet and the speed.

It tells what to say and which clock to run. When each step began and ended for good
is judged after the repetition, from the whole of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lunge.causal.constants import constants
from lunge.causal.reading import Reading
from lunge.causal.stillness import FeetSpeed, Held
from lunge.exercises.records import HOLDS, StepRules

Side = Literal["left", "right"]
"""Of the body."""


@dataclass(frozen=True, slots=True)
class Phase:
    """The step that is on.

    Attributes
    ----------
    step : str
        As the exercise names it, or ``standing``.
    since_s : float
        Capture time at which it began.
    front : {'left', 'right'} or None
        The leg in front, once a foot has gone back.
    settled : bool
        Whether this is the frame in which the standing after a repetition has lasted long enough.
    still : bool
        Whether the body holds still in this very frame.
    from_squat : bool
        Whether the step back comes from the squat, or standing goes down into one.
    """

    step: str
    since_s: float
    front: Side | None = None
    settled: bool = False
    still: bool = True
    from_squat: bool = False


class Phases:
    """Follows one person through the steps.

    Parameters
    ----------
    rules : StepRules
        Of the exercise.
    """

    def __init__(self, rules: StepRules) -> None:
        self._rules = rules
        self._step, self._since_s = "standing", 0.0
        self._front: Side | None = None
        self._from_squat = False
        self._lunged = False
        self._moved = False
        self._settled = True
        self._held, self._feet = Held(), FeetSpeed()
        self._lowest = 0.0
        self._farthest = 0.0

    def step(self, now: Reading) -> Phase:
        """Return the step that is on in the next frame.

        Parameters
        ----------
        now : Reading
            Of one frame, later than the one before.

        Returns
        -------
        Phase
        """
        feet = self._feet.step(now.time_s, now.left_ahead_heights, now.azimuth_deg)
        held = self._held.step(now.time_s, max(now.speed_heights_per_s, feet))
        step = self._next(now, held)
        if step != self._step:
            self._enter(step, now)
        self._lowest = max(self._lowest, now.drop_heights)
        self._farthest = max(self._farthest, abs(now.left_ahead_heights))
        from_squat = self._from_squat or (self._front is None and not self._lunged)
        return Phase(self._step, self._since_s, self._front, self._settles(now), self._held.is_slow, from_squat)

    def _enter(self, step: str, now: Reading) -> None:
        again = step == "lunge" and self._lunged
        self._step, self._since_s = step, self._began_s(step, now)
        if not again and step not in ("returning", "rising"):
            self._lowest, self._farthest = now.drop_heights, abs(now.left_ahead_heights)
        self._settled = self._settled and step != "lunge"
        if step == "standing":
            self._front, self._lunged, self._from_squat, self._moved = None, False, False, False
        if step in ("squat", "stepping_back"):
            self._front = None
        if step == "stepping_back":
            self._front = "left" if now.left_ahead_heights > 0 else "right"
        self._lunged = self._lunged or step == "lunge"
        self._from_squat = self._from_squat or step == "squat"

    def _began_s(self, step: str, now: Reading) -> float:
        """Return when a step began."""
        if step not in HOLDS:
            return now.time_s
        return self._held.since_s(self._since_s, now.time_s)

    def _settles(self, now: Reading) -> bool:
        c = constants().phases
        if self._settled or self._step != "standing":
            return False
        up_s = now.time_s - self._since_s
        quiet_s = min(up_s, now.time_s - self._held.slow_since_s)
        self._settled = quiet_s >= c.settled_s or up_s >= c.settled_anyway_s
        return self._settled

    def _next(self, now: Reading, held: bool) -> str:
        opens = abs(now.left_ahead_heights) > self._rules.opens_heights
        if opens and self._front is None:
            return "stepping_back"
        return {
            "standing": self._after_standing,
            "lowering": self._after_lowering,
            "squat": self._after_squat,
            "stepping_back": self._after_stepping,
            "lunge": self._after_lunge,
            "rising": self._after_rising,
            "returning": self._after_returning,
            "squat_2": self._after_squat,
        }[self._step](now, held)

    def _after_standing(self, now: Reading, held: bool) -> str:
        del held
        return "lowering" if now.drop_heights > constants().phases.low_heights else "standing"

    def _after_lowering(self, now: Reading, held: bool) -> str:
        if self._front is not None:
            return self._after_stepping(now, held)
        if self._is_up(now):
            return "standing"
        return "squat" if held and now.drop_heights > self._rules.least_drop_heights else "lowering"

    def _after_squat(self, now: Reading, held: bool) -> str:
        rose = self._lowest - now.drop_heights > constants().phases.rising_heights
        return "rising" if rose and not held else self._step

    def _after_stepping(self, now: Reading, held: bool) -> str:
        if self._is_together(now):
            return "standing" if self._is_up(now) else "squat" if self._from_squat else self._step
        deep = now.drop_heights > self._rules.least_drop_heights
        if held and deep:
            return "lunge"
        landed = self._farthest - abs(now.left_ahead_heights) < constants().phases.closing_heights
        lowering = not self._from_squat and landed and now.drop_heights > constants().phases.low_heights
        return "lowering" if lowering else self._step

    def _after_lunge(self, now: Reading, held: bool) -> str:
        if held or now.time_s - self._held.until_s < constants().phases.left_s:
            return "lunge"
        return "returning" if self._from_squat else "rising"

    def _after_rising(self, now: Reading, held: bool) -> str:
        if self._rests_again(now, held):
            return "lunge"
        if self._is_up(now) and self._is_together(now):
            return "standing"
        if self._front is not None and not self._from_squat and self._closes(now):
            return "returning"
        return "rising"

    def _after_returning(self, now: Reading, held: bool) -> str:
        if self._rests_again(now, held):
            return "lunge"
        if not self._is_together(now):
            return "returning"
        if self._is_up(now):
            return "standing"
        return "squat_2" if held and self._from_squat else "returning"

    def _rests_again(self, now: Reading, held: bool) -> bool:
        """Whether the hold goes on after a wobble: still again, as deep, and no foot has come closer."""
        rose = self._lowest - now.drop_heights > constants().phases.rising_heights
        return held and self._front is not None and self._lunged and not rose and not self._closes(now)

    def _is_up(self, now: Reading) -> bool:
        return now.drop_heights < constants().phases.standing_heights

    def _is_together(self, now: Reading) -> bool:
        return abs(now.left_ahead_heights) < self._rules.closes_heights

    def _closes(self, now: Reading) -> bool:
        return self._farthest - abs(now.left_ahead_heights) > constants().phases.closing_heights
