"""Judge landmarks as they come, part by part, in memory that does not grow.

Parts are cut where the person stands quietly, so no repetition is ever divided. A
video file and a saved landmark file come this way; `lunge.live` cuts its own parts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lunge.constants import constants
from lunge.exercises.records import Exercise
from lunge.judging import Judgement, judged, view_of
from lunge.kinematics.view import mean_azimuth_deg
from lunge.lowering import is_exercise, is_pick_up, lowerings, stoop_deg, with_back_loads
from lunge.measuring import Measured, Prepared, measured, prepared, without_frames
from lunge.messages import Sentence
from lunge.poses import Floats, Poses, joined
from lunge.records import Lowering, OtherMovement, Repetition, Target, View
from lunge.signals import Signals
from lunge.spool import Column
from lunge.stillness import runs_of

PICKING_UP: Final = "picking_up"
"""The name of a lunge to pick something up, among the other movements."""


@dataclass(frozen=True)
class Watched:
    """What a whole stream of landmarks gave."""

    baseline: str
    first: Prepared | None
    view: View
    repetitions: tuple[Repetition, ...]
    other_movements: tuple[OtherMovement, ...]
    signals: Signals
    step_names: tuple[str, ...]
    notes: tuple[Sentence, ...]
    lowerings: tuple[Lowering, ...] | None = None
    stoop_deg: float | None = None
    """How far the trunk leaned in the person's own stoops; None where none was seen."""


class PartJudge:
    """Judges parts one after the other and keeps what they give.

    Parameters
    ----------
    exercise : Exercise
    target : Target
    model : {'lite', 'full', 'heavy'}
        The network that sees the landmarks.
    lowering : bool
        Whether everyday lowerings are looked for: then only what has the hands on the hips is a repetition.
    """

    def __init__(self, exercise: Exercise, target: Target, model: str = "full", lowering: bool = False) -> None:
        self._exercise, self._target, self._model = exercise, target, model
        self._lowerings: list[Lowering] | None = [] if lowering else None
        self._stoops: list[Lowering] = []
        self._known: Prepared | None = None
        self._repetitions: list[Repetition] = []
        self._landed: list[bool] = []
        self._others: list[OtherMovement] = []
        self._times: list[Floats] = []
        self._azimuths: list[Floats] = []
        self._step_names: list[str] = []
        self._names: list[str] = []
        self._columns: dict[str, Column] = {}

    def judge(self, poses: Poses) -> tuple[Repetition, ...]:
        """Judge the next part, and return its repetitions."""
        seen = measured(poses, self._known, self._model)
        part = self._without_lowerings(seen, judged(seen, self._exercise, self._target))
        if self._known is None and part.body.baseline == "standing":
            self._known = without_frames(prepared(poses))
        before = len(self._repetitions)
        found = tuple(replace(r, index=before + r.index) for r in part.repetitions)
        self._repetitions += found
        self._landed += part.landed
        self._others += part.other_movements
        self._times.append(part.signals.time_s)
        self._azimuths.append(part.azimuth_deg.astype(np.float32))
        self._step_names += part.step_names
        self._keep(part)
        return found

    def all(self) -> Watched:
        """Return everything that all parts gave."""
        azimuth = np.concatenate(self._azimuths) if self._azimuths else np.zeros(0)
        return Watched(
            baseline="standing" if self._known is not None else "fallback",
            first=self._known,
            view=view_of(*mean_azimuth_deg(azimuth)) if np.isfinite(azimuth).any() else View(None, None, None),
            repetitions=tuple(self._repetitions),
            other_movements=tuple(self._others),
            signals=self._signals(),
            step_names=tuple(self._step_names),
            notes=self._notes(),
            lowerings=None if self._lowerings is None else with_back_loads(self._lowerings),
            stoop_deg=stoop_deg(self._stoops),
        )

    def _without_lowerings(self, seen: Measured, part: Judgement) -> Judgement:
        """Keep the lowerings of a part where they are asked for, and return what is left of it."""
        both = list(zip(part.repetitions, part.landed, strict=True))
        picked = [r for r in part.repetitions if self._is_lowering(seen, r)]
        kept = [(r, landed) for r, landed in both if r not in picked]
        repetitions = tuple(replace(r, index=i) for i, (r, _) in enumerate(kept, 1))
        others = part.other_movements
        found = lowerings(seen, repetitions)
        self._stoops += found
        if self._lowerings is None:
            others += tuple(OtherMovement(PICKING_UP, r.start_s, r.end_s) for r in picked)
        else:
            self._lowerings += found
        return replace(
            part,
            repetitions=repetitions,
            landed=tuple(landed for _, landed in kept),
            other_movements=tuple(sorted(others, key=lambda m: m.start_s)),
        )

    def _is_lowering(self, seen: Measured, repetition: Repetition) -> bool:
        return is_pick_up(seen, repetition) or (self._lowerings is not None and not is_exercise(seen, repetition))

    def _keep(self, part: Judgement) -> None:
        if not self._columns:
            self._names = sorted(part.signals.values)
            self._columns = {key: Column((len(self._names),)) for key in ("values", "sds")}
        for key, column in self._columns.items():
            series = getattr(part.signals, key)
            column.append(np.stack([series[name] for name in self._names], axis=1))

    def _signals(self) -> Signals:
        if not self._columns:
            return Signals(np.zeros(0))
        tables = {key: column.array() for key, column in self._columns.items()}
        series = {key: {n: table[:, i] for i, n in enumerate(self._names)} for key, table in tables.items()}
        return Signals(np.concatenate(self._times), series["values"], series["sds"])

    def _notes(self) -> tuple[Sentence, ...]:
        notes: list[Sentence] = []
        if self._known is None:
            notes.append(Sentence("notes.no_standing"))
        for repetition, landed in zip(self._repetitions, self._landed, strict=True):
            if not repetition.complete:
                notes.append(Sentence("notes.unfinished", {"n": repetition.index}))
            elif not landed:
                notes.append(Sentence("notes.not_landed", {"n": repetition.index}))
        return tuple(notes)


