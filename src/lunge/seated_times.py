"""When the steps of one repetition on a seat begin and end: the trunk rests there, and only a leg moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lunge.exercises.records import StepRules
from lunge.motion import Motion
from lunge.phase_times import Times


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
        The leg that moves: its knee tells when, and from every side, as it sinks below the seat and comes up again.
    """

    def __init__(
        self, motion: Motion, rules: StepRules, span: tuple[int, int], bounds: tuple[int, int], rear: str
    ) -> None:
        moving = replace(motion, speed=np.fmax(motion.speed, motion.knee_speed[rear]))
        super().__init__(moving, rules, *span, bounds)

    def seated_marks(self) -> list[float]:
        """Return the four times that bound stepping back, the hold and the way back, seconds."""
        return self.lowered_marks()[2:6]
