"""A live session: frames in, what to show and say out, and at the end the same analysis as of its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import numpy as np

from lunge.causal.watching import Seen
from lunge.coaching.policy import step as coached
from lunge.coaching.records import Cue, Hold, Mode, Moment, Sound
from lunge.coaching.state import PolicyState
from lunge.exercises import exercise_with
from lunge.exercises.records import RESTS
from lunge.live.constants import constants
from lunge.live.gestures import RaisedHand
from lunge.live.holds import HoldClock
from lunge.live.limit import Limit
from lunge.live.meters import ON_SEAT, LiveMeters
from lunge.live.outline import Outline, Outlined
from lunge.live.picture import ViewOfChecks, points_of
from lunge.live.plan import SetPlan
from lunge.live.recording import Recording
from lunge.live.records import Look, Meters, TurnTo, Update, Wishes
from lunge.live.results import Results
from lunge.live.setting_up import SettingUp
from lunge.live.tempo import Tempo
from lunge.mirroring import mirrored
from lunge.poses import Poses
from lunge.records import Analysis, Repetition

FROM_SQUAT: Final = "reverse_lunge"
"""The variant that begins and ends in a squat."""

Command = Literal["start", "pause", "resume", "finish", "gone", "back", "outline", "no_outline"]
"""By keyboard or button: start without waiting for quiet standing, pause, go on, end the set.
`gone` and `back`: the camera or the connection was lost and came again. `outline`: show the posture to reach."""


class LiveSession:
    """Coaches one set.

    Parameters
    ----------
    wishes : Wishes
    """

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self._exercise = exercise_with(wishes.variant)
        self._on_seat = self._exercise.variant("seated") is not None
        target = wishes.target()
        self._recording = Recording(self._exercise, target, wishes.model)
        self._views = ViewOfChecks(self._exercise, wishes.variant, target)
        self._plan, self._results = SetPlan(wishes), Results()
        self._setting_up = SettingUp(constants().setting_up.quiet_s)
        self._clock, self._hand = HoldClock(wishes), RaisedHand()
        self._limit = Limit(wishes.longest_s)
        self._tempo = Tempo(self._exercise, wishes.variant)
        self._policy = PolicyState()
        self._mode: Mode = "setting_up"
        self._happened: list[str] = []
        self._facing: TurnTo | None = self._plan.turn_to
        self._done_s: float | None = None
        self._outline: Outline | None = None
        self._outlines = wishes.outline
        self._meters = LiveMeters([])
        self._time_s = -np.inf

    def step(self, look: Look) -> Update:
        """Return what is new after the next frame; its time must be later than the one before.

        Raises
        ------
        ValueError
            If it is not.
        """
        now = float(look.poses.time_s[0])
        if now <= self._time_s:
            raise ValueError(f"time_s: expected more than {self._time_s}, got {now}")
        self._time_s = now
        look = replace(look, poses=_as_kept(look.poses, self.wishes.mirrored))
        self._obey_hand(look)
        missing, quiet_s, seen = self._looked(look)
        repetitions = self._judged(seen.repetitions)
        self._go_on(now, seen)
        return self._update(look, missing, quiet_s, seen, repetitions)

    def command(self, name: Command) -> None:
        """Take a command of the person; it shows in the next update."""
        if name == "finish":
            self._finish_set()
        elif name in ("outline", "no_outline"):
            self._outlines = name == "outline"
        elif name in ("pause", "gone") and self._mode in ("setting_up", "active"):
            self._mode = "paused"
            self._happened.append("paused" if name == "pause" else "lost")
        elif name in ("resume", "back") and self._mode == "paused":
            self._set_up_again(constants().setting_up.again_quiet_s)
            self._happened.append("resumed" if name == "resume" else "found")
        elif name == "start" and self._mode == "setting_up":
            self._begin()

    def finish(self) -> Analysis:
        """Judge what is left, and return the set's analysis, ``engine.mode`` ``causal``.

        Raises
        ------
        NobodySeenError
            If nobody was ever seen.
        """
        self._finish_set()
        return self._recording.analysis()

    def save(self, path: Path) -> Path:
        """Write the set's landmark file, marked as recorded live, with the wishes in it; no picture.

        Raises
        ------
        NobodySeenError
            If nothing was recorded.
        OutputError
            If it cannot be written.
        """
        return self._recording.save(path)

    # ---- what is done with a frame
    def _obey_hand(self, look: Look) -> None:
        if not self._hand.step(look.poses):
            return
        self.command({"setting_up": "start", "active": "pause", "paused": "resume"}.get(self._mode, "back"))  # type: ignore[arg-type]

    def _looked(self, look: Look) -> tuple[tuple[str, ...], float, Seen]:
        """Return what is missing, how long the person has stood quietly, and what the frame showed."""
        if self._mode == "active" and self._recording.is_on:
            return (), 0.0, self._recording.step(look)
        done = self._recording.stop()
        if self._mode != "setting_up":
            return (), 0.0, Seen(repetitions=done)
        self._recording.wait(look)
        missing, quiet_s = self._setting_up.step(look, self._facing)
        if quiet_s >= self._setting_up.quiet_needed_s and self._recording.is_ready:
            self._begin()
        return missing, quiet_s, Seen(repetitions=done)

    def _begin(self) -> None:
        self._mode = "active"
        standing = self._recording.start()
        self._meters = LiveMeters(standing)
        # The postures to reach stand on their feet.
        if standing and not self._on_seat:
            self._outline = Outline(standing, self.wishes, seven_steps=self.wishes.variant == FROM_SQUAT)
        self._happened.append("started")

    def _set_up_again(self, quiet_s: float) -> None:
        self._mode = "setting_up"
        self._setting_up = SettingUp(quiet_s)

    def _judged(self, found: tuple[Repetition, ...]) -> tuple[Repetition, ...]:
        for repetition in found:
            self._plan = self._plan.with_repetition(repetition)
            self._results.add(repetition)
            self._happened.append("repetition_done")
        return found

    def _go_on(self, now: float, seen: Seen) -> None:
        """Ask to turn where the plan says so, and close the set a little after its last repetition, or in time."""
        rests = seen.phase is None or seen.phase.step in RESTS
        is_over = self._limit.step(now, is_on=self._mode == "active", rests=rests)
        if is_over and not self._plan.is_done:
            self._happened.append("time_over")
            self._finish_set()
        if self._mode == "finished" or not seen.repetitions:
            if self._done_s is not None and now - self._done_s >= constants().set.done_after_s:
                self._finish_set()
            return
        if self._plan.is_done:
            self._done_s = now
        elif self._plan.turn_to != self._facing:
            self._facing = self._plan.turn_to
            if self._mode == "active":
                self._set_up_again(constants().setting_up.again_quiet_s)
                self._happened.append("turn")

    def _finish_set(self) -> None:
        if self._mode != "finished":
            self._mode, self._done_s = "finished", None
            self._judged(self._recording.stop())
            self._happened.append("set_done")

    # ---- what is said about it
    def _update(
        self, look: Look, missing: tuple[str, ...], quiet_s: float, seen: Seen, repetitions: tuple[Repetition, ...]
    ) -> Update:
        now = float(look.poses.time_s[0])
        hold = None if seen.phase is None else self._clock.step(seen.phase, seen.faults, now)
        cues, sounds = self._coached(now, missing, seen, hold, repetitions)
        azimuth = self._setting_up.azimuth_deg if seen.reading is None else seen.reading.azimuth_deg
        can, cannot = self._views.at(azimuth)
        return Update(
            time_s=now,
            mode=self._mode,
            missing=missing,
            quiet_s=round(quiet_s, 2),
            view=self._views.kind(azimuth),
            can_judge=can,
            cannot_judge=cannot,
            step=None if seen.phase is None else seen.phase.step,
            hold=hold,
            faults=seen.faults,
            left=self._plan.count("left"),
            right=self._plan.count("right"),
            next_leg=self._plan.next_leg,
            turn_to=self._facing if self._mode == "setting_up" else None,
            points=points_of(look.poses),
            target_points=self._outlined(seen),
            cues=cues,
            sounds=sounds,
            repetitions=repetitions,
            meters=self._metered(seen),
        )

    def _metered(self, seen: Seen) -> Meters | None:
        if seen.reading is None or seen.phase is None:
            return None
        return ON_SEAT if self._on_seat else self._meters.step(seen.reading, seen.phase)

    def _outlined(self, seen: Seen) -> Outlined:
        if not self._outlines or self._outline is None or seen.reading is None or seen.phase is None:
            return ()
        return self._outline.step(seen.reading, seen.phase)

    def _coached(
        self, now: float, missing: tuple[str, ...], seen: Seen, hold: Hold | None, repetitions: tuple[Repetition, ...]
    ) -> tuple[tuple[Cue, ...], tuple[Sound, ...]]:
        # Facing the camera, or away from it, a step goes along the line of sight and shows too late in a picture.
        timed = seen.reading is None or self._views.kind(seen.reading.azimuth_deg) not in ("front", "back")
        quick = self._tempo.step(seen.phase, now) if seen.phase is not None and timed else ()
        moment = Moment(
            time_s=now,
            mode=self._mode,
            missing=missing,
            step=None if seen.phase is None else seen.phase.step,
            step_since_s=0.0 if seen.phase is None else seen.phase.since_s,
            hold=hold,
            faults=(*seen.faults, *quick),
            repetition=len(self._plan.done) + self._under_way(seen),
            next_leg=self._plan.next_leg,
            happened=tuple(self._happened),
            went_well=self._results.better if repetitions else (),
            variant=self.wishes.variant,
            asked=len(self._plan.legs),
            turn_to=self._facing if self._mode == "setting_up" else None,
            timed=timed,
        )
        self._happened.clear()
        self._policy, said = coached(self._policy, moment)
        return tuple(c for c in said if isinstance(c, Cue)), tuple(s for s in said if isinstance(s, Sound))

    def _under_way(self, seen: Seen) -> int:
        return 0 if seen.phase is None or seen.phase.step in RESTS else 1


def _as_kept(frame: Poses, is_mirrored: bool) -> Poses:
    """Return a frame with the digits that a landmark file keeps, and not mirrored."""
    image, world, seen = (
        values.astype(np.float32).astype(float) for values in (frame.image_px, frame.world_m, frame.confidence)
    )
    kept = Poses(frame.time_s, image, world, seen, frame.width_px, frame.height_px, frame.names)
    return mirrored(kept) if is_mirrored else kept
