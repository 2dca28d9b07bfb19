"""What is kept of a live session: the landmarks of its stretches, judged as they come."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from lunge.causal.constants import constants as causal
from lunge.causal.watching import LiveWatcher, Seen
from lunge.exercises.records import Exercise
from lunge.landmark_stream import NETWORK, PoseStore, nobody
from lunge.live.records import Look
from lunge.pictures import PictureTally
from lunge.posefile import PoseSource, save_poses
from lunge.poses import Poses, joined
from lunge.records import Analysis, Person, Repetition, Target
from lunge.session import analysis_from

BLOCK_FRAMES: Final = 32
"""How many frames are put aside together: a second or two."""

RECORDED_AS: Final = "live"
"""The name of a session in its own analysis: it has no video."""


class Recording:
    """Takes the frames of a session; what is kept is exactly what is judged.

    Parameters
    ----------
    exercise : Exercise
    target : Target
        What was asked for; stands in the landmark file.
    model : {'lite', 'full', 'heavy'}
    """

    def __init__(self, exercise: Exercise, target: Target, model: str) -> None:
        self._exercise, self._target, self._model = exercise, target, model
        self._watcher = LiveWatcher(exercise, target, model)
        self._store, self._tally = PoseStore(), PictureTally()
        self._pending: list[Poses] = []
        self._before: deque[Poses] = deque()
        self._kept_until_s, self._in_stretch = -np.inf, False
        self._people = 0
        self.is_on = False

    def wait(self, look: Look) -> None:
        """Keep a frame in reserve: the last moments before the recording starts become its baseline."""
        frame, now = look.poses, float(look.poses.time_s[0])
        if not self._is_apart(now):
            return
        self._before.append(frame)
        while now - float(self._before[0].time_s[0]) > causal().baseline.collect_s and self._has_enough(1):
            self._before.popleft()

    @property
    def is_ready(self) -> bool:
        """Whether enough is in reserve for a baseline."""
        return self._has_enough(0)

    def _has_enough(self, first: int) -> bool:
        if len(self._before) <= first + 1:
            return False
        return float(self._before[-1].time_s[0] - self._before[first].time_s[0]) >= causal().baseline.collect_s

    def start(self) -> list[Poses]:
        """Begin a stretch with what is in reserve, and return that."""
        self.is_on = True
        before = list(self._before)
        for frame in before:
            self._keep(frame)
        self._before.clear()
        return before

    def stop(self) -> tuple[Repetition, ...]:
        """End the stretch, and return the repetitions that were not yet judged."""
        if not self.is_on:
            return ()
        self.is_on, self._in_stretch = False, False
        return self._watcher.end_stretch()

    def step(self, look: Look) -> Seen:
        """Keep and judge the next frame of the stretch; right after another it begins only a little later."""
        if not self._in_stretch and not self._is_apart(float(look.poses.time_s[0])):
            return Seen()
        self._people = max(self._people, look.people)
        return self._keep(look.poses)

    def _is_apart(self, now: float) -> bool:
        """Return whether a stretch that begins now is another one in the file, too."""
        return now - self._kept_until_s > causal().baseline.longest_gap_s

    def _keep(self, frame: Poses) -> Seen:
        self._pending.append(frame)
        if len(self._pending) == BLOCK_FRAMES:
            self._flush()
        self._kept_until_s, self._in_stretch = float(frame.time_s[0]), True
        return self._watcher.step(frame)

    def _flush(self) -> None:
        """Put aside what has come: many frames at once cost little more than one."""
        if self._pending:
            block, self._pending = joined(self._pending), []
            self._store.add(block)
            self._tally.add(block)

    def analysis(self) -> Analysis:
        """Return what the whole recording gave.

        Raises
        ------
        NobodySeenError
            If nobody was ever seen.
        """
        self._flush()
        poses = self._store.poses()
        if poses is None or not self._tally.anybody:
            raise nobody(self._source(0.0), self._tally.frames)
        source, found = self._source(float(poses.time_s[-1])), self._watcher.finish()
        return analysis_from(found, self._tally, poses, source, self._exercise, Person(self._target.height_m))

    def save(self, path: Path) -> Path:
        """Write the landmark file, marked as recorded live; no picture is in it.

        Raises
        ------
        NobodySeenError
            If nothing was recorded.
        OutputError
            If it cannot be written.
        """
        self._flush()
        poses = self._store.poses()
        if poses is None:
            raise nobody(self._source(0.0), 0)
        return save_poses(path, poses, self._source(float(poses.time_s[-1])))

    def _source(self, until_s: float) -> PoseSource:
        return replace(recorded(RECORDED_AS, self._model, self._people, until_s), asked=self._target)


def recorded(name: str, model: str, people: int, until_s: float) -> PoseSource:
    """Return where the landmarks of a recording come from that a network saw before the camera."""
    return PoseSource(
        path=name,
        sha256=None,
        model=f"{NETWORK}{model}",
        precision="f32",
        people=people,
        duration_s=round(until_s, 3),
    )
