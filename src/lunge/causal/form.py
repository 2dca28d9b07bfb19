"""What is wrong with the posture now: the checks of the exercise, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from lunge.causal.constants import constants
from lunge.causal.phases import Phase, Side
from lunge.causal.reading import Reading
from lunge.checks import in_view, is_asked, limit_of, role_of
from lunge.coaching.records import Fault
from lunge.exercises.records import HOLDS, Check, Exercise
from lunge.kinematics.body import Body
from lunge.kinematics.error_model import error_over
from lunge.kinematics.roles import role_series
from lunge.kinematics.visibility import visibility
from lunge.records import Target

OF_POSTURE: Final = ("mean", "share", "max")
"""Statistics of checks that a single frame can break; holds, tempo and scatter are judged afterwards."""

End = Literal["low", "high"]


@dataclass
class _State:
    """One check in one step: whether it is surely seen, and since when it is broken."""

    seen: bool = False
    looked_s: float = -np.inf
    broken_s: float | None = None


class Form:
    """Follows the posture through the steps.

    Parameters
    ----------
    exercise : Exercise
    target : Target
        What was asked for.
    body : Body
        For the knees' standing offset.
    """

    def __init__(self, exercise: Exercise, target: Target, body: Body) -> None:
        self._exercise, self._target, self._body = exercise, target, body
        self._states: dict[tuple[str, str], _State] = {}
        self._checks: dict[tuple[str, str], tuple[Check, ...]] = {}
        self._step = ""
        self._from_s = 0.0

    def step(self, now: Reading, phase: Phase, variant: str) -> tuple[Fault, ...]:
        """Return the faults that are on in the next frame.

        Parameters
        ----------
        now : Reading
        phase : Phase
        variant : str
            The variant that is being done.
        """
        entered = phase.step != self._step
        if entered:
            self._step, self._states = phase.step, {}
        # In the first frame of a hold the body has been still since it began, and so has what is wrong with it.
        self._from_s = phase.since_s if entered and phase.step in HOLDS else now.time_s
        if (variant, phase.step) not in self._checks:
            self._checks[variant, phase.step] = checks_of(self._exercise, variant, phase.step)
        checks = self._checks[variant, phase.step]
        if not checks:
            return ()
        front: Side = phase.front or "left"
        series = role_series(now.series, self._body, front)
        hidden, outside = visibility(now.poses, front)
        found = []
        for check in checks:
            role = role_of(check)
            if hidden[role][0] or outside[role][0]:
                continue
            fault = self._fault(check, float(series[check.measure][0]), now, front)
            found += [fault] if fault is not None else []
        return tuple(found)

    def _state(self, check: Check) -> _State:
        return self._states.setdefault((check.check, check.measure), _State())

    def _is_seen(self, check: Check, now: Reading, front: Side) -> bool:
        """Return whether the error of a check lets it be judged, worked out anew now and then."""
        state = self._state(check)
        if now.time_s - state.looked_s >= constants().form.again_s:
            state.looked_s = now.time_s
            state.seen = is_asked(self._target, check) and can_judge(check, now, front)
        return state.seen

    def _fault(self, check: Check, value: float, now: Reading, front: Side) -> Fault | None:
        state = self._state(check)
        low, high = limit_of(self._target, check)
        inside = constants().form.back_inside_share * check.margin if state.broken_s is not None else 0.0
        under = -np.inf if low is None else low + inside - value
        over = -np.inf if high is None else value - high + inside
        beyond = max(under, over)
        if not beyond > 0.0 or not self._is_seen(check, now, front):
            state.broken_s = None
            return None
        state.broken_s = self._from_s if state.broken_s is None else state.broken_s
        end: End = "low" if under > over else "high"
        return Fault(check.check, check.measure, self._step, end, state.broken_s, float(beyond - inside) / check.margin)


def can_judge(check: Check, now: Reading, front: Side) -> bool:
    """Return whether a check can be judged from where the camera stands, by its error on ground truth."""
    if not in_view(check, now.azimuth_deg):
        return False
    error = error_over(f"{check.measure}:{check.statistic}", now.situation, front)
    return bool(error.sd <= check.judge_sd)


def checks_of(exercise: Exercise, variant: str, step: str) -> tuple[Check, ...]:
    """Return the checks of posture that a step of a variant can break."""
    order = next((v.steps for v in exercise.variants if v.name == variant), ())
    return tuple(
        c
        for c in exercise.checks
        if variant in c.variants
        and c.statistic in OF_POSTURE
        and any(step in _steps_of(span, order) for span in c.steps)
    )


def _steps_of(name: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps that a check's ``first to last`` spans."""
    first, _, last = name.partition(" to ")
    if first not in steps or (last or first) not in steps:
        return ()
    return steps[steps.index(first) : steps.index(last or first) + 1]
