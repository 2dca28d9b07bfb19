"""What happened in a moment, and praise: said once, and left unsaid when it comes too late."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lunge.coaching.constants import constants, importance
from lunge.coaching.holding import too_short
from lunge.coaching.records import Kind, Moment, Sound, SoundName
from lunge.coaching.state import Line, PolicyState

TURNS: Final = {"side": "setup.turn_sideways", "front": "setup.turn_to_front"}

SOUNDS: Final[dict[str, SoundName]] = {
    "started": "started",
    "repetition_done": "repetition_done",
    "set_done": "set_done",
    "lost": "stopped",
    "paused": "stopped",
}

SAID: Final[dict[str, Kind]] = {
    "started": "guide",
    "found": "guide",
    "lost": "setup",
    "paused": "setup",
    "resumed": "guide",
    "set_done": "guide",
    "time_over": "guide",
}
"""What is said by a line of its own, and how urgent it is."""

FAREWELLS: Final = frozenset({"coach.set_done", "coach.time_over"})
"""What is said in the last moment of a set: it cannot wait for a later one."""


def news_sounds(moment: Moment) -> tuple[Sound, ...]:
    """Return the sounds of what happened."""
    return tuple(Sound(SOUNDS[what], moment.time_s) for what in moment.happened if what in SOUNDS)


def informed(state: PolicyState, moment: Moment) -> PolicyState:
    """Return the state with what there is to say about what happened."""
    lines = [_line(f"coach.{what}", SAID[what], moment) for what in _told(moment)]
    if "turn" in moment.happened and moment.turn_to is not None:
        lines.append(_line(TURNS[moment.turn_to], "setup", moment))
    short = too_short(state, moment)
    if short is not None and state.told.get(short, -1) < moment.repetition:
        lines.append(_line(short, "form", moment))
    praise = _praise(state, moment)
    if praise is not None:
        state = replace(state, praised=moment.repetition)
        lines.append(_line(praise, "praise", moment))
    note = _note(moment)
    if note is not None:
        lines.append(_line(note, "guide", moment))
    kept = () if {"paused", "lost", "set_done"} & set(moment.happened) else state.waiting
    waiting = (*(x for x in kept if x.until_s >= moment.time_s), *lines)
    return state if waiting == state.waiting else replace(state, waiting=waiting)


def _told(moment: Moment) -> list[str]:
    """Return what is said by a line of its own: one that ends for the time says so instead of being done."""
    in_time = "time_over" in moment.happened
    return [what for what in moment.happened if what in SAID and not (in_time and what == "set_done")]


def _line(key: str, kind: Kind, moment: Moment) -> Line:
    return Line(key, kind, from_s=moment.time_s, until_s=moment.time_s + constants().speech.late_s)


def _praise(state: PolicyState, moment: Moment) -> str | None:
    """Return what got better, the most important of it; not in every repetition."""
    over = {"repetition_done", "set_done"} & set(moment.happened)
    soon = state.praised is not None and moment.repetition - state.praised < constants().praise.every_repetitions
    known = [check for check in moment.went_well if check in importance()]
    if not over or not known or (soon and "set_done" not in moment.happened):
        return None
    return f"coach.better.{min(known, key=lambda check: importance()[check])}"


def _note(moment: Moment) -> str | None:
    if "repetition_done" not in moment.happened or "set_done" in moment.happened:
        return None
    if moment.repetition == moment.asked - 1:
        return "coach.last_one"
    half = moment.asked >= constants().notes.halfway_repetitions and moment.repetition == moment.asked // 2
    return "coach.half_way" if half else None
