"""What a stream of pictures is like: its rate, who is in it, what is cut off."""

from __future__ import annotations

from typing import Final

import numpy as np

from lunge.constants import constants
from lunge.messages import Sentence
from lunge.poses import Floats, Poses

CUT_OFF: Final = {"feet": ("left_ankle", "right_ankle"), "head": ("nose",)}


class PictureTally:
    """Counts over a stream, kept in a few numbers however long it is."""

    def __init__(self) -> None:
        self.frames = 0
        self._with_somebody = 0
        self._beyond = dict.fromkeys(CUT_OFF, 0)
        self._steps: list[Floats] = []
        self._last_s: float | None = None

    @property
    def anybody(self) -> bool:
        """Whether a person was in any picture."""
        return self._with_somebody > 0

    def add(self, block: Poses) -> None:
        """Count the next poses."""
        self.frames += len(block)
        somebody = block.anybody
        self._with_somebody += int(somebody.sum())
        times = block.time_s if self._last_s is None else np.concatenate([[self._last_s], block.time_s])
        self._steps.append(np.diff(times).astype(np.float32))
        self._last_s = float(block.time_s[-1])
        size = np.array([block.width_px, block.height_px])
        for part, points in CUT_OFF.items():
            where = np.stack([block.image(p) for p in points])
            beyond = np.asarray(((where < 0) | (where > size)).any(axis=(0, 2)), bool)
            self._beyond[part] += int((beyond & somebody).sum())

    def notes(self, people: int) -> list[Sentence]:
        """Return what is worth saying about the pictures."""
        notes: list[Sentence] = []
        c = constants().pictures
        steps = np.concatenate(self._steps) if self._steps else np.zeros(0)
        if self.frames == 1:
            notes.append(Sentence("notes.single_picture"))
        elif len(steps) and float((steps > c.late_medians * np.median(steps)).mean()) > c.late_share:
            notes.append(Sentence("notes.uneven_rate"))
        if people > 1:
            notes.append(Sentence("notes.people", {"n": people}))
        share = self._with_somebody / max(self.frames, 1)
        if share < 1.0:
            notes.append(Sentence("notes.seen_share", {"percent": f"{100 * share:.0f}"}))
        for part, count in self._beyond.items():
            if count > c.often_share * max(self._with_somebody, 1):
                notes.append(Sentence(f"notes.{part}_cut_off"))
        return notes