class Watcher:
    """Takes landmarks block by block, cuts them where the person stands quietly, and has the parts judged.

    Parameters
    ----------
    judge : PartJudge
    """

    def __init__(self, judge: PartJudge) -> None:
        self._judge = judge
        self._waiting: list[Poses] = []
        self._look_at_s = constants().watching.part_s

    def add(self, block: Poses) -> None:
        """Take the next poses; judge a part when there is a place to cut."""
        self._waiting.append(block)
        span = block.time_s[-1] - self._waiting[0].time_s[0]
        if span < self._look_at_s:
            return
        poses = joined(self._waiting)
        ready = prepared(poses)
        cut = cut_at(poses.time_s, ready.seen_body.standing)
        if cut is None and span < constants().watching.longest_s:
            self._waiting, self._look_at_s = [poses], self._look_at_s + constants().watching.again_s
            return
        cut = len(poses) if cut is None else cut
        self._judge.judge(poses[:cut])
        self._waiting = [poses[cut:]] if cut < len(poses) else []
        self._look_at_s = constants().watching.part_s

    def finish(self) -> Watched:
        """Judge what is left, and return everything."""
        if self._waiting:
            self._judge.judge(joined(self._waiting))
        self._waiting = []
        return self._judge.all()


def cut_at(time_s: Floats, standing: np.ndarray) -> int | None:
    """Return the frame in the middle of the last quiet standing that leaves something behind it, or None.

    Parameters
    ----------
    time_s : array (T,)
        Seconds.
    standing : array of bool (T,)
        Frames of quiet standing.
    """
    for first, last in reversed(runs_of(standing)):
        middle = (first + last) // 2
        if time_s[last] - time_s[first] >= constants().watching.quiet_s and 0 < middle < len(time_s) - 1:
            return middle
    return None
