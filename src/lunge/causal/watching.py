"""Judge landmarks frame by frame: the step that is on and its faults at once, each repetition when it is over.

Everything follows from the landmarks and their times, so that a recording judged
again gives the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lunge.causal.constants import constants
from lunge.causal.form import Form
from lunge.causal.phases import Phase, Phases
from lunge.causal.reading import Reader, Reading, baseline_from
from lunge.causal.seated_phases import SeatedPhases
from lunge.coaching.records import Fault
from lunge.constants import constants as general
from lunge.exercises.records import RESTS, Entry, Exercise
from lunge.poses import Poses, joined
from lunge.records import Repetition, Target
from lunge.watching import PartJudge, Watched

ENTRIES: Final[dict[bool, Entry]] = {True: "lowered", False: "standing"}
"""How a repetition on the feet begins, by whether it comes from the squat."""


@dataclass(frozen=True)
class Seen:
    """What one frame showed.

    Attributes
    ----------
    reading : Reading or None
        None while the baseline is being collected, and where nobody is seen.
    phase : Phase or None
    faults : tuple of Fault
    repetitions : tuple of Repetition
        Those that are over, judged for good.
    """

    reading: Reading | None = None
    phase: Phase | None = None
    faults: tuple[Fault, ...] = ()
    repetitions: tuple[Repetition, ...] = ()


class LiveWatcher:
    """Takes single frames; a recording is a row of stretches that each begin with quiet standing.

    Parameters
    ----------
    exercise : Exercise
    target : Target
        What was asked for.
    model : {'lite', 'full', 'heavy'}
        The network that sees the landmarks.
    """

    def __init__(self, exercise: Exercise, target: Target, model: str = "full") -> None:
        self._exercise, self._target, self._model = exercise, target, model
        self._judge = PartJudge(exercise, target, model)
        self._waiting: list[Poses] = []
        self._stretch: _Stretch | None = None

    def add(self, block: Poses) -> None:
        """Take the next poses, frame by frame."""
        for i in range(len(block)):
            self.step(block[i : i + 1])

    def step(self, frame: Poses) -> Seen:
        """Return what the next frame shows."""
        done = self._end_stretch() if self._is_new(frame) else ()
        self._waiting.append(frame)
        if self._stretch is None:
            self._stretch = self._begun(frame)
            return Seen(repetitions=done)
        reading, phase, faults = self._stretch.step(frame)
        if self._is_over(float(frame.time_s[0]), phase):
            done = self._cut()
        return Seen(reading, phase, faults, done)

    def _is_over(self, now: float, phase: Phase | None) -> bool:
        """Return whether a part ends here: after a repetition, or after a long time without one."""
        if phase is not None and phase.settled:
            return True
        span = now - self._waiting[0].time_s[0]
        quiet = phase is None or (phase.step in RESTS and now - phase.since_s >= constants().phases.settled_s)
        return bool(span >= general().watching.part_s and quiet) or bool(span >= general().watching.longest_s)

    def finish(self) -> Watched:
        """Judge what is left, and return everything."""
        self._end_stretch()
        return self._judge.all()

    def end_stretch(self) -> tuple[Repetition, ...]:
        """Judge what has come so far, because the recording stops here for a while; return its repetitions."""
        return self._end_stretch()

    def _is_new(self, frame: Poses) -> bool:
        if not self._waiting:
            return False
        return bool(frame.time_s[0] - self._waiting[-1].time_s[-1] > constants().baseline.longest_gap_s)

    def _begun(self, frame: Poses) -> _Stretch | None:
        if frame.time_s[0] - self._waiting[0].time_s[0] < constants().baseline.collect_s:
            return None
        baseline = baseline_from(joined(self._waiting))
        return _Stretch(self._exercise, self._target, Reader(baseline, self._model))

    def _cut(self) -> tuple[Repetition, ...]:
        """Judge what came before the last frame: all that was seen of the standing belongs to what it ends."""
        poses, self._waiting = joined(self._waiting[:-1]), self._waiting[-1:]
        return self._judge.judge(poses)

    def _end_stretch(self) -> tuple[Repetition, ...]:
        if not self._waiting:
            return ()
        poses, self._waiting, self._stretch = joined(self._waiting), [], None
        return self._judge.judge(poses)


class _Stretch:
    """One stretch of a recording behind its baseline."""

    def __init__(self, exercise: Exercise, target: Target, reader: Reader) -> None:
        self._reader = reader
        seated = exercise.variant("seated")
        self._phases: Phases | SeatedPhases = Phases(exercise.rules) if seated is None else SeatedPhases(exercise.rules)
        self._form = Form(exercise, target, reader.baseline.flat)
        names = {v.entry: v.name for v in exercise.variants}
        self._variants = {squat: names.get("seated") or names.get(way, "") for squat, way in ENTRIES.items()}

    def step(self, frame: Poses) -> tuple[Reading | None, Phase | None, tuple[Fault, ...]]:
        if not self._reader.is_usable or not bool(frame.anybody[0]):
            return None, None, ()
        reading = self._reader.step(frame)
        phase = self._phases.step(reading)
        return reading, phase, self._form.step(reading, phase, self._variants[phase.from_squat])
