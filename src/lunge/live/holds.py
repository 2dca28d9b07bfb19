"""The clock of a hold: it runs only while the pose is in form."""

from __future__ import annotations

from lunge.causal.phases import Phase
from lunge.coaching.records import Fault, Hold
from lunge.exercises.records import LUNGES
from lunge.live.records import Wishes


class HoldClock:
    """Times the holds of one person.

    Parameters
    ----------
    wishes : Wishes
        How long they shall last.
    """

    def __init__(self, wishes: Wishes) -> None:
        self._targets = dict.fromkeys(LUNGES, wishes.hold_s) | {"squat_2": wishes.squat_hold_s}
        self._step = ""
        self._done_s = 0.0
        self._last_s: float | None = None

    def step(self, phase: Phase, faults: tuple[Fault, ...], time_s: float) -> Hold | None:
        """Return the hold that is on; None when none is.

        A wobble that the phases forgive does not set the clock back.
        """
        if phase.step not in self._targets:
            self._last_s = None
            if phase.step in ("standing", "lowering", "squat", "stepping_back"):
                self._step = ""
            return None
        if phase.step != self._step:
            self._step, self._done_s, self._last_s = phase.step, 0.0, phase.since_s
        before = time_s if self._last_s is None else self._last_s
        self._done_s += time_s - before if phase.still and not faults else 0.0
        self._last_s = time_s
        return Hold(phase.step, self._targets[phase.step], self._done_s, not faults, faults[0] if faults else None)
