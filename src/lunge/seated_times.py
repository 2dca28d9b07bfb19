"""When the steps of one repetition on a seat begin and end: the hips rest there, and a leg and the trunk move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lunge.constants import constants
from lunge.exercises.records import StepRules
from lunge.motion import Motion
from lunge.phase_times import Times
from lunge.stillness import Run, runs_of


class SeatedTimes(Times):
    """The times of one episode on a seat.

    Parameters
    ----------
    motion : Motion
    rules : StepRules
    span : (int, int)
        The first and last frame in which one foot is ahead.
    bounds : (int, int)
        The frames between the neighbouring episodes.
    rear : {'left', 'right'}
        The leg that moves: its knee and foot tell when, and the shoulders, which lean over and come up again.
    """

    def __init__(
        self, motion: Motion, rules: StepRules, span: tuple[int, int], bounds: tuple[int, int], rear: str
    ) -> None:
        parts = (motion.speed, motion.shoulder_speed, motion.knee_speed[rear], motion.feet_speed)
        moving = replace(motion, speed=np.fmax.reduce(parts))
        super().__init__(moving, rules, *span, bounds)

    def seated_marks(self) -> list[float]:
        """Return the four times that bound stepping back, the hold and the way back, seconds."""
        return self.lowered_marks()[2:6]

    def _same_place(self, first: Run, second: Run) -> bool:
        """Whether two still runs are one hold: the hips rest before the trunk has settled, so places are no guide."""
        return self._is_blip(first, second)

    def _squat(self, frame: int, direction: int) -> Run:
        """Return the still frames on the seat nearest before (-1) or after (1) the step.

        Whoever goes on moving at once, to stand up or move over, has the calmest moment near the step for it.
        """
        edge = self.floor if direction < 0 else self.ceiling
        low, high = min(frame, edge), max(frame, edge)
        runs = [run for run in runs_of(self.still, low, high) if self._lasts_s(run) >= self.rules.blip_s]
        nearest = min(runs, key=lambda run: min(abs(run[0] - frame), abs(run[1] - frame)), default=None)
        near_s = constants().stillness.farthest_s
        time = self.motion.time_s
        if nearest is not None and min(abs(time[i] - time[frame]) for i in nearest) <= 2 * near_s:
            return nearest
        near = np.flatnonzero(np.abs(time[low : high + 1] - time[frame]) <= near_s) + low
        calmest = int(near[np.nanargmin(self.motion.speed[near])])
        return calmest, calmest
