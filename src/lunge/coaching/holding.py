"""Holds: their sounds, the countdown, and what is said when one was too short."""

from __future__ import annotations

from math import ceil, floor

from lunge.coaching.constants import constants
from lunge.coaching.records import Cue, Hold, Moment, Sound
from lunge.coaching.state import PolicyState
from lunge.exercises.records import LUNGES

TOO_SHORT = {
    "lunge": "coach.lunge_hold.lunge_hold_s.low",
    "seated_lunge": "coach.lunge_hold.seated_lunge_hold_s.low",
    "squat_2": "coach.squat_hold.squat_2_hold_s.low",
}
"""What is said when a hold was shorter than wished, by its step."""


def held_before(state: PolicyState, hold: Hold) -> Hold | None:
    """Return the same hold as the last moment had it, or None when it is new."""
    before = state.before.hold if state.before else None
    return before if before is not None and before.step == hold.step else None


def just_started(state: PolicyState, hold: Hold) -> bool:
    """Return whether the hold's clock runs for the first time."""
    before = held_before(state, hold)
    return hold.running and (before is None or (not before.running and before.done_s == 0.0))


def just_done(state: PolicyState, hold: Hold) -> bool:
    """Return whether the hold has just reached its target."""
    before = held_before(state, hold)
    return is_done(hold) and (before is None or not is_done(before))


def is_done(hold: Hold) -> bool:
    """Return whether the hold is as long as wished."""
    return hold.done_s >= hold.target_s


def hold_sounds(state: PolicyState, moment: Moment) -> tuple[Sound, ...]:
    """Return the sounds of the hold in this moment: its start, each second, a stop, its end."""
    hold = moment.hold
    if hold is None:
        return ()
    before = held_before(state, hold)
    sounds = []
    if just_started(state, hold):
        sounds.append(Sound("hold_started", moment.time_s))
    if before is not None and not is_done(hold) and floor(hold.done_s) > floor(before.done_s):
        sounds.append(Sound("second", moment.time_s))
    if before is not None and before.running and not hold.running and not is_done(hold):
        sounds.append(Sound("stopped", moment.time_s))
    if just_done(state, hold):
        sounds.append(Sound("hold_done", moment.time_s))
    return tuple(sounds)


def countdown(state: PolicyState, moment: Moment) -> tuple[Cue, ...]:
    """Return what is said exactly on time: that the lunge's clock starts, and a long hold's last seconds."""
    numbers, hold = constants().hold, moment.hold
    if hold is not None and hold.step in LUNGES and just_started(state, hold):
        return (Cue("coach.hold", "count", moment.time_s),)
    before = held_before(state, hold) if hold else None
    if hold is None or before is None or hold.target_s < numbers.long_s or is_done(hold):
        return ()
    left = ceil(hold.target_s - hold.done_s)
    due = left < ceil(before.target_s - before.done_s) and left <= numbers.counted_s
    return (count(left, moment),) if due else ()


def count(number: int, moment: Moment) -> Cue:
    """Return a number that is said exactly now."""
    return Cue(f"coach.count.{number}", "count", moment.time_s)


def too_short(state: PolicyState, moment: Moment) -> str | None:
    """Return the key of what to say when a hold was left before it was as long as wished, or None."""
    before = state.before.hold if state.before else None
    left = before is not None and moment.step is not None and moment.step != before.step
    if before is None or not left or not moment.timed or moment.mode != "active":
        return None
    missing_s = before.target_s - before.done_s
    return TOO_SHORT.get(before.step) if before.done_s > 0.0 and missing_s > constants().hold.short_s else None


def in_peace(moment: Moment) -> bool:
    """Return whether form is left alone: in the last second of a clock that runs, and after its end."""
    hold = moment.hold
    if hold is None:
        return False
    return is_done(hold) or (hold.running and hold.target_s - hold.done_s <= constants().hold.last_s)
