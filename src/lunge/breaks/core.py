"""When a break is due, and when it is offered: pure functions of what is known in a moment.

There is never more than one break. It is due after enough sitting, waits while something keeps it, is caught up
once, and is gone when the person stands up by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from lunge.breaks.constants import constants
from lunge.breaks.records import Answer, Due, Event, Moment, Rules, Silence, State

Step = tuple[State, tuple[Event, ...]]


def look(state: State, moment: Moment, rules: Rules, new_id: Callable[[], str]) -> Step:
    """Return the state after a look at the computer, and what happened.

    Parameters
    ----------
    state : State
    moment : Moment
    rules : Rules
    new_id : callable
        Names a break that becomes due.
    """
    counted = _counted(_on_day(state, moment), moment)
    if counted.away_s >= constants().sitting.away_s and counted.phase != "doing":
        return _stood_up(counted)
    return STEPS[counted.phase](counted, moment, rules, new_id)


def answer(state: State, what: Answer, moment: Moment, new_id: Callable[[], str], reason: str | None = None) -> Step:
    """Return the state after something that the person did, and what happened.

    An answer that fits nothing, such as to a reminder that is gone, changes nothing; ``done`` always counts, for a
    set that nobody asked for is a break too.
    """
    current = _counted(_on_day(state, moment), moment)
    due, now = current.due, moment.steady_s
    gone = (Event("withdraw", due),) if due is not None and current.phase == "offered" else ()
    if what == "done":
        return _rested(current), () if due is None else (*gone, Event("done", due))
    if what == "here":
        begun = due or Due(new_id(), moment.at, now)
        return replace(current, phase="doing", due=replace(begun, shown_s=now)), gone
    if what == "now":
        wanted = due or Due(new_id(), moment.at, now)
        shown, events = _offered(current, replace(wanted, ready_s=now), now)
        return (current, ()) if current.phase == "offered" else (shown, events)
    if due is None or current.phase == "waiting":
        return current, ()
    if what == "begin":
        return replace(current, phase="doing", due=replace(due, shown_s=now)), gone
    if what == "skip":
        return _rested(current), (*gone, Event("skipped", due, reason))
    later = replace(due, ready_s=now + constants().offering.snooze_s, postponed_by="snooze", shown_s=None)
    return replace(current, phase="waiting", due=later), (*gone, Event("postponed", later))


def silence_of(state: State, moment: Moment, rules: Rules) -> Silence | None:
    """Return why no break becomes due now, however long somebody sits; None when one does."""
    if not rules.on:
        return "off"
    if rules.paused_until is not None and moment.at < rules.paused_until:
        return "paused"
    if moment.rest_day:
        return "rest_day"
    if _is_between(moment.at.time(), rules.quiet_from, rules.quiet_until):
        return "quiet_hours"
    return "enough" if state.offered >= rules.most else None


def next_in_s(state: State, rules: Rules) -> float:
    """Return after how much more sitting a break is due."""
    return max(0.0, rules.every_s - state.sat_s)


# ---------------------------------------------------------------- what a moment changes
def _on_day(state: State, moment: Moment) -> State:
    today = moment.at.date()
    return state if state.day == today else replace(state, day=today, offered=0)


def _counted(state: State, moment: Moment) -> State:
    """Return the state with the time since the moment before counted as sitting or being away."""
    passed = 0.0 if state.steady_s is None else max(0.0, moment.steady_s - state.steady_s)
    now = replace(state, steady_s=moment.steady_s)
    if passed > constants().sitting.gap_s:
        return replace(now, away_s=state.away_s + passed)
    if not moment.present:
        return replace(now, away_s=state.away_s + passed)
    return replace(now, sat_s=state.sat_s + passed, away_s=0.0)


def _stood_up(state: State) -> Step:
    due, phase = state.due, state.phase
    rested = replace(_rested(state), away_s=state.away_s)
    if due is None:
        return rested, ()
    return rested, (Event("withdraw" if phase == "offered" else "dropped", due),)


def _rested(state: State) -> State:
    return replace(state, sat_s=0.0, away_s=0.0, phase="resting", due=None)


# ---------------------------------------------------------------- phase by phase
def _resting(state: State, moment: Moment, rules: Rules, new_id: Callable[[], str]) -> Step:
    if state.sat_s < rules.every_s or not moment.present or silence_of(state, moment, rules) is not None:
        return state, ()
    due = Due(new_id(), moment.at, moment.steady_s)
    return _waiting(replace(state, phase="waiting", due=due), moment, rules, new_id)


def _waiting(state: State, moment: Moment, rules: Rules, new_id: Callable[[], str]) -> Step:
    due = _due_of(state)
    silence = silence_of(state, moment, rules)
    if silence is not None and not (silence == "enough" and due.counted):
        return replace(state, phase="resting", due=None), (Event("dropped", due),)
    if moment.hindrance is not None:
        return _postponed(state, due, moment)
    if moment.steady_s < due.ready_s or not moment.present:
        return state, ()
    return _offered(state, due, moment.steady_s)


def _showing(state: State, moment: Moment, rules: Rules, new_id: Callable[[], str]) -> Step:
    due = _due_of(state)
    if moment.hindrance is not None:
        later, events = _postponed(replace(state, phase="waiting"), due, moment)
        return later, (Event("withdraw", due), *events)
    if moment.steady_s - (due.shown_s or 0.0) < constants().offering.unanswered_s:
        return state, ()
    return _rested(state), (Event("withdraw", due),)


def _doing(state: State, moment: Moment, rules: Rules, new_id: Callable[[], str]) -> Step:
    begun_s = _due_of(state).shown_s or 0.0
    return (state if moment.steady_s - begun_s < constants().offering.doing_s else _rested(state)), ()


STEPS = {"resting": _resting, "waiting": _waiting, "offered": _showing, "doing": _doing}


def _postponed(state: State, due: Due, moment: Moment) -> Step:
    later = replace(
        due, ready_s=moment.steady_s + constants().offering.calm_s, postponed_by=moment.hindrance, shown_s=None
    )
    news = () if due.postponed_by == moment.hindrance and due.shown_s is None else (Event("postponed", later),)
    return replace(state, due=later), news


def _offered(state: State, due: Due, now_s: float) -> Step:
    shown = replace(due, shown_s=now_s, counted=True)
    counted = state.offered if due.counted else state.offered + 1
    return replace(state, phase="offered", due=shown, offered=counted), (Event("offer", shown),)


def _due_of(state: State) -> Due:
    if state.due is None:
        raise ValueError(f"state: expected a break that is due in the phase {state.phase}, got none")
    return state.due


def _is_between(now: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= now < end
    return now >= start or now < end
