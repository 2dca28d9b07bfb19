"""What is missing before a set can start or be judged: said when it lasts, and repeated rarely."""

from __future__ import annotations

from dataclasses import replace

from lunge.coaching.constants import constants
from lunge.coaching.records import Moment
from lunge.coaching.state import Line, PolicyState

SPEAKING = ("setting_up", "active")


def watched(state: PolicyState, moment: Moment) -> PolicyState:
    """Return the state that knows what is missing first, and since when."""
    first = moment.missing[0] if moment.missing else ""
    if first == state.missing:
        return state
    return replace(state, missing=first, missing_since_s=moment.time_s)


def request(state: PolicyState, moment: Moment) -> Line | None:
    """Return what to ask for now, or None."""
    numbers, now = constants().setup, moment.time_s
    if not state.missing or moment.mode not in SPEAKING:
        return None
    if now - state.missing_since_s < numbers.missing_s:
        return None
    key = f"setup.{state.missing}"
    pause_s = numbers.again_s if key == state.requested else numbers.gap_s
    return Line(key, "setup") if now - state.setup_spoken_s >= pause_s else None


def still_missing(line: Line, moment: Moment) -> bool:
    """Return whether what a line asks for is missing still."""
    return line.key.removeprefix("setup.") in moment.missing
